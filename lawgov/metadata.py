"""What a report says about itself: title, agency, place and level, the year reported on, and the date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lawgov.layout import Layout
from lawgov.places import Area, leading_area, superiors

FIRST = 5  # paragraphs that may say where the report is from
LONGEST = 1000  # characters of such a paragraph, or of what a file says, that are looked at

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
_SOURCE = re.compile(r"(?:发布机构|发文机关|发布单位|公开主体|信息来源|文章来源|稿件来源|来\s*源)\s*[:：]\s*([^\s:：]{3,30})")
_SITE = re.compile(r"(?:人民政府|政府)?(?:政务|信息|公众|公开|门户|官方){0,3}(?:网站?|平台|公众号)$")
_UNIT = r"(省|市|州|县|区|旗|镇|乡|街道|街|办事处|局|厅|委|办)"
_OWN = re.compile(rf"(?:我|(?<![根基成])本){_UNIT}")
_WHOLE = re.compile(rf"(?<![安健齐完])全{_UNIT}(?![面部员体])")
_LEVEL_OF = dict.fromkeys("市州", "city") | dict.fromkeys("县区旗", "county") | dict.fromkeys("局厅委办", "department")
_LEVEL_OF |= {"省": "province"} | dict.fromkeys(("镇", "乡", "街", "街道", "办事处"), "township")
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发文日期|成文日期|公开日期|生成日期|时\s*间|日\s*期)\s*[:：]\s*([\d年月日./\-]{8,12})")
_YEAR = re.compile(r"(20\d\d)(?=\s*年|[)）])")
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "0": "0"}


@dataclass(frozen=True)
class Metadata:
    """``None`` where nothing says. ``level`` is `province`, `city`, `county`, `township` or `department`; ``place`` is the
    area as named, with its parents as far as they are named; that of a department is the area that it serves.
    """

    title: str | None
    agency: str | None
    year: int | None
    date: datetime.date | None
    level: str | None = None
    place: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class _Agency:
    """The name of an agency, its area, and whether it is one office of a government rather than the government."""

    name: str
    area: Area | None
    office: bool


def metadata(layout: Layout, about: Mapping[str, str] | None = None) -> Metadata:
    """Read where a report is from and when.

    Args:
        layout: the report's lines.
        about: what the file says of itself, any of `title`, `agency` and `date`; the text goes before it.
    """
    about = {key: value[:LONGEST] for key, value in (about or {}).items()}
    by_role: dict[str, list[str]] = {}
    for line in layout.lines:
        by_role.setdefault(line.role, []).append(layout.text[line.start : line.end])
    title = "".join(by_role.get("title", [])) or about.get("title") or None
    body = [paragraph[:LONGEST] for paragraph in by_role.get("body", [])[:FIRST]]
    signature = by_role.get("signature", []) + [a for a in map(_agency_before_date, by_role.get("date", [])) if a]
    sources = [*_all(_SOURCE, layout.about), *filter(None, [about.get("agency")])]
    date = _date(by_role.get("date", []), layout.about, about)
    titled = _in_title(title) if title else None
    agencies = [*filter(None, [titled]), *_agencies(signature, sources, body)]
    agency = _fullest(agencies)
    area = _placed(agency, agencies, [title or "", *layout.about, *sources, *body]) if agency else None
    return Metadata(
        title=title,
        agency=agency.name if agency else None,
        year=_year(title, body, date),
        date=date,
        level=_level(agency, body, titled=titled is not None),
        place=area.place if area else None,
        province=area.province if area else None,
    )


def _agencies(signature: Sequence[str], sources: Sequence[str], body: Sequence[str]) -> Iterator[_Agency]:
    """Who may have issued the report, most trusted first. The government that a website belongs to comes last, and
    not where the text speaks of something else as its own: 我镇 on the site of a city."""
    sites = [source for source in sources if _SITE.search(source)]
    yield from filter(None, map(_organisation, reversed(signature)))
    yield from filter(None, (_organisation(source) for source in sources if source not in sites))
    yield from filter(None, map(_in_preamble, body[:3]))
    for site in sites:
        area, rest = leading_area(_SITE.sub("", site))
        if area and not rest and area.names[-1].endswith(_own(body)):
            yield _Agency(area.place + "人民政府", area, office=False)


def _organisation(name: str) -> _Agency | None:
    """A name such as stands under a report, read; ``None`` if it is none. Of a party committee and a government, the latter."""
    name = _PERSON.sub("", _SEAL.sub("", name)).strip("，,、:：;；")
    last = _JOINT.split(name)[-1]
    name = last if leading_area(last)[0] else name
    area, rest = leading_area(_PARTY.sub("", _APPARATUS.sub("", name)))
    if not 2 <= len(name) <= 40 or not (_ORGANISATION.search(name) or area and not rest):
        return None
    return _Agency(name, area, office=not _GOVERNMENT.fullmatch(rest))


def _in_title(title: str) -> _Agency | None:
    """The agency that a title begins with, behind a motto, 关于 or the year."""
    for part in reversed(re.split("—+", re.sub(r"\s", "", title))):
        part = _YEAR_FIRST.sub("", part, count=1).removeprefix("关于").removeprefix("印发").lstrip("《")
        if agency := _leading_agency(part):
            return agency
    return None


def _in_preamble(paragraph: str) -> _Agency | None:
    """The agency that the text speaks of: 现将大涌镇2022年…, or 2022年，大涌镇坚持…"""
    match = _IN_PREAMBLE.search(paragraph)
    opening = _YEAR_FIRST.sub("", paragraph[:50], count=1).lstrip("，,")
    agency = match and _organisation(match[1]) or _leading_agency(opening)
    return agency if agency and agency.area else None


def _leading_agency(text: str) -> _Agency | None:
    """The agency that a title or a sentence begins with."""
    for end in _NAME_ENDS.finditer(text[:60], 1):
        if agency := _organisation(text[: end.start()]):
            return agency
        if not end["perhaps"]:
            break
    return None


def _fullest(agencies: Sequence[_Agency]) -> _Agency | None:
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


def _placed(agency: _Agency, agencies: Sequence[_Agency], texts: Sequence[str]) -> Area | None:
    """Its area, with the parents that are named elsewhere where its own name leaves open where it is."""
    areas = [a.area for a in agencies if a.area]
    area = agency.area or next((a for a in areas if a.names[-1].endswith(agency.name[0])), None)  # 县司法局
    if area is None or area.province:
        return area
    area = max([area, *(a for a in areas if a.names[-1] == area.names[-1])], key=lambda a: len(a.names))
    named = [above for text in texts for above in superiors(text) if above.province]
    if area.province or not named:
        return area
    if area.known:  # 鼓楼区, and the text names 南京市委
        known = tuple(d for d in area.known if any(above.known[0].name in (d.province, d.city) for above in named))
        return replace(area, known=known or area.known)
    if len({above.province for above in named}) > 1:
        return area
    inner = [above for above in named if above.level in ("city", "county")]
    innermost = next((above for above in inner if above.level == "county"), inner[0] if inner else None)
    parents = innermost.names if innermost and area.level == "township" else ()
    return Area((*parents, *area.names), area.level, (innermost or named[0]).known)


def _level(agency: _Agency | None, body: Sequence[str], titled: bool) -> str | None:
    """The level of the agency; where nobody is named, of whom the text speaks as its own: 我镇, 全县."""
    own = _own(body)
    if agency and agency.office:  # a bureau that publishes its government's report says 我市 and not 我局
        publishes = agency.area and not titled and own and agency.area.names[-1].endswith(own)
        return agency.area.level if publishes else "department"
    if agency and agency.area:
        return agency.area.level
    return _LEVEL_OF.get(own or next(iter(_all(_WHOLE, body)), ""))


def _own(body: Sequence[str]) -> str:
    """What the text first calls its own, such as 镇 for 我镇."""
    return next(iter(_all(_OWN, body)), "")


def _agency_before_date(line: str) -> str | None:
    """The agency of a line that has both, such as 岚柏县司法局 2023年1月9日."""
    match = re.match(r"([\u4e00-\u9fff]{2,40})(?:[(（]印章[)）])?[\s　]+[(（]?[\d二]", line)
    return match[1] if match else None


def _all(pattern: re.Pattern[str], lines: Sequence[str]) -> list[str]:
    return [match[1] for line in lines if (match := pattern.search(line))]


def _year(title: str | None, body: Sequence[str], date: datetime.date | None) -> int | None:
    """The year in the title, else the first year that the text names a year's work by, else that before signing."""
    if title and (match := _YEAR.search(_arabic_years(title))):
        return int(match[1])
    for text in map(_arabic_years, body[:3]):
        if match := re.search(r"(20\d\d)\s*年度?(?:.{0,12}(?:法治|依法)|[，,]|以来|度)", text):
            return int(match[1])
    return date.year - (date.month <= 6) if date else None


