"""Clean reports turned into garbled copies, by the mechanism that makes them: a find-and-replace over GBK bytes.

A mirror site turns a page into traditional characters, writes it as GBK, and replaces the bytes of some characters by
themselves and their pinyin, the bytes of marks by a comma and themselves. The replacement also matches across two
characters, and cuts them apart; see `lawgov.realign` for what that looks like.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

import ftfy
import opencc
from gold import SEEDS, written
from pypinyin import Style, pinyin
from rapidfuzz.distance import Levenshtein

import lawgov
from lawgov.characters import CharacterModel
from lawgov.gbk import fold
from lawgov.repair import repair
from lawgov.script import only_simplified


@dataclass(frozen=True)
class Dialect:
    """How one site garbles.

    ``annotated`` is the number of characters that get their pinyin, the commonest converted ones first. ``noted`` and
    ``commas`` are the parts of the occurrences of such characters, and of marks, that are touched. ``marks`` get a comma.
    ``folded``: full-width ASCII marks become half-width. ``swallows``: an orphaned byte takes the ASCII byte behind it with it.
    ``orphan`` is what it shows as.
    """

    annotated: int
    noted: float
    commas: float
    marks: str = "，、。；！？"
    folded: bool = True
    swallows: bool = True
    orphan: str = "?"


DIALECTS = {
    "every character, commas in part, half width": Dialect(10_000, 1.0, 0.65),
    "every character, commas everywhere, full width": Dialect(10_000, 1.0, 1.0, folded=False),
    "a few characters, no commas, full width": Dialect(20, 1.0, 0.0, folded=False),
    "no characters, commas everywhere, half width": Dialect(0, 0.0, 1.0),
    "half of the characters, with gaps, few commas": Dialect(120, 0.7, 0.3, marks="，、。"),
    "nothing swallowed, orphans as U+FFFD, with gaps": Dialect(10_000, 0.8, 0.8, marks="，、。；：！？", folded=False, swallows=False, orphan="\ufffd"),
}


def garble(text: str, dialect: Dialect, seed: int = 0) -> str:
    """What a site of this dialect makes of a clean report in simplified characters. Marks outside GBK are lost as `?`."""
    chance = random.Random(seed)
    traditional = opencc.OpenCC("s2t").convert(text)
    converted = Counter(t for s, t in zip(text, traditional) if s != t and only_simplified(s))
    data = traditional.encode("gbk", errors="replace")
    for character, _ in sorted(converted.items(), key=lambda item: (-item[1], item[0]))[: dialect.annotated]:
        reading = pinyin(character, style=Style.TONE)[0][0]
        data = _replace(data, character, b"%b" + f"({reading})".encode("gbk", errors="replace"), dialect.noted, chance)
    for mark in dialect.marks:
        data = _replace(data, mark, b",%b", dialect.commas, chance)
    shown = _decode(data, dialect)
    return fold(shown) if dialect.folded else shown


def truth(text: str, dialect: Dialect) -> str:
    """The clean report as it can be had back from a copy of this dialect."""
    return fold(text) if dialect.folded else text


def _replace(data: bytes, character: str, by: bytes, part: float, chance: random.Random) -> bytes:
    code = character.encode("gbk", errors="ignore")
    if len(code) != 2 or not part:
        return data
    return re.sub(re.escape(code), lambda m: by % m[0] if chance.random() < part else m[0], data)


def _decode(data: bytes, dialect: Dialect) -> str:
    shown, position = [], 0
    while position < len(data):
        if data[position] < 0x80:
            shown.append(chr(data[position]))
            position += 1
            continue
        pair = data[position : position + 2]
        if len(pair) == 2 and pair[1] >= 0x40:
            shown.append(pair.decode("gbk", errors="ignore"))  # pairs that GBK does not define vanish
            position += 2
        else:
            shown.append(dialect.orphan)
            position += 2 if dialect.swallows and pair[1:] != b"\n" else 1
    return "".join(shown)


def clean_reports() -> dict[str, str]:
    """Four real reports and ten written ones."""
    real = {name: lawgov.read(SEEDS / "reports" / f"{name}.txt").text for name in ("nanxiong-2022", "sanxing-2024", "shiqi-2022", "zhangqi-2020")}
    paths = sorted((SEEDS / "authored").glob("*.txt"))[::17][:10]
    return real | {path.stem: lawgov.segment(written(path)).text for path in paths}


def print_dialects() -> None:
    """The clean reports garbled in each dialect and repaired by a character model that has seen none of them."""
    texts = clean_reports()
    others = [p for folder in ("authored", "contrast") for p in sorted((SEEDS / folder).glob("*.txt")) if p.stem not in texts]
    characters = CharacterModel.fit(written(path) for path in others)
    repairs = {
        "no repair": lambda text: text,
        "ftfy": lambda text: ftfy.fix_text(text),
        "OpenCC alone": opencc.OpenCC("t2s").convert,
        "lawgov": lambda text: repair(text, characters)[0],
    }
    print(f"\nGarbled on purpose: {len(texts)} reports, {sum(map(len, texts.values()))} characters; character error rate")
    print("| dialect | no repair | ftfy | OpenCC alone | lawgov | worst report | repaired again, changed |\n|---|---|---|---|---|---|---|")
    errors: Counter[str] = Counter()
    for name, dialect in DIALECTS.items():
        own: dict[str, list[float]] = {method: [] for method in repairs}
        changed = size = 0
        for seed, text in enumerate(texts.values()):
            garbled, true = garble(text, dialect, seed), truth(text, dialect)
            size += len(true)
            for method, mend in repairs.items():
                mended = mend(garbled)
                distance = Levenshtein.distance(mended, true)
                errors[method] += distance
                own[method].append(distance / len(true))
                if method == "lawgov":
                    changed += repair(mended, characters)[0] != mended
        lengths = [len(truth(text, dialect)) for text in texts.values()]
        rates = {method: sum(rate * length for rate, length in zip(found, lengths)) / size for method, found in own.items()}
        print(f"| {name} | " + " | ".join(f"{rate:.2%}" for rate in list(rates.values())[:3]) + f" | {rates['lawgov']:.3%} | {max(own['lawgov']):.3%} | {changed} of {len(texts)} |", flush=True)
    every = len(DIALECTS) * sum(map(len, texts.values()))
    print("| all | " + " | ".join(f"{errors[method] / every:.2%}" for method in list(repairs)[:3]) + f" | {errors['lawgov'] / every:.3%} | | |")
    untouched = sum(repair(text, characters)[0] != text for text in texts.values())
    print(f"Clean reports that repair changes: {untouched} of {len(texts)}")


if __name__ == "__main__":
    print_dialects()
