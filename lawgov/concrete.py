"""Does a sentence name something that can be checked: a count, an amount, a date or a document?

What was done is told in such terms; how it was praised is not. A year alone dates the report, not the deed, and numbers
in set phrases (二十大, “八五”普法, 12345) count nothing: only Arabic numerals with a measure do, outside quotes.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[“‘\"][^”’\"]{0,40}[”’\"]")
_MEASURE = (
    r"个|件|次|份|名|人|场|起|宗|条|项|家|户|处|部|期|批|篇|天|部门|单位|小时|分钟|村|所|支|台|套|辆|艘|张|册|本|幅|块|间|组|例|轮|期|类|种|站|课时|"
    r"公里|平方米|平方公里|亩|米|吨|枚|座|株|棵|口|笔|单|页|字|届|级|万|亿|元|余|多|%|％|‰|个百分点|工作日"
)
_NUMBER = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
CONCRETE = re.compile(
    rf"{_NUMBER}\s*(?:{_MEASURE})"  # a count, a share or an amount
    r"|\d{1,2}月(?:\d{1,2}日|份|底|初|中旬|上旬|下旬)?|\d{1,2}日"  # a day or a month
    r"|《[^》]{2,}》|[〔\[]20\d\d[〕\]]\d*"  # a named document or its number
)


def is_concrete(text: str) -> bool:
    """Whether the sentence names a count, an amount, a date or a document.

    >>> is_concrete("今年共主动公开信息1079条"), is_concrete("2022年以来，全面推进“八五”普法")
    (True, False)
    """
    without_quotes = _QUOTED.sub("“”", text) if "《" not in text else text
    return CONCRETE.search(without_quotes) is not None
