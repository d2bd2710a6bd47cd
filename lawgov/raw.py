"""What a file holds before anything is understood: its text, and what the file itself says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """A heading that the file itself marks as one, by a style or a tag: a span of `RawText.text`, whole lines.

    ``level`` is 0 for the title of the document, 1 for its outermost headings.
    """

    start: int
    end: int
    level: int


@dataclass(frozen=True)
class RawText:
    """Text as read, a paragraph or a line of the page a line.

    ``source`` is the path, or ``None``. ``form`` is `text`, `html`, `pdf` or `docx`. ``encoding`` is what the bytes
    turned out to be, ``None`` where the form settles it. ``about`` is what the file says of itself, as written there:
    any of `title`, `agency`, `date` and, of a web page, `page`, its name in the browser. ``notes`` are lines that stand around the text and say something about it, such
    as 来源:…; ``marks`` are the headings in the text, in order.
    """

    text: str
    source: str | None = None
    form: str = "text"
    encoding: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
