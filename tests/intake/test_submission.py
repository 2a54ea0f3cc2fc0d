"""Sending an intake: what is still missing, what is left out, one reference, and nothing changed after."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake import signals
from intake.models import Locked, Message, Question, Submission, reference
from intake.models.reference import REFERENCE_ALPHABET
from intake.questionnaire.intake import INTAKE
from tests.documents import with_changes, worked_example
from tests.intake import pat
from tests.intake.screen import links, summary, words
from treatments.models import Referral

pytestmark = pytest.mark.django_db

NEEDED = ["consent", "name", "contact", "mood", "thoughts", "past"]


def test_pat_gets_a_reference_that_can_be_read_out_on_the_telephone(client):
    draft = pat.fill(client)
    response = pat.send(client)
    draft.refresh_from_db()
    assert response.url == reverse("intake:done")
    assert re.fullmatch(r"[BCDFGHJKMNPQRTVWXY346789]{4}-[BCDFGHJKMNPQRTVWXY346789]{4}", draft.reference)
    assert not set(REFERENCE_ALPHABET) & set("AEIOU")
    for pair in ("0O", "1I", "1L", "IL", "5S", "2Z", "UV"):
        assert not set(pair) <= set(REFERENCE_ALPHABET)
    assert draft.reference in words(client.get(response.url).content.decode())
    assert Referral.objects.get().reference == draft.reference


def test_sending_twice_gives_one_reference_and_one_referral(client):
    draft = pat.fill(client)
    assert [pat.send(client).url for _time in range(3)] == [reverse("intake:done")] * 3
    assert Submission.submit(draft.pk).reference == Referral.objects.get().reference


def test_the_second_of_two_tabs_shows_the_same_reference(client):
    pat.fill(client)
    pat.send(client)
    assert client.get(reverse("intake:check")).url == reverse("intake:done")
    assert client.get(pat.address("mood")).url == reverse("intake:done")
    assert client.get(reverse("intake:tasks")).url == reverse("intake:done")


@pytest.mark.parametrize("slug", NEEDED)
def test_sending_without_a_required_page_names_it_and_sends_nothing(client, slug):
    draft = pat.fill(client, leaving_out=[slug])
    response = pat.send(client)
    html = response.content.decode()
    assert response.status_code == 422
    assert summary(html) == [str(INTAKE.by_slug[slug].title)]
    assert pat.address(slug) + "?return=check" in links(html)
    draft.refresh_from_db()
    assert draft.is_draft and draft.reference is None
    assert not Referral.objects.exists()
    client.post(pat.address(slug) + "?return=check", pat.PAGES[slug])
    assert pat.send(client).url == reverse("intake:done")


def test_sending_an_empty_form_names_every_page_that_is_needed(client):
    pat.begin(client)
    found = links(pat.send(client).content.decode())
    for slug in NEEDED:
        assert pat.address(slug) + "?return=check" in found


@pytest.mark.parametrize(
    ("earlier", "told", "needed"),
    [("thoughts", {"safety-cssrs-q2": "yes"}, "plans")],
)
def test_a_question_that_an_answer_brings_up_is_needed_too(client, earlier, told, needed):
    pat.fill(client, **{earlier: told})
    response = pat.send(client)
    assert summary(response.content.decode()) == [str(INTAKE.by_slug[needed].heading)]
    pat.save(client, needed)
    assert pat.send(client).status_code == 302


def test_everything_that_may_be_skipped_may_be_skipped(client):
    draft = pat.fill(client, leaving_out=set(pat.PAGES) - set(NEEDED))
    assert pat.send(client).status_code == 302
    draft.refresh_from_db()
    assert set(draft.answers) == {"consent", "about", "mood", "safety"}


def test_answers_that_no_longer_apply_are_left_out(client):
    draft = pat.begin(client)
    for slug in (*pat.PAGES, *pat.MORE_PAGES):
        pat.reach(client, slug)
        pat.save(client, slug)
    for slug, (opening, under) in pat.FOLLOW_UPS.items():
        client.post(pat.address(slug), {**pat.PAGES[slug], **opening, **under})
    for slug, told in pat.PAGES.items():
        client.post(pat.address(slug), told)
    pat.save(client, "name", **{"for": "self", "about-sex_at_birth": "male"})
    pat.save(client, "consent", **{"consent-substance_use_agreed": "no"})
    pat.send(client)
    draft.refresh_from_db()
    told = draft.answers
    assert "substances" not in told
    assert not {"filled_by_name", "guardian_name"} & set(told["about"])
    assert "gave_birth_last_12_months" not in told["history"]
    assert not {"pregnant", "seizure_details", "metal_details"} & set(told["health"])
    assert told["other_treatments"]["tms"] == {"had": "no"}
    assert "pc_ptsd5" not in told["anxiety"]
    assert told["safety"]["cssrs"] == {"q1": "no", "q2": "no", "q6": "no"}


def test_a_yes_on_the_suicide_screen_is_never_left_out(client):
    draft = pat.fill(client, thoughts={"safety-cssrs-q2": "yes"})
    pat.save(client, "plans", **{"safety-cssrs-q3": "no", "safety-cssrs-q4": "yes"})
    pat.save(client, "past", **{"safety-cssrs-q6": "yes", "safety-cssrs-q6_recent": "yes"})
    pat.save(client, "thoughts")
    pat.save(client, "past")
    pat.send(client)
    draft.refresh_from_db()
    assert draft.answers["safety"]["cssrs"] == {
        "q1": "no", "q2": "no", "q4": "yes", "q6": "no", "q6_recent": "yes",
    }  # fmt: skip


def test_what_was_typed_into_a_sent_form_is_given_back_to_copy(client):
    pat.fill(client)
    pat.send(client)
    text = words(pat.save(client, "reason", **{"reason-goals": "One more thing"}).content.decode())
    assert "One more thing" in text and "TMS (magnet pulses to the head)" in text
    text = words(pat.add(client, "medicines-tried", drug="mirtazapine").content.decode())
    assert "mirtazapine" in text
    assert "1984" in words(pat.save(client, "name").content.decode())


def test_no_way_of_changing_a_sent_form_is_left_open(client):
    draft = pat.fill(client)
    pat.send(client)
    page = INTAKE.by_slug["medicines-tried"]
    for change in (
        lambda: Submission.save_page(draft.pk, INTAKE.by_slug["now"], {"history": {"sleep_pattern": "both"}}),
        lambda: Submission.save_entry(draft.pk, page, pat.KEY, {"drug": "lithium"}),
        lambda: Submission.remove_entry(draft.pk, page, pat.KEY),
    ):
        with pytest.raises(Locked):
            change()


def test_leaving_forgets_the_form_in_this_browser(client):
    pat.fill(client)
    pat.send(client)
    client.post(reverse("intake:leave"))
    for name in ("done", "record", "tasks", "check"):
        assert client.get(reverse(f"intake:{name}")).status_code == 404


def test_nothing_is_done_before_it_is_sent(client):
    pat.fill(client)
    for name in ("done", "record"):
        assert client.get(reverse(f"intake:{name}")).url == reverse("intake:tasks")


@pytest.mark.parametrize("name", ["check", "record"])
def test_all_that_was_said_is_read_back_in_words(client, name):
    pat.fill(client)
    for slug in pat.ENTRIES:
        pat.add(client, slug)
    if name == "record":
        pat.send(client)
    text = words(client.get(reverse(f"intake:{name}")).content.decode())
    for said in (
        "Pat", "May 14, 1984", "(212) 555-0142", "Phone call, Email", "Feel like myself again. Sleep.",
        "Nearly every day", "sertraline", "It did not help", "CBT (cognitive behavioral therapy)", "lisinopril",
        "penicillin", "a rash", "Jan. 10, 2026", "Hay fever", "None of these", "Example Health",
    ):  # fmt: skip
        assert said in text, said


def test_no_medicine_and_no_answer_about_medicines_read_differently(client):
    pat.fill(client, leaving_out=["allergies"])
    text = words(client.get(reverse("intake:check")).content.decode())
    assert "Medicines you take now None" in text
    assert "Allergies to medicines and other things Not answered" in text


FOR_STAFF_ONLY = re.compile(
    r"PHQ-?9|GAD-?7|AUDIT|PTSD-5|C-SSRS|ASQ|moderately severe|score|band\b|risk level|screened|positive|"
    r"low risk|high risk|suitable|eligible|clinician first|supports|caution|\bhold\b|ruleset|"
    r"\b(?!B12)[A-Z]\d\d\b|treatment.resistant|staging",
    re.IGNORECASE,
)


def test_no_page_of_the_patient_shows_a_score_a_level_or_a_rule(client):
    pat.begin(client)
    told = {
        "mood": {f"mood-phq9-{place}": "3" for place in range(9)},
        "thoughts": {"safety-cssrs-q2": "yes"},
        "past": {"safety-cssrs-q6": "yes", "safety-cssrs-q6_recent": "no"},
        "highs": {"history-bipolar_diagnosis": "yes"},
        "brain": {"health-seizure_ever": "yes"},
    }
    pat.fill(client, **told)
    pat.save(client, "plans")
    pages = [pat.address(page.slug) for page in pat.draft_of(client).pages(timezone.localdate())]
    pages += [reverse(f"intake:{name}") for name in ("start", "tasks", "check")]
    pages += [reverse("intake:help", args=["mood"])]
    text = {address: words(client.get(address).content.decode()) for address in pages}
    pat.send(client)
    for name in ("done", "record"):
        text[name] = words(client.get(reverse(f"intake:{name}")).content.decode())
    assert {address: FOR_STAFF_ONLY.findall(told) for address, told in text.items()} == {
        address: [] for address in text
    }


# --- The time is passed in --------------------------------------------------------------------------


def test_each_verb_stores_the_time_it_is_given_and_signals_carry_it(db):
    day = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    begun, saved, sent, asked, told, wrote = (day + timedelta(hours=hour) for hour in range(6))
    heard = []

    def hear(signal, at, **kwargs):
        heard.append(at)

    for signal in (signals.submitted, signals.amended, signals.written):
        signal.connect(hear)
    try:
        draft = Submission.begin(language="en", at=begun)
        assert (draft.created_at, draft.saved_at) == (begun, begun)
        unsafe = {"safety": {"harm_to_others": "yes"}}
        draft = Submission.save_page(draft.pk, INTAKE.by_slug["past"], unsafe, at=saved)
        assert (draft.saved_at, draft.alarms.get().raised_at) == (saved, saved)

        parsed = with_changes(worked_example("v01")["document"], **{"safety.harm_to_others": "yes"})
        submission = Submission.from_document(parsed, Submission.Source.PAPER, at=sent)
        assert (submission.submitted_at, submission.alarms.get().raised_at) == (sent, sent)
        question = Question.ask(submission, message="?", fields=["safety.harm_to_others"], at=asked)
        assert question.asked_at == asked
        made = question.keep({"safety.harm_to_others": "yes"}, at=told)
        assert (made.made_at, made.alarms.get().raised_at) == (told, told)
        Message.write(submission, text="Hello", key=uuid4(), at=wrote)
        assert submission.messages.get().sent_at == wrote
    finally:
        for signal in (signals.submitted, signals.amended, signals.written):
            signal.disconnect(hear)
    assert heard == [sent, told, wrote]


def test_a_reference_that_somebody_has_is_drawn_again(client, monkeypatch):
    pat.fill(client)
    pat.send(client)
    taken = Submission.objects.get().reference
    drawn = iter([taken, taken, "BCDF-GHJK"])
    monkeypatch.setattr(reference, "new_reference", lambda: next(drawn))
    second = Client()
    draft = pat.fill(second)
    pat.send(second)
    draft.refresh_from_db()
    assert draft.reference == "BCDF-GHJK"


def test_five_references_in_a_row_that_somebody_has_are_a_fault_and_send_nothing(client, monkeypatch):
    pat.fill(client)
    pat.send(client)
    taken = Submission.objects.get().reference
    draft = pat.fill(second := Client())
    monkeypatch.setattr(reference, "new_reference", lambda: taken)
    with pytest.raises(IntegrityError):
        pat.send(second)
    draft.refresh_from_db()
    assert draft.is_draft
