"""Neighbouring sentences and the other indicators."""

import numpy as np

from lawgov.context import alone, consecutive, neighbours_say, others_say
from lawgov.document import Sentence
from lawgov.labels import Labels


def labels(*places):
    sentences = tuple(Sentence(f"句子{i}。", 0, 4, category="other") for i in range(len(places)))
    return Labels(sentences, tuple(report for report, _ in places), tuple(index for _, index in places))


def test_rows_are_neighbours_only_where_report_and_index_say_so():
    table = labels(("a", 1), ("a", 2), ("b", 3), ("a", 4), (None, 5), ("b", 2), ("b", None))
    assert table.neighbours.tolist() == [[-1, 1], [0, -1], [5, -1], [-1, -1], [-1, -1], [-1, 2], [-1, -1]]


def test_no_sentence_and_one_sentence_have_no_neighbours():
    assert consecutive(0).shape == (0, 2) and consecutive(1).tolist() == [[-1, -1]]


def test_a_neighbour_speaks_for_its_own_category_and_nobody_says_nothing():
    said = neighbours_say(np.array([[0.98, 0.01, 0.01], [0.2, 0.4, 0.4]]), consecutive(2))
    assert said[1, 0, 0] > 0 > said[1, 0, 1] and not said[0, 0].any() and not said[1, 1].any()


def test_one_sure_indicator_speaks_against_the_others_more_than_against_itself():
    said = others_say(np.array([[6.0, -3.0, -3.0]]))[0]
    assert said[1] > said[0]


def test_the_shipped_model_reads_a_doubtful_sentence_by_its_neighbours():
    import lawgov

    texts = ["组织执法人员开展行政检查120次。", "成效明显。", "作出行政处罚决定36件，罚款12万元。"]
    sentences = [Sentence(text, 0, len(text)) for text in texts]
    model = lawgov.load()
    enforcement = model.rubric.category_names.index("enforcement")
    by_itself = model.predict(sentences, alone(3)).categories[1, enforcement]
    assert model.predict(sentences, consecutive(3)).categories[1, enforcement] > by_itself + 0.05
