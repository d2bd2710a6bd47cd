"""How fast reports are scored, stage by stage and beside what others would build, in one process on one core.

    pip install -e ".[bench]"; python benchmarks/speed.py

The text are the written reports, one after the other, warm: characters of clean text a second. Peers are trained on a
part of the labels, which does not change their speed; each goes the whole way from the text to a label for every
sentence, and gives no indicators, no coverage and no evidence. Everything is timed three times, the fastest counts.
"""

from __future__ import annotations

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import time
import warnings
from collections.abc import Callable, Sequence

from gold import SEEDS, written
from peers import FastText, SpacyTextcat
from reading import pysbd_segmenter, sentencex_segmenter, spacy_sentencizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC
from targets import RUBRIC

import lawgov
from lawgov.assessment import assess
from lawgov.labels import Labels, read_labels
from lawgov.layout import lay_out
from lawgov.metadata import metadata
from lawgov.outline import outline
from lawgov.repair import repair
from lawgov.scoring import TOGETHER

SENTENCES_TO_TRAIN = 1500


def seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def stages(texts: Sequence[str], model: lawgov.Model) -> dict[str, float]:
    """Seconds of each stage over all texts."""
    table = {ord("一"): "二"}
    layouts = [lay_out(text) for text in texts]
    documents = [lawgov.segment(text) for text in texts]
    matrices = [model.features.transform(document.sentences) for document in documents]
    weights, intercepts = model._weights
    found = {
        "touching it once (str.translate)": seconds(lambda: [text.translate(table) for text in texts]),
        "repair (looking whether there is any)": seconds(lambda: [repair(text) for text in texts]),
        "layout": seconds(lambda: [lay_out(text) for text in texts]),
        "metadata": seconds(lambda: [metadata(layout) for layout in layouts]),
        "outline": seconds(lambda: [outline(layout.text, layout.lines) for layout in layouts]),
        "reading, all of it with sentences and sections": seconds(lambda: [lawgov.segment(text) for text in texts]),
        "features": seconds(lambda: [model.features.transform(document.sentences) for document in documents]),
        "classifiers": seconds(lambda: [matrix @ weights + intercepts for matrix in matrices]),
        "prediction, with features, classifiers and calibration": seconds(lambda: [model.predict(document.sentences) for document in documents]),
        "scoring one document at a time, with prediction and coverage": seconds(lambda: [assess([document], model) for document in documents]),
        "scoring sixteen at a time": seconds(lambda: [assess(documents[i : i + TOGETHER], model) for i in range(0, len(documents), TOGETHER)]),
    }
    return found | {"**all, from text to coverage**": seconds(lambda: [lawgov.score_text(text, model=model) for text in texts])}


def sentences_of(text: str, split: Callable[[str], list[str]]) -> list[str]:
    return [sentence for line in text.splitlines() for sentence in split(line) if sentence.strip()]


def jieba_words(text: str) -> list[str]:
    import jieba

    return jieba.lcut(text)


def peers(labels: Labels) -> dict[str, Callable[[str], object]]:
    """What others would build: a text to a label for each sentence."""
    texts, categories = [sentence.text for sentence in labels.sentences], list(labels.categories)
    words = make_pipeline(TfidfVectorizer(analyzer=jieba_words, sublinear_tf=True), LinearSVC()).fit(texts, categories)
    characters = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True), LogisticRegression(C=10, max_iter=300)
    ).fit(texts, categories)
    by_sentencex, by_pysbd, by_spacy = sentencex_segmenter(), pysbd_segmenter(), spacy_sentencizer()
    textcat, fast = SpacyTextcat(), FastText()
    textcat.EPOCHS = 1
    textcat.fit(labels)
    fast.fit(labels)

    def of_fasttext(text: str) -> object:
        lines = [" ".join(s) for s in sentences_of(text, by_sentencex)]
        return fast.category.f.multilinePredict([line + "\n" for line in lines], 1, 0.0, "strict")

    return {
        "pySBD, jieba, TF-IDF, LinearSVC": lambda text: words.predict(sentences_of(text, by_pysbd)),
        "sentencex, character TF-IDF, logistic regression": lambda text: characters.predict(sentences_of(text, by_sentencex)),
        "spaCy: sentencizer, textcat": lambda text: list(textcat.nlp.pipe(sentences_of(text, by_spacy))),
        "sentencex, fastText": of_fasttext,
    }


def main() -> None:
    warnings.simplefilter("ignore")
    texts = [written(path) for path in sorted((SEEDS / "authored").glob("*.txt"))]
    size = sum(map(len, texts))
    model = lawgov.load()
    lawgov.score_text(texts[0], model=model)
    found = stages(texts, model)
    touching = next(iter(found.values()))
    print(f"{len(texts)} reports, {size:,} characters\n| stage | million characters a second | times touching the text once |\n|---|---|---|")
    for name, needed in found.items():
        print(f"| {name} | {size / needed / 1e6:.2f} | {needed / touching:,.0f} |", flush=True)
    labels = read_labels(SEEDS / "labels" / "reports.csv", RUBRIC) + read_labels(SEEDS / "labels" / "authored.csv", RUBRIC).take(range(SENTENCES_TO_TRAIN))
    print("\n| from text to labels | million characters a second | lawgov, times as fast |\n|---|---|---|")
    for name, label in peers(labels).items():
        needed = seconds(lambda label=label: [label(text) for text in texts])
        print(f"| {name} | {size / needed / 1e6:.2f} | {needed / list(found.values())[-1]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
