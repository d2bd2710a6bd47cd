"""The report's lines into headings with levels, and paragraphs.

A line is a heading by its numbering and its form: 一、 （一） 1. （1） with a title and no running text; or a title run
in before the text of its paragraph (`3.强化统筹协调。`); or a line that the file marks as one; or, without numbering, a short
line without a stop before a paragraph. A heading's level is its depth: 1 + the level of the heading that it stands under.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lawgov.document import Heading, Paragraph
from lawgov.layout import Line
from lawgov.numbering import LEAD, RANK, numbering

LONGEST_HEADING = 120  # a heading that names two outlines with their years has 80
LONGEST_RUN_IN = 42  # characters before the stop; the longest seen has 31
LONGEST_UNNUMBERED = 30
LONGEST_WITH_COMMA = 20  # an unnumbered heading of two halves
FEW_TITLES = 0.35

_STOP = re.compile(r"[。；！？;!?]")
_COMMA = re.compile(r"[，,]")
_COUNT = re.compile(r"\d+(?:\.\d+)?\s*(?:余|多)?(?:个|件|次|份|名|人|场|起|宗|条|项|家|户|处|万|亿|元|%|％|部|期|批|篇|天|小时|平方米)|[一二两三四五六七八九十百]+(?:余|多)?(?:次|期|人|户|件|份|名|成|宗|起|场)(?!性)")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")  # 最多跑一次 in quotes counts nothing
_YEAR = re.compile(r"\d{4}\s*年度?")
_DATED = re.compile(r"\d{4}年(?:以来)?[，,]|\d{1,2}月\d{1,2}日|今年|截至|截止")


@dataclass(frozen=True)
class Outline:
    """The headings and paragraphs of a report, in the order of the text."""

    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]


def outline(text: str, lines: Sequence[Line]) -> Outline:
    """Find headings and paragraphs.

    Args:
        text: the clean text.
        lines: its lines, from `lay_out`.
    """
    body = [line for line in lines if line.role == "body"]
    headings: list[Heading] = []
    paragraphs: list[Paragraph] = []
    stack: list[Heading] = []
    ranks: list[int] = []
    styles = _ranks_of_levels(text, body)
    sentences_by_rule = _rules_that_number_sentences(text[line.start : line.end] for line in body)
    for i, line in enumerate(body):
        following = text[body[i + 1].start : body[i + 1].end] if i + 1 < len(body) else None
        found = _marked_heading(text[line.start : line.end], line.level) or _heading(text[line.start : line.end], following)
        start = line.start
        if found is not None and not (found[2] and found[0] in sentences_by_rule):
            rule, length, run_in = found
            rank = styles[line.level] if rule == "styled" else RANK[rule]
            while ranks and ranks[-1] >= rank:
                ranks.pop()
                stack.pop()
            heading = Heading(text[start : start + length], start, start + length, len(stack) + 1, rule, run_in)
            headings.append(heading)
            stack.append(heading)
            ranks.append(rank)
            start += length
        if text[start : line.end].strip():
            start += len(text[start : line.end]) - len(text[start : line.end].lstrip())
            paragraphs.append(Paragraph(start, line.end, tuple(h.text for h in stack)))
    return Outline(tuple(headings), tuple(paragraphs))


def _rules_that_number_sentences(lines: Iterable[str]) -> set[str]:
    """Numberings behind which this report mostly writes whole sentences: a short one among them is no title either."""
    all_, titles = Counter(), Counter()
    for line in lines:
        number = numbering(line)
        stop = _STOP.search(line, number.length) if number else None
        if stop and stop.end() < len(line):
            all_[number.rule] += 1
            titles[number.rule] += stop.group() == "。" and _is_title(line[number.length : stop.start()])
    return {rule for rule, n in all_.items() if titles[rule] < FEW_TITLES * n}


def _ranks_of_levels(text: str, body: Sequence[Line]) -> dict[int | None, float]:
    """How deep the headings stand that only a style marks: as deep as the numbered ones of the same style, else half a
    step below those of the style above."""
    numbered = [(line.level, numbering(text[line.start : line.end])) for line in body if line.level]
    ranks: dict[int | None, float] = {}
    for level in sorted({line.level for line in body if line.level}):
        own = [RANK[number.rule] for at, number in numbered if at == level and number]
        ranks[level] = min(own) if own else max(ranks.values(), default=-1) + 0.5
    return ranks


def _marked_heading(line: str, level: int | None) -> tuple[str, int, bool] | None:
    """A line that the file itself marks as a heading; paragraphs are at times so marked by mistake."""
    if not level or len(line) > LONGEST_HEADING or _STOP.search(line.rstrip("。；;")):
        return None
    number = numbering(line)
    return (number.rule if number else "styled"), len(line), False


def _heading(line: str, following: str | None) -> tuple[str, int, bool] | None:
    """The rule that makes a line (begin with) a heading, how long the heading is, and whether text follows it."""
    number = numbering(line)
    if number is None:
        return ("unnumbered", len(line), False) if _is_unnumbered(line, following) else None
    stop = _STOP.search(line, number.length)
    if stop is None:
        outer = RANK[number.rule] <= RANK["chinese_in_brackets"]
        title_like = outer or len(_COMMA.findall(line)) <= 1 and not _counts(line)
        return (number.rule, len(line), False) if len(line) <= LONGEST_HEADING and title_like else None
    if stop.group() != "。" or not _is_title(line[number.length : stop.start()]):
        return None
    if stop.end() < len(line):
        return number.rule, stop.end(), True
    sibling = numbering(following) if following else None
    goes_deeper = following is not None and (sibling is None or RANK[sibling.rule] > RANK[number.rule])
    return (number.rule, len(line), False) if goes_deeper else None


def _counts(text: str) -> bool:
    """Whether the words say how many there were of something."""
    return bool(_COUNT.search(_QUOTED.sub("", text)))


def _is_title(text: str) -> bool:
    """Whether the words before a stop are a title and not a sentence that reports something."""
    return (
        len(text) <= LONGEST_RUN_IN
        and len(_COMMA.findall(text)) <= 1
        and not _counts(text)
        and not _DATED.search(text)
        and not LEAD.match(text)
    )


def _is_unnumbered(line: str, following: str | None) -> bool:
    return (
        following is not None
        and 2 <= len(line) <= LONGEST_UNNUMBERED
        and not re.search(r"[。；！？：;!?:.…]", line)
        and (not _COMMA.search(line) or len(line) <= LONGEST_WITH_COMMA and len(_COMMA.findall(line)) == 1 and line[-1] not in ",，")
        and not re.search(r"\d", _YEAR.sub("", line, count=1))
        and not LEAD.match(line)
        and bool(re.search(r"[。；]", following))
        and len(following) > len(line)
    )
