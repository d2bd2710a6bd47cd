"""What a score is."""

import json

import numpy as np
import pytest
from conftest import REPORTS

import lawgov
from lawgov.concrete import is_concrete
from lawgov.estimates import adjusted_shares, coverage_distribution, interval, mean_interval


@pytest.fixture(scope="module")
def report():
    return lawgov.score(REPORTS[4])  # zhangqi-2020


def test_coverage_is_covered_indicators_over_indicators(report):
    for category in report.rubric.scored:
        score = report.categories[category.name]
        assert list(score.indicators) == list(category.indicator_names)
        assert score.coverage == sum(i.covered for i in score.indicators.values()) / len(category.indicators)
        assert 0 <= score.low <= score.coverage <= score.high <= 1
        assert 0 <= score.share_low <= score.share <= score.share_high <= 1
    assert report.overall == pytest.approx(sum(report.coverage.values()) / 6)
    assert report.overall_low <= report.overall <= report.overall_high


def test_only_achievements_and_preamble_are_evidence(report):
    assert {s.section for c in report.categories for s in report.evidence(c)} <= {"achievements", "preamble"}


def test_what_is_covered_has_evidence_and_what_is_missing_is_not_covered(report):
    for name, score in report.categories.items():
        for indicator, item in score.indicators.items():
            assert item.covered == (item.probability >= 0.5)
            assert bool(report.evidence(name, indicator)) or not item.covered
            assert (indicator in report.missing(name)) == (not item.covered)
    assert report.missing() == [m for name in report.categories for m in report.missing(name)]


def test_plans_are_reported_apart(report):
    assert report.coverage_in("plans")["leadership"] > 0 == report.coverage_in("closing")["leadership"]
    with pytest.raises(ValueError, match="there is no section 'dreams'"):
        report.coverage_in("dreams")


def test_plans_alone_cover_nothing():
    plans = "一、下一步工作安排\n加强行政执法人员培训，开展执法检查，公开政府信息一百条，调解纠纷三十件，举办普法讲座十场。"
    report = lawgov.score_text(plans)
    assert report.coverage == dict.fromkeys(report.coverage, 0.0) and report.overall == 0
    assert max(report.coverage_in("plans").values()) > 0


def test_required_sections():
    parts = {path.stem: lawgov.score(path).required_sections for path in REPORTS}
    assert all(p["achievements"] and p["problems"] and p["plans"] for p in parts.values())
    assert {name for name, p in parts.items() if p["first_responsible"]} == {"dayong-2022", "nanxiong-2022", "zhangqi-2020"}


def test_unknown_names_are_refused(report):
    with pytest.raises(lawgov.RubricError, match="no scored category 'other'"):
        report.missing("other")
    with pytest.raises(lawgov.RubricError, match="no indicator 'mediation'; it has proactive"):
        report.evidence("disclosure", "mediation")


def test_frames(report):
    table = report.table()
    assert list(table.index) == list(report.categories)
    assert list(table.columns) == ["coverage", "low", "high", "share", "sentences", "concrete", "missing"]
    frame = report.to_frame()
    assert len(frame) == len(report.sentences) == 100
    assert list(frame.columns) == ["text", "start", "end", "section", "headings", "category", "probability", "indicators"]


def test_to_dict_is_plain_and_complete(report):
    data = json.loads(json.dumps(report.to_dict(), ensure_ascii=False))
    assert data["coverage"] == report.coverage and data["model"] == {"name": "report-zh", "version": report.model_version}
    for score in data["categories"].values():
        for item in score["indicators"].values():
            assert all(data["sentences"][number]["section"] in ("achievements", "preamble") for number in item["evidence"])


def test_html_escapes_the_report(tmp_path):
    text = "一、主要举措\n我局查处<script>alert(1)</script>案件三件，印发《“普法”&方案》。"
    report = lawgov.score_text(text)
    page = report.to_html(tmp_path / "report.html", lang="zh")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page


def test_scoring_many_keeps_the_order():
    reports = list(lawgov.score_many(REPORTS, n_jobs=2))
    assert [r.source for r in reports] == [str(path) for path in REPORTS]
    assert reports[2].to_dict() == lawgov.score(REPORTS[2]).to_dict()


def test_the_five_reports_differ():
    assert len({tuple(r.coverage.values()) for r in lawgov.score_many(REPORTS)}) == 5


def test_a_report_scores_the_same_in_any_company(report):
    assert lawgov.score_text(REPORTS[4].read_text(encoding="utf-8")).coverage == report.coverage


def test_another_rubric_than_the_models_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'format = 1\nname = "mine"\nversion = "1"\n[[categories]]\nname = "a"\nindicators = [{name = "b"}]\n[[categories]]\nname = "rest"\nscored = false\n',
        encoding="utf-8",
    )
    with pytest.raises(lawgov.ModelError, match="was trained for the rubric 'rule-of-law', not for 'mine'"):
        lawgov.score(REPORTS[0], rubric=path)


def test_distribution_of_coverage():
    assert coverage_distribution([1, 0, 1]).tolist() == [0, 0, 1, 0]
    assert interval(coverage_distribution([0.5] * 4), 0.5) == (0.25, 0.75)
    certain = [coverage_distribution([1, 1, 0]), coverage_distribution([1, 0])]
    assert mean_interval(certain) == pytest.approx(((2 / 3 + 1 / 2) / 2,) * 2)


def test_shares_are_corrected_for_known_confusions():
    confusion = np.array([[900, 100], [0, 1000]])  # a tenth of the first is taken for the second
    true = np.repeat([0, 1], [500, 500])
    predicted = np.repeat([0, 1], [450, 550])
    (first, low, high), _ = adjusted_shares(predicted, confusion)
    assert abs(first - (true == 0).mean()) < 0.01 < abs((predicted == 0).mean() - (true == 0).mean())
    assert low < 0.5 < high
    assert adjusted_shares(np.array([], dtype=int), confusion) == [(0.0, 0.0, 0.0)] * 2


@pytest.mark.parametrize(
    "text, concrete",
    [
        ("今年共主动公开信息1079条", True),
        ("印发《大涌镇普法工作要点》", True),
        ("3月24日召开会议", True),
        ("处罚金额共179.8699万元", True),
        ("2022年以来，我镇高度重视法治建设", False),
        ("学习贯彻党的二十大精神，深入实施“八五”普法", False),
        ("依托“12345”热线服务群众", False),
        ("营造了良好的法治氛围", False),
    ],
)
def test_concrete(text, concrete):
    assert is_concrete(text) is concrete


def test_reports_scored_together_are_those_scored_one_by_one():
    together = [report.to_dict() for report in lawgov.score_many(REPORTS * 4)]
    alone = [lawgov.score(path).to_dict() for path in REPORTS]
    for found, wanted in zip(together, alone * 4):
        assert found == wanted


def test_a_report_that_cannot_be_read_stops_the_others_at_its_place(tmp_path):
    reports = lawgov.score_many([REPORTS[0], REPORTS[1].read_bytes(), tmp_path / "nothing.txt", REPORTS[2]])
    assert [next(reports).source, next(reports).source] == [str(REPORTS[0]), None]
    with pytest.raises(lawgov.InputError, match="there is no such file"):
        next(reports)
