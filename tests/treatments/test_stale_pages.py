"""A page that somebody else's action has made stale: it says what happened, keeps what was typed, and works again."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from intake.models import Amendment, Message
from tests.conftest import LOW, URGENT, Clinic, fresh, release_hold
from treatments.models import Referral
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import assessment as storing
from treatments.triage.closing import close
from treatments.triage.notes import add_note

RECORDED = {**LOW, "hold": "release", "ideation": "thinks of it each evening"}


def page_of(row, action: str) -> str:
    kind = "referral" if row._meta.model_name == "referral" else f"{row.treatment}consult"
    return f"{reverse(f'admin:treatments_{kind}_change', args=[row.pk])}{action}/"


def hidden(response) -> dict[str, str]:
    """The version and the last event that the page carries, as a browser would send them."""
    fields = re.findall(
        r'<input type="hidden" name="(seen_version|seen_event)"[^>]*?value="(\d+)"', response.content.decode()
    )
    return dict(fields)


@pytest.fixture
def stale(clinic, signed_in):
    """Clara has written her assessment while Carl added a note: what she reads when she presses the button."""
    referral = clinic.in_review(**URGENT)
    clara = signed_in(clinic.cast.clara)
    opened = hidden(clara.get(page_of(referral, "assess_risk")))
    add_note(referral=referral, actor=clinic.cast.carl, note="Called, the partner is with her.")
    return clara, referral, clara.post(page_of(referral, "assess_risk"), {**opened, **RECORDED})


def test_a_stale_page_says_what_happened_since_and_by_whom(stale):
    _clara, referral, answer = stale
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this referral since you opened the page." in text
    since = text.split("What happened since you opened this page")[1].split("</section>")[0]
    assert "Note" in since and "Carl" in since and "Called, the partner is with her." in since
    assert "Claimed" not in since
    assert fresh(referral).hold == "urgent"


def test_a_stale_page_keeps_all_that_was_typed(stale):
    _clara, _referral, answer = stale
    form = answer.context["form"]
    assert {key: form[key].value() for key in RECORDED} == RECORDED
    assert escape(RECORDED["ideation"]) in answer.content.decode()
    assert not re.search(r'type="submit"[^>]*disabled', answer.content.decode())


def test_pressing_again_on_a_stale_page_does_the_action(stale):
    clara, referral, answer = stale
    again = clara.post(page_of(referral, "assess_risk"), {**RECORDED, **hidden(answer)})
    assert again.status_code == 302
    assert fresh(referral).hold == "none"
    assert referral.risk_assessments.get().ideation == RECORDED["ideation"]


def test_pressing_again_is_refused_where_the_action_is_no_longer_allowed(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    opened = hidden(cora.get(page_of(referral, "close")))
    close(referral=referral, actor=clinic.cast.carl, reason="patient_declined")
    sent = {"reason": "other", "note": "typed with care"}
    answer = cora.post(page_of(referral, "close"), {**opened, **sent})
    sentence = "A referral that is “Closed” can't become “Closed”."
    for response in (answer, cora.post(page_of(referral, "close"), {**hidden(answer), **sent})):
        assert response.status_code == 409
        assert escape(sentence) in response.content.decode()
        assert "typed with care" in response.content.decode()
    assert fresh(referral).close_reason == "patient_declined"


def test_a_team_reads_on_a_stale_page_only_what_it_may_read(clinic, signed_in):
    referral = clinic.routed("tms", "spravato")
    mine = referral.consults.get(treatment="tms")
    tess = signed_in(clinic.cast.tess)
    opened = hidden(tess.get(page_of(mine, "accept")))
    clinic.move(referral.consults.get(treatment="spravato"), "accepted")
    add_note(referral=referral, actor=clinic.cast.cora, note="a note of the desk")
    told = assessment_to_keep(referral)
    told["hold"] = {**told["hold"], "level": "urgent", "rules": ["S01"]}
    storing.store(referral, {**told, "ruleset": "raised"}, at=timezone.now())
    answer = tess.post(page_of(mine, "accept"), opened)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This consult has changed since you opened the page." in text
    since = text.split("What happened since you opened this page")[1].split("</section>")[0]
    assert "Hold raised" in since
    assert "a note of the desk" not in text and "Accepted" not in since and "Spravato" not in since


def answers(_clinic: Clinic, referral: Referral) -> None:
    """The patient says after sending where they are; the rules have not run on it yet."""
    Amendment.make(referral.submission, {"safety.where_now": "at home"})


def withdraws(_clinic: Clinic, referral: Referral) -> None:
    Message.withdraw(referral.submission, reason="", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")


def raise_hold(_clinic: Clinic, referral: Referral) -> None:
    assessment = assessment_to_keep(referral)
    hold = {**assessment["hold"], "level": "urgent", "rules": ["S01"]}
    storing.store(fresh(referral), {**assessment, "hold": hold, "ruleset": "raised"}, at=timezone.now())


def released(clinic: Clinic, referral: Referral) -> None:
    release_hold(referral=referral, actor=clinic.cast.clara)


@pytest.mark.parametrize(
    ("before", "changed"),
    [(None, answers), (None, withdraws), (None, raise_hold), (raise_hold, released)],
    ids=["answers", "withdrawal", "hold raised", "hold released"],
)
def test_new_answers_a_withdrawal_and_a_changed_hold_make_the_open_page_of_every_team_stale(
    before, changed, clinic, signed_in
):
    referral = clinic.routed("tms", "spravato")
    if before:
        before(clinic, referral)
    teams = [(consult, signed_in(clinic.cast.team(consult.treatment))) for consult in referral.consults.all()]
    opened = [hidden(team.get(page_of(consult, "accept"))) for consult, team in teams]
    changed(clinic, fresh(referral))
    for (consult, team), page in zip(teams, opened, strict=True):
        answer = team.post(page_of(consult, "accept"), page)
        assert answer.status_code == 409
        assert "This consult has changed since you opened the page." in answer.content.decode()
        assert fresh(consult).state == "waiting"


def test_a_message_or_a_note_makes_no_teams_page_stale(clinic, signed_in):
    consult = clinic.consult("waiting")
    tess = signed_in(clinic.cast.tess)
    opened = hidden(tess.get(page_of(consult, "accept")))
    Message.write(consult.referral.submission, text="Hello?", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    add_note(referral=fresh(consult.referral), actor=clinic.cast.cora, note="called back")
    assert tess.post(page_of(consult, "accept"), opened).status_code == 302
    assert fresh(consult).state == "accepted"


def test_a_page_without_the_mark_of_the_last_event_is_refused_all_the_same(clinic, signed_in):
    referral = clinic.in_review()
    add_note(referral=referral, actor=clinic.cast.carl, note="in between")
    answer = signed_in(clinic.cast.cora).post(
        page_of(referral, "close"), {"seen_version": referral.version, "reason": "patient_declined"}
    )
    assert answer.status_code == 409
    assert "What happened since" not in answer.content.decode()
    assert fresh(referral).state == "in_review"


def test_a_note_is_never_stale_and_sent_twice_it_is_there_once(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    page = page_of(referral, "note")
    opened = hidden(cora.get(page))
    add_note(referral=referral, actor=clinic.cast.carl, note="in between")
    for note in ("first", "second", "second", "first"):  # back to the form, another one; each sent twice
        assert cora.post(page, {**opened, "note": note}).status_code == 302
    assert [event.note for event in referral.events.filter(kind="note").order_by("pk")] == [
        *("in between", "first", "second")
    ]
    assert cora.post(page, {**hidden(cora.get(page)), "note": "first"}).status_code == 302
    assert referral.events.filter(kind="note").count() == 4  # meant: the page showed the first one
    opened = hidden(cora.get(page))
    add_note(referral=fresh(referral), actor=clinic.cast.carl, note="in between again")
    cora.post(page, {**opened, "note": "first"})
    assert (
        referral.events.filter(kind="note", actor=clinic.cast.cora).count() == 4
    )  # from a later page, stale or not


def test_a_refused_action_says_the_buttons_sentence_even_where_its_form_is_not_filled_in(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    button = next(
        each
        for each in cora.get(reverse("admin:treatments_referral_change", args=[referral.pk])).context[
            "buttons"
        ]
        if each.url == "withdraw/"
    )
    assert button.refusal == "No consult is open."
    answer = cora.post(page_of(referral, "withdraw"), {"seen_version": referral.version, "note": "no longer"})
    assert answer.status_code == 409
    assert answer.context["refused"] == button.refusal
