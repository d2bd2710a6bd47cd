"""Labelled sentences: a table that fits the rubric, or a clear error that names the lines.

Columns: `text` and `category`; where present also `indicators` (comma-separated), `headings` (outermost first, joined
by ` > `), `section`, `report` and `index`. Other columns are ignored.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lawgov.context import NOBODY, alone
from lawgov.document import SECTIONS, Sentence
from lawgov.errors import LabelError
from lawgov.rubric import Rubric, load_rubric

HEADING_SEPARATOR = " > "
COLUMNS = ("report", "index", "text", "headings", "section", "category", "indicators")
SHOWN_ERRORS = 5


@dataclass(frozen=True)
class Labels:
    """Labelled sentences, in the order of their table.

    ``reports`` names the report of each sentence, ``None`` where the table does not say. ``indexes`` is its place in
    the report. ``with_indicators`` is false where the table has no such column, so that none is not read as nothing.
    """

    sentences: tuple[Sentence, ...]
    reports: tuple[str | None, ...]
    indexes: tuple[int | None, ...]
    with_indicators: bool = True

    def __len__(self) -> int:
        return len(self.sentences)

    def __add__(self, other: Labels) -> Labels:
        return Labels(
            self.sentences + other.sentences,
            self.reports + other.reports,
            self.indexes + other.indexes,
            self.with_indicators and other.with_indicators,
        )

    @property
    def categories(self) -> list[str]:
        """The category of each sentence."""
        return [sentence.category for sentence in self.sentences]

    @property
    def digest(self) -> str:
        """A hash of the labels and all that they depend on, to say what a model was trained on."""
        rows = (
            "\x1f".join((r or "", s.text, *s.headings, s.section, s.category or "", *sorted(s.indicators)))
            for r, s in zip(self.reports, self.sentences)
        )
        return hashlib.sha256("\x1e".join(rows).encode("utf-8")).hexdigest()

    @property
    def neighbours(self) -> np.ndarray:
        """The rows of the sentences before and after each, by `report` and `index`: shape (sentences, 2), -1 where unknown."""
        rows = {place: row for row, place in enumerate(zip(self.reports, self.indexes)) if None not in place}
        around = alone(len(self))
        for (report, index), row in rows.items():
            around[row] = rows.get((report, index - 1), NOBODY), rows.get((report, index + 1), NOBODY)
        return around

    def take(self, indexes: Iterable[int]) -> Labels:
        """The sentences at these places of the table."""
        chosen = list(indexes)
        return Labels(
            tuple(self.sentences[i] for i in chosen),
            tuple(self.reports[i] for i in chosen),
            tuple(self.indexes[i] for i in chosen),
            self.with_indicators,
        )


def read_labels(paths: str | os.PathLike | Sequence[str | os.PathLike], rubric: Rubric | None = None) -> Labels:
    """Read one or several CSV files of labels in UTF-8.

    Raises:
        LabelError: if a file cannot be read, a column is missing, or a name is not in the rubric.
    """
    rubric = rubric or load_rubric()
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    if not paths:
        raise LabelError("no file of labels was given; give at least one CSV file with the columns text and category")
    first, *others = [_read_table(Path(path), rubric) for path in paths]
    return sum(others, first)


def write_labels(path: str | os.PathLike, labels: Labels) -> None:
    """Write labels as CSV with all the columns."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for report, index, s in zip(labels.reports, labels.indexes, labels.sentences):
            place = "" if index is None else index
            headings = HEADING_SEPARATOR.join(s.headings)
            writer.writerow((report or "", place, s.text, headings, s.section, s.category, ",".join(s.indicators)))


def _read_table(path: Path, rubric: Rubric) -> Labels:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LabelError(f"{path}: there is no such file; give a CSV file with the columns text and category") from None
    except UnicodeDecodeError:
        raise LabelError(f"{path}: is not UTF-8; save the table as CSV in UTF-8") from None
    except OSError as error:
        raise LabelError(f"{path}: cannot be read ({error.strerror}); give a CSV file") from None
    rows = csv.DictReader(io.StringIO(content, newline=""))
    columns = rows.fieldnames or []
    missing = [column for column in ("text", "category") if column not in columns]
    if missing:
        raise LabelError(f"{path}: has the columns {', '.join(columns) or '(none)'}, lacks {', '.join(missing)}; name them in the first line")
    sentences, reports, indexes, wrong = [], [], [], []
    for row in rows:
        try:
            sentences.append(_sentence(row, rubric))
            reports.append(row.get("report") or None)
            indexes.append(_index(row.get("index")))
        except LabelError as error:
            wrong.append(f"line {rows.line_num}: {error}")
    if wrong:
        more = f"; and {len(wrong) - SHOWN_ERRORS} more" if len(wrong) > SHOWN_ERRORS else ""
        raise LabelError(f"{path}: {len(wrong)} of {len(wrong) + len(sentences)} rows do not fit: {'; '.join(wrong[:SHOWN_ERRORS])}{more}")
    if not sentences:
        raise LabelError(f"{path}: has no rows below its first line; give at least one labelled sentence")
    return Labels(tuple(sentences), tuple(reports), tuple(indexes), "indicators" in columns)


def _sentence(row: dict[str, str | None], rubric: Rubric) -> Sentence:
    text = (row.get("text") or "").strip()
    if not text:
        raise LabelError("has no text")
    category = (row.get("category") or "").strip()
    _check(category, rubric.category_names, "category")
    indicators = tuple(name.strip() for name in (row.get("indicators") or "").split(",") if name.strip())
    for name in indicators:
        _check(name, rubric.indicator_names, "indicator")
    section = (row.get("section") or "achievements").strip()
    _check(section, SECTIONS, "section")
    headings = tuple(h for h in (row.get("headings") or "").split(HEADING_SEPARATOR) if h)
    return Sentence(text, 0, len(text), section, headings, category=category, indicators=indicators)


def _check(name: str, known: Sequence[str], what: str) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, 1, 0.6)
        raise LabelError(f"{what} {name!r} is not known" + (f", perhaps {near[0]!r}" if near else f"; known are {', '.join(known)}"))


def _index(value: str | None) -> int | None:
    if not value:
        return None
    try:
        return int(value)
    except ValueError:
        raise LabelError(f"index {value!r} is no whole number") from None
