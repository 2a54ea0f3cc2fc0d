"""What no eye sees, as pasted text brings it along, changes nothing that is compared, dialed or mailed to."""

import json

import pytest
from django.core import mail
from django.urls import reverse

from intake import document
from intake.drugs import resolve
from intake.fields.characters import seen
from intake.forms.status import LookUpForm, plain_reference
from intake.mail.sending import send_due_mail
from intake.models import Submission
from intake.typed.dates import parts_of
from intake.typed.doses import dose
from intake.typed.phone import phone
from tests.conftest import sent_intake
from tests.documents import complete_document
from tests.intake import pat, screen
from tests.intake.test_resume import BIRTH, another_phone, by_code, printed_code
from tests.intake.test_status import enter

pytestmark = pytest.mark.django_db

# Zero-width space, soft hyphen, marks of direction, byte order mark, word joiner, a selector, a filler, a control.
UNSEEN = [*"\u200b\u00ad\u200e\u202a\u2066\u2069\ufeff\u2060\ufe0f\u3164\x7f"]
SPACES = [*"\u00a0\u2009\u202f\u3000"]


@pytest.fixture
def draft(client) -> Submission:
    return pat.begin(client)


def around(text: str, character: str) -> str:
    """``text`` with the character at both ends and inside."""
    middle = len(text) // 2
    return f"{character}{text[:middle]}{character}{text[middle:]}{character}"


@pytest.mark.parametrize("character", UNSEEN)
def test_no_character_that_is_not_seen_is_left(character):
    assert seen(around("pat@example.org", character)) == "pat@example.org"


@pytest.mark.parametrize("character", SPACES)
def test_every_space_is_a_plain_one_and_none_stands_at_the_ends(character):
    assert seen(f"{character}Wellbutrin{character}XL{character}") == "Wellbutrin XL"


@pytest.mark.parametrize("character", UNSEEN)
def test_an_address_a_number_and_a_code_are_stored_as_they_are_seen(client, draft, character):
    told = {
        "about-email": around("pat@example.org", character),
        "about-phone": around("(212) 555-0142", character),
    }
    assert pat.save(client, "contact", **told).status_code == 302
    member = {"practical-member_id": around("XYZ12345", character)}
    sent = sent_intake()
    enter(client, sent)
    client.post(reverse("intake:status-later", args=["insurance"]), member)
    draft.refresh_from_db()
    about = draft.answers["about"]
    assert (about["email"], about["phone"]) == ("pat@example.org", "(212) 555-0142")
    assert sent.current["practical"]["member_id"] == "XYZ12345"


def test_nothing_but_what_is_not_seen_is_no_way_to_reach_a_person_and_no_name(client, draft):
    nothing = {"about-email": "\u200b", "about-phone": "\u00a0\u2060"}
    assert pat.save(client, "contact", **nothing).status_code == 200
    assert pat.save(client, "name", **{"about-first_name": "\u200b\u00ad"}).status_code == 200
    pat.save(client, "reason", **{"reason-goals": "\u200b"})
    draft.refresh_from_db()
    assert "goals" not in draft.answers["reason"]


def test_words_keep_what_their_script_needs(client, draft):
    written = "می\u200cخواهم بخوابم 👩\u200d⚕\ufe0f"
    pat.save(client, "reason", **{"reason-goals": written})
    pat.save(client, "name", **{"about-first_name": "علی\u200cرضا"})
    draft.refresh_from_db()
    assert draft.answers["reason"]["goals"] == written
    assert draft.answers["about"]["first_name"] == "علی\u200cرضا"


@pytest.mark.parametrize("character", [*UNSEEN, *SPACES])
def test_a_medicine_with_it_is_the_medicine(client, draft, character):
    typed = around("sertraline", character) if character in UNSEEN else f"{character}sertraline{character}"
    pat.add(client, "medicines-tried", drug=typed, dose_mg=f"{character}150{character}")
    draft.refresh_from_db()
    (entry,) = draft.answers["antidepressants"]["trials"]
    assert resolve(entry["drug"]).drug.generic == "sertraline"
    assert entry["dose_mg"] == 150 and "dose_typed" not in entry


@pytest.mark.parametrize("character", UNSEEN)
def test_a_date_with_it_is_the_date(client, draft, character):
    told = {f"about-date_of_birth_{part}": around(text, character) for part, text in
            (("month", "05"), ("day", "14"), ("year", "1984"))}  # fmt: skip
    assert pat.save(client, "name", **told).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["about"]["date_of_birth"] == "1984-05-14"
    assert parts_of(around("March 2024", character), None).month_or_year() == "2024-03"
    assert dose(around("150", character)).value == 150


@pytest.mark.parametrize("character", UNSEEN)
def test_a_reference_and_a_code_with_it_are_found(client, draft, character):
    for slug in ("consent", "name", "contact"):
        pat.save(client, slug)
    code = printed_code(client)
    assert by_code(around(code, character), client=another_phone()).url == reverse("intake:tasks")
    told = {"reference": around("K7MW-4QXB", character)} | {
        name.replace("date_of_birth", "born"): value for name, value in BIRTH.items()
    }
    form = LookUpForm(told, today=draft.created_at.date())
    assert form.is_valid() and form.reference_and_birth()[0] == "K7MW-4QXB"
    assert plain_reference("k7mw\u20104qxb") == "K7MW-4QXB"


@pytest.mark.parametrize("character", UNSEEN)
def test_the_link_is_mailed_to_the_address_as_it_is_seen(client, draft, character):
    pat.save(client, "name")
    before = len(mail.outbox)
    client.post(reverse("intake:mail-link"), {"email": around("pat@example.org", character)})
    send_due_mail()
    assert [each.to for each in mail.outbox[before:]] == [["pat@example.org"]]


def test_so_it_is_to_an_address_that_was_stored_before(client, draft):
    pat.save(client, "name")
    Submission.save_email(draft.pk, "pat@example\u200b.org\u00a0")
    draft.refresh_from_db()
    assert draft.email == "pat@example.org"


def test_a_document_with_it_stays_sound_and_is_read_as_it_is_seen():
    given = complete_document(
        **{"about.phone": "\u202a+1 212 555 0142\u202c", "about.email": "pat\u200b@example.org"}
    )
    given["antidepressants"]["trials"][0]["drug"] = "zo\u00adloft"
    given["reason"]["goals"] = "to sleep\u200b"
    read, faults = document.parse(json.dumps(given))
    assert faults == []
    assert read["antidepressants"]["trials"][0]["drug"] == "zoloft"
    sent = Submission.from_document(read, Submission.Source.PAPER)
    assert sent.answers["about"]["phone"] == "+1 212 555 0142" and phone(sent.answers["about"]["phone"])
    assert sent.answers["about"]["email"] == "pat@example.org"
    assert sent.answers["reason"]["goals"] == "to sleep\u200b"


def test_an_address_that_is_none_is_named_and_kept(client, draft):
    response = pat.save(client, "contact", **{"about-email": "pat@@example"})
    assert screen.summary(response.content.decode()) == ["Email address: write it like name@example.com"]
    assert pat.shown(response)["about-email"] == ["pat@@example"]
