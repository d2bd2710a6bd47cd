"""Scores into probabilities that mean what they say: of the cases given 0.8, eight in ten are so.

All of it is fitted on predictions for reports that the classifier had not seen, pooled over categories or indicators:
with few reports there is too little to calibrate each one by itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, logit, softmax
from sklearn.linear_model import LogisticRegression

FLOOR = 1e-6  # probabilities are kept this far from 0 and 1


@dataclass(frozen=True)
class Calibration:
    """The numbers that turn scores into probabilities.

    ``temperature`` divides the category scores. ``slope`` and ``intercept`` map an indicator's score to its log odds in
    a sentence; a sentence carries the indicator from ``threshold`` on. ``report_slope`` and ``report_intercept`` map
    the log odds that at least one of a report's sentences carries it, were they independent, to the log odds that the
    report shows it.
    """

    temperature: float = 1.0
    slope: float = 1.0
    intercept: float = 0.0
    threshold: float = 0.5
    report_slope: float = 1.0
    report_intercept: float = 0.0

    def category_probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Scores of shape (sentences, categories) into probabilities that add up to 1 in each row."""
        return softmax(scores / self.temperature, axis=1)

    def indicator_probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Scores of shape (sentences, indicators) into probabilities, each for itself."""
        return expit(self.slope * scores + self.intercept)

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


def fit_temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature under which the true categories (column numbers) are likeliest (Guo et al. 2017, ICML)."""
    rows = np.arange(len(truth))

    def loss(log_temperature: float) -> float:
        return -log_softmax(scores / np.exp(log_temperature), axis=1)[rows, truth].mean()

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def fit_logistic(columns: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Weights (the first one the intercept) of a logistic regression; lightly regularised, so that they stay finite."""
    if truth.min() == truth.max():
        constant = logit(np.clip(truth.mean(), 1 / (len(truth) + 2), 1 - 1 / (len(truth) + 2)))
        return np.concatenate([[constant], np.zeros(columns.shape[1])])
    fitted = LogisticRegression(C=10.0, max_iter=1000).fit(columns, truth)
    return np.concatenate([fitted.intercept_, fitted.coef_[0]])


def best_threshold(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The threshold with the highest micro-F1, among the hundredths from 0.2 to 0.8."""
    thresholds = np.arange(20, 81) / 100
    micro = []
    for threshold in thresholds:
        predicted = probabilities >= threshold
        micro.append(2 * (predicted & truth).sum() / max(1, predicted.sum() + truth.sum()))
    return float(thresholds[int(np.argmax(micro))])
