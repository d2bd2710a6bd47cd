"""Predictions against labels: measures, with bootstrap intervals."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import f1_score, precision_recall_fscore_support

from lawgov.errors import LabelError

if TYPE_CHECKING:
    from lawgov.labels import Labels
    from lawgov.model import Model

BINS = 10  # of the expected calibration error


@dataclass(frozen=True)
class Evaluation:
    """Measures on `sentences` labelled sentences.

    ``macro_f1`` is over the categories that the labels or the predictions have. ``ece`` is the expected calibration
    error of the category, over ten bins of equal width (Guo et al. 2017). ``indicators`` is empty where the labels have
    no indicators.
    """

    sentences: int
    macro_f1: float
    accuracy: float
    categories: dict[str, dict[str, float]]
    indicators: dict[str, float]
    ece: float

    def to_dict(self) -> dict[str, Any]:
        """The form that `lawgov evaluate --format json` prints."""
        return asdict(self)


def evaluate(model: Model, labels: Labels) -> Evaluation:
    """Predict labelled sentences and compare.

    Raises:
        LabelError: if there is nothing to evaluate.
    """
    if not len(labels):
        raise LabelError("there is no labelled sentence to evaluate on; give at least one")
    predictions = model.predict(labels.sentences, labels.neighbours)
    names = model.rubric.category_names
    truth = np.array([names.index(c) for c in labels.categories])
    indicators = None
    if labels.with_indicators:
        indicators = indicator_matrix(labels, model.rubric.indicator_names)
    return measure(names, truth, predictions.categories, indicators, predictions.indicators >= model.calibration.threshold)


def measure(
    names: tuple[str, ...],
    truth: np.ndarray,
    probabilities: np.ndarray,
    indicators: np.ndarray | None,
    carried: np.ndarray,
) -> Evaluation:
    """Measures from arrays.

    Args:
        names: the categories.
        truth: shape (sentences,), the number of the true category.
        probabilities: shape (sentences, categories).
        indicators: shape (sentences, indicators), true where the sentence carries the indicator; or ``None``.
        carried: the same as predicted.
    """
    predicted = probabilities.argmax(axis=1)
    present = sorted(set(truth) | set(predicted))
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted, labels=range(len(names)), zero_division=0)
    categories = {
        name: {"precision": float(precision[i]), "recall": float(recall[i]), "f1": float(f1[i]), "support": int(support[i])}
        for i, name in enumerate(names)
    }
    measured = {}
    if indicators is not None:
        used = indicators.any(axis=0) | carried.any(axis=0)
        measured = {
            "micro_f1": float(f1_score(indicators, carried, average="micro", zero_division=0)),
            "macro_f1": float(f1_score(indicators[:, used], carried[:, used], average="macro", zero_division=0)) if used.any() else 0.0,
        }
    return Evaluation(
        sentences=len(truth),
        macro_f1=float(f1_score(truth, predicted, labels=present, average="macro", zero_division=0)),
        accuracy=float((truth == predicted).mean()),
        categories=categories,
        indicators=measured,
        ece=calibration_error(probabilities.max(axis=1), truth == predicted),
    )


def intervals(
    truth: np.ndarray,
    probabilities: np.ndarray,
    indicators: np.ndarray,
    carried: np.ndarray,
    groups: np.ndarray,
    *,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap intervals of the measures, over groups such as reports.

    Sentences of one report are alike, so an interval over sentences would be too narrow.

    Args:
        truth, probabilities, indicators, carried: as in `measure`.
        groups: shape (sentences,), the number of each sentence's group.
        draws: how many times groups are drawn with replacement; level: the share of draws inside; seed: of the generator.

    Returns:
        Low and high of `macro_f1`, `accuracy`, `ece` and `micro_f1` (of indicators).
    """
    n, predicted, confidence = probabilities.shape[1], probabilities.argmax(axis=1), probabilities.max(axis=1)
    numbers = np.unique(groups, return_inverse=True)[1]
    count = numbers.max() + 1
    confusion = np.zeros((count, n, n))
    np.add.at(confusion, (numbers, truth, predicted), 1)
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    surplus = np.zeros((count, BINS))
    np.add.at(surplus, (numbers, bins), confidence - (truth == predicted))
    hits, sizes = np.zeros(count), np.zeros(count)
    np.add.at(hits, numbers, (indicators & carried).sum(axis=1))
    np.add.at(sizes, numbers, indicators.sum(axis=1) + carried.sum(axis=1))
    generator = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {"macro_f1": [], "accuracy": [], "ece": [], "micro_f1": []}
    for _ in range(draws):
        chosen = generator.integers(0, count, count)
        table = confusion[chosen].sum(axis=0)
        right, there = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
        drawn["macro_f1"].append(np.mean(2 * right[there > 0] / there[there > 0]))
        drawn["accuracy"].append(right.sum() / table.sum())
        drawn["ece"].append(np.abs(surplus[chosen].sum(axis=0)).sum() / table.sum())
        drawn["micro_f1"].append(2 * hits[chosen].sum() / max(1, sizes[chosen].sum()))
    ends = [(1 - level) / 2, (1 + level) / 2]
    return {name: tuple(float(end) for end in np.quantile(values, ends)) for name, values in drawn.items()}


def indicator_matrix(labels: Labels, names: tuple[str, ...]) -> np.ndarray:
    """Which sentence carries which indicator: shape (sentences, indicators), booleans."""
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(labels), len(names)), dtype=bool)
    for row, sentence in enumerate(labels.sentences):
        for name in sentence.indicators:
            matrix[row, column[name]] = True
    return matrix


def calibration_error(confidence: np.ndarray, correct: np.ndarray) -> float:
    """Expected calibration error: how far confidence and share of correct ones lie apart, averaged over ten bins."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[bins == b].mean() - correct[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)]
    return float(sum(gaps))


def bootstrap_interval(values: np.ndarray, statistic, *, draws: int = 1000, level: float = 0.95, seed: int = 0) -> tuple[float, float]:
    """The percentile bootstrap interval of a statistic over the rows of `values`.

    Args:
        values: shape (n, ...); rows are drawn with replacement.
        statistic: from such rows to a number.
        draws: how many times; level: the share of draws inside; seed: of the generator.
    """
    generator = np.random.default_rng(seed)
    drawn = [statistic(values[generator.integers(0, len(values), len(values))]) for _ in range(draws)]
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
