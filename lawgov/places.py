"""The administrative area that the name of an agency begins with: by the list of divisions, else by the form of the name.

市 may be a province, a prefecture or a county: the list decides. A name that is not on it is read by its form, a 市 as a
prefecture unless it stands under another 市. Development zones (开发区, 高新区, 新区) count as counties. Of the Xinjiang
corps 兵团 counts as a province, 师 as a city, 团 as a county: that is their rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

LEVELS = ("province", "city", "county", "township")
"""The levels of administration, outermost first."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|普米|鄂温克|裕固|保安|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:(?:{_PEOPLES})族?)+自治([州县旗])")  # on single names of the list only
_SHORT = {  # what the form of the name does not give
    "巴州": "巴音郭楞蒙古自治州",
    "博州": "博尔塔拉蒙古自治州",
    "克州": "克孜勒苏柯尔克孜自治州",
    "前郭县": "前郭尔罗斯蒙古族自治县",
    "杜蒙县": "杜尔伯特蒙古族自治县",
    "阜蒙县": "阜新蒙古族自治县",
    "喀左县": "喀喇沁左翼蒙古族自治县",
    "达茂旗": "达尔罕茂明安联合旗",
    "科左中旗": "科尔沁左翼中旗",
    "科左后旗": "科尔沁左翼后旗",
    "科右前旗": "科尔沁右翼前旗",
    "科右中旗": "科尔沁右翼中旗",
    "土左旗": "土默特左旗",
    "土右旗": "土默特右旗",
}
_STEM = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|地区|[省市州县区旗盟])$")
_ZONE = (  # what its name ends with
    "开发区|高新区|经开区|新区|新城|工业园区?|产业园区?|园区|示范区|试验区|实验区|管理区|风景区|名胜区|度假区|合作区|保税区|投资区|开放区|试点区"
)
_IS_ZONE = re.compile(rf"(?:{_ZONE})$")
# What ends a name, by what it stands under. 市 and the like end none where another such ending follows (柳市镇).
_FORMS = (
    ("province", re.compile(r"[\u4e00-\u9fff]{1,3}?省|[\u4e00-\u9fff]{2,8}?自治区")),
    ("city", re.compile(r"[\u4e00-\u9fff]{1,7}?(?:市(?![场镇]|乡(?![村镇])|街道)|(?<!本)地区|自治州)")),
    (
        "county",
        re.compile(rf"[\u4e00-\u9fff]{{0,16}}?(?:{_ZONE})|[\u4e00-\u9fff]{{1,12}}?(?:[县旗](?!镇)|市(?![场镇])|区(?![域镇划]))"),
    ),
    ("township", re.compile(r"[\u4e00-\u9fff]{1,10}?(?:镇(?![江乡])|乡(?![村镇])|街道|苏木)")),
)
_CORPS = (
    ("province", re.compile(r"新疆生产建设兵团|(?<![\u4e00-\u9fff])兵团(?=第)")),
    ("city", re.compile(r"第?[一二三四五六七八九十\d]{1,3}师")),
    ("county", re.compile(r"[一二三四五六七八九〇○\d]{1,4}团")),
)
# What only looks like a name: two endings (县区), common nouns, and what has a word of an office in it.
_NO_NAME = re.compile(
    r"[省市县区旗镇乡]{2}|(?:城|村|集)[市乡镇]|[本全][省市州县区旗镇乡]|[本全]街道|[社地辖园山牧灾景片校城]区|开发区|示范区|"
    r"[我各该].*|.*[局厅委的是了].*|.*(?:政府|住房|城乡|乡村|社会|执法|市场|服务|社区|辖区|校区|管理(?!区)).*"
)
_STARTS = re.compile(r"^|[^\u4e00-\u9fff](?=.)|(?:中共|贯彻|落实|按照|根据|关于|[在由向经受对])(?=[\u4e00-\u9fff])")
_SUPERIORS = re.compile(r"委|人民政府|政府|人大|司法局|法治")


class Division(NamedTuple):
    """A division on the list. ``city`` is ``None`` for a prefecture, and for a county without one."""

    name: str
    level: str
    province: str
    city: str | None = None


@dataclass(frozen=True)
class Area:
    """Where an agency is: ``names`` as written, outermost first; ``known`` are the divisions that the innermost name on the list may mean."""

    names: tuple[str, ...]
    level: str
    known: tuple[Division, ...] = ()

    @property
    def place(self) -> str:
        """The names as one, such as 广州市番禺区石碁镇."""
        return "".join(self.names)

    @property
    def province(self) -> str | None:
        """The province, where the names leave no doubt."""
        provinces = {division.province for division in self.known}
        return provinces.pop() if len(provinces) == 1 else None


@cache
def divisions() -> Mapping[str, tuple[Division, ...]]:
    """The list by name and by short name of autonomous areas (恩施州); names that are in use stand before abolished ones.

    >>> [division.city for division in divisions()["鼓楼区"]]
    ['南京市', '徐州市', '福州市', '开封市']
    """
    found: dict[str, list[Division]] = {}
    former: list[Division] = []
    for division, abolished in _read():
        if abolished:
            former.append(division)
        else:
            found.setdefault(division.name, []).append(division)
    for division in former:
        found.setdefault(division.name, []).append(division)
    for name in [name for name in found if "自治" in name]:
        short = _AUTONOMOUS.fullmatch(name)
        if short:
            found.setdefault(short[1] + short[2], []).extend(found[name])
    found |= {short: found[name] for short, name in _SHORT.items()}
    return {name: tuple(those) for name, those in found.items()}


