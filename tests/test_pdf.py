import builtins
import io
import re
from functools import cache
from pathlib import Path

import pytest
from forms.blocks import Block, blocks, plain
from forms.pdf import HEAD, as_pdf, as_scanned_pdf, draw_pdf
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from lawgov.errors import InputError
from lawgov.forms import pdf
from lawgov.forms.pdf import pdf_text

REPORTS = sorted((Path(__file__).parent.parent / "seeds" / "reports").glob("*.txt"))
BODY = "本县把依法行政摆在突出位置，全年办理行政复议案件36件，办结率达到98.5%，群众满意度稳步提高。"
REPORT = [
    Block("title", "云川县人民政府关于2023年度推进法治政府建设工作情况的报告"),
    Block("heading", "一、主要举措和成效", 1),
    *(Block("paragraph", f"{BODY * n}{tail}") for n, tail in [(1, ""), (3, "接受监督。"), (2, "完善制度。"), (5, ""), (4, "从严考核。")] * 4),
    Block("signature", "云川县人民政府"),
    Block("date", "2024年1月15日"),
]


clean = cache(blocks)


def lines_of(drawn, **options):
    return pdf_text(draw_pdf(drawn, **options), "a.pdf").text.split("\n")


def bare(text):
    """The text without spaces, but for those between Latin words."""
    return re.sub(r"(?<![A-Za-z])[ \t\u3000]+|[ \t\u3000]+(?![A-Za-z])", "", text)


def column(*lines, x=72, y=700, size=16):
    """Lines one under the other: strings, or strings with an indent in characters."""
    placed = [line if isinstance(line, tuple) else (line, 0) for line in lines]
    return [(x + indent * size, y - 28 * i, text, size) for i, (text, indent) in enumerate(placed)]


def full(start, length=26):
    return (start + "贯彻落实上级部署推进依法行政工作加强监督检查完善规章制度提升服务水平")[:length]


def set_in_fonts(*pieces, scale=100, space=0):
    """Pieces of 16 points: where each stands, its text and its font.

    ``scale`` is their width in percent, ``space`` what stands between their characters.
    """
    data = io.BytesIO()
    canvas = Canvas(data, invariant=1)
    for x, y, text, font in pieces:
        registerFont(UnicodeCIDFont(font))
        line = canvas.beginText(x, y)
        line.setFont(font, 16)
        line.setHorizScale(scale)
        line.setCharSpace(space)
        line.textOut(text)
        canvas.drawText(line)
    canvas.save()
    return data.getvalue()


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "options",
    [{}, {"size": 10.5, "running_head": False}, {"size": 22, "page_numbers": False}, {"size": 14, "justified": True}],
    ids=["office", "small", "large", "justified"],
)
def test_a_report_comes_back_paragraph_by_paragraph(path, options):
    report = clean(path)
    read = pdf_text(as_pdf(report, **options), "a.pdf")
    assert bare(read.text).split("\n") == bare(plain(report)).split("\n")


def test_the_title_over_two_lines_is_one_line_and_marked():
    read = pdf_text(as_pdf(REPORT), "a.pdf")
    assert (read.form, read.encoding, dict(read.about)) == ("pdf", None, {})
    assert [(read.text[m.start : m.end], m.level) for m in read.marks] == [(REPORT[0].text, 0)]


def test_a_report_without_indents_is_told_by_the_ends_of_lines():
    read = pdf_text(as_pdf(REPORT, indent=0, justified=True), "a.pdf")
    assert read.text == plain(REPORT)


def test_signature_and_date_stay_lines_of_their_own():
    assert pdf_text(as_pdf(REPORT), "a.pdf").text.split("\n")[-2:] == ["云川县人民政府", "2024年1月15日"]


@pytest.mark.parametrize("number", ["— 3 —", "- 3 -", "‐3‐", "第3页", "第 3 页 共 12 页", "3/12", "3", "·3·", "第三页"])
def test_page_numbers_are_left_out(number):
    assert lines_of([[(280, 800, number, 9), *column(full("本县")), (280, 40, number, 9)]]) == [full("本县")]


def test_a_number_within_the_text_stays():
    assert lines_of([column(full("本县"), ("12", 2), (full("全县"), 2))]) == [full("本县"), "12", full("全县")]


