"""Applying the rules again: previewing a change, catching up, and losing nothing to one bad referral."""

from io import StringIO

import pytest
from django.core.management import call_command

from intake.models import Submission
from tests.documents import complete_document
from treatments.management.commands import reassess
from treatments.models import Event, Referral
from treatments.rules.criteria import RULES
from treatments.rules.version import RULESET
from treatments.triage.assessment import assess_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed() -> list[Referral]:
    for changes in ({}, {"safety.cssrs.q1": "yes"}, {"health.seizure_ever": "yes"}):
        Submission.from_document(complete_document(**changes), Submission.Source.PAPER)
    referrals = list(Referral.objects.order_by("pk"))
    assert all(assess_referral(referral) for referral in referrals)
    return referrals


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("reassess", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_with_the_same_rules_nothing_differs(assessed) -> None:
    assert "0 results differ" in run("--dry-run")


def test_a_changed_rule_is_previewed_by_reference_and_changes_nothing(assessed, monkeypatch) -> None:
    real = reassess.assess

    def without_t04(document, **options):
        rules = tuple(rule for rule in RULES if rule.id != "T04")
        return real(document, rules=rules, ruleset="next", **options)

    monkeypatch.setattr(reassess, "assess", without_t04)
    before = list(Referral.objects.order_by("pk").values())
    told = run("--dry-run")
    assert "1 results differ" in told
    assert f"{assessed[2].reference} ({RULESET}): -T04, tms: clinician_first -> supports" in told
    assert list(Referral.objects.order_by("pk").values()) == before


def test_a_referral_that_was_never_assessed_is_caught_up(assessed) -> None:
    Submission.from_document(complete_document(), Submission.Source.PAPER)
    assert Referral.objects.not_assessed().count() == 1
    assert "1 of 1 stored" in run()
    assert not Referral.objects.not_assessed().exists()
    assert Event.objects.filter(referral=Referral.objects.latest("pk"), kind="assessed").count() == 1


def test_one_referral_whose_rule_fails_is_named_and_the_others_are_still_compared(
    assessed, monkeypatch
) -> None:
    real = reassess.assess
    calls = iter(range(99))

    def sometimes_broken(document, **options):
        if next(calls) == 0:
            raise ValueError
        return real(document, **options)

    monkeypatch.setattr(reassess, "assess", sometimes_broken)
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("reassess", "--dry-run", stdout=out, stderr=err)
    assert "a rule failed" in err.getvalue()
    assert "0 results differ" in out.getvalue()
