"""Paragraphs into sentences, by the codebook's rule and nothing else.

A sentence ends at 。！？； (full or half width) or at the end of its paragraph. A mark inside quotes, brackets or a
title does not end it, provided that the pair is closed: an opening mark that nothing closes protects nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】", "〔": "〕", "[": "]"}
CLOSERS = {close: open_ for open_, close in PAIRS.items()}
QUOTES = "“‘「『"  # a quote that opens again before it closed was never closed; brackets and titles may nest
LONGEST_PAIR = 400  # characters; a pair further apart is two slips of the pen, not a quotation

_STOPS = "。！？；｡!?;"
_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.)[\w\-./?%&=+#:~;!,@]*[\w\-/=&#])"
    r"|(?P<entity>&#?\w{2,8};)"
    rf"|(?P<stop>[{_STOPS}][{_STOPS}]*)"
    r"|(?P<dot>(?<=[\u4e00-\u9fff”》）)])\.(?=[\u4e00-\u9fff“《（(]|$))"
    r"|(?P<open>[“‘《〈（(「『【〔\[])|(?P<close>[”’》〉）)」』】〕\]])"
    r"|(?P<straight>\")"
)
_NUMERAL_BEFORE_DOT = re.compile(r"(?:^|[。；;，,、:：])[一二三四五六七八九十]{1,3}$")
_WORD = re.compile(r"[\w\u3400-\u9fff]")


def _protected(text: str) -> list[tuple[int, int]]:
    """The stretches between paired marks, outermost only, in order. Linear in the length of the text."""
    stack: list[tuple[str, int]] = []
    open_now = dict.fromkeys(PAIRS, 0)
    found: list[tuple[int, int]] = []
    straight: int | None = None
    for match in _TOKEN.finditer(text):
        position = match.start()
        if match["open"]:
            mark = match["open"]
            if mark in QUOTES and open_now[mark]:
                while stack and open_now[mark]:
                    open_now[stack.pop()[0]] -= 1
            stack.append((mark, position))
            open_now[mark] += 1
        elif match["close"]:
            mark = CLOSERS[match["close"]]
            while open_now[mark]:
                last, begin = stack.pop()
                open_now[last] -= 1
                if last == mark:
                    if position - begin <= LONGEST_PAIR:
                        found.append((begin, position + 1))
                    break
        elif match["straight"]:
            if straight is not None and position - straight <= LONGEST_PAIR:
                found.append((straight, position + 1))
                straight = None
            else:
                straight = position
    found.sort(key=lambda pair: (pair[0], -pair[1]))
    outermost: list[tuple[int, int]] = []
    for begin, end in found:
        if not outermost or begin >= outermost[-1][1]:
            outermost.append((begin, end))
    return outermost


def sentence_spans(paragraph: str, offset: int = 0) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph as (start, end), white space around them left out.

    Args:
        paragraph: one paragraph, without its heading.
        offset: added to both ends, so that they point into the text the paragraph is from.

    >>> [*sentence_spans("坚持“有件必备。有错必纠”。一是抓学习；二是抓落实")]
    [(0, 14), (14, 20), (20, 25)]
    """
    pairs = iter(_protected(paragraph))
    pair = next(pairs, None)
    start = 0
    for match in _TOKEN.finditer(paragraph):
        while pair and match.start() >= pair[1]:
            pair = next(pairs, None)
        if pair and pair[0] <= match.start():
            continue
        if match["dot"]:
            if _NUMERAL_BEFORE_DOT.search(paragraph, max(start, match.start() - 4), match.start()):
                continue
        elif not match["stop"]:
            continue
        end = match.end()
        while end < len(paragraph) and paragraph[end] in CLOSERS:  # a closing mark that nothing opened
            end += 1
        if _WORD.search(paragraph, start, end):
            yield from _trimmed(paragraph, start, end, offset)
            start = end
    if _WORD.search(paragraph, start):
        yield from _trimmed(paragraph, start, len(paragraph), offset)


def _trimmed(text: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    yield begin + offset, begin + len(piece.strip()) + offset
