"""The n-grams of a vocabulary, found in many texts at once: the same as scikit-learn finds one by one."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from lawgov.features import SentenceFeatures, clauses, normalise
from lawgov.ngrams import NGrams

TEXTS = ["依法行政", "", "政", "公开𠮷办事结果,依法公开,依法行政。", "abcab", "\U0010ffff\ud800依法", "没有见过的字"]


def counts(grams, texts):
    finder = NGrams(grams)
    found = finder.find(texts)
    return finder.matrix(found.text, found.column, len(texts))


@pytest.mark.parametrize("longest", [1, 2, 3, 4])
def test_counts_are_those_of_scikit_learn(longest):
    theirs = CountVectorizer(analyzer="char", ngram_range=(1, longest), lowercase=False).fit(TEXTS[:5])
    grams = theirs.get_feature_names_out().tolist()
    assert (counts(grams, TEXTS).toarray() == theirs.transform(TEXTS).toarray()).all()


def test_on_reports(labels):
    texts = [normalise(sentence.text) for sentence in labels.sentences]
    theirs = CountVectorizer(analyzer="char", ngram_range=(1, 3), lowercase=False, min_df=2).fit(texts[::2])
    assert abs(counts(theirs.get_feature_names_out().tolist(), texts) - theirs.transform(texts)).nnz == 0


def test_no_ngram_reaches_into_the_next_text():
    assert counts(["ab", "a", "b"], ["a", "b", "ab"]).toarray().tolist() == [[0, 1, 0], [0, 0, 1], [1, 1, 1]]


@pytest.mark.parametrize("texts", [[], [""], ["依法"]])
def test_nothing_to_find(texts):
    assert counts([], texts).shape == (len(texts), 0)
    assert counts(["公开"], texts).nnz == 0


def test_the_text_counts_by_sentence_and_by_strongest_clause(labels):
    sentences = labels.sentences[:60]
    features = SentenceFeatures(fields=("text",), min_df=1).fit(sentences)
    matrix, vectorizer = features.transform(sentences).toarray(), features.vectorizers_["text"]
    for row, sentence in zip(matrix, sentences):
        text = normalise(sentence.text)
        whole = vectorizer.transform([text]).toarray()[0]
        strongest = vectorizer.transform([text[start:end] for start, end in clauses(text)]).toarray().max(axis=0)
        np.testing.assert_allclose(row, (whole + strongest) / np.sqrt(2), rtol=1e-12, atol=1e-15)
