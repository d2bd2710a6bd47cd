"""Characters on pages into lines by their baselines, and lines into paragraphs, broken ones joined.

A line goes on with the next one where it is full and the next one is not indented; lines are full where what begins
the next one would not have fitted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from lawgov.numbering import numbering
from lawgov.raw import Mark

# Lengths are in ems: the width of a Han character.
SAME_BASELINE = 0.4  # superscripts stand 0.33 above their line; lines are at least 1 apart
OVERLAP = 0.6  # browsers set 》《 with the second over the empty half of the first
INDENT = 0.9  # from here on a line begins a paragraph; the usual indent is 2
ROOM = 1.5  # a line with no more room than this at its end is full
JUSTIFIED_ROOM = 0.6  # the same in justified text; half a mark hangs over
LARGER = 1.12  # times the type of the text; a title is set at 22 points over 16
LONGEST_WORD = 8  # an address of a web site says nothing about the line before it
WIDER = 1.4  # times the usual distance of lines: between paragraphs that are set apart

_CLOSING = "，。、；：？！”’）》〉】〕」』…,.;:?!)]%％"
_OPENING = "“‘（《〈【〔「『([ "
_STOP = tuple("。；：！？”’）》;:!?)")
TITLE = re.compile(r"(?:报告|总结|情况|年报|汇报)(?:[（(].{1,12}[）)])?$")
_ENUMERATION = re.compile(r"[一二三四五六七八九十]、[一二三四五六七八九十](?:[、和至]|上午|下午)")  # 每周一、三、五上午
_LATIN_ENDS = re.compile(r"[A-Za-z][,.;:)]?$")


class Glyph(NamedTuple):
    """A character, where it begins and ends and its baseline, in points. ``spaced``: a space of the file stands before it.

    ``font`` is the name of the font of the first Han character on its baseline.
    """

    text: str
    x0: float
    x1: float
    y: float
    spaced: bool
    font: str = ""


class Line(NamedTuple):
    """A line of a page. ``size`` is its em in points, ``lead`` the width of what cannot be parted from its beginning."""

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    lead: float
    cells: bool
    font: str


@dataclass(frozen=True)
class _Column:
    """Where the text of a page begins and ends, in points.

    ``indented``: paragraphs of the document begin with an indent. ``justified``: full lines end at the right edge.
    """

    left: float
    right: float
    indented: bool
    justified: bool

    def centres(self, line: Line) -> bool:
        return abs(line.x0 + line.x1 - self.left - self.right) <= 2 * line.size


def is_han(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff" or text >= "\U00020000"


def lines_of(pages: Sequence[Sequence[Glyph]]) -> tuple[list[list[Line]], float]:
    """The lines of each page from the top, and the em of the document in points."""
    em = median([g.x1 - g.x0 for glyphs in pages for g in glyphs if is_han(g.text)] or [10.0]) or 10.0
    return [_lines(glyphs, i, em) for i, glyphs in enumerate(pages)], em


def paragraphs(lines: Sequence[Line], em: float) -> tuple[str, tuple[Mark, ...]]:
    """The text of the lines, a paragraph a line, and its title where larger type shows one."""
    columns = _columns(lines, em)
    title = _title(lines, columns, em)
    pitch = _pitch(lines)
    parts: list[str] = []
    last, title_at = None, None
    for line in lines:
        if last in title and line in title or last is not None and _goes_on(last, line, columns, pitch) and last not in title:
            parts[-1] = _joined(parts[-1], line.text)
        else:
            parts.append(line.text)
        if line in title:
            title_at = len(parts) - 1
        last = line
    text = "\n".join(part.replace("\xad", "-") for part in parts)
    if title_at is None:
        return text, ()
    start = sum(len(part) + 1 for part in parts[:title_at])
    return text, (Mark(start, start + len(parts[title_at]), 0),)


def _lines(glyphs: Sequence[Glyph], page: int, em: float) -> list[Line]:
    """The lines of a page from the top: pieces of text on one baseline, unless they lie over one another."""
    pieces = sorted(_pieces(glyphs, em), key=lambda piece: -piece[0].y)
    lines: list[Line] = []
    band: list[list[Glyph]] = []
    for piece in [*pieces, None]:
        if band and (piece is None or band[0][0].y - piece[0].y > SAME_BASELINE * em):
            lines += (_line(row, page, em) for row in _rows(band))
            band = []
        if piece is not None:
            band.append(piece)
    return lines


def _pieces(glyphs: Iterable[Glyph], em: float) -> list[list[Glyph]]:
    """Runs of characters that stand side by side."""
    pieces: list[list[Glyph]] = []
    last = None
    for glyph in glyphs:
        near = last is not None and abs(glyph.y - last.y) < SAME_BASELINE * em
        width = last.x1 - last.x0 if near else 0.0
        if near and glyph.text == last.text and abs(glyph.x0 - last.x0) < 0.3 * width:  # bold by overprinting
            continue
        if near and -OVERLAP * max(em, width) < glyph.x0 - last.x1 < max(em, width):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
        last = glyph
    return pieces


def _rows(band: list[list[Glyph]]) -> list[list[Glyph]]:
    """Pieces of one height side by side; one that lies over another, such as a watermark, makes a row of its own.

    A piece may lie in a gap of another: LibreOffice sets 一“区 for “一区 where the marks are of a second font.
    """
    pieces = sorted(band, key=lambda piece: piece[0].x0)
    placed = sorted(((glyph, at) for at, piece in enumerate(pieces) for glyph in piece), key=lambda pair: pair[0].x0)
    over = set()
    for (left, a), (right, b) in pairwise(placed):
        narrower = min(left.x1 - left.x0, right.x1 - right.x0)
        if a != b and left.x1 - right.x0 > OVERLAP * narrower:
            over.add(max(a, b))
    row = [glyph for glyph, at in placed if at not in over]
    rest = [glyph for glyph, at in placed if at in over]
    return [row, rest] if rest and _text(rest) not in _text(row) else [row]


def _text(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def _line(glyphs: list[Glyph], page: int, em: float) -> Line:
    """A line with the spaces that are words' or columns', not those of the setting."""
    wide = [g for g in glyphs if g.text > "\u2e7f"]
    size = median([g.x1 - g.x0 for g in wide if is_han(g.text)] or [g.x1 - g.x0 for g in wide] or [em]) or em
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    parts, cells = [glyphs[0].text], 0
    for before, glyph, gap in zip(glyphs, glyphs[1:], gaps):
        gap = (gap - usual) / size
        if before.text.isascii() and glyph.text.isascii():
            spaced = glyph.spaced or gap > 0.15
        else:
            spaced = gap > (0.4 if glyph.spaced else ROOM)
        if spaced:
            parts.append(" ")
        cells += gap > ROOM
        parts.append(glyph.text)
    return Line("".join(parts), page, glyphs[0].x0, glyphs[-1].x1, glyphs[0].y, size, _lead(glyphs), cells > 1, glyphs[-1].font)


def _lead(glyphs: list[Glyph]) -> float:
    """The width of the first word with the marks that belong to it: where a line may first be broken."""
    i = 0
    while i + 1 < len(glyphs) and glyphs[i].text in _OPENING:
        i += 1
    while i + 1 < len(glyphs) and _in_word(glyphs[i]) and _in_word(glyphs[i + 1]) and not glyphs[i + 1].spaced:
        i += 1
    while i + 1 < len(glyphs) and glyphs[i + 1].text in _CLOSING:
        i += 1
    return glyphs[i].x1 - glyphs[0].x0


def _in_word(glyph: Glyph) -> bool:
    return glyph.text.isascii() and glyph.text not in _OPENING


def _columns(lines: Sequence[Line], em: float) -> dict[int, _Column]:
    """The column of each page. Its width is that of the document: a page of headings has few full lines."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    shared = _least(1 / 20, (line.x0 for line in lines))
    left_of = {page: shared for page in by_page}
    for page, of in by_page.items():  # margins of odd and even pages may differ
        own = _least(1 / 10, (line.x0 for line in of))
        elsewhere = len(of) >= 8 and all(abs(line.x0 - shared) > em / 2 for line in of)
        if elsewhere and any(INDENT * em < line.x0 - own < 4 * em for line in of):
            left_of[page] = own
    width = -_least(1 / 10, (left_of[line.page] - line.x1 for line in lines))
    rooms = [left_of[line.page] + width - line.x1 for line in lines]
    full = [room for room in rooms if abs(room) <= ROOM * em]
    justified = sum(abs(room) <= 0.3 * em for room in full) >= 0.8 * len(full)
    afresh = [b.x0 - left_of[b.page] > INDENT * em for room, b in zip(rooms, lines[1:]) if room > 3 * em]
    indented = sum(afresh) > 0.5 * len(afresh)
    return {page: _Column(left, left + width, indented, justified) for page, left in left_of.items()}


