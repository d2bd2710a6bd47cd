"""The installed command, as users run it: results on standard output, all else on standard error, and the exit status."""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys

import pytest
from conftest import REPORTS, ROOT

import lawgov

COMMAND = pathlib.Path(sys.executable).with_name("lawgov")
ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error"}


def run(*arguments, cwd=ROOT, **environment):
    return subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", cwd=cwd, env=ENVIRONMENT | environment, timeout=300
    )


def one_line(result):
    assert result.stderr.count("\n") == 1 and "Traceback" not in result.stderr, result.stderr
    return result.stderr


def test_score_as_a_table():
    result = run("score", REPORTS[2], "--lang", "en")
    assert result.returncode == 0 and result.stderr == ""
    for expected in ("石柱土家族自治县三星乡人民政府2024年度法治政府建设情况报告", "Dispute resolution", "What nothing shows", "Best evidence"):
        assert expected in result.stdout


def test_the_language_follows_the_locale():
    assert "法治宣传教育" in run("score", REPORTS[2], LC_ALL="zh_CN.UTF-8").stdout
    assert "Legal education" in run("score", REPORTS[2], LC_ALL="en_US.UTF-8").stdout


def test_score_as_json_is_what_the_library_gives():
    result = run("score", *REPORTS[:2], "--format", "json")
    objects = json.loads(result.stdout)
    assert result.returncode == 0 and [o["source"] for o in objects] == [str(p) for p in REPORTS[:2]]
    assert objects[1] == json.loads(json.dumps(lawgov.score(str(REPORTS[1])).to_dict()))
    assert {"source", "title", "agency", "year", "coverage", "overall", "categories", "required_sections", "sentences", "repairs", "model"} <= set(objects[0])


def test_score_as_csv():
    rows = list(csv.DictReader(io.StringIO(run("score", *REPORTS, "--format", "csv").stdout)))
    assert len(rows) == 5 and rows[2]["year"] == "2024"
    assert float(rows[2]["disclosure_coverage"]) == pytest.approx(lawgov.score(REPORTS[2]).coverage["disclosure"], abs=1e-5)


