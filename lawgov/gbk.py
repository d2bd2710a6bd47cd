"""What a garbled page shows, as bytes: the table of GBK, its undefined pairs, and a line as characters with their notes.

GBK pairs bytes from 81 to FE with bytes from 40 to FE; not every pair is defined, and decoders drop those that are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SYLLABLE = r"[a-zɡāáǎàēéěèōóǒòīíǐìūúǔùüǖǘǚǜńňǹḿ]{1,6}"
ORPHANS = "?\ufffd"
MARKS = "，。、；：！？"  # the marks that such sites are known to put something before

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@lru_cache(maxsize=1)
def pairs() -> dict[tuple[int, int], str]:
    """GBK: what each pair of bytes shows."""
    table = {}
    for lead in LEADS:
        for trail in TRAILS:
            try:
                table[lead, trail] = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
    return table


@lru_cache(maxsize=1)
def dropped_leads() -> dict[int, tuple[int, ...]]:
    """For each byte, the first bytes of characters that make an undefined pair with it."""
    defined = pairs()
    return {
        first: tuple(second for second in LEADS if first in LEADS and (first, second) not in defined) for first in range(256)
    }


def is_text(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character in "　（）《》〈〉“”‘’【】〔〕，。、；：！？％—…·０１２３４５６７８９"


def fold(text: str) -> str:
    """Full-width ASCII marks, letters and digits as half-width ones."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


@lru_cache(maxsize=20000)
def code_of(character: str, folded: bool = True) -> bytes:
    """The GBK bytes of a shown character, empty if it has none.

    Args:
        folded: whether the page shows full-width ASCII in half width, so that what is shown may have had two bytes.
    """
    wide = chr(ord(character) + 0xFEE0) if folded and "!" <= character <= "~" else character
    try:
        code = wide.encode("gbk")
    except UnicodeEncodeError:
        return b""
    return code if len(code) == 2 else b""


def is_mark(shown: str, folded: bool = True) -> bool:
    code = code_of(shown, folded) if shown else b""
    return bool(code) and code.decode("gbk") in MARKS


@lru_cache(maxsize=20000)
def readings(character: str) -> frozenset[str]:
    """The pinyin readings of a character, with tone marks, from pypinyin's table."""
    from pypinyin.pinyin_dict import (
        pinyin_dict,  # 0.15 s, and only garbled pages need it
    )

    return frozenset(pinyin_dict.get(ord(character), "").split(",")) - {""}


@dataclass(frozen=True)
class Token:
    """A shown character with the pinyin note behind it, or an orphan (``character`` is ``""``)."""

    character: str
    note: str
    start: int
    end: int


_TOKEN = re.compile(rf"([{ORPHANS}])\(?({SYLLABLE})\)|([{ORPHANS}])|(.)(?:\(({SYLLABLE})\))?", re.DOTALL)


def tokens(line: str, position: int = 0) -> Iterator[Token]:
    """The shown characters of a line from `position` on, notes attached to the character that they follow."""
    for match in _TOKEN.finditer(line, position):
        broken_note, character, note = match[2], match[4], match[5]
        if character is None:
            yield Token("", broken_note or "", match.start(), match.end())
        elif note and note not in readings(character) and not ("@" <= character <= "~"):
            yield Token(character, "", match.start(), match.start() + 1)
            yield from tokens(line, match.start() + 1)
            return
        else:
            yield Token(character, note or "", match.start(), match.end())


@lru_cache(maxsize=1)
def droppable() -> dict[int, tuple[tuple[int, str], ...]]:
    """For each first byte, the characters whose second byte can be the first half of a dropped pair."""
    openings = dropped_leads()
    table: dict[int, list[tuple[int, str]]] = {}
    for (lead, trail), character in pairs().items():
        if openings.get(trail) and is_text(character):
            table.setdefault(lead, []).append((trail, character))
    return {lead: tuple(characters) for lead, characters in table.items()}
