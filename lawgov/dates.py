"""Dates and years as official texts write them, in Arabic and in Chinese numerals."""

from __future__ import annotations

import datetime
import re

_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "0": "0"}


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


def arabic_years(text: str) -> str:
    """Years such as 二〇二二年 in Arabic numerals."""
    return re.sub(r"二[〇○零Ｏ0][一二三四五六七八九〇○零]{2}(?=年)", lambda m: "".join(_CHINESE_DIGITS.get(c, c) for c in m[0]), text)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in "元正":
        return 1
    tens, ten, ones = text.rpartition("十")
    return (_digit(tens) or 1) * 10 + _digit(ones) if ten else _digit(ones)


def _digit(character: str) -> int:
    return int(_CHINESE_DIGITS.get(character, character)) if character else 0
