"""What the model is compared with: simple rules, other people's classifiers, and lawgov's with a part more or less.

Every method is fitted on `Labels` and gives scores of categories and of indicators for other labelled sentences, whose
labels it does not look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import scipy.sparse
from joblib import Parallel, delayed
from peers import FastText, SpacyTextcat
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import LinearSVC
from targets import RUBRIC, SEEDS, WIDTH, Scores, targets

from lawgov import classifiers
from lawgov.document import SECTIONS, Sentence
from lawgov.features import SentenceFeatures, normalise
from lawgov.labels import Labels
from lawgov.reading import segment

# -- without learning ------------------------------------------------------------------------------------------------


class Majority:
    """The commonest category, and no indicator."""

    calibrated = False

    def fit(self, labels: Labels) -> Majority:
        truth, _ = targets(labels)
        self.counts = np.bincount(truth, minlength=WIDTH)
        return self

    def scores(self, labels: Labels) -> Scores:
        return np.tile(np.log(self.counts + 1.0), (len(labels), 1)), np.full((len(labels), len(RUBRIC.indicator_names)), -1.0)


def rubric_terms() -> list[list[str]]:
    """The terms of each indicator's Chinese name and definition, as the rubric has them."""
    terms = []
    for category in RUBRIC.categories:
        for indicator in category.indicators:
            text = indicator.names["zh"] + "、" + indicator.definitions["zh"]
            terms.append(sorted({t for t in re.split(r"[、，。（）；的及和与等]", text) if len(t) > 1}))
    return terms


class Keywords:
    """An indicator where one of its terms stands in the sentence; the category with most terms, else the rest."""

    calibrated = False

    def fit(self, labels: Labels) -> Keywords:
        return self

    def scores(self, labels: Labels) -> Scores:
        hits = np.array([[sum(t in s.text for t in own) for own in rubric_terms()] for s in labels.sentences], dtype=float)
        categories = np.zeros((len(labels), WIDTH))
        for column, category in enumerate(RUBRIC.category_of_indicators):
            categories[:, category] += hits[:, column]
        categories[:, RUBRIC.category_names.index(RUBRIC.rest)] += 0.5
        return categories, hits - 0.5


# -- linear classifiers on columns -----------------------------------------------------------------------------------


