"""Hard cases of segmentation, in a file that a linguist can edit."""

import pathlib
import random

import pytest

import lawgov
from lawgov.document import Heading
from lawgov.sentences import sentence_spans

CASES = pathlib.Path(__file__).parent / "cases" / "sentences.txt"


def read_cases(text):
    cases = []
    for block in text.split("\n%% ")[1:]:
        name, _, body = block.partition("\n")
        found, mark, expected = body.partition("\n---\n")
        assert mark and found.strip() and expected.strip(), f"the case {name!r} is malformed: it needs a text, a line ---, and segments"
        cases.append(pytest.param(found, expected.rstrip("\n").split("\n"), id=name))
    return cases


def shown(segment):
    return "#" * segment.level + " " + segment.text if isinstance(segment, Heading) else segment.text


@pytest.mark.parametrize("found, expected", read_cases(CASES.read_text(encoding="utf-8")))
def test_case(found, expected):
    document = lawgov.segment(found)
    assert [shown(segment) for segment in document.segments] == expected
    assert all(document.text[s.start : s.end] == s.text for s in document.segments)


def test_a_malformed_case_fails():
    with pytest.raises(AssertionError, match="malformed"):
        read_cases("#\n%% no expectation\n一句话。\n")


def test_spans_cover_every_character_that_is_not_space():
    generator = random.Random(1)
    for _ in range(300):
        text = "".join(generator.choices("法治政府，。；！？“”《》（）()‘’、：1.2 \"…一二", k=generator.randrange(1, 60)))
        covered = set()
        end_before = 0
        for start, end in sentence_spans(text):
            assert end_before <= start < end <= len(text)
            covered.update(range(start, end))
            end_before = end
        words = {i for i, c in enumerate(text) if c.isalnum()}
        assert words <= covered


@pytest.mark.parametrize("hostile", ["（" * 200_000, "“”" * 100_000, "《" * 100_000 + "》" * 100_000, "“" * 100_000 + "。" * 100_000])
def test_hostile_marks_do_not_hang(hostile):
    text = "法治" + hostile + "政府。"
    spans = list(sentence_spans(text))
    assert spans[-1][1] == len(text)
