"""How long the first steps take, each in a fresh process: the median of five, and as a multiple of starting Python.

    python benchmarks/startup.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

REPORTS = sorted(str(path) for path in (Path(__file__).resolve().parent.parent / "seeds" / "reports").glob("*.txt"))
RUNS = 5
STEPS = {
    "python -c pass": ["-c", "pass"],
    "import lawgov": ["-c", "import lawgov"],
    "lawgov --help": ["-m", "lawgov.cli", "--help"],
    "lawgov score, one report": ["-m", "lawgov.cli", "score", REPORTS[1]],
    "lawgov score, a garbled report": ["-m", "lawgov.cli", "score", REPORTS[0]],
    "lawgov score, the five reports": ["-m", "lawgov.cli", "score", *REPORTS],
}

LOADING = "import time, lawgov.model as m, sklearn.feature_extraction.text; t = time.perf_counter(); m.load(); print(time.perf_counter() - t)"


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    print(f"| step | seconds, median of {RUNS} | times starting Python |\n|---|---|---|")
    bare = None
    for name, arguments in STEPS.items():
        seconds(arguments)  # once, so that files are in memory and compiled
        median = statistics.median(seconds(arguments) for _ in range(RUNS))
        bare = bare or median
        print(f"| {name} | {median:.2f} | {median / bare:.0f} |")
    loading = [float(subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True).stdout) for _ in range(RUNS)]
    median = statistics.median(loading)
    print(f"| loading the model, once scikit-learn is imported | {median:.2f} | {median / bare:.0f} |")


if __name__ == "__main__":
    main()
