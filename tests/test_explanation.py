"""Why a label was given."""

import math
from dataclasses import replace

import pytest
from conftest import ROOT

import lawgov
from lawgov.context import consecutive
from lawgov.document import Sentence
from lawgov.features import clauses, normalise, normalise_with_places


@pytest.fixture(scope="module")
def report():
    return lawgov.score(ROOT / "seeds" / "reports" / "nanxiong-2022.txt")


def test_the_weights_add_up_to_the_score(report):
    for sentence in report.sentences[::7]:
        for label in (None, *sentence.indicators):
            explanation = sentence.why(label)
            assert sum(reason.weight for reason in explanation.reasons) == pytest.approx(explanation.score, abs=1e-6)


def test_the_score_is_that_of_the_probability(report):
    model = lawgov.load()
    names = model.rubric.category_names
    for sentence in report.sentences[:20]:
        explanation, odds = sentence.why(), sentence.context.categories
        expected = odds[names.index(sentence.category)] / odds[names.index(explanation.against)]
        assert explanation.score > 0 and explanation.score == pytest.approx(math.log(expected), abs=1e-4)


def test_the_score_of_an_indicator_is_that_of_its_probability_also_where_it_is_not_carried(report):
    model = lawgov.load()
    predicted = model.predict(report.sentences, consecutive(len(report.sentences))).indicators
    for row in range(0, len(report.sentences), 9):
        for column, name in enumerate(model.rubric.indicator_names):
            odds = predicted[row, column] / (1 - predicted[row, column])
            assert report.sentences[row].why(name).score == pytest.approx(math.log(odds), abs=1e-4)


def test_words_stand_where_they_say(report):
    for sentence in report.sentences[10:30]:
        for reason in sentence.why().reasons:
            if reason.source == "text":
                assert sentence.text[reason.start : reason.end] == reason.words


def test_the_word_that_names_the_field_speaks_for_it():
    (sentence,) = lawgov.load().label([Sentence("全年调解矛盾纠纷32件。", 0, 11)])
    words = {reason.words for reason in sentence.why("mediation").top(3)}
    assert any("调解" in word for word in words)


def test_against_what_is_the_next_likeliest(report):
    sentence = report.sentences[25]
    ranked = sorted(zip(sentence.context.categories, lawgov.load().rubric.category_names), reverse=True)
    assert (sentence.category, sentence.why().against) == (ranked[0][1], ranked[1][1])


def test_what_cannot_be_explained_says_why(report, small_model):
    with pytest.raises(lawgov.ModelError, match="has not been labelled"):
        Sentence("公开信息。", 0, 5).why()
    with pytest.raises(lawgov.ModelError, match="was labelled by the model report-zh"):
        report.sentences[0].why(model=small_model)
    with pytest.raises(lawgov.RubricError, match="no category or indicator 'publicity'"):
        report.sentences[0].why("publicity")


def test_a_label_can_be_explained_by_the_model_that_gave_it(small_model):
    scored = lawgov.score(ROOT / "seeds" / "reports" / "sanxing-2024.txt", model=small_model)
    assert scored.sentences[0].why(model=small_model).label == scored.sentences[0].category


def test_labels_are_equal_whatever_they_rest_on(report):
    assert replace(report.sentences[0], context=None) == report.sentences[0]


@pytest.mark.parametrize("text", ["２０２２年，共办理 1,326 件。", "", "　 ", "Ａbc１２３.5％；（一）"])
def test_places_of_normalised_characters(text):
    plain, places = normalise_with_places(text)
    assert plain == normalise(text) and len(places) == len(plain)
    assert all(plain[i] == "0" or normalise(text[start:end]) == plain[i] for i, (start, end) in enumerate(places))


@pytest.mark.parametrize("text", ["短,句", "", "一二三四五六七八九十,好", "今年以来:组织培训0期,办理案件0件;全部结案,;,没有一件超期办理的。"])
def test_clauses_are_pieces_of_the_text_and_none_is_short(text):
    found = [text[start:end] for start, end in clauses(text)]
    assert all(clause in text for clause in found) and sum(map(len, found)) + len(found) - 1 == len(text)
    assert len(found) == 1 or all(len(clause) >= 10 for clause in found)
