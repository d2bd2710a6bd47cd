"""Saved web pages into lines: what a reader sees of a page, from its top to the end of its main text.

Menus, lists of links, hidden parts and whatever stands behind the main text are left out. The main text is the element
that holds nearly all of the page's running text and nothing foreign. Of what stands before it the title is kept, and as
notes the lines with agency and date; `layout` then finds the report's own lines.

On pages in the shape of thirteen kinds of government site this keeps the sentences of a report better than a general
extractor, which loses text in forms, tables and <pre> and short paragraphs (`benchmarks/every_form.py`).
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

from lawgov.errors import InputError
from lawgov.forms.web_lines import PageLine, PageLines
from lawgov.numbering import numbering
from lawgov.raw import Mark, RawText

MOST_TAGS = 300_000  # a page of a report has a few thousand; this many take a third of a gigabyte
MAIN = 0.75  # share of the running text that the innermost main element holds; the rest is notices, teasers and footers
FOREIGN = 0.3  # share of links and list items among the lines that stand beside the text and are no part of it
FEWEST = 50  # Han characters of running text below which a page has no text of its own
SHORT = 500  # below, a page with many titles as links is a list
TITLES = 5  # links that are titles of reports
MOST_BEHIND = 4  # lines of closing, signature and date that may stand beside the text
SHORTEST_TITLE, LONGEST_TITLE = 8, 80  # characters

_NOTE = re.compile(
    r"(?:来\s*源|发布\S{0,4}|日\s*期|时\s*间|机构|机关|单位|字号|索引号|主体|浏览\S{0,3}|阅读\S{0,3}|字体|打印|公开方式|编辑|作者|名\s*称)\s*[:：]"
    r"|^20\d\d[-年./]\d{1,2}[-月./]\d{1,2}"
)
_BEHIND = re.compile(
    r"^特此(?:报告|公告|说明)|^[^：:。，]{2,38}(?:政府|[局厅委办所站院]|中心|大队|办事处|办公室|管委会)$|^[(（]?(?:20\d\d|二[〇○零]..)年[^。]{2,9}日[)）]?$"
)
_LIKE_A_TITLE = re.compile(r"^[^>»:：。；]*(?:报告|总结|年报|公报|情况|述法)(?:[(（][^()（）]{0,12}[)）])?$")
_FIRST_HALF = re.compile(r"^[^>»:：。；]{2,40}(?:政府|关于|委员会|[局厅委办]|办事处|法院|检察院)$")  # of a title over two lines
_INVITATION = re.compile(r"^[▲▼↑↓]?(?:点击|关注|扫码|长按|本文|目录|导读|摘要|微信)")
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
_BLOCK_TAGS = re.compile(r"</(?:p|div|td|span|table)\s*>|<br\s*/?>", re.IGNORECASE)
_META = {
    "title": ("articletitle", "og:title"),
    "agency": ("contentsource", "source", "author"),
    "date": ("pubdate", "publishdate", "publish_time", "article:published_time", "makedate"),
}


def is_html(text: str) -> bool:
    """Whether a text is the source of a web page."""
    start = text[:20_000]
    return bool(_TAGS.search(start)) or len(_BLOCK_TAGS.findall(start)) >= 4


def html_text(page: str, name: str) -> RawText:
    """The text of a saved web page, up to the end of its main text.

    Args:
        page: its source.
        name: what to call it in errors.

    Raises:
        InputError: if it only lists reports, or has no text of its own, or has tags beyond reason.
    """
    root = _parse(page, name)
    lines, main, prose = _shown(root, hidden=False)
    if prose < SHORT:  # some sites show their text by a script, and hide it until then
        hidden = _shown(root, hidden=True)
        lines, main, prose = hidden if hidden[2] > 3 * prose else (lines, main, prose)
    titles = sum(line.entry and line.names_a_report for line in lines)
    if prose < SHORT and titles >= TITLES:
        raise InputError(f"{name}: is a web page that lists {titles} reports and the like, expected one report; open the one you want and save that page")
    if prose < FEWEST:
        raise InputError(
            f"{name}: is a web page with {prose} characters of running text, expected a report; "
            "if the browser shows its text, copy that into a text file: the page loads it by a script"
        )
    return _compose(lines, main, _about(root))


def _shown(root: Any, *, hidden: bool) -> tuple[list[PageLine], range, int]:
    """The lines of a page, those of its main text, and how much running text these hold."""
    shown = PageLines(root, hidden=hidden)
    main = _main_lines(root, shown.lines, shown.within)
    return shown.lines, main, sum(shown.lines[i].prose for i in main)


def _parse(page: str, name: str) -> Any:
    try:
        import lxml.html
    except ImportError:
        raise InputError(f'{name}: is a web page; reading it needs `pip install "lawgov[files]"`') from None
    tags = page.count("<")
    if tags > MOST_TAGS:
        raise InputError(f"{name}: is a web page with {tags:,} tags, expected a report with at most {MOST_TAGS:,}; copy its text into a text file")
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.LxmlError as error:
        raise InputError(f"{name}: cannot be read as a web page ({error}); copy its text into a text file") from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise InputError(f"{name}: is a web page whose tags are nested more than 250 deep, expected a report; copy its text into a text file")
    return root


def _main_lines(root: Any, lines: list[PageLine], within: dict[Any, range]) -> range:
    """The lines of the element that holds the running text and nothing foreign: down to the smallest one that has most of
    it, then up again over what stands beside that without menus, such as a preamble in a cell of its own."""
    outside = sum(line.prose for line in lines if not line.listed)
    teasers = outside > sum(line.prose for line in lines if line.listed)  # of other articles stand in lists
    running = [0, *accumulate(0 if teasers and line.listed else line.prose for line in lines)]
    foreign = [0, *accumulate(line.entry or line.listed and not line.prose for line in lines)]

    def held(found: range) -> int:
        return running[found.stop] - running[found.start] if found else 0

    main = root
    while held(within.get(root, range(0))):
        child = max((c for c in main if c in within), key=lambda c: held(within[c]), default=None)
        if child is None or held(within[child]) < MAIN * held(within[root]):
            break
        main = child
    for outer in main.iterancestors():
        if outer not in within:
            break
        inner, around = within[main], within[outer]
        beside = len(around) - len(inner)
        links = foreign[around.stop] - foreign[around.start] - foreign[inner.stop] + foreign[inner.start]
        if links > FOREIGN * beside:
            break
        if held(around) > held(inner):
            main = outer
    found = within.get(main, range(0))
    stop = found.stop
    while found and stop < min(len(lines), found.stop + MOST_BEHIND) and _BEHIND.search(lines[stop].text) and not lines[stop].entry:
        stop += 1
    return range(found.start, stop)


def _about(root: Any) -> dict[str, str]:
    """What the page's meta tags say of the article; the names are those of the rules for government websites of 2017."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if key and content:
            said.setdefault(key, content)
    found = {field: next((said[key] for key in keys if key in said), "") for field, keys in _META.items()}
    found["page"] = " ".join((root.findtext(".//title") or "").split())
    return {key: value for key, value in found.items() if value}


