"""The whole way, from a report to its scores: what users call."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lawgov.assessment import assess
from lawgov.coverage import Report
from lawgov.document import Document
from lawgov.errors import InputError
from lawgov.model import Model, load
from lawgov.reading import read, segment
from lawgov.rubric import Rubric, load_rubric

if TYPE_CHECKING:
    from lawgov.labels import Labels

TOGETHER = 16  # reports that are labelled at once

ModelLike = Model | str | os.PathLike | None


def _model(model: ModelLike, rubric: Rubric | str | os.PathLike | None = None) -> Model:
    """A model object from what users give for one, checked against the rubric they ask for."""
    loaded = model if isinstance(model, Model) else load(model)
    if rubric is not None:
        wanted = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
        if wanted.category_names != loaded.rubric.category_names or wanted.indicator_names != loaded.rubric.indicator_names:
            from lawgov.errors import ModelError

            raise ModelError(
                f"the model {loaded.name!r} was trained for the rubric {loaded.rubric.name!r}, not for {wanted.name!r}; "
                "train one with `lawgov train LABELS --rubric TOML --output DIR`"
            )
    return loaded


def score(
    source: str | os.PathLike | bytes | Document, *, model: ModelLike = None, rubric: Rubric | str | os.PathLike | None = None
) -> Report:
    """Score a report: a path, bytes, or a `Document` that was read already.

    Args:
        model: a model or its folder; the one that comes with lawgov by default.
        rubric: a rubric that the model must have been trained for.

    Raises:
        InputError: if the report cannot be read. ModelError: if the model cannot be used.
    """
    document = source if isinstance(source, Document) else read(source)
    return assess([document], _model(model, rubric))[0]


def score_text(text: str, *, model: ModelLike = None, rubric: Rubric | str | os.PathLike | None = None) -> Report:
    """Score a report that is already a string."""
    return assess([segment(text)], _model(model, rubric))[0]


def score_many(
    sources: Iterable[str | os.PathLike | bytes | Document], *, model: ModelLike = None, n_jobs: int = 1
) -> Iterator[Report]:
    """Score many reports, a few at a time or in parallel, and give their `Report`s in order, as they are ready.

    Args:
        n_jobs: processes, as in joblib: -1 for all cores.

    Raises:
        InputError: at the first report that cannot be read, once those before it were given.
    """
    from joblib import Parallel, delayed

    used = _model(model)
    for found in Parallel(n_jobs=n_jobs, return_as="generator")(delayed(_score_some)(some, used) for some in _batches(sources)):
        for report in found:
            if isinstance(report, InputError):
                raise report
            yield report


def _score_some(sources: list[str | os.PathLike | bytes | Document], model: Model) -> list[Report | InputError]:
    """Reports of sources that can be read, up to the first that cannot, and its error."""
    documents, error = [], []
    for source in sources:
        try:
            documents.append(source if isinstance(source, Document) else read(source))
        except InputError as found:
            error = [found]
            break
    return [*assess(documents, model), *error]


def _batches(sources: Iterable) -> Iterator[list]:
    remaining = iter(sources)
    while some := list(islice(remaining, TOGETHER)):
        yield some


def train(labels: str | os.PathLike | list | Labels, *, rubric: Rubric | str | os.PathLike | None = None, **options) -> Model:
    """Train a model on a CSV file of labels (or several, or `Labels`); options as in `lawgov.training.train`.

    Raises:
        LabelError: if the labels do not fit the rubric, or are too few.
    """
    from lawgov.labels import Labels, read_labels
    from lawgov.training import train as fit

    used = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
    table = labels if isinstance(labels, Labels) else read_labels(labels, used)
    if not isinstance(labels, (Labels, list)):
        options.setdefault("name", Path(labels).stem)
    return fit(table, used, **options)