def test_running_heads_are_left_out_and_sentences_go_on_over_the_page():
    pages = [[(200, 800, HEAD, 9), *column((full(a), 2), full(b, 28), y=740), (400, 50, f"云川县司法局{i}", 9)]
             for i, (a, b) in enumerate([("甲", "乙"), ("丙", "丁"), ("戊", "己")])]  # fmt: skip
    assert lines_of(pages) == [full(a) + full(b, 28) for a, b in ("甲乙", "丙丁", "戊己")]
    assert HEAD not in pdf_text(as_pdf(REPORT), "a.pdf").text


def test_a_head_of_the_size_of_the_text_is_left_out_of_two_pages():
    pages = [[(200, 800, HEAD, 16), *column((full(a), 2), full(b, 28), y=740)] for a, b in ("甲乙", "丙丁")]
    assert lines_of(pages) == [full(a) + full(b, 28) for a, b in ("甲乙", "丙丁")]


PRINTED = ["11/22/26, 9:35 PM", "2024/1/15 10:30", "2024/1/15 下午3:05", "2024/1/15, 15:05:09"]


@pytest.mark.parametrize("printed", PRINTED)
@pytest.mark.parametrize("pages", [1, 3])
def test_what_a_browser_prints_round_a_page_is_left_out(printed, pages):
    title = "云川县2023年法治政府建设年度报告"
    around = [
        [(30, 810, printed, 16), (250, 810, title, 16), (30, 20, f"file:///C:/报告/云川县.html      {i + 1}/{pages}", 16)]
        for i in range(pages)
    ]
    texts = [column((full(a), 2), full(b, 28)) for a, b in ("甲乙", "丙丁", "戊己")[:pages]]
    expected = [title, *(full(a) + full(b, 28) for a, b in ("甲乙", "丙丁", "戊己")[:pages])]
    assert lines_of([a + t for a, t in zip(around, texts)]) == expected
    assert lines_of([a + [(120, 760, title, 16)] * (not i) + t for i, (a, t) in enumerate(zip(around, texts))]) == expected


def test_a_line_that_repeats_at_other_heights_stays():
    pages = [column((full("甲"), 2), full("乙", 28), "终。", ("特此报告。", 2), y=740 - 40 * i) for i in range(4)]
    assert lines_of(pages).count("特此报告。") == 4


def test_a_title_that_is_also_the_running_head_is_kept_once():
    title = "云川县2023年法治政府建设年度报告"
    own = [[(200, 800, title, 9), *([(120, 740, title, 22)] if not i else []), *column(full("本县"))] for i in range(3)]
    assert lines_of(own).count(title) == 1
    only = [[(200, 800, title, 9), *column(full("本县"))] for i in range(3)]
    assert lines_of(only)[0] == title and lines_of(only).count(title) == 1


def test_tables_of_contents_are_left_out():
    entries = [("一、总体情况" + "…" * 12 + "1", 0), ("二、主要举措" + "." * 30 + "12", 0)]
    assert lines_of([column("目 录", *entries, (full("本县"), 2))]) == [full("本县")]


def test_an_indent_begins_a_paragraph_and_a_full_line_goes_on():
    drawn = column((full("甲"), 2), full("乙", 28), ("完。", 0), (full("丙"), 2), "终。", (full("丁"), 2), full("戊", 28))
    assert lines_of([drawn]) == [full("甲") + full("乙", 28) + "完。", full("丙") + "终。", full("丁") + full("戊", 28)]


def test_a_line_is_full_where_the_next_word_would_not_have_fitted():
    drawn = column((full("甲"), 2), full("乙", 24), "2021-2025年规划。", (full("丙"), 2), full("丁", 28), "终。", ("一", 2))
    assert lines_of([drawn])[0] == full("甲") + full("乙", 24) + "2021-2025年规划。"


def test_a_heading_that_wraps_is_one_line():
    drawn = column(("（三）" + full("健", 23), 2), "工作机制", (full("甲"), 2), full("乙", 28), "终。")
    assert lines_of([drawn]) == ["（三）" + full("健", 23) + "工作机制", full("甲") + full("乙", 28) + "终。"]


def test_a_ragged_line_of_an_indented_report_goes_on_where_the_next_is_not_indented():
    drawn = column((full("甲", 23) + "5", 1.7), "督。" + full("乙", 24), (full("丙"), 2), full("丁", 28), "终。", (full("戊"), 2))
    assert lines_of([drawn])[0] == full("甲", 23) + "5督。" + full("乙", 24)


