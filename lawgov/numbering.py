"""How Chinese official documents number their headings, outermost first (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）)."""

from __future__ import annotations

import re
from typing import NamedTuple

_CHINESE = "一二三四五六七八九十百"

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第[{_CHINESE}\d]{{1,4}}(?:编|篇|部分|章)(?=[\s　、,，:：]|[^\s条款节]{{0,30}}$)[\s　、]*")),
    ("section", re.compile(rf"第[{_CHINESE}\d]{{1,4}}节[\s　、]*")),
    ("chinese", re.compile(rf"[{_CHINESE}]{{1,4}}[\s　]?[、.．][\s　]*")),
    ("chinese_in_brackets", re.compile(rf"[（(][\s　]?[{_CHINESE}]{{1,4}}[\s　]?[）)][\s　、.．]*")),
    ("arabic", re.compile(r"\d{1,2}[\s　]?(?:[．、]|\.(?!\d))[\s　]*")),
    ("arabic_in_brackets", re.compile(r"[（(][\s　]?\d{1,2}[\s　]?[）)][\s　、.．]*")),
    ("circled", re.compile(r"[①-⑳][\s　、.．]*")),
)
RANK = {name: rank for rank, (name, _) in enumerate(RULES)} | {"unnumbered": len(RULES)}

LEAD = re.compile(rf"(?:第?[{_CHINESE}]{{1,3}}[是要则](?![{_CHINESE}])|第[{_CHINESE}]{{1,3}}[,，、:：]|首先[,，]|其次[,，]|再次[,，]|最后[,，])")
"""How a list inside a paragraph begins its items: 一是 二是, 一要, 第一，"""


class Numbering(NamedTuple):
    """The numbering that a line starts with: which rule, and how many characters it takes."""

    rule: str
    length: int


def numbering(line: str) -> Numbering | None:
    """The numbering at the start of a line, or ``None``.

    >>> numbering("（二）完善依法行政制度体系")
    Numbering(rule='chinese_in_brackets', length=3)
    >>> numbering("2.5万元已拨付。") is None
    True
    """
    for name, pattern in RULES:
        match = pattern.match(line)
        if match and match.end() < len(line):
            return Numbering(name, match.end())
    return None
