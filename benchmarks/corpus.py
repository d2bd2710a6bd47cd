"""What the labelled corpus is like, and whether more of it would help.

    python benchmarks/corpus.py            # near-duplicates, growth of types, counts by level and year
    python benchmarks/corpus.py --curve    # also the learning curve on the real reports, each left out whole (minutes)

Near-duplicates: sentences whose character 5-grams (numbers as one sign) have a Jaccard index above 0.5 with those of
another sentence. Growth: how many different 5-grams there are after so many.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from rich.progress import track
from sklearn.metrics import f1_score

from lawgov.evaluation import indicator_matrix
from lawgov.features import normalise
from lawgov.labels import Labels, read_labels
from lawgov.rubric import load_rubric
from lawgov.training import fit_scores

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
GRAM = 5
ALIKE = 0.5
LEVELS = {"dayong-2022": "township", "nanxiong-2022": "county", "sanxing-2024": "township", "shiqi-2022": "township", "zhangqi-2020": "township"}


def grams(text: str) -> frozenset[str]:
    plain = normalise(text)
    return frozenset(plain[i : i + GRAM] for i in range(max(1, len(plain) - GRAM + 1)))


def near_duplicates(texts: list[str]) -> list[tuple[int, int]]:
    """Pairs of texts that are alike, by an inverted index."""
    sets = [grams(text) for text in texts]
    places: defaultdict[str, list[int]] = defaultdict(list)
    pairs = []
    for i, own in enumerate(sets):
        shared = Counter(j for gram in own for j in places[gram])
        pairs += [(j, i) for j, n in shared.items() if n / (len(own) + len(sets[j]) - n) > ALIKE]
        for gram in own:
            places[gram].append(i)
    return pairs


def level_and_year(report: str) -> tuple[str, str]:
    """Level and year of a report: of the authored ones from their second line."""
    year = report.rsplit("-", 1)[-1]
    if report in LEVELS:
        return LEVELS[report], year
    header = (SEEDS / "authored" / f"{report}.txt").read_text(encoding="utf-8").splitlines()[1]
    return re.search(r"level: ([\w-]+)", header)[1], year


def print_counts(labels: Labels) -> None:
    rubric = load_rubric()
    texts = [s.text for s in labels.sentences]
    pairs = near_duplicates(texts)
    alike = {i for pair in pairs for i in pair}
    across = {i for a, b in pairs if labels.reports[a] != labels.reports[b] for i in (a, b)}
    print(f"{len(labels)} sentences of {len(set(labels.reports))} reports")
    print(f"Near-duplicates: {len(alike)} sentences ({len(alike) / len(texts):.2%}), {len(across)} of them with another report's")
    print("\n5-grams, read in order | different ones | new among the last tenth\n--- | --- | ---")
    stream = [gram for text in texts for gram in sorted(grams(text))]
    for tenth in range(1, 11):
        part = stream[: len(stream) * tenth // 10]
        before = set(stream[: len(stream) * (tenth - 1) // 10])
        last = part[len(stream) * (tenth - 1) // 10 :]
        print(f"{len(part)} | {len(set(part))} | {sum(gram not in before for gram in last) / len(last):.0%}")
    where = [level_and_year(report) for report in labels.reports]
    for place, title in ((0, "level"), (1, "year")):
        groups = sorted({w[place] for w in where})
        table = Counter((w[place], c) for w, c in zip(where, labels.categories))
        reports = Counter(level_and_year(r)[place] for r in set(labels.reports))
        print(f"\n| {title} | reports | " + " | ".join(rubric.category_names) + " |\n|" + "---|" * (len(rubric.category_names) + 2))
        for group in groups:
            print(f"| {group} | {reports[group]} | " + " | ".join(str(table[group, c]) for c in rubric.category_names) + " |")
    counts = indicator_matrix(labels, rubric.indicator_names).sum(axis=0)
    print("\n| indicator | sentences |\n|---|---|")
    for name, count in sorted(zip(rubric.indicator_names, counts), key=lambda pair: pair[1]):
        print(f"| `{name}` | {count} |")


def print_curve(real: Labels, authored: Labels) -> None:
    """Macro-F1 and micro-F1 on the real reports, with ever more authored reports beside the other real ones."""
    rubric = load_rubric()
    generator = np.random.default_rng(0)
    names = generator.permutation(sorted(set(authored.reports)))
    print("\n| authored reports | sentences trained on | macro-F1, category | micro-F1, indicators |\n|---|---|---|---|")
    for part in (0, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 1):
        used = set(names[: round(part * len(names))])
        extra = [i for i, r in enumerate(authored.reports) if r in used]
        truth, found, gold, carried, sizes = [], [], [], [], []
        for report in track(sorted(set(real.reports)), f"with {len(used)}", transient=True):
            inside = [i for i, r in enumerate(real.reports) if r != report]
            outside = real.take([i for i, r in enumerate(real.reports) if r == report])
            training = real.take(inside) + authored.take(extra)
            scores = fit_scores(training, outside.sentences, rubric, n_jobs=-1)
            truth += [rubric.category_names.index(c) for c in outside.categories]
            found += scores.categories.argmax(axis=1).tolist()
            gold.append(indicator_matrix(outside, rubric.indicator_names))
            carried.append(scores.indicators >= 0)
            sizes.append(len(training))
        macro = f1_score(truth, found, average="macro")
        micro = f1_score(np.concatenate(gold), np.concatenate(carried), average="micro")
        print(f"| {len(used)} | {np.mean(sizes):.0f} | {macro:.3f} | {micro:.3f} |")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--curve", action="store_true", help="print the learning curve too")
    options = arguments.parse_args()
    real = read_labels(SEEDS / "labels" / "reports.csv")
    authored = read_labels(SEEDS / "labels" / "authored.csv")
    print_counts(real + authored)
    if options.curve:
        print_curve(real, authored)


if __name__ == "__main__":
    main()
