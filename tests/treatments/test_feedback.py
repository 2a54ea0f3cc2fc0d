"""A team's word on a referral: once for each consult, by the team that keeps it, and counted."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import fresh
from treatments.models import Event, Feedback
from treatments.triage.consults import accept, give_feedback, return_consult
from treatments.workflow import VERDICTS, Refused

GIVEN = "Your team has given feedback on this referral already."
NONE = dict.fromkeys(VERDICTS, 0)


def page_of(consult) -> str:
    return reverse("admin:treatments_tmsconsult_action", args=[consult.pk, "feedback"])


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_is_kept_counted_and_asks_for_a_note_where_its_row_says_so(verdict, clinic):
    consult = clinic.consult("waiting")
    given = {"consult": consult, "actor": clinic.cast.tess, "verdict": verdict}
    if VERDICTS[verdict].note_required:
        with pytest.raises(Refused, match="needs a note"):
            give_feedback(**given)
        assert not Feedback.objects.exists()
    give_feedback(**given, note="no list of medicines")
    kept = Feedback.objects.get()
    assert (kept.verdict, kept.by, kept.note) == (verdict, clinic.cast.tess, "no list of medicines")
    assert Feedback.objects.counts() == {"tms": NONE | {verdict: 1}, "spravato": NONE, "psychotherapy": NONE}
    assert Event.objects.latest("pk").details == {"verdict": verdict}


def test_an_unknown_verdict_is_refused(clinic):
    with pytest.raises(Refused, match=r"Choose what you think of the referral\."):
        give_feedback(consult=clinic.consult("waiting"), actor=clinic.cast.tess, verdict="boring")


@pytest.mark.parametrize("state", ["waiting", "accepted", "booked", "completed"])
def test_feedback_is_given_while_the_team_keeps_the_consult(state, clinic, signed_in):
    consult = clinic.consult(state)
    told = {"seen_version": fresh(consult).version, "verdict": "useful"}
    tess = signed_in(clinic.cast.tess)
    for _twice in range(2):
        assert tess.post(page_of(consult), told).status_code == 302
    assert Feedback.objects.get().consult_id == consult.pk
    assert fresh(consult).state == state


@pytest.mark.parametrize("state", ["returned", "withdrawn"])
def test_a_consult_that_is_gone_takes_no_feedback(state, clinic, signed_in):
    consult = clinic.consult(state)
    with pytest.raises(Refused, match="nothing more happens with it"):
        give_feedback(consult=consult, actor=clinic.cast.tess, verdict="useful")
    assert signed_in(clinic.cast.tess).get(page_of(consult)).status_code == 404


def test_feedback_is_given_once_and_the_button_says_so(clinic, signed_in):
    consult = clinic.consult("waiting")
    give_feedback(consult=consult, actor=clinic.cast.tess, verdict="useful")
    with pytest.raises(Refused) as fault:
        give_feedback(consult=fresh(consult), actor=clinic.cast.tess, verdict="wrong_queue")
    assert str(fault.value) == GIVEN
    tess = signed_in(clinic.cast.tess)
    assert GIVEN in tess.get(page_of(consult)).content.decode()
    assert (
        GIVEN in tess.get(reverse("admin:treatments_tmsconsult_change", args=[consult.pk])).content.decode()
    )


def test_a_stale_page_gives_no_feedback(clinic, signed_in):
    consult = clinic.consult("waiting")
    told = {"seen_version": fresh(consult).version, "verdict": "useful"}
    accept(consult=consult, actor=clinic.cast.tess)
    assert signed_in(clinic.cast.tess).post(page_of(consult), told).status_code == 409
    assert not Feedback.objects.exists()


def test_only_the_own_team_gives_feedback_and_coordinators_read_it(clinic, signed_in):
    consult = clinic.consult("waiting")
    for person in (clinic.cast.sam, clinic.cast.cora, clinic.cast.sid):
        with pytest.raises(PermissionDenied):
            give_feedback(consult=consult, actor=person, verdict="useful")
    give_feedback(consult=consult, actor=clinic.cast.tess, verdict="wrong_queue", note="asks for therapy")
    address = reverse("admin:treatments_referral_change", args=[consult.referral_id])
    page = signed_in(clinic.cast.cora).get(address).content.decode()
    assert page.count("Wrong queue") == 2
    assert "asks for therapy" in page


def test_a_team_says_what_it_thinks_as_it_returns_the_consult(clinic, signed_in):
    consult = clinic.consult("waiting")
    address = reverse("admin:treatments_tmsconsult_action", args=[consult.pk, "return"])
    tess = signed_in(clinic.cast.tess)
    assert "What do you think of this referral? (optional)" in tess.get(address).content.decode()
    told = {"seen_version": consult.version, "reason": "no_capacity", "verdict": "wrong_queue"}
    for _twice in range(2):
        assert tess.post(address, told).status_code == 302
    assert Feedback.objects.counts()["tms"] == NONE | {"wrong_queue": 1}
    desk = reverse("admin:treatments_referral_change", args=[consult.referral_id])
    assert signed_in(clinic.cast.cora).get(desk).content.decode().count("Wrong queue") == 3


def test_a_return_without_a_verdict_gives_no_feedback(clinic):
    return_consult(consult=clinic.consult("waiting"), actor=clinic.cast.tess, reason="no_capacity")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("boring", "Choose what you think of the referral."),
        ("incomplete", "“Incomplete” needs a note."),
    ],
)
def test_a_return_with_half_a_verdict_is_refused_and_changes_nothing(verdict, sentence, clinic):
    consult = clinic.consult("waiting")
    with pytest.raises(Refused) as fault:
        return_consult(consult=consult, actor=clinic.cast.tess, reason="no_capacity", verdict=verdict)
    assert str(fault.value) == sentence
    assert fresh(consult).state == "waiting" and not Feedback.objects.exists()


def test_who_has_given_feedback_is_not_asked_again_on_returning(clinic, signed_in):
    consult = clinic.consult("waiting")
    give_feedback(consult=consult, actor=clinic.cast.tess, verdict="useful")
    address = reverse("admin:treatments_tmsconsult_action", args=[consult.pk, "return"])
    assert "verdict" not in signed_in(clinic.cast.tess).get(address).context["form"].fields
    with pytest.raises(Refused) as fault:
        return_consult(
            consult=fresh(consult), actor=clinic.cast.tess, reason="no_capacity", verdict="wrong_queue"
        )
    assert str(fault.value) == GIVEN
