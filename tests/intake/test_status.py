"""The status page: who gets in, what it says, messages, and taking the form back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake import resume_secrets
from intake.models import Message, Submission, Try
from tests.conftest import Clinic, fresh
from tests.intake import pat
from tests.intake.screen import links, words
from tests.pages import flat
from treatments.models import Referral
from treatments.triage.notes import deal_with
from treatments.workflow import CLOSE_REASONS, REFERRAL_STATES, RETURN_REASONS, Attention

pytestmark = pytest.mark.django_db

STATUS = reverse("intake:status")
NOT_FOUND = "We have no form with this reference number and this date of birth. Check both."
TOO_MANY = "There were too many tries that did not fit."


def proof(submission: Submission, **changes: str) -> dict[str, str]:
    """Reference and date of birth as a browser posts them."""
    year, month, day = submission.date_of_birth.split("-")
    return {
        "reference": submission.reference,
        "born_month": month,
        "born_day": day,
        "born_year": year,
        **changes,
    }


def enter(client: Client, submission: Submission, **changes: str):
    return client.post(STATUS, proof(submission, **changes))


@pytest.fixture
def inside(clinic: Clinic, client: Client):
    """``inside(referral)``: this browser has proved that the referral's intake is its own."""

    def get_in(referral: Referral) -> Client:
        assert enter(client, referral.submission).status_code == 302
        return client

    return get_in


def shown(client: Client) -> str:
    return words(client.get(STATUS).content.decode())


def without_tokens(response) -> str:
    html = flat(response)
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)
    return re.sub(r'(name="(?:reference|born_\w+)"[^>]*value=")[^"]*', r"\1", html)


# --- Getting in -------------------------------------------------------------------------------------


def test_the_page_asks_who_one_is_and_says_nothing_before(clinic, client):
    clinic.new()
    html = client.get(STATUS).content.decode()
    assert "Reference number" in html and "Date of birth" in html
    assert "We have your form" not in html


@pytest.mark.parametrize("typed", ["k7mw4qxb", "K7MW 4QXB", " k7mw-4qxb ", "K7MW–4QXB"])
def test_small_letters_spaces_and_dashes_do_not_matter(typed):
    from intake.typed.reference import plain_reference

    assert plain_reference(typed) == "K7MW-4QXB"


def test_reference_and_birth_date_open_the_page(clinic, inside):
    referral = clinic.new()
    client = inside(referral)
    assert "We have your form" in shown(client)
    assert referral.reference in shown(client)


def test_wrong_unknown_and_mistyped_are_answered_alike_and_with_the_same_work(clinic, client):
    submission = clinic.new().submission
    tries = [
        {"born_year": "1901"},
        {"reference": "BBBB-BBBB"},
        {"reference": "x"},
        {"reference": "\u202e" + "9" * 39},
    ]
    pages, costs = [], []
    for changes in tries:
        with CaptureQueriesContext(connection) as spent:
            response = enter(client, submission, **changes)
        assert response.status_code == 200
        pages.append(without_tokens(response))
        costs.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in spent])
    assert NOT_FOUND in pages[0] and "<title>Error: " in pages[0]
    assert len(set(pages)) == 1
    assert len({len(cost) for cost in costs}) == 1
    assert len({tuple(re.sub(r"\d+", "0", sql) for sql in cost) for cost in costs}) == 1
    assert client.get(STATUS).content.decode().count("We have your form") == 0


def test_a_draft_has_no_status_page(client):
    draft = pat.begin(client)
    pat.save(client, "name")
    draft.refresh_from_db()
    response = client.post(
        STATUS, {"reference": "", "born_month": "5", "born_day": "14", "born_year": "1984"}
    )
    assert response.status_code == 200
    assert "Enter your reference number" in response.content.decode()


def test_too_many_wrong_dates_for_one_reference_close_it_to_strangers_for_a_day(clinic):
    submission = clinic.new().submission
    limit = resume_secrets.LIMITS["reference_in_all"].most
    for number in range(limit):
        other = Client(REMOTE_ADDR=f"203.0.113.{number}")
        assert enter(other, submission, born_year="1901").status_code == 200
    response = enter(Client(REMOTE_ADDR="203.0.113.99"), submission)
    assert response.status_code == 429 and "data-challenge" in response.content.decode()
    response = enter(Client(REMOTE_ADDR="203.0.113.99"), submission, altcha="")
    assert response.status_code == 429
    assert TOO_MANY in words(response.content.decode())
    assert "<title>Error: " in flat(response)
    window = resume_secrets.LIMITS["reference_in_all"].window
    Try.objects.update(at=timezone.now() - window - timedelta(seconds=1))
    assert enter(Client(), submission).status_code == 302


