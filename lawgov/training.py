"""Labels into a model: fitted on all of them, calibrated on reports that were left out whole."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse
from joblib import Parallel, delayed
from scipy.special import logit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold

from lawgov.calibration import Calibration, any_of, best_threshold, fit_logistic, fit_temperature
from lawgov.document import COUNTED_SECTIONS, Sentence
from lawgov.errors import LabelError
from lawgov.evaluation import indicator_matrix, measure
from lawgov.features import SentenceFeatures
from lawgov.labels import Labels
from lawgov.model import Model, fitted_classifier
from lawgov.rubric import Rubric, load_rubric

FOLDS = 5  # at most; with fewer reports each is left out by itself
CATEGORY_C = 10.0  # on the five real reports, each left out whole, 3 to 100 differ by less than 0.01 macro-F1
INDICATOR_C = 30.0
ENOUGH_REPORTS = 20  # to calibrate whole reports too; with four, it raised the mean error of coverage from 0.13 to 0.20


@dataclass(frozen=True)
class OutOfSample:
    """Scores for every labelled sentence by classifiers that had not seen its report."""

    categories: np.ndarray
    indicators: np.ndarray


def train(
    labels: Labels,
    rubric: Rubric | None = None,
    *,
    name: str = "unnamed",
    version: str = "1",
    n_jobs: int = 1,
    progress: Callable[[Iterator, int], Iterator] | None = None,
    info: dict[str, Any] | None = None,
) -> Model:
    """Train a model on labelled sentences.

    Args:
        labels: from `read_labels`. Where reports are named, they are left out whole to calibrate; where not, sentences
            are, with a warning, since neighbours are alike and the figures come out too good.
        rubric: what the labels are labels of; the shipped one by default.
        name, version: what the model calls itself.
        n_jobs: processes, as in joblib.
        progress: wraps the folds, given them and their number, to show how far the work is.
        info: more for the card.

    Raises:
        LabelError: if the labels cannot make a model: fewer than two categories, or than three sentences of one.
    """
    rubric = rubric or load_rubric()
    _check(labels, rubric)
    truth = np.array([rubric.category_names.index(c) for c in labels.categories])
    carried = indicator_matrix(labels, rubric.indicator_names)
    unseen = out_of_sample(labels, truth, carried, n_jobs=n_jobs, progress=progress)
    calibration = calibrate(labels, truth, carried, unseen)
    confusion = np.zeros((len(rubric.category_names),) * 2, dtype=np.int64)
    np.add.at(confusion, (truth, unseen.categories.argmax(axis=1)), 1)
    figures = measure(
        rubric.category_names,
        truth,
        calibration.category_probabilities(unseen.categories),
        carried if labels.with_indicators else None,
        calibration.indicator_probabilities(unseen.indicators) >= calibration.threshold,
    )
    features, weights, intercepts = _fit(labels.sentences, truth, carried, n_jobs)
    category, indicators = _classifiers(rubric, weights, intercepts)
    facts = {
        "sentences": len(labels),
        "reports": len({r for r in labels.reports if r}),
        "labels_sha256": labels.digest,
        "cross_validated": figures.to_dict(),
        "left_out": "whole reports" if _groups(labels) is not None else "sentences",
        "indicator_sentences": {n: int(c) for n, c in zip(rubric.indicator_names, carried.sum(axis=0))},
    }
    return Model(rubric, features, category, indicators, calibration, confusion, name, version, facts | (info or {}))


def _check(labels: Labels, rubric: Rubric) -> None:
    counts = {c: labels.categories.count(c) for c in rubric.category_names}
    used = {c: n for c, n in counts.items() if n}
    if len(used) < 2:
        raise LabelError(f"the labels have {len(used)} category ({', '.join(used)}), a model needs at least two; label others too")
    few = {c: n for c, n in used.items() if n < 3}
    if few:
        listed = ", ".join(f"{c} ({n})" for c, n in few.items())
        raise LabelError(f"too few sentences of {listed}; label at least three of each category that you use")


def _groups(labels: Labels) -> np.ndarray | None:
    """A number for each sentence's report, or ``None`` if reports are not named or there is only one."""
    if any(report is None for report in labels.reports) or len(set(labels.reports)) < 2:
        return None
    names = {name: i for i, name in enumerate(dict.fromkeys(labels.reports))}
    return np.array([names[report] for report in labels.reports])


def out_of_sample(
    labels: Labels,
    truth: np.ndarray,
    carried: np.ndarray,
    *,
    n_jobs: int = 1,
    progress: Callable[[Iterator, int], Iterator] | None = None,
) -> OutOfSample:
    """Score every sentence by classifiers fitted without its report."""
    groups = _groups(labels)
    if groups is None:
        warnings.warn(
            "the labels do not name two or more reports: sentences are left out instead, and the figures come out too good; "
            "add a column `report`",
            stacklevel=3,
        )
        splits = list(KFold(min(5, len(labels)), shuffle=True, random_state=0).split(truth))
    else:
        splits = list(GroupKFold(min(FOLDS, len(set(groups)))).split(truth, groups=groups))
    n_categories = int(truth.max()) + 1
    categories = np.zeros((len(labels), n_categories))
    indicators = np.zeros(carried.shape)
    for inside, outside in progress(iter(splits), len(splits)) if progress else splits:
        features, weights, intercepts = _fit([labels.sentences[i] for i in inside], truth[inside], carried[inside], n_jobs, n_categories)
        scores = features.transform([labels.sentences[i] for i in outside]) @ weights.T + intercepts
        categories[outside], indicators[outside] = scores[:, :n_categories], scores[:, n_categories:]
    return OutOfSample(categories, indicators)


