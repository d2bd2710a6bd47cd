"""Rebuilds the models that come with lawgov, from what lies in `seeds/`: `python models/build.py`.

The same seeds give the same files.
"""

from __future__ import annotations

from pathlib import Path

from rich.progress import track

from lawgov.characters import CharacterModel
from lawgov.labels import read_labels
from lawgov.model import SHIPPED
from lawgov.reading import read
from lawgov.repair import is_garbled
from lawgov.training import train

ROOT = Path(__file__).resolve().parent
SEEDS = ROOT.parent / "seeds"
VERSION = "1"


def build_characters() -> None:
    """The character model, from all texts but the garbled ones first, then from all, the garbled ones repaired by it."""
    path = ROOT / "characters.npz"
    written = [written_text(file) for folder in ("authored", "contrast") for file in sorted((SEEDS / folder).glob("*.txt"))]
    reports = sorted((SEEDS / "reports").glob("*.txt"))
    texts = [report.read_text(encoding="utf-8") for report in reports]
    CharacterModel.fit([*written, *(text for text in texts if not is_garbled(text))]).save(path)
    CharacterModel.fit([*written, *(read(report).text for report in reports)]).save(path)


def written_text(file: Path) -> str:
    """A written text without the lines that say what it is."""
    return "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


def build_report_model() -> None:
    """The classifier of sentences, from all the labels."""
    real, written, contrast = (read_labels(SEEDS / "labels" / f"{name}.csv") for name in ("reports", "authored", "contrast"))
    labels = real + written + contrast
    notes = [
        f"{len(real)} sentences are of five real reports, 2020–2024: four of towns and townships, one of a county-level city; "
        f"{len(written)} are of {len(set(written.reports))} reports that were written for training, with invented places; "
        f"{len(contrast)} are of {len(set(contrast.reports))} written texts of other kinds, to learn what is not a rule-of-law report.",
        "Written reports are easier to read than real ones: look at the column of real reports, and at the README of the project, where each is left out whole.",
    ]
    model = train(
        labels,
        name=SHIPPED,
        version=VERSION,
        real=set(real.reports),
        n_jobs=-1,
        progress=lambda folds, total: track(folds, "leaving reports out", total=total),
        info={"notes": notes},
    )
    model.save(ROOT / SHIPPED)


if __name__ == "__main__":
    build_characters()
    build_report_model()
