"""Linear classifiers of sentences: each the mean of two logistic regressions.

One is on the features as they are. The other is on features weighted by how differently they occur inside and outside
the class, the log-count ratio of naive Bayes (Wang and Manning 2012, ACL, 90–94): it leans on the words that tell a class
apart, the first one on all. Both are linear, so their mean is one matrix of weights, and a score is a sum over words.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

CATEGORY_C = 10.0  # on the five real reports, each left out whole, 3 to 100 differ by less than 0.01 macro-F1
INDICATOR_C = 30.0
RATIO_C = 4.0  # of the regressions on weighted features; 2 to 16 differ by less than 0.005 micro-F1
NEVER = -20.0  # the score of a category that the labels lack


def fit_categories(matrix: scipy.sparse.csr_matrix, truth: np.ndarray, n_categories: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (categories, columns) and intercepts (categories,) for category numbers `truth`.

    A category without a sentence is never predicted.
    """
    weights, intercepts = np.zeros((n_categories, matrix.shape[1])), np.full(n_categories, NEVER)
    plain = LogisticRegression(C=CATEGORY_C, solver="newton-cg", max_iter=200, tol=1e-5).fit(matrix, truth)
    if len(plain.classes_) == 2:
        weights[plain.classes_] = np.vstack([-plain.coef_[0] / 2, plain.coef_[0] / 2])
        intercepts[plain.classes_] = [-plain.intercept_[0] / 2, plain.intercept_[0] / 2]
    else:
        weights[plain.classes_], intercepts[plain.classes_] = plain.coef_, plain.intercept_
    for category in plain.classes_:
        ratio_weights, ratio_intercept = _fit_on_ratios(matrix, truth == category)
        weights[category] = (weights[category] + ratio_weights) / 2
        intercepts[category] = (intercepts[category] + ratio_intercept) / 2
    return weights, intercepts


def fit_indicator(matrix: scipy.sparse.csr_matrix, carried: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights (columns,) and intercept of one indicator; without an example of it, only the chance of something never seen."""
    if not carried.any() or carried.all():
        share = (carried.sum() + 0.5) / (len(carried) + 1)
        return np.zeros(matrix.shape[1]), float(logit(share))
    plain = _fit(matrix, carried, INDICATOR_C)
    ratio_weights, ratio_intercept = _fit_on_ratios(matrix, carried)
    return (plain[0] + ratio_weights) / 2, (plain[1] + ratio_intercept) / 2


def _fit(matrix: scipy.sparse.csr_matrix, inside: np.ndarray, C: float) -> tuple[np.ndarray, float]:
    fitted = LogisticRegression(C=C, max_iter=2000, tol=1e-4).fit(matrix, inside)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _fit_on_ratios(matrix: scipy.sparse.csr_matrix, inside: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit on columns times the absolute log-count ratio; the weights are given back for the columns as they were."""
    present = (matrix > 0).astype(np.float64)
    counts = [np.asarray(present[rows].sum(axis=0)).ravel() + 1 for rows in (inside, ~inside)]
    ratio = np.abs(np.log((counts[0] / counts[0].sum()) / (counts[1] / counts[1].sum())))
    weights, intercept = _fit(matrix @ scipy.sparse.diags(ratio), inside, RATIO_C)
    return weights * ratio, intercept
