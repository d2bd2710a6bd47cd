"""Labels into a model: fitted on all of them, calibrated on reports that were left out whole."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold

from lawgov import classifiers
from lawgov.calibration import Calibration, any_of, fit_categories, fit_indicators, fit_reports
from lawgov.document import COUNTED_SECTIONS, REPORT_SHARE, Sentence
from lawgov.errors import LabelError
from lawgov.evaluation import indicator_matrix, intervals, measure
from lawgov.features import SentenceFeatures
from lawgov.labels import Labels
from lawgov.model import Model, fitted_classifier
from lawgov.rubric import Rubric, load_rubric

FOLDS = 5  # at most; with fewer reports each is left out by itself
MANY = 10_000  # sentences, from which an n-gram must be in three of them to be kept: as good, and a third smaller
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
    real: Collection[str] | None = None,
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
        real: the reports that are real, where others were written for training. Writers are easier to read than
            officials; so in the calibration, the real ones together count as much as all the others.
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
    unseen = out_of_sample(labels, truth, carried, len(rubric.category_names), n_jobs=n_jobs, progress=progress)
    calibration = calibrate(labels, truth, carried, unseen, rubric, real)
    probabilities = calibration.category_probabilities(unseen.categories, labels.neighbours)
    confusion = np.zeros((len(rubric.category_names),) * 2, dtype=np.int64)
    np.add.at(confusion, (truth, probabilities.argmax(axis=1)), 1)
    found = calibration.indicator_probabilities(unseen.indicators, probabilities, rubric.category_of_indicators) >= calibration.threshold
    figures = {"all": _figures(labels, rubric, truth, probabilities, carried, found, np.ones(len(labels), dtype=bool))}
    genuine = np.array([report in (real or ()) for report in labels.reports])
    if genuine.any() and not genuine.all():
        figures["real"] = _figures(labels, rubric, truth, probabilities, carried, found, genuine)
    features, weights, intercepts = _fit(labels.sentences, truth, carried, len(rubric.category_names), n_jobs)
    category, indicators = _classifiers(rubric, weights, intercepts)
    facts = {
        "sentences": len(labels),
        "reports": len({r for r in labels.reports if r}),
        "labels_sha256": labels.digest,
        "cross_validated": figures["all"],
        "cross_validated_real": figures.get("real"),
        "left_out": "whole reports" if _groups(labels) is not None else "sentences",
        "indicator_sentences": {n: int(c) for n, c in zip(rubric.indicator_names, carried.sum(axis=0))},
    }
    return Model(rubric, features, category, indicators, calibration, confusion, name, version, facts | (info or {}))


def _figures(
    labels: Labels, rubric: Rubric, truth: np.ndarray, probabilities: np.ndarray, carried: np.ndarray, found: np.ndarray, rows: np.ndarray
) -> dict[str, Any]:
    """Measures on some of the sentences, with intervals over their reports where these are named."""
    indicators = carried[rows] if labels.with_indicators else None
    figures = measure(rubric.category_names, truth[rows], probabilities[rows], indicators, found[rows]).to_dict()
    groups = _groups(labels)
    if groups is not None:
        figures["reports"] = len(set(groups[rows]))
        figures["intervals"] = intervals(truth[rows], probabilities[rows], carried[rows], found[rows], groups[rows])
    return figures


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
    n_categories: int,
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
    categories = np.zeros((len(labels), n_categories))
    indicators = np.zeros(carried.shape)
    for inside, outside in progress(iter(splits), len(splits)) if progress else splits:
        features, weights, intercepts = _fit([labels.sentences[i] for i in inside], truth[inside], carried[inside], n_categories, n_jobs)
        scores = features.transform([labels.sentences[i] for i in outside]) @ weights.T + intercepts
        categories[outside], indicators[outside] = scores[:, :n_categories], scores[:, n_categories:]
    return OutOfSample(categories, indicators)


def fit_scores(labels: Labels, sentences: Sequence[Sentence], rubric: Rubric, *, n_jobs: int = 1) -> OutOfSample:
    """Scores, not calibrated, of other sentences by classifiers fitted on all the labels: for experiments."""
    truth = np.array([rubric.category_names.index(c) for c in labels.categories])
    n_categories = len(rubric.category_names)
    features, weights, intercepts = _fit(labels.sentences, truth, indicator_matrix(labels, rubric.indicator_names), n_categories, n_jobs)
    scores = features.transform(sentences) @ weights.T + intercepts
    return OutOfSample(scores[:, :n_categories], scores[:, n_categories:])


def calibrate(
    labels: Labels, truth: np.ndarray, carried: np.ndarray, unseen: OutOfSample, rubric: Rubric, real: Collection[str] | None = None
) -> Calibration:
    """Fit what turns scores into probabilities, on scores for unseen reports."""
    genuine = np.array([report in (real or ()) for report in labels.reports])
    calibration = fit_categories(Calibration(), unseen.categories, truth, labels.neighbours, _halved(genuine))
    if not carried.any():
        return calibration
    categories = calibration.category_probabilities(unseen.categories, labels.neighbours)
    calibration = fit_indicators(calibration, unseen.indicators, carried, categories, rubric.category_of_indicators, _halved(genuine))
    probabilities = calibration.indicator_probabilities(unseen.indicators, categories, rubric.category_of_indicators)
    groups = _groups(labels)
    if groups is None or len(set(groups)) < ENOUGH_REPORTS:
        return calibration
    counted = np.array([s.section in COUNTED_SECTIONS for s in labels.sentences])
    scored = np.array([category.scored for category in rubric.categories])[truth]
    columns = np.array([rubric.categories[number].scored for number in rubric.category_of_indicators])
    odds, shows, of_real = [], [], []
    for group in np.unique(groups):
        rows = groups == group
        if (rows & counted).any() and scored[rows].mean() >= REPORT_SHARE:
            odds.append(any_of(probabilities[rows & counted])[columns])
            shows.append(carried[rows & counted].any(axis=0)[columns])
            of_real.append(genuine[rows][0])
    if len(odds) < ENOUGH_REPORTS:
        return calibration
    return fit_reports(calibration, np.array(odds), np.array(shows), _halved(np.array(of_real)))


def _halved(genuine: np.ndarray) -> np.ndarray:
    """Weights under which the genuine ones and the rest count the same; all 1 if there is only one kind."""
    if genuine.all() or not genuine.any():
        return np.ones(len(genuine))
    return np.where(genuine, (~genuine).sum() / genuine.sum(), 1.0)


def _fit(
    sentences: Sequence[Sentence], truth: np.ndarray, carried: np.ndarray, n_categories: int, n_jobs: int
) -> tuple[SentenceFeatures, np.ndarray, np.ndarray]:
    """Features, and the weights (outputs, columns) and intercepts (outputs,) of all classifiers, categories first."""
    features = SentenceFeatures(min_df=2 if len(sentences) < MANY else 3).fit(sentences)
    matrix = features.transform(sentences)
    weights, intercepts = classifiers.fit_categories(matrix, truth, n_categories)
    binary = Parallel(n_jobs=n_jobs)(delayed(classifiers.fit_indicator)(matrix, column) for column in carried.T)
    return (
        features,
        _rounded(np.vstack([weights, *(w for w, _ in binary)])),
        _rounded(np.concatenate([intercepts, [b for _, b in binary]])),
    )


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """To what half precision can hold: the model is saved so, and what was measured is what is loaded."""
    return numbers.astype(np.float16).astype(np.float64)


def _classifiers(rubric: Rubric, weights: np.ndarray, intercepts: np.ndarray) -> tuple[LogisticRegression, tuple[LogisticRegression, ...]]:
    width = len(rubric.category_names)
    category = fitted_classifier(np.array(rubric.category_names, dtype=object), weights[:width], intercepts[:width])
    binary = np.array([False, True])
    indicators = tuple(fitted_classifier(binary, weights[i : i + 1], intercepts[i : i + 1]) for i in range(width, len(weights)))
    return category, indicators
