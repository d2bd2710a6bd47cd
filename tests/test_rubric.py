import pytest

import lawgov
from lawgov.rubric import rubric_from_dict

CODEBOOK = {"leadership": 6, "decision_making": 8, "enforcement": 8, "disclosure": 6, "dispute_resolution": 6, "legal_education": 7, "other": 6}


def test_the_shipped_rubric_has_the_categories_of_the_codebook_in_their_order():
    rubric = lawgov.load_rubric()
    assert {c.name: len(c.indicators) for c in rubric.categories} == CODEBOOK
    assert list(rubric.category_names) == list(CODEBOOK) and rubric.rest == "other" and len(rubric.scored) == 6


def test_every_item_is_named_and_defined_in_both_languages():
    for category in lawgov.load_rubric().categories:
        for item in (category, *category.indicators):
            assert all(item.names[lang] and item.definitions[lang] for lang in ("en", "zh")), item.name


def test_to_dict_and_back():
    rubric = lawgov.load_rubric()
    assert rubric_from_dict(rubric.to_dict()) == rubric


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda d: d.update(format=9), "has format 9"),
        (lambda d: d.pop("name"), "lacks 'name'"),
        (lambda d: d["categories"].pop(), "exactly one category with `scored = false`"),
        (lambda d: d["categories"][0].update(indicators=[]), "leadership has none"),
        (lambda d: d["categories"][0]["indicators"].append({"name": "mediation"}), "mediation more than once"),
    ],
)
def test_what_a_rubric_must_have(change, message):
    data = lawgov.load_rubric().to_dict()
    change(data)
    with pytest.raises(lawgov.RubricError, match=message):
        rubric_from_dict(data, "mine.toml")


def test_a_file_that_is_no_toml(tmp_path):
    (tmp_path / "mine.toml").write_text("categories = [", encoding="utf-8")
    with pytest.raises(lawgov.RubricError, match="is not TOML"):
        lawgov.load_rubric(tmp_path / "mine.toml")
