"""How good the model is on reports that it has not seen: each real report is left out whole, in turn.

    python benchmarks/quality.py

For each real report a model is trained on the other real ones and on the written ones, calibration included, and
predicts the one left out; `--real-only` leaves the written ones away. Printed: measures
of category and indicators, pooled over the reports, with 95 % bootstrap intervals over sentences; and the coverage of
each report against the coverage by its labels, with the share of 90 % intervals that hold it.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.progress import track

from lawgov.coverage import build_report, covered_by
from lawgov.document import Document
from lawgov.evaluation import bootstrap_interval, indicator_matrix, measure
from lawgov.labels import Labels, read_labels
from lawgov.rubric import load_rubric
from lawgov.training import train

ROOT = Path(__file__).resolve().parent.parent


def left_out(labels: Labels, written: Labels | None):
    """For each real report: its labels, and a model trained without it."""
    for report in track(sorted(set(labels.reports)), "training without each report"):
        inside = [i for i, r in enumerate(labels.reports) if r != report]
        outside = [i for i, r in enumerate(labels.reports) if r == report]
        known = labels.take(inside) + written if written else labels.take(inside)
        yield report, labels.take(outside), train(known, n_jobs=-1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--real-only", action="store_true", help="train on real reports alone")
    options = arguments.parse_args()
    rubric = load_rubric()
    labels = read_labels(ROOT / "seeds" / "labels" / "reports.csv")
    written = None if options.real_only else read_labels(ROOT / "seeds" / "labels" / "authored.csv")
    truth, probabilities, gold, carried, rows = [], [], [], [], []
    for report, own, model in left_out(labels, written):
        predictions = model.predict(own.sentences)
        truth += [rubric.category_names.index(c) for c in own.categories]
        probabilities.append(predictions.categories)
        gold.append(indicator_matrix(own, rubric.indicator_names))
        carried.append(predictions.indicators >= model.calibration.threshold)
        unlabelled = tuple(replace(s, category=None, indicators=()) for s in own.sentences)
        scored = build_report(Document("", sentences=unlabelled), model)
        for category in rubric.scored:
            score = scored.categories[category.name]
            counted = [c for s, c in zip(own.sentences, own.categories) if s.section in ("preamble", "achievements")]
            rows.append((report, category.name, covered_by(category, own.sentences), score, counted.count(category.name) / len(counted)))
    truth, probabilities = np.array(truth), np.concatenate(probabilities)
    gold, carried = np.concatenate(gold), np.concatenate(carried)
    print(f"\n{len(labels)} sentences of {len(set(labels.reports))} real reports, each left out whole", end="")
    print(f"; trained on the other four and on {len(written)} sentences of {len(set(written.reports))} written ones" if written else "")
    print_measures(rubric.category_names, truth, probabilities, gold, carried)
    print_coverage(rows)


def print_measures(names, truth, probabilities, gold, carried) -> None:
    everything = np.arange(len(truth))
    figures = measure(names, truth, probabilities, gold, carried)

    def of(rows):
        return measure(names, truth[rows], probabilities[rows], gold[rows], carried[rows])

    print("| measure | value | 95 % interval over sentences |\n|---|---|---|")
    for name, take in {
        "macro-F1, category": lambda f: f.macro_f1,
        "accuracy, category": lambda f: f.accuracy,
        "expected calibration error, category": lambda f: f.ece,
        "micro-F1, indicators": lambda f: f.indicators["micro_f1"],
        "macro-F1, indicators": lambda f: f.indicators["macro_f1"],
    }.items():
        low, high = bootstrap_interval(everything, lambda rows: take(of(rows)), draws=300)
        print(f"| {name} | {take(figures):.3f} | {low:.3f}–{high:.3f} |")
    print("\n| category | precision | recall | F1 | sentences |\n|---|---|---|---|---|")
    for name, row in figures.categories.items():
        print(f"| `{name}` | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['support']} |")


def print_coverage(rows) -> None:
    print("\n| report | category | by labels | coverage | 90 % interval | share by labels | share | its interval |")
    print("|---|---|---|---|---|---|---|---|")
    for report, name, by_labels, score, share in rows:
        print(
            f"| {report} | `{name}` | {by_labels:.2f} | {score.coverage:.2f} | {score.low:.2f}–{score.high:.2f} "
            f"| {share:.2f} | {score.share:.2f} | {score.share_low:.2f}–{score.share_high:.2f} |"
        )
    by_labels = np.array([row[2] for row in rows])
    coverage = np.array([row[3].coverage for row in rows])
    held = [row[3].low - 1e-9 <= row[2] <= row[3].high + 1e-9 for row in rows]
    shares = [row[3].share_low - 1e-9 <= row[4] <= row[3].share_high + 1e-9 for row in rows]
    print(f"\nCoverage, {len(rows)} pairs of report and category: mean absolute error {np.abs(coverage - by_labels).mean():.3f}, ", end="")
    print(f"bias {np.mean(coverage - by_labels):+.3f}, r {np.corrcoef(coverage, by_labels)[0, 1]:.2f}; the 90 % interval holds {np.mean(held):.0%}")
    error = np.mean([abs(row[3].share - row[4]) for row in rows])
    print(f"Share: mean absolute error {error:.3f}; the 90 % interval holds {np.mean(shares):.0%}")


if __name__ == "__main__":
    main()
