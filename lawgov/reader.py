"""A path, bytes or a string into raw text: finds out what a file is, and refuses what is no report with one clear line.

What a file is, its first bytes tell, not its name.
"""

from __future__ import annotations

import email
import email.policy
import os
import re
from dataclasses import replace
from pathlib import Path

from lawgov.decoding import decode, is_binary
from lawgov.errors import InputError
from lawgov.forms.web import html_text, is_html
from lawgov.raw import RawText

LARGEST = 64 * 2**20  # bytes; the largest real report seen has 0.2 MB as text and 5 MB as PDF
LARGEST_PAGE = 16 * 2**20  # bytes of a web page; a parsed one takes thirty times its size
LONGEST_PATH = 4096  # characters, as of Linux
ENOUGH_CHINESE = 0.1  # share of Han characters among the visible ones; statistical annexes come down to about 0.2
_IMAGE = "is an image, expected text; run text recognition (OCR) on it and give the text"
_ARCHIVE = "is an archive, expected a report; unpack it and give the files in it"
_OLD_OFFICE = "is an old Word, WPS or Excel file, expected text, HTML, PDF or DOCX; open it in Word or WPS and save it as .docx (or `soffice --headless --convert-to docx FILE`)"
_SIGNATURES = {
    b"\xd0\xcf\x11\xe0": _OLD_OFFICE,
    b"{\\rtf": "is an RTF file, expected text, HTML, PDF or DOCX; open it in Word or WPS and save it as .docx",
    b"\x89PNG": _IMAGE,
    b"\xff\xd8\xff": _IMAGE,
    b"GIF8": _IMAGE,
    b"BM": _IMAGE,
    b"II*\0": _IMAGE,
    b"MM\0*": _IMAGE,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"BZh": _ARCHIVE,
    b"\xfd7zXZ": _ARCHIVE,
}
_PICTURE_OR_FILM = re.compile(rb"RIFF....WEBP|....ftyp(?:heic|heif|mif1|avif|mp4|isom)", re.DOTALL)
_OFFICE_XML = re.compile(rb"<\?mso-application|<(?:office:document|pkg:package|w:wordDocument|uof:UOF)\b")
_HAN = re.compile("[\u3400-\u9fff]+")
_PASSWORD = "EncryptedPackage".encode("utf-16-le")  # how Office wraps a file with a password
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,12}?(?i:content-type:\s*multipart/related)")


def read_raw(source: str | os.PathLike | bytes, name: str | None = None) -> RawText:
    """Read a report from a path or from bytes: text, a web page, PDF or DOCX.

    Args:
        name: what to call bytes in errors.

    Raises:
        InputError: if the path is missing, a folder, unreadable, too large, empty, of another kind, or not Chinese text.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _read(bytes(source), name or "the given bytes")
    name = os.fspath(source)
    if "\n" in name or len(name) > LONGEST_PATH:
        raise InputError(f"{name[:20]!r}…: is a text of {len(name)} characters, expected a path; give a text to lawgov.segment or lawgov.score_text")
    if not name:
        raise InputError("the path is empty, expected that of a report; check what was given")
    path = Path(name)
    try:
        if path.is_dir():
            raise InputError(f"{name}: is a folder, expected a file; give the files in it, such as {path / '*.txt'}")
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: cannot be read ({reason}); check that it is a file you may read") from None
    return replace(_read(data, name), source=name)


def checked_text(text: str, name: str = "the given text") -> str:
    """The text with plain line ends, if it can be a report at all.

    Raises:
        InputError: if it is empty or hardly Chinese.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    visible = sum(map(len, text.split()))
    if not visible:
        raise InputError(f"{name}: is empty, expected the text of a report")
    chinese = len(text) - len(_HAN.sub("", text))
    if chinese < ENOUGH_CHINESE * visible:
        raise InputError(
            f"{name}: has {chinese} Chinese characters among {visible}, expected a report in Chinese; "
            "check the file, or its encoding"
        )
    return text


def _read(data: bytes, name: str) -> RawText:
    if len(data) > LARGEST:
        raise InputError(f"{name}: has more than {LARGEST // 2**20} MB, expected a report; split it")
    if not data.strip():
        raise InputError(f"{name}: is empty, expected the text of a report")
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:]:
        from lawgov.forms.pdf import pdf_text

        return _checked(pdf_text(data, name), name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from lawgov.forms.word import docx_text

        return _checked(docx_text(data, name), name)
    if data.startswith(b"\xd0\xcf\x11\xe0") and _PASSWORD in data:
        raise InputError(f"{name}: is a Word or Excel file with a password, expected one without; open it and save it without the password")
    seen = next((seen for start, seen in _SIGNATURES.items() if data.startswith(start)), None)
    if seen and (b"\0" in data[:256] or data.startswith(b"{") or decode(data) is None):  # a text may begin with GIF8 or BM
        raise InputError(f"{name}: {seen}")
    if _PICTURE_OR_FILM.match(data):
        raise InputError(f"{name}: {_IMAGE}")
    if _OFFICE_XML.search(data[:2000]):
        raise InputError(f"{name}: is an office file in XML, expected text, HTML, PDF or DOCX; open it in Word or WPS and save it as .docx")
    return _read_text(data, name)


def _read_text(data: bytes, name: str) -> RawText:
    if _WEB_ARCHIVE.match(data):
        data = _page_of_archive(data, name)
    decoded = decode(data)
    if decoded is None or is_binary(decoded.text):
        raise InputError(f"{name}: is no text in a known encoding, expected text (UTF-8, UTF-16, GB18030 or Big5), HTML, PDF or DOCX; save it as one of these")
    raw = RawText(decoded.text, encoding=decoded.encoding)
    if is_html(decoded.text):
        if len(data) > LARGEST_PAGE:
            raise InputError(f"{name}: is a web page of {len(data) / 2**20:.0f} MB, expected at most {LARGEST_PAGE // 2**20} MB; copy its text into a text file")
        raw = replace(html_text(decoded.text, name), encoding=decoded.encoding)
    return _checked(raw, name)


def _page_of_archive(data: bytes, name: str) -> bytes:
    """The web page in a web archive (.mht), which browsers save as an e-mail."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return part.get_payload(decode=True) or b" "
    raise InputError(f"{name}: is a web archive without a page, expected one with a report; save the page as HTML")


def _checked(raw: RawText, name: str) -> RawText:
    text = checked_text(raw.text, name)
    return raw if text == raw.text else replace(raw, text=text, marks=() if len(text) != len(raw.text) else raw.marks)
