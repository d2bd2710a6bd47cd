"""Texts of other kinds: nothing is seen where nothing is, and the report says so."""

import csv

import pytest
from conftest import REPORTS, ROOT

import lawgov

OTHERS = sorted((ROOT / "seeds" / "others").glob("*.txt"))
MIXED = {path: table for path in OTHERS if (table := path.with_name(path.name[:3] + ".tsv")).exists()}


@pytest.fixture(scope="module")
def scored():
    return {path: lawgov.score(path) for path in OTHERS}


def test_sentences_of_unmixed_texts_are_other(scored):
    categories = [s.category for path in OTHERS if path not in MIXED for s in scored[path].sentences]
    assert sum(category == "other" for category in categories) / len(categories) >= 0.95  # 0.98 of 372 when this was written


@pytest.mark.parametrize("name, floor", [("o11-work-report-mixed", 0.85), ("o12-news-mixed", 0.6)])  # 13 of 14, 15 of 22 when this was written
def test_passages_of_mixed_texts_keep_their_categories(scored, name, floor):
    (path,) = [path for path in MIXED if path.stem == name]
    with open(MIXED[path], encoding="utf-8", newline="") as file:
        expected = {row["text"]: row["category"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    found = [(expected[s.text], s.category) for s in scored[path].sentences if expected.get(s.text, "other") != "other"]
    assert len(found) >= 14 and sum(true == given for true, given in found) / len(found) >= floor


def test_a_report_says_whether_it_looks_like_one(scored):
    assert not any(report.looks_like_report for report in scored.values())
    assert all(lawgov.score(path).looks_like_report for path in REPORTS)


def test_no_sentence_looks_like_no_report():
    assert not lawgov.score_text("岚柏县人民政府").looks_like_report
