"""What holds for any text and any file: spans are valid, nothing is lost, clean text stays as it is, and nothing else is raised."""

import difflib
from functools import cache

import pytest
from conftest import REPORTS, ROOT
from forms.blocks import Block, plain
from forms.pdf import as_pdf
from forms.web import PAGES
from forms.word import as_docx
from garbling import DIALECTS, garble, truth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lawgov
from lawgov.layout import lay_out
from lawgov.repair import repair
from lawgov.sentences import sentence_spans

quick = settings(deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=list(HealthCheck))

MARKS = [*"。！？；：，、.!?;:,“”‘’《》（）()【】[]\"'　\n \t\r·—…", "\n\n", "\r\n"]
NUMBERINGS = ["一、", "（二）", "(三)", "1.", "２．", "（4）", "①", "第一章 ", "第二节", "\n一、", "\n（二）", "\n3."]
LEADS = ["一是", "二要", "第三，", "首先，", "其中：", "下一步，", "存在的问题"]
WORDS = ["法治政府建设", "行政执法", "岚柏县人民政府", "关于", "报告", "来源：", "附件", "工作有序开展", "坚持依法行政", "不断完善制度", "群众满意"]
FIGURES = ["2022年", "2023年1月9日", "\n二〇二三年一月", "2.5", "12:30", "98.5%", "36件", "http://a.example/b?c=d;e"]
DAMAGE = [
    *("鎮(zhèn)", "執(zhí)", "?jīng)Q", "體?,F(xiàn)在", ",。", ",，", "（qí）", "(qí)", "?。ㄈ┩七M(jìn)", "建設"),
    *("\ufffd", "锟斤拷", "\x0b", "\x85", "\u2028", "\u200b"),
]
TAGS = [
    *("<p>", "</p>", "<br>", "<div class=share>", "</div>", "<td>", "</td>", "<h2>", "<ol><li>"),
    *("<script>", "<!--", "-->", "<a href=x>", "&nbsp;", "&lt;", "<pre>"),
]
PROSE = [f"{word}，{other}，取得了明显的成效。" for word, other in zip(WORDS, WORDS[1:])]



def joined(pieces):
    """Texts of these pieces."""
    return st.lists(st.sampled_from(pieces), min_size=3, max_size=120).map("".join)


# Three commas before other marks are a sign of garbling: no half-width ones in clean texts.
clean_texts = joined([mark for mark in MARKS if mark != ","] + NUMBERINGS + LEADS + WORDS + FIGURES + PROSE)
texts = joined(MARKS + NUMBERINGS + LEADS + WORDS + FIGURES + PROSE + DAMAGE + TAGS)
reports = texts.map(lambda text: f"岚柏县2022年度法治政府建设情况报告\n{text}\n特此报告，请予审议。\n岚柏县人民政府\n2023年1月9日")

REPORT = [
    Block("title", "岚柏县司法局2022年度法治政府建设情况报告"),
    Block("paragraph", "2022年，我局坚持依法行政，各项任务按期完成。现将情况报告如下："),
    Block("heading", "一、主要做法", 1),
    Block("paragraph", "（一）强化执法监督。开展案卷评查2次；整改问题5个。"),
    Block("paragraph", "一是“谁执法谁普法”全面落实。二是办理行政复议案件12件，群众反映良好！"),
    Block("signature", "岚柏县司法局"),
    Block("date", "2023年1月9日"),
]
ABOUT = {"site": "岚柏县人民政府", "agency": "岚柏县司法局", "date": "2023-01-09"}


def is_han(character):
    return "\u3400" <= character <= "\u9fff"


def check(document):
    """What every document holds to."""
    text, end = document.text, 0
    for found in document.segments:
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text == found.text.strip()
        end = found.end
    end = 0
    for paragraph in document.paragraphs:
        assert end <= paragraph.start < paragraph.end <= len(text) and "\n" not in text[paragraph.start : paragraph.end]
        end = paragraph.end
    for sentence in document.sentences:
        inside = document.paragraphs[sentence.paragraph]
        assert inside.start <= sentence.start and sentence.end <= inside.end and sentence.headings == inside.headings
        assert sentence.section in lawgov.document.SECTIONS
    for done in document.repairs:
        assert len(done.spans) <= done.count and all(0 <= span.start <= span.end <= len(text) for span in done.spans)


def read_or_refused(data):
    try:
        check(lawgov.read(data))
    except lawgov.InputError as error:
        assert "\n" not in str(error) and ", expected " in str(error)