def test_justified_text_without_indents_ends_where_a_line_is_not_full():
    drawn = column(full("甲", 28), full("乙", 28), "终。", full("关于", 27), full("丙", 28), full("丁", 28), full("戊", 28))
    assert lines_of([drawn]) == [full("甲", 28) + full("乙", 28) + "终。", full("关于", 27), full("丙", 28) + full("丁", 28) + full("戊", 28)]


def test_without_indents_what_is_set_apart_is_a_paragraph_also_behind_a_full_heading():
    above = column(full("甲", 28), full("乙", 28), "终。", full("关于", 28))
    drawn = above + column(full("丙", 28), full("丁", 28), full("戊", 20), y=700 - 4 * 28 - 20)
    assert lines_of([drawn]) == [full("甲", 28) + full("乙", 28) + "终。", full("关于", 28), full("丙", 28) + full("丁", 28) + full("戊", 20)]


def test_days_that_are_counted_up_begin_no_heading():
    drawn = column(full("甲", 26) + "每周", "一、三、五上午" + full("乙", 21), full("丙", 28), "终。", full("丁", 28), full("戊", 28))
    assert lines_of([drawn])[0] == full("甲", 26) + "每周一、三、五上午" + full("乙", 21) + full("丙", 28) + "终。"


def test_a_run_in_heading_in_a_font_without_a_name_goes_on():
    """Chromium draws bold type that it lacks as such a font."""
    first, rest = "2." + full("甲", 25), full("乙", 6) + "。"
    data = set_in_fonts(
        (104, 700, first, "HeiseiMin-W3"),
        (72, 672, rest, "HeiseiMin-W3"),
        (72 + 16 * len(rest), 672, full("丙", 21), "STSong-Light"),
        *((104 - 32 * (i % 2), 644 - 28 * i, full(c, 26 + 2 * (i % 2)), "STSong-Light") for i, c in enumerate("丁戊己庚")),
    ).replace(b"/BaseFont /HeiseiMin-W3", b"/BaseFont /            ")
    assert pdf_text(data, "a.pdf").text.split("\n")[0] == first + rest + full("丙", 21)


def test_marks_of_a_second_font_stand_where_they_are_seen():
    """LibreOffice sets 照一“区 for 照“一区: the mark behind what it stands before."""
    pieces = [(72, "照一"), (88, "“ "), (119.9, "区 "), (135.9, "三 "), (151.9, "室 "), (167.9, "”的")]
    data = set_in_fonts(*((x, 700, text, "STSong-Light") for x, text in pieces), space=15.9)
    assert pdf_text(data, "a.pdf").text == "照“一区三室”的"


def test_marks_of_larger_type_that_share_a_place_stay_in_their_line():
    head = [(72, 728, "贯彻落实《云川县规划》", 24), (72 + 24 * 10.45, 728, "《实施办法》的情况", 24)]
    assert lines_of([head + column((full("甲"), 2), full("乙", 28), "终。")])[0] == "贯彻落实《云川县规划》《实施办法》的情况"


def test_a_heading_in_large_type_is_no_title():
    drawn = [(104, 740, "一、依法全面履行政府职能的情况", 24), *column((full("甲"), 2), full("乙", 28), "终。", (full("丙"), 2))]
    assert pdf_text(draw_pdf([drawn]), "a.pdf").marks == ()


def test_a_paragraph_in_larger_type_is_one_line():
    head = [(72, 756, full("关于", 18), 24), (72, 714, "情况", 24)]
    drawn = head + [(72, 680 - 22 * i, full(c, 28), 16) for i, c in enumerate("甲乙丙丁戊")]
    assert lines_of([drawn])[0] == full("关于", 18) + "情况"


def test_larger_type_is_not_joined_with_the_text():
    drawn = [(72, 728, full("甲", 20), 22.4), *column(full("乙", 28), full("丙", 28), "终。")]
    assert lines_of([drawn])[0] == full("甲", 20)


def test_latin_words_at_the_end_of_a_line_are_parted_and_numbers_are_not():
    drawn = column((full("甲", 24) + "Legal", 2), "Tech 平台" + full("乙", 22) + "2023", "年启用。", (full("丙"), 2), full("丁", 28))
    assert lines_of([drawn])[0] == full("甲", 24) + "Legal Tech平台" + full("乙", 22) + "2023年启用。"


