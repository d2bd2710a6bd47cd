"""The automatic numbers of a Word file, which its text does not contain: 一、 （一） 1. as its reader sees them.

A paragraph, or its style, names a list (`num`) and a level in it. The list has its form from an abstract list, and all
lists of one abstract list count on together unless they say where to start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from lawgov.forms.word_styles import Styles, W, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_PATTERN = 40  # characters; 第%1章 has four
LEVELS = 9
HIGHEST = 999  # that is counted in other figures than plain ones
NO_SPACE_BEHIND = "、，,.．。:：;；)）]】〕》”"

_DIGITS = "〇一二三四五六七八九"
_SEQUENCES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_SEQUENCES["decimalEnclosedCircleChinese"] = _SEQUENCES["decimalEnclosedCircle"]
_ROMAN = {900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


def _counting(n: int) -> str:
    """21 as 二十一, 105 as 一百零五."""
    units = reversed(("", "十", "百")[: len(str(n))])
    places = (_DIGITS[int(digit)] + unit if digit != "0" else "零" for digit, unit in zip(str(n), units, strict=True))
    text = re.sub("零+", "零", "".join(places)).rstrip("零")
    return text[1:] if 10 <= n < 20 else text


def _digit_by_digit(n: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(n))


def _roman(n: int) -> str:
    text = ""
    for worth, letters in _ROMAN.items():
        text += letters * (n // worth)
        n %= worth
    return text


def _letters(n: int) -> str:
    """As Word counts: a to z, then aa, bb, cc."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)


def _full_width(n: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(n))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperRoman": _roman,
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
}


def figure(n: int, form: str) -> str:
    """A number in one of Word's forms; in plain digits where the form is unknown or does not go so far.

    >>> figure(12, "chineseCounting"), figure(3, "decimalEnclosedCircle"), figure(4, "lowerRoman")
    ('十二', '③', 'iv')
    """
    if form in ("none", "bullet"):
        return ""
    if form in _SEQUENCES:
        return _SEQUENCES[form][n - 1] if 1 <= n <= len(_SEQUENCES[form]) else str(n)
    return _FORMS[form](n) if form in _FORMS and 1 <= n <= HIGHEST else str(n)


class _Level(NamedTuple):
    """How a level of a list counts and looks."""

    start: int
    starts_anew: bool  # at the first paragraph of the list, though others have counted before it
    form: str
    pattern: str
    has_space: bool
    is_legal: bool  # all its numbers in plain digits
    restarts_below: int  # a number at a level before this one starts it anew
    style: str | None


class Lists:
    """The lists of a file, and how far each has counted."""

    def __init__(self, part: _Element | None, styles: Styles):
        self._styles = styles
        self._nums = _by_id(part, "num", "numId")
        self._abstracts = _by_id(part, "abstractNum", "abstractNumId")
        self._forms: dict[str | None, tuple[str | None, list[_Level]]] = {}  # of abstract lists
        self._lists: dict[str | None, tuple[str | None, list[_Level]]] = {}
        self._counts: dict[str | None, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def numbered(self, properties: _Element | None, text: str) -> str:
        """The text of the next paragraph, behind its number if it has one. An empty paragraph counts, but shows none."""
        place = self._place(properties)
        shown = self._count(*place) if place else ""
        text = text.strip() if shown else text
        if not text or not shown:
            return text
        num, at = place
        is_closed = shown[-1] in NO_SPACE_BEHIND and not (shown[-1] in ".．" and text[0].isdigit())  # 1. 2024年, not 1.2024年
        return shown + (" " if self._list(num)[1][at].has_space and not is_closed else "") + text

    def _place(self, properties: _Element | None) -> tuple[str, int] | None:
        """The list and the level that a paragraph is numbered by: its own, else those of its style."""
        num, at = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        if num is None:
            chain = self._styles.of(properties)
            num = self._styles.first(chain, "pPr/numPr/numId")
            by_style = {level.style: str(i) for i, level in enumerate(self._list(num)[1])}
            linked = next((by_style[style] for style in chain if style in by_style), None)
            at = at or linked or self._styles.first(chain, "pPr/numPr/ilvl")
        place = number(at or "0")
        return (num, place) if num is not None and place is not None and place < len(self._list(num)[1]) else None

    def _list(self, num: str | None) -> tuple[str | None, list[_Level]]:
        """The abstract list of a list, and the list's levels; none if there is no such list."""
        if num not in self._lists:
            abstract, levels = self._form(value(self._nums.get(num), "abstractNumId"))
            overrides = _by_id(self._nums.get(num), "lvlOverride", "ilvl")
            self._lists[num] = abstract, [_overridden(level, overrides.get(str(i)), i) for i, level in enumerate(levels)]
        return self._lists[num]

    def _form(self, abstract: str | None) -> tuple[str | None, list[_Level]]:
        """An abstract list, or the one in the style that it refers to, and its levels."""
        if abstract not in self._forms:
            kept_in = self._styles.chain(value(self._abstracts.get(abstract), "numStyleLink") or "")
            source = value(self._nums.get(self._styles.first(kept_in, "pPr/numPr/numId")), "abstractNumId") or abstract
            levels = _by_id(self._abstracts.get(source), "lvl", "ilvl")
            self._forms[abstract] = source, [_level(levels.get(str(i)), i) for i in range(LEVELS if levels else 0)]
        return self._forms[abstract]

    def _count(self, num: str, at: int) -> str:
        """Count one on at a level; the number as shown."""
        abstract, levels = self._list(num)
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        if levels[at].starts_anew and (num, at) not in self._begun:
            counts[at] = None
        self._begun.add((num, at))
        before = counts[at]
        counts[at] = levels[at].start if before is None else before + 1
        for deeper in range(at + 1, LEVELS):
            if at < levels[deeper].restarts_below:
                counts[deeper] = None

        def shown(match: re.Match[str]) -> str:
            i = int(match[1]) - 1
            count = counts[i]
            n = levels[i].start if count is None else count
            return "" if i > at else figure(n, "decimal" if levels[at].is_legal else levels[i].form)

        return "" if levels[at].form == "bullet" else re.sub("%([1-9])", shown, levels[at].pattern).strip()


def _level(lvl: _Element | None, at: int) -> _Level:
    """A level of a list as its part describes it."""
    forms = [] if lvl is None else [form.get(W + "val", "") for form in lvl.iter(W + "numFmt")]  # custom ones come first
    pattern = value(lvl, "lvlText") or ""
    restart = number(value(lvl, "lvlRestart"))
    return _Level(
        start=number(value(lvl, "start")) or 0,
        starts_anew=False,
        form=forms[-1] if forms else "decimal",
        pattern=pattern if len(pattern) <= LONGEST_PATTERN else "",
        has_space=value(lvl, "suff") != "nothing",
        is_legal=value(lvl, "isLgl") not in (None, "0", "false", "off"),
        restarts_below=at if restart is None else restart,
        style=value(lvl, "pStyle"),
    )


def _overridden(level: _Level, override: _Element | None, at: int) -> _Level:
    """A level of an abstract list with what one list has instead."""
    lvl = None if override is None else override.find(W + "lvl")
    level = level if lvl is None else _level(lvl, at)
    start = number(value(override, "startOverride"))
    return level if start is None else level._replace(start=start, starts_anew=True)


def _by_id(parent: _Element | None, tag: str, attribute: str) -> dict[str | None, _Element]:
    return {} if parent is None else {child.get(W + attribute): child for child in parent.iterchildren(W + tag)}