@quick
@given(texts)
def test_any_string_is_segmented_or_refused(text):
    try:
        check(lawgov.segment(text))
    except lawgov.InputError as error:
        assert "is empty" in str(error) or "Chinese characters among" in str(error)


@quick
@given(reports)
def test_nothing_of_the_body_is_lost_between_sentences(text):
    document = lawgov.segment(text)
    layout = lay_out(repair(text)[0])
    assert layout.text == document.text
    covered = {i for found in document.segments for i in range(found.start, found.end)}
    for line in layout.lines:
        if line.role == "body":
            lost = [document.text[i] for i in range(line.start, line.end) if i not in covered and is_han(document.text[i])]
            assert not lost


@quick
@given(texts)
def test_a_paragraph_is_its_sentences(text):
    paragraph = " ".join(text.split())
    spans = [*sentence_spans(paragraph)]
    edges = [0, *(edge for span in spans for edge in span), len(paragraph)]
    assert edges == sorted(edges)
    assert not any(c.isalnum() for start, end in zip(edges[::2], edges[1::2]) for c in paragraph[start:end])
    assert [*sentence_spans(paragraph, offset=7)] == [(start + 7, end + 7) for start, end in spans]


@quick
@given(clean_texts)
def test_clean_text_is_not_repaired(text):
    assert repair(text) == (text, ())


@quick
@given(texts)
def test_repair_is_idempotent(text):
    once, _ = repair(text)
    again, done = repair(once)
    assert again == once
    assert all(not repaired.restored for repaired in done)


GARBLED = "鎮(zhèn)鎮(zhèn)鎮(zhèn)，"


@pytest.mark.parametrize("orphan", ["?", "\ufffd"])
def test_a_garbled_copy_may_end_in_an_orphan(orphan):
    assert repair(GARBLED + orphan)[0].startswith("镇镇镇，")


def test_an_undecodable_character_at_the_end_of_a_garbled_line_is_listed():
    text, done = repair(GARBLED + "工作\ufffd\n")
    assert text == "镇镇镇，工作\ufffd\n"
    assert any(repaired.kind == "undecodable" for repaired in done)


@cache
def seed_sentences():
    paths = [*REPORTS, *sorted((ROOT / "seeds" / "authored").glob("a0*.txt"))]
    return [sentence.text for path in paths for sentence in lawgov.read(path).sentences if len(sentence.text) > 15]


@settings(quick, max_examples=30)
@given(st.lists(st.integers(0, 500), min_size=15, max_size=25, unique=True), st.sampled_from(list(DIALECTS)), st.integers(0, 9))
def test_a_garbled_copy_comes_back_nearly_as_it_was(numbers, dialect, seed):
    text = "\n".join(seed_sentences()[number] for number in numbers) + "\n"
    garbled, expected = garble(text, DIALECTS[dialect], seed), truth(text, DIALECTS[dialect])
    mended, _ = repair(garbled)
    assert difflib.SequenceMatcher(None, mended, expected, autojunk=False).ratio() >= 0.98
    assert repair(mended)[0] == mended


@quick
@given(reports)
def test_any_text_in_any_encoding_is_read_or_refused(text):
    for codec in ("utf-8", "gb18030", "utf-16"):
        read_or_refused(text.encode(codec))
    read_or_refused(f"<html><body><div>{text}</div></body></html>".encode())


STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"]


@quick
@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(start, data):
    read_or_refused(start + data)


@cache
def files():
    text = plain(REPORT)
    return [
        as_docx(REPORT),
        as_pdf(REPORT),
        PAGES["word"].render(REPORT, ABOUT),
        PAGES["jcms"].render(REPORT, ABOUT),
        text.encode("utf-8"),
        text.encode("gb18030"),
        text.encode("utf-16"),
    ]


@st.composite
def damaged_files(draw):
    """A file with some of its bytes changed, left out or doubled, or its end cut off."""
    data = bytearray(files()[draw(st.integers(0, 6))])
    for _ in range(draw(st.integers(1, 8))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(1, 60))
        match draw(st.sampled_from(["flip", "drop", "double", "cut", "insert"])):
            case "flip":
                data[at : at + 1] = bytes(byte ^ 1 << length % 8 for byte in data[at : at + 1])
            case "drop":
                del data[at : at + length]
            case "double":
                data[at:at] = data[at : at + length]
            case "cut":
                del data[max(at, len(data) // 2) :]
            case "insert":
                data[at:at] = draw(st.binary(max_size=8))
    return bytes(data)


@settings(quick, max_examples=150)
@given(damaged_files())
def test_damaged_files_are_read_or_refused(data):
    read_or_refused(data)
