"""What flows through lawgov: small frozen records that point into one text.

Every record that has ``start`` and ``end`` is a span of ``Document.text``: counted in characters, ``end`` exclusive,
and ``document.text[record.start:record.end] == record.text`` always.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lawgov.explanation import Explanation
    from lawgov.model import Model

SECTIONS = ("preamble", "achievements", "problems", "plans", "closing")
"""The parts of a report, in their usual order. A sentence belongs to exactly one."""

COUNTED_SECTIONS = ("preamble", "achievements")
"""The sections whose sentences can show that something was done."""

REPORT_SHARE = 0.4
"""The least part of its sentences that a rule-of-law report gives to the categories that are scored. Of 172 labelled
reports the lowest has 0.48 by its labels and 0.44 by a model that had not seen it; of 24 texts of other kinds the highest
has 0.14 and 0.43, the next 0.21. Where the two meet, a text passes rather than that a report is refused."""


@dataclass(frozen=True)
class Span:
    """A stretch of text: ``start`` inclusive, ``end`` exclusive, in characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Repair:
    """What was mended, and where: ``spans`` point into the clean text, one for each place that can still be shown.

    ``restored`` is false for places that are known to be broken and could not be mended.
    """

    kind: str
    count: int
    spans: tuple[Span, ...] = ()
    restored: bool = True


@dataclass(frozen=True)
class Heading:
    """A heading as it stands in the text.

    ``level`` is its depth in the outline, 1 for the outermost. ``rule`` names the numbering that made it a heading, so
    that one can ask why. ``run_in`` is true where the body follows on the same line.
    """

    text: str
    start: int
    end: int
    level: int
    rule: str
    run_in: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body, without its run-in heading."""

    start: int
    end: int
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelContext:
    """What a label rests on beside the sentence itself, kept so that it can be explained later.

    ``model`` is the identity of the model that gave it. ``categories`` are the probabilities of all categories, in the
    rubric's order. ``before`` and ``after`` are what the neighbouring sentences said for each category, in log odds.
    """

    model: str
    categories: tuple[float, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]


@dataclass(frozen=True)
class Sentence:
    """One sentence in its context, and its labels once it has been classified.

    ``headings`` are the headings it stands under, outermost first. ``paragraph`` counts paragraphs from 0; sentences
    that share it are neighbours. ``probability`` is that of ``category``, calibrated, from 0 to 1.
    """

    text: str
    start: int
    end: int
    section: str = "achievements"
    headings: tuple[str, ...] = ()
    paragraph: int = 0
    category: str | None = None
    probability: float | None = None
    indicators: tuple[str, ...] = ()
    context: LabelContext | None = field(default=None, repr=False, compare=False)

    def why(self, label: str | None = None, *, model: Model | None = None) -> Explanation:
        """The words that spoke for a label and against it, with weights that add up to its score.

        Args:
            label: a category or an indicator; by default the sentence's category.
            model: the model that labelled the sentence; by default the one that comes with lawgov.

        Raises:
            ModelError: if the sentence was not labelled, or by another model.
            RubricError: if the rubric has no such label.
        """
        from lawgov.explanation import explain
        from lawgov.model import load

        return explain(model or load(), self, label)


@dataclass(frozen=True)
class Document:
    """A report that has been read: clean text, what is known about it, and its outline and sentences.

    ``title``, ``agency``, ``year`` (the year reported on) and ``date`` (of signing or publication) are ``None`` where
    the text does not have them. ``level`` is `province`, `city`, `county`, `township` or `department`; ``place`` is the
    area as it is named, for a department the one that it serves; ``province`` is that of the place, where it is known.
    ``source`` is the path it came from, or ``None`` for a string; ``form`` is `text`, `html`, `pdf` or `docx`.
    """

    text: str
    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    date: datetime.date | None = None
    level: str | None = None
    place: str | None = None
    province: str | None = None
    source: str | None = None
    form: str = "text"
    encoding: str | None = None
    repairs: tuple[Repair, ...] = field(default=())

    @property
    def segments(self) -> Sequence[Heading | Sentence]:
        """Headings and sentences together, in the order of the text."""
        return sorted([*self.headings, *self.sentences], key=lambda segment: segment.start)
