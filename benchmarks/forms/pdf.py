"""A report as PDF files: as an office sets it, and as a scanner leaves it."""

from __future__ import annotations

import io
import re
from functools import cache

from forms.blocks import Block

HEAD = "云川县人民政府门户网站"
_WIDTH, _HEIGHT = 595.3, 841.9  # A4, in points
_LEFT, _TOP, _BOTTOM = 79.4, 740.0, 100.0
_COLUMN = 442.0  # 156 mm, as GB/T 9704-2012 wants it
_FONT = "STSong-Light"  # comes with every reader: nothing is embedded or downloaded
_UNITS = re.compile(r"[“‘（《〈【〔(]*(?:[A-Za-z0-9.%\-]+|[^“‘（《〈【〔(])[，。、；：？！”’）》〉】〕,;:)]*\s*|.")


def as_pdf(
    report: list[Block],
    *,
    size: float = 16,
    running_head: bool = True,
    page_numbers: bool = True,
    justified: bool = False,
    indent: float = 2,
) -> bytes:
    """The report as an office's document on A4.

    Args:
        report: what to set.
        size: of the type, in points.
        running_head: a site's name at the top of each page.
        page_numbers: — 1 — at the foot of each page.
        justified: full lines are spaced out to the right edge.
        indent: of the first line of a paragraph, in characters.
    """
    canvas, data = _canvas()
    column = _COLUMN // size * size
    y, page = _TOP, 0
    for block in report:
        type_size = size * 1.375 if block.role == "title" else size
        hanging = 0 if block.role in ("title", "signature", "date") else indent * size
        lines = _broken(block.text, column, type_size, hanging)
        for i, line in enumerate(lines):
            if y < _BOTTOM or not page:
                if page:
                    canvas.showPage()
                y, page = _TOP, page + 1
                _frame(canvas, page, running_head=running_head, page_numbers=page_numbers)
            width, left = _width(line, type_size), _LEFT + (hanging if i == 0 else 0)
            if block.role == "title":
                left = _LEFT + (column - width) / 2
            elif block.role in ("signature", "date"):
                left = _LEFT + column - width - 2 * size
            fill = justified and i + 1 < len(lines) and block.role in ("heading", "paragraph")
            space = (_LEFT + column - left - width) / max(1, len(line) - 1) if fill else 0
            _place(canvas, left, y, line, type_size, space)
            y -= 1.75 * type_size
        if block.role == "title":
            y -= size
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def as_scanned_pdf(report: list[Block]) -> bytes:
    """The report as a scanner leaves it: an image a page, without text."""
    canvas, data = _canvas()
    widths = [_width(line, 16) for block in report for line in _broken(block.text, _COLUMN, 16, 32)]
    for start in range(0, len(widths), 22):
        _draw_image(canvas, widths[start : start + 22])
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _draw_image(canvas, widths: list[float]) -> None:
    """An image of a page, with bars for lines of these widths."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    image = Image.new("1", (149, 210), 1)
    draw = ImageDraw.Draw(image)
    for i, width in enumerate(widths):
        draw.rectangle((20, 25 + 7 * i, 20 + 110 * min(1, width / _COLUMN), 28 + 7 * i), fill=0)
    canvas.drawImage(ImageReader(image), 0, 0, _WIDTH, _HEIGHT)


def draw_pdf(
    pages: list[list[tuple[float, float, str, float]]],
    *,
    aslant: str = "",
    picture_on: int | None = None,
    lone: bool = False,
    password: str | None = None,
) -> bytes:
    """Pages of lines placed by hand: x and y in points, the text, and its size.

    Args:
        pages: the lines of each page.
        aslant: a watermark across each page.
        picture_on: the page that an image covers, from 0.
        lone: lone characters stay as readers of files lose them: see `_place`.
        password: encrypts the file.
    """
    canvas, data = _canvas(encrypt=password)
    for i, lines in enumerate(pages):
        for x, y, text, size in lines:
            _place(canvas, x, y, text, size, lone=lone)
        if aslant:
            canvas.saveState()
            canvas.translate(200, 300)
            canvas.rotate(45)
            _place(canvas, 0, 0, aslant, 40)
            canvas.restoreState()
        if i == picture_on:
            _draw_image(canvas, [_COLUMN] * 20)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _canvas(encrypt: str | None = None):
    from reportlab.pdfgen.canvas import Canvas

    _register()
    data = io.BytesIO()
    return Canvas(data, pagesize=(_WIDTH, _HEIGHT), invariant=1, encrypt=encrypt), data


@cache
def _register() -> None:
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont(_FONT))


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return stringWidth(text, _FONT, size)


def _broken(text: str, column: float, size: float, indent: float) -> list[str]:
    """The text in lines that fit the column: words stay whole, and no mark begins a line."""
    lines, line, room = [], "", column - indent
    for unit in _UNITS.findall(text):
        if line and _width((line + unit).rstrip(), size) > room:
            lines.append(line.rstrip())
            line, room = "", column
        line += unit
    return [*lines, line.rstrip()]


def _place(canvas, x: float, y: float, text: str, size: float, space: float = 0, *, lone: bool = False) -> None:
    """Set a line. pdfium passes over a lone character of a font it does not have, unless a space makes two of it."""
    line = canvas.beginText(x, y)
    line.setFont(_FONT, size)
    line.setCharSpace(space)
    line.textOut(text if lone or len(text) > 1 else text + " ")
    canvas.drawText(line)


def _frame(canvas, page: int, *, running_head: bool, page_numbers: bool) -> None:
    if running_head:
        _place(canvas, _LEFT + (_COLUMN - _width(HEAD, 9)) / 2, 790, HEAD, 9)
    if page_numbers:
        number = f"— {page} —"
        _place(canvas, _LEFT + (_COLUMN - _width(number, 14)) / 2, 60, number, 14)