def _least(share: float, values: Iterable[float]) -> float:
    """The least value but for a share of them that may lie outside."""
    ordered = sorted(values)
    return ordered[int(len(ordered) * share)] if ordered else 0.0


def _title(lines: Sequence[Line], columns: dict[int, _Column], em: float) -> set[Line]:
    """The lines of the title: those of one large type in the middle of the first page, the last such before the text."""
    groups: list[list[Line]] = []
    for line in lines[:12]:
        if line.page != lines[0].page or _begins_section(line.text):
            break
        if line.size < LARGER * em:
            continue
        last = groups[-1][-1] if groups else None
        follows = last is not None and abs(line.size - last.size) < 0.05 * line.size and last.y - line.y < 2.5 * line.size
        if columns[line.page].centres(line) or follows and columns[line.page].right - last.x1 <= ROOM * line.size:
            if follows:
                groups[-1].append(line)
            else:
                groups.append([line])
    reports = [group for group in groups if TITLE.search(group[-1].text)]
    return set((reports or groups or [[]])[-1])


def _begins_section(text: str) -> bool:
    number = numbering(text)
    return number is not None and number.rule == "chinese"


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in ems of their type."""
    return median([(a.y - b.y) / a.size for a, b in pairwise(lines) if a.page == b.page and a.y > b.y] or [0.0])


def _goes_on(line: Line, following: Line, columns: dict[int, _Column], pitch: float) -> bool:
    """Whether the following line continues the paragraph of a line."""
    column, size = columns[line.page], line.size
    if line.cells or following.cells or abs(following.size - size) > 0.1 * size:
        return False
    if following.x0 - columns[following.page].left > INDENT * size:
        return False
    room, ends = column.right - line.x1, line.text.endswith(_STOP)
    number = None if _ENUMERATION.match(following.text) else numbering(following.text)
    if (ends or not column.indented) and line.page == following.page and line.y - following.y > WIDER * pitch * size:
        return False
    if number and column.indented and ends and (number.rule == "chinese" or line.font != following.font):
        return False
    if number and not column.indented and (ends or number.rule in ("chinese", "chinese_in_brackets")):
        return False
    if _is_heading(line) and line.font != following.font and is_han(following.text[0]):
        return False
    if not column.indented and column.justified and (ends or not _is_heading(line)):
        return room <= JUSTIFIED_ROOM * size
    if not column.indented and ends:
        return room <= ROOM * size
    spare = 1.0 if column.indented else 0.5  # the indent of the next line would tell a new paragraph
    return room <= max(ROOM, min(following.lead / size, LONGEST_WORD) + spare) * size


def _is_heading(line: Line) -> bool:
    """Whether nothing but a numbered heading stands in a line."""
    return numbering(line.text) is not None and not re.search("[。；]", line.text)


def _joined(text: str, following: str) -> str:
    """Two halves of a broken line: Latin words are spaced, hyphenated ones made whole."""
    if text.endswith("\xad") and following[0].isascii() and following[0].islower():
        return text[:-1] + following
    spaced = following[0].isascii() and following[0].isalpha() and _LATIN_ENDS.search(text[-2:])
    return f"{text} {following}" if spaced else text + following
