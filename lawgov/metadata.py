"""What a page says about itself: title, agency, the year reported on, and the date of signing or publication."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov.layout import Layout

_UNIT = r"(?:人民政府|政府|委员会|办事处|管委会|管理局|办公室|[局厅委镇乡县区市])"
_AGENCY_IN_TITLE = re.compile(rf"(.{{2,40}}?{_UNIT})(?:办公室)?(?=关于|20\d\d|二[〇○零]|法治|依法行政|年度)")
_AGENCY_IN_PREAMBLE = re.compile(r"现将(?!我)([^,，。；]{2,20}?)(?=20\d\d年)")
_SOURCE = re.compile(r"(?:发布机构|发文机关|发布单位|公开主体|信息来源|来\s*源)\s*[:：]\s*([^\s:：]{3,30})")
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发文日期|成文日期|公开日期|生成日期|时\s*间|日\s*期)\s*[:：]\s*([\d年月日./\-]{8,12})")
_YEAR = re.compile(r"(20\d\d)\s*年度?")
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0"}


@dataclass(frozen=True)
class Metadata:
    """``None`` where the text does not say."""

    title: str | None
    agency: str | None
    year: int | None
    date: datetime.date | None


def metadata(layout: Layout) -> Metadata:
    """Read what the page says about itself."""
    by_role: dict[str, list[str]] = {}
    for line in layout.lines:
        by_role.setdefault(line.role, []).append(layout.text[line.start : line.end])
    title = "".join(by_role.get("title", [])) or None
    body = by_role.get("body", [])
    signature = by_role.get("signature", []) + [a for a in map(_agency_before_date, by_role.get("date", [])) if a]
    date = next((d for d in map(parse_date, by_role.get("date", [])) if d), None)
    published = _search(_PUBLISHED, layout.about)
    date = date or (parse_date(published) if published else None)
    return Metadata(title, _agency(title, signature, layout.about, body), _year(title, body, date), date)


def _agency_before_date(line: str) -> str | None:
    """The agency of a line that has both, such as 岚柏县司法局 2023年1月9日."""
    match = re.match(r"([\u4e00-\u9fff]{2,40})(?:[(（]印章[)）])?[\s　]+[(（]?[\d二]", line)
    return match[1] if match else None


def _search(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    return next((match[1] for line in lines if (match := pattern.search(line))), None)


def _agency(title: str | None, signature: list[str], about: Sequence[str], body: list[str]) -> str | None:
    in_title = _AGENCY_IN_TITLE.match(title.removeprefix("关于")) if title else None
    if in_title:
        return in_title[1]
    if signature:
        return signature[-1]
    return _search(_SOURCE, about) or _search(_AGENCY_IN_PREAMBLE, body[:3])


def _year(title: str | None, body: list[str], date: datetime.date | None) -> int | None:
    """The year in the title, else the first year that the text names a year's work by, else that before signing."""
    for text in map(_arabic_years, (title or "", *body[:3])):
        match = re.search(r"(20\d\d)\s*年度?(?:.{0,12}(?:法治|依法)|[，,]|以来|度)", text) or (_YEAR.search(text) if title and text == _arabic_years(title) else None)
        if match:
            return int(match[1])
    return date.year - (date.month <= 6) if date else None


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
    digit = lambda c: int(_CHINESE_DIGITS.get(c, c)) if c else 0  # noqa: E731
    return (digit(tens) or 1) * 10 + digit(ones) if ten else digit(ones)
