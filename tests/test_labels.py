import csv

import pytest
from conftest import ROOT

import lawgov
from lawgov.labels import read_labels, write_labels


def table(tmp_path, *rows, header="text,category,indicators"):
    path = tmp_path / "labels.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_two_columns_are_enough(tmp_path):
    labels = read_labels(table(tmp_path, "召开会议三次,leadership", "办案三件,enforcement", header="text,category"))
    assert labels.categories == ["leadership", "enforcement"] and not labels.with_indicators
    assert labels.reports == (None, None)


def test_write_and_read_again(tmp_path, labels):
    write_labels(tmp_path / "again.csv", labels)
    again = read_labels(tmp_path / "again.csv")
    assert again == labels and again.digest == labels.digest


@pytest.mark.parametrize(
    "rows, header, message",
    [
        (["甲"], "text", "lacks category"),
        (["召开会议,leadrship"], "text,category", "line 2: category 'leadrship' is not known, perhaps 'leadership'"),
        (["召开会议,leadership,agendas"], "text,category,indicators", "indicator 'agendas' is not known, perhaps 'agenda'"),
        ([",leadership"], "text,category", "line 2: has no text"),
        (["甲,leadership,sometime"], "text,category,section", "section 'sometime' is not known"),
        (["甲,leadership,x"], "text,category,index", "index 'x' is no whole number"),
        ([], "text,category", "has no rows"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, rows, header, message):
    with pytest.raises(lawgov.LabelError, match=message):
        read_labels(table(tmp_path, *rows, header=header))


def test_every_wrong_row_is_counted(tmp_path):
    rows = ["甲,leadership"] + ["乙,nonsense"] * 9
    with pytest.raises(lawgov.LabelError, match="9 of 10 rows do not fit: line 3.*and 4 more"):
        read_labels(table(tmp_path, *rows, header="text,category"))


def test_not_utf8(tmp_path):
    (tmp_path / "labels.csv").write_bytes("text,category\n召开会议,leadership\n".encode("gb18030"))
    with pytest.raises(lawgov.LabelError, match="is not UTF-8"):
        read_labels(tmp_path / "labels.csv")


def test_the_seed_labels_cover_every_sentence_of_the_five_reports(labels):
    assert len(labels) == 502
    for path in sorted((ROOT / "seeds" / "reports").glob("*.txt")):
        own = [(i, s.text, s.headings) for r, i, s in zip(labels.reports, labels.indexes, labels.sentences) if r == path.stem]
        assert own == [(i, s.text, s.headings) for i, s in enumerate(lawgov.read(path).sentences)]


def test_the_independent_labels_are_of_the_same_sentences(labels):
    for name in ("first", "second"):
        with open(ROOT / "seeds" / "labels" / "independent" / f"{name}.csv", encoding="utf-8", newline="") as file:
            rows = [(row["report"], int(row["index"])) for row in csv.DictReader(file)]
        assert rows == list(zip(labels.reports, labels.indexes))


def test_written_reports_say_so_and_are_apart_from_the_real_ones(labels):
    written = read_labels(ROOT / "seeds" / "labels" / "authored.csv")
    files = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "seeds" / "authored").glob("*.txt")}
    assert set(written.reports) == set(files) and not set(files) & set(labels.reports)
    for name, text in files.items():
        assert text.startswith("# Written for training lawgov: the place, the people and the figures are invented.\n# level: "), name


def test_labelled_sentences_stand_in_the_written_reports():
    written = read_labels(ROOT / "seeds" / "labels" / "authored.csv")
    texts = {path.stem: "".join(path.read_text(encoding="utf-8").split()) for path in (ROOT / "seeds" / "authored").glob("*.txt")}
    for report, sentence in zip(written.reports, written.sentences):
        assert "".join(sentence.text.split()) in texts[report]
