"""Reads the gold of segmentation, `seeds/gold/*.txt`; its form is described in `seeds/README.md`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
BOUNDARY = "‖"


@dataclass(frozen=True)
class Gold:
    """The clean text; headings as (start, end, level); sentences as (start, end); body lines as (start, end)."""

    name: str
    text: str
    headings: tuple[tuple[int, int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]

    @property
    def boundaries(self) -> set[int]:
        """The ends of all headings and sentences."""
        return {end for _, end, _ in self.headings} | {end for _, end in self.sentences}


def read_gold(path: Path) -> Gold:
    """Read one gold file.

    Raises:
        ValueError: if a line does not begin with a known mark.
    """
    headings, sentences, lines, texts = [], [], [], []
    position = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        mark, space, content = line.partition(" ")
        if not space or not (mark in "TS-" or mark.isdigit()):
            raise ValueError(f"{path}, line {number}: begins with {mark!r}, expected T, S, - or a level, and a space")
        start = position
        for i, piece in enumerate(content.split(BOUNDARY)):
            end = position + len(piece)
            begin = position + len(piece) - len(piece.lstrip())
            if i == 0 and mark.isdigit():
                headings.append((begin, end, int(mark)))
            elif mark not in "TS":
                sentences.append((begin, end))
            position = end
        if mark not in "TS":
            lines.append((start, position))
        texts.append(content.replace(BOUNDARY, ""))
        position += 1
    return Gold(path.stem, "\n".join(texts), tuple(headings), tuple(sentences), tuple(lines))


def all_gold() -> list[Gold]:
    """The gold of all five reports."""
    return [read_gold(path) for path in sorted((SEEDS / "gold").glob("*.txt"))]


def written(path: Path) -> str:
    """A written report without the lines that say what it is."""
    return "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
