"""Reports, documents and measures as text: tables for people, CSV and JSON lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lawgov.coverage import Report
from lawgov.document import Document, Heading
from lawgov.rubric import Rubric
from lawgov.wording import word

if TYPE_CHECKING:
    from lawgov.explanation import Explanation
    from lawgov.model import Model

WIDTH = 100  # columns, where the output is no terminal
WHOLE_LINES = 100_000  # columns, where nothing is to be wrapped
BAR = 20  # columns of a full bar
EIGHTHS = " ▏▎▍▌▋▊▉█"


def _render(*parts: RenderableType, color: bool, width: int = WIDTH) -> str:
    """The parts as text; ``width`` in columns counts where the output is no terminal."""
    console = Console(file=io.StringIO(), width=None if color else width, force_terminal=color, color_system="standard" if color else None, legacy_windows=False)
    for part in parts:
        console.print(part)
    lines = console.file.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def bar(part: float, width: int = BAR) -> str:
    """A bar as long as `part` of `width`, to an eighth of a column.

    >>> bar(0.5, 4)
    '██'
    """
    eighths = round(part * width * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def report_tables(reports: Sequence[Report], lang: str, *, explained_by: Model | None = None, color: bool = False) -> str:
    """The table for people, one report after the other; with `explained_by`, the words that spoke for the best evidence."""
    return "\n".join(_render(*_report(report, lang, explained_by), color=color) for report in reports)


def _report(report: Report, lang: str, explained_by: Model | None) -> list[RenderableType]:
    head = Text(report.title or report.source or "", style="bold")
    about = _facts(report.document, lang)
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column(word("category", lang), no_wrap=True)
    table.add_column("", width=BAR, no_wrap=True)
    for name in ("coverage", "interval", "share", "sentences", "concrete"):
        table.add_column(word(name, lang), justify="right", no_wrap=True)
    for name, score in report.categories.items():
        table.add_row(
            report.rubric.label(name, lang),
            Text(bar(score.coverage), style="cyan"),
            f"{score.coverage:.2f}",
            f"{score.low:.2f}–{score.high:.2f}",
            f"{score.share:.0%}",
            str(score.sentences),
            f"{score.concrete:.0%}" if score.sentences else "–",
        )
    counted = sum(score.sentences for score in report.categories.values())
    interval = f"{report.overall_low:.2f}–{report.overall_high:.2f}"
    table.add_row(word("overall", lang), Text(bar(report.overall), style="cyan"), f"{report.overall:.2f}", interval, "", str(counted), "", style="bold")
    parts: list[RenderableType] = [head, Text(about, style="dim")] if about else [head]
    if not report.looks_like_report:
        parts += ["", Text(word("another_kind", lang).format(f"{report.scored_share:.0%}"), style="bold yellow")]
    return [*parts, "", table, "", *_missing(report, lang), "", *_evidence(report, lang, explained_by), "", *_required(report, lang)]


def _facts(document: Document, lang: str) -> str:
    """Where a report is from and when, on one line."""
    level = word(f"level_{document.level}", lang) if document.level else None
    place = document.place if document.place and document.place not in (document.agency or "") else None
    facts = [("agency", document.agency), ("place", place), ("level", level), ("year", document.year), ("date", document.date)]
    return " · ".join(f"{word(name, lang)}: {value}" for name, value in facts if value)


def repairs_lines(document: Document, lang: str) -> list[str]:
    """What was repaired, and what could not be restored; nothing where nothing was."""
    lines = []
    for name, restored in (("repaired", True), ("not_restored", False)):
        done = [f"{word(repair.kind, lang)} {repair.count}" for repair in document.repairs if repair.restored == restored]
        lines += [f"{word(name, lang)}: " + ", ".join(done)] if done else []
    return lines


def _missing(report: Report, lang: str) -> list[RenderableType]:
    lines = _two_columns()
    for name in report.categories:
        missing = report.missing(name)
        if missing:
            separator = "、" if lang == "zh" else ", "
            lines.add_row(report.rubric.label(name, lang), separator.join(report.rubric.label(m, lang) for m in missing))
    title = Text(word("missing", lang), style="bold")
    return [title, Padding(lines, (0, 0, 0, 2))] if lines.row_count else [title, Text("  " + word("nothing_missing", lang))]


def _evidence(report: Report, lang: str, explained_by: Model | None) -> list[RenderableType]:
    lines = _two_columns()
    for name in report.categories:
        own = [s for s in report.evidence(name) if s.category == name]
        if own:
            best = max(own, key=lambda s: s.probability or 0)
            lines.add_row(report.rubric.label(name, lang), f"{best.text} ({best.probability:.2f})")
            if explained_by:
                lines.add_row("", Text(_why(best.why(model=explained_by), report.rubric, lang), style="dim"))
    return [Text(word("evidence", lang), style="bold"), Padding(lines, (0, 0, 0, 2))]


def _why(explanation: Explanation, rubric: Rubric, lang: str) -> str:
    """The reasons with most weight, the rest of them in one, so that they add up."""
    top = explanation.top()
    rest = explanation.score - sum(reason.weight for reason in top)
    shown = {"text": "{}", "headings": "[{}]"} | {part: word(f"why_{part}", lang) for part in ("neighbours", "category", "others", "base")}
    parts = [f"{shown[reason.source].format(reason.words)} {reason.weight:+.1f}" for reason in top]
    against = rubric.label(explanation.against, lang) if explanation.against else ""
    return f"{word('why_against', lang).format(against)} {explanation.score:+.1f} = " + " ".join([*parts, f"{word('why_rest', lang)} {rest:+.1f}"])


def _required(report: Report, lang: str) -> list[RenderableType]:
    parts = [f"{word(name, lang)}: {word('yes' if there else 'no', lang)}" for name, there in report.required_sections.items()]
    lines: list[RenderableType] = [Text(word("required", lang), style="bold"), Text("  " + " · ".join(parts))]
    repairs = repairs_lines(report.document, lang)
    if repairs:
        lines += ["", *(Text(line, style="dim") for line in repairs)]
    return [*lines, "", Text(word("caution", lang), style="dim")]


def _two_columns() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def reports_csv(reports: Sequence[Report]) -> str:
    """A row a report, for spreadsheets and data frames."""
    names = list(reports[0].categories)
    measures = ("coverage", "low", "high", "share", "sentences", "concrete")
    columns = ["source", "title", "agency", "level", "place", "province", "year", "date", "overall", "overall_low", "overall_high", "looks_like_report"]
    columns += [f"{name}_{measure}" for name in names for measure in measures]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for report in reports:
        about = report.document
        row = [about.source, about.title, about.agency, about.level, about.place, about.province, about.year, about.date]
        row += [f"{value:.6g}" for value in (report.overall, report.overall_low, report.overall_high)]
        row.append("true" if report.looks_like_report else "false")
        row += [f"{getattr(report.categories[name], measure):.6g}" for name in names for measure in measures]
        writer.writerow(row)
    return out.getvalue()


def segments_jsonl(document: Document) -> str:
    """One JSON object a line for each heading and sentence: text, start, end, section, headings, kind."""
    sections, above = _sections_of_headings(document), _headings_above(document)
    lines = []
    for segment in document.segments:
        heading = isinstance(segment, Heading)
        fields = {
            "text": segment.text,
            "start": segment.start,
            "end": segment.end,
            "section": sections[segment.start] if heading else segment.section,
            "headings": above[segment.start] if heading else segment.headings,
            "kind": "heading" if heading else "sentence",
        }
        lines.append(json.dumps(fields, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)


def _sections_of_headings(document: Document) -> dict[int, str]:
    """The section of each heading, by where it starts: that of the first sentence below it."""
    sections, latest = {}, "achievements"
    for segment in reversed(document.segments):
        if isinstance(segment, Heading):
            sections[segment.start] = latest
        else:
            latest = segment.section
    return sections


def _headings_above(document: Document) -> dict[int, tuple[str, ...]]:
    """The headings that each heading stands under, outermost first, by where it starts."""
    above: dict[int, tuple[str, ...]] = {}
    path: tuple[str, ...] = ()
    for heading in document.headings:
        path = path[: heading.level - 1]
        above[heading.start] = path
        path += (heading.text,)
    return above


def segment_table(document: Document, lang: str, color: bool = False) -> str:
    """The outline as a tree with its sentences, below what is known of the report, for people."""
    about = [line for line in (_facts(document, lang), *repairs_lines(document, lang)) if line]
    root = Tree(Text("\n".join([document.title or document.source or word("text", lang), *about]), style="bold"))
    nodes = {0: root}
    for segment in document.segments:
        if isinstance(segment, Heading):
            parent = nodes[max(level for level in nodes if level < segment.level)]
            nodes = {level: node for level, node in nodes.items() if level < segment.level}
            nodes[segment.level] = parent.add(Text(segment.text, style="bold cyan"))
        else:
            nodes[max(nodes)].add(Text.assemble((f"[{word(f'in_{segment.section}', lang)}] ", "dim"), segment.text))
    return _render(root, color=color, width=WHOLE_LINES)


def rubric_table(rubric: Rubric, lang: str, *, color: bool = False) -> str:
    """Categories, indicators and what shows each."""
    parts: list[RenderableType] = []
    for category in rubric.categories:
        title = f"{category.names.get(lang, category.name)} ({category.name})" + ("" if category.scored else f" · {word('not_scored', lang)}")
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        table.add_column(no_wrap=True, style="cyan")
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for indicator in category.indicators:
            table.add_row(indicator.name, indicator.names.get(lang, ""), indicator.definitions.get(lang, ""))
        parts += [Group(Text(title, style="bold"), Text(category.definitions.get(lang, "")), Padding(table, (0, 0, 1, 2)))]
    return _render(*parts, color=color)


def evaluation_table(figures: dict, rubric: Rubric, lang: str, *, color: bool = False) -> str:
    """Measures of a model, for people."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(word("category", lang), no_wrap=True)
    for name in (word("precision", lang), word("recall", lang), "F1", word("sentences", lang)):
        table.add_column(name, justify="right")
    for name, row in figures["categories"].items():
        cells = (f"{row[measure]:.3f}" for measure in ("precision", "recall", "f1"))
        table.add_row(rubric.label(name, lang), *cells, str(row["support"]))
    def known(name: str, value: float) -> str:
        low, high = figures.get("intervals", {}).get(name, (None, None))
        return f"{value:.3f}" if low is None else f"{value:.3f} ({low:.3f}–{high:.3f})"

    lines = [f"macro-F1 {known('macro_f1', figures['macro_f1'])} · accuracy {known('accuracy', figures['accuracy'])} · n = {figures['sentences']}"]
    lines.append(f"ECE {known('ece', figures['ece'])}")
    if figures["indicators"]:
        measured = figures["indicators"]
        lines.append(f"indicators: micro-F1 {known('micro_f1', measured['micro_f1'])} · macro-F1 {measured['macro_f1']:.3f}")
    if "intervals" in figures:
        lines.append(word("over_reports", lang).format(figures["reports"]))
    return _render(table, "", *lines, color=color)
