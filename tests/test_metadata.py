"""What a report says about itself, over its variants: titles, signatures, web pages, and what the files themselves say."""

import datetime
import re

import pytest
from conftest import ROOT

from lawgov.dates import parse_date
from lawgov.layout import lay_out
from lawgov.metadata import Metadata, metadata

BODY = "全面推进依法行政，法治政府建设取得新的进展，各项任务按期完成。\n一、主要工作\n修订行政规范性文件制定程序，开展合法性审核。\n"


def read(text, **about):
    return metadata(lay_out(text), about)


def where(found: Metadata):
    return found.agency, found.level, found.place, found.province


@pytest.mark.parametrize(
    "title, agency, level, place",
    [
        ("岚柏县人民政府关于2022年度法治政府建设情况的报告", "岚柏县人民政府", "county", "岚柏县"),
        ("关于岚柏县2022年法治政府建设工作情况的报告", "岚柏县", "county", "岚柏县"),
        ("2022年度岚柏县法治政府建设情况报告", "岚柏县", "county", "岚柏县"),
        ("岚柏县法治政府建设年度报告（2022）", "岚柏县", "county", "岚柏县"),
        ("岚柏县深入推进2022年度法治政府建设情况报告", "岚柏县", "county", "岚柏县"),
        ("岚柏县人民政府办公室关于印发《岚柏县2022年法治政府建设情况报告》的通报", "岚柏县人民政府办公室", "county", "岚柏县"),
        ("中共岚柏县委员会 岚柏县人民政府关于2022年法治政府建设情况的报告", "岚柏县人民政府", "county", "岚柏县"),
        ("岚柏县委、县政府2022年法治政府建设情况报告", "岚柏县委、县政府", "county", "岚柏县"),
        ("牧野长风 守边有法——岚岭镇人民政府2022年度法治政府建设报告", "岚岭镇人民政府", "township", "岚岭镇"),
        ("沅屿街道办事处2022年法治政府建设情况报告", "沅屿街道办事处", "township", "沅屿街道"),
        ("岚津区人民政府沅屿街道办事处2022年法治政府建设情况报告", "岚津区人民政府沅屿街道办事处", "township", "岚津区沅屿街道"),
        ("锡林郭勒盟行政公署2022年法治政府建设报告", "锡林郭勒盟行政公署", "city", "锡林郭勒盟"),
        ("岚津经济技术开发区管理委员会2022年法治政府建设报告", "岚津经济技术开发区管理委员会", "county", "岚津经济技术开发区"),
        ("岚柏县司法局2022年法治政府建设报告", "岚柏县司法局", "department", "岚柏县"),
        ("岚柏县综合行政执法局2022年法治政府建设报告", "岚柏县综合行政执法局", "department", "岚柏县"),
        ("岚柏县发展和改革委员会2022年法治政府建设报告", "岚柏县发展和改革委员会", "department", "岚柏县"),
        ("岚柏县委全面依法治县委员会办公室2022年法治政府建设报告", "岚柏县委全面依法治县委员会办公室", "department", "岚柏县"),
        ("国家税务总局岚柏县税务局2022年法治政府建设报告", "国家税务总局岚柏县税务局", "department", "岚柏县"),
        ("岚柏县水务局主要负责人2022年度述法报告", "岚柏县水务局", "department", "岚柏县"),
        ("岚岭镇司法所2022年工作总结", "岚岭镇司法所", "department", "岚岭镇"),
    ],
)
def test_titles(title, agency, level, place):
    found = read(f"{title}\n{BODY}")
    assert (found.agency, found.level, found.place, found.year) == (agency, level, place, 2022)


def test_a_title_over_two_lines():
    found = read(f"岚柏县人民政府\n关于2022年度法治政府建设情况的报告\n{BODY}")
    assert (found.title, found.agency) == ("岚柏县人民政府关于2022年度法治政府建设情况的报告", "岚柏县人民政府")


@pytest.mark.parametrize(
    "title, signature, agency",
    [
        ("岚柏县2022年法治政府建设情况报告", "岚柏县人民政府", "岚柏县人民政府"),
        ("岚柏县2022年法治政府建设情况报告", "岚柏县司法局", "岚柏县"),  # who published it did not issue it
        ("岚柏县市场监管局2022年法治政府建设情况报告", "岚柏县市场监督管理局", "岚柏县市场监督管理局"),
        ("2022年度法治政府建设情况报告", "岚柏县人民政府（印章）", "岚柏县人民政府"),
    ],
)
def test_title_and_signature(title, signature, agency):
    assert read(f"{title}\n{BODY}{signature}\n2023年1月31日\n").agency == agency


def test_a_bureau_that_publishes_the_report_of_its_government():
    found = read(f"2022年，我市坚持依法行政，各项任务按期完成。\n{BODY}南雄市政务服务和数据管理局\n2023年1月31日\n")
    assert where(found) == ("南雄市政务服务和数据管理局", "county", "南雄市", "广东省")
    found = read(f"2022年，我局坚持依法行政，推动全市任务按期完成。\n{BODY}南雄市司法局\n2023年1月31日\n")
    assert where(found) == ("南雄市司法局", "department", "南雄市", "广东省")


