"""A copied page into the report's own lines: page furniture left out, hard-wrapped lines joined.

A web page that was copied as text has a report in the middle of menus, share buttons and footers. The report is what
lies between its first and its last line of prose, with a title before it and a signature and a date behind it; what
else stands there says something about the page (来源, 发布时间) or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov.characters import CharacterModel, shipped_characters
from lawgov.document import Span
from lawgov.numbering import LEAD, numbering
from lawgov.raw import Mark

SHORTEST_TITLE = 8
LONGEST_TITLE = 80  # characters; a title line that is longer is prose
LONGEST_FURNITURE = 60
LONGEST_HEADING = 28  # without a number or a stop
LONGEST_SIGNATURE = 4  # lines
SLACK = 6  # columns that a full line may lack: a mark or a number that would not fit went down
FEW_PROSE = 3  # lines of prose before which a signature and a date stand under the title, not under the report
FEW_INDENTS, MANY_INDENTS = 0.02, 0.6  # share of indented lines on a page whose paragraphs begin with an indent
PROSE = 30  # characters from which a line without any mark still counts as prose

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_STOP = re.compile(r"[。；！？;]")
_ENDS = re.compile(r"[。；！？：…:;!?”’》）)\]】.]$")
_MARKS = re.compile(r"[。；！？][”’》）]?|[”’》）][。；！？]")  # what a hard wrap may leave alone on a line
_STOPS = re.compile(r"[。；！？：;!?][”’》）)\]】]*$")
_FURNITURE = re.compile(
    r"(?:您?当?前?所?在?的?位置|首页\s*[>»›/|-]|选择语言|选择字号|字体|字号|大\s*中\s*小|打印|关闭|打印本?页?|关闭窗口|扫一扫|分享到?|"
    r"浏览(?:次数|量)|阅读(?:次数|量)?|点击(?:数|量|次数)|访问量|上一[篇条]|下一[篇条]|相关(?:链接|文章|附件|稿件|阅读)|附件|责任?编辑|编辑[:：]|审核[:：]|"
    r"版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|[\u4e00-\u9fff]?ICP备|.公网安备|网站标识码|网站地图|网站声明|网站首页|联系我们|无障碍|长者|"
    r"智能问答|手机版|微信|微博|机构专页|返回顶部|回到顶部|索引号|主题分类|信息分类|公开目录|信息索取号|有效性|发布机构|发文机关|发文字号|成文日期|"
    r"发布日期|发布时间|生成日期|公开日期|公开方式|信息来源|文章来源|稿件来源|来源[:：]|来源$|作者[:：]|时间[:：]|日期[:：]|名\s*称[:：]|文\s*号[:：]|"
    r"收藏|繁體|简体|登录|注册|搜索|导航|用微信|Produced|Copyright|技术支持)"
)
_BREADCRUMB = re.compile(r"[>»›].*[>»›]")
_FOOTER = re.compile(r"(?:转载请注明|转载须|未经授权|免责声明|本文由.{2,20}发布|建议使用|浏览器|分辨率|ICP备|公网安备|版权所有|网站标识码|邮政?编码?[:：])")
_TITLE = re.compile(r"(?:报告|总结|汇报|年报|述职|述法|情况|通报|材料|打算|安排|计划|法治政府建设)(?:[(（【].{0,12}[)）】])?$")
_NUMBER = r"[\d元正一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?P<agency>.{{2,40}}?[\s　]+)?[(（]?(?:20\d\d|二[〇○零Ｏ0]..)\s*[年.\-/]\s*{_NUMBER}\s*(?:月(?:[上中下]旬|底|初)?|[月.\-/]\s*{_NUMBER}\s*日?)[)）]?$"
)
_AGENCY = re.compile(
    r"(?:政府|委员会|人大|政协|办事处|管委会|管理局|委|局|厅|办公室|办|中心|司法所|支队|大队|总队|街道|园区|开发区|[乡镇县区市])(?:[(（].{1,12}[)）])?$"
)
_SECOND_TITLE = re.compile(r"年.{0,30}(?:报告|总结|年报)$")
_DOCUMENT_NUMBER = re.compile(r"[〔\[(（]20\d\d[〕\])）]\s*\d+\s*号$")
_FOOTNOTE = re.compile(r"(?:注|备注|注释|\[\d+\]|[*※])[:：]?")
_ADDRESSEE = re.compile(r"[^。；！？，,]{2,40}(?:政府|委|局|厅|办|办公室|人大|领导|单位|同志|代表|委员)[：:]$")


@dataclass(frozen=True)
class Line:
    """A line of the clean text and what it is: `title`, `body`, `signature` or `date`; ``level`` is that of a heading which
    the file itself marks as one, from 1."""

    start: int
    end: int
    role: str
    level: int | None = None


@dataclass(frozen=True)
class Layout:
    """The clean text and its lines; ``about`` are lines of the page that say something about it, such as 来源:…"""

    text: str
    lines: tuple[Line, ...]
    about: tuple[str, ...]
    _moved: tuple[tuple[int, int, int], ...]  # (start in the page, end in the page, start in the clean text)

    def locate(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Where spans of the page lie in the clean text; those in lines that were left out are dropped."""
        found, pieces, i = [], self._moved, 0
        for span in sorted(spans, key=lambda s: s.start):
            while i < len(pieces) and pieces[i][1] <= span.start:
                i += 1
            if i < len(pieces) and span.end > pieces[i][0]:
                begin, end, to = pieces[i]
                found.append(Span(max(span.start, begin) - begin + to, min(span.end, end) - begin + to))
        return tuple(found)


