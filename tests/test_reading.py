"""The five real reports, read from bytes to sentences, against the gold that was checked line by line."""

import datetime

import pytest
from conftest import REPORTS, ROOT
from gold import all_gold

import lawgov
from lawgov.characters import CharacterModel
from lawgov.layout import lay_out
from lawgov.repair import is_garbled, repair

GOLD = {gold.name: gold for gold in all_gold()}


@pytest.fixture(scope="module", params=REPORTS, ids=lambda path: path.stem)
def read_and_gold(request):
    return lawgov.read(request.param), GOLD[request.param.stem]


def test_every_report_has_gold():
    assert sorted(GOLD) == [path.stem for path in REPORTS] and len(GOLD) == 5


def test_clean_text(read_and_gold):
    document, gold = read_and_gold
    assert document.text == gold.text


def test_headings_and_levels(read_and_gold):
    document, gold = read_and_gold
    assert [(h.start, h.end, h.level) for h in document.headings] == list(gold.headings)


def test_sentences(read_and_gold):
    document, gold = read_and_gold
    assert [(s.start, s.end) for s in document.sentences] == list(gold.sentences)


def test_spans_point_into_the_text(read_and_gold):
    document, _ = read_and_gold
    for segment in document.segments:
        assert document.text[segment.start : segment.end] == segment.text
        assert segment.text == segment.text.strip() != ""
    for done in document.repairs:
        assert all(0 <= span.start < span.end <= len(document.text) for span in done.spans)


def test_a_clean_text_comes_back_as_it_was(read_and_gold):
    _, gold = read_and_gold
    again = lawgov.segment(gold.text)
    assert again.text == gold.text
    assert {s.end for s in again.segments} == gold.boundaries


METADATA = {
    "dayong-2022": (None, "大涌镇", 2022, None),
    "nanxiong-2022": (None, "南雄市政务服务和数据管理局", 2022, datetime.date(2023, 1, 31)),
    "sanxing-2024": ("石柱土家族自治县三星乡人民政府2024年度法治政府建设情况报告", "石柱土家族自治县三星乡人民政府", 2024, datetime.date(2024, 12, 19)),
    "shiqi-2022": ("广州市番禺区石碁镇人民政府关于2022年度法治政府建设情况的报告", "广州市番禺区石碁镇人民政府", 2022, datetime.date(2022, 12, 6)),
    "zhangqi-2020": (None, "掌起镇人民政府", 2020, datetime.date(2021, 2, 25)),
}


def test_metadata(read_and_gold):
    document, gold = read_and_gold
    assert (document.title, document.agency, document.year, document.date) == METADATA[gold.name]


def test_sections_agree_with_the_labels(labels):
    by_report = {}
    for report, sentence in zip(labels.reports, labels.sentences):
        by_report.setdefault(report, []).append((sentence.text, sentence.section))
    for path in REPORTS:
        assert [(s.text, s.section) for s in lawgov.read(path).sentences] == by_report[path.stem]


def test_first_responsible_section_between_problems_and_plans_is_achievements():
    document = lawgov.read(ROOT / "seeds" / "reports" / "zhangqi-2020.txt")
    order = list(dict.fromkeys((s.headings[0][:2], s.section) for s in document.sentences if s.headings and "到2021年" not in s.text))
    assert order == [("一、", "achievements"), ("二、", "problems"), ("三、", "achievements"), ("四、", "plans")]


def test_garbled_report_is_restored_by_a_model_that_has_not_seen_it():
    texts = {path.stem: path.read_text(encoding="utf-8") for path in REPORTS}
    unseen = CharacterModel.fit(text for text in texts.values() if not is_garbled(text))
    page, repairs = repair(texts["dayong-2022"], unseen)
    assert lay_out(page, unseen).text == GOLD["dayong-2022"].text
    assert {done.kind: done.count for done in repairs}["broken_spot"] == 9 and all(done.restored for done in repairs)


@pytest.mark.parametrize("path", [p for p in REPORTS if p.stem != "dayong-2022"], ids=lambda p: p.stem)
def test_clean_pages_are_not_repaired(path):
    text = path.read_text(encoding="utf-8")
    assert repair(text) == (text, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding):
    text = REPORTS[1].read_text(encoding="utf-8")
    assert lawgov.read(text.encode(encoding)).text == lawgov.read(REPORTS[1]).text


def test_windows_line_ends():
    text = REPORTS[1].read_text(encoding="utf-8")
    assert lawgov.read(text.replace("\n", "\r\n").encode()).text == lawgov.read(REPORTS[1]).text
