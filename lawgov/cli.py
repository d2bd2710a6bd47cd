"""The command `lawgov`: results go to standard output, all else to standard error. The only module that prints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov import __version__
from lawgov.errors import LawgovError
from lawgov.files import write_whole
from lawgov.wording import LANGUAGES, default_language

if TYPE_CHECKING:
    from lawgov.document import Document

SOME_FAILED, NOTHING_DONE, INTERRUPTED = 1, 2, 130


def complain(message: object) -> None:
    """One line on standard error."""
    click.echo(f"lawgov: {' '.join(str(message).split())}", err=True)


def one_clear_line(command: Callable) -> Callable:
    """Turn the errors that lawgov raises on purpose into one line and the exit status for nothing done."""

    @wraps(command)
    def wrapped(*args, **kwargs):
        try:
            return command(*args, **kwargs)
        except LawgovError as error:
            complain(error)
            sys.exit(NOTHING_DONE)
        except KeyboardInterrupt:
            complain("interrupted; nothing was written")
            sys.exit(INTERRUPTED)

    return wrapped


language = click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="Language of the output (default: the locale's).")
model_folder = click.option("--model", metavar="DIR", default=None, help="Model folder (default: the model that comes with lawgov).")
output_file = click.option("--output", metavar="FILE", default=None, help="Write there instead of to standard output; whole or not at all.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="lawgov")
def main() -> None:
    """Read Chinese local governments' annual rule-of-law reports (法治政府建设年度报告) and score what they cover."""


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True)
@click.option("--explain", is_flag=True, help="Give the words that spoke for each label (table and json).")
@output_file
@model_folder
@language
@one_clear_line
def score(paths: tuple[str, ...], form: str, explain: bool, output: str | None, model: str | None, lang: str | None) -> None:
    """Score reports: how much of the rubric each covers, with the evidence and with what is missing.

    Each PATH is a text, a saved web page, a PDF or a DOCX file; - stands for standard input.

    Exit status: 0 if all were scored, 1 if some failed (each is named on standard error), 2 if nothing was done.
    """
    from lawgov.model import load
    from lawgov.scoring import score as score_report

    lang = lang or default_language()
    if explain and form not in ("table", "json"):
        raise LawgovError(f"--explain goes with --format table or json, not with {form}")
    _check_output(output)
    loaded = load(model)
    reports = []
    for path in _progress(paths, "scoring"):
        try:
            reports.append(score_report(_read(path), model=loaded))
        except LawgovError as error:
            complain(error)
    if not reports:
        sys.exit(NOTHING_DONE)
    if form == "json":
        content = [report.to_dict() for report in reports]
        if explain:
            for report, fields in zip(reports, content):
                for sentence, row in zip(report.sentences, fields["sentences"]):
                    row["why"] = sentence.why(model=loaded).to_dict()
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    elif form == "csv":
        from lawgov.tables import reports_csv

        text = reports_csv(reports)
    elif form == "html":
        from lawgov.page import report_page

        text = report_page(reports, lang)
    else:
        from lawgov.tables import report_tables

        text = report_tables(reports, lang, explained_by=loaded if explain else None, color=output is None and sys.stdout.isatty())
    _give(text, output)
    sys.exit(SOME_FAILED if len(reports) < len(paths) else 0)


@main.command()
@click.argument("path")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@language
@one_clear_line
def segment(path: str, form: str, lang: str | None) -> None:
    """Show how a report (or -, standard input) is understood: its headings, sections and sentences."""
    from lawgov.tables import segment_table, segments_jsonl

    document = _read(path)
    _give(segments_jsonl(document) if form == "jsonl" else segment_table(document, lang or default_language(), sys.stdout.isatty()), None)


