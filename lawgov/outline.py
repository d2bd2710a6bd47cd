"""The report's lines into headings with levels, sections, and paragraphs.

A line is a heading by its numbering and its form: 一、 （一） 1. （1） with a title and no running text; or a title run
in before the text of its paragraph (`3.强化统筹协调。`); or, without numbering, a short line without a stop before a
paragraph. A heading's level is its depth: 1 + the level of the heading that it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lawgov.document import Heading, Paragraph
from lawgov.layout import Line
from lawgov.numbering import LEAD, RANK, numbering

LONGEST_HEADING = 120  # a heading that names two outlines with their years has 80
LONGEST_RUN_IN = 42  # characters before the stop; the longest seen has 31
LONGEST_UNNUMBERED = 30

_STOP = re.compile(r"[。；！？;!?]")
_COMMA = re.compile(r"[，,]")
_COUNT = re.compile(r"\d+(?:\.\d+)?\s*(?:余|多)?(?:个|件|次|份|名|人|场|起|宗|条|项|家|户|处|万|亿|元|%|％|部|期|批|篇|天|小时|平方米)")
_DATED = re.compile(r"\d{4}年(?:以来)?[，,]|\d{1,2}月\d{1,2}日|今年|截至|截止")


@dataclass(frozen=True)
class Outline:
    """The headings and paragraphs of a report, in the order of the text."""

    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]


def outline(text: str, lines: Sequence[Line], year: int | None = None) -> Outline:
    """Find headings, paragraphs and their sections.

    Args:
        text: the clean text.
        lines: its lines, from `lay_out`.
        year: the year reported on, where known: arrangements for a later one are plans.
    """
    body = [line for line in lines if line.role == "body"]
    headings: list[Heading] = []
    paragraphs: list[Paragraph] = []
    stack: list[Heading] = []
    ranks: list[int] = []
    sections = Sections(year)
    for i, line in enumerate(body):
        following = text[body[i + 1].start : body[i + 1].end] if i + 1 < len(body) else None
        found = _heading(text[line.start : line.end], following)
        start = line.start
        if found is not None:
            rule, length, run_in = found
            while ranks and ranks[-1] >= RANK[rule]:
                ranks.pop()
                stack.pop()
            heading = Heading(text[start : start + length], start, start + length, len(stack) + 1, rule, run_in)
            headings.append(heading)
            stack.append(heading)
            ranks.append(RANK[rule])
            sections.enter(heading)
            start += length
        if text[start : line.end].strip():
            start += len(text[start : line.end]) - len(text[start : line.end].lstrip())
            section = sections.of(text[start : line.end])
            paragraphs.append(Paragraph(start, line.end, section, tuple(h.text for h in stack)))
    return Outline(tuple(headings), tuple(paragraphs))


def _heading(line: str, following: str | None) -> tuple[str, int, bool] | None:
    """The rule that makes a line (begin with) a heading, how long the heading is, and whether text follows it."""
    number = numbering(line)
    if number is None:
        return ("unnumbered", len(line), False) if _is_unnumbered(line, following) else None
    stop = _STOP.search(line, number.length)
    if stop is None:
        outer = RANK[number.rule] <= RANK["chinese_in_brackets"]
        title_like = outer or len(_COMMA.findall(line)) <= 1 and not _COUNT.search(line)
        return (number.rule, len(line), False) if len(line) <= LONGEST_HEADING and title_like else None
    if stop.group() != "。" or not _is_title(line[number.length : stop.start()]):
        return None
    if stop.end() < len(line):
        return number.rule, stop.end(), True
    sibling = numbering(following) if following else None
    goes_deeper = following is not None and (sibling is None or RANK[sibling.rule] > RANK[number.rule])
    return (number.rule, len(line), False) if goes_deeper else None


def _is_title(text: str) -> bool:
    """Whether the words before a stop are a title and not a sentence that reports something."""
    return (
        len(text) <= LONGEST_RUN_IN
        and len(_COMMA.findall(text)) <= 1
        and not _COUNT.search(text)
        and not _DATED.search(text)
        and not LEAD.match(text)
    )


def _is_unnumbered(line: str, following: str | None) -> bool:
    return (
        following is not None
        and 2 <= len(line) <= LONGEST_UNNUMBERED
        and not re.search(r"[。；！？，：;!?,:.…]", line)
        and not LEAD.match(line)
        and bool(re.search(r"[。；]", following))
        and len(following) > len(line)
    )


class Sections:
    """Says which section of the report a paragraph belongs to, heading by heading."""

    def __init__(self, year: int | None):
        self.year = year
        self._by_level: list[tuple[int, str]] = []
        self._any_heading = False

    def enter(self, heading: Heading) -> None:
        """Take note of the heading that the next paragraphs stand under."""
        self._any_heading = True
        while self._by_level and self._by_level[-1][0] >= heading.level:
            self._by_level.pop()
        above = self._by_level[-1][1] if self._by_level else None
        self._by_level.append((heading.level, section_of_heading(heading.text, self.year, above)))

    def of(self, paragraph: str) -> str:
        """The section of a paragraph that comes next."""
        if _CLOSING.match(paragraph):
            return "closing"
        if not self._any_heading:
            return section_of_opening(paragraph) or "preamble"
        section = self._by_level[-1][1]
        if section in ("problems", "plans"):
            return section_of_opening(paragraph) or section
        return section


_CLOSING = re.compile(r"(?:特此|专此|以上|谨此).{0,6}(?:报告|汇报|说明)|(?:感谢|谢谢)")
_DUTY = re.compile(r"第一责任|主要负责(?:人|同志).{0,12}(?:职责|履职)")
_PROBLEMS = re.compile(r"不足|短板|困难|差距|薄弱|(?:存在|主要|突出)的?(?:主要|突出)?问题|问题(?:和|与|及|、)(?:原因|不足|建议|困难)|存在问题")
_MENDED = re.compile(r"整治|解决|整改|化解|治理|补齐|破解|查纠|专项")
_FUTURE = re.compile(r"下一?[步年阶]|明年|来年|次年|今后|未来|努力方向|下一个?年度|下半年")
_ARRANGED = re.compile(r"(?:安排|打算|思路|计划|举措|措施|设想|方向|重点|目标|任务)$")
_DONE = re.compile(r"情况|成效|成绩|落实|完成|做法|进展|举措")


def section_of_heading(heading: str, year: int | None = None, above: str | None = None) -> str:
    """The section that a heading opens.

    Args:
        heading: its text.
        year: the year reported on.
        above: the section of the heading that it stands under. Inside a part for achievements only an explicit future
            or an explicit list of problems opens another; inside problems and plans nothing does but the future.
    """
    plain = re.sub(r"[。\s　]+$", "", heading)
    future = bool(_FUTURE.search(plain)) or any(year and int(y) > year for y in re.findall(r"(20\d\d)年(?!.{0,4}[)）])", plain))
    problems = bool(_PROBLEMS.search(plain)) and not _MENDED.search(plain)
    if above is not None:
        if above == "plans":
            return "plans"
        if future and _ARRANGED.search(plain):
            return "plans"
        if above == "achievements" and problems and re.search(r"存在|不足", plain):
            return "problems"
        return above
    if _DUTY.search(plain) and not problems and not future:
        return "achievements"
    if problems:
        return "problems"
    if future or _ARRANGED.search(plain) and not _DONE.search(plain):
        return "plans"
    return "achievements"


def section_of_opening(paragraph: str) -> str | None:
    """The section that a paragraph or sentence opens by its own first words, or ``None`` if they do not say."""
    if re.match(r"(?:但|然而|虽然)?.{0,30}(?:存在.{0,8}(?:不足|问题|短板|差距|薄弱)|(?:不足|差距|问题)(?:是|有|主要))", paragraph):
        return "problems"
    if re.match(r"(?:下一?步|下一?阶段|接下来|明年|来年|今后|下一?年度?)", paragraph):
        return "plans"
    return None


_EXPLICIT_FUTURE = re.compile(r"(?:下一?步|下一?阶段|接下来|明年|来年|今后)[，,将我]|(?:力争|目标|计划)(?:到|在)?(20\d\d)年")


def section_of_sentence(sentence: str, section: str, year: int | None = None) -> str:
    """The section of a sentence: that of its paragraph, but an explicit future inside achievements is plans."""
    if section not in ("achievements", "preamble"):
        return section
    match = _EXPLICIT_FUTURE.match(sentence)
    if match and (match[1] is None or year is None or int(match[1]) > year):
        return "plans"
    return section


def iter_segments(outlined: Outline) -> Iterator[Heading | Paragraph]:
    """Headings and paragraphs together, in the order of the text."""
    yield from sorted([*outlined.headings, *outlined.paragraphs], key=lambda part: part.start)
