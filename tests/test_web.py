"""Saved web pages: the text that a reader sees and no more, what the page says about it, and pages that are no report."""

import base64
import datetime
import quopri

import pytest
from forms import web
from forms.web import _wrapped as wrapped

import lawgov
from lawgov import reader

TITLE = "岚柏县2023年度法治政府建设情况报告"
FIRST = "2023年，我县坚持依法行政，全年办理行政复议案件三十六件，办结率和群众满意度稳步提高。"
SECOND = "抽查行政执法案卷一百八十份，纠正问题二十三个；举办法治专题培训班九期，参训干部四百人。"
THIRD = "修订规范性文件制定办法，清理旧文件四十件，审查合同三百一十份，提出意见九十五条。"
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
UNSEEN = "这一段文字在页面上看不见，因此也不应当出现在读出来的报告里面。"


def page(body, head=""):
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def lines(body, head=""):
    return lawgov.read(page(body, head)).text.split("\n")



# pages that are no report


@pytest.mark.parametrize("listing", [web.list_page, web.list_page_with_intro])
def test_a_list_of_reports_is_refused(listing):
    with pytest.raises(lawgov.InputError, match=r"is a web page that lists 2\d reports and the like, expected one report; open the one you want"):
        lawgov.read(listing())


@pytest.mark.parametrize("empty", [web.error_page, web.script_page])
def test_a_page_without_text_of_its_own_is_refused(empty):
    with pytest.raises(lawgov.InputError, match=r"is a web page with \d+ characters of running text, .*copy that into a text file"):
        lawgov.read(empty())


@pytest.mark.parametrize(
    "body",
    ["", "<iframe src='http://127.0.0.1:9/'></iframe>", "<img src='报告.png'>", "<p>法治</p>", f"<script>'{SECOND * 9}'</script>", "<p>No Chinese.</p>"],
    ids=["empty", "frame", "picture", "two characters", "script", "English"],
)
def test_a_page_without_running_text_is_refused(body):
    with pytest.raises(lawgov.InputError, match="characters of running text"):
        lawgov.read(page(body))


def test_frames_are_refused():
    with pytest.raises(lawgov.InputError, match="0 characters of running text"):
        lawgov.read(b"<html><frameset cols='20%,80%'><frame src='a.htm'><frame src='b.htm'></frameset></html>")


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td"])
def test_tags_nested_beyond_reason_are_refused(tag):
    with pytest.raises(lawgov.InputError, match="nested more than 250 deep, expected a report; copy its text into a text file"):
        lawgov.read(page(f"<{tag}>" * 300 + TEXT))


