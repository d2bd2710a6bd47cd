"""The styles of a Word file: what a paragraph or a run has from its style, or from one that the style is based on."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONGEST_CHAIN = 20  # styles based on one another; Word allows ten

_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc(?:\s?[1-9]|\s?heading)?|目录\s?[1-9]?|toc\s?标题", re.IGNORECASE)


def value(element: _Element | None, path: str) -> str | None:
    """The ``w:val`` of what lies at a path such as `numPr/numId` below an element; ``None`` if nothing does."""
    found = None if element is None else element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val", "")


def number(text: str | None) -> int | None:
    """A number of at most five digits, as all are that mean something here; ``None`` for anything else."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,5}", text) else None


class Styles:
    """The styles part, or none; a style goes by its identifier."""

    def __init__(self, part: _Element | None):
        self._by_id = {} if part is None else {style.get(W + "styleId", ""): style for style in part.iter(W + "style")}
        self._chains: dict[str, list[str]] = {}
        self._values: dict[tuple[str, str], str | None] = {}

    @cached_property
    def _default(self) -> str:
        """The style of paragraphs that name none."""
        paragraphs = (id for id, style in self._by_id.items() if style.get(W + "type") == "paragraph")
        return next((id for id in paragraphs if self._by_id[id].get(W + "default") in ("1", "true", "on")), "")

    def value(self, style: str, path: str) -> str | None:
        """The value at a path below one style."""
        if (style, path) not in self._values:
            self._values[style, path] = value(self._by_id.get(style), path)
        return self._values[style, path]

    def chain(self, style: str) -> list[str]:
        """A style, then the one that it is based on, and so on."""
        if style not in self._chains:
            chain, following = [], style
            while following in self._by_id and len(chain) < LONGEST_CHAIN:
                chain.append(following)
                following = self.value(following, "basedOn")
            self._chains[style] = chain
        return self._chains[style]

    def of(self, properties: _Element | None) -> list[str]:
        """A paragraph's style, then the one that this is based on, and so on."""
        return self.chain(value(properties, "pStyle") or self._default)

    def first(self, chain: list[str], path: str) -> str | None:
        """What the first style of a chain that says anything says at a path."""
        return next((found for style in chain if (found := self.value(style, path)) is not None), None)

    def heading_level(self, properties: _Element | None) -> int | None:
        """0 for the title, 1-9 for a heading, ``None`` for text: by the paragraph itself, else by its style."""
        own = value(properties, "outlineLvl")
        if own is not None:
            return _level(own)
        for style in self.of(properties):
            name, outline = self._name(style), self.value(style, "pPr/outlineLvl")
            if _TITLE.fullmatch(name):  # it may have an outline level too
                return 0
            if outline is not None:
                return _level(outline)
            if match := _HEADING.fullmatch(name):
                return int(match[1])
        return None

    def is_contents(self, properties: _Element | None) -> bool:
        """Whether a paragraph is styled as one of a table of contents."""
        return any(_CONTENTS.fullmatch(self._name(style)) for style in self.of(properties)[:1])

    def is_hidden(self, run: _Element | None, paragraph: _Element | None) -> bool:
        """Whether a run is hidden text, by its properties, its style, or the style of its paragraph."""
        hidden = value(run, "vanish")
        if hidden is None:
            hidden = self.first(self.chain(value(run, "rStyle") or "") + self.of(paragraph), "rPr/vanish")
        return hidden not in (None, "0", "false", "off")

    def _name(self, style: str) -> str:
        return (self.value(style, "name") or "").strip()


def _level(outline: str) -> int | None:
    """The level of a heading from an outline level; 9 is that of text."""
    level = number(outline)
    return level + 1 if level is not None and level < 9 else None