def test_too_many_tries_from_one_address_are_stopped_whatever_reference_they_name(clinic):
    submission = clinic.new().submission
    client = Client(REMOTE_ADDR="203.0.113.7")
    for number in range(resume_secrets.LIMITS["address"].most):
        assert enter(client, submission, reference=f"BBBB-{number:04}").status_code == 200
    assert enter(client, submission).status_code == 429
    assert enter(Client(REMOTE_ADDR="203.0.113.8"), submission).status_code == 302


def test_who_gets_in_has_no_tries_counted_against_them(clinic):
    submission = clinic.new().submission
    for _time in range(resume_secrets.LIMITS["reference"].most * 2):
        assert enter(Client(), submission).status_code == 302


def test_a_try_keeps_neither_the_address_nor_the_reference(clinic, client):
    submission = clinic.new().submission
    enter(client, submission, born_year="1901")
    stored = " ".join(Try.objects.values_list("counted_as", flat=True))
    assert submission.reference not in stored and "127.0.0.1" not in stored


def test_the_session_sees_this_one_intake_and_forgets_it_after_a_while(clinic, inside, client):
    from intake.views.status import OPEN_FOR

    client = inside(clinic.new())
    session = client.session
    pk, until = session["status"]
    session["status"] = [pk, until - OPEN_FOR]
    session.save()
    assert "Date of birth" in shown(client)
    for name in ("message", "withdraw", "questions", "status-help"):
        assert client.get(reverse(f"intake:{name}")).url == STATUS


def test_who_was_away_too_long_gets_back_what_they_typed(clinic, client):
    response = client.post(reverse("intake:message"), {"text": "I moved to Utica.", "key": str(uuid4())})
    assert response.status_code == 410
    assert "I moved to Utica." in response.content.decode()
    assert not Message.objects.exists()


def test_finishing_forgets_the_form_in_this_browser(clinic, inside):
    client = inside(clinic.new())
    client.post(reverse("intake:leave"))
    assert "Date of birth" in shown(client)


def test_getting_in_changes_the_session_key(clinic, client):
    client.get(STATUS)
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    enter(client, clinic.new().submission)
    assert client.session.session_key != before


# --- What it says -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["new", "in_review", "routed", "closed"])
def test_the_page_says_the_public_label_of_the_state(clinic, inside, state):
    client = inside(clinic.referral(state))
    assert str(REFERRAL_STATES[state].public) in shown(client)


def test_a_closed_form_says_the_public_sentence_of_its_reason(clinic, inside):
    client = inside(clinic.closed())
    assert str(CLOSE_REASONS["patient_declined"].public) in shown(client)


def test_a_returned_consult_says_the_public_sentence_of_its_reason_until_somebody_looked(clinic, inside):
    consult = clinic.consult("returned")
    client = inside(fresh(consult.referral))
    sentence = str(RETURN_REASONS["no_capacity"].public)
    assert sentence in shown(client)
    deal_with(referral=consult.referral, actor=clinic.cast.cora, reasons={"returned": "looked at"})
    assert sentence not in shown(client)


UNSEEN = [
    "PHQ", "C-SSRS", "GAD", "score", "points", "severe", "moderate", "supports", "caution", "clinician first",
    "urgent", "same day", "same_day", "hold", "TMS", "Spravato", "Psychotherapy", "Cora", "Tess", "ruleset",
]  # fmt: skip


@pytest.mark.parametrize("state", ["new", "in_review", "routed", "closed"])
def test_no_score_level_queue_or_name_of_staff_stands_on_any_of_these_pages(clinic, inside, state):
    client = inside(clinic.referral(state))
    pages = [client.get(reverse(f"intake:{name}")) for name in ("status", "message", "withdraw")]
    text = " ".join(words(page.content.decode()) for page in pages).lower()
    told = [word for word in UNSEEN if re.search(rf"\b{re.escape(word.lower())}\b", text)]
    assert told == []


def test_what_may_cross_from_the_clinic_is_a_label_a_sentence_two_marks_a_step_appointments_and_services():
    from intake.status import PublicStatus

    assert set(PublicStatus.__dataclass_fields__) == {
        *("label", "sentence", "withdrawn", "closed", "at_step", "since", "appointments"),
        "services",
    }


def test_the_page_of_a_sent_form_leads_to_the_status_page(client):
    pat.fill(client)
    pat.send(client)
    assert STATUS in links(client.get(reverse("intake:done")).content.decode())


# --- Messages ---------------------------------------------------------------------------------------


