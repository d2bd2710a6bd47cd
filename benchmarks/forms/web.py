"""Reports as pages of government sites: the same text in the mark-up of a dozen kinds of site, with all that stands round it.

The templates are in `pages/`. Places, agencies and headlines in them are invented; element names, classes and meta names are
those that the sites' editors and content systems write.
"""

from __future__ import annotations

import base64
import html
import random
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from forms.blocks import Block

_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "…": "&hellip;", "·": "&middot;"}
_INVISIBLE = "\u200b\u200d\ufeff"
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_RUN_IN = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])[^。]*。(?=.)")


@dataclass(frozen=True)
class Page:
    """A kind of site.

    ``encoding`` is that of the bytes; ``declared`` is what the page says of it: at times wrong, ``None`` if it says nothing.
    """

    name: str
    level: str
    encoding: str = "utf-8"
    declared: str | None = "utf-8"

    def render(self, report: list[Block], about: dict[str, str]) -> bytes:
        """The report as a page of this site.

        Args:
            report: its blocks; without a title among them the page takes that of ``about``.
            about: `site`, `agency`, `date` (2024-01-31) and, for a report without a title, `title`.
        """
        own = "".join(block.text for block in report if block.role == "title")
        body = [block for block in report if block.role != "title"]
        return _fill(
            self.name,
            encoding=self.encoding,
            declared=self.declared,
            site=about["site"],
            agency=about["agency"],
            date=date.fromisoformat(about["date"]),
            title=own or about["title"],
            titled=bool(own),
            body=body,
            sections=_sections(body),
        )


PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        Page("province", "province"),
        Page("trs", "city"),
        Page("jcms", "county", "gb18030", "gb2312"),
        Page("breaks", "township", "gb18030", "gb2312"),
        Page("word", "department", "utf-8", "gb2312"),
        Page("aspnet", "county", "utf-8-sig", "utf-8"),
        Page("divs", "city", "gb18030", "utf-8"),
        Page("disclosure", "department"),
        Page("preformatted", "township", "gb18030", None),
        Page("rows", "county", "utf-8", None),
        Page("articles", "city"),
        Page("visual", "department", "utf-8", "UTF-8"),
        Page("mobile", "township"),
    )
}


def list_page() -> bytes:
    """The page of a column: the titles and dates of 20 reports, none of their text."""
    return _fill("list")


def list_page_with_intro() -> bytes:
    """The page of a column with a paragraph about it above the titles."""
    return _fill("list_with_intro")


def error_page() -> bytes:
    """What a site shows for an article that it has no more."""
    return _fill("missing")


def script_page() -> bytes:
    """A page whose article comes by script: menus and an empty container."""
    return _fill("script")


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph that Word puts into a span of its own: ``kind`` is `text`, `latin` or `date`."""

    text: str
    kind: str

    @property
    def numbers(self) -> list[str]:
        return re.findall(r"\d+", self.text)


def _fill(name: str, *, encoding: str = "utf-8", **values: object) -> bytes:
    return _environment().get_template(f"{name}.html").render(**values).encode(encoding)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages", encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"written": _written, "run_in": _run_in, "runs": _runs, "wrapped": _wrapped, "sprinkled": _sprinkled}
    environment.globals["noise"] = _noise
    return environment


def _written(text: str) -> Markup:
    """Escaped as editors do it: some paragraphs keep their punctuation, others have it as entities."""
    escaped = html.escape(text, quote=False)
    if random.Random(text).random() < 0.4:
        escaped = "".join(_ENTITIES.get(c, c) for c in escaped)
    return Markup(escaped)


def _run_in(text: str) -> tuple[str, str]:
    """A numbered paragraph in two: up to its first 。, which sites often set bold, and the rest."""
    match = _RUN_IN.match(text)
    end = match.end() if match else 0
    return text[:end], text[end:]


def _runs(text: str) -> list[Run]:
    """The spans of a paragraph pasted from Word: dates, numbers and letters apart, the rest cut anywhere, also in a word."""
    dice = random.Random(text)
    found = []
    for match in re.finditer(rf"(?P<date>{_DATE})|(?P<latin>[A-Za-z\d.%+-]+)|(?P<text>(?:(?!{_DATE})[^A-Za-z\d.%+-])+)", text):
        if match.lastgroup != "text":
            found.append(Run(match.group(), match.lastgroup))
            continue
        rest = match.group()
        while rest:
            length = dice.randint(3, 40)
            found.append(Run(rest[:length], "text"))
            rest = rest[length:]
    return found


def _wrapped(text: str, columns: int = 76) -> str:
    """Broken into lines as a mail program does: an indent of two characters, Chinese counts two columns."""
    lines, line, width = [], "　　", 4
    for c in text:
        size = 1 if ord(c) < 0x100 else 2
        if width + size > columns:
            lines.append(line)
            line, width = "", 0
        line += c
        width += size
    return "\n".join([*lines, line])


def _sprinkled(text: str) -> Markup:
    """With the invisible characters that mobile editors leave behind."""
    dice = random.Random(text)
    loose = "".join(c + dice.choice(_INVISIBLE) if dice.random() < 0.02 else c for c in text)
    return Markup(html.escape(loose, quote=False).replace("\u200b", "&#8203;"))


def _sections(body: list[Block]) -> list[tuple[Block | None, list[Block]]]:
    """The report by its outermost headings; what stands before the first has ``None``."""
    sections: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in body:
        if block.role == "heading" and block.level == 1:
            sections.append((block, []))
        else:
            sections[-1][1].append(block)
    return sections


def _noise(length: int) -> str:
    """State as frameworks write it into a page."""
    return base64.b64encode(random.Random(length).randbytes(length)).decode()
