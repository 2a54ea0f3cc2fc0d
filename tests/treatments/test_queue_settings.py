"""Pausing a queue and limiting it: who may, what it refuses, what it only warns of."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import GROUP_OF, fresh
from treatments.models import Consult, Event, QueueSetting
from treatments.triage.consults import accept
from treatments.triage.queue_settings import change_queue, queue_words
from treatments.triage.routing import route
from treatments.workflow import Refused

LIST = "admin:treatments_queuesetting_changelist"
STALE = "Somebody else has changed this queue since you opened the page. Look at it again."
PAUSED = "The queue TMS is paused: no coil until May"


def page_of(treatment: str) -> str:
    return reverse("admin:treatments_queuesetting_change", args=[treatment])


def pause_tms(cast, **more) -> None:
    change_queue(treatment="tms", actor=cast.tess, paused=True, paused_note="no coil until May", **more)


# --- What a pause does --------------------------------------------------------------------------------


def test_a_paused_queue_refuses_routing_with_a_sentence(clinic):
    pause_tms(clinic.cast)
    referral = clinic.in_review()
    with pytest.raises(Refused) as fault:
        route(referral=referral, actor=clinic.cast.cora, treatments=["spravato", "tms"], reason="x")
    assert str(fault.value) == PAUSED
    assert fresh(referral).state == "in_review"
    assert not Consult.objects.exists()


def test_the_route_page_says_which_queue_is_paused_and_the_other_still_takes_people(clinic, signed_in):
    pause_tms(clinic.cast)
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    address = reverse("admin:treatments_referral_action", args=[referral.pk, "route"])
    assert PAUSED in cora.get(address).content.decode()
    route(referral=referral, actor=clinic.cast.cora, treatments=["spravato"], reason="x")
    assert fresh(referral).state == "routed"


def test_what_is_in_a_paused_queue_goes_on(clinic, signed_in):
    consult = clinic.consult("waiting")
    pause_tms(clinic.cast)
    accept(consult=consult, actor=clinic.cast.tess)
    page = signed_in(clinic.cast.tess).get(reverse("admin:treatments_tmsconsult_changelist"))
    assert PAUSED in page.content.decode()


def test_a_queue_that_is_taken_up_again_forgets_why_it_was_paused(clinic):
    pause_tms(clinic.cast)
    change_queue(treatment="tms", actor=clinic.cast.tess, paused=False, paused_note="left over")
    assert (QueueSetting.of("tms").paused, QueueSetting.of("tms").paused_note) == (False, "")
    assert clinic.routed("tms").state == "routed"


# --- What a limit does --------------------------------------------------------------------------------


def test_a_full_queue_warns_and_does_not_refuse(clinic, signed_in):
    change_queue(treatment="tms", actor=clinic.cast.tess, paused=False, most_open=2)
    clinic.consult("completed")
    clinic.consult("waiting")
    assert queue_words() == []
    clinic.consult("accepted")
    warning = "The queue TMS is full: 2 open consults of at most 2."
    assert queue_words() == [warning]
    referral = clinic.in_review()
    address = reverse("admin:treatments_referral_action", args=[referral.pk, "route"])
    assert warning in signed_in(clinic.cast.cora).get(address).content.decode()
    route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="x")
    assert fresh(referral).state == "routed"


def test_a_limit_of_nobody_is_refused(cast):
    with pytest.raises(Refused, match="Pause it instead"):
        change_queue(treatment="tms", actor=cast.tess, paused=False, most_open=0)


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUP_OF)
def test_a_queue_is_changed_by_its_own_team_and_by_coordinators(name, cast, signed_in):
    person = getattr(cast, name)
    client = signed_in(person)
    if name in ("tess", "cora", "carl"):
        change_queue(treatment="tms", actor=person, paused=True)
        assert QueueSetting.of("tms").paused
        assert client.get(page_of("tms")).status_code == 200
    else:
        with pytest.raises(PermissionDenied):
            change_queue(treatment="tms", actor=person, paused=True)
        assert client.get(page_of("tms")).status_code in (403, 404)
        assert client.post(page_of("tms"), {"seen_version": 0, "paused": "on"}).status_code in (403, 404)
        assert not QueueSetting.of("tms").paused
        assert not Event.objects.filter(kind="queue_setting").exists()


def test_a_team_sees_its_own_queue_only_and_coordinators_see_all(cast, signed_in):
    shown = {
        person.username: [
            row["setting"].treatment for row in signed_in(person).get(reverse(LIST)).context["rows"]
        ]
        for person in (cast.tess, cast.cora)
    }
    assert shown == {"tess": ["tms"], "cora": ["tms", "spravato", "psychotherapy"]}
    assert signed_in(cast.tess).get(page_of("spravato")).status_code == 404
    assert signed_in(cast.cora).get(page_of("massage")).status_code == 404
    assert signed_in(cast.clara).get(reverse(LIST)).status_code == 403


# --- The page -----------------------------------------------------------------------------------------


def test_a_queue_is_paused_on_its_page_as_one_event(cast, signed_in):
    cora = signed_in(cast.cora)
    told = {"seen_version": 0, "paused": "on", "paused_note": "no coil until May", "most_open": "12"}
    for _twice in range(2):
        assert cora.post(page_of("tms"), told).url == reverse(LIST)
    setting = QueueSetting.of("tms")
    assert (setting.paused, setting.paused_note, setting.most_open) == (True, "no coil until May", 12)
    event = Event.objects.get(kind="queue_setting")
    assert (event.actor, event.note, event.referral) == (cast.cora, "no coil until May", None)
    assert event.details == {"treatments": ["tms"], "paused": True, "most_open": 12}
    assert "no coil until May" in cora.get(reverse(LIST)).content.decode()
    assert reverse(LIST) in cora.get(reverse("admin:index")).content.decode()


def test_a_stale_page_changes_nothing(cast, signed_in):
    pause_tms(cast)
    response = signed_in(cast.cora).post(page_of("tms"), {"seen_version": 0, "most_open": "3"})
    assert response.status_code == 409
    assert STALE in response.content.decode()
    assert QueueSetting.of("tms").paused


@pytest.mark.parametrize("most", ["0", "-1", "many", "9999999"])
def test_a_senseless_limit_is_shown_as_a_mistake(most, cast, signed_in):
    response = signed_in(cast.tess).post(page_of("tms"), {"seen_version": 0, "most_open": most})
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
    assert QueueSetting.of("tms").most_open is None
