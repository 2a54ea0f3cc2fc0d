"""The frame of the desk: its bar, views and chips, sorting, the way through a list, saved views and keys."""

import re
from html import unescape

import pytest

from tests.conftest import URGENT
from treatments.admin.lists import next_referral
from treatments.admin.lists.views import kept_query
from treatments.models import KeySetting, Referral, SavedView
from treatments.triage.closing import close
from treatments.triage.desk_settings import MOST_VIEWS, save_view
from treatments.workflow import Refused

DESK = "/admin/treatments/referral/"
VIEWS, KEYS = f"{DESK}views/", f"{DESK}keys/"


@pytest.fixture
def cora(cast, signed_in):
    return signed_in(cast.cora)


def shown(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def bar(page: str) -> list[str]:
    """The words of the bar's links with their numbers."""
    nav = page[page.index('class="bar-links"') : page.index("</nav>", page.index('class="bar-links"'))]
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in re.findall(r"<a .*?</a>", nav)]


def views(page: str) -> dict[str, str]:
    """Each view's words and number, and where it leads; the one that is shown has a star."""
    nav = page[page.index('class="views"') : page.index("</nav>", page.index('class="views"'))]
    found = {}
    for address, rest, words in re.findall(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', nav):
        star = "*" if "aria-current" in rest else ""
        found[" ".join(re.sub(r"<[^>]+>", " ", words).split()) + star] = address
    return found


# --- The bar -------------------------------------------------------------------------------------------


def test_the_bar_names_what_each_role_works_through_with_its_numbers(clinic, signed_in):
    clinic.new(), clinic.new(**URGENT), clinic.routed("tms")
    assert bar(shown(signed_in(clinic.cast.cora), DESK)) == [
        "Home",
        "Worklist 2",
        "Alerts 1",
        "Enter an intake",
    ]
    assert bar(shown(signed_in(clinic.cast.tess), "/admin/")) == ["Home", "TMS consults 1"]
    assert bar(shown(signed_in(clinic.cast.sid), "/admin/")) == ["Home"]


def test_one_search_box_stands_in_the_bar_for_who_may_search(clinic, signed_in):
    page = shown(signed_in(clinic.cast.cora), f"{DESK}?q=Test")
    assert page.count('role="search"') == 1 and 'value="Test"' in page
    assert 'id="find"' not in shown(signed_in(clinic.cast.tess), "/admin/")


# --- Views, filters and order -----------------------------------------------------------------------------


def test_views_are_links_with_numbers_and_the_one_that_is_shown_is_marked(clinic, cora):
    clinic.in_review(), clinic.new(**URGENT), clinic.new()
    found = views(shown(cora, DESK))
    assert list(found)[:5] == [
        "Needs a coordinator 3*",
        "Needs me 3",
        "Safety 1",
        "Came back 0",
        "New 1",
    ]
    page = shown(cora, found["Safety 1"] and f"{DESK}{found['Safety 1']}")
    assert "Safety 1*" in views(page)
    assert "Due today*" in views(shown(cora, f"{DESK}?due=today"))


def test_chosen_filters_stand_as_chips_that_take_themselves_off(clinic, cora):
    clinic.new()
    page = shown(cora, f"{DESK}?received=30&hold__exact=none")
    chips = re.findall(r'<a class="chip" href="([^"]*)"> ([^<]*?) <', page)
    assert chips == [("?received=30", "Hold: No hold"), ("?hold__exact=none", "Received: Last 30 days")]
    assert 'class="chip"' not in shown(cora, DESK)


def listed(client, query: str) -> list[Referral]:
    return list(client.get(f"{DESK}{query}").context["cl"].result_list)


def column(client, title: str) -> str:
    """The address that sorts by this column."""
    page = shown(client, f"{DESK}?show=all")
    return re.search(rf'<a href="(\?[^"]*)">{title}</a>', page)[1]


def test_a_view_without_groups_is_sorted_by_a_column_and_the_groups_are_not(clinic, cora):
    rows = [clinic.new(), clinic.new(), clinic.new()]
    for row, score in zip(rows, (9, 27, 3), strict=True):
        Referral.objects.filter(pk=row.pk).update(phq9=score)
    by_score = column(cora, "PHQ-9")
    assert [row.phq9 for row in listed(cora, by_score)] == [3, 9, 27]
    assert "▲" in shown(cora, f"{DESK}{by_score}") and 'aria-sort="ascending"' in shown(
        cora, f"{DESK}{by_score}"
    )
    order = by_score.partition("o=")[2].partition("&")[0]
    assert listed(cora, f"?o={order}") == rows
    assert "PHQ-9</a>" not in shown(cora, DESK)


def test_more_than_a_list_shows_is_not_sorted_and_says_so(clinic, cora, monkeypatch):
    monkeypatch.setattr(next_referral, "MAX_ROWS", 2)
    rows = [clinic.new(), clinic.new(), clinic.new()]
    Referral.objects.filter(pk=rows[2].pk).update(phq9=0)
    by_score = column(cora, "PHQ-9")
    assert listed(cora, by_score) == rows
    assert "Too many to sort" in shown(cora, f"{DESK}{by_score}")


# --- The way through a list -------------------------------------------------------------------------------


def opened(client, row: Referral, query: str = "") -> str:
    return re.search(rf'href="({DESK}{row.pk}/[^"]*)"', shown(client, f"{DESK}{query}"))[1]


def test_a_page_says_where_it_stands_in_its_list_and_leads_to_its_neighbors(clinic, cora):
    rows = [clinic.new(), clinic.new(), clinic.new(**URGENT)]
    page = shown(cora, opened(cora, rows[0]))
    assert "2 of 3" in page
    before, after = (re.search(rf'href="([^"]*)" rel="{rel}"', page)[1] for rel in ("prev", "next"))
    assert f"{DESK}{rows[2].pk}/" in before and f"{DESK}{rows[1].pk}/" in after
    page = shown(cora, after)
    assert "3 of 3" in page and 'rel="next"' not in page and 'rel="prev"' in page


def test_the_way_keeps_to_the_filters_and_the_order_of_the_list(clinic, cora):
    rows = [clinic.new(), clinic.new(), clinic.in_review()]
    for row, score in zip(rows, (9, 27, 3), strict=True):
        Referral.objects.filter(pk=row.pk).update(phq9=score)
    page = shown(cora, opened(cora, rows[0], f"{column(cora, 'PHQ-9')}&state__exact=new"))
    assert "1 of 2" in page and f"{DESK}{rows[1].pk}/" in re.search(r'href="([^"]*)" rel="next"', page)[1]


def test_a_page_that_has_left_its_list_says_so_and_still_leads_on(clinic, cora):
    first, second = clinic.in_review(), clinic.in_review()
    address = opened(cora, first)
    close(referral=first, actor=clinic.cast.cora, reason="patient_declined")
    page = shown(cora, address)
    assert "no longer in this list" in page
    link = re.search(r'href="(next/[^"]*)" rel="next"', page)[1]
    assert cora.get(f"{DESK}{first.pk}/{link}").url.startswith(f"{DESK}{second.pk}/")


# --- Saved views --------------------------------------------------------------------------------------------


def test_a_view_is_saved_shown_renamed_and_deleted_by_its_owner_alone(clinic, signed_in):
    cora, carl = signed_in(clinic.cast.cora), signed_in(clinic.cast.carl)
    assert cora.post(f"{VIEWS}?received=30&state__exact=new", {"save": "1", "name": " This  month "}).url == (
        f"{DESK}?received=30&state__exact=new"
    )
    assert views(shown(cora, DESK))["This month"] == "?received=30&state__exact=new"
    assert "This month*" in views(shown(cora, f"{DESK}?state__exact=new&received=30"))
    assert "This month" not in views(shown(carl, DESK))
    view = SavedView.objects.get()
    assert carl.post(VIEWS, {"rename": view.pk, "name": "Mine"}).status_code == 404
    assert carl.post(VIEWS, {"delete": view.pk}).status_code == 404
    cora.post(VIEWS, {"rename": view.pk, "name": "November"})
    assert "November" in views(shown(cora, DESK))
    cora.post(VIEWS, {"delete": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "²", "9" * 30])
def test_a_view_that_is_none_is_not_found(key, cora):
    assert cora.post(VIEWS, {"delete": key}).status_code == 404


def test_a_view_never_keeps_what_was_searched_for_nor_a_page(clinic, cora):
    cora.post(f"{VIEWS}?q=Somebody&p=2&place=1-a&show=all&o=-3&all=", {"save": "1", "name": "All"})
    assert SavedView.objects.get().query == "o=-3&show=all"


def test_what_a_view_keeps_is_in_one_order():
    from django.http import QueryDict

    assert kept_query(QueryDict("b=2&a=1&q=x"), {"a", "b"}.__contains__) == "a=1&b=2"


def test_a_view_has_a_name_of_its_own_and_there_are_not_too_many(cast):
    for number in range(MOST_VIEWS):
        save_view(user=cast.cora, name=f"View {number}", query="show=all")
    save_view(user=cast.cora, name="View 0", query="show=mine")  # replaced, not added
    assert SavedView.objects.get(name="View 0").query == "show=mine"
    for name in ("One more", "", " ", "x" * 41):
        with pytest.raises(Refused):
            save_view(user=cast.cora, name=name, query="")


def test_a_name_that_is_taken_is_refused_in_a_sentence(clinic, cora):
    for name in ("One", "Two"):
        save_view(user=clinic.cast.cora, name=name, query="show=all")
    refused = shown_after(cora, {"rename": SavedView.objects.get(name="One").pk, "name": "Two"})
    assert "You have a view of this name." in refused


def shown_after(client, posted: dict) -> str:
    return " ".join(unescape(client.post(VIEWS, posted).content.decode()).split())


# --- Keys -----------------------------------------------------------------------------------------------------


def test_keys_are_off_until_somebody_turns_them_on_and_then_on_every_page_of_theirs(clinic, signed_in):
    cora, carl = signed_in(clinic.cast.cora), signed_in(clinic.cast.carl)
    assert "keys.js" not in shown(cora, DESK)
    cora.post(KEYS, {"keys": "on"}), cora.post(KEYS, {"keys": "on"})
    assert "keys.js" in shown(cora, DESK) and "keys.js" in shown(cora, "/admin/")
    assert "keys.js" not in shown(carl, DESK)
    cora.post(KEYS, {"keys": "off"})
    assert "keys.js" not in shown(cora, DESK) and not KeySetting.objects.exists()


def test_the_page_of_keys_says_each_of_them_without_a_script(cora):
    page = shown(cora, KEYS)
    for key in ("j", "k", "Enter", "c", "x", "n", "p", "r", "1", "2", "3", "l", "a", "b", "/", "?"):
        assert f"<kbd>{key}</kbd>" in page
    assert "No key routes, closes or releases" in page


def test_no_key_of_the_script_leads_to_an_action_that_decides():
    from pathlib import Path

    script = Path("treatments/static/treatments/keys.js").read_text()
    assert set(re.findall(r'action\("(\w+)"\)', script)) == {
        "claim", "route", "accept", "ask_patient", "log_contact", "book",
    }  # fmt: skip
    assert "submit" not in script and "fetch" not in script