def test_spaces_of_the_setting_are_dropped_and_those_of_words_kept():
    assert lines_of([column("法 治 政 府 建 设 年 度 报 告（％）")]) == ["法治政府建设年度报告（％）"]
    assert lines_of([column("2022 年启用 Legal Tech 系统服务群众办事")]) == ["2022年启用Legal Tech系统服务群众办事"]


def test_radicals_and_rare_characters_are_the_common_ones():
    assert lines_of([column("⻓⽅⺠⻔⻅⻚⻋⻢⻛\uf900𠮷县人民政府")]) == ["长方民门见页车马风豈𠮷县人民政府"]


def test_text_that_runs_aslant_is_left_out():
    assert lines_of([column(full("本县"))], aslant="内部资料") == [full("本县")]


def test_bold_by_overprinting_is_read_once():
    assert lines_of([[(72, 700, full("本县"), 16), (72.4, 700, full("本县"), 16)]]) == [full("本县")]


def test_pieces_that_begin_at_one_place_are_all_read():
    assert lines_of([[(72, 700, "甲乙丙丁戊", 16), (72, 698, "己庚", 28)]]) == ["甲乙丙丁戊", "己庚"]


def test_two_columns_and_rows_of_tables_do_not_fail():
    rows = [(x, 700 - 28 * i, f"单位{i}甲乙丙丁", 12) for i in range(8) for x in (72, 240, 400)]
    assert lines_of([rows])[0].startswith("单位0甲乙丙丁")
    assert len(lines_of([rows])) == 8


def test_a_scan_is_refused():
    with pytest.raises(InputError, match=r"^a\.pdf: is a scanned PDF: \d+ pages without text, expected text; run OCR first"):
        pdf_text(as_scanned_pdf(REPORT), "a.pdf")
    with pytest.raises(InputError, match="is a scanned PDF: 2 pages without text"):
        pdf_text(draw_pdf([[], []]), "a.pdf")


def test_a_page_that_is_a_picture_does_not_refuse_a_report():
    picture = draw_pdf([column(full("本县")), column((full("全县"), 2)), []], picture_on=2)
    assert pdf_text(picture, "a.pdf").text.split("\n") == [full("本县"), full("全县")]


UNMAPPED = r"has text that cannot be mapped to characters \(20 of 20\), expected .*print it to PDF anew"


def test_text_that_cannot_be_mapped_is_refused():
    with pytest.raises(InputError, match=UNMAPPED):
        pdf_text(draw_pdf([column("\ue001\ue002\ue003\ue004" * 5)]), "a.pdf")


def test_lone_characters_without_extent_are_text_that_is_lost():
    with pytest.raises(InputError, match=UNMAPPED):
        pdf_text(set_in_fonts(*((72 + 20 * i, 700, "法", "STSong-Light") for i in range(20)), scale=0), "a.pdf")


def test_damaged_files_are_refused():
    whole = draw_pdf([column(full("本县"))])
    for data in (b"%PDF-1.7", whole[:200], b""):
        with pytest.raises(InputError, match=r"^a\.pdf: is damaged, expected a whole PDF file"):
            pdf_text(data, "a.pdf")
    with pytest.raises(InputError, match=r"has a damaged page \(2 of 1500\)"):
        pdf_text(whole.replace(b"/Count 1", b"/Count 1500"), "a.pdf")


def test_encrypted_files_are_refused():
    with pytest.raises(InputError, match="is encrypted, expected .*; remove the password"):
        pdf_text(draw_pdf([column(full("本县"))], password="secret"), "a.pdf")


def test_too_many_pages_or_characters_are_refused(monkeypatch):
    whole = draw_pdf([column(full("本县"))])
    with pytest.raises(InputError, match="has 1,000,000 pages, expected a report of at most 2,000; split it"):
        pdf_text(whole.replace(b"/Count 1", b"/Count 1000000"), "a.pdf")
    monkeypatch.setattr(pdf, "LARGEST_TEXT", 20)
    with pytest.raises(InputError, match="has more than 20 characters"):
        pdf_text(whole, "a.pdf")
    monkeypatch.undo()
    assert pdf_text(whole, "a.pdf").text == full("本县")  # the lock and the handles are free again


def test_without_pypdfium2_the_way_to_install_it_is_said(monkeypatch):
    whole, imported = draw_pdf([column(full("本县"))]), builtins.__import__

    def missing(name, *args, **kwargs):
        if name.startswith("pypdfium2"):
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InputError, match=re.escape('pip install "lawgov[files]"')):
        pdf_text(whole, "a.pdf")
