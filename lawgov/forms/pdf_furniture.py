"""What frames the pages of a report and is no part of it: page numbers, running heads and feet, tables of contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from lawgov.forms.pdf_lines import TITLE, Line

EDGE_LINES = 3  # at the top and at the bottom of a page, among which heads and feet are looked for
LONGEST_NUMBER = 200  # characters; a browser prints the address of the page beside it
FEWEST_REPEATS = 3  # pages; 2 for small type, or where there are no more
SMALLER = 0.9  # times the type of the text
REPEATS = 1 / 3  # of the pages: odd and even ones may have heads of their own, and the first one none

_DASH = r"[\-‐‑‒–—―−－\xad~～·.．_|]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}\d{{1,3}}{_DASH}|{_DASH}[ivxIVX]{{1,5}}{_DASH}|{_DASH}第?[\d一二三四五六七八九十百]{{1,4}}页"
    rf"(?:[,，/／、|]?[（(]?共\d{{1,4}}页[)）]?)?{_DASH}|\d{{1,4}}[/／]\d{{1,4}}|[Pp]age\d{{1,4}}(?:of\d{{1,4}})?|"
    r"(?:https?|file)://\S+?\d+[/／]\d+"
)
_PRINTED = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4},?\s*(?:[上下]午)?\s*\d{1,2}:\d\d(?::\d\d)?(?:\s*[AP]M)?")
"""When a browser printed a page, as it says above the text beside the title of the page."""
_CONTENTS_ENTRY = re.compile(r"(?:(?:[.．·•‧∙⋯]\s?){4,}|…{2,})\s*[（(]?\d{1,3}[)）]?$")


def without_furniture(pages: Sequence[Sequence[Line]], em: float) -> list[Line]:
    """The lines of the report itself.

    Args:
        pages: the lines of each page from the top.
        em: that of the document, in points.
    """
    return _without_contents(_without_frame(pages, em))


def _without_frame(pages: Sequence[Sequence[Line]], em: float) -> list[Line]:
    """The lines without page numbers, running heads and feet; but a title that only stands there is kept once."""
    frame = _repeated(pages, em)
    kept: list[Line] = []
    for lines in pages:
        first, last = 0, len(lines)
        while first < min(last, EDGE_LINES) and _is_frame(lines[first], frame):
            first += 1
        while last > max(first, len(lines) - EDGE_LINES) and _is_frame(lines[last - 1], frame):
            last -= 1
        if not kept:
            heads = map(_without_time, lines[:first])
            kept += (head for head in heads if _is_only_title(head, lines[first:last]))
        kept += lines[first:last]
    return kept


def _repeated(pages: Sequence[Sequence[Line]], em: float) -> set[Line]:
    """The lines at the edges that stand at the same height of many pages."""
    seen: dict[str, list[Line]] = defaultdict(list)
    for lines in pages:
        for line in {*lines[:EDGE_LINES], *lines[-EDGE_LINES:]}:
            seen[_folded(line)].append(line)
    found: set[Line] = set()
    for same in seen.values():
        y, size = median(line.y for line in same), median(line.size for line in same)
        alike = [line for line in same if abs(line.y - y) < size / 2 and abs(line.size - size) < 0.1 * size]
        fewest = FEWEST_REPEATS if size > SMALLER * em and len(pages) > 2 else 2
        if len({line.page for line in alike}) >= max(fewest, REPEATS * len(pages)):
            found.update(alike)
    return found


def _is_frame(line: Line, frame: set[Line]) -> bool:
    bare = "".join(line.text.split())
    return line in frame or len(line.text) < LONGEST_NUMBER and bool(_PAGE_NUMBER.fullmatch(bare) or _PRINTED.match(line.text))


def _without_time(line: Line) -> Line:
    """The title beside the time that a browser prints; of the line without it only the end is known."""
    time = _PRINTED.match(line.text)
    if time is None:
        return line
    title = line.text[time.end() :].strip()
    return line._replace(text=title, x0=max(line.x0, line.x1 - len(title) * line.size))


def _is_only_title(line: Line, others: Sequence[Line]) -> bool:
    """Whether a running head is a title that the first page does not give elsewhere."""
    return bool(TITLE.search(line.text)) and _folded(line) not in "".join(map(_folded, others))


def _folded(line: Line) -> str:
    """The text of a line without what changes from page to page."""
    return re.sub(r"\d+", "0", "".join(line.text.split()))


def _without_contents(lines: list[Line]) -> list[Line]:
    """The lines without a table of contents: entries with leaders and a page number, broken ones too, and its heading."""
    entries = [i for i, line in enumerate(lines) if _CONTENTS_ENTRY.search(line.text[-40:])]
    if not entries:
        return lines
    out = set(entries)
    for i, j in pairwise(entries):
        if j - i == 2:
            out.add(i + 1)
    if entries[0] and "".join(lines[entries[0] - 1].text.split()) in ("目录", "目次"):
        out.add(entries[0] - 1)
    return [line for i, line in enumerate(lines) if i not in out]
