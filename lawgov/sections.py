"""Which part of the report a sentence belongs to: preamble, achievements, problems, plans or closing.

By the heading that it stands under; in a report without headings by its wording, from the point where problems or
plans are opened. An explicit future inside achievements is plans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

LAST = 3  # sentences that can be a closing
LATE = 0.5  # in a report without headings, problems and plans are looked for in its second half

_CLOSING = re.compile(
    r"(?:特此|专此|以上|谨此).{0,6}(?:报告|汇报|说明)|(?:感谢|谢谢)|(?:以上|上述|情况大[体致]).{0,30}(?:批评|指正|审[示阅]|监督|如此|打算|情况)|.{0,30}谨此说明"
)
_DUTY = re.compile(r"第一责任|主要负责(?:人|同志).{0,12}(?:职责|履职)")
_PROBLEMS = re.compile(
    r"不足|短板|短处|困难|差距|薄弱|欠账|(?:存在|主要|突出)(?:的|什么)?(?:主要|突出)?问题|问题(?:和|与|及|、)|问题$|原因|(?:没有?|还没)做好|做得不(?:好|够)|不好的地方"
)
_MENDED = re.compile(r"整治|解决|整改|化解|治理|补齐|破解|查纠|专项")
_FUTURE = re.compile(r"下一?[步年阶]|明年|来年|来岁|次年|今后|未来|展望|努力方向|下一个?年度|下半年")
_ARRANGED = re.compile(r"(?:安排|打算|思路|计划|举措|措施|设想|方向|重点|目标|任务|考虑)$")
_DONE = re.compile(r"情况|成效|成绩|落实|完成|做法|进展|举措")
_YEARS = re.compile(r"(20\d\d)年(?!.{0,4}[)）])")

_OPENS_PROBLEMS = re.compile(
    r"(?:但|然而|虽然|同时|当然)?.{0,40}(?:(?:存在|还有|仍有|尚有|不少|清醒|检讨|回避|正视|看到|暴露|指出|认识到|同样|反思).{0,24}(?:不足|问题|短板|差距|薄弱|欠缺)"
    r"|(?:不足|差距|问题|短板|欠账)(?:是|有|主要|也|同样|不回避|依然|还|明显))"
)
_STARTS_WITH_ADMISSION = re.compile(r"(?:回首|回头看|检讨|反思|应当指出|不容讳言|也要看到|清醒)")
_OPENS_PLANS = re.compile(r"(?:下一?步|下一?阶段|接下来|明年|来年|今后|下一?年度?|新的?一年|新岁|新年度|展望)")
_EXPLICIT_FUTURE = re.compile(r"(?:下一?步|下一?阶段|接下来|明年|来年|今后)[，,将我]|(?:力争|目标|计划)(?:到|在)?(20\d\d)年")


@lru_cache(maxsize=4096)
def section_of_heading(heading: str, year: int | None = None, above: str | None = None) -> str:
    """The section that a heading opens.

    Args:
        heading: its text.
        year: the year reported on: arrangements for a later one are plans.
        above: the section of the heading that it stands under. Inside achievements only an explicit future or an
            explicit list of problems opens another section; inside problems only the future does; plans stay plans.
    """
    plain = re.sub(r"[。\s　]+$", "", heading)
    future = bool(_FUTURE.search(plain)) or any(year is not None and int(y) > year for y in _YEARS.findall(plain))
    problems = bool(_PROBLEMS.search(plain)) and not _MENDED.search(plain)
    if above == "plans":
        return "plans"
    if above is not None:
        if future and _ARRANGED.search(plain) or above == "problems" and (future or _ARRANGED.search(plain)):
            return "plans"
        return "problems" if above == "achievements" and problems and re.search(r"存在|不足", plain) else above
    if _DUTY.search(plain) and not problems and not future:
        return "achievements"
    if problems:
        return "problems"
    if future or _ARRANGED.search(plain) and not _DONE.search(plain):
        return "plans"
    return "achievements"


def section_of_path(headings: Sequence[str], year: int | None, after_problems: bool = False) -> str:
    """The section of what stands under these headings, outermost first.

    Args:
        after_problems: whether an outermost heading before these was one of problems. What comes after it and is
            neither the leaders' duty nor an account of what was done are plans, however they are called (再启新程).
    """
    section = None
    for heading in headings:
        section = section_of_heading(heading, year, section)
    if after_problems and section == "achievements" and not _DUTY.search(headings[0]) and not _DONE.search(headings[0]):
        return "plans"
    return section or "preamble"


def sections(sentences: Sequence[tuple[str, tuple[str, ...], int]], year: int | None) -> list[str]:
    """The section of each sentence, given as (text, its headings, number of its paragraph), in the order of the text."""
    headed = any(headings for _, headings, _ in sentences)
    found: list[str] = []
    path: tuple[str, ...] | None = None
    current, outermost, after_problems = "preamble", None, False
    for number, (text, headings, paragraph) in enumerate(sentences):
        if headings != path:
            if headings[:1] != outermost:
                after_problems = after_problems or bool(outermost) and section_of_heading(outermost[0], year) == "problems"
                outermost = headings[:1]
            path, current = headings, section_of_path(headings, year, after_problems)
        if not headed:
            current = _without_headings(text, current, paragraph, number >= LATE * len(sentences), year)
        elif current == "problems" and _opens_plans(text, year):
            current = "plans"
        if number >= len(sentences) - LAST and _CLOSING.match(text):
            found.append("closing")
        elif current in ("preamble", "achievements") and _is_future(text, year):
            found.append("plans")
        else:
            found.append(current)
    return found


def _without_headings(text: str, current: str, paragraph: int, late: bool, year: int | None) -> str:
    if current == "preamble" and paragraph > 0:
        current = "achievements"
    if current != "plans" and (late or paragraph > 0) and _opens_plans(text, year):
        return "plans"
    if current in ("preamble", "achievements") and paragraph > 0:
        named = _OPENS_PROBLEMS.match(text) and not _MENDED.search(text)
        if named and (late or _STARTS_WITH_ADMISSION.match(text) or text.startswith(("但", "然而"))) or late and _STARTS_WITH_ADMISSION.match(text):
            return "problems"
    return current


def _opens_plans(text: str, year: int | None) -> bool:
    if _OPENS_PLANS.match(text):
        return True
    first = re.match(r"(20\d\d)年", text)
    return first is not None and year is not None and int(first[1]) == year + 1


def _is_future(text: str, year: int | None) -> bool:
    match = _EXPLICIT_FUTURE.match(text)
    return match is not None and (match[1] is None or year is None or int(match[1]) > year)
