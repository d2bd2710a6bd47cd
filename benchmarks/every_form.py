"""The same report in every form in which users have it: does it read as its plain text does?

    pip install -e ".[bench]"; python benchmarks/every_form.py

Five real reports and five written ones, as text in five encodings, as pages of thirteen kinds of government site, as PDF
and as DOCX. Sentences are compared as they are, with their number; coverage is that of the shipped model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import opencc
from forms.blocks import Block, blocks, plain
from forms.pdf import as_pdf
from forms.web import PAGES
from forms.word import as_docx
from gold import SEEDS, written

import lawgov

ABOUT = {"site": "岚柏县人民政府", "agency": "岚柏县司法局", "date": "2023-01-31", "title": "岚柏县司法局2022年法治政府建设年度报告"}
WRITTEN = ("a06", "a35", "b15", "b35", "c07")

Form = Callable[[list[Block]], bytes]
FORMS: dict[str, Form] = {
    "text, UTF-8": lambda report: plain(report).encode("utf-8"),
    "text, UTF-8 with BOM": lambda report: plain(report).encode("utf-8-sig"),
    "text, UTF-16": lambda report: plain(report).encode("utf-16"),
    "text, GB18030": lambda report: plain(report).encode("gb18030"),
    "text, Big5, in traditional characters": lambda report: opencc.OpenCC("s2tw").convert(plain(report)).encode("big5hkscs", "replace"),
    **{f"HTML, {name}": lambda report, page=page: page.render(report, ABOUT) for name, page in PAGES.items()},
    "PDF": as_pdf,
    "PDF, 12 points, justified": lambda report: as_pdf(report, size=12, justified=True),
    "DOCX": as_docx,
    "DOCX, without styles": lambda report: as_docx(report, numbered=True, styled=False),
}


def reports() -> list[list[Block]]:
    paths = sorted((SEEDS / "reports").glob("*.txt")) + [p for name in WRITTEN for p in (SEEDS / "authored").glob(f"{name}-*.txt")]
    return [blocks(lawgov.segment(written(path))) for path in paths]


def own(data: bytes) -> lawgov.Document:
    return lawgov.read(data)


def by_trafilatura(data: bytes) -> lawgov.Document:
    import trafilatura

    return lawgov.segment(trafilatura.extract(data, favor_recall=True, include_tables=True, include_comments=False, deduplicate=False) or "无")


def by_trafilatura_precisely(data: bytes) -> lawgov.Document:
    import trafilatura

    return lawgov.segment(trafilatura.extract(data, favor_precision=True, include_tables=True, include_comments=False) or "无")


def f1(found: lawgov.Document, true: lawgov.Document) -> tuple[int, int]:
    """Sentences that are in both, and sentences in all."""
    one, other = (Counter(s.text for s in document.sentences) for document in (found, true))
    return sum((one & other).values()), one.total() + other.total()


def print_forms() -> None:
    given = [(report, lawgov.segment(plain(report))) for report in reports()]
    truth = [lawgov.score(document).coverage for _, document in given]
    print(f"\nThe same {len(given)} reports, {sum(len(d.sentences) for _, d in given)} sentences, in every form")
    print("| form | sentences, F1 | worst report | largest difference of coverage |\n|---|---|---|---|")
    for name, make in FORMS.items():
        documents = [own(make(report)) for report, _ in given]
        counts = [f1(found, true) for found, (_, true) in zip(documents, given)]
        differences = [abs(a[c] - b[c]) for a, b in zip((lawgov.score(d).coverage for d in documents), truth) for c in b]
        worst = min(2 * same / every for same, every in counts)
        print(f"| {name} | {2 * sum(c[0] for c in counts) / sum(c[1] for c in counts):.4f} | {worst:.4f} | {max(differences):.3f} |", flush=True)
    print("\nWeb pages, by what finds the text\n| finder | sentences, F1 | worst page |\n|---|---|---|")
    finders = {"lawgov": own, "trafilatura, for recall": by_trafilatura, "trafilatura, for precision": by_trafilatura_precisely}
    for name, find in finders.items():
        counts = {page: [f1(find(FORMS[page](report)), true) for report, true in given] for page in FORMS if page.startswith("HTML")}
        each = {page: 2 * sum(a for a, _ in own) / sum(b for _, b in own) for page, own in counts.items()}
        every = [pair for own in counts.values() for pair in own]
        worst = min(each, key=each.get)
        print(f"| {name} | {2 * sum(a for a, _ in every) / sum(b for _, b in every):.4f} | {each[worst]:.3f} ({worst.removeprefix('HTML, ')}) |")


if __name__ == "__main__":
    print_forms()
