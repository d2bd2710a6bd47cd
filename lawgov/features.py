"""Sentences in their context into a sparse matrix.

Character n-grams of the sentence itself, and apart from them those of the headings that it stands under. Kept apart, a
word in a heading does not weigh like one in the sentence: a heading may settle a doubt, never overrule.

Official sentences are long, and in one of five clauses the clause that shows something would be drowned by the others.
So a sentence's n-gram counts for the mean of two values: its TF-IDF in the sentence, and its highest TF-IDF in a clause.
"""


from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from lawgov.document import Sentence
from lawgov.ngrams import Found, NGrams
from lawgov.numbering import numbering

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width ASCII as half-width
_SPACE = re.compile(r"\s+")
_CLAUSE_MARK = re.compile(r"[,;:]")
SHORT_CLAUSE = 10  # characters; a shorter one is read with the next


def normalise(text: str) -> str:
    """What counts of a text: its numbers are all one, full and half width are one, spaces are none.

    >>> normalise("２０２２年，共办理 1,326 件。")
    '0年,共办理0件。'
    """
    return _SPACE.sub("", _DIGITS.sub("0", text.translate(_FOLD).lower()))


def normalise_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """What `normalise` gives, and for each of its characters where it stands in the text: start, and end exclusive.

    >>> normalise_with_places("共 12 件")
    ('共0件', [(0, 1), (2, 4), (5, 6)])
    """
    plain, places = [], []
    folded = text.translate(_FOLD).lower() if len(text.translate(_FOLD).lower()) == len(text) else text.translate(_FOLD)
    numbers = {match.start(): match.end() for match in _DIGITS.finditer(folded)}
    place = 0
    while place < len(folded):
        end = numbers.get(place, place + 1)
        if not folded[place].isspace():
            plain.append("0" if place in numbers else folded[place])
            places.append((place, end))
        place = end
    return "".join(plain), places


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a normalised sentence as (start, end), none of them very short.

    >>> text = "今年以来,组织执法人员培训0期,办理行政处罚案件0件。"
    >>> [text[start:end] for start, end in clauses(text)]
    ['今年以来,组织执法人员培训0期', '办理行政处罚案件0件。']
    """
    found, start = [], 0
    for mark in _CLAUSE_MARK.finditer(text):
        if mark.start() - start >= SHORT_CLAUSE:
            found.append((start, mark.start()))
            start = mark.end()
    if found and len(text) - start < SHORT_CLAUSE:
        start = found.pop()[0]
    return [*found, (start, len(text))]


def heading_words(sentence: Sentence) -> str:
    """The words of the headings that the sentence stands under, without their numbering; empty if there are none."""
    return " ".join(heading[_numbered(heading) :].rstrip("。 　") for heading in sentence.headings)


@lru_cache(maxsize=4096)
def _numbered(heading: str) -> int:
    number = numbering(heading)
    return number.length if number else 0


FIELDS = {"text": lambda sentence: sentence.text, "headings": heading_words}
"""The fields that features can be made of: a name, and what it takes from a sentence."""


class SentenceFeatures(TransformerMixin, BaseEstimator):
    """TF-IDF of character n-grams, a block of columns for each field; that of the text by sentence and by clause.

    Args:
        fields: names in `FIELDS`.
        ngram_range: shortest and longest n-gram, in characters.
        min_df: how many sentences an n-gram must be in to be kept.
        heading_weight: how much the headings count against the sentence, whose weight is 1.

    Input of `fit` and `transform`: a sequence of n `Sentence`; output: a CSR matrix of n rows. The headings of a row have
    Euclidean length `heading_weight`, or 0 where there are none; its text has length √2 if it is one clause, more if it
    has several.
    """

    def __init__(
        self,
        fields: Sequence[str] = ("text", "headings"),
        ngram_range: tuple[int, int] = (1, 3),
        min_df: int = 2,
        heading_weight: float = 0.5,
    ):
        self.fields = fields
        self.ngram_range = ngram_range
        self.min_df = min_df
        self.heading_weight = heading_weight

    def fit(self, X: Sequence[Sentence], y: Any = None) -> SentenceFeatures:
        """Learn which n-grams there are, and how rare each is."""
        self.vectorizers_ = {field: self._vectorizer().fit(self._column(field, X)) for field in self.fields}
        return self

    def transform(self, X: Sequence[Sentence]) -> scipy.sparse.csr_matrix:
        """The matrix: a row a sentence, a column an n-gram of a field."""
        check_is_fitted(self, "vectorizers_")
        blocks = []
        for field in self.fields:
            texts = self._column(field, X)
            grams, idf = self._ngrams(field), self.vectorizers_[field].idf_
            found = grams.find(texts)
            weighted = _tf_idf(grams.matrix(found.text, found.column, len(texts)), idf)
            if field == "text":
                blocks.append((weighted + _strongest_clause(grams, found, texts, idf)) / np.sqrt(2))
            else:
                blocks.append(weighted * self.heading_weight)
        return scipy.sparse.hstack(blocks, format="csr")

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The columns, as `field=n-gram`."""
        check_is_fitted(self, "vectorizers_")
        return np.concatenate(
            [[f"{field}={gram}" for gram in self.vectorizers_[field].get_feature_names_out()] for field in self.fields]
        ).astype(object)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """What was learned, as plain arrays."""
        arrays = {}
        for field, vectorizer in self.vectorizers_.items():
            grams = "\0".join(vectorizer.get_feature_names_out())
            arrays[f"{field}_ngrams"] = np.frombuffer(grams.encode("utf-8"), dtype=np.uint8)
            arrays[f"{field}_idf"] = vectorizer.idf_.astype(np.float32)
        return arrays

    @classmethod
    def from_arrays(cls, params: dict[str, Any], arrays: dict[str, np.ndarray]) -> SentenceFeatures:
        """Rebuild from parameters and what `to_arrays` gave."""
        features = cls(**params)
        features.vectorizers_ = {}
        for field in features.fields:
            grams = arrays[f"{field}_ngrams"].tobytes().decode("utf-8").split("\0")
            vectorizer = features._vectorizer()
            vectorizer.set_params(vocabulary={gram: i for i, gram in enumerate(grams)})
            vectorizer.idf_ = arrays[f"{field}_idf"].astype(np.float64)
            features.vectorizers_[field] = vectorizer
        return features

    def _ngrams(self, field: str) -> NGrams:
        """Finds the n-grams of a field; made when first needed, and again after another `fit`."""
        vectorizer = self.vectorizers_[field]
        made = self.__dict__.setdefault("_made", {})
        if field not in made or made[field][0] is not vectorizer:
            made[field] = (vectorizer, NGrams(vectorizer.get_feature_names_out().tolist()))
        return made[field][1]

    def _vectorizer(self) -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer="char", ngram_range=tuple(self.ngram_range), min_df=self.min_df, sublinear_tf=True, lowercase=False
        )

    @staticmethod
    def _column(field: str, sentences: Sequence[Sentence]) -> list[str]:
        take = FIELDS[field]
        return [normalise(take(sentence)) for sentence in sentences]


