"""What stands around a sentence: which rows of a table are neighbours, and what neighbours say about a sentence.

Official reports keep to a subject for a while: a sentence between two on enforcement is likelier to be on enforcement.
And a sentence has room for a few indicators only: what speaks for the others speaks against one more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

NOBODY = -1
BLUR = 0.1  # added to a neighbour's probabilities, so that even a sure neighbour settles nothing alone


def consecutive(n: int) -> np.ndarray:
    """The neighbours of n sentences of one text, in its order: shape (n, 2), the rows before and after, or -1.

    >>> consecutive(3).tolist()
    [[-1, 1], [0, 2], [1, -1]]
    """
    rows = np.arange(n)
    after = rows + 1
    after[-1:] = NOBODY
    return np.stack([rows - 1, after], axis=1)


def within_texts(sizes: Sequence[int]) -> np.ndarray:
    """The neighbours of the sentences of several texts, one text after the other; none has one in another text.

    >>> within_texts([2, 0, 1]).tolist()
    [[-1, 1], [0, -1], [-1, -1]]
    """
    total = sum(sizes)
    found = consecutive(total)
    ends = np.cumsum(sizes, dtype=int)
    begins = ends - np.asarray(sizes, dtype=int)
    found[begins[begins < total], 0] = NOBODY
    found[ends[ends > 0] - 1, 1] = NOBODY
    return found


def alone(n: int) -> np.ndarray:
    """The neighbours of n sentences that stand for themselves: none."""
    return np.full((n, 2), NOBODY)


def neighbours_say(probabilities: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """Log odds, in favour of each category, from the neighbours' own.

    Args:
        probabilities: of categories, shape (sentences, categories).
        neighbours: shape (sentences, 2), as `consecutive` gives.

    Returns:
        Shape (sentences, 2, categories): from the sentence before, and from the one after; zeros where there is none.
    """
    even = 1 / probabilities.shape[1]
    known = np.log((np.vstack([probabilities, np.full((1, probabilities.shape[1]), even)]) + BLUR) / (even + BLUR))
    return known[neighbours]


def others_say(scores: np.ndarray) -> np.ndarray:
    """Log of how many other indicators the sentence is expected to carry: (sentences, indicators) in and out."""
    probabilities = expit(scores)
    return np.log(probabilities.sum(axis=1, keepdims=True) - probabilities + 1e-3)
