"""Word files: the text as its reader sees it, the numbers that Word counts, and files that are no report or no good."""

import functools
import io
import re
import struct
import sys
import tracemalloc
import zipfile

import pytest
from conftest import ROOT
from forms.blocks import Block, blocks, plain
from forms.word import as_docx

from lawgov.errors import InputError
from lawgov.forms import word_package
from lawgov.forms.word import docx_text
from lawgov.forms.word_numbering import figure

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
REPORTS = sorted((ROOT / "seeds" / "reports").glob("*.txt"))
SPACE_BEHIND_NUMBER = re.compile(r"^([（(]?[一二三四五六七八九十\d]+[、.．）)])\s+", re.MULTILINE)


read_blocks = functools.cache(blocks)


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return file.getvalue()


def docx(body, *, styles="", lists="", **parts):
    """A Word file from the insides of its parts."""
    content = {"word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"}
    if styles:
        content["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    if lists:
        content["word/numbering.xml"] = f"<w:numbering {W}>{lists}</w:numbering>"
    return packed(content | parts)


def p(text, *, style="", num="", level="", more=""):
    """A paragraph with one run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    level = f'<w:ilvl w:val="{level}"/>' if level else ""
    num = f'<w:numPr>{level}<w:numId w:val="{num}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{style}{num}{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lvl(at, form, pattern, *, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(*levels, id=1):
    return f'<w:abstractNum w:abstractNumId="{id}">{"".join(levels)}</w:abstractNum>'


def num(id, of=1, more=""):
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def style(id, name, more="", based_on=""):
    based_on = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based_on}{more}</w:style>'


OUTLINE = abstract(
    lvl(0, "chineseCounting", "%1、"),
    lvl(1, "chineseCountingThousand", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "（%4）"),
)


def lines(data):
    return docx_text(data, "报告.docx").text.split("\n")


def marks(data):
    raw = docx_text(data, "报告.docx")
    return [(raw.text[mark.start : mark.end], mark.level) for mark in raw.marks]


# whole reports


@pytest.mark.parametrize("styled", [True, False], ids=["styled", "plain"])
@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "typed"])
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_comes_out_of_word_as_it_went_in(path, numbered, styled):
    report = read_blocks(path)
    data = as_docx(report, numbered=numbered, styled=styled)
    raw = docx_text(data, path.name)
    assert raw.form == "docx" and raw.source is None and raw.encoding is None
    assert SPACE_BEHIND_NUMBER.sub(r"\1", raw.text).split("\n") == SPACE_BEHIND_NUMBER.sub(r"\1", plain(report)).split("\n")
    headings = [(SPACE_BEHIND_NUMBER.sub(r"\1", b.text), b.level) for b in report if b.role in ("title", "heading")]
    found = [(SPACE_BEHIND_NUMBER.sub(r"\1", raw.text[m.start : m.end]), m.level) for m in raw.marks]
    assert found == (headings if styled else [])


def test_word_counts_the_headings_of_a_numbered_report():
    report = [
        Block("title", "云岫县2023年度法治政府建设情况报告"),
        Block("heading", "一、主要做法", 1),
        Block("heading", "（一）健全机制", 2),
        Block("heading", "（三）跳过一个数的标题", 2),
        Block("heading", "二、存在问题", 1),
        Block("heading", "（一）力量不足", 2),
    ]
    data = as_docx(report)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    assert "一、" not in document and "（一）" not in document and "（三）" in document
    assert docx_text(data, "报告.docx").text == plain(report)
    assert docx_text(data, "报告.docx").about == {"title": "云岫县2023年度法治政府建设情况报告"}


# numbering


def test_numbers_restart_below_a_higher_level():
    places = [("甲", ""), ("乙", 1), ("丙", 1), ("丁", ""), ("戊", 1), ("己", 2)]
    body = "".join(p(text, num=1, level=level) for text, level in places)
    assert lines(docx(body, lists=OUTLINE + num(1))) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "1.己"]


def test_a_level_that_never_restarts_counts_on():
    lists = abstract(lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>')) + num(1)
    body = p("甲", num=1) + p("乙", num=1, level=1) + p("丙", num=1) + p("丁", num=1, level=1)
    assert lines(docx(body, lists=lists)) == ["1、甲", "1)乙", "2、丙", "2)丁"]


def test_numbers_of_several_levels_and_a_legal_one():
    lists = abstract(
        lvl(0, "chineseCounting", "第%1章"),
        lvl(1, "decimal", "%1.%2"),
        lvl(2, "decimal", "%1.%2.%3", more="<w:isLgl/>"),
    )
    body = p("总则", num=1) + p("目的", num=1, level=1) + p("范围", num=1, level=2)
    assert lines(docx(body, lists=lists + num(1))) == ["第一章 总则", "一.1 目的", "1.1.1 范围"]


def test_no_space_behind_the_number_if_the_list_has_none():
    lists = abstract(lvl(0, "decimal", "%1", more='<w:suff w:val="nothing"/>')) + num(1)
    assert lines(docx(p("号楼", num=1), lists=lists)) == ["1号楼"]


def test_a_dot_and_a_year_do_not_become_a_fraction():
    lists = abstract(lvl(0, "decimal", "%1.")) + num(1)
    assert lines(docx(p("2024年工作", num=1) + p("工作", num=1), lists=lists)) == ["1. 2024年工作", "2.工作"]


def test_lists_of_one_form_count_on_unless_they_start_anew():
    anew = num(3, more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    body = p("甲", num=1) + p("乙", num=2) + p("丙", num=3) + p("丁", num=3)
    assert lines(docx(body, lists=OUTLINE + num(1) + num(2) + anew)) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_a_list_may_have_a_level_of_its_own():
    own = num(2, more=f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperRoman", "%1.", start=4)}</w:lvlOverride>')
    assert lines(docx(p("甲", num=2), lists=OUTLINE + own)) == ["IV.甲"]


def test_styles_number_too_also_those_they_are_based_on():
    numbering = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    lists = abstract(lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%2.", more='<w:pStyle w:val="Item"/>')) + num(1)
    styles = style("Head", "heading 1", numbering) + style("Own", "街道标题", based_on="Head") + style("Item", "款", numbering)
    body = (
        p("甲", style="Head")
        + p("乙", style="Own")
        + p("丙", style="Item")
        + p("丁", style="Own", num="0")
        + p("戊", style="Own")
    )
    data = docx(body, styles=styles, lists=lists)
    assert lines(data) == ["一、甲", "二、乙", "1.丙", "丁", "三、戊"]
    assert marks(data) == [("一、甲", 1), ("二、乙", 1), ("丁", 1), ("三、戊", 1)]


def test_a_list_may_be_kept_in_a_style():
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    linked = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert lines(docx(p("甲", num=2), styles=styles, lists=OUTLINE + linked + num(1) + num(2, of=2))) == ["一、甲"]


@pytest.mark.parametrize("of", ["7", "1"], ids=["no such list", "no numbering part"])
def test_without_its_list_a_paragraph_has_no_number(of):
    lists = OUTLINE + num(1) if of == "7" else ""
    assert lines(docx(p("甲", num=of), lists=lists)) == ["甲"]


def test_bullets_and_hostile_patterns_give_nothing():
    lists = abstract(lvl(0, "bullet", "\uf06c"), lvl(1, "decimal", "%2" * 10_000)) + num(1)
    assert lines(docx(p("甲", num=1) + p("乙", num=1, level=1), lists=lists)) == ["甲", "乙"]


@pytest.mark.parametrize("pattern", ["", "%3"])
def test_levels_that_libreoffice_writes_as_none_show_nothing_and_others_count_on(pattern):
    lists = abstract(
        lvl(0, "taiwaneseCountingThousand", "%1、", more='<w:suff w:val="nothing"/>'),
        lvl(1, "taiwaneseCountingThousand", "（%2）", more='<w:suff w:val="nothing"/>'),
        lvl(2, "none", pattern, more='<w:suff w:val="nothing"/>'),
    )
    body = "".join(p("甲", num=1) + p("乙", num=1, level=1) + p("丙", num=1, level=2) for _ in range(11))
    assert lines(docx(body, lists=lists + num(1)))[-3:] == ["十一、甲", "（一）乙", "丙"]


def test_an_empty_paragraph_counts_and_shows_nothing():
    assert lines(docx(p("甲", num=1) + p("", num=1) + p("乙", num=1), lists=OUTLINE + num(1))) == ["一、甲", "三、乙"]


@pytest.mark.parametrize(
    ("n", "form", "expected"),
    [
        (10, "chineseCounting", "十"),
        (20, "japaneseCounting", "二十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (10, "ideographDigital", "一〇"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (51, "decimalEnclosedCircle", "51"),
        (12, "decimalFullWidth", "１２"),
        (3, "ideographTraditional", "丙"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (7, "none", ""),
        (7, "hebrew1", "7"),
        (0, "chineseCounting", "0"),
        (10**5, "upperLetter", "100000"),
    ],
)
def test_figures(n, form, expected):
    assert figure(n, form) == expected


# headings


@pytest.mark.parametrize(
    ("styles", "more", "level"),
    [
        (style("S", "Title"), "", 0),
        (style("S", "标题", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), "", 0),
        (style("S", "heading 2"), "", 2),
        (style("S", "标题 3"), "", 3),
        (style("S", "公文小标题", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), "", 2),
        (style("S", "街道标题", based_on="T") + style("T", "heading 1"), "", 1),
        (style("S", "正文"), '<w:outlineLvl w:val="0"/>', 1),
        (style("S", "heading 1"), '<w:outlineLvl w:val="9"/>', None),
        (style("S", "heading 10"), "", None),
        (style("S", "循环", based_on="T") + style("T", "循环之二", based_on="S"), "", None),
    ],
)
def test_headings_are_known_by_their_style(styles, more, level):
    data = docx(p("正文前面的一段话。") + p("健全制度", style="S", more=more), styles=styles)
    assert marks(data) == ([("健全制度", level)] if level is not None else [])


def test_a_long_paragraph_in_the_style_of_a_heading_is_none():
    body = p("法" * 120, style="S") + p("法" * 121, style="S") + p("", style="S")
    assert marks(docx(body, styles=style("S", "heading 1"))) == [("法" * 120, 1)]


# what is shown, and what is not


def shown(inside):
    return lines(docx(f"<w:p>{inside}</w:p>"))


def r(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_revisions_are_read_as_accepted():
    deleted = "<w:del><w:r><w:delText>全部</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('已经')}</w:moveFrom><w:moveTo>{r('早已')}</w:moveTo>"
    assert shown(r("工作") + deleted + f"<w:ins>{r('基本')}</w:ins>" + moved + r("完成。")) == ["工作基本早已完成。"]


def test_a_deleted_end_of_a_paragraph_joins_two():
    gone = "<w:rPr><w:del/></w:rPr>"
    body = p("上半", num=1, more=gone) + p("", num=1, more=gone) + p("下半。", num=1) + p("乙", num=1)
    assert lines(docx(body, lists=OUTLINE + num(1))) == ["一、上半下半。", "二、乙"]


def test_hidden_text_is_left_out():
    hidden = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    inside = (
        r("看得见") + r("看不见", "<w:vanish/>") + r("也看不见", '<w:rStyle w:val="H"/>') + r("的字", '<w:vanish w:val="0"/>')
    )
    assert lines(docx(f"<w:p>{inside}</w:p>", styles=hidden)) == ["看得见的字"]


def test_links_controls_and_smart_tags_are_read():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('栏')}</w:sdtContent></w:sdt>"
    assert shown(f"<w:hyperlink>{r('公开')}</w:hyperlink>{control}<w:smartTag>{r('目')}</w:smartTag>") == ["公开栏目"]
    placeholder = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
    assert shown(placeholder + r("已填写")) == ["已填写"]


def test_breaks_tabs_and_soft_hyphens():
    page = '<w:br w:type="page"/>'
    inside = f"<w:r><w:t>上</w:t><w:br/><w:t>中\u00ad间</w:t><w:tab/><w:t>右</w:t>{page}<w:t>页</w:t><w:cr/><w:t>末</w:t></w:r>"
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>'
    assert shown(tabs + inside) == ["上", "中间\t右页", "末"]


def test_outer_spaces_of_the_xml_count_only_where_it_says_so():
    assert shown("<w:r><w:t>甲\n </w:t></w:r><w:r><w:t xml:space='preserve'>乙 </w:t></w:r><w:r><w:t>丙</w:t></w:r>") == [
        "甲乙 丙"
    ]


def test_a_title_over_two_lines_is_one_heading():
    body = '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>云岫县人民政府</w:t><w:br/><w:t>2023年度报告</w:t></w:r></w:p>'
    assert marks(docx(body, styles=style("T", "Title"))) == [("云岫县人民政府\n2023年度报告", 0)]


def field(code, result, end='<w:r><w:fldChar w:fldCharType="end"/></w:r>'):
    turn = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{turn.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{turn.format('separate')}{result}{end}"


def test_fields_show_their_result_only():
    assert shown(r("共") + field("=SUM(A1)", r("12")) + r("件")) == ["共12件"]
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("DATE", r("三月")) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert shown(r("前") + nested + r("后")) == ["前后"]


def test_a_table_of_contents_is_left_out():
    by_style = p("一、主要做法 3", style="C")
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    by_control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr>{p('二、问题 5')}</w:sdt>"
    by_field = f"<w:p>{field(' TOC ', r('三、打算 7'))}</w:p>"
    assert lines(docx(by_style + by_control + by_field + p("正文。"), styles=style("C", "toc 1"))) == ["正文。"]


def test_a_field_that_never_ends_hides_nothing():
    assert lines(docx(f"<w:p>{field('TOC', r('正文'), end='')}</w:p>" + p("还有正文。"))) == ["正文", "还有正文。"]


def test_a_text_box_comes_once_behind_its_paragraph():
    box = f"<w:txbxContent>{p('框内一')}{p('框内二')}</w:txbxContent>"
    again = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice>{again}</mc:AlternateContent>"
    assert shown(r("框") + f"<w:r>{twice}</w:r>" + r("外")) == ["框外", "框内一", "框内二"]
    assert shown(r("框外") + f"<w:r><w:pict>{box}</w:pict></w:r>") == ["框外", "框内一", "框内二"]


# tables


def table(*rows):
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(rows_) + '</w:tr>' for rows_ in rows)}</w:tbl>"


def tc(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def test_a_row_is_a_line():
    first = (tc(p("类别"), '<w:vMerge w:val="restart"/>'), tc(p("件数"), '<w:gridSpan w:val="2"/>'))
    second = (tc(p("类别"), "<w:vMerge/>"), tc(p("收到") + p("12件")), tc(p("办结")))
    data = docx(p("情况如下：") + table(first, second) + p("完。"))
    assert lines(data) == ["情况如下：", "类别\t件数", "\t收到 12件\t办结", "完。"]


def test_a_nested_table_stands_in_its_cell():
    inner = table((tc(p("内左")), tc(p("内右"))))
    assert lines(docx(table((tc(p("外左")), tc(inner + p("")))))) == ["外左\t内左\t内右"]


def test_a_table_that_frames_the_page_is_no_table():
    data = docx(table((tc(p("甲", style="S") + p("第一段。") + p("第二段。")),)), styles=style("S", "heading 1"))
    assert lines(data) == ["甲", "第一段。", "第二段。"]
    assert marks(data) == [("甲", 1)]


def test_deleted_and_hidden_rows_are_left_out():
    rows = [("<w:del/>", "删"), ("<w:hidden/>", "隐"), ("", "留")]
    rows = (f"<w:tr><w:trPr>{mark}</w:trPr>{tc(p(text))}</w:tr>" for mark, text in rows)
    assert lines(docx(f"<w:tbl>{''.join(rows)}</w:tbl>")) == ["留"]


# the package


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("云岫县2023年度法治政府建设情况报告", {"title": "云岫县2023年度法治政府建设情况报告"}),
        ("新建 Microsoft Word 文档 (2).docx", {}),
        ("Word 文档", {}),
        ("新建 DOC 文档", {}),
        ("PowerPoint", {}),
        ("法" * 200, {}),
    ],
)
def test_the_title_of_the_file_is_taken_if_it_is_one(title, about):
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
    assert docx_text(docx(p("正文。"), **{"docProps/core.xml": core}), "报告.docx").about == about


def relations(**targets):
    inside = "".join(f'<Relationship Id="{kind}" Type="http://x/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def test_parts_are_found_by_their_relations_and_missing_ones_do_no_harm():
    parts = {
        "_rels/.rels": relations(officeDocument="/word/document2.xml"),
        "word/document2.xml": f"<w:document {W}>{p('甲', style='S')}</w:document>",
        "word/_rels/document2.xml.rels": relations(image="NULL", styles="styles7.xml"),
        "word/styles7.xml": f"<w:styles {W}>{style('S', 'heading 1')}</w:styles>",
    }
    assert marks(packed(parts)) == [("甲", 1)]


def test_the_strict_form_of_the_format_is_read():
    strict = f"<w:document {W}>{p('正文。')}</w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert lines(packed({"word/document.xml": strict})) == ["正文。"]


@pytest.mark.parametrize(
    ("entries", "seen"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "is an Excel file, expected a Word file"),
        (["ppt/presentation.xml"], "is a PowerPoint file"),
        (["OFD.xml", "Doc_0/Document.xml"], "is an OFD file.*export it to PDF or docx"),
        (["mimetype", "content.xml"], "is an OpenDocument file.*save it as docx"),
        (["报告.txt"], "is a zip archive.*unpack it"),
        ([], "is a zip archive"),
    ],
)
def test_other_archives_are_named(entries, seen):
    with pytest.raises(InputError, match=f"报告: {seen}"):
        docx_text(packed(dict.fromkeys(entries, "<x/>")), "报告")


def test_an_encrypted_file_is_refused():
    data = bytearray(docx(p("正文。")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    with pytest.raises(InputError, match="is encrypted, expected a Word file without a password"):
        docx_text(bytes(data), "报告.docx")


def zeros(path, size, declared=None):
    """A zip archive with so many zeros in it, which may declare another size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(path, "w") as entry:
        for _ in range(size // 2**20):
            entry.write(bytes(2**20))
    data = file.getvalue()
    return data if declared is None else data.replace(struct.pack("<I", size), struct.pack("<I", declared))


def declaring(data, size):
    """An archive whose first entry declares a size in the directory at its end."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def test_what_unpacks_to_too_much_is_refused():
    with pytest.raises(InputError, match="its part word/document.xml unpacks to 65 MB, expected at most 64 MB"):
        docx_text(declaring(docx(p("正文。")), 65 * 2**20), "报告.docx")
    with pytest.raises(InputError, match="报告.docx: unpacks to 300 MB, expected at most 256 MB; save it without its pictures"):
        docx_text(declaring(docx(p("正文。")), 300 * 2**20), "报告.docx")


def test_a_part_is_not_unpacked_beyond_the_size_it_declares():
    data = zeros("word/document.xml", 64 * 2**20, declared=1000)
    tracemalloc.start()
    with pytest.raises(InputError, match="cannot be read as a Word file"):
        docx_text(data, "报告.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_too_many_entries_are_refused_before_the_directory_is_read(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(InputError, match="has 10,001 files packed in it, expected at most 10,000"):
        docx_text(b"PK\x03\x04" + b"PK\x01\x02" * 10_001, "报告.docx")


def test_too_many_tags_are_refused(monkeypatch):
    monkeypatch.setattr(word_package, "MOST_NODES", 100)
    with pytest.raises(InputError, match=r"has \d+ tags and attributes in word/document.xml, expected at most 100"):
        docx_text(docx("<w:p/>" * 100), "报告.docx")


def test_a_packing_that_word_does_not_use_is_refused():
    with pytest.raises(InputError, match="is packed in a way that Word does not use"):
        docx_text(packed({"word/document.xml": "<x/>"}, zipfile.ZIP_BZIP2), "报告.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml"])
def test_entities_are_refused(part, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(InputError, match="declares a DOCTYPE in"):
        docx_text(docx(p("x"), **{part: xml.encode(encoding)}), "报告.docx")


def test_entities_in_a_disguise_are_refused():
    disguised = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(InputError, match="declares a DOCTYPE in"):
        docx_text(packed({"word/document.xml": disguised}), "报告.docx")


def test_a_hostile_depth_is_refused():
    with pytest.raises(InputError, match="cannot be read as a Word file .*depth"):
        docx_text(docx("<w:tbl><w:tr><w:tc>" * 3000), "报告.docx")


def test_the_greatest_depth_that_is_parsed_is_walked():
    assert lines(docx("<w:p><w:r>" * 120 + "<w:t>底</w:t>" + "</w:r></w:p>" * 120)) == ["底"]


def test_damaged_files_end_in_one_clear_line():
    whole = as_docx([Block("title", "云岫县2023年度法治政府建设情况报告"), Block("heading", "一、主要做法", 1)])
    assert docx_text(whole, "x").text
    for cut in range(0, len(whole), 997):
        for damaged in (whole[:cut], whole[:cut] + b"\x00\xff" + whole[cut + 2 :]):
            try:
                docx_text(damaged, "报告.docx")
            except InputError as error:
                assert str(error).startswith("报告.docx: ") and "\n" not in str(error) and "; " in str(error)


def test_without_python_docx_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.setitem(sys.modules, "docx.oxml", None)
    with pytest.raises(InputError, match=re.escape('pip install "lawgov[files]"')):
        docx_text(docx(p("正文。")), "报告.docx")