def _compose(lines: list[PageLine], main: range, about: dict[str, str]) -> RawText:
    """The title and the main lines as text; what stands before them and says something about the report as notes."""
    shown = [(i, line) for i, line in enumerate(lines[: main.stop]) if not line.linked and not line.caption]
    begin = next(n for n, (i, line) in enumerate(shown) if line.prose and i in main)
    head, body = [line for _, line in shown[:begin]], [line for _, line in shown[begin:]]
    title, below = _find_title(head, about)
    notes = tuple(line.text for line in head if _is_note(line))
    headings = [line for i, line in shown[below:begin] if i in main and not _is_note(line) and not _INVITATION.search(line.text)]
    marks, texts, position = [], [], 0
    for text, level in [(text, 0) for text in title] + [(line.text, line.level) for line in headings + body]:
        if level is not None:
            marks.append(Mark(position, position + len(text), level))
        texts.append(text)
        position += len(text) + 1
    return RawText("\n".join(texts), form="html", about=about, notes=notes, marks=tuple(marks))


def _is_note(line: PageLine) -> bool:
    return bool(_NOTE.search(line.text)) and not numbering(line.text)


def _find_title(head: list[PageLine], about: dict[str, str]) -> tuple[list[str], int]:
    """The title of the page where it stands nearest above the text, which may be over several lines; and the line behind it."""
    names = [_bare(about[key]) for key in ("title", "page") if key in about]
    for end in range(len(head), 0, -1):
        for start in range(end - 1, max(-1, end - 5), -1):
            text = "".join(line.text for line in head[start:end])
            bare = _bare(text)
            if bare in names[:1] or len(bare) >= SHORTEST_TITLE and head[end - 1].names_a_report and any(bare in name for name in names):
                return [text], end
    for end in range(len(head), 0, -1):
        text = head[end - 1].text
        if len(text) <= LONGEST_TITLE and _LIKE_A_TITLE.search(text) and not head[end - 1].entry:
            if end > 1 and _FIRST_HALF.search(head[end - 2].text):
                text = head[end - 2].text + text
            if len(text) >= SHORTEST_TITLE:
                return [text], end
    return [], 0


def _bare(text: str) -> str:
    return "".join(text.split())
