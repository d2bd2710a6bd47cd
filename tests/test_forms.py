"""The same report in every form that it comes in: it has the same sentences, outline and metadata in each."""

from collections import Counter
from functools import cache

import opencc
import pytest
from conftest import ROOT
from forms.blocks import Block, blocks, plain
from forms.pdf import as_pdf
from forms.web import PAGES
from forms.word import as_docx

import lawgov

REPORTS = [ROOT / "seeds" / "reports" / "sanxing-2024.txt", *(ROOT / "seeds" / "authored").glob("a05-*.txt")]
SAID = ("title", "agency", "year", "place", "date", "level", "province")
STYLED = [
    Block("title", "岚柏县2023年度法治政府建设情况报告"),
    Block("paragraph", "2023年，我县坚持依法行政，各项任务按期完成。现将有关情况报告如下："),
    Block("heading", "基本情况", 1),
    Block("paragraph", "全县共有行政执法机关26个，持证执法人员1100人，均通过了年度考试。"),
    Block("heading", "制度建设", 2),
    Block("paragraph", "修订规范性文件制定办法，清理旧文件40件。审查合同310份，提出意见95条。"),
    Block("heading", "文件审查", 3),
    Block("paragraph", "审查规范性文件19件，全部按时备案。"),
    Block("heading", "执法监督", 2),
    Block("paragraph", "抽查案卷180份，纠正问题23个！"),
    Block("heading", "下步打算", 1),
    Block("paragraph", "2024年，我县将健全监督机制，配强基层力量。"),
    Block("signature", "岚柏县人民政府"),
    Block("date", "2024年1月18日"),
]

both = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:3])
clean = cache(blocks)


@cache
def expected(path):
    return lawgov.segment(plain(clean(path)))


def agreement(document, other):
    """F1 of two documents' sentences."""
    found, wanted = (Counter(s.text for s in d.sentences) for d in (document, other))
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def said(document, fields=SAID):
    return {field: getattr(document, field) for field in fields}


def headings(document):
    return [(heading.text, heading.level, heading.run_in) for heading in document.headings]


def sections(document):
    return Counter(sentence.section for sentence in document.sentences)


def pages():
    """Each report on each kind of page."""
    return [pytest.param(path, name, id=f"{path.stem[:3]}_{name}") for path in REPORTS for name in PAGES]


def page_of(path, name):
    about = {"site": "云川市人民政府", "agency": expected(path).agency, "date": expected(path).date.isoformat()}
    return PAGES[name].render(clean(path), about)


@both
@pytest.mark.parametrize(
    "codec, name",
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
def test_plain_text(path, codec, name):
    document = lawgov.read(plain(clean(path)).encode(codec))
    assert (document.form, document.encoding, document.repairs) == ("text", name, ())
    assert document.text == expected(path).text
    assert (document.sentences, headings(document), said(document)) == (expected(path).sentences, headings(expected(path)), said(expected(path)))


@both
def test_big5_in_traditional_characters_is_simplified_again(path):
    traditional = opencc.OpenCC("s2tw").convert(plain(clean(path)))  # s2t writes 爲 and 衆, which Big5 does not have
    document = lawgov.read(traditional.encode("big5hkscs", "replace"))
    assert document.encoding == "big5hkscs"
    assert agreement(document, expected(path)) >= 0.99
    assert said(document) == said(expected(path))
    assert [(repair.kind, repair.restored) for repair in document.repairs] == [("traditional", True)]


@both
@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n\n", "\n　　"])
def test_line_ends_and_indents(path, ends):
    document = lawgov.read(ends.join(block.text for block in clean(path)).encode("gb18030"))
    assert agreement(document, expected(path)) == 1
    assert (headings(document), said(document)) == (headings(expected(path)), said(expected(path)))


@both
@pytest.mark.parametrize("options", [{}, {"numbered": False}, {"numbered": False, "styled": False}], ids=["counted", "styled", "typed"])
def test_docx(path, options):
    document = lawgov.read(as_docx(clean(path), **options))
    assert document.form == "docx"
    assert agreement(document, expected(path)) >= 0.99
    assert (headings(document), said(document)) == (headings(expected(path)), said(expected(path)))


@both
@pytest.mark.parametrize("options", [{}, {"size": 10.5, "justified": True}], ids=["office", "small"])
def test_pdf(path, options):
    document = lawgov.read(as_pdf(clean(path), **options))
    assert document.form == "pdf"
    assert agreement(document, expected(path)) >= 0.99
    assert (headings(document), said(document)) == (headings(expected(path)), said(expected(path)))


@pytest.mark.parametrize("path, name", pages())
def test_page_of_a_site(path, name):
    document = lawgov.read(page_of(path, name))
    assert (document.form, document.encoding) == ("html", PAGES[name].encoding.removesuffix("-sig"))
    assert agreement(document, expected(path)) >= 0.99
    fields = [field for field in SAID if field != "title"]  # titles: below
    assert said(document, fields) == said(expected(path), fields)


@pytest.mark.parametrize("path, name", pages())
def test_title_on_a_page(path, name):
    assert lawgov.read(page_of(path, name)).title == expected(path).title


@pytest.mark.parametrize("path, name", pages())
def test_outline_of_a_page(path, name):
    document = lawgov.read(page_of(path, name))
    assert headings(document) == headings(expected(path))
    assert sections(document) == sections(expected(path))


def html(report):
    """A page that marks its headings by tags: h1 is the title."""
    tags = {"title": "h1", "heading": "h{}", "paragraph": "p", "signature": "p", "date": "p"}
    lines = (f"<{tag}>{block.text}</{tag}>" for block in report for tag in [tags[block.role].format(block.level + 1)])
    return f"<html><body>{''.join(lines)}</body></html>".encode()


@pytest.mark.parametrize("write", [as_docx, html])
def test_headings_by_style_alone(write):
    document = lawgov.read(write(STYLED))
    assert document.title == STYLED[0].text
    assert [(h.text, h.level) for h in document.headings] == [(b.text, b.level) for b in STYLED if b.role == "heading"]
    assert {h.rule for h in document.headings} == {"styled"}
    under = {s.text: s.headings for s in document.sentences}
    assert under["审查规范性文件19件，全部按时备案。"] == ("基本情况", "制度建设", "文件审查")
    assert under["抽查案卷180份，纠正问题23个！"] == ("基本情况", "执法监督")
    assert {s.section for s in document.sentences if s.headings == ("下步打算",)} == {"plans"}


@pytest.mark.parametrize("write", [as_docx, html])
def test_styles_and_numbers_agree_on_the_outline(write):
    numbers = {"基本情况": "一、", "制度建设": "（一）", "文件审查": "1.", "执法监督": "（二）", "下步打算": "二、"}
    numbered = [Block(b.role, numbers.get(b.text, "") + b.text, b.level) for b in STYLED]
    document, from_text = lawgov.read(write(numbered)), lawgov.segment(plain(numbered))
    assert headings(document) == headings(from_text) and len(document.headings) == 5
    assert agreement(document, from_text) == 1


@pytest.mark.parametrize("write", [as_docx, html])
def test_a_paragraph_marked_as_a_heading_by_mistake_is_text(write):
    long = "全年办结行政复议案件36件，纠正11件；" * 8 + "群众满意度稳步提高。"
    wrong = [*STYLED[:4], Block("heading", long, 2), *STYLED[4:]]
    document = lawgov.read(write(wrong))
    assert len(document.headings) == 5
    assert sum(s.text == "全年办结行政复议案件36件，纠正11件；" for s in document.sentences) == 8
