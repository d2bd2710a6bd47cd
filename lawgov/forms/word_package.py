"""A Word file as the parts of it that hold text: unpacked within limits, parsed without entities.

python-docx parses the parts, but does not open the package: it would unpack every picture, to whatever size, and fail
on a link to a picture that is missing, which Word and WPS read without a word.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lawgov.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENTRIES = 10_000  # a report with its pictures has some dozens
LARGEST_PACKAGE = 256 * 2**20  # bytes, unpacked
LARGEST_PART = 64 * 2**20  # bytes, unpacked; the text of a report of 200 pages has 2 MB
MOST_NODES = 2_000_000  # tags and attributes of a part; 200 pages have 0.2 million, and each takes 100-200 bytes once parsed

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # of files saved as "Strict Open XML"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS = (  # how the entries of other files begin, what they are, and what to do about it
    ("xl/", "an Excel file", "save its text as a Word file"),
    ("ppt/", "a PowerPoint file", "save its text as a Word file"),
    ("ofd.xml", "an OFD file", "export it to PDF or docx"),
    ("content.xml", "an OpenDocument file", "save it as docx"),
)


class WordParts(NamedTuple):
    """The roots of the parts that are read; all but the document may be missing."""

    document: _Element
    styles: _Element | None
    numbering: _Element | None
    properties: _Element | None


def word_parts(data: bytes, name: str) -> WordParts:
    """Unpack and parse a Word file.

    Raises:
        InputError: if it is another kind of archive, encrypted, damaged, too large, or declares entities.
    """
    try:
        import docx.oxml  # noqa: F401
    except ImportError:
        raise InputError(f'{name}: is a Word file, expected python-docx to read it with; pip install "lawgov[files]"') from None
    entries = data.count(b"PK\x01\x02")  # zipfile would make an object of each before one could count them
    if entries > MOST_ENTRIES:
        raise InputError(f"{name}: has {entries:,} files packed in it, expected at most {MOST_ENTRIES:,}; save it as text")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Package(archive, name).parts()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile and lxml have a dozen ways to fail on damaged data
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(
            f"{name}: cannot be read as a Word file ({reason}), expected a docx file as Word or WPS writes it; "
            "open and save it again in Word or WPS, or save it as text"
        ) from None


class _Package:
    """An open archive and its entries by name; names in a package do not depend on case."""

    def __init__(self, archive: zipfile.ZipFile, name: str):
        self._archive, self._name = archive, name
        infos = archive.infolist()
        self._entries = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if any(info.flag_bits & 1 for info in infos):
            raise InputError(f"{name}: is encrypted, expected a Word file without a password; save it without one")
        unpacked = sum(info.file_size for info in infos)
        if unpacked > LARGEST_PACKAGE:
            raise self._too_large("", unpacked, LARGEST_PACKAGE)

    def parts(self) -> WordParts:
        roots = self._targets("")
        main = roots.get("officeDocument", "")
        if main not in self._entries or main.startswith(("xl/", "ppt/")):
            main = "word/document.xml"
        document = self._parsed(main)
        if document is None:
            kinds = (words for start, *words in _KINDS if any(entry.startswith(start) for entry in self._entries))
            kind, advice = next(kinds, ("a zip archive", "unpack it and give the files in it"))
            raise InputError(f"{self._name}: is {kind}, expected a Word file (docx); {advice}")
        links = self._targets(main)
        styles, numbering = (self._parsed(links.get(kind, f"word/{kind}.xml")) for kind in ("styles", "numbering"))
        return WordParts(document, styles, numbering, self._parsed(roots.get("core-properties", "docprops/core.xml")))

    def _targets(self, part: str) -> dict[str, str]:
        """The parts that a part, or with ``""`` the package itself, is related to, by the kind of relation."""
        folder, file = posixpath.split(part)
        relations = self._parsed(posixpath.join(folder, "_rels", f"{file}.rels"))
        targets: dict[str, str] = {}
        for relation in [] if relations is None else relations:
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                targets.setdefault(kind, path.lstrip("/").lower())
        return targets

    def _parsed(self, part: str) -> _Element | None:
        # docx's parser loads nothing, expands nothing, and stops at a depth of 256
        from docx.oxml import parse_xml

        info = self._entries.get(part)
        if info is None:
            return None
        if info.file_size > LARGEST_PART:
            raise self._too_large(f"its part {part} ", info.file_size, LARGEST_PART)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # all that the format allows
            seen = "is packed in a way that Word does not use"
            raise InputError(f"{self._name}: {seen}, expected plain zip; save it again in Word or WPS")
        with self._archive.open(info) as file:
            data = file.read(info.file_size)  # without the size it would unpack all, whatever it declares
        nodes = data.count(b"<") + data.count(b"=")
        if nodes > MOST_NODES:
            seen = f"has {nodes:,} tags and attributes in {part}"
            raise InputError(f"{self._name}: {seen}, expected at most {MOST_NODES:,}; save it as text")
        plain = data.replace(b"\x00", b"") if b"\x00" in data else data  # it may be UTF-16
        root = None if b"<!DOCTYPE" in plain else parse_xml(data.replace(_STRICT, _TRANSITIONAL))
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise InputError(f"{self._name}: declares a DOCTYPE in {part}, expected none; save it again in Word or WPS")
        return root

    def _too_large(self, what: str, size: int, limit: int) -> InputError:
        seen = f"{what}unpacks to {size / 2**20:,.0f} MB"
        return InputError(f"{self._name}: {seen}, expected at most {limit // 2**20} MB; save it without its pictures, or as text")
