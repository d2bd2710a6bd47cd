"""Pages around reports, and reports in awkward shapes."""

import lawgov
from lawgov.layout import lay_out
from lawgov.raw import Mark

BODY = "今年以来，我局坚持依法行政。全年办理案件三十件。"


def texts(document):
    return [s.text for s in document.sentences]


def test_web_furniture_is_left_out():
    page = f"网站首页\n当前位置：首页 > 信息公开 > 年报\n岚柏县水务局2021年法治政府建设工作报告\n来源：岚柏县水务局  发布时间：2022-01-15\n【字体：大 中 小】\n{BODY}\n打印本页\n上一篇：没有了\n版权所有 岚柏县人民政府办公室。网站标识码：000000\n"
    document = lawgov.segment(page)
    assert document.text == f"岚柏县水务局2021年法治政府建设工作报告\n{BODY}"
    assert (document.agency, document.year, str(document.date)) == ("岚柏县水务局", 2021, "2022-01-15")


def test_words_of_furniture_inside_prose_stay():
    text = "我局在微信公众号发布信息三百条。扫一扫二维码即可查看附件。\n分享到各村群的普法视频播放两万次。"
    assert lawgov.segment(text).text == text


def test_no_heading_at_all_is_read_by_its_wording():
    document = lawgov.segment(f"{BODY}\n但是，工作中还存在一些不足，主要是人员老化。\n下一步，我局将加强培训。\n特此报告。")
    assert [s.section for s in document.sentences] == ["preamble", "preamble", "problems", "plans", "closing"]


def test_two_headings_in_a_row_and_text_before_the_first():
    document = lawgov.segment(f"{BODY}\n一、主要举措\n（一）组织领导\n{BODY}\n二、存在的问题\n执法力量不足。")
    assert [(h.text, h.level) for h in document.headings] == [("一、主要举措", 1), ("（一）组织领导", 2), ("二、存在的问题", 1)]
    assert [s.headings for s in document.sentences] == [(), (), ("一、主要举措", "（一）组织领导"), ("一、主要举措", "（一）组织领导"), ("二、存在的问题",)]
    assert [s.section for s in document.sentences] == ["preamble", "preamble", "achievements", "achievements", "problems"]


def test_a_heading_that_mends_problems_is_not_the_section_of_problems():
    document = lawgov.segment(f"一、主要做法\n（一）整治执法领域突出问题\n{BODY}\n（二）2022年工作要点落实情况\n{BODY}\n二、下一步工作安排\n加强学习。")
    assert [s.section for s in document.sentences] == ["achievements"] * 4 + ["plans"]


def test_plans_for_a_later_year_without_the_word_next():
    document = lawgov.segment(f"2023年，{BODY}\n一、2023年工作情况\n{BODY}\n二、2024年工作计划\n加强学习。")
    assert [s.section for s in document.sentences][-1] == "plans" and document.year == 2023


def test_signature_and_date_are_no_sentences():
    document = lawgov.segment(f"一、工作情况\n{BODY}\n岚柏县司法局\n二〇二三年一月三十一日")
    assert texts(document) == ["今年以来，我局坚持依法行政。", "全年办理案件三十件。"]
    assert document.agency == "岚柏县司法局" and str(document.date) == "2023-01-31"


def test_one_line_and_one_word():
    assert texts(lawgov.segment("办理复议案件三件")) == ["办理复议案件三件"]
    assert texts(lawgov.segment("法治")) == ["法治"]


def test_only_furniture_has_no_sentences():
    assert texts(lawgov.segment("打印本页\n上一篇：没有了")) == []


def test_ten_thousand_headings():
    document = lawgov.segment("一、法治建设\n" * 10_000 + BODY)
    assert len(document.headings) == 10_000 and len(document.sentences) == 2


def test_a_report_without_headings_whose_problems_and_plans_are_named_in_other_words():
    text = f"2022年，{BODY}\n{BODY}\n应当看到，队伍建设同样存在不足。执法人员偏少。\n2023年，我局拟招录五人。培训全员轮训一遍。"
    assert [s.section for s in lawgov.segment(text).sentences] == ["preamble"] * 2 + ["achievements"] * 2 + ["problems"] * 2 + ["plans"] * 2


def test_problems_and_plans_under_one_heading():
    document = lawgov.segment(f"2022年，{BODY}\n一、工作情况\n{BODY}\n二、存在问题和2023年打算\n（一）问题\n案卷不规范。\n（二）打算\n加强评查。")
    assert [s.section for s in document.sentences][-2:] == ["problems", "plans"]


def test_what_comes_after_the_problems_is_plans_however_it_is_called():
    document = lawgov.segment(f"一、依法办事\n{BODY}\n二、短板弱项，不敢讳言\n经费偏紧。\n三、来日方长，再启新程\n加大投入。")
    assert [s.section for s in document.sentences] == ["achievements", "achievements", "problems", "plans"]


def test_a_short_sentence_among_numbered_sentences_is_no_title():
    numbered = [f"{n}.全年开展执法检查{n}次，发现问题线索若干，均已依法处理完毕。群众反映良好。" for n in range(1, 5)]
    document = lawgov.segment("一、工作情况\n" + "\n".join(numbered) + "\n5.普法覆盖各村。群众参与踊跃。")
    assert [h.text for h in document.headings] == ["一、工作情况"]


def test_agency_and_date_on_one_line():
    document = lawgov.segment(f"一、工作情况\n{BODY}\n岚柏县司法局（印章）　2018年元月9日")
    assert (document.agency, str(document.date)) == ("岚柏县司法局", "2018-01-09") and len(document.sentences) == 2


def test_lines_in_english_above_the_report_are_left_out():
    document = lawgov.segment(f"# Written for training; level: county 县\n岚柏县2021年法治政府建设情况报告\n{BODY}")
    assert document.text.startswith("岚柏县2021年") and document.title == "岚柏县2021年法治政府建设情况报告"


def test_a_title_that_names_the_plans_too():
    document = lawgov.segment(f"岚柏街道办事处2025年法治政府建设工作总结及2026年工作打算\n{BODY}")
    assert document.title == "岚柏街道办事处2025年法治政府建设工作总结及2026年工作打算" and len(document.sentences) == 2


def test_a_quoted_number_and_a_year_make_no_sentence_of_a_title():
    text = "2025年主要做法和成效\n一年来，我局扎实推进各项工作，任务全部完成。\n一、政务服务\n1.推进“最多跑一次”改革。全年办理12件。\n2.加强监管。开展检查三次。"
    assert [heading.text for heading in lawgov.segment(text).headings] == ["2025年主要做法和成效", "一、政务服务", "1.推进“最多跑一次”改革。", "2.加强监管。"]


def test_a_title_that_the_file_marks_is_one_only_above_the_text():
    text = "岚柏县法治建设纪事\n坚持依法行政。\n岚柏县法治建设纪事\n公开办事结果。"
    first, second = Mark(0, 9, 0), Mark(18, 27, 0)
    assert [line.role for line in lay_out(text, marks=[first]).lines] == ["title", "body", "body", "body"]
    assert [line.role for line in lay_out(text, marks=[second]).lines] == ["body"] * 4


def test_a_stop_that_a_hard_wrap_left_alone_on_a_line():
    document = lawgov.segment("一、主要做法\n全年办理案件三十件，结案率百分之百\n。\n公开办事结果二十项。\n")
    assert texts(document) == ["全年办理案件三十件，结案率百分之百。", "公开办事结果二十项。"]
