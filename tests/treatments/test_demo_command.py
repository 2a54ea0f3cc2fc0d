"""The demonstration's command where nobody is yet: whom it refuses, and what a terminal shows."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.documents import worked_example
from treatments.demo.drafts import DRAFTS
from treatments.demo.people import PEOPLE


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


@pytest.mark.django_db
def test_it_is_refused_outside_a_demonstration(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_is_refused_where_real_people_have_written(demonstration):
    Submission.from_document(worked_example("v01")["document"], Submission.Source.PAPER)
    with pytest.raises(CommandError, match="real people"):
        call_command("demo")
    assert not User.objects.exists()
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_it_is_refused_where_a_real_person_has_only_begun(demonstration):
    Submission.save_page(
        Submission.objects.create().pk, INTAKE.by_slug["name"], {"about": {"sex_at_birth": "female"}}
    )
    with pytest.raises(CommandError, match="real people"):
        call_command("demo")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_growing_line_on_a_terminal(settings, transactional_db):
    settings.DEMO = True
    screen = Terminal()
    call_command("demo", stdout=screen)
    every = len(PEOPLE) + len(DRAFTS)
    first, *_rest = screen.getvalue().split("\n")
    assert first.count("\r") == every
    assert first.endswith(f"] {every}/{every} forms")
