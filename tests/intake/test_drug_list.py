"""The list of names that the medicine pages offer is that of the drug table, and each name is understood."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from intake.drugs import TABLE, resolve
from intake.drugs.suggest import FILE, names
from tests.intake import pat


def test_the_list_is_as_new_as_the_drug_table() -> None:
    assert FILE.read_text(encoding="utf-8") == names(), "run manage.py drug_names"


def test_every_drug_of_the_table_is_in_the_list_once() -> None:
    listed = [generic for group in json.loads(names()) for generic, *_brands in group]
    assert sorted(listed) == sorted(drug.generic for drug in TABLE)


def test_every_name_that_is_offered_is_understood_as_its_own_drug() -> None:
    wrong = {}
    for group in json.loads(names()):
        for generic, *brands in group:
            drug = TABLE[generic]
            for label in (generic, *(f"{brand} ({generic})" for brand in brands)):
                found = resolve(label).drug
                if found is None or found.generic != (drug.counts_as or generic):
                    wrong[label] = found and found.generic
    assert wrong == {}


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
