"""Categories and indicators as data: what a report is asked to show."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lawgov.errors import RubricError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FORMAT = 1


@dataclass(frozen=True)
class Indicator:
    """One thing that a sentence can show. ``names`` and ``definitions`` are by language, `en` and `zh`."""

    name: str
    names: dict[str, str]
    definitions: dict[str, str]


@dataclass(frozen=True)
class Category:
    """A part of the rubric. A category that is not ``scored`` has topics instead of indicators and no coverage."""

    name: str
    names: dict[str, str]
    definitions: dict[str, str]
    indicators: tuple[Indicator, ...]
    scored: bool = True

    @property
    def indicator_names(self) -> tuple[str, ...]:
        return tuple(indicator.name for indicator in self.indicators)


@dataclass(frozen=True)
class Rubric:
    """All the categories, in their order."""

    name: str
    version: str
    categories: tuple[Category, ...]

    @property
    def category_names(self) -> tuple[str, ...]:
        """All categories, the one that is not scored included."""
        return tuple(category.name for category in self.categories)

    @cached_property
    def scored(self) -> tuple[Category, ...]:
        """The categories that a report is scored on."""
        return tuple(category for category in self.categories if category.scored)

    @cached_property
    def rest(self) -> str:
        """The name of the category for all the rest."""
        return next(category.name for category in self.categories if not category.scored)

    @cached_property
    def indicator_names(self) -> tuple[str, ...]:
        """All indicators, topics of the unscored category included, in the order of the categories."""
        return tuple(name for category in self.categories for name in category.indicator_names)

    @cached_property
    def category_of(self) -> dict[str, str]:
        """The category that each indicator belongs to."""
        return {name: category.name for category in self.categories for name in category.indicator_names}

    @cached_property
    def category_of_indicators(self) -> tuple[int, ...]:
        """The number of the category that each indicator belongs to, in the order of `indicator_names`."""
        return tuple(number for number, category in enumerate(self.categories) for _ in category.indicators)

    def __getitem__(self, name: str) -> Category:
        for category in self.categories:
            if category.name == name:
                return category
        raise RubricError(f"the rubric {self.name!r} has no category {name!r}; it has {', '.join(self.category_names)}")

    def label(self, name: str, lang: str) -> str:
        """The name of a category or an indicator in a language, `en` or `zh`."""
        for category in self.categories:
            for item in (category, *category.indicators):
                if item.name == name:
                    return item.names.get(lang, name)
        return name

    def to_dict(self) -> dict[str, Any]:
        """The rubric in the form of its file."""
        return {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "categories": [
                {"name": c.name, "scored": c.scored, **_flat(c), "indicators": [{"name": i.name, **_flat(i)} for i in c.indicators]}
                for c in self.categories
            ],
        }


def _flat(item: Category | Indicator) -> dict[str, str]:
    return dict(item.names) | {f"definition_{lang}": text for lang, text in item.definitions.items()}


def load_rubric(path: str | Path | None = None) -> Rubric:
    """Read a rubric file; without a path, the one that comes with lawgov.

    Raises:
        RubricError: if the file cannot be read or lacks something.
    """
    return _shipped_rubric() if path is None else _read(Path(path))


@lru_cache(maxsize=1)
def _shipped_rubric() -> Rubric:
    return _read(Path(__file__).with_name("rubric.toml"))


def _read(path: Path) -> Rubric:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RubricError(f"{path}: there is no such file; give a rubric in TOML, in the form that `lawgov rubric --format toml` prints") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RubricError(f"{path}: is not TOML in UTF-8 ({error}); compare it with what `lawgov rubric --format toml` prints") from None
    return rubric_from_dict(data, str(path))


def rubric_from_dict(data: dict[str, Any], source: str = "the rubric") -> Rubric:
    """Build a rubric from the content of its file.

    Raises:
        RubricError: if something is missing, twice there, or of another format.
    """
    if data.get("format") != FORMAT:
        raise RubricError(f"{source}: has format {data.get('format')!r}, this lawgov reads format {FORMAT}")
    try:
        categories = tuple(
            Category(
                name=c["name"],
                names=_names(c),
                definitions=_definitions(c),
                indicators=tuple(Indicator(i["name"], _names(i), _definitions(i)) for i in c.get("indicators", [])),
                scored=bool(c.get("scored", True)),
            )
            for c in data["categories"]
        )
        rubric = Rubric(str(data["name"]), str(data["version"]), categories)
    except (KeyError, TypeError, AttributeError) as error:
        raise RubricError(f"{source}: lacks {error}; compare it with what `lawgov rubric --format toml` prints") from None
    everything = rubric.category_names + rubric.indicator_names
    twice = sorted({name for name in everything if everything.count(name) > 1})
    if twice:
        raise RubricError(f"{source}: has {', '.join(twice)} more than once; every category and indicator needs a name of its own")
    if sum(not category.scored for category in categories) != 1:
        raise RubricError(f"{source}: needs exactly one category with `scored = false`, for all the rest")
    empty = [category.name for category in rubric.scored if not category.indicators]
    if empty or not rubric.scored:
        raise RubricError(f"{source}: every scored category needs at least one indicator; {', '.join(empty) or 'no category'} has none")
    return rubric


def _names(item: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in item.items() if key not in ("name", "scored", "indicators") and not key.startswith("definition_")}


def _definitions(item: dict[str, Any]) -> dict[str, str]:
    return {key.removeprefix("definition_"): str(value) for key, value in item.items() if key.startswith("definition_")}
