"""Bytes into text: finds the encoding on the whole file, by what the bytes are and not by what the file declares.

Chinese text comes in UTF-8, UTF-16, GB18030 (which contains GBK and GB 2312) and Big5. Many byte strings can be read in
two of them; only one reading is made of characters that people use.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SAMPLE = 20_000  # characters that are looked at, from ten places of the text
PLAUSIBLE = 0.9  # share of usual characters from which a reading needs no rival; real reports have 0.99, garbled copies 0.96
LEAST = 0.5  # below it a reading is no text
BROKEN = 0.01  # share of undecodable characters up to which a damaged file is still read
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding it was in, and how many of its characters could not be decoded (U+FFFD stands for each)."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes) -> Decoded | None:
    """Read bytes in the encoding that makes most sense of them; ``None`` if none does.

    >>> decode("法治政府建设".encode("gb18030")).encoding, decode("法治政府建設".encode("big5")).encoding
    ('gb18030', 'big5hkscs')
    """
    bom = next((encoding for start, encoding in _BOMS if data.startswith(start)), None)
    for errors in ("strict", "replace"):
        best, best_share = None, LEAST
        for encoding in (bom,) if bom else ENCODINGS:
            found = _read(data, encoding, errors)
            share = usual_share(found.text) if found else 0.0
            if encoding.startswith("utf-16-") and share <= PLAUSIBLE:  # any bytes can be read so
                continue
            if share > best_share:
                best, best_share = found, share
                if share > PLAUSIBLE:
                    break
        if best:
            return best
        for encoding in (bom,) if bom else ENCODINGS[:1]:  # text without any Chinese is text all the same
            found = _read(data, encoding, errors)
            if found and found.text.isascii() and not is_binary(found.text):
                return found
    return None


def _read(data: bytes, encoding: str, errors: str) -> Decoded | None:
    try:
        text = data.decode(encoding, errors)
    except UnicodeDecodeError:
        return None
    broken = text.count("\ufffd") if errors == "replace" else 0
    return None if broken > BROKEN * len(text) else Decoded(text, encoding.removesuffix("-sig"), broken)


def usual_share(text: str) -> float:
    """The share of usual characters among those that are not ASCII, from 0 to 1; 0 if there are none."""
    usual = unusual = 0
    alphabet = _alphabet()
    for piece in _pieces(text):
        strange = [c for c in piece if c > "\x7f"]
        known = sum(c in alphabet for c in strange)
        usual += known
        unusual += len(strange) - known + sum(c < " " and c not in "\t\n\r\f\v" for c in piece)
    return usual / (usual + unusual) if usual else 0.0


def is_binary(text: str) -> bool:
    """Whether what came out is no text: many control or unassigned characters."""
    sample = text[:100_000]
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\v\x85" for c in sample)
    return odd > 0.01 * len(sample)


def _pieces(text: str) -> Iterator[str]:
    if len(text) <= SAMPLE:
        yield text
        return
    width = SAMPLE // 10
    for i in range(10):
        start = (len(text) - width) * i // 9
        yield text[start : start + width]


@lru_cache(maxsize=1)
def _alphabet() -> frozenset[str]:
    """The characters in daily use by the two old standards, level 1 of each, and the marks of Chinese text."""
    simplified = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    traditional = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    found = {code.decode("gb2312", "ignore") for code in simplified} | {code.decode("big5", "ignore") for code in traditional}
    marks = {chr(c) for c in (*range(0x3000, 0x3020), *range(0xFF00, 0xFF5F), *range(0x2460, 0x2474))} | set("—–…‘’“”·•°×§±→■□●○★※éàāáǎēéěèīíǐìōóǒòūúǔùǜüü\xa0\u200b\ufeff")
    return frozenset((found | marks) - {""})