def test_a_megabyte_of_tags_is_refused():
    with pytest.raises(lawgov.InputError, match="0 characters of running text"):
        lawgov.read(page("<p><b></b></p>" * (2**20 // 14)))


def test_a_page_beyond_the_limit_is_refused_and_a_text_of_its_size_is_not(monkeypatch):
    monkeypatch.setattr(reader, "LARGEST_PAGE", 1000)
    with pytest.raises(lawgov.InputError, match="is a web page of 0 MB, expected at most 0 MB; copy its text into a text file"):
        lawgov.read(page(TEXT * 10))
    assert len(lawgov.read((FIRST * 30).encode()).sentences) == 30


def test_errors_name_the_file(tmp_path):
    path = tmp_path / "列表.html"
    path.write_bytes(web.list_page())
    with pytest.raises(lawgov.InputError, match=rf"^{path}: is a web page that lists"):
        lawgov.read(path)


# what is shown


@pytest.mark.parametrize(
    "hidden",
    [
        f"<p style='display:none'>{UNSEEN}</p>",
        f"<div style='color:red; DISPLAY : none'><p>{UNSEEN}</p></div>",
        f"<p hidden>{UNSEEN}</p>",
        f"<p style='font-size:0'>{UNSEEN}</p>",
        f"<p style='position:absolute;left:-9999px'>{UNSEEN}</p>",
        pytest.param(f"<p style='visibility:hidden'>{UNSEEN}</p>"),
        f"<script>document.write('<p>{UNSEEN}</p>')</script>",
        f"<style>p:after {{content: '{UNSEEN}'}}</style>",
        f"<noscript>{UNSEEN}</noscript>",
        f"<!-- <p>{UNSEEN}</p> -->",
        f"<template><p>{UNSEEN}</p></template>",
        f"<textarea>{UNSEEN}</textarea>",
        f"<svg><text>{UNSEEN}</text></svg>",
    ],
)
def test_what_a_page_does_not_show_is_left_out(hidden):
    assert lines(f"<h1>{TITLE}</h1><p>{FIRST}</p>{hidden}<p>{SECOND}</p><p>{THIRD}</p>") == [TITLE, FIRST, SECOND, THIRD]


@pytest.mark.parametrize("hidden", ["style='visibility: hidden; opacity: 0;'", "style='display:none'", "hidden"])
def test_an_article_that_a_script_would_show_is_read(hidden):
    said = f"<meta property='og:title' content='{TITLE}'>"
    assert lines(f"<h1>{TITLE}</h1><div id='js_content' {hidden}>{TEXT}</div>", said) == [TITLE, FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "widget",
    [
        "<div class='bdsharebuttonbox'>分享到：微信、微博。用手机扫一扫，在手机上打开当前的页面。</div>",
        "<div class='qrcode'><p>扫一扫在手机打开当前页。</p></div>",
        "<div id='footer'>岚柏县人民政府主办，岚柏县大数据局承办；建议使用最新的浏览器。</div>",
        "<p style='text-align:center'><img src='1.jpg'></p><p style='text-align:center'>图为普法活动现场</p>",
        "<figure><img src='1.jpg'><figcaption>普法活动的现场；照片由岚柏县司法局提供。</figcaption></figure>",
        "<nav><a href='/'>首页</a><a href='/zw'>政务公开</a></nav>",
        "<button>点击这里下载这一份报告的全文；需要登录。</button>",
    ],
    ids=["share bar", "code", "footer", "caption", "figcaption", "menu", "button"],
)
def test_share_bars_and_captions_are_no_text(widget):
    assert lines(f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>{widget}<p>{THIRD}</p>") == [TITLE, FIRST, SECOND, THIRD]


def test_a_whole_article_in_a_box_called_share_is_text():
    assert lines(f"<div class='share'>{TEXT * 5}</div>") == [FIRST, SECOND, THIRD] * 5


def test_menus_and_teasers_around_the_text_are_left_out():
    menu = "".join(f"<li><a href='/{i}'>岚柏县举办第{i}期法治讲座</a></li>" for i in range(30))
    teasers = "".join(f"<li><a href='/t{i}'>{SECOND}</a></li>" for i in range(10))
    text = lines(f"<ul>{menu}</ul><div><h1>{TITLE}</h1>{TEXT * 3}</div><ul>{teasers}</ul>", f"<title>{TITLE}</title>")
    assert text == [TITLE, *[FIRST, SECOND, THIRD] * 3]


def test_a_preamble_in_a_cell_of_its_own():
    body = f"<p>一、主要做法</p><p>{SECOND}</p>" * 6
    table = f"<table><tr><td><p>{FIRST}</p></td></tr><tr><td>{body}</td></tr></table>"
    document = lawgov.read(page(table))
    assert document.sentences[0].text == FIRST and len(document.sentences) == 13
    assert [h.text for h in document.headings] == ["一、主要做法"] * 6


# lines


def test_lines_by_br_alone():
    document = lawgov.read(page(f"{TITLE}<br>&nbsp;&nbsp;&nbsp;{FIRST}<br><br/>一、主要做法<br />　　{SECOND}<BR>岚柏县人民政府<br>2024年1月18日"))
    assert document.text.split("\n") == [TITLE, FIRST, "一、主要做法", SECOND, "岚柏县人民政府", "2024年1月18日"]
    assert (document.title, document.agency, document.date) == (TITLE, "岚柏县人民政府", datetime.date(2024, 1, 18))


def test_preformatted_text_with_hard_wraps():
    paragraphs = [FIRST + SECOND, "一、主要做法", SECOND + THIRD, THIRD + FIRST, FIRST]
    body = "\n".join(map(wrapped, paragraphs))
    assert lines(f"<pre>{body}</pre>") == paragraphs


def test_line_ends_of_the_source_are_no_line_ends():
    broken = TEXT.replace("，", "，\r\n      ").replace("行政", "行\n政")
    assert lines(f"<h1>{TITLE}</h1>\n{broken}") == [TITLE, FIRST, SECOND, THIRD]


def test_inline_elements_do_not_break_words():
    spans = "".join(f"<span lang=EN-US><font face=仿宋>{c}</font></span>" for c in FIRST)
    assert lines(f"<p>{spans}</p><p>{SECOND}</p>") == [FIRST, SECOND]


@pytest.mark.parametrize("text", ["坚持“&amp;”，", "&#20381;&#x6CD5;&ldquo;", "行\u200b政\ufeff"])
def test_entities_and_invisible_characters(text):
    import html

    shown = html.unescape(text).replace("\u200b", "").replace("\ufeff", "")
    assert lines(f"<p>{text}{FIRST}</p><p>{SECOND}</p>")[0] == shown + FIRST


def test_ordered_lists_get_their_numbers():
    items = f"<li>{SECOND}</li><li><b>{THIRD}</b></li>"
    text = lines(f"{TEXT * 2}<ol>{items}</ol><ul><li>{SECOND}</li></ul><p>{FIRST}</p><ol>{items}</ol>")
    assert text[6:] == [f"1.{SECOND}", f"2.{THIRD}", SECOND, FIRST, f"1.{SECOND}", f"2.{THIRD}"]


def test_items_of_ordered_lists_may_be_paragraphs():
    text = lines(f"{TEXT * 2}<ol><li><p>{SECOND}</p></li><li><p>{THIRD}</p></li></ol>")
    assert text[6:] == [f"1.{SECOND}", f"2.{THIRD}"]


def test_ordered_lists_may_begin_anywhere():
    text = lines(f"{TEXT * 2}<ol start='3'><li>{SECOND}</li><li value='7'>{THIRD}</li></ol>")
    assert text[6:] == [f"3.{SECOND}", f"7.{THIRD}"]


@pytest.mark.parametrize(
    "preamble",
    [
        pytest.param("", id="none"),
        pytest.param(TEXT, id="three paragraphs"),
        pytest.param(f"<p>{FIRST}</p>", id="one paragraph"),
        pytest.param(f"<div>{TEXT}</div>", id="in an element"),
    ],
)
def test_a_body_that_is_a_list_is_read(preamble):
    items = "".join(f"<li>第{i}类：{SECOND}</li>" for i in range(20))
    document = lawgov.read(page(f"{preamble}<ol>{items}</ol>"))
    assert sum("类：抽查" in s.text for s in document.sentences) == 20
    assert (document.sentences[0].text == FIRST) == bool(preamble)


def test_the_cells_of_a_row_stand_on_one_line():
    table = "<table><tr><th>项目</th><th>数量</th></tr><tr><td>行政处罚</td><td>12件</td></tr></table>"
    assert lines(f"{TEXT}{table}<p>{FIRST}</p>") == [FIRST, SECOND, THIRD, "项目 数量", "行政处罚 12件", FIRST]


# title and metadata


@pytest.mark.parametrize(
    "shown",
    [
        "<p align=center>岚柏县人民政府</p><p align=center>关于2023年度法治政府建设情况的报告</p>",
        "<h1>岚柏县人民政府<br>关于2023年度法治政府建设情况的报告</h1>",
        "<p style='text-align:center'><b>岚柏县人民政府</b><br/><b>关于2023年度法治政府建设情况的报告</b></p>",
    ],
)
def test_a_title_over_two_lines(shown):
    document = lawgov.read(page(shown + TEXT))
    assert (document.title, document.agency) == ("岚柏县人民政府关于2023年度法治政府建设情况的报告", "岚柏县人民政府")
    assert document.sentences[0].text == FIRST


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE}</title>",
        f"<title>{TITLE}_岚柏县人民政府</title>",
        f"<title> {TITLE} - 政务公开</title>",
        f"<meta name='ArticleTitle' content='{TITLE}'>",
        pytest.param("", id="nothing"),
        pytest.param(f"<title>岚柏县人民政府-{TITLE}</title>", id="site first"),
        pytest.param("<title>岚柏县人民政府门户网站</title>", id="site only"),
    ],
)
def test_a_title_outside_the_element_of_the_text(head):
    document = lawgov.read(page(f"<div class='header'><h1>{TITLE}</h1></div><div class='content'>{TEXT * 2}</div>", head))
    assert document.title == TITLE
    assert document.text.startswith(f"{TITLE}\n{FIRST}")


def test_meta_tags_say_what_the_text_does_not():
    said = (
        f"<meta name='ArticleTitle' content=' {TITLE.removeprefix('岚柏县')} '><meta name='ContentSource' content='岚柏县司法局'>"
        "<meta name='PubDate' content='2024-01-18 10:20'><meta name='SiteName' content='岚柏县人民政府'>"
    )
    document = lawgov.read(page(TEXT, said))
    assert (document.title, document.agency, document.year) == ("2023年度法治政府建设情况报告", "岚柏县司法局", 2023)
    assert (document.date, document.place) == (datetime.date(2024, 1, 18), "岚柏县")




@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>索引号：</td><td>LB/2024-001</td><td>发布机构：</td><td>岚柏县水务局</td></tr>"
        "<tr><td>发布日期：</td><td>2024年1月18日</td></tr></table>",
        "<ul><li>发布机构： 岚柏县水务局</li><li>发布日期：2024-01-18</li></ul>",
        "<p>来源：岚柏县水务局　　发布时间：2024-01-18 09:30　　浏览次数：12</p>",
        pytest.param("<table><tr><th>发布机构</th><td>岚柏县水务局</td></tr><tr><th>发布日期</th><td>2024-01-18</td></tr></table>", id="th"),
    ],
)
def test_labels_say_who_and_when(table):
    document = lawgov.read(page(f"{table}<h1>2023年度法治政府建设情况报告</h1><div>{TEXT * 2}</div>"))
    assert (document.agency, document.date, document.place) == ("岚柏县水务局", datetime.date(2024, 1, 18), "岚柏县")
    assert document.text.startswith(("2023年度", FIRST)) and "浏览" not in document.text


