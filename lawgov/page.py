"""Reports as one self-contained HTML page: no script, no font, no picture from elsewhere; all text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lawgov.document import Heading
from lawgov.shipped import PACKAGE
from lawgov.wording import word

if TYPE_CHECKING:
    from lawgov.coverage import Report


def report_page(reports: Sequence[Report], lang: str = "en") -> str:
    """The page of one or several reports, in a language, `en` or `zh`."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(PACKAGE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("report.html").render(
        reports=reports,
        lang=lang,
        word=lambda name: word(name, lang),
        is_heading=lambda segment: isinstance(segment, Heading),
        segments=_segments,
    )


def _segments(report: Report) -> list:
    """Headings and labelled sentences together, in the order of the text, sentences with their number."""
    numbered = [(sentence.start, number, sentence) for number, sentence in enumerate(report.sentences)]
    return [(n, item) for _, n, item in sorted([*numbered, *((h.start, -1, h) for h in report.document.headings)], key=lambda x: x[0])]
