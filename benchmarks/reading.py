"""How well reports are read, against the gold in `seeds/gold/`.

    pip install -e ".[bench]"; python benchmarks/reading.py

Segmentation: a boundary is the end of a heading or a sentence, as an offset into the clean text; lawgov and its peers
get the same clean text. Peers get it line by line, so that every line end is found by all; `inner` leaves those out.
Headings: found with their exact span and level. Repair: the garbled report repaired by a character model that has not
seen it, against its gold; changed Chinese characters in the four clean reports; and reports garbled in six dialects
(`dialects.py`). Then the same reports in every form (`every_form.py`), and time against length (`linear.py`).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

from about import print_about
from dialects import print_dialects
from every_form import print_forms
from gold import SEEDS, Gold, all_gold
from linear import print_times
from rapidfuzz.distance import Levenshtein

import lawgov
from lawgov.characters import CharacterModel
from lawgov.layout import lay_out
from lawgov.repair import is_garbled, repair


def spacy_sentencizer(**config) -> Callable[[str], list[str]]:
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("sentencizer", config=config)
    return lambda line: [sentence.text for sentence in nlp(line).sents]


def pysbd_segmenter() -> Callable[[str], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pysbd

        segmenter = pysbd.Segmenter(language="zh", clean=False)
    return segmenter.segment


def sentencex_segmenter() -> Callable[[str], list[str]]:
    import sentencex

    return lambda line: list(sentencex.segment("zh", line))


PEERS = {
    "spaCy sentencizer": spacy_sentencizer,
    "spaCy sentencizer, given the codebook's marks": lambda: spacy_sentencizer(punct_chars=list("。！？；!?;")),
    "pySBD": pysbd_segmenter,
    "sentencex": sentencex_segmenter,
}


def peer_boundaries(gold: Gold, split: Callable[[str], list[str]]) -> set[int]:
    """The ends of a peer's sentences in the clean text, white space behind them left out."""
    found = set()
    for start, end in gold.lines:
        line, position = gold.text[start:end], 0
        for sentence in split(line):
            core = sentence.strip()
            at = line.find(core, position) if core else -1
            if at >= 0:
                position = at + len(core)
                found.add(start + position)
    return found


def own_boundaries(gold: Gold) -> set[int]:
    document = lawgov.segment(gold.text)
    assert document.text == gold.text, f"{gold.name}: the clean text does not come back as it was"
    return {segment.end for segment in document.segments}


def scores(found: set, true: set) -> tuple[float, float, float]:
    hit = len(found & true)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(true))
    return precision, recall, 2 * hit / max(1, len(found) + len(true))


def main() -> None:
    golds = all_gold()
    total = sum(len(gold.boundaries) for gold in golds)
    print(f"Segmentation: {total} boundaries in {len(golds)} reports")
    print("| report | segmenter | precision | recall | F1 | F1, inner |\n|---|---|---|---|---|---|")
    for name, find in {"lawgov": own_boundaries, **{n: (lambda g, s=make(): peer_boundaries(g, s)) for n, make in PEERS.items()}}.items():
        pooled_found, pooled_true = set(), set()
        for gold in golds:
            found, ends = find(gold), {end for _, end in gold.lines}
            row = (*scores(found, gold.boundaries), scores(found - ends, gold.boundaries - ends)[2])
            print(f"| {gold.name} | {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |")
            pooled_found |= {(gold.name, b, b in ends) for b in found}
            pooled_true |= {(gold.name, b, b in ends) for b in gold.boundaries}
        inner = scores({b for b in pooled_found if not b[2]}, {b for b in pooled_true if not b[2]})[2]
        print(f"| all | {name} | " + " | ".join(f"{value:.3f}" for value in (*scores(pooled_found, pooled_true), inner)) + " |")
    print("\nHeadings, from the report as found\n| report | headings | F1, exact span and level |\n|---|---|---|")
    for gold in golds:
        document = lawgov.read(SEEDS / "reports" / f"{gold.name}.txt")
        found = {(h.start, h.end, h.level) for h in document.headings}
        print(f"| {gold.name} | {len(gold.headings)} | {scores(found, set(gold.headings))[2]:.3f} |")
    print_hard_cases()
    print_repair(golds)
    print_dialects()
    print_about()
    print_forms()
    print_times()


def print_hard_cases() -> None:
    """The hard cases of the tests that are one paragraph without a heading, which is all that peers know of."""
    text = (SEEDS.parent / "tests" / "cases" / "sentences.txt").read_text(encoding="utf-8")
    pairs = [block.partition("\n")[2].partition("\n---\n")[::2] for block in text.split("\n%% ")[1:]]
    cases = [(found, wanted.strip().split("\n")) for found, wanted in pairs if "\n" not in found and not wanted.startswith("#")]
    print(f"\nHard cases: {len(cases)} paragraphs\n| segmenter | right |\n|---|---|")
    splitters = {"lawgov": lambda line: [s.text for s in lawgov.segment(line).sentences]} | {name: make() for name, make in PEERS.items()}
    for name, split in splitters.items():
        print(f"| {name} | {sum([s.strip() for s in split(found)] == wanted for found, wanted in cases)} |")


def print_repair(golds: list[Gold]) -> None:
    raw = {gold.name: (SEEDS / "reports" / f"{gold.name}.txt").read_text(encoding="utf-8") for gold in golds}
    print("\nRepair\n| report | characters | character error rate as found | after repair | changed Chinese characters |\n|---|---|---|---|---|")
    for gold in golds:
        unseen = CharacterModel.fit(text for name, text in raw.items() if name != gold.name and not is_garbled(text))
        page, repairs = repair(raw[gold.name], unseen)
        text = lay_out(page, unseen).text
        before, after = (Levenshtein.distance(t, gold.text) / len(gold.text) for t in (raw[gold.name], text))
        changed = "–" if repairs else str(sum(a != b for a, b in zip(page, raw[gold.name])) + abs(len(page) - len(raw[gold.name])))
        print(f"| {gold.name} | {len(gold.text)} | {before:.2%} | {after:.3%} | {changed} |")


if __name__ == "__main__":
    main()
