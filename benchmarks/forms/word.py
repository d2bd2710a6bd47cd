"""A report as the Word file that an office makes of it: headings by style, their numbers counted by Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from forms.blocks import Block

LIST = "99"  # its identifier; those of the template are smaller
DEEPEST = 9
_ONES = ("", *"一二三四五六七八九")
_CHINESE = {tens + ones: 10 * i + j for i, tens in enumerate(("", "十", "二十", "三十")) for j, ones in enumerate(_ONES)}
_NUMBER = re.compile(r"(?P<before>[（(]?)(?P<figure>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<behind>[、.．）)])\s*(?P<text>\S.*)")


class Numbered(NamedTuple):
    """A heading taken apart: `（二）完善制度` has the number 2, the form `（%）` in Chinese, and the text."""

    number: int
    pattern: str
    is_chinese: bool
    text: str


def as_docx(report: Sequence[Block], *, numbered: bool = True, styled: bool = True) -> bytes:
    """The blocks as a Word file.

    Args:
        report: the blocks.
        numbered: whether Word counts the headings; a number that it would count otherwise stays typed.
        styled: whether title and headings have their styles, with the numbering in them; else all is plain, with
            the numbering in the paragraphs.
    """
    document = Document()
    counted = dict(_counted(report)) if numbered else {}
    forms = {}
    for i, heading in counted.items():
        forms.setdefault(report[i].level, heading)
    if forms:
        _define_list(document, forms, styled=styled)
    for i, block in enumerate(report):
        paragraph = document.add_paragraph(counted[i].text if i in counted else block.text)
        if styled and block.role in ("title", "heading"):
            paragraph.style = "Title" if block.role == "title" else f"Heading {block.level}"
        if block.role in ("signature", "date"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if i in counted and not styled:
            _number(paragraph, LIST, block.level)
        elif i not in counted and styled and block.role == "heading" and block.level in forms:
            _number(paragraph, "0", block.level)  # its style would number it
    _furnish(document, next((block.text for block in report if block.role == "title"), ""))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _counted(report: Sequence[Block]) -> Iterator[tuple[int, Numbered]]:
    """The headings, by their place in the report, whose number is the one that Word counts to."""
    forms: dict[int, tuple[str, bool]] = {}
    counts = [0] * (DEEPEST + 1)
    for i, block in enumerate(report):
        heading = _taken_apart(block.text) if block.role == "heading" and block.level <= DEEPEST else None
        if heading is None:
            continue
        form = heading.pattern, heading.is_chinese
        if heading.number == counts[block.level] + 1 and forms.setdefault(block.level, form) == form:
            counts[block.level :] = [heading.number] + [0] * (DEEPEST - block.level)
            yield i, heading


def _taken_apart(text: str) -> Numbered | None:
    match = _NUMBER.fullmatch(text)
    if match is None or (match["behind"] in "）)") != bool(match["before"]):
        return None
    figure = match["figure"]
    if figure.isdigit():
        number = int(figure)
    elif figure in _CHINESE:
        number = _CHINESE[figure]
    else:
        return None
    return Numbered(number, f"{match['before']}%{match['behind']}", not figure.isdigit(), match["text"])


def _define_list(document: Document, forms: dict[int, Numbered], *, styled: bool) -> None:
    """One list of several levels, with the forms that the report has; the styles name it, or the paragraphs do."""
    abstract = _element("w:abstractNum", "w:abstractNumId", LIST)
    abstract.append(_element("w:multiLevelType", "w:val", "multilevel"))
    for level, form in sorted(forms.items()):
        lvl = _element("w:lvl", "w:ilvl", str(level - 1))
        lvl.append(_element("w:start", "w:val", "1"))
        lvl.append(_element("w:numFmt", "w:val", "chineseCounting" if form.is_chinese else "decimal"))
        if styled:
            lvl.append(_element("w:pStyle", "w:val", f"Heading{level}"))
            _number(document.styles[f"Heading {level}"], LIST, level)
        lvl.append(_element("w:suff", "w:val", "nothing"))
        lvl.append(_element("w:lvlText", "w:val", form.pattern.replace("%", f"%{level}")))
        abstract.append(lvl)
    num = _element("w:num", "w:numId", LIST)
    num.append(_element("w:abstractNumId", "w:val", LIST))
    numbering = document.part.numbering_part.element
    numbering.insert_element_before(abstract, "w:num", "w:numIdMacAtCleanup")
    numbering.insert_element_before(num, "w:numIdMacAtCleanup")


def _number(of: Paragraph, num: str, level: int) -> None:
    """Number a paragraph, or all of a style, by a list; `0` is no list."""
    properties = of._element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level - 1
    properties.get_or_add_numId().val = int(num)


def _furnish(document: Document, title: str) -> None:
    """A header, a footer with the page's number as a field, and the title among the properties."""
    document.core_properties.title = title
    section = document.sections[0]
    section.header.paragraphs[0].text = "法治政府建设年度报告"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    page = _element("w:fldSimple", "w:instr", "PAGE")
    footer._p.append(page)
    page.append(footer.add_run("1")._r)  # moved into the field
    footer.add_run(" —")


def _element(tag: str, attribute: str, value: str) -> OxmlElement:
    element = OxmlElement(tag)
    element.set(qn(attribute), value)
    return element