def fit_scores(labels: Labels, sentences: Sequence[Sentence], rubric: Rubric, *, n_jobs: int = 1) -> OutOfSample:
    """Scores, not calibrated, of other sentences by classifiers fitted on all the labels: for experiments."""
    truth = np.array([rubric.category_names.index(c) for c in labels.categories])
    n_categories = len(rubric.category_names)
    features, weights, intercepts = _fit(labels.sentences, truth, indicator_matrix(labels, rubric.indicator_names), n_jobs, n_categories)
    scores = features.transform(sentences) @ weights.T + intercepts
    return OutOfSample(scores[:, :n_categories], scores[:, n_categories:])


def calibrate(labels: Labels, truth: np.ndarray, carried: np.ndarray, unseen: OutOfSample) -> Calibration:
    """Fit what turns scores into probabilities, on scores for unseen reports."""
    calibration = Calibration(temperature=fit_temperature(unseen.categories, truth))
    if not carried.any():
        return calibration
    seen = carried.any(axis=0)
    intercept, slope = fit_logistic(unseen.indicators[:, seen].reshape(-1, 1), carried[:, seen].ravel())
    calibration = replace(calibration, slope=float(slope), intercept=float(intercept))
    probabilities = calibration.indicator_probabilities(unseen.indicators)
    calibration = replace(calibration, threshold=best_threshold(probabilities, carried))
    groups = _groups(labels)
    if groups is None or len(set(groups)) < ENOUGH_REPORTS:
        return calibration
    counted = np.array([s.section in COUNTED_SECTIONS for s in labels.sentences])
    columns, shown = [], []
    for group in np.unique(groups):
        rows = (groups == group) & counted
        if rows.any():
            columns.append(any_of(probabilities[rows]))
            shown.append(carried[rows].any(axis=0))
    intercept, slope = fit_logistic(np.concatenate(columns).reshape(-1, 1), np.concatenate(shown))
    return replace(calibration, report_slope=float(slope), report_intercept=float(intercept))


def _fit(
    sentences: list[Sentence] | tuple[Sentence, ...], truth: np.ndarray, carried: np.ndarray, n_jobs: int, n_categories: int | None = None
) -> tuple[SentenceFeatures, np.ndarray, np.ndarray]:
    """Features, and the weights (outputs, columns) and intercepts (outputs,) of all classifiers, categories first."""
    features = SentenceFeatures().fit(sentences)
    matrix = features.transform(sentences)
    n_categories = n_categories or int(truth.max()) + 1
    category = LogisticRegression(C=CATEGORY_C, solver="newton-cg", max_iter=200, tol=1e-5).fit(matrix, truth)
    weights = np.zeros((n_categories, matrix.shape[1]))
    intercepts = np.full(n_categories, -20.0)  # a category that these sentences lack is never predicted
    if len(category.classes_) == 2:
        weights[category.classes_] = np.vstack([-category.coef_[0] / 2, category.coef_[0] / 2])
        intercepts[category.classes_] = [-category.intercept_[0] / 2, category.intercept_[0] / 2]
    else:
        weights[category.classes_], intercepts[category.classes_] = category.coef_, category.intercept_
    binary = Parallel(n_jobs=n_jobs)(delayed(_fit_indicator)(matrix, column) for column in carried.T)
    return (
        features,
        _rounded(np.vstack([weights, *(w for w, _ in binary)])),
        _rounded(np.concatenate([intercepts, [b for _, b in binary]])),
    )


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """To what half precision can hold: the model is saved so, and what was measured is what is loaded."""
    return numbers.astype(np.float16).astype(np.float64)


def _fit_indicator(matrix: scipy.sparse.csr_matrix, carried: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and intercept of one indicator; without an example of it, only the chance of something never seen."""
    if not carried.any() or carried.all():
        share = (carried.sum() + 0.5) / (len(carried) + 1)
        return np.zeros(matrix.shape[1]), float(logit(share))
    fitted = LogisticRegression(C=INDICATOR_C, max_iter=2000, tol=1e-6).fit(matrix, carried)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _classifiers(rubric: Rubric, weights: np.ndarray, intercepts: np.ndarray) -> tuple[LogisticRegression, tuple[LogisticRegression, ...]]:
    width, used = len(rubric.category_names), len(weights) - len(rubric.indicator_names)
    padded = np.vstack([weights[:used], np.zeros((width - used, weights.shape[1]))])
    starts = np.concatenate([intercepts[:used], np.full(width - used, -20.0)])
    category = fitted_classifier(np.array(rubric.category_names, dtype=object), padded, starts, CATEGORY_C)
    binary = np.array([False, True])
    indicators = tuple(fitted_classifier(binary, weights[i : i + 1], intercepts[i : i + 1], INDICATOR_C) for i in range(used, len(weights)))
    return category, indicators
