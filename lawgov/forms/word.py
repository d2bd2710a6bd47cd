"""A Word file into raw text, with the headings that its styles mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lawgov.forms.word_lines import word_lines
from lawgov.forms.word_package import word_parts
from lawgov.raw import Mark, RawText

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_HEADING = 120  # characters; a longer paragraph is styled as a heading by mistake
LONGEST_TITLE = 120

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(r"(?:新建|未命名|无标题|标题|microsoft|office|wps|word|docx?|文字|文档|文稿|[\s\d.()（）_-])*", re.IGNORECASE)


def docx_text(data: bytes, name: str) -> RawText:
    """The text of a Word file, a paragraph or a row of a table a line, with the numbers that Word counts itself.

    Args:
        data: the file.
        name: what errors call it.

    Raises:
        InputError: if it is no Word file, encrypted, damaged or too large, or python-docx is not installed.
    """
    parts = word_parts(data, name)
    lines = word_lines(parts)
    marks, at = [], 0
    for line in lines:
        if line.level is not None and len(line.text) <= LONGEST_HEADING:
            marks.append(Mark(at, at + len(line.text), line.level))
        at += len(line.text) + 1
    return RawText("\n".join(line.text for line in lines), form="docx", about=_about(parts.properties), marks=tuple(marks))


def _about(properties: _Element | None) -> dict[str, str]:
    """The title among the file's properties, if it is one that somebody gave it; the date there is that of the file."""
    title = "" if properties is None else " ".join((properties.findtext(_DC_TITLE) or "").split())
    is_real = len(title) <= LONGEST_TITLE and re.search("[\u3400-\u9fff]", title) and not _NO_TITLE.fullmatch(title)
    return {"title": title} if is_real else {}
