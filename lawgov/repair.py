"""Raw text into clean simplified text, with a list of what was repaired.

Only what a page shows to be damaged is touched: a page counts as a garbled copy when several of its characters carry
their own pinyin, or several marks a stray comma; it is simplified when it has more traditional characters than
simplified ones. A clean page comes back as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lawgov.characters import CharacterModel, shipped_characters
from lawgov.document import Repair, Span
from lawgov.gbk import MARKS, ORPHANS, SYLLABLE, fold, readings
from lawgov.realign import Realigner
from lawgov.script import is_traditional, simplify

SIGNS_OF_GARBLING = 3  # two could be a coincidence: a reading given once for a rare name, a slip of the pen

_NOTE = re.compile(rf"(?<=[\u3400-\u9fff])\(({SYLLABLE})\)")
_STRAY = re.compile(r",(?=[，、。；！？,;!])")
_DAMAGE = re.compile(rf"(?P<orphan>[{ORPHANS}])|(?<=[\u3400-\u9fff])\((?P<note>{SYLLABLE})\)|(?P<comma>,)(?=[，、。；：！,;!])")
_UNDECODABLE = re.compile(r"\ufffd+|(?:锟斤拷|烫烫烫)+")  # what decoders leave of bytes that were no character
_TONE = re.compile("[āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜ]")
_ENUMERATOR = re.compile(r"[　 ]*(?:[（(]([一二三四五六七八九十]{1,3})[）)]|([一二三四五六七八九十]{1,3})、)")
_NUMERALS = "一二三四五六七八九"


def is_garbled(text: str) -> bool:
    """Whether the page is a garbled copy, by characters that carry their own pinyin and marks with stray commas."""
    signs = 0
    for match in _NOTE.finditer(text):
        signs += match[1] in readings(text[match.start() - 1])
        if signs == SIGNS_OF_GARBLING:
            return True
    for signs, _ in enumerate(_STRAY.finditer(text), 1):
        if signs == SIGNS_OF_GARBLING:
            return True
    return False


def numeral(n: int) -> str:
    """A Chinese numeral from 1 to 99, as in enumerators."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (_NUMERALS[ones - 1] if ones else "")


NUMERALS = {numeral(n): n for n in range(1, 100)}


@dataclass
class _Mended:
    """Text as it is put together, and the places in it that were mended, by kind."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def tail(self, first: int, length: int = 40) -> str:
        """The last characters of what was put together since the part `first`."""
        found, i = "", len(self.parts)
        while i > first and len(found) < length:
            i -= 1
            found = self.parts[i][-length:] + found
        return found

    def drop_comma(self) -> bool:
        """Take back a comma at the very end; whether there was one."""
        found = bool(self.parts) and self.parts[-1].endswith(",")
        if found:
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        return found

    def note(self, kind: str, start: int, end: int) -> None:
        self.spans.setdefault(kind, []).append(Span(max(0, start), end))


def repair(text: str, characters: CharacterModel | None = None) -> tuple[str, tuple[Repair, ...]]:
    """Mend a page where it is damaged.

    Args:
        text: the page as read.
        characters: ranks the readings of broken spots; the shipped model by default.

    Returns:
        The clean text, and what was done: kinds `pinyin_note`, `stray_comma`, `broken_spot` and `traditional`; and
        `swallowed` and `undecodable`, never restored: a letter or digit that a broken spot took with it, and bytes that
        were no character; nothing tells any more what stood there.
    """
    mended = _Mended()
    if is_garbled(text):
        wide = "，" in text  # such copies may fold full-width ASCII; what is restored follows the page
        realigner = Realigner(characters or shipped_characters(), len(text), traditional=is_traditional(text), folded=not wide)
        due: dict[str, int] = {}
        for line in text.splitlines(keepends=True):
            first = len(mended.parts)
            _mend_line(line, mended, realigner, wide, due)
            _count_enumerator("".join(mended.parts[first:]), due)
        text = "".join(mended.parts)
    for match in _UNDECODABLE.finditer(text):
        mended.note("undecodable_lost", *match.span())
    if is_traditional(text):
        simple = simplify(text)
        if len(simple) == len(text):
            changed = [i for i, (a, b) in enumerate(zip(text, simple)) if a != b]
            for i in changed:
                mended.note("traditional", i, i + 1)
            text = simple
    repairs = [
        Repair(kind.removesuffix("_lost"), len(spans), tuple(spans), restored=not kind.endswith("_lost"))
        for kind, spans in mended.spans.items()
    ]
    return text, tuple(repairs)


def _count_enumerator(line: str, due: dict[str, int]) -> None:
    match = _ENUMERATOR.match(line)
    if match:
        style = "inner" if match[1] else "outer"
        due[style] = NUMERALS.get(match[1] or match[2], 0)
        if style == "outer":
            due["inner"] = 0


def _due(due: dict[str, int]) -> tuple[str, ...]:
    inner, outer = numeral(due.get("inner", 0) + 1), numeral(due.get("outer", 0) + 1)
    return (f"（{inner}）", f"{outer}、", "（一）")


def _mend_line(line: str, mended: _Mended, realigner: Realigner, wide: bool, due: dict[str, int]) -> None:
    position, begin = 0, len(mended.parts)
    for match in _DAMAGE.finditer(line):
        if match.start() < position:
            continue
        mended.add(line[position : match.start()])
        position = match.end()
        if match["note"]:
            reading, character = match["note"], line[match.start() - 1]
            if reading in readings(character) or _TONE.search(reading):
                mended.note("pinyin_note", mended.length - 1, mended.length)
            else:
                mended.add(match[0])
        elif match["comma"]:
            mended.note("stray_comma", mended.length, mended.length + 1)
        else:
            before = mended.tail(begin)
            expected = _due(due) if not before.strip("　 ") else ()
            restored = realigner.restore(line, match.start(), before=before, due=expected)
            if restored is None:
                mended.note("broken_spot_lost", mended.length, mended.length + 1)
                mended.add(match[0])
            elif restored.text == "?":  # it cuts nothing: a question mark of the text, and the comma before it a stray one
                if mended.drop_comma():
                    mended.note("stray_comma", mended.length, mended.length + 1)
                mended.add(match[0])
            else:
                original, position = restored.text, restored.end
                if original[0] in MARKS and mended.drop_comma():
                    mended.note("stray_comma", mended.length, mended.length + 1)
                original = original if wide else fold(original)
                mended.note("broken_spot", mended.length, mended.length + len(original))
                if restored.lost:
                    mended.note("swallowed_lost", mended.length, mended.length + len(original))
                mended.add(original)
    mended.add(line[position:])
