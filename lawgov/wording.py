"""The words that people see, in English and Chinese."""

from __future__ import annotations

import locale
import os

LANGUAGES = ("en", "zh")

WORDS = {
    "category": ("Category", "类别"),
    "coverage": ("Coverage", "覆盖率"),
    "interval": ("90 % interval", "90% 区间"),
    "share": ("Share", "篇幅占比"),
    "sentences": ("Sentences", "句数"),
    "concrete": ("Concrete", "具体"),
    "overall": ("Overall", "总体"),
    "missing": ("What nothing shows", "未见内容"),
    "nothing_missing": ("nothing: every indicator is shown", "无：各项指标均有体现"),
    "evidence": ("Best evidence", "最有力的一句"),
    "required": ("Parts that the State rules ask for", "国家规定应有的部分"),
    "achievements": ("achievements", "主要举措和成效"),
    "problems": ("problems and their causes", "存在的不足和原因"),
    "first_responsible": ("leaders' first-responsible duty", "主要负责人履行第一责任人职责"),
    "plans": ("next year's arrangements", "下一年度主要安排"),
    "in_preamble": ("preamble", "导语"),
    "in_achievements": ("achievements", "成绩"),
    "in_problems": ("problems", "问题"),
    "in_plans": ("plans", "计划"),
    "in_closing": ("closing", "结尾"),
    "yes": ("yes", "有"),
    "no": ("no", "无"),
    "agency": ("Agency", "发布机关"),
    "year": ("Year", "年度"),
    "date": ("Date", "日期"),
    "place": ("Place", "地区"),
    "level": ("Level", "层级"),
    "level_province": ("province", "省级"),
    "level_city": ("city", "市级"),
    "level_county": ("county", "县级"),
    "level_township": ("township", "乡镇（街道）"),
    "level_department": ("department", "部门"),
    "repaired": ("Repaired", "修复"),
    "not_restored": ("Not restored", "未能还原"),
    "pinyin_note": ("pinyin notes", "拼音注"),
    "stray_comma": ("stray commas", "多余逗号"),
    "broken_spot": ("broken spots", "乱码处"),
    "swallowed": ("letters or digits that broken spots swallowed", "乱码处吞去的字符"),
    "undecodable": ("bytes that are no character", "无法解码的字符"),
    "traditional": ("traditional characters", "繁体字"),
    "indicator": ("Indicator", "指标"),
    "text": ("Text", "正文"),
    "model": ("Model", "模型"),
    "precision": ("Precision", "精确率"),
    "recall": ("Recall", "召回率"),
    "page_title": ("Coverage of rule-of-law reports", "法治政府建设年度报告覆盖情况"),
    "caution": (
        "Labels come from a statistical model. A score says what a report covers, not what a government did; read the evidence.",
        "标注由统计模型给出。分数反映报告写到了什么，不代表政府做了什么；请以原文为准。",
    ),
    "another_kind": (
        "This does not look like a rule-of-law report: only {} of its sentences are on the rubric. Its scores mean little.",
        "本文不像法治政府建设年度报告：仅有 {} 的句子涉及各项指标，分数意义不大。",
    ),
    "over_reports": ("in brackets: 95 % bootstrap intervals over {} reports, each left out", "括号内为对 {} 份留出报告的 95% 自助法区间"),
    "not_scored": ("not scored", "不计分"),
    "why_against": ("why, against {}:", "理由（与“{}”相比）："),
    "why_neighbours": ("(sentences around it)", "（前后句）"),
    "why_category": ("(its category)", "（所属类别）"),
    "why_others": ("(other indicators)", "（其他指标）"),
    "why_base": ("(base)", "（基数）"),
    "why_rest": ("(the rest)", "（其余）"),
    "probability": ("probability", "概率"),
}


def word(name: str, lang: str) -> str:
    """A word of the interface in a language, `en` or `zh`."""
    return WORDS[name][LANGUAGES.index(lang)]


def default_language() -> str:
    """`zh` where the locale is Chinese, else `en`."""
    for name in (os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG"), locale.getlocale()[0]):
        if name and name not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
    return "en"
