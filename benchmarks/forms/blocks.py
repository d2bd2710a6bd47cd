"""A report as blocks: what a word processor or a web editor was given before it made a file of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import lawgov
from lawgov.layout import lay_out


@dataclass(frozen=True)
class Block:
    """One paragraph. ``role`` is `title`, `heading`, `paragraph`, `signature` or `date`; ``level`` is that of a heading, from 1."""

    role: str
    text: str
    level: int = 0


def blocks(source: Path | lawgov.Document) -> list[Block]:
    """The clean report of a plain text file or a document, paragraph by paragraph. Run-in headings stay in their paragraphs."""
    document = source if isinstance(source, lawgov.Document) else lawgov.read(source)
    levels = {(h.start, h.end): h.level for h in document.headings}
    found = []
    for line in lay_out(document.text).lines:
        text = document.text[line.start : line.end]
        level = levels.get((line.start, line.end), 0)
        found.append(Block("heading" if level else "paragraph" if line.role == "body" else line.role, text, level))
    return found


def plain(report: list[Block]) -> str:
    """The blocks as plain text."""
    return "\n".join(block.text for block in report)
