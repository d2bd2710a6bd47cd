"""Training, predicting, saving and loading."""

import json
import warnings

import numpy as np
import pytest
from conftest import ROOT

import lawgov
from lawgov.document import Sentence
from lawgov.features import SentenceFeatures
from lawgov.labels import Labels, read_labels
from lawgov.model import load
from lawgov.training import train


def probabilities(model, labels):
    predictions = model.predict(labels.sentences)
    return np.hstack([predictions.categories, predictions.indicators])


def test_training_twice_gives_the_same_model(small_model, few_labels):
    assert np.array_equal(probabilities(train(few_labels, name="small"), few_labels), probabilities(small_model, few_labels))


def test_a_loaded_model_predicts_as_before(small_model, few_labels, tmp_path):
    small_model.save(tmp_path / "mine")
    loaded = lawgov.load(tmp_path / "mine")
    assert np.allclose(probabilities(loaded, few_labels), probabilities(small_model, few_labels), atol=1e-6)
    assert loaded.rubric == small_model.rubric and loaded.calibration == small_model.calibration
    assert loaded.category_classifier.predict(loaded.features.transform(few_labels.sentences[:5])).tolist() == [
        s.category for s in loaded.label(few_labels.sentences[:5])
    ]


def test_saving_again_replaces_the_model_and_leaves_nothing_else(small_model, tmp_path):
    small_model.save(tmp_path / "mine")
    small_model.save(tmp_path / "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["README.md", "arrays.npz", "model.json"]


def test_a_folder_of_something_else_is_not_replaced(small_model, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(lawgov.ModelError, match="is not empty and no model folder"):
        small_model.save(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_the_card_says_what_the_model_was_trained_on(small_model, few_labels, tmp_path):
    small_model.save(tmp_path / "mine")
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "155 labelled sentences of 2 reports" in card and few_labels.digest in card
    figures = small_model.info["cross_validated"]
    low, high = figures["intervals"]["macro_f1"]
    assert f"| macro-F1 of the category | {figures['macro_f1']:.3f} ({low:.3f}–{high:.3f}) |" in card and low <= figures["macro_f1"] <= high


def damage_format(folder):
    content = json.loads((folder / "model.json").read_text(encoding="utf-8")) | {"format": 99}
    (folder / "model.json").write_text(json.dumps(content), encoding="utf-8")


def damage_weights(folder):
    with np.load(folder / "arrays.npz") as file:
        arrays = dict(file)
    np.savez(folder / "arrays.npz", **arrays | {"weights": arrays["weights"][:-1]})


def damage_pickle(folder):
    with np.load(folder / "arrays.npz") as file:
        arrays = dict(file)
    np.savez(folder / "arrays.npz", **arrays | {"weights": np.array([{"a": 1}], dtype=object)})


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda f: (f / "model.json").unlink(), "has no model.json"),
        (lambda f: (f / "arrays.npz").unlink(), "is damaged"),
        (lambda f: (f / "arrays.npz").write_bytes((f / "arrays.npz").read_bytes()[:1000]), "is damaged"),
        (lambda f: (f / "model.json").write_text("{", encoding="utf-8"), "is damaged"),
        (damage_format, "has format 99"),
        (damage_weights, "weights has shape"),
        (damage_pickle, "is damaged.*allow_pickle"),
    ],
)
def test_a_damaged_model_is_refused(small_model, tmp_path, damage, message):
    small_model.save(tmp_path / "mine")
    damage(tmp_path / "mine")
    with pytest.raises(lawgov.ModelError, match=message):
        load(tmp_path / "mine")


def test_category_probabilities_add_up(small_model, labels):
    predictions = small_model.predict(labels.sentences)
    assert predictions.categories.shape == (502, 7) and predictions.indicators.shape == (502, 47)
    assert np.allclose(predictions.categories.sum(axis=1), 1)
    assert 0 <= predictions.indicators.min() and predictions.indicators.max() <= 1


def test_no_sentence_and_a_strange_sentence(small_model):
    assert small_model.predict([]).categories.shape == (0, 7)
    (labelled,) = small_model.label([Sentence("ⅷ", 0, 1)])
    assert labelled.category in small_model.rubric.category_names


def test_the_heading_is_read_as_context(small_model):
    text = "成效明显，群众满意。"
    plain, headed = small_model.predict([Sentence(text, 0, 10), Sentence(text, 0, 10, headings=("（五）全面推进政务公开",))]).categories
    disclosure = small_model.rubric.category_names.index("disclosure")
    assert headed[disclosure] > plain[disclosure]


def test_labels_without_reports_are_warned_about(few_labels):
    nameless = Labels(few_labels.sentences, (None,) * len(few_labels), few_labels.indexes)
    with pytest.warns(UserWarning, match="add a column `report`"):
        assert train(nameless).info["left_out"] == "sentences"


def test_reports_that_are_named_are_not_warned_about(few_labels):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert train(few_labels).info["left_out"] == "whole reports"


def test_labels_that_cannot_make_a_model(few_labels):
    one = few_labels.take(i for i, c in enumerate(few_labels.categories) if c == "enforcement")
    with pytest.raises(lawgov.LabelError, match="at least two"):
        train(one)
    rare = few_labels.take([i for i, c in enumerate(few_labels.categories) if c == "enforcement"] + [few_labels.categories.index("other")])
    with pytest.raises(lawgov.LabelError, match=r"too few sentences of other \(1\)"):
        train(rare)


def test_two_categories_are_enough(few_labels):
    two = few_labels.take(i for i, c in enumerate(few_labels.categories) if c in ("enforcement", "other"))
    model = train(two)
    assert set(s.category for s in model.label(two.sentences)) == {"enforcement", "other"}


def test_features_of_the_heading_are_columns_of_their_own():
    features = SentenceFeatures(min_df=1).fit([Sentence("公开信息", 0, 4, headings=("一、政务公开",))])
    names = set(features.get_feature_names_out())
    assert {"text=公开", "headings=公开", "headings=政务"} <= names and "text=政务" not in names and "headings=一" not in names


def test_the_shipped_model_was_trained_on_the_labels_in_the_seeds(labels):
    written = read_labels([ROOT / "seeds" / "labels" / f"{name}.csv" for name in ("authored", "contrast")])
    shipped = load()
    assert shipped.info["labels_sha256"] == (labels + written).digest, "the labels have changed: run `python models/build.py`"
    assert sum(path.stat().st_size for path in (ROOT / "models" / "report-zh").iterdir()) < 10 * 2**20
