"""What every method of `methods.py` is asked for: the categories and indicators of the rubric, as numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lawgov.evaluation import indicator_matrix
from lawgov.labels import Labels
from lawgov.rubric import load_rubric

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
RUBRIC = load_rubric()
WIDTH = len(RUBRIC.category_names)
Scores = tuple[np.ndarray, np.ndarray]


def targets(labels: Labels) -> tuple[np.ndarray, np.ndarray]:
    """Category numbers, and which sentence carries which indicator."""
    return np.array([RUBRIC.category_names.index(c) for c in labels.categories]), indicator_matrix(labels, RUBRIC.indicator_names)
