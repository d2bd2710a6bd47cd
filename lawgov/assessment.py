"""Documents and a model into `Report`s: sentences are labelled, and what they show is added up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lawgov.calibration import Calibration
from lawgov.concrete import is_concrete
from lawgov.context import within_texts
from lawgov.coverage import CategoryScore, IndicatorScore, Report
from lawgov.document import COUNTED_SECTIONS, Document, Sentence
from lawgov.estimates import adjusted_shares, coverage_distribution, interval, mean_interval
from lawgov.model import Model, Predictions


def assess(documents: Sequence[Document], model: Model) -> list[Report]:
    """Classify the sentences of documents, all of them at once, which is quicker, and score each document."""
    sizes = [len(document.sentences) for document in documents]
    predictions = model.predict([s for document in documents for s in document.sentences], within_texts(sizes))
    ends = np.cumsum(sizes).tolist()
    return [
        _report(document, model, predictions[end - size : end]) for document, size, end in zip(documents, sizes, ends)
    ]


def _report(document: Document, model: Model, predictions: Predictions) -> Report:
    sentences = model.label(document.sentences, predictions)
    counted = np.array([i for i, sentence in enumerate(sentences) if sentence.section in COUNTED_SECTIONS], dtype=int)
    shown = dict(zip(model.rubric.indicator_names, model.report_probabilities(sentences, predictions).tolist()))
    shares = adjusted_shares(predictions.categories[counted].argmax(axis=1), model.confusion)
    columns = {name: predictions.indicators[:, i] for i, name in enumerate(model.rubric.indicator_names)}
    categories = {}
    for number, category in enumerate(model.rubric.categories):
        if category.scored:
            indicators = {
                name: _indicator_score(shown[name], columns[name], counted, model.calibration) for name in category.indicator_names
            }
            own = [sentences[i] for i in counted if sentences[i].category == category.name]
            categories[category.name] = _category_score(indicators, own, shares[number])
    pmfs = [coverage_distribution([i.probability for i in score.indicators.values()]) for score in categories.values()]
    overall = float(np.mean([score.coverage for score in categories.values()]))
    low, high = mean_interval(pmfs)
    return Report(
        document, model.rubric, sentences, categories, min(low, overall), max(high, overall), model.name, model.version
    )


def _indicator_score(probability: float, column: np.ndarray, counted: np.ndarray, calibration: Calibration) -> IndicatorScore:
    """Evidence are the sentences that carry the indicator; if the report shows it, at least the best one."""
    values = column[counted]
    order = np.argsort(-values, kind="stable")
    evidence = counted[order[: np.count_nonzero(values >= calibration.threshold)]]
    covered = probability >= calibration.shown
    if covered and not len(evidence):
        evidence = counted[order[:1]]
    return IndicatorScore(covered, probability, tuple(evidence.tolist()))


def _category_score(indicators: dict[str, IndicatorScore], own: list[Sentence], share: tuple[float, float, float]) -> CategoryScore:
    coverage = sum(item.covered for item in indicators.values()) / len(indicators)
    low, high = interval(coverage_distribution([item.probability for item in indicators.values()]))
    concrete = sum(is_concrete(sentence.text) for sentence in own) / len(own) if own else 0.0
    return CategoryScore(coverage, min(low, coverage), max(high, coverage), *share, len(own), concrete, indicators)