def _date(signed: Sequence[str], page: Sequence[str], about: Mapping[str, str]) -> datetime.date | None:
    """The date of signing, else that of publication on the page, else that the file gives."""
    written = [*signed, *_all(_PUBLISHED, page), about.get("date", "")]
    return next((date for date in map(parse_date, written) if date), None)


def _arabic_years(text: str) -> str:
    """Years such as 二〇二二年 in Arabic numerals."""
    return re.sub(r"二[〇○零Ｏ0][一二三四五六七八九〇○零]{2}(?=年)", lambda m: "".join(_CHINESE_DIGITS.get(c, c) for c in m[0]), text)


def parse_date(text: str) -> datetime.date | None:
    """A date such as 2023年1月31日, 2023-01-31 or 二〇二三年一月三十一日; ``None`` if it is none.

    >>> parse_date("二〇二三年十二月三十一日")
    datetime.date(2023, 12, 31)
    """
    match = re.search(r"([\d〇○零Ｏ一二三四五六七八九]{4})\D{1,2}?([\d元正一二三四五六七八九十]{1,3})\D{1,2}?([\d一二三四五六七八九十]{1,3})", text)
    if match is None:
        return None
    try:
        year = int("".join(_CHINESE_DIGITS.get(c, c) for c in match[1]))
        return datetime.date(year, _number(match[2]), _number(match[3]))
    except ValueError:
        return None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in "元正":
        return 1
    tens, ten, ones = text.rpartition("十")
    return (_digit(tens) or 1) * 10 + _digit(ones) if ten else _digit(ones)


def _digit(character: str) -> int:
    return int(_CHINESE_DIGITS.get(character, character)) if character else 0