def _read() -> Iterator[tuple[Division, bool]]:
    """The divisions of the list, and whether each is abolished."""
    province = ""
    for line in resources.files("lawgov").joinpath("divisions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith(" "):
            province = line
            yield Division(province, "province", province), False
            continue
        present, _, abolished = line.partition("/")
        city, _, counties = present.partition(":")
        city = city.strip()
        if city:
            yield Division(city, "city", province), False
        below = "county" if ":" in present else "city"
        for names, gone in ((counties, False), (abolished, True)):
            for name in names.split():
                yield Division(name, below, province, city or None), gone


@cache
def _stems() -> Mapping[str, tuple[Division, ...]]:
    """Provinces and prefectures without the word for what they are: 浙江, 广州."""
    found: dict[str, list[Division]] = {}
    for name, those in divisions().items():
        stem = _STEM.sub("", name)
        if those[0].level in ("province", "city") and 2 <= len(stem) < len(name):
            found.setdefault(stem, []).extend(those)
    return {stem: tuple(those) for stem, those in found.items()}


def leading_area(text: str, *, listed: bool = False) -> tuple[Area | None, str]:
    """The area that `text` begins with, and the rest; with `listed` only names of the list count.

    >>> area, rest = leading_area("广州市番禺区石碁镇人民政府")
    >>> area.names, area.level, area.province, rest
    (('广州市', '番禺区', '石碁镇'), 'township', '广东省', '人民政府')
    """
    names: list[str] = []
    known: tuple[Division, ...] = ()
    level, at = None, 0
    while True:
        step = _on_list(text, at, known, level) or (None if listed else _by_form(text, at, level))
        if step is None:
            break
        name, below, those = step
        level = "city" if names and names[-1].endswith("师") and name.endswith("市") else below  # 第八师石河子市
        known = those or known
        names.append(name)
        at += len(name)
    return (Area(tuple(names), level, known) if level else None), text[at:]


_Step = tuple[str, str, tuple[Division, ...]]  # a name, its level, and what it may mean on the list


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every name, so that most places in a text can be passed over."""
    return frozenset(name[:2] for name in (*divisions(), *_stems()))


def _on_list(text: str, at: int, above: tuple[Division, ...], level: str | None) -> _Step | None:
    """The longest name of the list that stands at a place and can stand under what was read before."""
    if text[at : at + 2] not in _beginnings():
        return None
    for length in range(min(15, len(text) - at), 1, -1):
        name = text[at : at + length]
        if those := _under(divisions().get(name, ()), above, level):
            return name, those[0].level, those
    for length in range(min(6, len(text) - at), 1, -1):  # 浙江慈溪市, 广州番禺区
        name = text[at : at + length]
        those = _under(_stems().get(name, ()), above, level)
        if those and _on_list(text, at + length, those, those[0].level):
            return name, those[0].level, those
    return None


def _under(those: tuple[Division, ...], above: tuple[Division, ...], level: str | None) -> tuple[Division, ...]:
    """Those divisions that lie in what stands before: none in an invented place, all where nothing stands before."""
    if level is None:
        return those
    lower = (division for division in those if LEVELS.index(division.level) > LEVELS.index(level))
    return tuple(d for d in lower if any(d.province == a.province and a.name in (d.province, d.city) for a in above))


def _by_form(text: str, at: int, level: str | None) -> _Step | None:
    """The shortest beginning that has the form of a name below the level read before."""
    first = LEVELS.index(level) + 1 if level else 0
    for its_level, form in _CORPS:
        if LEVELS.index(its_level) >= first and (match := form.match(text, at)):
            return match[0], its_level, divisions()["新疆维吾尔自治区"]
    matches = ((form.match(text, at), its_level) for its_level, form in _FORMS[first:])
    found = [(match[0], its_level) for match, its_level in matches if match and not _NO_NAME.fullmatch(match[0])]
    if not found:
        return None
    name, its_level = min(found, key=lambda those: len(those[0]))
    where = next((name[:n] for n in range(5, 1, -1) if name[:n] in _stems()), "") if _IS_ZONE.search(name) and not level else ""
    return name, its_level, _stems().get(where, ())  # 苏州工业园区 lies in 苏州


def superiors(text: str) -> list[Area]:
    """Areas of the list whose authorities or documents a text names, such as 慈溪 in 《中共慈溪市委关于…》.

    >>> [area.place for area in superiors("在市委领导下，落实《中共慈溪市委关于法治建设的意见》")]
    ['慈溪市']
    """
    found, end = [], 0
    for start in _STARTS.finditer(text):
        if (at := start.end()) < end:
            continue
        area, rest = leading_area(text[at : at + 30], listed=True)
        if area and len(area.place) > 2 and (start[0].endswith("《") or _SUPERIORS.match(rest)):  # 2: 和县 in 乡镇和县政府
            found.append(area)
            end = at + len(area.place)
    return found