def test_score_as_html(tmp_path):
    result = run("score", REPORTS[2], "--format", "html", "--output", tmp_path / "page.html", "--lang", "zh")
    assert (result.returncode, result.stdout) == (0, "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and 'lang="zh-CN"' in page and "http" not in page


BAD = {
    "missing.txt": (None, "there is no such file"),
    "empty.txt": (b"", "is empty"),
    "binary.txt": (bytes(range(256)) * 20, "no text in a known encoding"),
    "english.txt": (b"This report is in English only.", "0 Chinese characters"),
    "folder": ("folder", "is a folder"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["score", "segment", "clean"])
def test_bad_input_is_one_clear_line_and_status_2(name, command, tmp_path):
    content, message = BAD[name]
    if content == "folder":
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(command, name, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert one_line(result).startswith(f"lawgov: {name}: ") and message in result.stderr


def test_the_good_ones_are_scored_and_every_failure_is_named(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("score", "missing.txt", REPORTS[1], "empty.txt", "--format", "json", "--output", "out.json", cwd=tmp_path)
    assert result.returncode == 1
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == ["missing.txt", "empty.txt"]
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))) == 1


def test_nothing_scored_writes_nothing_and_keeps_what_was_there(tmp_path):
    (tmp_path / "out.json").write_text("kept", encoding="utf-8")
    assert run("score", "missing.txt", "--format", "json", "--output", "out.json", cwd=tmp_path).returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"] and (tmp_path / "out.json").read_text(encoding="utf-8") == "kept"


def test_an_output_that_cannot_be_written_is_refused_at_once(tmp_path):
    result = run("score", REPORTS[1], "--output", tmp_path / "no" / "out.txt")
    assert result.returncode == 2 and "make it first" in one_line(result)
    assert "is a folder" in one_line(run("score", REPORTS[1], "--output", tmp_path))


@pytest.mark.parametrize("text", ["办理行政复议案件三件", "全镇召开会议。\n化解纠纷十件。\n下一步，加强学习。"])
def test_one_line_and_no_heading_are_scored(text, tmp_path):
    (tmp_path / "short.txt").write_text(text, encoding="utf-8")
    result = run("score", "short.txt", "--format", "json", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "") and json.loads(result.stdout)[0]["sentences"]


def test_twenty_megabytes_are_segmented(tmp_path):
    text = REPORTS[1].read_text(encoding="utf-8") + "\n"
    (tmp_path / "large.txt").write_text(text * (20 * 2**20 // len(text.encode()) + 1), encoding="utf-8")
    result = run("segment", "large.txt", "--format", "jsonl", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "") and result.stdout.count("\n") > 100_000


def test_segment_as_json_lines():
    result = run("segment", REPORTS[4], "--format", "jsonl")
    document = lawgov.read(REPORTS[4])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(lines) == len(document.segments)
    for line in lines:
        assert set(line) == {"text", "start", "end", "section", "headings", "kind"}
        assert document.text[line["start"] : line["end"]] == line["text"]
    headings = [line for line in lines if line["kind"] == "heading"]
    assert headings[1]["headings"] == ["一、 主要举措和成效"] and headings[-1]["section"] == "plans"


def test_segment_as_a_tree():
    lines = run("segment", REPORTS[4], "--lang", "en").stdout.splitlines()
    assert "├── 一、 主要举措和成效" in lines and any("[plans] 围绕法治政府建设总体工作目标" in line for line in lines)


def test_clean_gives_the_text_as_it_is_scored():
    assert run("clean", REPORTS[0]).stdout == lawgov.read(REPORTS[0]).text + "\n"


def test_rubric():
    assert "legality_review" in run("rubric", "--lang", "en").stdout and "合法性审查" in run("rubric", "--lang", "zh").stdout
    assert json.loads(run("rubric", "--format", "json").stdout) == lawgov.load_rubric().to_dict()


def test_rubric_as_toml_can_be_read_back(tmp_path):
    (tmp_path / "mine.toml").write_text(run("rubric", "--format", "toml").stdout, encoding="utf-8")
    assert lawgov.load_rubric(tmp_path / "mine.toml") == lawgov.load_rubric()


def test_train_evaluate_and_score_with_ones_own_model(tmp_path, few_labels):
    from lawgov.labels import write_labels

    write_labels(tmp_path / "labels.csv", few_labels)
    trained = run("train", "labels.csv", "--output", "mine", "--lang", "en", cwd=tmp_path)
    assert trained.returncode == 0 and "macro-F1" in trained.stdout and "written to mine" in trained.stderr
    evaluated = json.loads(run("evaluate", "labels.csv", "--model", "mine", "--format", "json", cwd=tmp_path).stdout)
    assert evaluated["sentences"] == 155 and evaluated["macro_f1"] > 0.9  # on what it was trained on
    assert set(evaluated) == {"sentences", "macro_f1", "accuracy", "categories", "indicators", "ece"}
    scored = json.loads(run("score", REPORTS[1], "--model", "mine", "--format", "json", cwd=tmp_path).stdout)
    assert scored[0]["model"]["name"] == "mine"


def test_labels_that_do_not_fit_are_named(tmp_path):
    (tmp_path / "labels.csv").write_text("text,category\n召开会议,leadrship\n", encoding="utf-8")
    result = run("train", "labels.csv", "--output", "mine", cwd=tmp_path)
    assert result.returncode == 2 and "line 2" in one_line(result) and not (tmp_path / "mine").exists()
    assert "perhaps 'leadership'" in one_line(run("evaluate", "labels.csv", cwd=tmp_path))


def test_a_model_folder_that_is_none(tmp_path):
    result = run("score", REPORTS[1], "--model", tmp_path)
    assert result.returncode == 2 and "has no model.json" in one_line(result)


def test_usage_errors_are_status_2():
    assert run("score").returncode == run("nonsense").returncode == run("score", REPORTS[1], "--format", "pdf").returncode == 2


def test_a_closed_pipe_is_no_error():
    command = f"'{COMMAND}' clean '{REPORTS[1]}' | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", errors="replace", env=ENVIRONMENT)
    assert result.stderr == ""


def test_version():
    assert run("--version").stdout == f"lawgov, version {lawgov.__version__}\n"


def test_explained_scores_add_up():
    (report,) = json.loads(run("score", REPORTS[2], "--explain", "--format", "json").stdout)
    for sentence in report["sentences"][:10]:
        why = sentence["why"]
        assert why["label"] == sentence["category"] and abs(sum(reason["weight"] for reason in why["reasons"]) - why["score"]) < 1e-6


def test_explain_goes_with_table_and_json_only():
    result = run("score", REPORTS[2], "--explain", "--format", "csv")
    assert result.returncode == 2 and "--explain goes with --format table or json" in result.stderr
