"""The trained model: sentences into probabilities of categories and indicators; saved as plain arrays and JSON.

A model folder has three files: `model.json` (format, rubric, parameters, calibration, what it was trained on),
`arrays.npz` (n-grams, weights; loaded with `allow_pickle=False`) and `README.md`, the card. On loading it is rebuilt
into scikit-learn estimators. No pickle is written or read: a model is a file that strangers send each other.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from lawgov.calibration import Calibration
from lawgov.context import alone
from lawgov.document import COUNTED_SECTIONS, LabelContext, Sentence
from lawgov.errors import ModelError
from lawgov.features import SentenceFeatures
from lawgov.rubric import Rubric, rubric_from_dict
from lawgov.shipped import shipped_model

FORMAT = 2  # 2: neighbours and the other indicators in the calibration
SHIPPED = "report-zh"
BATCH = 20_000  # sentences a time, so that memory does not grow with the length of a text


@dataclass(frozen=True)
class Predictions:
    """``categories``: shape (sentences, categories), rows add up to 1. ``indicators``: (sentences, indicators).

    ``said``: what the sentences before and after said for each category, in log odds: (sentences, 2, categories).
    """

    categories: np.ndarray
    indicators: np.ndarray
    said: np.ndarray

    def __getitem__(self, rows: slice) -> Predictions:
        """Those of some sentences."""
        return Predictions(self.categories[rows], self.indicators[rows], self.said[rows])


@dataclass(frozen=True)
class Model:
    """A classifier of sentences with its rubric and calibration.

    ``category_classifier`` has a class for each category of the rubric; ``indicator_classifiers`` are binary, one for
    each indicator, in the rubric's order. ``confusion[i, j]`` counts sentences of category i that were taken for j in
    reports that the classifier had not seen. ``info`` is what the card says.
    """

    rubric: Rubric
    features: SentenceFeatures
    category_classifier: LogisticRegression
    indicator_classifiers: tuple[LogisticRegression, ...]
    calibration: Calibration
    confusion: np.ndarray
    name: str = "unnamed"
    version: str = "0"
    info: dict[str, Any] = field(default_factory=dict)

    def predict(self, sentences: Sequence[Sentence], neighbours: np.ndarray | None = None) -> Predictions:
        """Calibrated probabilities for sentences, whose headings and neighbours are read as context.

        Args:
            neighbours: the rows of the sentences before and after each one, shape (sentences, 2), -1 where there is none.
                By default none has a neighbour; for the sentences of one text, `lawgov.context.consecutive(n)`, of several `within_texts`.
        """
        scores = [self._scores(sentences[i : i + BATCH]) for i in range(0, len(sentences), BATCH)]
        width = len(self.rubric.category_names)
        all_scores = np.concatenate(scores) if scores else np.zeros((0, len(self._weights[1])))
        around = alone(len(sentences)) if neighbours is None else neighbours
        said = self.calibration.neighbours_say(all_scores[:, :width], around)
        categories = self.calibration.category_probabilities(all_scores[:, :width], around)
        indicators = self.calibration.indicator_probabilities(all_scores[:, width:], categories, self.rubric.category_of_indicators)
        return Predictions(categories, indicators, said)

    def label(self, sentences: Sequence[Sentence], predictions: Predictions | None = None) -> tuple[Sentence, ...]:
        """The sentences with their likeliest category, its probability, and the indicators they carry."""
        predictions = predictions or self.predict(sentences)
        names, indicators = self.rubric.category_names, self.rubric.indicator_names
        best = predictions.categories.argmax(axis=1)
        carried = predictions.indicators >= self.calibration.threshold
        return tuple(
            replace(
                sentence,
                category=names[best[i]],
                probability=float(predictions.categories[i, best[i]]),
                indicators=tuple(indicators[j] for j in np.flatnonzero(carried[i])),
                context=LabelContext(self.identity, *(tuple(row.tolist()) for row in (predictions.categories[i], *predictions.said[i]))),
            )
            for i, sentence in enumerate(sentences)
        )

    def report_probabilities(self, sentences: Sequence[Sentence], predictions: Predictions) -> np.ndarray:
        """Probabilities that the report shows each indicator, from its achievements and preamble."""
        counted = np.array([sentence.section in COUNTED_SECTIONS for sentence in sentences], dtype=bool)
        return self.calibration.report_probabilities(predictions.indicators[counted])

    def evaluate(self, labels: str | os.PathLike | Any) -> Any:
        """Measures on labelled sentences, a path or `Labels`: see `lawgov.evaluation.evaluate`."""
        from lawgov.evaluation import evaluate
        from lawgov.labels import Labels, read_labels

        return evaluate(self, labels if isinstance(labels, Labels) else read_labels(labels, self.rubric))

    @cached_property
    def identity(self) -> str:
        """What tells this model from others: name, version, and a hash of what was fitted last of all, which all else decides."""
        fitted = self._weights[1].tobytes() + json.dumps(self.calibration.to_dict(), sort_keys=True).encode()
        digest = hashlib.sha256(fitted).hexdigest()
        return f"{self.name} {self.version} {digest[:12]}"

    @cached_property
    def _weights(self) -> tuple[np.ndarray, np.ndarray]:
        """All classifiers as one matrix, so that a sentence is multiplied once."""
        classifiers = (self.category_classifier, *self.indicator_classifiers)
        return (
            np.ascontiguousarray(np.vstack([c.coef_ for c in classifiers]).T),
            np.concatenate([c.intercept_ for c in classifiers]),
        )

    def _scores(self, sentences: Sequence[Sentence]) -> np.ndarray:
        weights, intercepts = self._weights
        return self.features.transform(sentences) @ weights + intercepts

    # -- the folder --------------------------------------------------------------------------------------------------

    def save(self, folder: str | os.PathLike) -> None:
        """Write the model folder; an interrupted save leaves an older model there as it was.

        Raises:
            ModelError: if the folder exists and is no model, or cannot be written.
        """
        from lawgov.card import model_card

        folder = Path(folder)
        if folder.exists() and not (folder / "model.json").exists() and any(folder.iterdir()):
            raise ModelError(f"{folder}: is not empty and no model folder; give a new folder")
        content = {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "rubric": self.rubric.to_dict(),
            "features": self.features.get_params(),
            "calibration": self.calibration.to_dict(),
            "info": self.info,
        }
        weights, intercepts = self._weights
        arrays = self.features.to_arrays() | {
            "weights": weights.astype(np.float16),
            "intercepts": intercepts.astype(np.float16),
            "confusion": self.confusion.astype(np.int64),
        }
        new = folder.with_name(folder.name + ".writing")
        old = folder.with_name(folder.name + ".old")
        try:
            _remove(new)
            new.mkdir(parents=True)
            (new / "model.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            np.savez_compressed(new / "arrays.npz", **arrays)
            (new / "README.md").write_text(model_card(self), encoding="utf-8")
            if folder.exists():
                _remove(old)
                folder.rename(old)
            new.rename(folder)
            _remove(old)
        except OSError as error:
            raise ModelError(f"{folder}: the model cannot be written ({error.strerror}); check the folder and the space left") from None


def load(folder: str | os.PathLike | None = None) -> Model:
    """Load a model folder; without one, the model that comes with lawgov.

    Raises:
        ModelError: if it is not there, damaged, or of a newer format.
    """
    return _shipped() if folder is None else _load(Path(folder))


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return _load(shipped_model(SHIPPED))


def _load(folder: Path) -> Model:
    if not (folder / "model.json").is_file():
        raise ModelError(f"{folder}: has no model.json, expected a model folder as `lawgov train --output DIR` writes it")
    try:
        content = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ModelError(f"{folder}: has format {content['format']}, this lawgov reads format {FORMAT}; train it again or update lawgov")
        with open(folder / "arrays.npz", "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        rubric = rubric_from_dict(content["rubric"], str(folder))
        params = content["features"] | {"ngram_range": tuple(content["features"]["ngram_range"])}
        features = SentenceFeatures.from_arrays(params, arrays)
        calibration = Calibration(**content["calibration"])
        classifiers = _rebuild(rubric, arrays)
        _check_shapes(folder, rubric, features, arrays)
    except ModelError:
        raise
    except Exception as error:  # whatever is wrong inside a stranger's file
        raise ModelError(f"{folder}: is damaged ({type(error).__name__}: {error}); train it again or get it anew") from None
    return Model(
        rubric, features, classifiers[0], classifiers[1], calibration, arrays["confusion"], content["name"], content["version"], content["info"]
    )


def _rebuild(rubric: Rubric, arrays: dict[str, np.ndarray]) -> tuple[LogisticRegression, tuple[LogisticRegression, ...]]:
    weights, intercepts = arrays["weights"].T.astype(np.float64), arrays["intercepts"].astype(np.float64)
    width = len(rubric.category_names)
    category = fitted_classifier(np.array(rubric.category_names, dtype=object), weights[:width], intercepts[:width])
    binary = np.array([False, True])
    indicators = tuple(
        fitted_classifier(binary, weights[i : i + 1], intercepts[i : i + 1]) for i in range(width, width + len(rubric.indicator_names))
    )
    return category, indicators


def fitted_classifier(classes: np.ndarray, weights: np.ndarray, intercepts: np.ndarray) -> LogisticRegression:
    """A scikit-learn classifier with these weights, as if it had been fitted."""
    classifier = LogisticRegression()
    classifier.classes_, classifier.coef_, classifier.intercept_ = classes, weights, intercepts
    classifier.n_features_in_, classifier.n_iter_ = weights.shape[1], np.array([0])
    return classifier


def _check_shapes(folder: Path, rubric: Rubric, features: SentenceFeatures, arrays: dict[str, np.ndarray]) -> None:
    columns = sum(len(v.vocabulary) for v in features.vectorizers_.values())
    outputs = len(rubric.category_names) + len(rubric.indicator_names)
    expected = {"weights": (columns, outputs), "intercepts": (outputs,), "confusion": (len(rubric.category_names),) * 2}
    for name, shape in expected.items():
        if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
            raise ModelError(f"{folder}: {name} has shape {arrays[name].shape}, expected finite numbers of shape {shape}; get the model anew")


def _remove(folder: Path) -> None:
    if folder.exists():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
