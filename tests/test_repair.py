"""Repair of garbled copies: the mechanism run forwards over short texts, then mended."""

import pytest

from lawgov.repair import is_garbled, numeral, repair

NOTES = {"鎮": "zhèn", "進": "jìn", "設": "shè", "會": "huì", "經": "jīng", "執": "zhí", "請": "qǐng", "強": "qiáng", "實": "shí", "務": "wù"}
MARKS = "，、。；？"


def garble(text: str) -> str:
    """What a mirror site does to a page in traditional characters: see `lawgov.realign`."""
    data = text.encode("gbk")
    for character, note in NOTES.items():
        code = character.encode("gbk")
        data = data.replace(code, code + f"({note})".encode("gbk"))
    for mark in MARKS:
        code = mark.encode("gbk")
        data = data.replace(code, b"," + code)
    shown, position = "", 0
    while position < len(data):
        if data[position] < 0x80:
            shown, position = shown + chr(data[position]), position + 1
            continue
        pair = data[position : position + 2]
        if len(pair) == 2 and pair[1] >= 0x40:
            shown += pair.decode("gbk", errors="ignore")
            position += 2
        else:  # an orphan swallows the ASCII byte behind it
            shown, position = shown + "?", position + 2
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in shown)


PAGE = "我鎮建設法治政府，推進執法工作。會議強調，要經常檢查、務求實效；鎮村兩級落實責任。\n"


@pytest.mark.parametrize(
    "traditional, simplified",
    [
        ("從行為主體到決策程序都符合法律規定。", "从行为主体到决策程序都符合法律规定。"),
        ("各單位遵照執行。", "各单位遵照执行。"),
        ("建設法治政府。現將情況報告如下", "建设法治政府。现将情况报告如下"),
        ("實行日常考核制度，通過培訓提高能力。", "实行日常考核制度,通过培训提高能力。"),
        ("　（三）推進行政決策科學化", "(三)推进行政决策科学化"),
    ],
)
def test_broken_spots_are_restored(traditional, simplified):
    before = PAGE if "（三）" not in traditional else "（二）完善制度\n" + PAGE
    shown = garble(before + traditional + "\n" + PAGE)
    assert "?" in shown
    text, repairs = repair(shown)
    assert simplified in text.replace("　", "")
    assert "?" not in text
    assert any(done.kind == "broken_spot" for done in repairs)


def test_repair_is_idempotent():
    once, _ = repair(garble(PAGE * 3))
    assert once == "我镇建设法治政府,推进执法工作。会议强调,要经常检查、务求实效;镇村两级落实责任。\n" * 3
    assert repair(once) == (once, ())


def test_a_real_question_mark_stays():
    text, repairs = repair(garble(PAGE * 2 + "群眾怎麼辦事？窗口來答覆。\n"))
    assert "群众怎么办事?窗口来答" in text
    assert not any(done.kind == "broken_spot" for done in repairs)


def test_simplified_text_is_not_converted():
    text = "乾安县干部坚持依法行政，著名学者授课，后勤保障到位。"
    assert repair(text) == (text, ())


def test_clean_traditional_text_is_simplified_and_nothing_else():
    text, repairs = repair("本鎮圍繞著法治建設，著力推進各項工作，著名學者也來講課。")
    assert text == "本镇围绕着法治建设，着力推进各项工作，著名学者也来讲课。"
    assert [done.kind for done in repairs] == ["traditional"]


def test_a_reading_given_once_is_not_garbling():
    assert not is_garbled("石碁(qí)镇人民政府报告。")


def test_numerals():
    assert [numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]


def test_a_page_of_nothing_but_broken_spots_does_not_take_for_ever(monkeypatch):
    monkeypatch.setattr("lawgov.realign.STEPS", 10)
    spots = 40
    text, repairs = repair(garble(PAGE) + garble("從行為主體到決策程序都符合法律規定。\n") * spots)
    counts = {(done.kind, done.restored): done.count for done in repairs}
    assert counts["broken_spot", True] + counts["broken_spot", False] == spots == text.count("到决策") + counts["broken_spot", False]
    assert text.count("?") == counts["broken_spot", False] > spots / 2
