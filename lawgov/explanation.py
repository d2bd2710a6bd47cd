"""Why a label was given: the words that spoke for it and against it, and how much each.

A score is a sum over n-grams, so it can be shared out without remainder: each n-gram's part goes evenly to its places in
the sentence and to the characters there; characters that belong together are shown as words. What neighbouring sentences,
the category and the other indicators added stands beside the words, and so does the base, what is left without any of them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lawgov.calibration import FLOOR
from lawgov.context import others_say
from lawgov.document import Sentence
from lawgov.errors import ModelError, RubricError
from lawgov.features import FIELDS, normalise_with_places

if TYPE_CHECKING:
    from lawgov.model import Model

TOGETHER = 0.15  # of the sentences with the rarer of two characters, the part that has them together, for them to be a word
LONGEST = 5  # characters of a word: 合法性审查


@dataclass(frozen=True)
class Reason:
    """A part of a score, in log odds; positive where it spoke for the label.

    ``source`` is `text` or `headings` for words, or `neighbours`, `category`, `others` (the other indicators) or `base`,
    which have no words. ``start`` and ``end`` point into the sentence's text, or into its headings joined by a space.
    """

    source: str
    words: str
    weight: float
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        words = {"text": self.words, "headings": f"[{self.words}]"}.get(self.source, f"({self.source})")
        return f"{words} {self.weight:+.2f}"


@dataclass(frozen=True)
class Explanation:
    """Why a sentence got a label. The weights of ``reasons`` add up to ``score``.

    ``score`` is, for a category, the log odds of the label against the likeliest other one, ``against``; for an indicator
    the log odds that the sentence carries it, and ``against`` is ``None``. ``reasons`` stand in the order of the text.
    """

    label: str
    against: str | None
    score: float
    reasons: tuple[Reason, ...]

    def top(self, n: int = 5) -> tuple[Reason, ...]:
        """The n reasons with the largest weights, for or against; words that occur twice are taken together."""
        together: dict[tuple[str, str], float] = {}
        for reason in self.reasons:
            together[reason.source, reason.words] = together.get((reason.source, reason.words), 0.0) + reason.weight
        merged = [Reason(source, words, weight) for (source, words), weight in together.items()]
        return tuple(sorted(merged, key=lambda reason: -abs(reason.weight))[:n])

    def __str__(self) -> str:
        against = f" against {self.against}" if self.against else ""
        return f"{self.label} {self.score:+.2f}{against}: " + ", ".join(map(str, self.top()))

    def to_dict(self) -> dict[str, Any]:
        """The form that `lawgov score --explain --format json` prints."""
        return asdict(self)


def explain(model: Model, sentence: Sentence, label: str | None = None) -> Explanation:
    """Explain a label of a sentence that the model has labelled; by default its category.

    Linear models explain themselves: a score is the sum of weight times value over the columns of the features.

    Raises:
        ModelError: if the sentence was not labelled by this model.
        RubricError: if the rubric has no such category or indicator.
    """
    if sentence.context is None:
        raise ModelError("the sentence has not been labelled; take it from a report that was scored")
    if sentence.context.model != model.identity:
        raise ModelError(f"the sentence was labelled by the model {sentence.context.model}, not by {model.identity}; give that one")
    rubric = model.rubric
    label = label or sentence.category
    if label in rubric.category_names:
        return _category(model, sentence, label)
    if label in rubric.indicator_names:
        return _indicator(model, sentence, label)
    raise RubricError(f"the rubric {rubric.name!r} has no category or indicator {label!r}")


def _category(model: Model, sentence: Sentence, label: str) -> Explanation:
    names, calibration = model.rubric.category_names, model.calibration
    weights, intercepts = model.category_classifier.coef_, model.category_classifier.intercept_
    row = model.features.transform([sentence])
    said = np.array([sentence.context.before, sentence.context.after])
    around = calibration.before * said[0] + calibration.after * said[1]
    scores = (row @ weights.T + intercepts)[0] / calibration.temperature + around
    own = names.index(label)
    other = max((i for i in range(len(names)) if i != own), key=lambda i: scores[i])
    words = _words(model, sentence, row, (weights[own] - weights[other]) / calibration.temperature)
    rest = [
        Reason("neighbours", "", float(around[own] - around[other])),
        Reason("base", "", float((intercepts[own] - intercepts[other]) / calibration.temperature)),
    ]
    return Explanation(label, names[other], float(scores[own] - scores[other]), (*words, *rest))


def _indicator(model: Model, sentence: Sentence, label: str) -> Explanation:
    rubric, calibration = model.rubric, model.calibration
    number = rubric.indicator_names.index(label)
    row = model.features.transform([sentence])
    classifier = model.indicator_classifiers[number]
    scores = np.array([(row @ c.coef_[0])[0] + c.intercept_[0] for c in model.indicator_classifiers])
    category = np.log(sentence.context.categories[rubric.category_of_indicators[number]] + FLOOR)
    words = _words(model, sentence, row, classifier.coef_[0] * calibration.slope)
    rest = [
        Reason("category", "", float(calibration.category_slope * category)),
        Reason("others", "", float(calibration.others_slope * others_say(scores[None])[0, number])),
        Reason("base", "", float(calibration.slope * classifier.intercept_[0] + calibration.intercept)),
    ]
    score = calibration.slope * scores[number] + sum(reason.weight for reason in rest[:2]) + calibration.intercept
    return Explanation(label, None, float(score), (*words, *rest))


def _words(model: Model, sentence: Sentence, row, weights: np.ndarray) -> list[Reason]:
    """The reasons that are words: the parts of all n-grams, shared out over the characters of each field."""
    reasons, first = [], 0
    for field in model.features.fields:
        vocabulary = model.features.vectorizers_[field].vocabulary_
        own = row[:, first : first + len(vocabulary)].tocoo()
        parts = dict(zip(own.col.tolist(), (own.data * weights[first + own.col]).tolist()))
        first += len(vocabulary)
        text = FIELDS[field](sentence)
        plain, places = normalise_with_places(text)
        shares = _share_out(plain, vocabulary, parts, model.features.ngram_range)
        for start, end in _cut(plain, model.features, field):
            weight = float(shares[start:end].sum())
            if weight:
                left, right = places[start][0], places[end - 1][1]
                reasons.append(Reason(field, text[left:right], weight, left, right))
    return reasons


def _share_out(plain: str, vocabulary: dict[str, int], parts: dict[int, float], ngram_range: tuple[int, int]) -> np.ndarray:
    """How much each character adds: every n-gram's part, divided among its places and their characters."""
    found: dict[int, list[tuple[int, int]]] = {}
    for n in range(ngram_range[0], ngram_range[1] + 1):
        for start in range(len(plain) - n + 1):
            column = vocabulary.get(plain[start : start + n])
            if column in parts:
                found.setdefault(column, []).append((start, start + n))
    shares = np.zeros(len(plain))
    for column, spans in found.items():
        for start, end in spans:
            shares[start:end] += parts[column] / len(spans) / (end - start)
    return shares


def _cut(plain: str, features, field: str) -> list[tuple[int, int]]:
    """Spans of words: runs of characters that of which the rarer is often beside the other."""
    vectorizer = features.vectorizers_[field]

    def chance(gram: str) -> float:
        column = vectorizer.vocabulary_.get(gram)
        return 0.0 if column is None else float(np.exp(1 - vectorizer.idf_[column]))  # the part of sentences that have it

    def bond(left: str, right: str) -> float:
        rarer = min(chance(left), chance(right))
        return chance(left + right) / rarer if rarer and left.isalnum() and right.isalnum() else 0.0

    links = [bond(left, right) for left, right in zip(plain, plain[1:])]
    cuts = [i + 1 for i, link in enumerate(links) if link < TOGETHER]
    spans, pending = [], list(zip([0, *cuts], [*cuts, len(plain)])) if plain else []
    while pending:
        start, end = pending.pop(0)
        if end - start > LONGEST:
            weakest = min(range(start + 1, end), key=lambda i: links[i - 1])
            pending[:0] = [(start, weakest), (weakest, end)]
        else:
            spans.append((start, end))
    return spans
