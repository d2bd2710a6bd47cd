"""Other people's classifiers, fitted on the same labels as lawgov's: see `methods.py`."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import numpy as np
from targets import RUBRIC, WIDTH, Scores

from lawgov.document import Sentence
from lawgov.features import normalise
from lawgov.labels import Labels


class FastText:
    """fastText, characters as words, word n-grams to 3; one against all for the indicators."""

    calibrated = True
    neighbours = others = False

    def fit(self, labels: Labels) -> FastText:
        self.category = self._train([[f"__label__{c}"] for c in labels.categories], labels, "softmax")
        self.indicator = self._train([[f"__label__{i}" for i in s.indicators] or ["__label__none"] for s in labels.sentences], labels, "ova")
        return self

    def scores(self, labels: Labels) -> Scores:
        return self._log_odds(self.category, labels, RUBRIC.category_names), self._log_odds(self.indicator, labels, RUBRIC.indicator_names)

    @staticmethod
    def _line(sentence: Sentence) -> str:
        return " ".join(normalise(sentence.text))

    def _train(self, names: list[list[str]], labels: Labels, loss: str) -> Any:
        import fasttext

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "train.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(" ".join([*own, self._line(s)]) + "\n" for own, s in zip(names, labels.sentences))
            return fasttext.train_supervised(path, loss=loss, wordNgrams=3, epoch=30, lr=0.5, dim=100, minCount=1, thread=1, seed=0, verbose=0)

    def _log_odds(self, model: Any, labels: Labels, names: tuple[str, ...]) -> np.ndarray:
        column = {f"__label__{name}": i for i, name in enumerate(names)}
        scores = np.full((len(labels), len(names)), -10.0)
        for row, sentence in enumerate(labels.sentences):
            for probability, label in model.f.predict(self._line(sentence) + "\n", -1, 0.0, "strict"):
                if label in column:
                    bounded = min(max(probability, 1e-6), 1 - 1e-6)
                    scores[row, column[label]] = np.log(bounded / (1 - bounded))
        return scores


class SpacyTextcat:
    """spaCy's text categorizer for Chinese, cut into characters: category and indicators as independent labels of one pipe."""

    calibrated = True
    neighbours = others = False
    EPOCHS = 8

    def fit(self, labels: Labels) -> SpacyTextcat:
        import random

        import spacy
        from spacy.training import Example
        from spacy.util import fix_random_seed, minibatch

        fix_random_seed(0)
        self.nlp = spacy.blank("zh")
        added = self.nlp.add_pipe("textcat_multilabel")
        for name in RUBRIC.category_names + RUBRIC.indicator_names:
            added.add_label(name)
        texts = [self.nlp.make_doc(s.text) for s in labels.sentences]
        examples = [
            Example.from_dict(doc, {"cats": {c: float(c == s.category) for c in RUBRIC.category_names} | {i: float(i in s.indicators) for i in RUBRIC.indicator_names}})
            for doc, s in zip(texts, labels.sentences)
        ]
        optimizer = self.nlp.initialize(lambda: examples[:500])
        shuffled, order = list(examples), random.Random(0)
        for _ in range(self.EPOCHS):
            order.shuffle(shuffled)
            for batch in minibatch(shuffled, 128):
                self.nlp.update(batch, sgd=optimizer)
        return self

    def scores(self, labels: Labels) -> Scores:
        documents = list(self.nlp.pipe([s.text for s in labels.sentences]))
        found = np.array([[d.cats[n] for n in RUBRIC.category_names + RUBRIC.indicator_names] for d in documents]).clip(1e-6, 1 - 1e-6)
        odds = np.log(found / (1 - found))
        return odds[:, :WIDTH], odds[:, WIDTH:]
