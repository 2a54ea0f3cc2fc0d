"""A long list is counted up to a thousand rows: what is beyond is searched for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from treatments.admin.lists import pagination

ALL = "/admin/treatments/referral/?show=all"


@pytest.fixture
def cora(cast, signed_in, settings):
    settings.DEMO = True
    return signed_in(cast.cora)


def test_a_list_counts_no_further_than_it_can_be_leafed_through(clinic, cora, monkeypatch):
    monkeypatch.setattr(pagination, "MAX_ROWS", 60)
    for _ in range(62):
        clinic.new()
    page = cora.get(ALL).content.decode()
    assert "more than 60 referrals" in " ".join(page.split())
    assert "choose filters, to reach the rest" in page
    assert len(cora.get(f"{ALL}&p=2").context["cl"].result_list) == 30
    assert "p=3" not in page
    with CaptureQueriesContext(connection) as asked:
        cora.get(ALL)
    reads = [each["sql"] for each in asked if 'FROM "treatments_referral"' in each["sql"]]
    reads = [
        sql for sql in reads if "UNION ALL" not in sql
    ]  # the bar's numbers, each from an index of its own
    assert any(sql.endswith("LIMIT 61") for sql in reads)
    for sql in reads:
        assert "COUNT(" not in sql and ("LIMIT" in sql or '"treatments_referral"."id" IN (' in sql)


def test_a_search_that_finds_too_many_asks_for_more_words(clinic, cora, monkeypatch):
    monkeypatch.setattr(pagination, "MAX_FOUND", 2)
    for _ in range(3):
        clinic.new(**{"about.last_name": "Manifold"})
    page = " ".join(cora.get(f"{ALL}&q=manifold").content.decode().split())
    assert "more than 2 found" in page and "Type more, or choose filters, to reach the rest." in page
    monkeypatch.setattr(pagination, "MAX_FOUND", 3)
    assert "more than" not in cora.get(f"{ALL}&q=manifold").content.decode()


def test_a_short_list_says_how_many_there_are(clinic, cora):
    clinic.new(), clinic.new()
    page = " ".join(cora.get(ALL).content.decode().split())
    assert "2 referrals" in page and "more than" not in page


def test_the_page_after_the_last_one_is_the_first(clinic, cora):
    clinic.new()
    assert cora.get(f"{ALL}&p=9", follow=True).status_code == 200


@pytest.mark.parametrize("query", ["show=mine", "show=all&state__exact=in_review", "show=all"])
def test_a_page_of_very_many_holds_the_rows_of_its_filters_in_their_order(query, clinic, cora, monkeypatch):
    for _ in range(3):
        clinic.in_review(), clinic.new(), clinic.routed("tms")
    few = [row.pk for row in cora.get(f"/admin/treatments/referral/?{query}").context["cl"].result_list]
    monkeypatch.setattr(pagination, "FEW_KEYS", 1)
    many = [row.pk for row in cora.get(f"/admin/treatments/referral/?{query}").context["cl"].result_list]
    assert many == few and len(few) in (3, 6, 9)
