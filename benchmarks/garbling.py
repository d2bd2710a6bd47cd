"""Clean reports turned into garbled copies, by the mechanism that makes them: a find-and-replace over GBK bytes.

A mirror site turns a page into traditional characters, writes it as GBK, and replaces the bytes of some characters by
themselves and their pinyin, the bytes of marks by a comma and themselves. The replacement also matches across two
characters, and cuts them apart; see `lawgov.realign` for what that looks like.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

import opencc
from pypinyin import Style, pinyin

from lawgov.gbk import fold
from lawgov.script import only_simplified


@dataclass(frozen=True)
class Dialect:
    """How one site garbles.

    ``annotated`` is the number of characters that get their pinyin, the commonest converted ones first. ``noted`` and
    ``commas`` are the parts of the occurrences of such characters, and of marks, that are touched. ``marks`` get a comma.
    ``folded``: full-width ASCII marks become half-width. ``swallows``: an orphaned byte takes the ASCII byte behind it with it.
    ``orphan`` is what it shows as.
    """

    annotated: int
    noted: float
    commas: float
    marks: str = "，、。；！？"
    folded: bool = True
    swallows: bool = True
    orphan: str = "?"


DIALECTS = {
    "every character, commas in part, half width": Dialect(10_000, 1.0, 0.65),
    "every character, commas everywhere, full width": Dialect(10_000, 1.0, 1.0, folded=False),
    "a few characters, no commas, full width": Dialect(20, 1.0, 0.0, folded=False),
    "no characters, commas everywhere, half width": Dialect(0, 0.0, 1.0),
    "half of the characters, with gaps, few commas": Dialect(120, 0.7, 0.3, marks="，、。"),
    "nothing swallowed, orphans as U+FFFD, with gaps": Dialect(10_000, 0.8, 0.8, marks="，、。；：！？", folded=False, swallows=False, orphan="\ufffd"),
}


def garble(text: str, dialect: Dialect, seed: int = 0) -> str:
    """What a site of this dialect makes of a clean report in simplified characters. Marks outside GBK are lost as `?`."""
    chance = random.Random(seed)
    traditional = opencc.OpenCC("s2t").convert(text)
    converted = Counter(t for s, t in zip(text, traditional) if s != t and only_simplified(s))
    data = traditional.encode("gbk", errors="replace")
    for character, _ in sorted(converted.items(), key=lambda item: (-item[1], item[0]))[: dialect.annotated]:
        reading = pinyin(character, style=Style.TONE)[0][0]
        data = _replace(data, character, b"%b" + f"({reading})".encode("gbk", errors="replace"), dialect.noted, chance)
    for mark in dialect.marks:
        data = _replace(data, mark, b",%b", dialect.commas, chance)
    shown = _decode(data, dialect)
    return fold(shown) if dialect.folded else shown


def truth(text: str, dialect: Dialect) -> str:
    """The clean report as it can be had back from a copy of this dialect."""
    return fold(text) if dialect.folded else text


def _replace(data: bytes, character: str, by: bytes, part: float, chance: random.Random) -> bytes:
    code = character.encode("gbk", errors="ignore")
    if len(code) != 2 or not part:
        return data
    return re.sub(re.escape(code), lambda m: by % m[0] if chance.random() < part else m[0], data)


def _decode(data: bytes, dialect: Dialect) -> str:
    shown, position = [], 0
    while position < len(data):
        if data[position] < 0x80:
            shown.append(chr(data[position]))
            position += 1
            continue
        pair = data[position : position + 2]
        if len(pair) == 2 and pair[1] >= 0x40:
            shown.append(pair.decode("gbk", errors="ignore"))  # pairs that GBK does not define vanish
            position += 2
        else:
            shown.append(dialect.orphan)
            position += 2 if dialect.swallows and pair[1:] != b"\n" else 1
    return "".join(shown)
