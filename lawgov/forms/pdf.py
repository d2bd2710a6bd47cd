"""A PDF file into raw text: what pdfium finds on its pages, or why nothing there can be read.

Pages are only looked at: forms and scripts are never started. What the characters mean as lines and paragraphs is
settled in `lawgov.forms.pdf_lines`, what frames the pages in `lawgov.forms.pdf_furniture`.
"""

from __future__ import annotations

import math
import threading
import unicodedata
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from lawgov.errors import InputError
from lawgov.forms.pdf_furniture import without_furniture
from lawgov.forms.pdf_lines import Glyph, is_han, lines_of, paragraphs
from lawgov.raw import RawText

LARGEST_PAGES = 2_000
LARGEST_TEXT = 5_000_000  # characters; read at about 0.2 million a second
FEWEST_HAN = 10  # on a page; a scanned page has none, or those of a stamp or a page number
MOST_UNMAPPED = 0.1  # share of characters without a meaning; bullets and seals come to less than 0.01
_PICTURE = 0.3  # share of a page from which an image may be the scan of its text
_MOST_OBJECTS = 1_000  # looked through on a page for such an image; a scan has a few strips

_LONGEST_NAME = 128  # bytes of a font's name

_LOCK = threading.Lock()  # pdfium is not thread-safe
_HYPHEN = 0x02  # how pdfium writes a hyphen at the end of a line
_TURNS = ((1, 0), (0, 1), (-1, 0), (0, -1))  # cosine and sine of 0 to 3 quarter turns

# Radicals and compatibility ideographs that fonts give for the common characters drawn with the same glyph. NFKC knows
# all but the radicals of U+2E80 to U+2EFF: these are the ones that are characters of their own.
_RADICALS = (
    "⺠民⺟母⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻒長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⺒巳⺓幺⺝月⺬示⺷羊⻌辶⻐钅⻈讠⻏阝"
)
_COMPATIBLE = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_FOLDED = {c: unicodedata.normalize("NFKC", chr(c)) for block in _COMPATIBLE for c in block} | {
    ord(radical): character for radical, character in zip(_RADICALS[::2], _RADICALS[1::2])
}


@dataclass(frozen=True)
class _Page:
    """The characters of a page; ``unmapped`` of them have no meaning. ``picture``: hardly any text and a large image."""

    glyphs: list[Glyph]
    unmapped: int
    han: int
    picture: bool


def pdf_text(data: bytes, name: str) -> RawText:
    """Read the text of a PDF file, a paragraph a line, without page numbers, running heads and tables of contents.

    Args:
        data: the bytes of the file.
        name: what errors call it.

    Raises:
        InputError: if it is damaged, encrypted, scanned or too large, if its characters cannot be told from its fonts,
            or if pypdfium2 is not installed.
    """
    with _LOCK:
        pages = _read(data, name)
    _check(pages, name)
    lines, em = lines_of([page.glyphs for page in pages])
    text, marks = paragraphs(without_furniture(lines, em), em)
    return RawText(text, form="pdf", marks=marks)


def _read(data: bytes, name: str) -> list[_Page]:
    try:
        import pypdfium2 as pdfium
        from pypdfium2 import raw
    except ImportError:
        raise InputError(f'{name}: is a PDF file, expected pypdfium2 to read it with; run pip install "lawgov[files]"') from None
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise InputError(f"{name}: is encrypted, expected a PDF that opens without a password; remove the password") from None
        raise InputError(f"{name}: is damaged, expected a whole PDF file; download or export it again") from None
    pages, length = [], 0
    with closing(pdf):
        if len(pdf) > LARGEST_PAGES:
            raise InputError(f"{name}: has {len(pdf):,} pages, expected a report of at most {LARGEST_PAGES:,}; split it")
        for i in range(len(pdf)):
            try:
                with closing(pdf[i]) as page, closing(page.get_textpage()) as textpage:
                    length += textpage.count_chars()
                    if length > LARGEST_TEXT:
                        raise InputError(f"{name}: has more than {LARGEST_TEXT:,} characters, expected one report; split it")
                    pages.append(_page(page, textpage, raw))
            except pdfium.PdfiumError:
                seen = f"has a damaged page ({i + 1} of {len(pdf)})"
                raise InputError(f"{name}: {seen}, expected a whole PDF file; download or export it again") from None
    return pages


