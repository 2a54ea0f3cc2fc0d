"""What the redaction takes out, guard by guard; the walk of test_non_interference reads every page with it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User

from intake.fields import FIELDS, Reader
from intake.models import Alarm
from intake.questionnaire.dangers import DANGERS
from tests.conftest import SAME_DAY, URGENT, Clinic
from tests.documents import ABSENT, complete_document
from tests.intake.screen import words
from tests.treatments.alerts import alert_of, close
from treatments.models import Event
from treatments.reading.alert import on_record, unsafe_answers
from treatments.reading.redaction import (
    GRANTS,
    WITHOUT_GRANTS,
    Redaction,
    assessment_to_keep,
    redaction_for,
)
from treatments.rules.criteria import RULES
from treatments.rules.facts import Facts
from treatments.triage.contacts import CARING_RULES
from treatments.workflow import Refused
from treatments.workflow.risk import ALARM

WITH_GRANTS = Redaction(AnonymousUser(), frozenset(Reader))
STOPPED = {"substances.stopped_heavy_use_last_7_days": "yes"}
DRINKS = {"substances.audit_c": [4, 4, 4]}
INSTEAD = "a protected answer: ask a clinician"


# --- Who reads as what --------------------------------------------------------------------------------------


def test_each_grant_is_a_permission_and_opens_one_class_of_answers(db):
    person = User.objects.create_user("vera")
    assert redaction_for(person) == Redaction(person, WITHOUT_GRANTS.readers)
    for reader, permission in GRANTS.items():
        person.user_permissions.add(Permission.objects.get(codename=permission.removeprefix("treatments.")))
        person = User.objects.get(pk=person.pk)
        assert redaction_for(person).readers - WITHOUT_GRANTS.readers == {reader}
    assert not redaction_for(person).hides
    assert WITHOUT_GRANTS.hides and redaction_for(AnonymousUser()).hides


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_a_field_is_read_by_its_readers_and_so_is_each_part_of_it(field):
    for path in (field.path, f"{field.path}[0]", f"{field.path}[0].part", f"{field.path}.part"):
        assert WITHOUT_GRANTS.may_read(path) == (field.reader not in GRANTS)
        assert WITH_GRANTS.may_read(path)


def test_what_is_no_field_is_no_answer_and_may_be_read():
    assert WITHOUT_GRANTS.may_read("submitted_on") and WITHOUT_GRANTS.may_read("about.nickname")


# --- Answers ------------------------------------------------------------------------------------------------


def test_a_document_loses_its_protected_answers_and_nothing_else():
    document = complete_document()
    bare = WITHOUT_GRANTS.readable(document)
    assert bare == {section: values for section, values in document.items() if section != "substances"}
    assert WITH_GRANTS.readable(document) == document


def test_a_sent_intake_leaves_without_its_protected_answers(clinic):
    submission = clinic.new(**DRINKS).submission
    assert "substances" not in WITHOUT_GRANTS.document(submission)
    assert WITH_GRANTS.document(submission) == submission.to_document()


# --- What the rules say -------------------------------------------------------------------------------------


def rules_in(found: dict) -> set[str]:
    """All rules that an account names, fired or open."""
    places = [found["hold"], *found["treatments"].values()]
    rows = [*found["notes"], *found["ask"], *found["hold_findings"]]
    rows += [row for place in places for key in ("findings", "ask") for row in place.get(key, ())]
    return {row["rule"] for row in rows} | set(found["hold"]["rules"])


def test_an_account_reads_the_scale_of_trauma_as_the_clinic_has_set_it():
    """Three of five for a woman: a sign only where the clinic set three."""
    answers = ["yes", "yes", "yes", "no", "no"]
    document = complete_document(
        **{"about.sex_at_birth": "female", "anxiety.trauma_event": "yes", "anxiety.pc_ptsd5": answers}
    )
    for redaction in (WITH_GRANTS, WITHOUT_GRANTS):
        assert "P04" not in rules_in(redaction.judge(document))
        assert "P04" in rules_in(redaction.judge(document, pc_ptsd5_cutoff_women=3))


def test_the_account_without_a_grant_is_that_of_the_answers_without_the_protected_ones():
    drinks = complete_document(**DRINKS, **{"substances.drug_use_past_year": 9})
    silent = complete_document(**dict.fromkeys(protected_paths(), ABSENT))
    assert (
        WITHOUT_GRANTS.judge(drinks)
        == WITHOUT_GRANTS.judge(silent)
        == WITHOUT_GRANTS.judge(complete_document())
    )
    assert {"T08", "E10", "E11"} <= rules_in(WITH_GRANTS.judge(drinks))


def protected_paths() -> set[str]:
    return {field.path for field in FIELDS if field.reader in GRANTS}


def test_a_rule_that_waits_for_protected_answers_alone_is_neither_asked_nor_undecided():
    silent = complete_document(**dict.fromkeys(protected_paths(), ABSENT))
    whole, masked = WITH_GRANTS.judge(silent), WITHOUT_GRANTS.judge(silent)
    assert {"E11", "E12", "S13"} <= rules_in(whole)
    assert not {"E11", "E12", "S13"} & rules_in(masked)
    assert whole["treatments"]["spravato"]["undecided"] == "clinician_first"
    assert masked["treatments"]["spravato"]["undecided"] == "none"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_reads_nothing_protected_never_waits_for_it_alone(rule):
    for document in ({"submitted_on": "2026-11-20"}, complete_document()):
        answer = rule.predicate(facts := Facts(WITHOUT_GRANTS.readable(document)))
        waits = answer.value is None and not any(map(WITHOUT_GRANTS.may_read, answer.paths or rule.reads))
        assert WITHOUT_GRANTS._waits_for_protected_alone(rule, facts) == waits


def test_a_rule_that_waits_for_another_answer_too_asks_for_that_one_alone():
    document = complete_document(
        **{"history.sleep_under_4h": "not_sure", "substances.recent_binge": "not_sure"}
    )
    (asked,) = (
        ask for ask in WITHOUT_GRANTS.judge(document)["treatments"]["tms"]["ask"] if ask["rule"] == "T08"
    )
    assert asked["fields"] == ["history.sleep_under_4h"]
    (asked,) = (
        ask for ask in WITH_GRANTS.judge(document)["treatments"]["tms"]["ask"] if ask["rule"] == "T08"
    )
    assert "substances.recent_binge" in asked["fields"]


@pytest.mark.parametrize("consent", ["yes", "no", ABSENT])
def test_a_score_of_protected_answers_is_no_score_without_the_grant(consent):
    document = complete_document(**{"consent.substance_use_agreed": consent, "mood.phq9": ABSENT})
    whole, masked = WITH_GRANTS.judge(document)["scores"], WITHOUT_GRANTS.judge(document)["scores"]
    assert whole.keys() - masked.keys() == {"audit_c", "drug_item"}
    assert masked["phq9"]["missing"]  # what is missing and may be read is said


def test_where_a_rule_fails_nobody_has_an_account(clinic, monkeypatch):
    referral = clinic.new()
    assert WITHOUT_GRANTS.assessment(referral) and WITH_GRANTS.assessment(referral)
    monkeypatch.setattr("treatments.reading.assessment.assess", lambda *args, **more: 1 / 0)
    assert WITHOUT_GRANTS.assessment(referral) is WITH_GRANTS.assessment(referral) is None
    with pytest.raises(Refused):
        assessment_to_keep(referral)


def test_what_was_never_assessed_has_no_account(clinic, monkeypatch):
    monkeypatch.setattr("treatments.triage.intake_received.assess_referral", lambda *args, **more: False)
    assert WITHOUT_GRANTS.assessment(clinic.new()) is None


def test_an_event_keeps_both_accounts_and_each_reader_has_their_own(clinic):
    event = clinic.routed("spravato", **DRINKS, **STOPPED).events.get(kind="route")
    whole, masked = WITH_GRANTS.assessment_then(event), WITHOUT_GRANTS.assessment_then(event)
    assert "masked" not in whole and {"E11", "S13"} <= rules_in({**whole, "hold_findings": []})
    assert not {"E11", "S13"} & rules_in(masked)
    assert masked["hold"]["level"] == whole["hold"]["level"] == "urgent"
    assert masked["hold"]["rules"] == [INSTEAD] and whole["hold"]["rules"] == ["S13"]


def test_an_event_is_not_told_of_an_alarm_that_rang_after_it(clinic, django_capture_on_commit_callbacks):
    referral = clinic.routed("tms", **DRINKS)
    event = referral.events.get(kind="route")
    referral.submission.alarms.create(danger="withdrawal_symptoms", urgency="urgent")
    assert WITHOUT_GRANTS.assessment_then(event)["hold"]["rules"] == []


# --- Holds --------------------------------------------------------------------------------------------------

CARRYING = [rule for rule in RULES if rule.hold]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_known_without_a_grant_if_all_that_it_reads_is(rule):
    assert (WITHOUT_GRANTS.known_rules([rule.id]) == [rule.id]) == (not protected_paths() & set(rule.reads))
    assert WITH_GRANTS.known_rules([rule.id]) == [rule.id]


def test_a_rule_of_another_ruleset_is_known_to_nobody_without_a_grant_and_an_alarm_is():
    assert WITHOUT_GRANTS.known_rules(["X99", ALARM, "S01"]) == [ALARM, "S01"]
    assert WITH_GRANTS.known_rules(["X99", "S01"]) == ["X99", "S01"]


@pytest.mark.parametrize(
    ("rules", "level", "shown"),
    [
        (["S21"], "urgent", ["S21"]),
        (["S13"], "urgent", [INSTEAD]),
        (["S05", "S13"], "urgent", ["S05", INSTEAD]),
        (
            ["S13", "S21"],
            "urgent",
            ["S21"],
        ),  # the level is explained, and no alarm of a protected danger rang
        (["S05"], "same_day", ["S05"]),
        ([], "same_day", [INSTEAD]),
        ([], "none", []),
    ],
)
def test_words_stand_for_the_rules_that_alone_explain_the_level_of_a_hold(rules, level, shown):
    assert WITHOUT_GRANTS.hold_rules(rules, level, []) == shown
    assert WITH_GRANTS.hold_rules(rules, level, []) == rules


def test_words_stand_there_too_where_a_protected_alarm_rang_beside_another_rule(clinic):
    referral = clinic.new(**STOPPED, **URGENT)
    assert referral.hold_rules == ["S13", "S21"]
    alarms = referral.submission.alarms.all()
    assert WITHOUT_GRANTS.hold_rules(referral.hold_rules, "urgent", alarms) == ["S21", INSTEAD]
    assert WITHOUT_GRANTS.assessment(referral)["hold"]["rules"] == ["S21", INSTEAD]
    assert WITH_GRANTS.assessment(referral)["hold"]["rules"] == ["S13", "S21"]


def test_a_hold_that_its_readable_rules_explain_needs_no_words(clinic):
    referral = clinic.new(**SAME_DAY, **DRINKS)
    assert WITHOUT_GRANTS.assessment(referral)["hold"]["rules"] == ["S05"]


def test_a_hold_that_an_earlier_readable_rule_explains_needs_no_words(clinic):
    """The answer was amended since: the hold stands, and by nothing that is protected."""
    referral = clinic.new(**URGENT)
    referral.submission.answers["safety"]["harm_to_others"] = "no"
    assert (referral.hold, referral.hold_rules) == ("urgent", ["S21"])
    assert WITHOUT_GRANTS.assessment(referral)["hold"]["rules"] == []


def test_a_hold_that_a_readable_rule_of_today_explains_needs_no_words(clinic):
    """What raised it is a rule of an earlier ruleset."""
    referral = clinic.new(**URGENT)
    referral.hold_rules = ["X99"]
    assert WITHOUT_GRANTS.assessment(referral)["hold"]["rules"] == ["S21"]


# --- Alarms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("danger", DANGERS, ids=lambda danger: danger.key)
def test_an_alarm_is_named_to_who_may_read_the_answers_behind_it(danger):
    alarm = Alarm(danger=danger.key, urgency=danger.urgency)
    masked = "A safety answer that you may not read: ask a clinician"
    readable = not protected_paths() & set(danger.paths)
    assert WITHOUT_GRANTS.alarm_title(alarm) == (str(danger.title) if readable else masked)
    assert WITH_GRANTS.alarm_title(alarm) == str(danger.title)


def test_an_alarm_of_a_danger_that_is_no_longer_known_is_named_to_nobody_without_a_grant():
    alarm = Alarm(danger="gone", urgency="urgent")
    assert WITHOUT_GRANTS.is_protected(alarm) and not WITH_GRANTS.is_protected(alarm)


BOTH = ("withdrawal_symptoms", "stopped_heavy_use_last_7_days")


def shown_of(clinic: Clinic, *yes: str) -> tuple[list, list]:
    """What an alert says without the grant: a referral for each set of protected answers that rang."""
    answers = {f"substances.{key}": "yes" for key in yes} | {"safety.harm_to_others": "yes"}
    alert = alert_of(clinic.new(**answers).submission)
    assert alert.alarms.count() == len(yes) + 1
    titles = [(each.title, each.urgency) for each in unsafe_answers(alert, WITHOUT_GRANTS)]
    return titles, [(each.title, each.words) for each in on_record(alert, WITHOUT_GRANTS)]


def test_how_many_protected_answers_rang_is_not_said(clinic):
    titles, record = shown_of(clinic, BOTH[0])
    assert (titles, record) == shown_of(clinic, BOTH[1]) == shown_of(clinic, *BOTH)
    assert len(titles) == len(record) == 2


def test_a_protected_answer_that_rings_after_a_closing_is_on_record_again(clinic):
    referral = clinic.new(**{f"substances.{BOTH[0]}": "yes"})
    close(alert_of(referral.submission), clinic.cast.clara)
    Alarm.objects.create(submission=referral.submission, danger="stopped_heavy_use", urgency="same_day")
    again = alert_of(referral.submission)
    assert len(on_record(again, WITHOUT_GRANTS)) == 2
    (unsafe,) = unsafe_answers(again, WITHOUT_GRANTS)
    assert unsafe.is_new


# --- Events -------------------------------------------------------------------------------------------------


def said(redaction: Redaction, clinic: Clinic, kind: str, **details) -> str:
    referral = clinic.new()
    return "; ".join(redaction.event_words(Event(referral=referral, kind=kind, details=details)))


def test_the_protected_questions_that_were_asked_are_not_named(clinic):
    details = {"fields": ["substances.recent_binge", "health.stroke"], "mailed": False}
    assert "drug" in said(WITH_GRANTS, clinic, "ask_patient", **details)
    masked = said(WITHOUT_GRANTS, clinic, "ask_patient", **details)
    assert "drug" not in masked and "stroke" in masked
    alone = said(WITHOUT_GRANTS, clinic, "ask_patient", fields=["substances.recent_binge"], mailed=False)
    assert alone == "no mail may be sent"


def test_the_protected_rules_of_a_hold_that_was_raised_are_not_named(clinic):
    details = {"hold": "urgent", "rules": ["S05", "S13"]}
    assert said(WITH_GRANTS, clinic, "hold_raised", **details) == "Urgent S05, S13"
    assert said(WITHOUT_GRANTS, clinic, "hold_raised", **details) == f"Urgent S05, {INSTEAD}"


def test_the_rules_after_which_a_caring_contact_is_due_are_named_as_far_as_they_are_known(clinic):
    assert said(WITH_GRANTS, clinic, "caring_due", rules=["S01", "S13"]) == "S01, S13"
    assert said(WITHOUT_GRANTS, clinic, "caring_due", rules=["S01", "S13"]) == "S01"
    assert set(WITHOUT_GRANTS.known_rules(CARING_RULES)) == CARING_RULES


def test_the_page_names_no_protected_rule_of_a_caring_contact(clinic, signed_in):
    referral = clinic.new(
        **{"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "yes", "q4": "yes", "q5": "no", "q6": "no"}}
    )
    referral.caring_contact.rules += ["S13"]
    referral.caring_contact.save()
    cora = clinic.cast.cora
    address = f"/admin/treatments/referral/{referral.pk}/"
    assert "(S01, S13)" in words(signed_in(cora).get(address).content.decode())
    cora.groups.get().permissions.remove(Permission.objects.get(codename="read_substance_use"))
    assert "(S01)" in words(signed_in(cora).get(address).content.decode())