# what a page may not do


def test_entities_are_not_expanded():
    bomb = "".join(f"<!ENTITY e{i + 1} '{f'&e{i};' * 10}'>" for i in range(8))
    document = lawgov.read(f"<!DOCTYPE html [<!ENTITY e0 '依法行政。'>{bomb}]><html><body><p>&e8;</p>{TEXT}</body></html>".encode())
    assert [s.text for s in document.sentences][:1] == [FIRST] and len(document.text) < 500


@pytest.mark.parametrize("address", ["{uri}", "http://127.0.0.1:9/a.dtd"])
def test_nothing_is_fetched(tmp_path, monkeypatch, address):
    import socket

    secret = tmp_path / "secret.txt"
    secret.write_text("本机文件里的内容，不应当出现在报告里面。", encoding="utf-8")
    address = address.format(uri=secret.as_uri())
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("the network was asked"))
    document = lawgov.read(
        f"<!DOCTYPE html SYSTEM '{address}' [<!ENTITY x SYSTEM '{address}'>]><html><head><link rel=stylesheet href='{address}'></head>"
        f"<body><iframe src='{address}'></iframe><p>&x;</p><img src='{address}'>{TEXT}</body></html>".encode()
    )
    assert "本机文件" not in document.text and document.text.endswith(THIRD)


