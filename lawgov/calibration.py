"""Scores into probabilities that mean what they say: of the cases given 0.8, eight in ten are so.

All of it is fitted on predictions for reports that the classifier had not seen, pooled over categories or indicators:
with few reports there is too little to calibrate each one by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, logit, softmax
from sklearn.linear_model import LogisticRegression

from lawgov.context import NOBODY, neighbours_say, others_say

FLOOR = 1e-6  # probabilities are kept this far from 0 and 1
PULL = 5.0  # towards no weight of neighbours; a few hundred sentences outweigh it


@dataclass(frozen=True)
class Calibration:
    """The numbers that turn scores into probabilities.

    A category's log odds are its score divided by ``temperature``, plus what the sentences before and after say
    (`lawgov.context.neighbours_say`), weighted by ``before`` and ``after``. An indicator's log odds in a sentence are
    ``slope`` times its score, plus ``category_slope`` times the log probability of its category, plus ``others_slope``
    times what the other indicators say (`lawgov.context.others_say`), plus ``intercept``; the sentence carries it if its
    probability is at least ``threshold``. ``report_slope`` and ``report_intercept`` map the log odds that at least one
    of a report's sentences carries it, were they independent, to the log odds that the report shows it; it counts as
    covered from the probability ``shown`` on.
    """

    temperature: float = 1.0
    before: float = 0.0
    after: float = 0.0
    slope: float = 1.0
    category_slope: float = 0.0
    others_slope: float = 0.0
    intercept: float = 0.0
    threshold: float = 0.5
    report_slope: float = 1.0
    report_intercept: float = 0.0
    shown: float = 0.5

    def category_probabilities(self, scores: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
        """Scores of shape (sentences, categories) into probabilities that add up to 1 in each row.

        Args:
            neighbours: shape (sentences, 2), as `lawgov.context.consecutive` gives.
        """
        return softmax(self.category_scores(scores, neighbours), axis=1)

    def category_scores(self, scores: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
        """The log odds before they are made to add up: shape (sentences, categories)."""
        said = self.neighbours_say(scores, neighbours)
        return scores / self.temperature + self.before * said[:, 0] + self.after * said[:, 1]

    def neighbours_say(self, scores: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
        """What the sentences before and after say for each category: shape (sentences, 2, categories)."""
        return neighbours_say(softmax(scores / self.temperature, axis=1), neighbours)

    def indicator_probabilities(self, scores: np.ndarray, categories: np.ndarray, category_of: Sequence[int]) -> np.ndarray:
        """Scores of shape (sentences, indicators) into probabilities.

        Args:
            categories: probabilities of the categories, shape (sentences, categories).
            category_of: the number of the category that each indicator belongs to.
        """
        columns = _indicator_columns(scores, categories, category_of)
        return expit(columns @ np.array([self.slope, self.category_slope, self.others_slope]) + self.intercept)

    def report_probabilities(self, probabilities: np.ndarray) -> np.ndarray:
        """Probabilities that a report shows each indicator, from those of its sentences that count.

        Args:
            probabilities: of shape (sentences that count, indicators).

        Returns:
            Shape (indicators,); zeros where no sentence counts.
        """
        if not len(probabilities):
            return np.zeros(probabilities.shape[1])
        return expit(self.report_slope * any_of(probabilities) + self.report_intercept)

    def to_dict(self) -> dict:
        return asdict(self)


def any_of(probabilities: np.ndarray) -> np.ndarray:
    """Log odds that at least one sentence carries each indicator, were they independent: (sentences, indicators) in,
    (indicators,) out."""
    none = np.log1p(-np.clip(probabilities, 0, 1 - FLOOR)).sum(axis=0)
    return logit(np.clip(-np.expm1(none), FLOOR, 1 - FLOOR))


def fit_categories(
    calibration: Calibration, scores: np.ndarray, truth: np.ndarray, neighbours: np.ndarray, weights: np.ndarray | None = None
) -> Calibration:
    """The temperature (Guo et al. 2017, ICML) and the weights of neighbours under which the true categories are likeliest.

    Args:
        weights: how much each sentence counts; all the same by default.
    """
    rows, counts = np.arange(len(truth)), _counts(weights, len(truth))

    def told(parameters: np.ndarray) -> Calibration:
        temperature, before, after = (float(number) for number in parameters)
        return replace(calibration, temperature=float(np.exp(temperature)), before=before, after=after)

    def loss(parameters: np.ndarray) -> float:
        likelihoods = log_softmax(told(parameters).category_scores(scores, neighbours), axis=1)[rows, truth]
        return PULL * (parameters[1:] ** 2).sum() / len(truth) - np.average(likelihoods, weights=counts)

    most = None if (neighbours != NOBODY).any() else 0.0
    found = minimize(loss, np.array([0.0, 0.2, 0.2]), method="L-BFGS-B", bounds=[(-3, 3), (0, most), (0, most)])
    return told(np.round(found.x, 6))


def fit_indicators(
    calibration: Calibration,
    scores: np.ndarray,
    carried: np.ndarray,
    categories: np.ndarray,
    category_of: Sequence[int],
    weights: np.ndarray | None = None,
) -> Calibration:
    """The weights under which the true indicators are likeliest, and the best threshold; for indicators that were seen at all."""
    seen = carried.any(axis=0)
    counts = _counts(weights, len(scores))
    columns = _indicator_columns(scores, categories, category_of)[:, seen].reshape(-1, 3)
    intercept, *slopes = fit_logistic(columns, carried[:, seen].ravel(), np.repeat(counts, seen.sum())).tolist()
    fitted = replace(calibration, slope=slopes[0], category_slope=slopes[1], others_slope=slopes[2], intercept=intercept)
    return replace(fitted, threshold=best_threshold(fitted.indicator_probabilities(scores, categories, category_of), carried, counts))


def fit_reports(calibration: Calibration, odds: np.ndarray, shows: np.ndarray, weights: np.ndarray | None = None) -> Calibration:
    """What maps sentences to reports, and the probability from which an indicator counts as covered.

    That probability is where coverage comes out right on the mean of all reports: at one half it would come out low,
    since what is said in unusual words gets middling probabilities more often than what is not said at all.

    Args:
        odds: from `any_of`, shape (reports, indicators).
        shows: whether the report shows the indicator, the same shape.
        weights: how much each report counts.
    """
    counts = _counts(weights, len(odds))
    intercept, slope = fit_logistic(odds.reshape(-1, 1), shows.ravel(), np.repeat(counts, odds.shape[1]))
    fitted = replace(calibration, report_slope=float(slope), report_intercept=float(intercept))
    probabilities = expit(fitted.report_slope * odds + fitted.report_intercept)
    thresholds = np.arange(30, 61) / 100
    bias = [abs(np.average((probabilities >= threshold).mean(axis=1) - shows.mean(axis=1), weights=counts)) for threshold in thresholds]
    return replace(fitted, shown=float(thresholds[int(np.argmin(bias))]))


def _counts(weights: np.ndarray | None, n: int) -> np.ndarray:
    """Weights with a mean of 1."""
    return np.ones(n) if weights is None else weights * (n / weights.sum())


def _indicator_columns(scores: np.ndarray, categories: np.ndarray, category_of: Sequence[int]) -> np.ndarray:
    """What speaks for an indicator: its score, its category, the others; shape (sentences, indicators, 3)."""
    own_category = np.log(categories[:, list(category_of)] + FLOOR)
    return np.stack([scores, own_category, others_say(scores)], axis=-1)


def fit_logistic(columns: np.ndarray, truth: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Weights (the first one the intercept) of a logistic regression; lightly regularised, so that they stay finite."""
    if truth.min() == truth.max():
        constant = logit(np.clip(truth.mean(), 1 / (len(truth) + 2), 1 - 1 / (len(truth) + 2)))
        return np.concatenate([[constant], np.zeros(columns.shape[1])])
    fitted = LogisticRegression(C=10.0, max_iter=1000).fit(columns, truth, sample_weight=counts)
    return np.concatenate([fitted.intercept_, fitted.coef_[0]])


def best_threshold(probabilities: np.ndarray, truth: np.ndarray, counts: np.ndarray) -> float:
    """The threshold with the highest micro-F1, among the hundredths from 0.2 to 0.8; sentences count by `counts`.

    One for all indicators, since their probabilities are comparable. Own thresholds, fitted on half of the written reports,
    had a micro-F1 of 0.858 on the other half, the common one 0.859; on the real reports they were no better either.
    """
    thresholds = np.arange(20, 81) / 100
    carried = counts @ truth.sum(axis=1)
    micro = []
    for threshold in thresholds:
        predicted = probabilities >= threshold
        micro.append(2 * (counts @ (predicted & truth).sum(axis=1)) / max(1, counts @ predicted.sum(axis=1) + carried))
    return float(thresholds[int(np.argmax(micro))])
