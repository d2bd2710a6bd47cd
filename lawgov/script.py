"""Traditional and simplified characters, by OpenCC.

OpenCC's `t2s` is right for traditional text and wrong for simplified text (it turns 乾安县 into 干安县), so a text is
first asked what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

# OpenCC keeps 著 where mainland text has 着 (著力, 圍繞著); 著 itself stays only in words for writing and renown.
_PARTICLE = re.compile("(?<![显原名论专编合遗卓昭土巨译所])著(?![名作书述称录者])")

HAN = tuple(chr(code) for code in range(0x4E00, 0xA000))


@lru_cache(maxsize=2)
def _converter(direction: str):
    import opencc  # here, because most texts never need it

    return opencc.OpenCC(direction)


@lru_cache(maxsize=1)
def _alphabets() -> tuple[dict[str, str], frozenset[str]]:
    """Traditional characters with their simplified forms; characters that only simplified text has."""
    simple = _converter("t2s").convert("\n".join(HAN)).split("\n")
    complex_ = _converter("s2t").convert("\n".join(HAN)).split("\n")
    traditional = {c: s for c, s in zip(HAN, simple) if c != s}
    simplified = frozenset(c for c, t in zip(HAN, complex_) if c != t and c not in traditional)
    return traditional, simplified


def simplified_form(character: str) -> str:
    """The simplified form of one character, itself if it has none."""
    return _alphabets()[0].get(character, character)


def only_simplified(character: str) -> bool:
    """Whether a conversion to traditional characters would have changed this character."""
    return character in _alphabets()[1]


def is_traditional(text: str) -> bool:
    """Whether the page as a whole is in traditional characters: it has more of them than of simplified ones."""
    traditional, simplified = _alphabets()
    counts = Counter(text)
    return sum(n * ((c in traditional) - (c in simplified)) for c, n in counts.items()) > 0


def simplify(text: str) -> str:
    """The text in simplified characters. Only for text that `is_traditional`."""
    return _PARTICLE.sub("着", _converter("t2s").convert(text))
