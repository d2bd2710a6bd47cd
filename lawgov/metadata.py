"""What a report says about itself: title, agency, place and level, the year reported on, and the date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lawgov.agencies import Agency, fullest, in_preamble, in_title, organisation
from lawgov.dates import arabic_years, parse_date
from lawgov.layout import Layout
from lawgov.places import Area, leading_area, superiors

FIRST = 5  # paragraphs that may say where the report is from
LONGEST = 1000  # characters of such a paragraph, or of what a file says, that are looked at

_SOURCE = re.compile(r"(?:发布机构|发文机关|发布单位|公开主体|信息来源|文章来源|稿件来源|来\s*源)\s*[:：]\s*([^\s:：]{3,30})")
_SITE = re.compile(r"(?:人民政府|政府)?(?:政务|信息|公众|公开|门户|官方){0,3}(?:网站?|平台|公众号)$")
_UNIT = r"(省|市|州|县|区|旗|镇|乡|街道|街|办事处|局|厅|委|办)"
_OWN = re.compile(rf"(?:我|(?<![根基成])本){_UNIT}")
_WHOLE = re.compile(rf"(?<![安健齐完])全{_UNIT}(?![面部员体])")
_LEVEL_OF = dict.fromkeys("市州", "city") | dict.fromkeys("县区旗", "county") | dict.fromkeys("局厅委办", "department")
_LEVEL_OF |= {"省": "province"} | dict.fromkeys(("镇", "乡", "街", "街道", "办事处"), "township")
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发文日期|成文日期|公开日期|生成日期|时\s*间|日\s*期)\s*[:：]\s*([\d年月日./\-]{8,12})")
_YEAR = re.compile(r"(20\d\d)(?=\s*年|[)）])")


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
    titled = in_title(title) if title else None
    agencies = [*filter(None, [titled]), *_agencies(signature, sources, body)]
    agency = fullest(agencies)
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


def _agencies(signature: Sequence[str], sources: Sequence[str], body: Sequence[str]) -> Iterator[Agency]:
    """Who may have issued the report, most trusted first. The government that a website belongs to comes last, and
    not where the text speaks of something else as its own: 我镇 on the site of a city."""
    sites = [source for source in sources if _SITE.search(source)]
    yield from filter(None, map(organisation, reversed(signature)))
    yield from filter(None, (organisation(source) for source in sources if source not in sites))
    yield from filter(None, map(in_preamble, body[:3]))
    for site in sites:
        area, rest = leading_area(_SITE.sub("", site))
        if area and not rest and area.names[-1].endswith(_own(body)):
            yield Agency(area.place + "人民政府", area, office=False)


def _placed(agency: Agency, agencies: Sequence[Agency], texts: Sequence[str]) -> Area | None:
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


def _level(agency: Agency | None, body: Sequence[str], titled: bool) -> str | None:
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
    if title and (match := _YEAR.search(arabic_years(title))):
        return int(match[1])
    for text in map(arabic_years, body[:3]):
        if match := re.search(r"(20\d\d)\s*年度?(?:.{0,12}(?:法治|依法)|[，,]|以来|度)", text):
            return int(match[1])
    return date.year - (date.month <= 6) if date else None


def _date(signed: Sequence[str], page: Sequence[str], about: Mapping[str, str]) -> datetime.date | None:
    """The date of signing, else that of publication on the page, else that the file gives."""
    written = [*signed, *_all(_PUBLISHED, page), about.get("date", "")]
    return next((date for date in map(parse_date, written) if date), None)