def _page(page, textpage, raw) -> _Page:
    """Read a page. ``page`` and ``textpage`` are pypdfium2's, ``raw`` its raw interface."""
    glyphs, unmapped = _glyphs(textpage.raw, textpage.count_chars(), raw)
    han = sum(is_han(glyph.text) for glyph in glyphs)
    if han >= FEWEST_HAN:
        return _Page(glyphs, unmapped, han, False)
    picture, texts = _objects(page, raw)
    lost = 0 if picture else texts - len(glyphs)
    return _Page(glyphs, unmapped + (lost if lost >= FEWEST_HAN else 0), han, picture)


def _glyphs(textpage, count: int, raw) -> tuple[list[Glyph], int]:
    """The visible characters of a page in the order of the file, and how many have no meaning.

    Text that does not run as most of the page does is a watermark or a note in the margin, and left out.
    """
    from ctypes import byref, c_double, c_int, create_string_buffer

    unicode_of, origin_of, box_of, angle_of = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetCharOrigin,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetCharAngle,
    )
    x, y, box, flags, name = c_double(), c_double(), raw.FS_RECTF(), c_int(), create_string_buffer(_LONGEST_NAME)
    to_x, to_y, to_box = byref(x), byref(y), byref(box)
    found: dict[int | None, list[Glyph]] = {}
    turns: Counter[int | None] = Counter()
    unmapped, high, spaced, turn, height, font = 0, 0, False, None, math.nan, ""
    for i in range(count):
        code = unicode_of(textpage, i)
        if code in (0x20, 0x0D, 0x0A, 0x09, 0xA0, 0x3000):
            spaced = spaced or not raw.FPDFText_IsGenerated(textpage, i)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code == _HYPHEN:
            code = 0xAD
        elif code < 0x20 or code >= 0xFFFD and code < 0x10000 or 0xE000 <= code < 0xF900 or code >= 0xF0000:
            unmapped += 1
            if code < 0x20 or code > 0xFFFD:
                continue
        origin_of(textpage, i, to_x, to_y)
        box_of(textpage, i, to_box)
        if y.value != height:  # text on one baseline runs one way: it is asked once a line
            height = y.value
            quarters = angle_of(textpage, i) / (math.pi / 2)
            turn, font = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else None, ""
        text = _FOLDED.get(code) or chr(code)
        if not font and is_han(text):
            length = raw.FPDFText_GetFontInfo(textpage, i, name, _LONGEST_NAME, byref(flags))
            font = name.value.decode("utf-8", "replace") if 1 < length <= _LONGEST_NAME else "unnamed"
        glyph = Glyph(text, box.left, box.right, y.value, spaced, font)
        if turn:
            glyph = _upright(glyph, turn, x.value, box)
        found.setdefault(turn, []).append(glyph)
        turns[turn] += 1
        spaced = False
    turns.pop(None, None)
    return (found[turns.most_common(1)[0][0]] if turns else []), unmapped


def _upright(glyph: Glyph, turn: int, x: float, box) -> Glyph:
    """The character as it stands when the page is turned so that it can be read. ``turn`` is in quarters, clockwise."""
    cosine, sine = _TURNS[turn]
    ends = sorted((cosine * box.left - sine * box.bottom, cosine * box.right - sine * box.top))
    return glyph._replace(x0=ends[0], x1=ends[1], y=sine * x + cosine * glyph.y)


def _objects(page, raw) -> tuple[bool, int]:
    """Whether images cover a good part of the page, and how many pieces of text are set on it.

    Pieces of a single character in a font that is not there have no extent, and pdfium passes over them.
    """
    covered, texts = 0.0, 0
    for found in islice(page.get_objects(max_depth=3), _MOST_OBJECTS):
        texts += found.type == raw.FPDF_PAGEOBJ_TEXT
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds()
            covered += (right - left) * (top - bottom)
    width, height = page.get_size()
    return covered >= _PICTURE * width * height, texts


def _check(pages: list[_Page], name: str) -> None:
    """Refuse what has no text, or none that can be told."""
    visible = sum(len(page.glyphs) for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > MOST_UNMAPPED * max(visible, unmapped):
        raise InputError(
            f"{name}: has text that cannot be mapped to characters ({unmapped:,} of {max(visible, unmapped):,}), expected fonts "
            "that say what they show; print it to PDF anew or run OCR"
        )
    scanned = sum(page.picture for page in pages)
    if not visible or scanned and scanned >= sum(not page.picture and page.han >= FEWEST_HAN for page in pages):
        without = sum(page.han < FEWEST_HAN for page in pages)
        raise InputError(
            f"{name}: is a scanned PDF: {without} page{'s' * (without != 1)} without text, expected text; "
            "run OCR first (for example `ocrmypdf -l chi_sim in.pdf out.pdf`)"
        )
