"""The card of a model: what it was trained on, what it reaches, and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lawgov.model import Model


def model_card(model: Model) -> str:
    """The model's `README.md`, in Markdown, from the facts of its training."""
    info = model.info
    figures = info.get("cross_validated")
    lines = [
        f"# Model `{model.name}`, version {model.version}",
        "",
        f"Classifies the sentences of Chinese local governments' rule-of-law reports by the rubric `{model.rubric.name}` "
        f"(version {model.rubric.version}): {len(model.rubric.category_names)} categories, {len(model.rubric.indicator_names)} indicators.",
        "Written by the training itself; do not edit.",
        "",
        "## Trained on",
        "",
        f"- {info.get('sentences', 0)} labelled sentences of {info.get('reports', 0) or 'unnamed'} reports; SHA-256 of the labels `{info.get('labels_sha256', '')}`.",
    ]
    lines += [f"- {line}" for line in info.get("notes", [])]
    lines += [
        "- Features: TF-IDF of character 1–3-grams of the sentence and of its strongest clause, and apart from them those of the headings above "
        "it. Classifiers: for the category and for each indicator the mean of two logistic regressions (scikit-learn), one on the features, "
        "one on the features times their naive-Bayes log-count ratios; then the sentences before and after, and the other indicators.",
    ]
    if figures:
        lines += _figures(figures, info)
    rare = [name for name, count in info.get("indicator_sentences", {}).items() if count < 5]
    lines += [
        "",
        "## Limits",
        "",
        "- A label is the likeliest one, not a finding: look at the evidence sentences before a score is used for anything.",
        "- Indicators are scored by what a report says, not by what was done.",
    ]
    if rare:
        lines.append(f"- Fewer than five training sentences, hardly learned: {', '.join(f'`{name}`' for name in rare)}.")
    return "\n".join(lines) + "\n"


def _figures(figures: dict, info: dict) -> list[str]:
    real = info.get("cross_validated_real")
    columns = [("all", figures)] + ([("real reports", real)] if real else [])
    lines = [
        "",
        "## Figures",
        "",
        f"Each sentence was predicted by classifiers that had not seen it; left out: {info['left_out']}. "
        "The calibration and the threshold of indicators were fitted on these same predictions. In brackets: 95 % bootstrap intervals over reports.",
        "",
        "| | " + " | ".join(f"{name}: {_of(column)}" for name, column in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    measures = [("macro-F1 of the category", "macro_f1"), ("accuracy of the category", "accuracy"), ("expected calibration error of the category", "ece")]
    lines += [f"| {title} | " + " | ".join(_with_interval(column[name], column, name) for _, column in columns) + " |" for title, name in measures]
    if figures["indicators"]:
        micro = [_with_interval(column["indicators"]["micro_f1"], column, "micro_f1") for _, column in columns]
        macro = [f"{column['indicators']['macro_f1']:.3f}" for _, column in columns]
        lines += [f"| micro-F1 of indicators | {' | '.join(micro)} |", f"| macro-F1 of indicators | {' | '.join(macro)} |"]
    lines += ["", "| category | precision | recall | F1 | sentences |", "|---|---|---|---|---|"]
    for name, row in figures["categories"].items():
        lines.append(f"| `{name}` | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['support']} |")
    return lines


def _of(figures: dict) -> str:
    reports = f" of {figures['reports']} reports" if "reports" in figures else ""
    return f"{figures['sentences']} sentences{reports}"


def _with_interval(value: float, figures: dict, name: str) -> str:
    if "intervals" not in figures:
        return f"{value:.3f}"
    low, high = figures["intervals"][name]
    return f"{value:.3f} ({low:.3f}–{high:.3f})"
