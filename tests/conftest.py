"""What several tests share: the seeds, and a small model trained on them in a second."""

import pathlib

import pytest

from lawgov.labels import read_labels
from lawgov.training import train

ROOT = pathlib.Path(__file__).resolve().parent.parent
REPORTS = sorted((ROOT / "seeds" / "reports").glob("*.txt"))


@pytest.fixture(scope="session")
def labels():
    return read_labels(ROOT / "seeds" / "labels" / "reports.csv")


@pytest.fixture(scope="session")
def few_labels(labels):
    """The two shortest reports: enough to train on, quick."""
    return labels.take(i for i, report in enumerate(labels.reports) if report in ("sanxing-2024", "dayong-2022"))


@pytest.fixture(scope="session")
def small_model(few_labels):
    return train(few_labels, name="small")
