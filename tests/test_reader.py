"""What cannot be a report is refused in one line that says what was seen, what is expected and what to do."""

import pytest

import lawgov
from lawgov.reader import LARGEST


def test_missing(tmp_path):
    with pytest.raises(lawgov.InputError, match="there is no such file; check the path"):
        lawgov.read(tmp_path / "nothing.txt")


def test_folder(tmp_path):
    with pytest.raises(lawgov.InputError, match="is a folder, expected a file"):
        lawgov.read(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty(content):
    with pytest.raises(lawgov.InputError, match="is empty"):
        lawgov.read(content)


@pytest.mark.parametrize(
    "content, seen",
    [(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" * 50, "is a PDF file"), (b"PK\x03\x04" + bytes(range(256)) * 40, "a Word file"), (bytes(range(256)) * 40, "no text")],
)
def test_binary(content, seen):
    with pytest.raises(lawgov.InputError, match=seen):
        lawgov.read(content)


def test_no_chinese():
    with pytest.raises(lawgov.InputError, match="0 Chinese characters among 20"):
        lawgov.segment("An English sentence, no report.".replace(" ", "  ")[:27])


def test_too_large(tmp_path):
    path = tmp_path / "large.txt"
    with open(path, "wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(lawgov.InputError, match="expected a report of at most 64 MB"):
        lawgov.read(path)


def test_unreadable(tmp_path, monkeypatch):
    path = tmp_path / "locked.txt"
    path.write_text("法治", encoding="utf-8")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(lawgov.InputError, match=r"cannot be read \(Permission denied\)"):
        lawgov.read(path)


def test_a_path_with_a_null_byte():
    with pytest.raises(lawgov.InputError, match="cannot be read"):
        lawgov.read("a\0b")
