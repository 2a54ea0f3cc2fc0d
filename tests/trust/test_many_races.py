"""Sent, routed and accepted once: however many press at the very same moment, round after round."""

from importlib import import_module

import pytest
from django.conf import settings as of_clinic
from django.test import Client

from intake.models import Submission
from intake.views.guard import SESSION_KEY
from tests import proving
from tests.conftest import fresh
from tests.intake import pat
from tests.intake.marks import mark
from tests.racing import at_once
from tests.treatments.test_races import colleague_of, one_wins
from treatments.models import Event, Referral
from treatments.triage import frame
from treatments.triage.consults import accept
from treatments.triage.routing import route
from treatments.workflow import Refused

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = 20


@pytest.fixture
def filled(real_database, client) -> Submission:
    """A form with all that must be answered before it may be sent."""
    pat.begin(client)
    for slug in ("consent", "name", "contact", "mood", "thoughts", "past"):
        pat.save(client, slug)
    return pat.draft_of(client)


def window_on(draft: Submission) -> Client:
    """A browser whose form this is."""
    session = import_module(of_clinic.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(draft.pk)
    session.save()
    window = Client(raise_request_exception=False)
    window.cookies["sessionid"] = session.session_key
    mark(window, draft)
    return window


def copy_of(filled: Submission) -> Submission:
    return Submission.begin(answers=filled.answers, progress=filled.progress, language="en")


def sent_at_once(*drafts: Submission) -> list[int]:
    """The answers to a post of each of these at the very same moment."""
    windows = [window_on(draft) for draft in drafts]
    return at_once(*[lambda window=window: pat.send(window).status_code for window in windows])


def test_a_form_sent_twenty_times_at_once_is_sent_once(filled):
    rounds = proving.times(2, 1000)
    progress, busy = proving.Progress(f"rounds of {POSTS} posts", rounds), 0
    for _round in range(rounds):
        draft = copy_of(filled)
        outcomes = sent_at_once(*[draft] * POSTS)
        assert Referral.objects.filter(submission=draft.pk).count() == 1
        assert Event.objects.filter(referral__submission=draft.pk, kind="received").count() == 1
        assert set(outcomes) <= {302, 503} and 302 in outcomes
        busy += outcomes.count(503)
        progress.step()
    assert Referral.objects.count() == rounds
    proving.figure(
        f"{rounds:,} rounds of {POSTS} posts of one form: 0 doubles ({busy} posts were told to try again)"
    )


def test_the_control_without_the_one_key_there_are_doubles(filled):
    """The draft is the key: where each window had one of its own, the same answers would arrive again and again."""
    sent_at_once(*[copy_of(filled) for _window in range(POSTS)])
    proving.control(f"each post with a draft of its own: {Referral.objects.count()} referrals")
    assert Referral.objects.count() > 1


def raced(clinic) -> tuple[bool, bool]:
    """Of two who route at once, and two who accept at once, whether one won and the other read why."""
    referral = clinic.in_review()
    seen = referral.version

    def routing(treatment: str):
        return lambda: route(referral=referral, actor=clinic.cast.cora, treatments=[treatment], seen=seen)

    routed = one_wins(at_once(routing("tms"), routing("spravato")))
    with pytest.raises(Refused):  # a page of before, however late
        routing("psychotherapy")()
    consult = fresh(referral).consults.first()
    team = clinic.cast.team(consult.treatment)
    people = (team, clinic.colleagues[team.pk])
    before = consult.version
    outcomes = at_once(
        *[lambda actor=actor: accept(consult=consult, actor=actor, seen=before) for actor in people]
    )
    accepted = one_wins(outcomes)
    with pytest.raises(Refused):
        accept(consult=consult, actor=people[1 - outcomes.index(None)], seen=before)
    return routed, accepted and fresh(referral).consults.count() == 1


@pytest.fixture
def raced_clinic(real_database, clinic):
    """The clinic, where each team has somebody more."""
    clinic.colleagues = {}
    for team in (clinic.cast.tess, clinic.cast.sam):
        other = colleague_of(team)
        other.username = f"colleague of {team.username}"
        other.save()
        clinic.colleagues[team.pk] = other
    return clinic


def test_a_referral_is_routed_once_and_accepted_once_and_a_stale_page_is_refused(raced_clinic):
    races = proving.times(3, 1000)
    progress = proving.Progress("races", races)
    for _race in range(races):
        assert raced(raced_clinic) == (True, True)
        progress.step()
    proving.figure(
        f"{races:,} races to route and {races:,} to accept: 0 doubles; {2 * races:,} stale pages refused"
    )


def test_the_control_without_the_version_and_the_state_both_win(raced_clinic, monkeypatch):
    monkeypatch.setattr(frame, "_refuse_stale", lambda *_of: None)
    monkeypatch.setattr(frame.Action, "refusal", lambda self, situation: None)
    monkeypatch.setattr(frame, "_check_end", lambda *_of: None)
    referral = raced_clinic.in_review()
    outcomes = at_once(
        *[
            lambda treatment=treatment: route(
                referral=referral, actor=raced_clinic.cast.cora, treatments=[treatment], seen=referral.version
            )
            for treatment in ("tms", "spravato")
        ]
    )
    proving.control(f"without version and state: {outcomes.count(None)} of 2 win")
    assert not one_wins(outcomes)