def _tf_idf(counts: scipy.sparse.csr_matrix, idf: np.ndarray) -> scipy.sparse.csr_matrix:
    """Counts weighted as `TfidfVectorizer(sublinear_tf=True)` does: (1 + ln count) × idf, rows of length 1."""
    weighted = (1 + np.log(counts.data)) * idf[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, weighted**2, counts.shape[0]))
    return scipy.sparse.csr_matrix((weighted / lengths[rows], counts.indices, counts.indptr), shape=counts.shape)


def _strongest_clause(grams: NGrams, found: Found, texts: Sequence[str], idf: np.ndarray) -> scipy.sparse.csr_matrix:
    """For each text and n-gram, its highest TF-IDF in a clause."""
    split = [clauses(text) for text in texts]
    clause_of = np.full(sum(map(len, texts)), -1)  # each character's; -1 for the marks between clauses
    text_of_clause: list[int] = []
    begin = 0
    for number, (text, spans) in enumerate(zip(texts, split)):
        for start, end in spans:
            clause_of[begin + start : begin + end] = len(text_of_clause)
            text_of_clause.append(number)
        begin += len(text)
    inside = (clause_of[found.first] == clause_of[found.last]) & (clause_of[found.first] >= 0)
    weighted = _tf_idf(grams.matrix(clause_of[found.first[inside]], found.column[inside], len(text_of_clause)), idf)
    rows = np.repeat(np.array(text_of_clause, dtype=np.int64), np.diff(weighted.indptr))
    cells = rows * grams.n_columns + weighted.indices
    order = np.argsort(cells, kind="stable")
    cells = cells[order]
    begins = np.flatnonzero(np.r_[True, np.diff(cells) != 0]) if len(cells) else np.zeros(0, dtype=np.int64)
    highest = np.maximum.reduceat(weighted.data[order], begins) if len(begins) else weighted.data
    return scipy.sparse.csr_matrix((highest, (cells[begins] // grams.n_columns, cells[begins] % grams.n_columns)), shape=(len(texts), grams.n_columns))
