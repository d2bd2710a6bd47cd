"""Time against length: twice the text takes at most 2.3 times as long, also where somebody means ill.

    python benchmarks/linear.py

Each input is read (reader, repair, layout, outline, sentences) at two lengths, three times, the shortest time counts.
"""

from __future__ import annotations

import time

from gold import SEEDS

import lawgov

REPORT = "\n".join(path.read_text(encoding="utf-8") for path in sorted((SEEDS / "reports").glob("[!d]*.txt"))) + "\n"
GARBLED = (SEEDS / "reports" / "dayong-2022.txt").read_text(encoding="utf-8") + "\n"
LINE = REPORT.replace("\n", "")
SIZE = 2_000_000  # characters of the longer text
LONGEST = 7_000_000  # of clean reports and of one line: 20 MB in UTF-8


def repeated(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


INPUTS = {
    "clean reports": lambda n: repeated(REPORT, n),
    "a garbled report again and again": lambda n: repeated(GARBLED, n // 8),
    "one line": lambda n: repeated(LINE, n),
    "brackets that nothing closes": lambda n: "法治" + "（" * n,
    "numbers of headings in one line": lambda n: repeated("一、", n) + "法治",
    "ten thousand headings and more": lambda n: repeated("一、依法行政\n（一）规范执法\n", n),
    "quotes that open and close": lambda n: repeated("“法”治“", n),
    "pinyin without characters": lambda n: "鎮(zhèn)進(jìn)執(zhí)法,，" + repeated("(zhèn)", n),
    "orphans": lambda n: "鎮(zhèn)進(jìn)執(zhí)法,，" + repeated("?", n // 10),
    "orphans with notes": lambda n: "鎮(zhèn)進(jìn)執(zhí)法,，" + repeated("法?jīng)Q", n // 10),
    "hard-wrapped lines": lambda n: repeated("".join(c + "\n" if i % 40 == 39 else c for i, c in enumerate(LINE)), n),
    "empty lines": lambda n: "法治政府。\n" + "\n" * n + "依法行政。",
    "a page of tags": lambda n: "<html><body>" + repeated("<p>依法行政，公开透明。</p>", n) + "</body></html>",
    "a page of open tags": lambda n: "<html><body>" + repeated("<p><span>依法行政。", n) + "</body></html>",
    "a page of links": lambda n: "<html><body><p>" + "依法行政，公开透明。" * 60 + "</p>" + repeated("<a href=x>关于报告</a><br>", n) + "</body></html>",
    "a page of table cells": lambda n: "<html><body><table>" + repeated("<tr><td>依法行政<td>公开。", n // 2) + "</table></body></html>",
}


def seconds(text: str) -> float:
    data, best = text.encode("utf-8"), float("inf")
    for _ in range(3):
        start = time.perf_counter()
        try:
            lawgov.read(data)
        except lawgov.InputError:
            pass
        best = min(best, time.perf_counter() - start)
    return best


def print_times() -> None:
    lawgov.read((REPORT + GARBLED).encode("utf-8"))  # so that nothing is loaded while the clock runs
    print("\nTime against length\n| input | characters | seconds | time(2n) / time(n) |\n|---|---|---|---|")
    for name, make in INPUTS.items():
        size = LONGEST if name in ("clean reports", "one line") else SIZE
        half, whole = make(size // 2), make(size)
        once, twice = seconds(half), seconds(whole)
        print(f"| {name} | {len(whole):,} | {twice:.2f} | {twice / once:.2f} |", flush=True)


if __name__ == "__main__":
    print_times()