@dataclass(frozen=True)
class _Piece:
    """A stripped line of the page, where it stood, whether white space stood before it, and the level of its `Mark`."""

    text: str
    start: int
    indented: bool
    level: int | None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lay_out(page: str, characters: CharacterModel | None = None, *, marks: Sequence[Mark] = ()) -> Layout:
    """Find the report's own lines on a page.

    Args:
        page: repaired text.
        characters: decides whether a broken line goes on; the shipped model by default.
        marks: the title and headings that the file itself marks, as spans of the page.
    """
    pieces, position = [], 0
    levels = {mark.start: mark.level for mark in marks}
    for line in page.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and (_HAN.search(stripped) or stripped[0].isalnum() or _MARKS.fullmatch(stripped)):
            begin = line.index(stripped)
            pieces.append(_Piece(stripped, position + begin, begin > 0, levels.get(position)))
        position += len(line)
    roles = _roles([piece.text for piece in pieces], [piece.level for piece in pieces])
    kept = [(piece, role) for piece, role in zip(pieces, roles) if role not in ("furniture", "about")]
    about = tuple(piece.text for piece, role in zip(pieces, roles) if role == "about")
    return _compose(kept, about, characters)


def _roles(lines: list[str], levels: list[int | None]) -> list[str]:
    """What each line of the page is."""
    furniture = [level is None and _is_furniture(line) for line, level in zip(lines, levels)]
    prose = [i for i, line in enumerate(lines) if not furniture[i] and _is_prose(line)]
    if not prose:
        return ["about" if is_furniture else "body" for is_furniture in furniture]
    title = next((i for i, level in enumerate(levels[: prose[0] + 1]) if level == 0), None)
    if title is None:
        title = next((i for i in range(prose[0] - 1, -1, -1) if not furniture[i] and _is_title(lines[i])), None)
    prose = _before_the_signature(lines, prose)
    first, last = _start_of_report(lines, furniture, prose[0], title), _end_of_report(lines, prose)
    roles = ["about" if i < first or furniture[i] else "body" for i in range(len(lines))]
    if title is not None:
        roles[title] = "title"
        if title and not furniture[title - 1] and lines[title - 1].endswith(("政府", "关于", "委员会")):  # over two lines
            roles[title - 1] = "title"
    for i in range(first, prose[0]) if title is not None else ():  # what stands between the title and the text
        if not numbering(lines[i]) and (_SECOND_TITLE.search(lines[i]) or _DOCUMENT_NUMBER.search(lines[i])):
            roles[i] = "about"
        elif _DATE.match(lines[i]):
            roles[i] = "date"
    for i in range(first, last + 1):
        if roles[i] == "body" and _ADDRESSEE.match(lines[i]) and i <= first + 1:
            roles[i] = "about"
    over = False  # what stands behind the first line of furniture is no signature any more
    for i in range(last + 1, len(lines)):
        over = over or furniture[i] or i - last > LONGEST_SIGNATURE
        roles[i] = "about" if furniture[i] else _role_behind(lines[i], over)
    if _DATE.match(lines[last]):
        roles[last] = "date"
    return roles


def _start_of_report(lines: list[str], furniture: list[bool], first: int, title: int | None) -> int:
    """The first line of the report: what stands between the title, or the top of a plain text, and the first line with
    a stop is a heading or the first lines of a broken paragraph; on a page without a title it may be a menu."""
    above = range(0 if title is None else title + 1, first)
    plain_text = title is not None or not any(furniture[i] for i in above)
    while first - 1 in above and not furniture[first - 1] and (plain_text or numbering(lines[first - 1])):
        first -= 1
    return first


def _before_the_signature(lines: list[str], prose: list[int]) -> list[int]:
    """The lines of prose of the first report: behind a signature and a date no other begins, unless it has headings of its
    own; what stands there are other articles, comments or an attached document."""
    if len(prose) <= FEW_PROSE:
        return prose
    for i in range(prose[FEW_PROSE], prose[-1] - 1):
        if len(lines[i]) <= 40 and _AGENCY.search(lines[i]) and not _STOP.search(lines[i]) and _DATE.match(lines[i + 1]):
            goes_on = any((number := numbering(line)) and number.rule == "chinese" for line in lines[i + 2 :])
            return prose if goes_on else [p for p in prose if p < i]
    return prose


