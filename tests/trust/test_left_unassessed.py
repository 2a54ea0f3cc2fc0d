"""A referral is always assessed: also when ``kill -9`` comes between the commit of a sent form and the rules."""

import io
import os
import signal
import time

import pytest
from django.core.management import call_command
from django.db import connection

from intake import document
from intake.models import Submission
from tests import proving
from tests.documents import worked_example
from treatments.models import Referral
from treatments.triage import intake_received

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60


def killed_while_sending(draft: Submission) -> bool:
    """Send it in a process that is killed where the rules would begin; whether that is how it ended."""
    connection.close()  # each process has connections of its own
    if connection.vendor == "postgresql":
        connection.close_pool()
    child = os.fork()
    if not child:
        try:
            intake_received.assess_referral = lambda *_of, **_more: os.kill(os.getpid(), signal.SIGKILL)
            Submission.submit(draft.pk)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_each_form_whose_sender_was_killed_before_the_rules_ran_is_assessed_within_a_minute(
    real_database, cast
):
    answers = document.answers_of(worked_example("v01")["document"])
    kills = proving.times(5, 1000)
    progress = proving.Progress("kill -9 between sending and assessing", kills)
    for _kill in range(kills):
        assert killed_while_sending(Submission.objects.create(answers=answers, language="en"))
        progress.step()
    left = Referral.objects.not_assessed().count()
    proving.control(f"before the tick {left:,} of {kills:,} are not assessed")
    assert left == kills  # acknowledged, on the desk, and not judged
    began = time.monotonic()
    while Referral.objects.not_assessed().exists() and time.monotonic() - began < MINUTE:
        call_command("tick", "--once", stdout=io.StringIO())
    took = time.monotonic() - began
    assert not Referral.objects.not_assessed().exists()
    assert Referral.objects.exclude(findings=None).count() == kills
    proving.figure(
        f"{kills:,} kills between sending and assessing: all assessed {took:.1f} s after the next start"
    )
