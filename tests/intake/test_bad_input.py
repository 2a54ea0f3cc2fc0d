"""Whatever is sent to the patient's pages gets a clear page, never a server error, and loses nothing."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.fields.characters import storable
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import words

pytestmark = pytest.mark.django_db

FORMS = [slug for slug in (*pat.PAGES, *pat.MORE_PAGES) if slug not in pat.ENTRIES]
TEXT_PAGES = {
    "reason": "reason-goals",
    "conditions": "health-other_conditions",
    "visits": "practical-insurer",
}
ENCODED = "application/x-www-form-urlencoded"


def is_clear(response, *codes: int) -> bool:
    html = response.content.decode()
    return response.status_code in codes and html.count("<h1") == 1 and "988" in html


def test_a_form_of_5000_fields_is_refused_with_a_page_and_loses_nothing(client):
    draft = pat.begin(client)
    pat.save(client, "name")
    told = {**pat.PAGES["reason"], **{f"field-{n}": "x" for n in range(5000)}}
    response = client.post(pat.address("reason"), told)
    assert is_clear(response, 400)
    assert "The answers you have already saved are safe" in words(response.content.decode())
    draft.refresh_from_db()
    assert draft.answers["about"]["first_name"] == "Pat"


def test_a_body_of_3_megabytes_is_refused_with_a_page(client):
    pat.begin(client)
    body = urlencode({"reason-goals": "x" * 3_000_000})
    assert is_clear(client.post(pat.address("reason"), body, content_type=ENCODED), 400, 413)


@pytest.mark.parametrize("slug", TEXT_PAGES)
def test_a_text_of_1_megabyte_is_refused_and_kept(client, slug):
    draft = pat.begin(client)
    typed = "long story " * 95_000
    response = pat.save(client, slug, **{TEXT_PAGES[slug]: typed})
    assert is_clear(response, 200)
    assert pat.shown(response)[TEXT_PAGES[slug]] == [typed]
    draft.refresh_from_db()
    assert typed not in json.dumps(draft.answers)


@pytest.mark.parametrize("slug", FORMS)
def test_a_null_character_in_any_field_is_refused_and_that_answer_is_not_saved(client, slug):
    draft = pat.begin(client)
    pat.reach(client, slug)
    for name in pat.answered(slug):
        response = pat.save(client, slug, **{name: "a\x00b"})
        if name == "consent-agreed":
            assert response.status_code == 302  # any value ticks a box
            continue
        assert is_clear(response, 200), name
        told = Submission.objects.get(pk=draft.pk)
        assert "\\u0000" not in json.dumps(told.answers)
        assert slug not in told.saved_pages()


@pytest.mark.parametrize("address", ["/%00", "/intake/%00/", "/intake/mood/?x=%00", "/intake/mood%00/"])
def test_a_null_character_in_the_address_is_refused_with_a_page(client, address):
    pat.begin(client)
    for response in (client.get(address), client.post(address, {"a": "b"})):
        assert is_clear(response, 400, 404)


@pytest.mark.parametrize("half", [b"%ED%A0%80", b"%ED%BF%BF", b"%FF%FE", b"\xed\xa0\x80", b"%u0041"])
def test_half_a_character_is_no_server_error(client, half):
    draft = pat.begin(client)
    body = b"reason-goals=before" + half + b"after&reason-prefers_therapy_only=no"
    assert client.post(pat.address("reason"), body, content_type=ENCODED).status_code in (200, 302)
    draft.refresh_from_db()
    assert storable(draft.answers.get("reason", {}).get("goals", ""))


@pytest.mark.parametrize(
    "typed", ["🙂" * 50, "‮back‬", "Ünïcödé \u200b", "a\r\nb", "<script>alert(1)</script>", "{{ 7 }}"]
)
def test_odd_text_is_kept_as_typed_and_shown_as_text(client, typed):
    draft = pat.begin(client)
    assert pat.save(client, "reason", **{"reason-goals": typed}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["reason"]["goals"] == typed
    html = client.get(pat.address("reason")).content.decode()
    assert "<script>" not in html
    assert "7" in typed or "{{" not in html


@pytest.mark.parametrize("body", [b"", b"%", b"=&=&", b"&&&;;;", b"\xff\xfe", b"[]", b"{"])
@pytest.mark.parametrize("kind", [ENCODED, "application/json", "text/plain", "multipart/form-data", ""])
def test_a_body_of_another_kind_gets_a_page(client, body, kind):
    draft = pat.begin(client)
    for address in (pat.address("mood"), reverse("intake:entry", args=["allergies", pat.KEY])):
        assert is_clear(client.post(address, body, content_type=kind), 200, 400)
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


def test_a_broken_upload_gets_a_page(client):
    pat.begin(client)
    for body in (b"--x\r\nContent-Disposition: form-data; name=", b"--x--", b"--x\r\n\r\n--x--\r\n"):
        response = client.post(pat.address("mood"), body, content_type="multipart/form-data; boundary=x")
        assert is_clear(response, 200, 400)


def test_unknown_fields_are_not_stored(client):
    draft = pat.begin(client)
    pat.save(
        client, "episode", **{"health-pregnant": "yes", "history-voices_command": "yes", "is_staff": "1"}
    )
    draft.refresh_from_db()
    assert set(draft.answers) == {"about", "history"} and "voices_command" not in draft.answers["history"]
    assert not draft.alarms.exists()


def test_what_the_product_stamps_can_not_be_typed(client):
    draft = pat.begin(client)
    pat.save(client, "consent", **{"consent-privacy_notice": "none"})
    draft.refresh_from_db()
    assert draft.answers["consent"]["privacy_notice"] != "none"
    pat.fill(client)
    client.post(reverse("intake:send"), {"consent-signed_on": "1999-01-01"})
    draft.refresh_from_db()
    assert draft.answers["consent"]["signed_on"] == draft.submitted_on.isoformat()


@pytest.mark.parametrize("slug", ["help", "nothing", "mood-", "MOOD", "a" * 300, "0123456789abcdef", "-"])
def test_an_unknown_page_is_not_found(client, slug):
    pat.begin(client)
    for address in (f"/intake/{slug}/", f"/intake/{slug}/help/", f"/intake/{slug}/{pat.KEY}/"):
        for response in (client.get(address), client.post(address, {})):
            assert is_clear(response, 404)


@pytest.mark.parametrize("tail", ["", "remove/"])
def test_a_page_without_a_list_has_no_entries(client, tail):
    pat.begin(client)
    assert is_clear(client.get(f"/intake/mood/{pat.KEY}/{tail}"), 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("name", ["start", "tasks", "check", "send", "done", "record", "leave"])
def test_other_methods_are_refused(client, method, name):
    pat.begin(client)
    assert getattr(client, method)(reverse(f"intake:{name}")).status_code == 405


def test_sending_and_leaving_are_never_a_link(client):
    pat.fill(client)
    assert client.get(reverse("intake:send")).url == reverse("intake:check")
    assert client.get(reverse("intake:leave")).status_code == 405
    assert pat.draft_of(client).is_draft


TAMPERED = [
    "x",
    "",
    7,
    -1,
    1.5,
    None,
    [],
    {},
    ["x"],
    {"a": 1},
    True,
    "a" * 10_000,
    "\x00",
    "02ede9de-0ac5-4082-9d5e-1f0e5f3a9b11",
]


@pytest.mark.parametrize("name", TAMPERED, ids=lambda name: repr(name)[:20])
def test_a_session_that_names_no_draft_gets_a_page(client, name):
    session = client.session
    session["intake"] = name
    session.save()
    for address in ("/intake/", "/intake/check/", "/intake/done/", "/intake/record/", pat.address("mood")):
        assert is_clear(client.get(address), 404)
    assert is_clear(pat.send(client), 404)
    assert client.get("/").status_code == 200
    assert pat.begin(client).is_draft


@pytest.mark.parametrize("slug", FORMS)
def test_an_expired_session_gives_back_what_was_typed(client, slug):
    pat.begin(client)
    client.cookies.clear()
    response = pat.save(client, slug)
    assert is_clear(response, 410)
    text = words(response.content.decode())
    for name, value in pat.answered(slug).items():
        for typed in [value] if isinstance(value, str) else []:
            if name.endswith(("name", "phone", "email", "goals", "times", "details", "months", "systolic")):
                assert " ".join(typed.split()) in text
    assert Submission.objects.get().answers == pat.BEGUN


def test_an_expired_session_gives_back_a_medicine_too(client):
    response = pat.add(client, "medicines-tried", drug="the blue one")
    assert is_clear(response, 410)
    assert "the blue one" in words(response.content.decode())
    assert "I stopped, but I took it during this depression" in words(response.content.decode())
    second = reverse("intake:more", args=["medicines-tried", pat.KEY])
    assert "dry mouth" in words(client.post(second, pat.MEDICINE_MORE).content.decode())


def test_nobody_reaches_a_draft_without_its_session(client):
    pat.fill(client)
    stranger = Client()
    for name in ("tasks", "check", "done", "record"):
        assert is_clear(stranger.get(reverse(f"intake:{name}")), 404)
    assert "Pat" not in stranger.get(pat.address("name")).content.decode()


def names_and_values() -> st.SearchStrategy[dict]:
    known = [name for slug in FORMS for name in pat.answered(slug)]
    values = [value for slug in FORMS for value in pat.answered(slug).values() if isinstance(value, str)]
    text = st.one_of(st.sampled_from(values), st.sampled_from(["", " ", "none", "yes", "-1", "1e5", "999999"]),
                     st.text(st.characters(exclude_categories=["Cs"]), max_size=30))  # fmt: skip
    return st.dictionaries(st.sampled_from(known), st.lists(text, min_size=1, max_size=3), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slug=st.sampled_from(FORMS), told=names_and_values(), whole=st.booleans())
def test_whatever_is_posted_only_sound_answers_are_stored(client, slug, told, whole):
    draft = pat.begin(client)
    response = client.post(pat.address(slug), {**(pat.answered(slug) if whole else {}), **told})
    assert response.status_code in (200, 302)
    draft.refresh_from_db()
    faults = draft.faults(timezone.localdate())
    assert [fault for fault in faults if "required" not in fault] == []


def test_the_tests_know_every_page_that_is_posted_to():
    assert set(FORMS) | set(pat.ENTRIES) == {page.slug for page in INTAKE.pages} - set(pat.ASQ_PAGES)
