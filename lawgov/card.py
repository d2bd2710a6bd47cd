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
        "- Features: TF-IDF of character 1–3-grams of the sentence, and apart from them those of the headings above it. "
        "Classifiers: logistic regressions (scikit-learn), one for the category, one for each indicator.",
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
    lines = [
        "",
        "## Figures",
        "",
        f"On {figures['sentences']} sentences, each predicted by a model that had not seen it; left out: {info['left_out']}. "
        "The calibration and the threshold of indicators were fitted on these same predictions.",
        "",
        "| | |",
        "|---|---|",
        f"| macro-F1 of the category | {figures['macro_f1']:.3f} |",
        f"| accuracy of the category | {figures['accuracy']:.3f} |",
        f"| expected calibration error of the category | {figures['ece']:.3f} |",
    ]
    if figures["indicators"]:
        lines += [
            f"| micro-F1 of indicators | {figures['indicators']['micro_f1']:.3f} |",
            f"| macro-F1 of indicators | {figures['indicators']['macro_f1']:.3f} |",
        ]
    lines += ["", "| category | precision | recall | F1 | sentences |", "|---|---|---|---|---|"]
    for name, row in figures["categories"].items():
        lines.append(f"| `{name}` | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['support']} |")
    return lines
