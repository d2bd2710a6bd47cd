"""The lines of a Word file as its reader sees them: a paragraph or a row of a table each, with its number and level.

Left out is what is no part of the text: deleted and hidden text, field codes, tables of contents, placeholders that
nobody filled in, the second copy of a text box. Comments, notes, headers and footers are in other parts anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lawgov.forms.word_numbering import Lists
from lawgov.forms.word_package import WordParts
from lawgov.forms.word_styles import Styles, W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box again, for Word 2007
_LEFT_OUT = frozenset({_FALLBACK, *(W + tag for tag in ("pPr", "del", "moveFrom", "rt"))})  # pPr has tab stops, rt a reading
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CONTENTS_FIELD = re.compile(r"\s*TOC\b", re.IGNORECASE)


class WordLine(NamedTuple):
    """A line, or several where the paragraph has line breaks; ``level`` is 0 for the title, from 1 for a heading."""

    text: str
    level: int | None


def word_lines(parts: WordParts) -> list[WordLine]:
    """The lines of the document in its order; blank ones are left out."""
    walk = _Walk(parts, with_fields=True)
    lines = walk.lines()
    if walk.fields:  # one of them never ends: all behind it would be missing
        lines = _Walk(parts, with_fields=False).lines()
    return lines


@dataclass
class _Flow:
    """Lines below each other: those of the body, of a cell, of a text box."""

    lines: list[WordLine] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # of the line that is not yet ended

    def end_line(self, level: int | None = None) -> None:
        text = "\n".join(line for piece in "".join(self.pieces).split("\n") if (line := piece.strip()))
        if text:
            self.lines.append(WordLine(text, level))
        self.pieces = []


@dataclass
class _Paragraph:
    properties: _Element | None
    pieces: list[str] = field(default_factory=list)
    boxes: list[WordLine] = field(default_factory=list)  # of text boxes that hang on it


@dataclass
class _Field:
    code: str = ""
    is_silent: bool = True  # while it is in its code; a table of contents also in its result


class _Walk:
    """A walk through the document, and what is open where it stands: stacks, so that no depth is too deep for it."""

    def __init__(self, parts: WordParts, *, with_fields: bool):
        self._document = parts.document
        self._styles = Styles(parts.styles)
        self._lists = Lists(parts.numbering, self._styles)
        self._with_fields = with_fields
        self._flows = [_Flow()]
        self._rows: list[list[_Flow]] = [[]]
        self._paragraphs: list[_Paragraph] = []
        self._hidden = [False]  # of the runs
        self._silent = 0  # how many fields are
        self.fields: list[_Field] = []

    def lines(self) -> list[WordLine]:
        from lxml.etree import iterwalk

        opens: dict[str, Callable[[_Element], None]] = {
            W + "p": lambda paragraph: self._paragraphs.append(_Paragraph(paragraph.find(W + "pPr"))),
            W + "r": self._open_run,
            W + "t": lambda text: self._add(_content(text)),
            W + "br": lambda br: self._add("\n" if br.get(W + "type", "textWrapping") == "textWrapping" else ""),
            W + "tr": lambda _: self._rows.append([]),
            W + "tc": lambda _: self._flows.append(_Flow()),
            W + "txbxContent": lambda _: self._flows.append(_Flow()),
            W + "fldChar": self._turn_field,
            W + "instrText": self._add_code,
        } | {tag: lambda _, character=character: self._add(character) for tag, character in _CHARACTERS.items()}
        closes: dict[str, Callable[[], object]] = {
            W + "p": self._close_paragraph,
            W + "r": self._hidden.pop,
            W + "tr": self._close_row,
            W + "tc": lambda: self._rows[-1].append(self._close_flow()),
            W + "txbxContent": self._close_box,
        }
        walk = iterwalk(self._document, events=("start", "end"), tag=[*opens, *_LEFT_OUT, W + "sdt"])
        for event, element in walk:
            if event == "end":
                closes.get(element.tag, int)()
                continue
            if element.tag in opens:
                opens[element.tag](element)
            if _is_left_out(element):
                walk.skip_subtree()
        return self._close_flow().lines

    def _add(self, text: str) -> None:
        if self._paragraphs and not (self._silent or self._hidden[-1]):
            self._paragraphs[-1].pieces.append(text)

    def _open_run(self, run: _Element) -> None:
        paragraph = self._paragraphs[-1].properties if self._paragraphs else None
        self._hidden.append(self._styles.is_hidden(run.find(W + "rPr"), paragraph))

    def _turn_field(self, mark: _Element) -> None:
        """A field begins, comes to its result, or ends."""
        turn = mark.get(W + "fldCharType") if self._with_fields else None
        if turn == "begin":
            self.fields.append(_Field())
            self._silent += 1
        elif turn == "separate" and self.fields and self.fields[-1].is_silent:
            self.fields[-1].is_silent = bool(_CONTENTS_FIELD.match(self.fields[-1].code))
            self._silent -= not self.fields[-1].is_silent
        elif turn == "end" and self.fields:
            self._silent -= self.fields.pop().is_silent

    def _add_code(self, code: _Element) -> None:
        if self.fields and len(self.fields[-1].code) < 20:  # its name is enough
            self.fields[-1].code += _content(code)

    def _close_paragraph(self) -> None:
        paragraph, flow = self._paragraphs.pop(), self._flows[-1]
        properties = paragraph.properties
        text = "" if self._styles.is_contents(properties) else "".join(paragraph.pieces).replace("\u00ad", "")
        goes_on = self._is_end_gone(properties)
        if not flow.pieces and (text.strip() or not goes_on):
            text = self._lists.numbered(properties, text)
        if text.strip():
            flow.pieces.append(text)
        if not goes_on:
            flow.end_line(self._styles.heading_level(properties))
        flow.lines += paragraph.boxes

    def _is_end_gone(self, properties: _Element | None) -> bool:
        """Whether the paragraph's own end is deleted or hidden: the next one goes on in its line."""
        end = None if properties is None else properties.find(W + "rPr")
        if end is None:
            return False
        return any(end.find(W + tag) is not None for tag in ("del", "moveFrom")) or self._styles.is_hidden(end, properties)

    def _close_flow(self) -> _Flow:
        flow = self._flows.pop()
        flow.end_line()
        return flow

    def _close_box(self) -> None:
        lines = self._close_flow().lines
        around = self._paragraphs[-1].boxes if self._paragraphs else self._flows[-1].lines
        around += lines

    def _close_row(self) -> None:
        """A row is a line; but a table that only frames a page has the lines of its one cell."""
        cells = self._rows.pop()
        filled = [cell for cell in cells if cell.lines]
        if len(filled) == 1:
            self._flows[-1].lines += filled[0].lines
        elif filled:
            texts = (" ".join(line.text for line in cell.lines).replace("\n", " ") for cell in cells)
            self._flows[-1].lines.append(WordLine("\t".join(texts).rstrip(), None))


def _is_left_out(element: _Element) -> bool:
    """Whether nothing of an element is shown: what is deleted, merged into another cell, or no text."""
    if element.tag == W + "sdt":
        properties = element.find(W + "sdtPr")
        is_contents = value(properties, "docPartObj/docPartGallery") == "Table of Contents"
        return is_contents or value(properties, "showingPlcHdr") is not None
    if element.tag == W + "tr":
        properties = element.find(W + "trPr")
        return any(value(properties, mark) is not None for mark in ("del", "hidden"))
    if element.tag == W + "tc":
        properties = element.find(W + "tcPr")
        is_merged = any(value(properties, merge) not in (None, "restart") for merge in ("vMerge", "hMerge"))
        return is_merged or value(properties, "cellDel") is not None
    return element.tag in _LEFT_OUT


def _content(element: _Element) -> str:
    """The characters in an element; line ends and outer spaces of the XML count only where it says so."""
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    text = re.sub(r"[\t\r\n]", " ", text)
    return text if element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" ")
