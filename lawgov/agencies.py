"""The agencies that issue reports, by the names that titles, signatures and preambles give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov.places import Area, leading_area

_YEAR_FIRST = re.compile(r"^(?:关于)?(?:20\d\d|二[〇○零Ｏ0][一二三四五六七八九〇○零]{2})年?(?:度|上半年|下半年)?")
# Where the name of an agency ends in a title: for good, or perhaps (综合行政执法局).
_NAME_ENDS = re.compile(
    r"关于|(?<!依)法治(?!办)|依法行政|年度|20\d\d|二[〇○零Ｏ0]..年|政府信息公开|[(（《]|"
    r"(?P<perhaps>推进|贯彻|落实|党?政?主要负责|述[职法]|政务公开|依法治理|行政[执复应]|普法|工作|(?:党[委工]+|镇委|乡委)?书记|[局厅县市区镇乡]长|"
    r"坚持|始终|在|深入|认真|全面(?!依法治)|严格|紧紧|围绕|以|按照|高度|切实|积极|扎实|持续|牢固|不断|着力|党委|高举|上下)"
)
_IN_PREAMBLE = re.compile(r"现将(?!我|本)([^,，。；]{2,20}?)(?=20\d\d年|法治|依法行政)")
_PERSON = re.compile(r"(?:党组?[委工]*书记|[局厅县市区镇乡州]长|主任|主要负责人|负责人)$")
_SEAL = re.compile(r"[(（【\[](?:印章|公章|盖章|章|代章|此件.{0,8})[)）】\]]|\s")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
# What stands in a name beside its area: 国家税务总局岚柏县税务局, 岚津区人民政府沅屿街道办事处.
_APPARATUS = re.compile(r"^国家(?:税务总局|统计局)|^中华人民共和国(?=.{2,8}海关)|人民政府(?=.{1,10}(?:街道|地区)办事处)")
_JOINT = re.compile(r"(?:委员会|[省市州县区旗镇乡工]委(?!员会))(?=.{2,30}(?:政府|办事处|管委会)(?:办公[室厅])?$)")
_GOVERNMENT = re.compile(
    r"(?:[省市州县区旗镇乡]?委(?:员会)?、?|党委、?)?"
    r"(?:[省市州县区旗镇乡]?(?:人民)?政府|管理委员会|管委会|(?:街道)?办事处|街道办|行政公署|行署|行政委员会|(?:党?工委|工作委员会))?(?:办公[室厅])?"
)
_ORGANISATION = re.compile(r"(?:政府|委员会|办事处|管委会|委|局|厅|办公[室厅]|办|所|院|署|海关|支队|总队|大队|中心|集团|公司|银行|会)$")


@dataclass(frozen=True)
class Agency:
    """The name of an agency, its area, and whether it is one office of a government rather than the government."""

    name: str
    area: Area | None
    office: bool


def organisation(name: str) -> Agency | None:
    """A name such as stands under a report, read; ``None`` if it is none. Of a party committee and a government, the latter."""
    name = _PERSON.sub("", _SEAL.sub("", name)).strip("，,、:：;；")
    last = _JOINT.split(name)[-1]
    name = last if leading_area(last)[0] else name
    area, rest = leading_area(_PARTY.sub("", _APPARATUS.sub("", name)))
    if not 2 <= len(name) <= 40 or not (_ORGANISATION.search(name) or area and not rest):
        return None
    return Agency(name, area, office=not _GOVERNMENT.fullmatch(rest))


def in_title(title: str) -> Agency | None:
    """The agency that a title begins with, behind a motto, 关于 or the year."""
    for part in reversed(re.split("—+", re.sub(r"\s", "", title))):
        part = _YEAR_FIRST.sub("", part, count=1).removeprefix("关于").removeprefix("印发").lstrip("《")
        if agency := _leading_agency(part):
            return agency
    return None


def in_preamble(paragraph: str) -> Agency | None:
    """The agency that the text speaks of: 现将大涌镇2022年…, or 2022年，大涌镇坚持…"""
    match = _IN_PREAMBLE.search(paragraph)
    opening = _YEAR_FIRST.sub("", paragraph[:50], count=1).lstrip("，,")
    agency = match and organisation(match[1]) or _leading_agency(opening)
    return agency if agency and agency.area else None


def _leading_agency(text: str) -> Agency | None:
    """The agency that a title or a sentence begins with."""
    for end in _NAME_ENDS.finditer(text[:60], 1):
        if agency := organisation(text[: end.start()]):
            return agency
        if not end["perhaps"]:
            break
    return None


def fullest(agencies: Sequence[Agency]) -> Agency | None:
    """The most trusted one, by its full name where another gives it: 岚柏县 in a title is 岚柏县人民政府 below."""
    if not agencies:
        return None
    first = agencies[0]
    longer = (a for a in agencies[1:] if a.office == first.office and _shortens(first.name, a.name))
    return next(longer, first)


def _shortens(short: str, name: str) -> bool:
    """Whether one name has the characters of another in their order, and lacks some: 市场监管局, 市场监督管理局."""
    characters = iter(name)
    return len(short) < len(name) and all(c in characters for c in short)
