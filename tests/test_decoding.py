"""Bytes into text: the encoding is found by what the bytes are, whatever a file declares, also where some are damaged."""

import random

import pytest

import lawgov
from lawgov.decoding import decode, is_binary, usual_share

SHORT = "依法行政，稳步推进。"
LONG = "2023年，我县坚持依法行政，全年办理行政复议案件36件，办结率达到98.5%；群众满意度稳步提高！\n" * 300
TRADITIONAL_SHORT = "依法行政，穩步推進。"
TRADITIONAL = "2023年，我縣堅持依法行政，全年辦理行政復議案件36件，辦結率達到98.5%；群眾滿意度穩步提高！\n" * 300
REPORT = "依法行政工作稳步推进，各项任务按期完成。\n" * 40  # 840 characters
NO_TEXT = "is no text in a known encoding, expected text .UTF-8, UTF-16, GB18030 or Big5., HTML, PDF or DOCX; save it as one of these"

simplified = pytest.mark.parametrize(
    "codec, name",
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)


@simplified
@pytest.mark.parametrize("text", ["法治", SHORT, LONG, "http://a.example/?page=1&lang=zh " * 50 + SHORT], ids=["two", "short", "long", "mostly ASCII"])
def test_each_encoding_is_found(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.broken) == (text, name, 0)


@pytest.mark.parametrize("text", ["法治", TRADITIONAL_SHORT, TRADITIONAL], ids=["two", "short", "long"])
@pytest.mark.parametrize(
    "codec, name", [("big5", "big5hkscs"), ("big5hkscs", "big5hkscs"), ("utf-8", "utf-8"), ("gb18030", "gb18030"), ("utf-16-be", "utf-16-be")]
)
def test_traditional_characters_too(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, name)


def test_utf_16_with_its_mark_in_either_order():
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        decoded = decode(mark + SHORT.encode(codec))
        assert (decoded.text, decoded.encoding) == (SHORT, "utf-16")


def test_characters_of_four_bytes():
    text = LONG + "𠮷野镇、㙟埠村和䶮桥社区。"
    assert decode(text.encode("gb18030")).text == text


def test_the_whole_file_counts_and_not_its_beginning():
    text = "<!-- " + "a" * 100_000 + " -->\n" + SHORT
    assert decode(text.encode("gb18030")).text == text


# what a file declares


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", "iso-8859-1", "x-none"])
@pytest.mark.parametrize("codec, name", [("utf-8", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8")])
@pytest.mark.parametrize("head", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">'], ids=["html 5", "html 4"])
def test_what_a_page_declares_does_not_matter(head, codec, name, declared):
    page = f"<html><head>{head.format(declared)}</head><body><p>{REPORT}</p></body></html>"
    document = lawgov.read(page.encode(codec))
    assert (document.form, document.encoding, document.text) == ("html", name, REPORT.replace("\n", ""))


def test_an_xml_declaration_does_not_matter():
    page = f'<?xml version="1.0" encoding="gb2312"?>\n<html><body><p>{REPORT}</p></body></html>'
    assert lawgov.read(page.encode("utf-8")).sentences[0].text == REPORT[:20]


# damage


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_file_that_ends_in_mid_character(codec, cut):
    decoded = decode(REPORT.rstrip().encode(codec)[:-cut])
    assert decoded.encoding == codec.removesuffix("-sig") and decoded.broken <= 1
    assert decoded.text.rstrip("\ufffd") in (REPORT.rstrip()[:-1], REPORT.rstrip()[:-2])


@pytest.mark.parametrize("text, codec, name", [(LONG, "utf-8", "utf-8"), (LONG, "gb18030", "gb18030"), (TRADITIONAL, "big5", "big5hkscs"), (LONG, "utf-16-le", "utf-16-le")])
def test_a_few_broken_bytes_cost_a_few_characters(text, codec, name):
    data = bytearray(text.encode(codec))
    dice = random.Random(7)
    for line in range(0, 300, 30):  # ten places, a lone surrogate in UTF-16
        at = text[: len(text) // 300 * line + 20].encode(codec)
        data[len(at) : len(at) + 2] = b"\xd8\xd8" if "16" in codec else bytes([0xFF, dice.choice(b"\x80\xff")])
    document = lawgov.read(bytes(data))
    assert document.encoding == name
    done = next(repair for repair in document.repairs if repair.kind == "undecodable")
    assert not done.restored and 10 <= done.count <= 20
    assert {document.text[span.start : span.end].strip("\ufffd") for span in done.spans} == {""}
    intact = sum("\ufffd" not in sentence.text and "办结率达到98.5%" in sentence.text for sentence in document.sentences)
    assert intact >= 285 and len(document.sentences) >= 595


def test_a_file_with_many_broken_bytes_is_no_text():
    data = bytearray(REPORT.encode("utf-8"))
    data[::9] = b"\xff" * len(data[::9])
    assert decode(bytes(data)) is None


def test_what_another_program_left_of_broken_bytes_is_listed():
    document = lawgov.read((REPORT + "锟斤拷锟斤拷工作继续开展。\n烫烫烫问题得到解决。\n").encode("gb18030"))
    done = next(repair for repair in document.repairs if repair.kind == "undecodable")
    assert [document.text[span.start : span.end] for span in done.spans] == ["锟斤拷锟斤拷", "烫烫烫"] and not done.restored


def test_a_text_without_damage_has_no_repairs():
    assert lawgov.read(REPORT.encode("gb18030")).repairs == ()


# what is no Chinese text


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        random.Random(1).randbytes(4000),
        b"\x00" * 100,
        b"\x7fELF\x02\x01\x01" + b"\x00\x01\x02" * 500,
        ("法治政府の建設に関する年次報告です。これはテストの文章であり、読めないはずです。" * 20).encode("shift_jis"),
        ("Voilà déjà l'été où le garçon mange à la forêt. " * 20).encode("latin-1"),
        ("Отчёт о строительстве правового государства. " * 20).encode("cp1251"),
    ],
    ids=["all bytes", "random", "zeros", "program", "Shift-JIS", "Latin-1", "Cyrillic"],
)
def test_what_is_no_chinese_text_is_refused(data):
    assert decode(data) is None
    with pytest.raises(lawgov.InputError, match=NO_TEXT):
        lawgov.read(data)


@pytest.mark.parametrize("data", [b"An English report.", "Voilà déjà l'été.".encode()])
def test_text_without_chinese_is_text_but_no_report(data):
    with pytest.raises(lawgov.InputError, match=r"has 0 Chinese characters among \d+, expected a report in Chinese; check the file, or its encoding"):
        lawgov.read(data)


def test_nothing_is_empty_text():
    assert decode(b"").text == ""


def test_shares():
    assert usual_share(SHORT) == 1 and usual_share("") == usual_share("abc") == 0
    assert usual_share(SHORT.encode("utf-8").decode("gb18030", "replace")) < 0.8  # 渚濇硶琛屾斂
    assert is_binary("\x00\x01法治") and not is_binary(LONG) and not is_binary("一\r\n\t二\f三")
