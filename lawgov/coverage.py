"""A `Report`: how much of the rubric a report covers, with the evidence and what is missing.

What counts as shown is a sentence of the report's achievements or preamble; problems and plans are reported apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lawgov.document import COUNTED_SECTIONS, REPORT_SHARE, SECTIONS, Document, Sentence
from lawgov.errors import RubricError
from lawgov.rubric import Category, Rubric

if TYPE_CHECKING:
    import pandas


REQUIRED_SECTIONS = ("achievements", "problems", "first_responsible", "plans")
"""The parts that the State rules ask of an annual report (《法治政府建设与责任落实督察工作规定》2019, its chapter on annual reports)."""
_FIRST_RESPONSIBLE = re.compile(r"第一责任|主要负责(?:人|同志).{0,12}(?:职责|履职)")


@dataclass(frozen=True)
class IndicatorScore:
    """Whether a report shows an indicator. ``evidence`` are numbers of sentences, the most probable first."""

    covered: bool
    probability: float
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class CategoryScore:
    """A report's score on one category; all numbers but ``sentences`` are from 0 to 1.

    ``coverage``: covered indicators / all its indicators; ``low``–``high``: its 90 % interval. ``share``: its part of
    the sentences that count, corrected for known confusions, with its interval. ``sentences``: how many sentences that
    count were given to it. ``concrete``: the part of them that name a count, an amount, a date or a document.
    """

    coverage: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    sentences: int
    concrete: float
    indicators: dict[str, IndicatorScore]


@dataclass(frozen=True, repr=False)
class Report:
    """A scored report: `document` is what was read, `sentences` its labelled sentences, `categories` the scores."""

    document: Document
    rubric: Rubric
    sentences: tuple[Sentence, ...]
    categories: dict[str, CategoryScore]
    overall_low: float
    overall_high: float
    model_name: str
    model_version: str

    def __repr__(self) -> str:
        name = self.title or self.source or "text"
        return f"<Report {name!r}: overall {self.overall:.2f}, {len(self.sentences)} sentences>"

    @property
    def title(self) -> str | None:
        return self.document.title

    @property
    def agency(self) -> str | None:
        return self.document.agency

    @property
    def year(self) -> int | None:
        return self.document.year

    @property
    def source(self) -> str | None:
        return self.document.source

    @property
    def coverage(self) -> dict[str, float]:
        """Coverage of each category, from 0 to 1."""
        return {name: score.coverage for name, score in self.categories.items()}

    @property
    def overall(self) -> float:
        """The mean coverage over the categories; its 90 % interval is ``overall_low``–``overall_high``."""
        return float(np.mean([score.coverage for score in self.categories.values()]))

    @property
    def scored_share(self) -> float:
        """The part of all sentences that was given to a category that is scored; 0 where there is no sentence."""
        return float(np.mean([s.category != self.rubric.rest for s in self.sentences])) if self.sentences else 0.0

    @property
    def looks_like_report(self) -> bool:
        """Whether enough of the text is on the rubric for a rule-of-law report; if not, its scores mean little."""
        return self.scored_share >= REPORT_SHARE

    @property
    def required_sections(self) -> dict[str, bool]:
        """Which of the parts that the State rules ask for are there.

        The leaders' duty counts where a heading names it; in a report without headings, where a sentence does.
        """
        present = {sentence.section for sentence in self.sentences}
        places = [h.text for h in self.document.headings] or [s.text for s in self.sentences]
        there = {section: section in present for section in SECTIONS}
        if not self.document.headings:
            there["achievements"] = bool(present & set(COUNTED_SECTIONS))
        there["first_responsible"] = any(_FIRST_RESPONSIBLE.search(place) for place in places)
        return {part: there[part] for part in REQUIRED_SECTIONS}

    def evidence(self, category: str, indicator: str | None = None) -> tuple[Sentence, ...]:
        """The sentences that show an indicator, or any of the category's, the most probable first.

        Raises:
            RubricError: if the rubric has no such category or indicator.
        """
        score = self._score(category)
        if indicator is not None and indicator not in score.indicators:
            raise RubricError(f"the category {category!r} has no indicator {indicator!r}; it has {', '.join(score.indicators)}")
        chosen = [score.indicators[indicator]] if indicator is not None else score.indicators.values()
        numbers = dict.fromkeys(number for item in chosen for number in item.evidence)
        return tuple(self.sentences[number] for number in numbers)

    def missing(self, category: str | None = None) -> list[str]:
        """The indicators that nothing in the achievements shows, of one category or of all."""
        scores = [self._score(category)] if category is not None else self.categories.values()
        return [name for score in scores for name, item in score.indicators.items() if not item.covered]

    def coverage_in(self, section: str) -> dict[str, float]:
        """The part of each category's indicators that sentences of one section name, such as `plans`.

        Raises:
            ValueError: if there is no such section.
        """
        if section not in SECTIONS:
            raise ValueError(f"there is no section {section!r}; sections are {', '.join(SECTIONS)}")
        named = {name for s in self.sentences if s.section == section for name in s.indicators}
        return {c.name: sum(i in named for i in c.indicator_names) / len(c.indicators) for c in self.rubric.scored}

    def table(self, lang: str = "en") -> pandas.DataFrame:
        """A row a category: coverage, low, high, share, sentences, concrete, missing."""
        import pandas

        rows = {
            name: {
                "coverage": score.coverage,
                "low": score.low,
                "high": score.high,
                "share": score.share,
                "sentences": score.sentences,
                "concrete": score.concrete,
                "missing": ", ".join(self.rubric.label(m, lang) if lang != "en" else m for m in self.missing(name)),
            }
            for name, score in self.categories.items()
        }
        frame = pandas.DataFrame.from_dict(rows, orient="index")
        frame.index.name = "category"
        return frame

    def to_frame(self) -> pandas.DataFrame:
        """A row a sentence: text, start, end, section, headings, category, probability, indicators."""
        import pandas

        return pandas.DataFrame([_sentence_dict(s) for s in self.sentences], columns=list(_sentence_dict(_NO_SENTENCE)))

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, in the form that `lawgov score --format json` prints."""
        document = self.document
        return {
            "source": document.source,
            "title": document.title,
            "agency": document.agency,
            "level": document.level,
            "place": document.place,
            "province": document.province,
            "year": document.year,
            "date": document.date.isoformat() if document.date else None,
            "coverage": self.coverage,
            "overall": self.overall,
            "overall_low": self.overall_low,
            "overall_high": self.overall_high,
            "categories": {name: _category_dict(score) for name, score in self.categories.items()},
            "required_sections": self.required_sections,
            "looks_like_report": self.looks_like_report,
            "sentences": [_sentence_dict(sentence) for sentence in self.sentences],
            "repairs": [
                {"kind": r.kind, "count": r.count, "restored": r.restored, "spans": [[s.start, s.end] for s in r.spans]}
                for r in document.repairs
            ],
            "model": {"name": self.model_name, "version": self.model_version},
        }

    def to_html(self, path: str | None = None, lang: str = "en") -> str:
        """One self-contained page; written to `path` if that is given."""
        from lawgov.files import write_whole
        from lawgov.page import report_page

        page = report_page([self], lang)
        if path is not None:
            write_whole(path, page)
        return page

    def _score(self, category: str) -> CategoryScore:
        if category not in self.categories:
            raise RubricError(f"the rubric has no scored category {category!r}; it has {', '.join(self.categories)}")
        return self.categories[category]


_NO_SENTENCE = Sentence("", 0, 0)


def _sentence_dict(s: Sentence) -> dict[str, Any]:
    return {
        "text": s.text,
        "start": s.start,
        "end": s.end,
        "section": s.section,
        "headings": list(s.headings),
        "category": s.category,
        "probability": s.probability,
        "indicators": list(s.indicators),
    }


def _category_dict(score: CategoryScore) -> dict[str, Any]:
    return {
        "coverage": score.coverage,
        "low": score.low,
        "high": score.high,
        "share": score.share,
        "share_low": score.share_low,
        "share_high": score.share_high,
        "sentences": score.sentences,
        "concrete": score.concrete,
        "indicators": {
            name: {"covered": item.covered, "probability": item.probability, "evidence": list(item.evidence)}
            for name, item in score.indicators.items()
        },
    }


def covered_by(category: Category, sentences: Sequence[Sentence]) -> float:
    """Coverage of a category by sentences whose indicators are known, such as hand labels."""
    named = {name for s in sentences if s.section in COUNTED_SECTIONS for name in s.indicators}
    return sum(name in named for name in category.indicator_names) / len(category.indicators)
