"""Applying the rules again: previewing a change, catching up, and losing nothing to one bad referral."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from intake.models import Submission
from tests.documents import complete_document, with_changes, worked_example
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


# What ruleset 2026.1 stored of intakes sent while it stood; they lack what is asked only since.
EARLIER = json.loads((Path(__file__).parents[1] / "data" / "assessed_by_2026_1.json").read_text("utf-8"))


@pytest.fixture
def earlier() -> dict[str, Referral]:
    """Referrals as the ruleset before left them, by what is special about each."""
    found = {}
    for name, case in EARLIER.items():
        asked = {"reason.interested_in": ["tms"], **case["changes"]}
        document = with_changes(worked_example("v01")["document"], **asked)
        submission = Submission.from_document(document, Submission.Source.PAPER)
        stored = {**case["stored"], "ruleset": "2026.1", "findings_masked": case["stored"]["findings"]}
        Referral.objects.filter(submission=submission).update(assessed_at=timezone.now(), **stored)
        found[name] = Referral.objects.get(submission=submission)
    return found


def changes_of(printed: str, referral: Referral) -> list[str]:
    (line,) = [line for line in printed.splitlines() if line.startswith(referral.reference)]
    opening, _, changes = line.partition("): ")
    assert opening == f"{referral.reference} (2026.1 -> {RULESET}"
    return changes.split("; ")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("nothing changes", []),
        (
            "an old blood pressure",
            [
                "+E07",
                "+S22",
                "-S14",
                "spravato: clinician_first -> caution",
                "hold: urgent stays until released, the rules ask for same_day",
            ],
        ),
        (
            "bipolar disorder in the family",
            ["+D15", "-S11", "tms: caution -> supports", "spravato: caution -> supports"],
        ),
        ("an MAOI beside a decongestant", ["+D12", "hold: none -> same_day (D12)"]),
        ("levothyroxine and no thyroid disease", ["+D13"]),
        ("a severe episode of three years", ["-D04"]),
    ],
)
def test_what_a_new_ruleset_changes_of_stored_results_is_said_before_it_is_applied(
    earlier, name, changes
) -> None:
    before = list(Referral.objects.order_by("pk").values())
    found = changes_of(run("--dry-run"), earlier[name])
    # Every earlier intake lacks what is asked since, which leaves cautions of Spravato undecided, and was
    # stored before the antidepressants were counted.
    since = (", undecided: ", "antidepressants: ")
    assert [change for change in found if not any(words in change for words in since)] == changes
    assert any(change.startswith("spravato, undecided: ") for change in found)
    assert list(Referral.objects.order_by("pk").values()) == before


def test_the_totals_count_each_rule_state_and_hold(earlier) -> None:
    printed = run("--dry-run").splitlines()
    assert f"{len(earlier)} referrals; ruleset now {RULESET}; stored: 2026.1 x {len(earlier)}" in printed
    assert "Rules gained: +D12 x 1; +D13 x 1; +D15 x 1; +E07 x 1; +S22 x 1" in printed
    assert "Rules lost: -D04 x 1; -S11 x 1; -S14 x 1" in printed
    (holds,) = [line for line in printed if line.startswith("Holds: ")]
    assert holds == (
        "Holds: hold: none -> same_day (D12) x 1; hold: urgent stays until released, the rules ask for same_day x 1"
    )
    (states,) = [line for line in printed if line.startswith("States: ")]
    assert "tms: caution -> supports x 1" in states
    assert f"spravato, undecided: none -> caution x {len(earlier) - 1}" in states


def test_what_was_said_is_what_is_stored(earlier) -> None:
    assert f"{len(earlier)} of {len(earlier)} stored" in run()
    for referral in earlier.values():
        referral.refresh_from_db()
        assert referral.ruleset == RULESET
    assert earlier["an old blood pressure"].hold == "urgent"  # a clinician releases it, no rule does
    assert earlier["an old blood pressure"].hold_rules == ["S14", "S22"]
    assert earlier["an MAOI beside a decongestant"].hold == "same_day"
    assert "D15" in earlier["bipolar disorder in the family"].fired


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
    assert f"{assessed[2].reference} ({RULESET} -> {RULESET}): -T04; tms: clinician_first -> supports" in told
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
