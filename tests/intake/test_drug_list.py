"""The list of names that the medicine pages offer is that of the drug table, and each name is understood."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from intake.drugs import TABLE, resolve, suggest
from intake.drugs.suggest import FILE, label_of, names
from tests.intake import pat


def test_the_list_is_as_new_as_the_drug_table() -> None:
    assert FILE.read_text(encoding="utf-8") == names(), "run manage.py drug_names"


def test_every_drug_of_the_table_has_one_line_but_for_brands_with_a_reading_of_their_own() -> None:
    generics = [line[0].split(" (")[0] for line in json.loads(names())["lines"]]
    assert set(generics) == {drug.generic for drug in TABLE}
    again = {line[0] for line in json.loads(names())["lines"] if generics.count(line[0].split(" (")[0]) > 1}
    assert again == {
        "fluoxetine (Prozac)", "fluoxetine (Prozac Weekly)", "paroxetine (Paxil)", "paroxetine (Paxil CR)",
        "bupropion (Wellbutrin)", "bupropion (Aplenzin)", "bupropion (Zyban)",
    }  # fmt: skip


def test_every_line_that_is_offered_is_understood_as_its_own_drug() -> None:
    wrong = {}
    for label, *_rest in json.loads(names())["lines"]:
        drug, found = TABLE[label.split(" (")[0]], resolve(label).drug
        if found is None or found.generic != (drug.counts_as or drug.generic):
            wrong[label] = found and found.generic
    assert wrong == {}


def labels(typed: str) -> list[str]:
    return [label for label, _generic in suggest(typed)]


def test_a_line_is_offered_whichever_name_was_typed() -> None:
    for typed in ("ser", "zol", "Zoloft", "sertralina", "altru", "lus"):
        assert "sertraline (Zoloft)" in labels(typed), typed
    assert labels("Zoloft") == labels("sertralina") == ["sertraline (Zoloft)"]


def test_drugs_for_depression_come_first_by_use_then_augmenting_then_two_others_of_five_at_most() -> None:
    assert labels("pa")[:2] == ["paroxetine (Paxil)", "paroxetine (Paxil CR)"]
    assert labels("lit")[0] == "lithium (Lithobid)"
    assert labels("es")[0] == "escitalopram (Lexapro)"
    for typed in ("pr", "lo", "me", "vi", "am", "se", "tr"):
        kinds = [TABLE[generic].kind for _label, generic in suggest(typed)]
        assert kinds == sorted(kinds, key=["antidepressant", "augmentation", "other"].index)
        assert len(kinds) <= 5
        assert kinds.count("other") <= 2


def test_drugs_for_depression_stand_in_the_order_of_their_use() -> None:
    ranked = [drug.generic for drug in sorted(TABLE, key=lambda drug: drug.use_rank or 999) if drug.use_rank]
    assert ranked[:6] == [
        "sertraline",
        "fluoxetine",
        "escitalopram",
        "citalopram",
        "paroxetine",
        "fluvoxamine",
    ]
    assert len(ranked) == 30
    for kind in ("antidepressant", "augmentation"):
        listed = [line[0].split(" (")[0] for line in json.loads(names())["lines"]]
        of_kind = [generic for generic in ranked if TABLE[generic].kind == kind]
        assert [name for name in dict.fromkeys(listed) if name in of_kind] == of_kind


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("simbalta", "Cymbalta (duloxetine)"), ("simbalto", "Cymbalta (duloxetine)"), ("prozzacc", "Prozac (fluoxetine)"),
        ("sertraliine", "sertraline"), ("wellbutriin", "Wellbutrin (bupropion)"), ("qwertyzol", ""),
    ],
)  # fmt: skip
def test_a_near_match_is_asked_about_by_the_name_that_was_meant(typed: str, label: str) -> None:
    assert label_of(resolve(typed)) == label


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["medicines-tried", "medicines-now"])
def test_without_javascript_the_name_is_a_plain_box_that_keeps_what_was_typed(
    client: Client, slug: str
) -> None:
    draft = pat.begin(client)
    pat.add(client, slug, drug="the blue Zolpill 50mg")
    html = client.get(reverse("intake:entry", args=[slug, pat.KEY])).content.decode()
    assert pat.controls(html)["drug"] == ["the blue Zolpill 50mg"]
    assert "data-drug-names" in html
    draft.refresh_from_db()
    assert "the blue Zolpill 50mg" in json.dumps(draft.answers)


def test_names_of_other_things_that_come_near_are_sent_along_so_that_they_are_not_asked_about() -> None:
    others = json.loads(names())["others"]
    assert {"dapoxetine", "trimeprazine", "arketamine", "ability"} <= set(others)
    assert len(others) < 400
    assert not [name for name in others if resolve(name).drug]