# archives, and what is hardly a page


@pytest.mark.parametrize(
    "transfer, encode, codec",
    [("base64", base64.encodebytes, "utf-8"), ("quoted-printable", quopri.encodestring, "gb18030"), ("8bit", bytes, "gb18030")],
)
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_web_archive_is_read(transfer, encode, codec, end):
    content = page(f"<h1>{TITLE}</h1>{TEXT}").decode().encode(codec)
    head = (
        b"From: <Saved by a browser>\nSnapshot-Content-Location: http://a.example/1.htm\nSubject: =?utf-8?B?5rOV5rK7?=\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--B"\n\n\n----B\nContent-Type: image/png\n\nPNG\n----B\n'
    )
    part = f"Content-Type: text/html\nContent-Transfer-Encoding: {transfer}\n\n".encode()
    document = lawgov.read((head + part).replace(b"\n", end) + encode(content) + (b"\n----B--\n").replace(b"\n", end))
    assert (document.form, document.encoding, document.title) == ("html", codec, TITLE)
    assert document.text.split("\n") == [TITLE, FIRST, SECOND, THIRD]


def test_a_web_archive_without_a_page_is_refused():
    data = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: image/png\n\nPNG\n--B--\n"
    with pytest.raises(lawgov.InputError, match="is a web archive without a page, expected one with a report; save the page as HTML"):
        lawgov.read(data)


def test_a_part_of_a_page_is_a_page():
    document = lawgov.read((TEXT * 2).encode())
    assert document.form == "html" and document.text.split("\n") == [FIRST, SECOND, THIRD] * 2


def test_a_text_that_speaks_of_a_tag_is_text():
    document = lawgov.read(f"段落以<p>开头。{FIRST}".encode())
    assert document.form == "text" and document.text == f"段落以<p>开头。{FIRST}"


@pytest.mark.parametrize("cut", [0.5, 0.7, 0.9])
def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes(cut):
    data = page(f"<div><h1>{TITLE}</h1>{TEXT * 5}</div>")
    document = lawgov.read(data[: int(len(data) * cut)])
    assert document.form == "html" and document.text.startswith(f"{TITLE}\n{FIRST}\n{SECOND}\n{THIRD}\n")


