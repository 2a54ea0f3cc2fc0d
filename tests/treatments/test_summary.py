"""The summary of a person: a few sentences made of data, the same for everybody who may read the same."""

import pytest

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, URGENT, Clinic, answered, fresh, release_hold
from tests.documents import ABSENT
from treatments.models import Referral
from treatments.reading.redaction import WITHOUT_GRANTS, Redaction, redaction_for
from treatments.reading.safety_said import safety_said
from treatments.reading.summary import summary_of

WITHDRAWAL = {"substances.withdrawal_symptoms": "yes"}


def words(referral: Referral, redaction: Redaction) -> str:
    return "".join(piece.words for piece in summary_of(redaction, referral, redaction.assessment(referral)))


def summary(clinic: Clinic, **changes) -> str:
    referral = clinic.new(**changes)
    return words(referral, redaction_for(clinic.cast.clara, referral.submission))


def test_it_says_who_how_severe_how_long_what_failed_and_what_is_unsafe(clinic):
    said = summary(clinic)
    assert said.startswith("Female, 42. Moderately severe depression (PHQ-9 18 of 27, ")
    assert said.endswith(
        "), this episode 14 months. Two adequate trials without benefit, two classes: sertraline, venlafaxine. "
        "No safety answer says yes."
    )


def test_their_own_word_for_themselves_stands_before_the_sex_at_birth(clinic):
    assert summary(clinic, **{"about.gender": "non-binary"}).startswith("Non-binary (female), 42.")
    assert summary(clinic, **{"about.sex_at_birth": "declined"}).startswith("Sex not said, 42.")


def test_what_was_not_said_is_named_so_and_no_total_is_made_up(clinic):
    said = summary(
        clinic,
        **{"mood.phq9": ABSENT, "history.episode_months": ABSENT, "antidepressants.trials": ABSENT},
    )
    assert "PHQ-9 not finished, how long this episode has lasted: not said." in said
    assert "Medicines tried for depression: not answered." in said
    assert "No medicine tried for depression." in summary(clinic, **{"antidepressants.trials": []})


def test_a_medicine_nobody_knows_enough_of_is_not_known_and_no_failure(clinic):
    said = summary(clinic, **{"antidepressants.trials": [{"drug": "Zoloft"}, {"drug": "something blue"}]})
    assert "No adequate trials without benefit; not known: sertraline, something blue." in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (URGENT, "1 safety answer says yes: Thoughts of harming others."),
        (SAME_DAY, "1 safety answer says yes: PHQ-9 item 9 above zero."),
        ({**URGENT, **SAME_DAY}, "2 safety answers say yes: Thoughts of harming others."),
        ({"safety.harm_to_others": "not_sure"}, "No safety answer says yes, 1 not known."),
        ({"about.filled_by": "family"}, "No safety answer says yes, C-SSRS: not finished."),
        # Unsafe only beside a medicine: it stands with the treatments.
        (CLINICIAN_FIRST_FOR_TMS, "No safety answer says yes. TMS: a seizure, a clinician first (T04)."),
    ],
)
def test_of_what_is_unsafe_it_says_how_many_and_the_gravest(clinic, changes, words):
    assert words in summary(clinic, **changes)


def test_it_says_what_the_clinician_judged_and_what_became_of_the_hold(clinic):
    referral = clinic.new(**SAME_DAY)
    release_hold(referral=referral, actor=clinic.cast.clara)
    said = words(fresh(referral), redaction_for(clinic.cast.clara, referral.submission))
    assert said.endswith("PHQ-9 item 9 above zero; the clinician says low, no hold stands.")


def test_substance_use_has_no_place_in_it_whoever_reads(clinic):
    sober, ill = clinic.new(), clinic.new(**WITHDRAWAL)
    assert words(ill, WITHOUT_GRANTS) == words(sober, WITHOUT_GRANTS)
    assert "No safety answer that you may read says yes." in words(ill, WITHOUT_GRANTS)
    readers = redaction_for(clinic.cast.clara, ill.submission)
    assert "No safety answer says yes, substance use apart." in words(ill, readers)
    assert [row.path for row in safety_said(ill.submission, readers).yes] == list(WITHDRAWAL)


def test_a_no_that_was_a_yes_is_among_what_says_yes(clinic):
    referral = clinic.new(**URGENT)
    submission = referral.submission
    assert [row.answer for row in safety_said(submission, redaction_for(clinic.cast.clara)).yes] == ["Yes"]
    again = answered(referral, {"safety.harm_to_others": "no"})
    rows = safety_said(again.submission, redaction_for(clinic.cast.clara)).yes
    assert [(row.answer, bool(row.changed)) for row in rows] == [("No", True)]
