"""The lines of a web page as a browser shows them: block elements and <br> begin new ones, hidden parts are left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

PROSE = 15  # Han characters from which a line with a stop is running text, not a notice; twice as many without one
CAPTION = 40  # characters of a caption below a picture
WIDGET = 400  # characters up to which an element that is called a share bar, a footer or the like is one
MANY_STOPS = 4  # sentences that no such thing has
TABLE_ROW = 120  # characters up to which the cells of a row stand on one line
ROW_ELEMENTS = 60  # and elements

_SKIPPED = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map"),
        *("select", "option", "button", "textarea", "input", "figcaption", "nav", "menu", "dialog", "aside"),
    )
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer"),
        *("form", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
        *_HEADINGS,
    )
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3}", re.IGNORECASE
)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE)
_WIDGET = re.compile(
    r"(?:^|[\s_-])(?:bd|wx)?(?:share\w*|qr-?code|qr|wechat\w*|digg\w*|related?|recommend\w*|copyright|foot(?:er)?|bread-?crumbs?|crumbs?|"
    r"pager|prev|next|pre-?next|keywords?|tags?|tool-?bar|hot(?:news|list)?|side-?bar|login|search(?:box|form|bar)?|toc|catalog\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"(?:^|[\s_-])comments?(?:$|[\s_-])", re.IGNORECASE)
_HEADING_ONE = re.compile(r"(?:^|\s)一、")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\xad]")
_WRAP = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])")  # a line end of the source between Chinese characters
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_HAN = re.compile("[\u3400-\u9fff]")
_STOP = re.compile("[。；！？]")
_TITLE_WORD = re.compile("报告|总结|情况|年报|述法|公报")


@dataclass
class PageLine:
    """A line as the browser shows it.

    ``level`` is that of a heading, from 1, or ``None``. ``linked``: it is nothing but links. ``entry``: it is mostly a link.
    ``listed``: it is an item of a list. ``caption``: it stands below a picture. ``prose`` counts its Han characters if it is
    running text.
    """

    text: str
    level: int | None
    linked: bool
    entry: bool
    listed: bool
    caption: bool
    prose: int = field(init=False)

    def __post_init__(self):
        han = len(_HAN.findall(self.text))
        runs = han >= PROSE and _STOP.search(self.text) or han >= 2 * PROSE and not _TITLE_WORD.search(self.text)
        teaser = self.linked or self.entry and self.listed
        self.prose = han if runs and not teaser and not self.caption else 0

    @property
    def names_a_report(self) -> bool:
        return bool(_TITLE_WORD.search(self.text))


class PageLines:
    """The lines of a page, and which of them stand in each element.

    Args:
        root: the parsed page.
        hidden: whether to show what the page hides.
    """

    def __init__(self, root: Any, *, hidden: bool = False):
        self.lines: list[PageLine] = []
        self.within: dict[Any, range] = {}
        self._open: Counter[str] = Counter()  # how many elements of each kind we are inside of
        self._levels: list[int] = []
        self._counters: list[int | None] = []
        self._number = ""  # of an item of a list, which stands before its first line
        self._label = False  # whether the last cell was the header of a row
        self._parts: list[str] = []
        self._written = self._linked = 0
        self._picture = False
        self._walk(root, hidden, _widgets(root))

    def _walk(self, root: Any, hidden: bool, widgets: set[Any]) -> None:
        from lxml import etree

        skipping: Any = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                if skipping is None and (tag in _SKIPPED or element in widgets or not hidden and _is_hidden(element)):
                    skipping = element
                if skipping is None:
                    self._start(element, tag)
                    self._write(element.text)
                continue
            if skipping is None:
                self._end(element, tag)
            elif skipping is element:
                skipping = None
            if skipping is None and element is not root:
                self._write(element.tail)
        self._end_line()

    def _breaks(self, tag: str) -> bool:
        return tag == "br" or tag in _BLOCKS and not (self._open["row"] and tag in ("td", "th"))

    def _start(self, element: Any, tag: str) -> None:
        if self._breaks(tag):
            self._end_line()
        self.within[element] = range(len(self.lines), len(self.lines))
        self._open[tag] += 1
        self._open["link"] += _is_link(element)
        self._open["centred"] += _is_centred(element)
        if tag in ("td", "th") and self._open["row"]:
            self._parts.append("：" if self._label and tag == "td" and not "".join(self._parts).rstrip().endswith((":", "：")) else " ")
            self._label = tag == "th"
        elif tag == "tr" and (self._open["row"] or _is_short_row(element)):
            self._open["row"] += 1
        elif tag in _HEADINGS:
            self._levels.append(int(tag[1]))
        elif tag in ("ol", "ul"):
            self._counters.append(_number(element.get("start"), 1) - 1 if tag == "ol" else None)
        elif tag == "li" and self._counters and self._counters[-1] is not None:
            self._counters[-1] = _number(element.get("value"), self._counters[-1] + 1)
            self._number = f"{self._counters[-1]}."
        elif tag == "img":
            self._picture = True

    def _end(self, element: Any, tag: str) -> None:
        if self._breaks(tag):
            self._end_line()
        self.within[element] = range(self.within[element].start, len(self.lines))
        self._open[tag] -= 1
        self._open["link"] -= _is_link(element)
        self._open["centred"] -= _is_centred(element)
        if tag == "tr" and self._open["row"]:
            self._open["row"] -= 1
            self._label = False
        elif tag == "li":
            self._number = ""
        elif tag in _HEADINGS:
            self._levels.pop()
        elif tag in ("ol", "ul"):
            self._counters.pop()

    def _write(self, text: str | None) -> None:
        for number, piece in enumerate(text.splitlines() if text and self._open["pre"] else [text or ""]):
            if number:
                self._end_line()
            self._parts.append(piece)
            size = sum(map(len, piece.split()))
            self._written += size
            self._linked += size if self._open["link"] else 0

    def _end_line(self) -> None:
        text = _WRAP.sub("", _INVISIBLE.sub("", "".join(self._parts)).replace("\xa0", " "))
        indent = "\u3000" if self._open["pre"] and text[:1].isspace() else ""  # tells where a paragraph begins in wrapped text
        text = _SPACE.sub(" ", text).strip(" \u3000")
        self._parts.clear()
        if text:
            short = len(text) <= CAPTION and not _STOP.search(text)
            self.lines.append(
                PageLine(
                    indent + self._number + text,
                    self._levels[-1] if self._levels else None,
                    linked=self._linked >= 0.9 * self._written and not _STOP.search(text),
                    entry=2 * self._linked > self._written,
                    listed=self._open["li"] + self._open["dd"] > 0,
                    caption=self._picture and short and self._open["centred"] > 0,
                )
            )
            self._picture, self._number = False, ""
        self._linked = self._written = 0


def _widgets(root: Any) -> set[Any]:
    """The small elements whose name says that they are no part of the text: share bars, footers, lists of links; and
    comments of any size. What runs over several sentences or has a first heading is text, whatever it is called."""
    from lxml import etree

    begin: dict[Any, tuple[int, int]] = {}
    found, written, stops, silent = set(), 0, 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        silent += (element.tag in ("script", "style")) * (1 if event == "start" else -1)
        if event == "start":
            name = f"{element.get('class') or ''} {element.get('id') or ''}"
            office = element.tag == "div" and element.get("title") in ("header", "footer")  # of a page, as LibreOffice writes it
            if office or _WIDGET.search(name):
                begin[element] = (written, stops)
            elif _COMMENTS.search(name) and not _HEADING_ONE.search("".join(element.itertext())):
                found.add(element)
        elif element in begin and written - begin[element][0] <= WIDGET and stops - begin[element][1] < MANY_STOPS:
            found.add(element)
        text = "" if silent else (element.text if event == "start" else element.tail) or ""
        written += len(text)
        stops += text.count("。")
    return found


def _is_link(element: Any) -> bool:
    """Whether a click leads somewhere else: bookmarks and buttons do not."""
    target = (element.get("href") or "").strip().lower() if element.tag == "a" else ""
    return bool(target) and not target.startswith(("#", "javascript:"))


def _number(text: str | None, otherwise: int) -> int:
    """A number as it stands in an attribute."""
    return int(text) if text and re.fullmatch(r"\d{1,4}", text.strip()) else otherwise


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    no_size = _NO_SIZE.search(style) and not any("font-size" in (child.get("style") or "") for child in element)
    return "hidden" in element.attrib or bool(_HIDDEN.search(style) or no_size)


def _is_centred(element: Any) -> bool:
    style, align = element.get("style") or "", element.get("align") or ""
    return bool(_CENTRED.search(style)) or align.lower() == "center" or element.tag == "center"


def _is_short_row(row: Any) -> bool:
    """Whether the cells of a row belong on one line, such as a label and what it labels."""
    size = 0
    for number, element in enumerate(row.iter()):
        block = element is not row and (element.tag in _BLOCKS or element.tag == "br") and element.tag not in ("td", "th")
        size += len((element.text or "").strip()) + len((element.tail or "").strip())
        if block or size > TABLE_ROW or number > ROW_ELEMENTS:
            return False
    return True
