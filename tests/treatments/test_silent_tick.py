"""Staff are warned when the tick, which sends mail and alerts, has fallen silent; a deploy check, when nobody is told."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.checks.registry import registry
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.intake.screen import words
from treatments.checks import somebody_hears_of_an_alarm
from treatments.management.commands import tick as command
from treatments.models import TickPass

WARNING = "Mail and on-call alerts are not going out."


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


def tick() -> None:
    call_command("tick", "--once", stdout=io.StringIO())


def home(client: Client) -> str:
    return words(client.get(reverse("admin:index")).content.decode())


@pytest.mark.parametrize("person", ["cora", "tess", "adam"])
def test_staff_are_warned_when_the_tick_has_been_silent_for_more_than_two_minutes(
    cast, signed_in, clock, person
):
    desk = signed_in(getattr(cast, person))
    tick()
    assert WARNING not in home(desk)
    clock.shift(timedelta(minutes=2))
    assert WARNING not in home(desk)
    clock.shift(timedelta(seconds=1))
    assert f"{WARNING} The job that sends them last ran 2 minutes ago." in home(desk)
    tick()
    assert WARNING not in home(desk)


def test_staff_are_warned_when_the_tick_has_never_run(cast, signed_in):
    assert f"{WARNING} The job that sends them has never run." in home(signed_in(cast.cora))


@pytest.mark.django_db
def test_of_all_passes_the_last_one_is_kept(clock):
    for _time in range(3):
        tick()
        clock.shift(timedelta(seconds=5))
    assert TickPass.objects.get().at == timezone.now() - timedelta(seconds=5)
    with pytest.raises(IntegrityError):
        TickPass.objects.create(pk=2, at=timezone.now())


@pytest.mark.django_db
def test_a_pass_in_which_a_sweep_fails_is_a_sign_of_life_all_the_same():
    def broken():
        raise DatabaseError

    todo = command.jobs()
    todo[0].sweep = broken
    assert not command.run_pass(todo)
    assert TickPass.last() is not None


# --- Does anybody hear of an alarm? ------------------------------------------------------------------


@pytest.fixture
def production(settings):
    settings.DEBUG = settings.DEMO = False
    settings.ON_CALL_EMAIL = settings.ON_CALL_WEBHOOK = ""
    return settings


def test_the_deploy_check_warns_when_nobody_would_hear_of_an_alarm(production):
    (warning,) = somebody_hears_of_an_alarm(None)
    assert warning.id == "treatments.W001"
    assert "ON_CALL_EMAIL or ON_CALL_WEBHOOK" in warning.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ON_CALL_EMAIL", "on-call@clinic.example"),
        ("ON_CALL_WEBHOOK", "https://on-call.example/alert"),
        ("DEBUG", True),
        ("DEMO", True),
    ],
)
def test_it_is_content_with_either_way_and_asks_nothing_of_a_trial(production, name, value):
    setattr(production, name, value)
    assert somebody_hears_of_an_alarm(None) == []


def test_the_deploy_check_is_among_those_that_are_run():
    assert somebody_hears_of_an_alarm in registry.deployment_checks