def _end_of_report(lines: list[str], prose: list[int]) -> int:
    """The last line of the report's prose: lines of a footer that read like prose are not."""
    last = prose[-1]
    for i in reversed(prose):
        if _FOOTER.search(lines[i]) or _FOOTNOTE.match(lines[i]):
            continue
        last = i
        break
    follows = last + 1
    while follows < len(lines) and numbering(lines[follows]):  # headings or items without a stop at the very end
        last, follows = follows, follows + 1
    return last


def _role_behind(line: str, over: bool) -> str:
    """What a line behind the last line of prose is."""
    if _DATE.match(line):
        return "date"
    return "signature" if not over and len(line) <= 40 and _AGENCY.search(line) else "furniture"


def _is_furniture(line: str) -> bool:
    if len(_LATIN.findall(line)) > len(_HAN.findall(line)) and not re.search("[。！？]", line):
        return True
    if len(line) > LONGEST_FURNITURE or numbering(line):
        return False
    if _STOP.search(line):
        return bool(_FOOTER.search(line))
    return bool(_FURNITURE.match(line.lstrip("•·-|* 　【[（(")) or _BREADCRUMB.search(line) or _FOOTER.search(line))


def _is_prose(line: str) -> bool:
    """Whether the line belongs to running text or its headings, by its marks, its numbering or its length."""
    if _STOP.search(line) or len(_HAN.findall(line)) >= PROSE and not _TITLE.search(line):
        return True
    number = numbering(line)
    return number is not None and number.rule not in ("arabic", "arabic_in_brackets", "circled")


def _is_title(line: str) -> bool:
    return SHORTEST_TITLE <= len(line) <= LONGEST_TITLE and bool(_TITLE.search(line)) and not _STOP.search(line)


def _compose(kept: list[tuple[_Piece, str]], about: tuple[str, ...], characters: CharacterModel | None) -> Layout:
    body = [piece for piece, role in kept if role == "body"]
    width = _wrap_width([piece.text for piece in body])
    indents = width is not None and FEW_INDENTS <= sum(piece.indented for piece in body) / len(body) <= MANY_INDENTS
    parts: list[str] = []
    lines: list[Line] = []
    moved: list[tuple[int, int, int]] = []
    length = 0
    for i, (piece, role) in enumerate(kept):
        joins = (
            bool(lines)
            and role == lines[-1].role
            and (role == "title" or role == "body" and not kept[i - 1][0].level and not piece.level and _goes_on(kept[i - 1][0].text, piece, width, indents, characters))
        )
        if parts and not joins:
            parts.append("\n")
            length += 1
        moved.append((piece.start, piece.end, length))
        parts.append(piece.text)
        if joins:
            lines[-1] = Line(lines[-1].start, length + len(piece.text), role)
        else:
            lines.append(Line(length, length + len(piece.text), role, piece.level))
        length += len(piece.text)
    return Layout("".join(parts), tuple(lines), about, tuple(moved))


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which the page was hard-wrapped, in columns, or ``None`` if it was not.

    Hard-wrapped text has many lines of nearly the greatest width that end in the middle of a sentence.
    """
    widths = [_columns(line) for line in lines]
    longest = max(widths, default=0)
    if not 30 <= longest <= 200 or len(lines) < 6:
        return None
    full = [line for line, width in zip(lines, widths) if width >= longest - SLACK]
    broken = [line for line in full if not _ENDS.search(line)]
    return longest if len(full) >= 0.3 * len(lines) and len(broken) >= 0.5 * len(full) else None


def _columns(line: str) -> int:
    """The width of a line in columns of a terminal: two for Chinese characters and marks."""
    return 2 * len(line) - sum(map(str.isascii, line))


def _goes_on(line: str, following: _Piece, width: int | None, indents: bool, characters: CharacterModel | None) -> bool:
    """Whether a line ends in the middle of a sentence that `following` continues.

    Args:
        width: that of a hard-wrapped page, in columns.
        indents: whether on that page the first line of a paragraph is known by its indent.
    """
    if _MARKS.fullmatch(following.text):
        return not _STOPS.search(line)
    full = width is not None and _columns(line) >= width - SLACK
    if indents and full:
        return not following.indented
    if _STOPS.search(line) if full else _ENDS.search(line):
        return False
    if numbering(following.text) or LEAD.match(following.text) or _DATE.match(following.text):
        return False
    if full or line[-1] in "，,、":
        return True
    if not _STOP.search(line) and (len(line) < LONGEST_HEADING or numbering(line)):  # it may be a heading
        return False
    model = characters or shipped_characters()
    text = following.text
    behind = sum(model.log_probability(c, (line + text[:i])[-2:]) for i, c in enumerate(text[:2]))
    afresh = sum(model.log_probability(c, text[:i]) for i, c in enumerate(text[:2]))
    return behind > afresh
