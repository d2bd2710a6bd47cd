"""lawgov reads Chinese local governments' annual rule-of-law reports and scores what they cover.

    import lawgov
    report = lawgov.score("seeds/reports/nanxiong-2022.txt")
    report.coverage

Heavy imports wait until they are needed: `import lawgov` by itself is quick.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from lawgov.coverage import Report
    from lawgov.document import Document, Heading, Sentence, Span
    from lawgov.errors import InputError, LabelError, LawgovError, ModelError, RubricError
    from lawgov.labels import read_labels
    from lawgov.model import Model, load
    from lawgov.reading import read, segment
    from lawgov.rubric import Rubric, load_rubric
    from lawgov.scoring import score, score_many, score_text, train

_WHERE = {
    "Report": "coverage",
    "Document": "document",
    "Heading": "document",
    "Sentence": "document",
    "Span": "document",
    "InputError": "errors",
    "LabelError": "errors",
    "LawgovError": "errors",
    "ModelError": "errors",
    "RubricError": "errors",
    "read_labels": "labels",
    "Model": "model",
    "load": "model",
    "read": "reading",
    "segment": "reading",
    "Rubric": "rubric",
    "load_rubric": "rubric",
    "score": "scoring",
    "score_many": "scoring",
    "score_text": "scoring",
    "train": "scoring",
}

__all__ = sorted(_WHERE)

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str):
    if name in _WHERE:
        value = getattr(importlib.import_module(f"lawgov.{_WHERE[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'lawgov' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_WHERE])
