"""Where an agency is: the list of divisions, the form of names, and what the text names above it."""

import subprocess
import sys
import time

import pytest

from lawgov.places import Division, divisions, leading_area, superiors


def test_the_list_is_complete():
    named = [division for those in divisions().values() for division in those]
    assert len({division for division in named if division.level == "province"}) == 34
    assert len({division for division in named if division.level == "city"}) == 333 + 13  # abolished since 2010
    assert len({division for division in named if division.level == "county"}) > 2840
    assert {division.province for division in named} <= divisions().keys()


@pytest.mark.parametrize(
    "name, city, province",
    [
        ("番禺区", "广州市", "广东省"),
        ("济源市", None, "河南省"),
        ("浦东新区", None, "上海市"),
        ("石河子市", None, "新疆维吾尔自治区"),
        ("喀喇沁旗", "赤峰市", "内蒙古自治区"),
        ("石柱县", None, "重庆市"),  # short
        ("喀左县", "朝阳市", "辽宁省"),
        ("蓟县", None, "天津市"),  # abolished
        ("莱城区", "济南市", "山东省"),
    ],
)
def test_counties_of_the_list(name, city, province):
    assert [(d.level, d.city, d.province) for d in divisions()[name]] == [("county", city, province)]


def test_names_in_use_stand_before_abolished_ones():
    assert divisions()["巢湖市"] == (Division("巢湖市", "county", "安徽省", "合肥市"), Division("巢湖市", "city", "安徽省"))


@pytest.mark.parametrize(
    "name, names, level, province, rest",
    [
        # 市 by the list
        ("重庆市人民政府", "重庆市", "province", "重庆市", "人民政府"),
        ("吉林市人民政府", "吉林市", "city", "吉林省", "人民政府"),
        ("南雄市司法局", "南雄市", "county", "广东省", "司法局"),
        # chains and short forms
        ("湖北省荆州市沙市区观音垱镇政府", "湖北省 荆州市 沙市区 观音垱镇", "township", "湖北省", "政府"),
        ("恩施州利川市司法局", "恩施州 利川市", "county", "湖北省", "司法局"),
        ("浙江慈溪市", "浙江 慈溪市", "county", "浙江省", ""),
        ("南京市鼓楼区", "南京市 鼓楼区", "county", "江苏省", ""),
        ("鼓楼区", "鼓楼区", "county", None, ""),
        ("东莞市长安镇", "东莞市 长安镇", "township", "广东省", ""),
        # by form
        ("霁陵省人民政府", "霁陵省", "province", None, "人民政府"),
        ("邙城市城市管理局", "邙城市", "city", None, "城市管理局"),
        ("琅垣市市场监督管理局", "琅垣市", "city", None, "市场监督管理局"),
        ("澹浦市翀泽市民政局", "澹浦市 翀泽市", "county", None, "民政局"),
        ("岚津市番禺区", "岚津市 番禺区", "county", None, ""),  # nothing of the list lies in an invented city
        ("岑坪县住房和城乡建设局", "岑坪县", "county", None, "住房和城乡建设局"),
        ("岑坪县乡村振兴局", "岑坪县", "county", None, "乡村振兴局"),
        ("泊垣旗岚塔苏木", "泊垣旗 岚塔苏木", "township", None, ""),
        ("郯和镇人民政府", "郯和镇", "township", None, "人民政府"),
        ("柳市镇人民政府", "柳市镇", "township", None, "人民政府"),
        ("沅屿街道办事处", "沅屿街道", "township", None, "办事处"),
        # zones and the corps
        ("岚津市高新技术产业开发区管委会", "岚津市 高新技术产业开发区", "county", None, "管委会"),
        ("苏州工业园区管委会", "苏州工业园区", "county", "江苏省", "管委会"),
        ("新疆生产建设兵团第八师石河子市司法局", "新疆生产建设兵团 第八师 石河子市", "city", "新疆维吾尔自治区", "司法局"),
        ("第八师一四三团", "第八师 一四三团", "county", "新疆维吾尔自治区", ""),
    ],
)
def test_areas(name, names, level, province, rest):
    area, after = leading_area(name)
    assert (area.names, area.level, area.province, after) == (tuple(names.split()), level, province, rest)
    assert area.place + after == name


@pytest.mark.parametrize("text", ["", "司法局", "县司法局", "市住房和城乡建设局", "全县上下", "我市", "城乡", "县区", "社区矫正局", "2022年", "市场监督管理局"])
def test_what_only_looks_like_a_name(text):
    assert leading_area(text) == (None, text)


@pytest.mark.parametrize(
    "text, places",
    [
        ("落实《中共慈溪市委关于法治建设的意见》", ["慈溪市"]),
        ("按照《广东省依法行政办法（草案）》要求", ["广东省"]),
        ("在广州市番禺区人民政府领导下", ["广州市番禺区"]),
        ("各乡镇和县政府部门", []),  # 和县 is a county
        ("前往南京市学习", []),
    ],
)
def test_superiors(text, places):
    assert [area.place for area in superiors(text)] == places


def test_long_names_and_texts_take_no_time():
    started = time.perf_counter()
    for text in ("市" * 50_000, "岚" * 50_000, "政务" * 25_000, "开发" * 25_000 + "区"):
        leading_area(text)
    superiors("在中共，" * 25_000)
    assert time.perf_counter() - started < 2


def test_the_list_waits_until_it_is_needed():
    code = "import lawgov.places as p; read = lambda: p.divisions.cache_info().currsize; print(read()); p.divisions(); print(read())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["0", "1"]