@main.command()
@click.argument("path")
@one_clear_line
def clean(path: str) -> None:
    """Show the text of a report (or -, standard input) as it is scored: repaired, simplified, without the page around it."""
    from lawgov.tables import repairs_lines

    document = _read(path)
    for line in repairs_lines(document, default_language()):
        complain(f"{path}: {line}")
    _give(document.text + "\n", None)


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "toml"]), default="table", show_default=True)
@language
@one_clear_line
def rubric(form: str, lang: str | None) -> None:
    """Show the rubric: categories, indicators and what shows each."""
    from lawgov.rubric import load_rubric
    from lawgov.shipped import PACKAGE
    from lawgov.tables import rubric_table

    if form == "toml":
        text = (PACKAGE / "rubric.toml").read_text(encoding="utf-8")
    elif form == "json":
        text = json.dumps(load_rubric().to_dict(), ensure_ascii=False, indent=1) + "\n"
    else:
        text = rubric_table(load_rubric(), lang or default_language(), color=sys.stdout.isatty())
    _give(text, None)


@main.command()
@click.argument("labels", nargs=-1, required=True, metavar="LABELS...")
@click.option("--output", metavar="DIR", required=True, help="Folder for the model; a model that is there is replaced once the new one is whole.")
@click.option("--rubric", "rubric_file", metavar="TOML", default=None, help="Rubric of the labels (default: the one that comes with lawgov).")
@click.option("--jobs", type=int, default=1, show_default=True, metavar="N", help="Processes; -1 for all cores.")
@language
@one_clear_line
def train(labels: tuple[str, ...], output: str, rubric_file: str | None, jobs: int, lang: str | None) -> None:
    """Train a model on CSV files of labelled sentences (columns text and category; see the README)."""
    import warnings

    from lawgov.labels import read_labels
    from lawgov.rubric import load_rubric
    from lawgov.tables import evaluation_table
    from lawgov.training import train as fit

    used = load_rubric(rubric_file)
    table = read_labels(labels, used)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        model = fit(
            table, used, name=Path(output).name, n_jobs=jobs, progress=lambda folds, total: _progress(folds, "leaving reports out", total)
        )
    for warning in warned:
        if issubclass(warning.category, UserWarning):
            complain(f"note: {warning.message}")
    model.save(output)
    complain(f"trained on {len(table)} sentences; written to {output}")
    _give(evaluation_table(model.info["cross_validated"], model.rubric, lang or default_language(), color=sys.stdout.isatty()), None)


@main.command()
@click.argument("labels")
@model_folder
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@language
@one_clear_line
def evaluate(labels: str, model: str | None, form: str, lang: str | None) -> None:
    """Compare a model with labelled sentences (a CSV file)."""
    from lawgov.model import load
    from lawgov.tables import evaluation_table

    loaded = load(model)
    figures = loaded.evaluate(labels).to_dict()
    if form == "json":
        _give(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", None)
    else:
        _give(evaluation_table(figures, loaded.rubric, lang or default_language(), color=sys.stdout.isatty()), None)


def _read(path: str) -> Document:
    """Read a report from a path, or for `-` from standard input."""
    from lawgov.reading import read

    return read(sys.stdin.buffer.read(), name="standard input") if path == "-" else read(path)


def _progress(items: Iterable, description: str, total: int | None = None) -> Iterable:
    """The items, with a progress bar on standard error where a person looks on and there is more than one."""
    total = len(items) if total is None else total
    if total < 2 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description, total=total, console=Console(stderr=True), transient=True)


def _check_output(output: str | None) -> None:
    """Refuse at once what could not be written after all the work."""
    if output is None:
        return
    folder = Path(output).resolve().parent
    if Path(output).is_dir():
        raise LawgovError(f"{output}: is a folder, expected a file to write to; give a file name")
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise LawgovError(f"{output}: the folder {folder} is not there or may not be written to; make it first")


def _give(text: str, output: str | None) -> None:
    """Print, or write a whole file: aside first, then renamed."""
    if output is None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    write_whole(output, text)


if __name__ == "__main__":
    main()
