"""Numbers with their uncertainty: the distribution of a coverage, and shares corrected for known confusions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.optimize import nnls

LEVEL = 0.9  # of all intervals
DRAWS = 200  # bootstrap draws for the interval of a share
TOLERANCE = 1e-9  # of a gradient that should not be above 0


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
    generator = np.random.default_rng(seed)
    observed = generator.multinomial(len(predicted), counts / counts.sum(), size=DRAWS) / len(predicted)
    rates = np.concatenate([[known / known.sum(axis=1, keepdims=True)], _drawn_rates(known.tobytes(), n, seed)])
    point, *drawn = _solve_shares(np.vstack([counts / counts.sum(), observed]), rates)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return [(float(p), float(min(lo, p)), float(max(hi, p))) for p, lo, hi in zip(point, low, high)]


@lru_cache(maxsize=8)
def _drawn_rates(known: bytes, n: int, seed: int) -> np.ndarray:
    """Confusions as they might be too, drawn from the Dirichlet distributions of the counts: shape (draws, n, n)."""
    drawn = np.random.default_rng([seed, 1]).standard_gamma(np.frombuffer(known).reshape(n, n) + 0.1, size=(DRAWS, n, n))
    return drawn / drawn.sum(axis=2, keepdims=True)


def _solve_shares(observed: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """The shares, none below 0, that come nearest to what was counted, for k problems at once.

    Least squares over the shares that are free; those that come out below 0 are set to 0, until none does. That is the
    solution of non-negative least squares if no share at 0 would rather grow; where one would, `scipy.optimize.nnls`
    solves the problem.

    Args:
        observed: parts that were counted, shape (k, n). rates: true categories down, predicted ones across, shape (k, n, n).
    """
    n = observed.shape[1]
    weight = 10.0  # of the row that makes them add up to 1
    matrix = np.concatenate([rates.transpose(0, 2, 1), np.full((len(rates), 1, n), weight)], axis=1)
    wanted = np.concatenate([observed, np.full((len(rates), 1), weight)], axis=1)
    square = matrix.transpose(0, 2, 1) @ matrix
    right = (matrix.transpose(0, 2, 1) @ wanted[:, :, None])[:, :, 0]
    free = np.ones(observed.shape, dtype=bool)
    for _ in range(n):
        both = free[:, :, None] & free[:, None, :]
        shares = np.linalg.solve(np.where(both, square, np.eye(n)), np.where(free, right, 0.0)[:, :, None])[:, :, 0]
        if not (shares < 0).any():
            break
        free &= shares >= 0
    growth = right - (square @ shares[:, :, None])[:, :, 0]
    for i in np.flatnonzero((~free & (growth > TOLERANCE)).any(axis=1) | (shares < 0).any(axis=1)):
        shares[i] = nnls(matrix[i], wanted[i])[0]
    sums = shares.sum(axis=1, keepdims=True)
    return np.where(sums > 0, shares / np.where(sums > 0, sums, 1), observed)