@pytest.mark.parametrize(
    "sentence, level",
    [
        ("现将我局一年来的工作报告如下，请予审议。", "department"),
        ("我镇坚持依法办事，群众满意度逐步提高。", "township"),
        ("我街道坚持依法办事，群众满意度逐步提高。", "township"),
        ("一年来，全县依法行政水平逐步提高。", "county"),
        ("一年来，全省依法行政水平逐步提高。", "province"),
        ("一年来，安全局面稳定，根本市场秩序好转。", None),
    ],
)
def test_of_whom_the_text_speaks_when_nobody_is_named(sentence, level):
    assert where(read(f"2022年度法治政府建设情况报告\n{sentence}\n{BODY}")) == (None, level, None, None)


def test_parents_that_only_the_text_names():
    found = read(f"2022年，掌起镇坚持依法办事，落实《中共慈溪市委关于法治建设的意见》。\n{BODY}掌起镇人民政府\n2023年2月1日\n")
    assert where(found) == ("掌起镇人民政府", "township", "慈溪市掌起镇", "浙江省")
    found = read(f"鼓楼区2022年法治政府建设情况报告\n在南京市委领导下，法治政府建设取得新的进展。\n{BODY}")
    assert (found.place, found.province) == ("鼓楼区", "江苏省")
    found = read(f"石碁镇2022年法治政府建设情况报告\n来源：广州市番禺区石碁镇人民政府 发布时间：2022-12-06\n{BODY}")
    assert where(found) == ("广州市番禺区石碁镇人民政府", "township", "广州市番禺区石碁镇", "广东省")


def test_the_text_goes_before_what_the_file_says():
    about = {"title": "别的标题", "agency": "岚津市司法局", "date": "2023-03-01 09:00"}
    found = read(f"岚柏县人民政府2022年度法治政府建设报告\n{BODY}岚柏县人民政府\n2023年1月31日\n", **about)
    assert (found.title, found.agency, found.date) == ("岚柏县人民政府2022年度法治政府建设报告", "岚柏县人民政府", datetime.date(2023, 1, 31))
    found = read(BODY, title="岚柏县水务局2022年度法治政府建设报告", agency="岚津市司法局", date="2023-03-01 09:00")
    assert (found.title, found.year, found.date) == ("岚柏县水务局2022年度法治政府建设报告", 2022, datetime.date(2023, 3, 1))
    assert where(found) == ("岚柏县水务局", "department", "岚柏县", None)


def test_a_website_counts_only_if_nothing_else_does():
    site = {"agency": "南雄市人民政府门户网站"}
    title = "2022年度法治政府建设情况报告\n"
    assert where(read(title + BODY, **site)) == ("南雄市人民政府", "county", "南雄市", "广东省")
    assert where(read(f"{title}{BODY}岚岭镇人民政府\n", **site))[:2] == ("岚岭镇人民政府", "township")
    assert where(read(f"{title}我镇坚持依法办事，群众满意度逐步提高。\n{BODY}", **site))[:3] == (None, "township", None)
    assert read(f"{title}{BODY}县司法局\n", agency="岚柏县政府网").place == "岚柏县"


@pytest.mark.parametrize(
    "text, date",
    [
        ("2023年1月31日", (2023, 1, 31)),
        ("2018年元月9日", (2018, 1, 9)),
        ("二〇二三年十二月三十一日", (2023, 12, 31)),
        ("二零二四年一月十八日", (2024, 1, 18)),
        ("2023-01-05 11:23:27", (2023, 1, 5)),
        ("2025.1.13", (2025, 1, 13)),
    ],
)
def test_dates(text, date):
    assert parse_date(text) == datetime.date(*date)


@pytest.mark.parametrize("text", ["", "2023年1月", "2023年13月40日", "一月三十一日"])
def test_what_is_no_date(text):
    assert parse_date(text) is None


def test_the_year_before_signing_if_no_year_is_written():
    assert read(f"法治政府建设情况报告\n{BODY}岚柏县人民政府\n2023年1月31日\n").year == 2022
    assert read(f"法治政府建设情况报告\n{BODY}岚柏县人民政府\n2022年12月20日\n").year == 2022


@pytest.fixture(scope="module")
def authored():
    """Of each written report what its header says of it, and what was read; all places are invented."""
    found = []
    for path in sorted((ROOT / "seeds" / "authored").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        header = dict(re.findall(r"(level|issuer|year): ([^;]+)", lines[1]))
        found.append((path.name.split("-")[1], header, metadata(lay_out("\n".join(lines[2:])))))
    return found


def test_levels_places_and_years_of_the_written_reports(authored):
    same = {"district": "county", "street": "township"}
    level = place = year = 0
    for name, header, found in authored:
        bureau = re.search(r"bureau|局", header["issuer"])
        level += found.level == ("department" if bureau else same.get(header["level"], header["level"]))
        place += bool(re.fullmatch(rf"{name}(?:[省市县区旗镇乡]|街道)", found.place or ""))
        year += found.year == int(header["year"])
    assert (len(authored), level >= 162, place >= 166, year) == (167, True, True, 167)  # five are counties called 市


def test_invented_places_lie_in_no_province(authored):
    assert {found.province for _, _, found in authored} == {None}
