"""Numbers with their uncertainty: the distribution of a coverage, and shares corrected for known confusions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import nnls

LEVEL = 0.9  # of all intervals
DRAWS = 200  # bootstrap draws for the interval of a share


def coverage_distribution(probabilities: Sequence[float]) -> np.ndarray:
    """How likely it is that 0, 1, …, n of n indicators are shown, each with its own probability (Poisson binomial).

    >>> coverage_distribution([0.5, 0.5])
    array([0.25, 0.5 , 0.25])
    """
    distribution = np.ones(1)
    for probability in probabilities:
        distribution = np.convolve(distribution, [1 - probability, probability])
    return distribution


def interval(distribution: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """The central interval of a distribution over 0, 1, …, n, as parts of n."""
    cumulative = np.cumsum(distribution)
    n = len(distribution) - 1
    low = int(np.searchsorted(cumulative, (1 - level) / 2))
    high = int(np.searchsorted(cumulative, (1 + level) / 2))
    return low / n, min(high, n) / n


def mean_interval(distributions: Sequence[np.ndarray], level: float = LEVEL) -> tuple[float, float]:
    """The interval of the mean of independent coverages, exact on their common grid."""
    steps = [len(distribution) - 1 for distribution in distributions]
    grid = int(np.lcm.reduce(steps))
    total = np.ones(1)
    for distribution, n in zip(distributions, steps):
        spread = np.zeros(grid + 1)
        spread[:: grid // n] = distribution
        total = np.convolve(total, spread)
    return interval(total, level)


def adjusted_shares(predicted: np.ndarray, confusion: np.ndarray, seed: int = 0) -> list[tuple[float, float, float]]:
    """The share of each category, corrected for the classifier's known confusions, each with its 90 % interval.

    Counting what was predicted is biased towards categories that others are taken for. If C[i, j] is the part of
    category i that is taken for j, the shares p solve C'p = what was counted (adjusted classify and count, Forman 2008,
    Data Mining and Knowledge Discovery 17); here by non-negative least squares, so that they stay shares. The interval
    is a bootstrap over the sentences and over the confusions, which are known from a finite sample too.

    Args:
        predicted: the category number of each sentence that counts.
        confusion: counts, true categories down, predicted ones across.
    """
    n = len(confusion)
    if not len(predicted):
        return [(0.0, 0.0, 0.0)] * n
    counts = np.bincount(predicted, minlength=n)
    known = confusion + np.eye(n)  # one sentence of each, rightly taken, so that no row is empty
    point = _solve_shares(counts / counts.sum(), known)
    generator = np.random.default_rng(seed)
    drawn = np.array(
        [
            _solve_shares(
                generator.multinomial(len(predicted), counts / counts.sum()) / len(predicted),
                np.array([generator.dirichlet(row + 0.1) for row in known]),
            )
            for _ in range(DRAWS)
        ]
    )
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return [(float(p), float(min(lo, p)), float(max(hi, p))) for p, lo, hi in zip(point, low, high)]


def _solve_shares(observed: np.ndarray, confusion: np.ndarray) -> np.ndarray:
    rates = confusion / confusion.sum(axis=1, keepdims=True)
    weight = 10.0  # of the row that makes them add up to 1
    matrix = np.vstack([rates.T, weight * np.ones(len(rates))])
    shares, _ = nnls(matrix, np.concatenate([observed, [weight]]))
    return shares / shares.sum() if shares.sum() else observed