def test_a_page_of_nothing_but_tags_has_a_limit(monkeypatch):
    monkeypatch.setattr("lawgov.forms.web.MOST_TAGS", 50)
    with pytest.raises(lawgov.InputError, match=r"is a web page with \d+ tags, expected a report with at most 50; copy its text"):
        lawgov.read(page(TEXT * 10))


def test_a_piece_of_a_page_without_head_or_body():
    document = lawgov.read(f"{TITLE}<br>{FIRST}<br/>{SECOND}<BR>{THIRD}<br />".encode())
    assert document.form == "html" and document.text.split("\n") == [TITLE, FIRST, SECOND, THIRD]


def test_a_text_that_speaks_of_tags_is_a_text():
    document = lawgov.read(f"{FIRST}网页中的<br>和</p>未清理，已整改。{SECOND}".encode())
    assert document.form == "text" and "<br>" in document.text


NOTICE = "<p>本网站由岚柏县人民政府办公室主办，建议使用较高的分辨率浏览，如有意见和建议，请联系网站管理人员，我们将在五个工作日之内予以答复。</p>"


@pytest.mark.parametrize(
    "wrapper",
    ["left:50%;margin-left:-480px", "visibility:hidden", "display:none", "font-size:0"],
)
def test_a_text_that_only_seems_hidden_is_read(wrapper):
    body = f"<div style='{wrapper}'>" + TEXT.replace("<p>", "<p style='font-size:16px'>") * 3 + f"</div>{NOTICE}"
    assert lines(body)[:4] == [FIRST, SECOND, THIRD, FIRST]


@pytest.mark.parametrize("bookmark", ["<a name='_Toc1'>{}</a>", "<a href='#'>{}</a>", "<a href='javascript:void(0)'>{}</a>"])
def test_a_bookmark_is_no_link(bookmark):
    heading = bookmark.format("二、存在的问题和不足")
    document = lawgov.read(page(f"{TEXT}<p>{heading}</p><p>{THIRD}</p>"))
    assert [h.text for h in document.headings] == ["二、存在的问题和不足"] and document.sentences[-1].section == "problems"


@pytest.mark.parametrize("name", ["page", "search-content", "tags share"])
def test_a_text_is_no_widget_whatever_its_element_is_called(name):
    assert lines(f"<div class='{name}'>{TEXT}{TEXT}</div>") == [FIRST, SECOND, THIRD] * 2


def test_comments_are_left_out_however_many():
    comments = "".join(f"<p>网友{i}：窗口办事很快，态度也很好，希望周末也能办理。</p>" for i in range(40))
    assert lines(f"<div>{TEXT * 3}</div><div class='comments'>{comments}</div>") == [FIRST, SECOND, THIRD] * 3


def test_the_signature_may_stand_beside_the_text():
    document = lawgov.read(page(f"<div><div>{TEXT * 2}</div><p>特此报告。</p><p align=right>岚柏县水务局</p><p align=right>2024年1月18日</p></div>"))
    assert document.sentences[-1].text == "特此报告。"
    assert (document.agency, document.date) == ("岚柏县水务局", datetime.date(2024, 1, 18))


def test_what_follows_the_signature_is_another_text():
    news = "".join(f"<div><h4>动态{i}</h4><p>{SECOND}{THIRD}</p></div>" for i in range(6))
    document = lawgov.read(page(f"<div>{TEXT * 2}<p>岚柏县水务局</p><p>2024年1月18日</p>{news}</div>"))
    assert document.text.split("\n") == [*[FIRST, SECOND, THIRD] * 2, "岚柏县水务局", "2024年1月18日"]
    assert document.date == datetime.date(2024, 1, 18)


def test_a_second_title_a_number_and_a_date_above_the_text_are_no_sentences():
    above = "<p>岚水发〔2024〕3号</p><p>岚柏县水务局2023年度法治政府建设工作报告</p><p>（2024年1月18日）</p>"
    document = lawgov.read(page(f"<h1>法治政府建设年度报告</h1>{above}{TEXT}<p>一、主要做法</p>{TEXT}", "<title>法治政府建设年度报告</title>"))
    assert [s.section for s in document.sentences[:3]] == ["preamble"] * 3 and document.date == datetime.date(2024, 1, 18)
    assert [h.text for h in document.headings] == ["一、主要做法"]
