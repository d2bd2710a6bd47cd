"""From a path, bytes or a string to a `Document`: reader, repair, layout, outline and sentences in their order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from lawgov.document import Document, Paragraph, Sentence
from lawgov.layout import lay_out
from lawgov.metadata import metadata
from lawgov.outline import outline
from lawgov.raw import RawText
from lawgov.reader import checked_text, read_raw
from lawgov.repair import repair
from lawgov.sections import sections
from lawgov.sentences import sentence_spans


def read(source: str | os.PathLike | bytes, *, name: str | None = None) -> Document:
    """Read a report from a path or from bytes: text in any Chinese encoding, a saved web page, PDF or DOCX.

    Args:
        name: what to call bytes in errors.

    Raises:
        InputError: if it cannot be read, or is not a report in Chinese.

    >>> document = read("seeds/reports/nanxiong-2022.txt")
    >>> document.agency, document.year, len(document.headings)
    ('南雄市政务服务和数据管理局', 2022, 58)
    """
    return _document(read_raw(source, name))


def segment(text: str) -> Document:
    """Read a report that is already a string.

    Raises:
        InputError: if it is empty or not Chinese.
    """
    return _document(RawText(checked_text(text)))


def _document(raw: RawText) -> Document:
    page, repairs = repair(raw.text)
    layout = lay_out(page, marks=raw.marks if len(page) == len(raw.text) else ())
    about = metadata(replace(layout, about=raw.notes + layout.about), raw.about)
    outlined = outline(layout.text, layout.lines)
    return Document(
        text=layout.text,
        headings=outlined.headings,
        paragraphs=outlined.paragraphs,
        sentences=tuple(_sentences(layout.text, outlined.paragraphs, about.year)),
        title=about.title,
        agency=about.agency,
        year=about.year,
        date=about.date,
        level=about.level,
        place=about.place,
        province=about.province,
        source=raw.source,
        form=raw.form,
        encoding=raw.encoding,
        repairs=tuple(replace(done, spans=layout.locate(done.spans)) for done in repairs),
    )


def _sentences(text: str, paragraphs: tuple[Paragraph, ...], year: int | None) -> Iterator[Sentence]:
    spans = [(s, e, p.headings, n) for n, p in enumerate(paragraphs) for s, e in sentence_spans(text[p.start : p.end], p.start)]
    named = sections([(text[start:end], headings, number) for start, end, headings, number in spans], year)
    for (start, end, headings, number), section in zip(spans, named):
        yield Sentence(text[start:end], start, end, section, headings, number)
