"""How well garbled copies are repaired: clean reports garbled on purpose (`garbling.py`) and mended again.

    pip install -e ".[bench]"; python benchmarks/dialects.py
"""

from __future__ import annotations

from collections import Counter

import ftfy
import opencc
from garbling import DIALECTS, garble, truth
from gold import SEEDS, written
from rapidfuzz.distance import Levenshtein

import lawgov
from lawgov.characters import CharacterModel
from lawgov.repair import repair


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
