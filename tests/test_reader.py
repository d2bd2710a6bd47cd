"""What cannot be a report is refused in one line that says what was seen, what is expected and what to do; and all ways in."""

import io
import json
import os
import pathlib
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT

import lawgov
from lawgov import reader

COMMAND = pathlib.Path(sys.executable).with_name("lawgov")
TEXT = "岚柏县2023年度法治政府建设情况报告\n2023年，我县坚持依法行政，办理行政复议案件36件；群众满意度稳步提高。\n"
REST = bytes(range(256)) * 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OFFICE = r"is an old Word, WPS or Excel file, expected text, HTML, PDF or DOCX; open it in Word or WPS and save it as \.docx"
PASSWORD = "is a Word or Excel file with a password, expected one without; open it and save it without the password"
IMAGE = r"is an image, expected text; run text recognition \(OCR\) on it and give the text"
ARCHIVE = "is an archive, expected a report; unpack it and give the files in it"


def packed(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


# what is no report


@pytest.mark.parametrize(
    "data, seen",
    [
        pytest.param(OLE + REST, OLD_OFFICE, id="doc"),
        pytest.param(OLE + REST + "EncryptedPackage".encode("utf-16-le") + REST, PASSWORD, id="password"),
        pytest.param(b"{\\rtf1\\ansi\\ansicpg936 \\'b7\\'a8}", r"is an RTF file, expected .*; open it in Word or WPS and save it as \.docx", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + REST, IMAGE, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF" + REST, IMAGE, id="jpg"),
        pytest.param(b"GIF89a" + REST, IMAGE, id="gif"),
        pytest.param(b"BM\x36\x10\x00\x00\x00\x00" + REST, IMAGE, id="bmp"),
        pytest.param(b"II*\x00\x08\x00" + REST, IMAGE, id="tiff"),
        pytest.param(b"MM\x00*\x00\x00" + REST, IMAGE, id="tiff of a Mac"),
        pytest.param(b"Rar!\x1a\x07\x01\x00" + REST, ARCHIVE, id="rar"),
        pytest.param(b"7z\xbc\xaf\x27\x1c" + REST, ARCHIVE, id="7z"),
        pytest.param(b"\x1f\x8b\x08\x00" + REST, ARCHIVE, id="gzip"),
        pytest.param(b"BZh91AY&SY" + REST, ARCHIVE, id="bzip2"),
        pytest.param(b"\xfd7zXZ\x00" + REST, ARCHIVE, id="xz"),
        pytest.param(b"RIFF\x10\x00\x00\x00WEBPVP8 " + REST, IMAGE, id="webp"),
        pytest.param(REST, "is no text in a known encoding, expected text .UTF-8, UTF-16, GB18030 or Big5., HTML, PDF or DOCX", id="binary"),
    ],
)
def test_other_files(data, seen):
    with pytest.raises(lawgov.InputError, match=f"^the given bytes: {seen}"):
        lawgov.read(data)


@pytest.mark.parametrize(
    "names, seen",
    [
        (["[Content_Types].xml", "xl/workbook.xml"], r"is an Excel file, expected a Word file \(docx\); save its text as a Word file"),
        (["[Content_Types].xml", "ppt/presentation.xml"], "is a PowerPoint file, expected .*; save its text as a Word file"),
        (["mimetype", "content.xml", "meta.xml"], "is an OpenDocument file, expected .*; save it as docx"),
        (["OFD.xml", "Doc_0/Document.xml"], "is an OFD file, expected .*; export it to PDF or docx"),
        (["报告.txt"], "is a zip archive, expected .*; unpack it and give the files in it"),
    ],
    ids=["xlsx", "pptx", "odt", "ofd", "zip"],
)
def test_other_files_packed_as_zip(names, seen):
    with pytest.raises(lawgov.InputError, match=seen):
        lawgov.read(packed(*names))


@pytest.mark.parametrize(
    "data, seen",
    [(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" * 50, "is damaged, expected a whole PDF file"), (b"PK\x03\x04" + REST, "cannot be read as a Word file")],
    ids=["pdf", "docx"],
)
def test_damaged_files(data, seen):
    with pytest.raises(lawgov.InputError, match=seen):
        lawgov.read(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n", b"\xff\xfe", "　\n".encode()])
def test_empty(data):
    with pytest.raises(lawgov.InputError, match="is empty, expected the text of a report"):
        lawgov.read(data)


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "\x00"])
def test_an_empty_string(text):
    with pytest.raises(lawgov.InputError, match="^the given text: is empty, expected the text of a report"):
        lawgov.segment(text)


def test_no_chinese():
    with pytest.raises(lawgov.InputError, match="has 0 Chinese characters among 27, expected a report in Chinese; check the file, or its encoding"):
        lawgov.segment("An English sentence, no  report.")


@pytest.mark.parametrize("start", ["BM区", "PK赛", "II*类", "MM镇", "Rar格式", "7z格式"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_text_may_begin_with_letters_that_files_begin_with(start, codec):
    document = lawgov.read((start + TEXT).encode(codec))
    assert (document.form, document.encoding) == ("text", codec) and document.text.startswith(start)


def test_a_text_may_speak_of_pdf():
    assert lawgov.read(f"{TEXT}文件头为%PDF-的附件另行公开。\n".encode()).form == "text"


# paths


def test_missing(tmp_path):
    path = tmp_path / "没有.txt"
    with pytest.raises(lawgov.InputError, match=rf"^{path}: there is no such file; check the path$"):
        lawgov.read(path)


def test_folder(tmp_path):
    with pytest.raises(lawgov.InputError, match=rf"^{tmp_path}: is a folder, expected a file; give the files in it, such as {tmp_path}/\*\.txt"):
        lawgov.read(str(tmp_path))


def test_an_empty_path():
    with pytest.raises(lawgov.InputError, match="no such file|is empty"):
        lawgov.read("")


def test_a_text_given_as_a_path():
    with pytest.raises(lawgov.InputError, match=r"^[^\n]{,200}segment[^\n]{,200}$"):
        lawgov.read(TEXT * 30)


def test_a_path_with_a_null_byte():
    with pytest.raises(lawgov.InputError, match="cannot be read .*; check that it is a file you may read"):
        lawgov.read("a\0b")


def test_unreadable(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reader, "open", refuse, raising=False)
    with pytest.raises(lawgov.InputError, match=r"cannot be read \(Permission denied\); check that it is a file you may read"):
        lawgov.read(tmp_path / "locked.txt")


@pytest.mark.parametrize("limit", [2**20, 3 * 2**20])
def test_too_large(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(reader, "LARGEST", limit)
    path = tmp_path / "large.txt"
    with open(path, "wb") as file:
        file.truncate(limit + 1)
    for source in (path, path.read_bytes()):
        with pytest.raises(lawgov.InputError, match=f"has more than {limit // 2**20} MB, expected a report; split it"):
            lawgov.read(source)
    path.write_bytes(TEXT.encode())
    assert lawgov.read(path).year == 2023


def test_the_name_does_not_matter(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(TEXT.encode("gb18030"))
    document = lawgov.read(path)
    assert (document.form, document.encoding, document.source) == ("text", "gb18030", str(path))


# bytes and strings


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind(kind):
    document = lawgov.read(kind(TEXT.encode("gb18030")))
    assert document.source is None and document.text == TEXT.strip()


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r")])
def test_a_string_is_read_as_its_bytes_are(text):
    assert lawgov.segment(text).text == lawgov.read(text.encode("utf-8")).text == TEXT.strip()
    assert lawgov.segment(text).encoding is None


def test_a_few_null_characters_are_dropped():
    text = TEXT + TEXT.split("\n")[1] * 9
    document = lawgov.read((text[:30] + "\x00" + text[30:]).encode())
    assert document.text == lawgov.segment(text[:40] + "\x00" + text[40:]).text == text


def test_errors_are_one_line(tmp_path):
    path = tmp_path / "a.bin"
    for data in (b"", REST, OLE + REST, b"%PDF-1.4", packed("报告.txt"), b"<html><body></body></html>", b"English"):
        path.write_bytes(data)
        with pytest.raises(lawgov.InputError, match=rf"^{path}: [^\n]+[;,] [^\n]+$"):
            lawgov.read(path)


# standard input


def piped(data, *arguments):
    environment = os.environ | {"LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error"}
    return subprocess.run([COMMAND, *arguments], input=data, capture_output=True, check=False, cwd=ROOT, env=environment, timeout=60)


def in_word():
    from forms.blocks import Block
    from forms.word import as_docx

    title, text = TEXT.split("\n")[:2]
    return as_docx([Block("title", title), Block("paragraph", text)])


@pytest.mark.parametrize("give", [lambda: TEXT.encode("gb18030"), in_word], ids=["gb18030", "docx"])
def test_clean_reads_standard_input(give):
    result = piped(give(), "clean", "-")
    assert (result.returncode, result.stdout.decode("utf-8"), result.stderr) == (0, TEXT, b"")


def test_segment_reads_standard_input():
    result = piped(TEXT.encode("gb18030"), "segment", "-", "--format", "jsonl")
    assert result.returncode == 0 and result.stderr == b""
    assert [row["text"] for row in map(json.loads, result.stdout.splitlines()) if "text" in row][-2:] == [
        "2023年，我县坚持依法行政，办理行政复议案件36件；",
        "群众满意度稳步提高。",
    ]


def test_score_reads_standard_input():
    report = ROOT / "seeds" / "reports" / "sanxing-2024.txt"
    result = piped(report.read_text(encoding="utf-8").encode("gb18030"), "score", "-", "--format", "json")
    (scored,) = json.loads(result.stdout)
    assert (result.returncode, scored["agency"], scored["year"]) == (0, "石柱土家族自治县三星乡人民政府", 2024)
    assert result.stderr == b""


@pytest.mark.parametrize("data, command, seen", [(b"", "score", b"is empty"), (b"\x89PNG\r\n" + REST, "clean", b"is an image")], ids=["nothing", "image"])
def test_what_is_no_report_on_standard_input(data, command, seen):
    result = piped(data, command, "-")
    assert (result.returncode, result.stdout) == (2, b"")
    assert seen in result.stderr.splitlines()[0] and b"Traceback" not in result.stderr