def test_a_message_is_kept_and_brings_a_coordinator(clinic, inside):
    referral = clinic.routed()
    client = inside(referral)
    response = client.post(reverse("intake:message"), {"text": "I have a new phone.", "key": str(uuid4())})
    assert response.url == STATUS
    assert Message.objects.get().text == "I have a new phone."
    assert fresh(referral).attention == Attention.MESSAGE
    text = shown(client)
    assert "We have your message" in text and "You wrote to us on" in text
    assert "We read it within 8 working hours" in text
    assert "call 911. Or call or text 988, day or night." in text
    assert "I have a new phone." not in text


def test_a_message_sent_twice_is_one(clinic, inside):
    referral = clinic.new()
    client = inside(referral)
    told = {"text": "Hello.", "key": str(uuid4())}
    for _time in range(2):
        assert client.post(reverse("intake:message"), told).status_code == 302
    assert Message.objects.count() == 1
    assert referral.events.filter(kind="message").count() == 1


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "x" * 5_001])
def test_an_empty_overlong_or_unstorable_message_is_not_sent_and_kept_on_the_page(clinic, inside, text):
    client = inside(clinic.new())
    response = client.post(reverse("intake:message"), {"text": text, "key": str(uuid4())})
    assert response.status_code == 200
    assert response.content.decode().count("error-summary") >= 1
    assert not Message.objects.exists()


def test_more_messages_a_day_than_a_person_writes_are_refused_with_a_sentence(clinic, inside):
    client = inside(clinic.new())
    for _number in range(resume_secrets.LIMITS["message"].most):
        client.post(reverse("intake:message"), {"text": "Hello.", "key": str(uuid4())})
    response = client.post(reverse("intake:message"), {"text": "Once more.", "key": str(uuid4())})
    assert response.status_code == 429
    assert "Once more." in response.content.decode()


def test_sending_a_message_costs_few_queries(clinic, inside):
    client = inside(clinic.new())
    with CaptureQueriesContext(connection) as spent:
        client.post(reverse("intake:message"), {"text": "Hello.", "key": str(uuid4())})
    work = [query["sql"] for query in spent if "SAVEPOINT" not in query["sql"]]
    # Session, intake, two for the limit, message, referral, its event, and the session's note of thanks.
    assert len(work) <= 10, work


# --- Withdrawing ------------------------------------------------------------------------------------


def test_the_page_asks_once_before_a_form_is_taken_back(clinic, inside):
    referral = clinic.in_review()
    client = inside(referral)
    page = client.get(reverse("intake:withdraw"))
    assert "Do you want to withdraw your form?" in page.content.decode()
    assert fresh(referral).attention == ""


def test_a_withdrawn_form_is_flagged_for_a_coordinator_and_says_so(clinic, inside):
    referral = clinic.in_review()
    client = inside(referral)
    client.post(reverse("intake:withdraw"), {"reason": "I moved.", "key": str(uuid4())})
    referral = fresh(referral)
    assert (referral.attention, referral.state) == (Attention.WITHDRAWN, "in_review")
    assert Message.objects.get().kind == "withdrawal"
    text = shown(client)
    assert "You withdrew your form" in text and "We are reading your form" not in text
    assert reverse("intake:withdraw") not in links(client.get(STATUS).content.decode())


def test_taking_the_form_back_twice_is_the_same_as_once(clinic, inside):
    referral = clinic.in_review()
    client = inside(referral)
    for _time in range(2):
        response = client.post(reverse("intake:withdraw"), {"reason": "", "key": str(uuid4())})
        assert response.url == STATUS
    Message.withdraw(referral.submission, reason="again", key=uuid4())
    assert Message.objects.count() == 1
    assert referral.events.filter(kind="patient_withdrew").count() == 1


def test_a_closed_form_can_not_be_taken_back_but_written_about(clinic, inside):
    referral = clinic.closed()
    client = inside(referral)
    assert client.get(reverse("intake:withdraw")).url == STATUS
    client.post(reverse("intake:withdraw"), {"reason": "", "key": str(uuid4())})
    assert fresh(referral).attention == ""
    client.post(reverse("intake:message"), {"text": "I want to go on.", "key": str(uuid4())})
    assert fresh(referral).attention == Attention.MESSAGE


def test_a_withdrawn_form_takes_messages(clinic, inside):
    referral = clinic.in_review()
    client = inside(referral)
    client.post(reverse("intake:withdraw"), {"reason": "", "key": str(uuid4())})
    client.post(reverse("intake:message"), {"text": "I changed my mind.", "key": str(uuid4())})
    assert [flag for flag, _at in fresh(referral).standing_flags] == [Attention.MESSAGE, Attention.WITHDRAWN]
    assert referral.events.filter(kind="message").count() == 1