class OneClause(SentenceFeatures):
    """The features without the strongest clause."""

    def _strongest_clause(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        return self.vectorizers_["text"].transform(texts)


class Column:
    """TF-IDF, or presence, of something that is taken from a sentence."""

    def __init__(self, take: Callable[[Sentence], Any], weight: float = 0.5, **options):
        self.take, self.weight, self.options = take, weight, options

    def fit(self, sentences: Sequence[Sentence]) -> Column:
        self.vectorizer = TfidfVectorizer(sublinear_tf=True, **self.options).fit([self.take(s) for s in sentences])
        return self

    def transform(self, sentences: Sequence[Sentence]) -> scipy.sparse.csr_matrix:
        return self.vectorizer.transform([self.take(s) for s in sentences]) * self.weight


class SectionColumn:
    """One column for each section."""

    def fit(self, sentences: Sequence[Sentence]) -> SectionColumn:
        self.encoder = OneHotEncoder(categories=[list(SECTIONS)], handle_unknown="ignore").fit([[s.section] for s in sentences])
        return self

    def transform(self, sentences: Sequence[Sentence]) -> scipy.sparse.csr_matrix:
        return self.encoder.transform([[s.section] for s in sentences]) * 0.5


class LexiconColumn:
    """One column for each term of the rubric."""

    def fit(self, sentences: Sequence[Sentence]) -> LexiconColumn:
        terms = sorted({t for own in rubric_terms() for t in own})
        self.vectorizer = CountVectorizer(vocabulary=terms, analyzer=lambda text: [t for t in terms if t in text])
        return self

    def transform(self, sentences: Sequence[Sentence]) -> scipy.sparse.csr_matrix:
        return self.vectorizer.transform([s.text for s in sentences]) * 0.5


@cache
def leads() -> dict[str, str]:
    """For each sentence of the seeds, the sentence that its paragraph begins with."""
    found = {}
    for folder in ("reports", "authored", "contrast"):
        for path in sorted((SEEDS / folder).glob("*.txt")):
            text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
            first: dict[int, str] = {}
            for sentence in segment(text).sentences:
                first.setdefault(sentence.paragraph, sentence.text)
                found[sentence.text] = first[sentence.paragraph]
    return found


def lead(sentence: Sentence) -> str:
    own = leads().get(sentence.text, "")
    return "" if own == sentence.text else normalise(own)


def words(text: str) -> str:
    import jieba

    jieba.setLogLevel(60)
    return " ".join(jieba.cut(text))


@dataclass
class Linear:
    """Columns, and a linear classifier of each label on them.

    ``kind`` is lawgov's own, `plain` (only the logistic regressions on the features as they are), or a factory of a
    scikit-learn classifier.
    """

    blocks: Callable[[], list] = lambda: [SentenceFeatures()]
    kind: Any = "own"
    neighbours: bool = True
    others: bool = True
    calibrated = True
    fitted: list = field(default_factory=list)

    def fit(self, labels: Labels) -> Linear:
        truth, carried = targets(labels)
        self.fitted = [block.fit(labels.sentences) for block in self.blocks()]
        matrix = self._matrix(labels)
        if self.kind == "own":
            categories = classifiers.fit_categories(matrix, truth, WIDTH)
            indicators = Parallel(n_jobs=-1)(delayed(classifiers.fit_indicator)(matrix, column) for column in carried.T)
        else:
            make_category = (lambda: LogisticRegression(C=10, solver="newton-cg")) if self.kind == "plain" else self.kind
            make_indicator = (lambda: LogisticRegression(C=30, max_iter=2000)) if self.kind == "plain" else self.kind
            category = make_category().fit(matrix, truth)
            categories = _weights(category)
            indicators = Parallel(n_jobs=-1)(delayed(_fit_binary)(make_indicator(), matrix, column) for column in carried.T)
        self.weights = np.vstack([categories[0], *(w for w, _ in indicators)])
        self.intercepts = np.concatenate([categories[1], [b for _, b in indicators]])
        return self

    def scores(self, labels: Labels) -> Scores:
        scores = self._matrix(labels) @ self.weights.T + self.intercepts
        return scores[:, :WIDTH], scores[:, WIDTH:]

    def _matrix(self, labels: Labels) -> scipy.sparse.csr_matrix:
        return scipy.sparse.hstack([block.transform(labels.sentences) for block in self.fitted], format="csr")


def _weights(fitted: Any) -> tuple[np.ndarray, np.ndarray]:
    if hasattr(fitted, "coef_"):
        return np.atleast_2d(fitted.coef_), np.atleast_1d(fitted.intercept_)
    return fitted.feature_log_prob_, np.zeros(len(fitted.feature_log_prob_))  # naive Bayes


def _fit_binary(model: Any, matrix: scipy.sparse.csr_matrix, carried: np.ndarray) -> tuple[np.ndarray, float]:
    if not carried.any():
        return np.zeros(matrix.shape[1]), classifiers.NEVER
    weights, intercepts = _weights(model.fit(matrix, carried))
    return (weights[0], float(intercepts[0])) if len(weights) == 1 else (weights[1] - weights[0], float(intercepts[1] - intercepts[0]))


def _jieba_words() -> list:
    return [Column(lambda s: words(normalise(s.text)), 1.0, analyzer=str.split)]


METHODS: dict[str, Callable[[], Any]] = {
    "majority": Majority,
    "keyword rules from the rubric": Keywords,
    "jieba words, TF-IDF, LinearSVC": lambda: Linear(_jieba_words, lambda: LinearSVC(C=1), neighbours=False, others=False),
    "fastText": FastText,
    "spaCy textcat": SpacyTextcat,
    "**lawgov**": Linear,
    "without headings": lambda: Linear(lambda: [SentenceFeatures(fields=("text",))]),
    "without neighbouring sentences": lambda: Linear(neighbours=False),
    "without the strongest clause": lambda: Linear(lambda: [OneClause()]),
    "without the regressions on ratios": lambda: Linear(kind="plain"),
    "without the other indicators": lambda: Linear(others=False),
    "with the section": lambda: Linear(lambda: [SentenceFeatures(), SectionColumn()]),
    "with the lead of the paragraph": lambda: Linear(lambda: [SentenceFeatures(), Column(lead, 0.3, analyzer="char", ngram_range=(1, 3), min_df=2)]),
    "with the rubric's terms": lambda: Linear(lambda: [SentenceFeatures(), LexiconColumn()]),
    "with jieba's words": lambda: Linear(lambda: [SentenceFeatures(), *_jieba_words()]),
    "with balanced class weights": lambda: Linear(kind=lambda: LogisticRegression(C=10, class_weight="balanced", max_iter=2000)),
    "LinearSVC": lambda: Linear(kind=lambda: LinearSVC(C=1)),
    "RidgeClassifier": lambda: Linear(kind=RidgeClassifier),
    "SGDClassifier (modified Huber)": lambda: Linear(kind=lambda: SGDClassifier(loss="modified_huber", alpha=1e-5, random_state=0)),
    "ComplementNB": lambda: Linear(kind=lambda: ComplementNB(alpha=0.1)),
}
