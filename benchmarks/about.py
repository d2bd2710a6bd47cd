"""What lawgov finds out about a report, against what the header of each written report says of it.

    python benchmarks/about.py

The headers name year, level and mostly the issuer; the name of the file has the place. An issuer that is one office of a
government counts as a department. The rules were mended on these reports and the five real ones.
"""

from __future__ import annotations

import re
from pathlib import Path

from gold import SEEDS, written

import lawgov

OFFICE = re.compile(r"bureau|department|commission|station|administration|judicial office")
SAME = {"district": "county", "street": "township"}


def header(path: Path) -> dict[str, str]:
    """What the report's second line says: level, kind, issuer, year."""
    line = path.read_text(encoding="utf-8").splitlines()[1]
    return dict(part.strip().split(": ", 1) for part in line.removeprefix("#").split(";") if ": " in part)


def print_about() -> None:
    paths = sorted((SEEDS / "authored").glob("*.txt"))
    right = dict.fromkeys(("year", "place", "level"), 0)
    for path in paths:
        truth, found = header(path), lawgov.segment(written(path))
        level = "department" if OFFICE.search(truth.get("issuer", "")) else SAME.get(truth["level"], truth["level"])
        right["year"] += str(found.year) == truth["year"]
        right["place"] += path.stem.split("-")[1] in (found.place or "")
        right["level"] += found.level == level
    print(f"\nAbout the report, {len(paths)} written reports: " + ", ".join(f"{name} right in {n}" for name, n in right.items()))


if __name__ == "__main__":
    print_about()
