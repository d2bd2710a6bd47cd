"""How good the model is on reports that it has not seen: each real report is left out whole, in turn.

    python benchmarks/quality.py                  # the model as `lawgov train` makes it (ten minutes)
    python benchmarks/quality.py --real-only      # the same, without the written reports
    python benchmarks/quality.py --methods        # beside other methods, and with a part more or less (an hour)
    python benchmarks/quality.py --written        # intervals and shares on written reports left out whole (two minutes)

For each real report a model is trained on the other real ones and on the written ones, calibration included, and
predicts the one left out. Printed: measures of category and indicators, pooled over the reports, with 95 % bootstrap
intervals over sentences and over reports; the coverage of each report against the coverage by its labels, with the share
of 90 % intervals that hold it; and the texts of other kinds in `seeds/others/`, by a model trained on all the labels.

`--methods`: every method is calibrated once, on a fifth of the written reports, left out whole, and then trained without
each real report in turn. So the row of lawgov differs a little from the figures of the full training.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from methods import METHODS, targets
from rich.progress import track
from sklearn.metrics import f1_score

from lawgov.assessment import assess
from lawgov.calibration import Calibration, fit_categories, fit_indicators
from lawgov.context import alone
from lawgov.coverage import covered_by
from lawgov.document import COUNTED_SECTIONS, Document
from lawgov.evaluation import bootstrap_interval, calibration_error, indicator_matrix, measure
from lawgov.labels import Labels, read_labels
from lawgov.model import Model, Predictions, load
from lawgov.reading import read
from lawgov.rubric import load_rubric
from lawgov.training import calibrate, out_of_sample, train

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
RUBRIC = load_rubric()
DRAWS = 300


def only(labels: Labels, reports: set[str]) -> Labels:
    return labels.take(i for i, r in enumerate(labels.reports) if r in reports)


def left_out(labels: Labels, written: Labels | None) -> Iterator[tuple[str, Labels, Labels]]:
    """For each real report: its name, its labels, and what is trained on without it."""
    for report in track(sorted(set(labels.reports)), "leaving out each real report"):
        known = only(labels, set(labels.reports) - {report})
        yield report, only(labels, {report}), known + written if written else known


# -- the model as it is shipped --------------------------------------------------------------------------------------


def print_model(real: Labels, written: Labels | None) -> None:
    truth, probabilities, gold, carried, rows = [], [], [], [], []
    for report, own, known in left_out(real, written):
        model = train(known, real=set(real.reports) if written else None, n_jobs=-1)
        predictions = model.predict(own.sentences, own.neighbours)
        truth += [RUBRIC.category_names.index(c) for c in own.categories]
        probabilities.append(predictions.categories)
        gold.append(indicator_matrix(own, RUBRIC.indicator_names))
        carried.append(predictions.indicators >= model.calibration.threshold)
        rows += coverage_rows(report, own, model)
    print(f"\n{len(real)} sentences of {len(set(real.reports))} real reports, each left out whole", end="")
    print(f"; trained on the other four and on {len(written)} sentences of {len(set(written.reports))} written texts" if written else "")
    print_measures(np.array(truth), np.concatenate(probabilities), np.concatenate(gold), np.concatenate(carried), np.array(real_reports(real)))
    print_coverage(rows)
    print_bias(rows)


def real_reports(real: Labels) -> list[str]:
    return [own for report in sorted(set(real.reports)) for own in only(real, {report}).reports]


def coverage_rows(report: str, own: Labels, model: Model) -> list[tuple]:
    """Report, category, coverage by the labels, score, share by the labels, share by plain counting."""
    unlabelled = tuple(replace(s, category=None, indicators=()) for s in own.sentences)
    scored = assess([Document("", sentences=unlabelled)], model)[0]
    counted = [i for i, s in enumerate(own.sentences) if s.section in COUNTED_SECTIONS]
    rows = []
    for category in RUBRIC.scored:
        by_labels = np.mean([own.categories[i] == category.name for i in counted])
        by_counting = np.mean([scored.sentences[i].category == category.name for i in counted])
        rows.append((report, category.name, covered_by(category, own.sentences), scored.categories[category.name], by_labels, by_counting))
    return rows


def print_measures(truth, probabilities, gold, carried, reports) -> None:
    names = RUBRIC.category_names
    everything, groups = np.arange(len(truth)), [np.flatnonzero(reports == r) for r in dict.fromkeys(reports)]

    def of(rows):
        return measure(names, truth[rows], probabilities[rows], gold[rows], carried[rows])

    figures = of(everything)
    print("| measure | value | 95 % interval over sentences | over reports |\n|---|---|---|---|")
    for name, take in {
        "macro-F1, category": lambda f: f.macro_f1,
        "accuracy, category": lambda f: f.accuracy,
        "expected calibration error, category": lambda f: f.ece,
        "micro-F1, indicators": lambda f: f.indicators["micro_f1"],
        "macro-F1, indicators": lambda f: f.indicators["macro_f1"],
    }.items():
        low, high = bootstrap_interval(everything, lambda rows: take(of(rows)), draws=DRAWS)
        least, most = bootstrap_interval(np.arange(len(groups)), lambda drawn: take(of(np.concatenate([groups[g] for g in drawn]))), draws=DRAWS)
        print(f"| {name} | {take(figures):.3f} | {low:.3f}–{high:.3f} | {least:.3f}–{most:.3f} |")
    print("\n| category | precision | recall | F1 | sentences |\n|---|---|---|---|---|")
    for name, row in figures.categories.items():
        print(f"| `{name}` | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['support']} |")


def print_coverage(rows) -> None:
    print("\n| report | category | by labels | coverage | 90 % interval | share by labels | share | its interval |")
    print("|---|---|---|---|---|---|---|---|")
    for report, name, by_labels, score, share, _ in rows:
        print(
            f"| {report} | `{name}` | {by_labels:.2f} | {score.coverage:.2f} | {score.low:.2f}–{score.high:.2f} "
            f"| {share:.2f} | {score.share:.2f} | {score.share_low:.2f}–{score.share_high:.2f} |"
        )


def print_bias(rows) -> None:
    by_labels = np.array([row[2] for row in rows])
    coverage = np.array([row[3].coverage for row in rows])
    held = [row[3].low - 1e-9 <= row[2] <= row[3].high + 1e-9 for row in rows]
    print(f"\nCoverage, {len(rows)} pairs of report and category: mean absolute error {np.abs(coverage - by_labels).mean():.3f}, ", end="")
    print(f"bias {np.mean(coverage - by_labels):+.3f}, r {np.corrcoef(coverage, by_labels)[0, 1]:.2f}; the 90 % interval holds {np.mean(held):.0%}")
    held = [row[3].share_low - 1e-9 <= row[4] <= row[3].share_high + 1e-9 for row in rows]
    print(f"Share: the 90 % interval holds {np.mean(held):.0%}\n")
    print("| share of | by labels, mean | corrected: bias | error | counted: bias | error |\n|---|---|---|---|---|---|")
    names = list(dict.fromkeys(row[1] for row in rows))
    totals = np.zeros(4)
    for name in names:
        own = [row for row in rows if row[1] == name]
        true = np.array([row[4] for row in own])
        corrected, counted = np.array([row[3].share for row in own]) - true, np.array([row[5] for row in own]) - true
        figures = np.array([corrected.mean(), np.abs(corrected).mean(), counted.mean(), np.abs(counted).mean()])
        totals += np.abs(figures)
        print(f"| `{name}` | {true.mean():.3f} | {figures[0]:+.3f} | {figures[1]:.3f} | {figures[2]:+.3f} | {figures[3]:.3f} |")
    mean = totals / len(names)
    print(f"| mean of absolute values | | {mean[0]:.3f} | {mean[1]:.3f} | {mean[2]:.3f} | {mean[3]:.3f} |")


class Foretold(Model):
    """A model that gives predictions which classifiers made that had not seen the report."""

    def predict(self, sentences, neighbours=None) -> Predictions:
        return self.info["foretold"]


def print_written(real: Labels, written: Labels) -> None:
    """Coverage and share on the written reports, left out whole: not real, but many. The ten numbers of the calibration saw them."""
    labels = real + written
    truth, carried = targets(labels)
    unseen = out_of_sample(labels, truth, carried, len(RUBRIC.category_names), n_jobs=-1, progress=lambda folds, total: track(folds, "leaving reports out", total=total))
    calibration = calibrate(labels, truth, carried, unseen, RUBRIC, set(real.reports))
    categories = calibration.category_probabilities(unseen.categories, labels.neighbours)
    indicators = calibration.indicator_probabilities(unseen.indicators, categories, RUBRIC.category_of_indicators)
    said = calibration.neighbours_say(unseen.categories, labels.neighbours)
    names, rows = np.array(labels.reports), []
    kept = [r for r in sorted(set(written.reports)) if (SEEDS / "authored" / f"{r}.txt").exists()]
    for report in kept:
        own = names == report
        confusion = np.zeros((len(RUBRIC.category_names),) * 2)
        np.add.at(confusion, (truth[~own], categories[~own].argmax(axis=1)), 1)
        foretold = Predictions(categories[own], indicators[own], said[own])
        rows += coverage_rows(report, only(labels, {report}), replace(Foretold(**vars_of(load())), calibration=calibration, confusion=confusion, info={"foretold": foretold}))
    print(f"\n{len(kept)} written reports, {sum(r in set(kept) for r in written.reports)} sentences, a fifth of all reports left out at a time")
    print_bias(rows)


def vars_of(model: Model) -> dict:
    return {f.name: getattr(model, f.name) for f in fields(model)}


def print_others(model: Model) -> None:
    """The texts of other kinds: how much of them is called `other`, and whether the report says what they are."""
    print("\n| text | sentences | `other` | mean coverage | looks like a rule-of-law report |\n|---|---|---|---|---|")
    total, other = 0, 0
    for path in sorted((SEEDS / "others").glob("*.txt")):
        report = assess([read(path)], model)[0]
        called = sum(s.category == RUBRIC.rest for s in report.sentences)
        table = path.with_name(path.name[:3] + ".tsv")  # of a mixed text, with the categories of its sentences
        mixed = table.exists()
        print(f"| `{path.stem}`{' (mixed)' if mixed else ''} | {len(report.sentences)} | {called / len(report.sentences):.0%} | {report.overall:.2f} | {'yes' if report.looks_like_report else 'no'} |")
        if not mixed:
            total, other = total + len(report.sentences), other + called
        else:
            with open(table, encoding="utf-8", newline="") as file:
                expected = {row["text"]: row["category"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
            pairs = [(expected[s.text], s.category) for s in report.sentences if s.text in expected]
            own = [true == given for true, given in pairs if true != RUBRIC.rest]
            print(f"| its passages on the rubric | {len(own)} | right category: {sum(own)}; in all {sum(t == g for t, g in pairs)} of {len(pairs)} | | |")
    print(f"\nUnmixed texts: {other} of {total} sentences are called `{RUBRIC.rest}` ({other / total:.1%})")


# -- beside other methods --------------------------------------------------------------------------------------------


def calibrated(method, held: Labels) -> Calibration:
    """Temperature, weights of context and threshold, on reports that the method has not seen."""
    truth, carried = targets(held)
    categories, indicators = method.scores(held)
    if not method.calibrated:
        return Calibration(slope=1.0, threshold=0.5)
    calibration = fit_categories(Calibration(), categories, truth, held.neighbours if method.neighbours else alone(len(held)))
    known = calibration.category_probabilities(categories, held.neighbours if method.neighbours else alone(len(held)))
    if method.others:
        return fit_indicators(calibration, indicators, carried, known, RUBRIC.category_of_indicators)
    thresholds = np.quantile(indicators, np.linspace(0.9, 0.999, 100))
    micro = [f1_score(carried.ravel(), (indicators >= t).ravel()) for t in thresholds]
    return replace(calibration, intercept=-float(thresholds[int(np.argmax(micro))]))


def print_methods(real: Labels, written: Labels, chosen: list[str]) -> None:
    names = np.random.default_rng(0).permutation(sorted(set(written.reports)))
    held = set(names[: len(names) // 5])
    truth, gold, reports = [], [], np.array(real_reports(real))
    for report in sorted(set(real.reports)):
        own = targets(only(real, {report}))
        truth.append(own[0])
        gold.append(own[1])
    truth, gold = np.concatenate(truth), np.concatenate(gold)
    groups = [np.flatnonzero(reports == r) for r in dict.fromkeys(reports)]

    def macro(rows, found):
        return f1_score(truth[rows], found[rows], average="macro", labels=sorted(set(truth)), zero_division=0)

    def micro(rows, carried):
        return f1_score(gold[rows].ravel(), carried[rows].ravel(), zero_division=0)

    print(f"\n{len(real)} sentences of {len(groups)} real reports, each left out whole; trained on the other four and on {len(written)} written sentences")
    print("| method | macro-F1, category | over sentences | over reports | ECE | micro-F1, indicators | over sentences | over reports |\n|---|---|---|---|---|---|---|---|", flush=True)
    variants = dict.fromkeys(METHODS) | {"without the written reports": None, "without the texts of other kinds": None}
    for name in [n for n in variants if not chosen or n in chosen]:
        used = written
        if name == "without the texts of other kinds":
            used = only(written, {r for r in written.reports if not r.startswith("t")})
        make = METHODS.get(name, METHODS["**lawgov**"])
        calibration = calibrated(*calibrated_on(make, real, used, held))
        found, carried = [], []
        for _, own, known in left_out(real, None if name == "without the written reports" else used):
            method = make().fit(known)
            around = own.neighbours if getattr(method, "neighbours", False) else alone(len(own))
            categories, indicators = method.scores(own)
            found.append(calibration.category_probabilities(categories, around))
            carried.append(calibration.indicator_probabilities(indicators, found[-1], RUBRIC.category_of_indicators) >= calibration.threshold)
        found, carried = np.concatenate(found), np.concatenate(carried)
        best = found.argmax(axis=1)
        cells = []
        for take, of in ((macro, best), (micro, carried)):
            low, high = bootstrap_interval(np.arange(len(truth)), lambda rows: take(rows, of), draws=DRAWS)
            least, most = bootstrap_interval(np.arange(len(groups)), lambda drawn: take(np.concatenate([groups[g] for g in drawn]), of), draws=DRAWS)
            cells.append((f"{take(np.arange(len(truth)), of):.3f}", f"{low:.3f}–{high:.3f}", f"{least:.3f}–{most:.3f}"))
        error = f"{calibration_error(found.max(axis=1), best == truth):.3f}" if getattr(method, "calibrated", False) else "–"
        print(f"| {name} | {' | '.join(cells[0])} | {error} | {' | '.join(cells[1])} |", flush=True)


def calibrated_on(make, real: Labels, written: Labels, held: set[str]):
    """A method fitted without some written reports, and the labels of these."""
    return make().fit(real + only(written, set(written.reports) - held)), only(written, held)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--real-only", action="store_true", help="train on real reports alone")
    arguments.add_argument("--methods", nargs="*", metavar="NAME", help="compare methods: those named, or all")
    arguments.add_argument("--written", action="store_true", help="coverage and share on written reports")
    arguments.add_argument("--others", action="store_true", help="only the texts of other kinds")
    options = arguments.parse_args()
    real = read_labels(SEEDS / "labels" / "reports.csv")
    written = read_labels([SEEDS / "labels" / "authored.csv", SEEDS / "labels" / "contrast.csv"])
    if options.methods is not None:
        print_methods(real, written, options.methods)
    elif options.written:
        print_written(real, written)
    else:
        if not options.others:
            print_model(real, None if options.real_only else written)
        if not options.real_only:
            print_others(load())


if __name__ == "__main__":
    main()
