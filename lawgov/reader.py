"""A path, bytes or a string into raw text: finds the encoding, and refuses what is not a report with one clear line."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from lawgov.errors import InputError

LARGEST = 64 * 2**20  # bytes; the largest real report seen has 0.2 MB
ENOUGH_CHINESE = 0.1  # share of Han characters among the visible ones; statistical annexes come down to about 0.2
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word file or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word or WPS file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
}


@dataclass(frozen=True)
class RawText:
    """Text as read: ``source`` is the path, or ``None``; ``encoding`` is what the bytes turned out to be."""

    text: str
    source: str | None = None
    encoding: str | None = None


def read_raw(source: str | os.PathLike | bytes) -> RawText:
    """Read a report from a path or from bytes.

    Raises:
        InputError: if the path is missing, a folder, unreadable, too large, empty, binary, or not Chinese text.
    """
    if isinstance(source, bytes):
        return _decode(source, name="the given bytes", source=None)
    path = Path(source)
    name = str(path)
    try:
        if path.is_dir():
            raise InputError(f"{name}: is a folder, expected a file; give the files in it, such as {path / '*.txt'}")
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(f"{name}: has {size / 2**20:.0f} MB, expected a report of at most {LARGEST // 2**20} MB; split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: cannot be read ({reason}); check that it is a file you may read") from None
    return _decode(data, name=name, source=name)


def checked_text(text: str, name: str = "the given text") -> str:
    """The text with plain line ends, if it can be a report at all.

    Raises:
        InputError: if it is empty or hardly Chinese.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    visible = sum(map(len, text.split()))
    if not visible:
        raise InputError(f"{name}: is empty, expected the text of a report")
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text)
    if chinese < ENOUGH_CHINESE * visible:
        raise InputError(
            f"{name}: has {chinese} Chinese characters among {visible}, expected a report in Chinese; "
            "check the file, or its encoding"
        )
    return text


def _decode(data: bytes, *, name: str, source: str | None) -> RawText:
    if not data.strip():
        raise InputError(f"{name}: is empty, expected the text of a report")
    kind = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    for encoding in [] if kind else _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return RawText(checked_text(text, name), source, encoding)
    seen = kind or "no text in a known encoding"
    raise InputError(f"{name}: is {seen}, expected plain text (UTF-8, UTF-16 or GB18030); save it as text first")


def _candidates(data: bytes) -> list[str]:
    """Encodings in the order to try; each is tried on the whole file."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    return ["utf-8", "gb18030"]


def _is_binary(text: str) -> bool:
    """Whether what came out is no text: many control or unassigned characters."""
    sample = text[:100_000]
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\v\x85" for c in sample)
    return odd > 0.01 * len(sample)
