"""What a payer still needs, on the pages: one core, each reader's part of it, and what actions make of it."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Amendment
from tests.conftest import Clinic, fresh
from tests.treatments import payer
from tests.treatments.payer import TRIAL, covered, entered, judged, seen
from tests.treatments.test_every_action import page_of
from treatments.models import Coverage, Evidence, Referral
from treatments.payers.readiness import readiness
from treatments.reading.readiness import EVERYTHING, facts_of, parts_of, readiness_of
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.triage.coverage import log_payer_call, set_coverage
from treatments.triage.evidence import add_clinical_entry, add_entry, add_evidence
from treatments.triage.payer_state import sweep_payer_changes
from treatments.triage.questions import ask_patient, cancel_question
from treatments.triage.record_answer import record_answer
from treatments.workflow import Refused
from treatments.workflow.payer_words import payer_call_words

TODAY = timezone.localdate


def needs_of(referral: Referral, treatment: str = "tms") -> dict[str, dict]:
    told = readiness_of(facts_of(fresh(referral)), EVERYTHING, treatment, on=TODAY())
    assert told is not None
    return {line["id"]: line for line in told["needs"]}


def rests_on(lines: dict[str, dict], path: str) -> dict[str, dict]:
    return {key: line for key, line in lines.items() if path in (*line["answers"], *line["ask"])}


def tell(referral: Referral, clinic: Clinic, **given: object) -> Referral:
    answers = {path.replace("__", "."): value for path, value in given.items()}
    record_answer(
        referral=fresh(referral), actor=clinic.cast.cora, given=answers, as_told_by="patient", how="phone"
    )
    return fresh(referral)


# --- The core is given the same -----------------------------------------------------------------------------


def test_a_page_says_what_the_command_says_of_the_same_input(clinic):
    referral = entered(seen(covered(clinic), clinic), clinic, "pdmp_checked", "yes")
    facts = facts_of(referral)
    told = readiness_of(facts, EVERYTHING, "tms", on=TODAY())
    given = {"payer": "aetna", "line": "commercial", "pack": "AETNA-TMS", "contracted": None}
    own = readiness(
        **json.loads(json.dumps(parts_of(facts, EVERYTHING))),
        on=TODAY().isoformat(),
        treatment="tms",
        coverage=given,
    )
    assert told == own
    assert own["pack"] == "AETNA-TMS"


def test_a_record_that_was_seen_shows_what_it_agrees_with(clinic):
    referral = covered(clinic)
    before = needs_of(referral)
    after = needs_of(seen(referral, clinic))
    assert [each["about"] for each in parts_of(facts_of(fresh(referral)), EVERYTHING)["evidence"]] == [TRIAL]
    changed = [key for key in before if before[key] != after[key]]
    assert changed and all(after[key]["evidence"] == [0] for key in changed)


def test_a_record_that_says_something_else_leaves_the_answer_open(clinic):
    referral = covered(clinic)
    seen(referral, clinic, agrees="no", says="three weeks")
    lines = rests_on(needs_of(referral), TRIAL).values()
    assert any(line["result"] == "open" and "the record differs" in line["sentence"] for line in lines)


def test_an_answer_told_later_ends_what_the_record_said_against_it(clinic):
    referral = covered(clinic)
    seen(referral, clinic, about=[f"{TRIAL}.weeks"], agrees="no", says="three weeks")
    trials = [dict(each) for each in fresh(referral).submission.current["antidepressants"]["trials"]]
    trials[0]["weeks"] = 14
    referral = tell(referral, clinic, antidepressants__trials=trials)
    rows = parts_of(facts_of(referral), EVERYTHING)["evidence"]
    assert rows == [
        {
            **{"about": f"{TRIAL}.weeks", "strength": "told", "agrees": "yes"},
            **{"kind": "phone_call", "on": TODAY().isoformat()},
        }
    ]


def test_what_was_shown_of_an_entry_stays_for_its_other_answers(clinic):
    referral = seen(covered(clinic), clinic)
    trials = [dict(each) for each in referral.submission.current["antidepressants"]["trials"]]
    trials[0]["weeks"] = 14
    referral = tell(referral, clinic, antidepressants__trials=trials)
    rows = parts_of(facts_of(referral), EVERYTHING)["evidence"]
    shown = {row["about"] for row in rows if row["strength"] == "shown"}
    assert shown == {f"{TRIAL}.{key}" for key in trials[0] if key != "weeks"}
    assert [row["about"] for row in rows if row["strength"] == "told"] == [f"{TRIAL}.weeks"]


def test_the_same_answer_again_takes_nothing_from_what_was_shown(clinic):
    referral = seen(covered(clinic), clinic, about=["health.stroke"])
    told = tell(referral, clinic, health__stroke=referral.submission.current["health"]["stroke"])
    assert [row["strength"] for row in parts_of(facts_of(told), EVERYTHING)["evidence"]] == ["shown", "told"]


def test_a_phq9_given_again_is_a_score_of_its_own_day(clinic):
    referral = covered(clinic)
    first = referral.submission.answers["mood"]["phq9"]
    told = tell(referral, clinic, mood__phq9=[3] * 9)
    scores = parts_of(facts_of(told), EVERYTHING)["scores"]
    assert [score["items"] for score in scores] == [first, [3] * 9]
    assert scores[0]["on"] == told.submission.submitted_on.isoformat()


def test_an_entry_about_a_trial_ends_when_the_trial_is_another_medicine(clinic):
    referral = judged(covered(clinic), clinic, "max_tolerated", "yes", about=TRIAL)
    assert [row.key for row in facts_of(referral).entries] == ["max_tolerated"]
    trials = [dict(each) for each in referral.submission.current["antidepressants"]["trials"]]
    trials[0]["drug"] = "fluoxetine"
    assert facts_of(tell(referral, clinic, antidepressants__trials=trials)).entries == []


# --- Coverage --------------------------------------------------------------------------------------------------


def test_a_new_plan_ends_the_old_one_and_keeps_who_checked_the_benefits(clinic):
    referral = clinic.in_review()
    checked = {**payer.AETNA, "benefits_checked_on": TODAY()}
    set_coverage(referral=referral, actor=clinic.cast.cora, **checked)
    again = {**checked, "said": {"line": "commercial", "member_id": "W 1"}}
    set_coverage(referral=fresh(referral), actor=clinic.cast.carl, **again)
    old, new = Coverage.objects.filter(referral=referral).order_by("pk")
    assert old.ended is not None and new.ended is None
    assert new.benefits_checked_by == clinic.cast.cora and new.by == clinic.cast.carl
    assert new.member_id == "W 1"


def test_the_secondary_one_counts_beside_the_primary_and_is_not_judged(clinic):
    referral = covered(clinic)
    set_coverage(referral=referral, actor=clinic.cast.cora, payer="cigna", rank=2)
    assert Coverage.objects.filter(referral=referral).current().count() == 2
    assert Coverage.objects.of(fresh(referral)).payer == "aetna"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"payer": "nobody"}, "Choose the payer."),
        ({"payer": "other"}, "Type the payer's name."),
        ({"payer": "aetna", "rank": 3}, "A coverage is the primary or the secondary one."),
        (
            {"payer": "aetna", "packs": {"tms": "HCSC-TMS"}},
            "This policy is not of this payer and treatment. Choose another, or none.",
        ),
        ({"payer": "aetna", "said": {"line": "x"}}, "Choose from the lists."),
        (
            {"payer": "aetna", "benefits_checked_on": TODAY() + timedelta(days=1)},
            "When were the benefits checked? That day is still to come.",
        ),
    ],
)
def test_a_coverage_that_can_not_be_is_refused(clinic, told, sentence):
    with pytest.raises(Refused, match=sentence.replace("?", r"\?").replace(".", r"\.")):
        set_coverage(referral=clinic.in_review(), actor=clinic.cast.cora, **told)


def test_a_team_chooses_the_policy_of_its_own_treatment_alone(clinic):
    consult = clinic.consult("waiting")
    set_coverage(
        referral=consult.referral, actor=clinic.cast.cora, payer="hcsc", packs={"spravato": "HCSC-SPR"}
    )
    asked = {"payer": "hcsc", "packs": {"tms": "HCSC-TMS", "spravato": ""}}
    set_coverage(consult=fresh(consult), actor=clinic.cast.tess, **asked)
    assert Coverage.objects.of(fresh(consult.referral)).packs == {"spravato": "HCSC-SPR", "tms": "HCSC-TMS"}


def test_from_a_page_that_showed_the_coverage_before_a_team_ends_none(clinic):
    consult = clinic.consult("waiting")
    seen_by_team = consult.version
    set_coverage(referral=consult.referral, actor=clinic.cast.cora, **payer.AETNA)
    with pytest.raises(Refused, match="This consult has changed since you opened the page"):
        set_coverage(consult=fresh(consult), actor=clinic.cast.tess, payer="cigna", seen=seen_by_team)
    assert Coverage.objects.of(fresh(consult.referral)).payer == "aetna"


def test_a_payer_whose_policy_nobody_read_is_named_and_judged_by_our_own_list(clinic, signed_in):
    referral = clinic.in_review()
    set_coverage(referral=referral, actor=clinic.cast.cora, payer="uhc")
    page = signed_in(clinic.cast.cora).get(page_of(referral, "payer")).content.decode()
    assert "Nobody has read the policy of UnitedHealthcare" in page
    assert needs_of(referral).keys() and all(key.startswith("GENERIC-TMS") for key in needs_of(referral))


# --- Evidence and entries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"about": []}, "Choose what it is about."),
        ({"about": ["antidepressants.trials[77]"]}, "This is about an answer that is not there."),
        ({"kind": "hearsay"}, "Choose from the lists."),
        ({"strength": "told"}, "Write who said it"),
        ({"place": " "}, "Write where the record lies."),
        ({"agrees": "no"}, "Write what it says."),
        ({"on": TODAY() + timedelta(days=1)}, "That day is still to come."),
    ],
)
def test_evidence_that_can_not_be_is_refused(clinic, more, sentence):
    with pytest.raises(Refused, match=sentence):
        add_evidence(
            referral=clinic.in_review(), actor=clinic.cast.cora, **{**payer.SEEN, **payer.today(), **more}
        )
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("madrs", "61", "The total is a whole number from 0 to 60."),
        ("madrs", "", "The total is a whole number from 0 to 60."),
        ("phq9", "-1", "The total is a whole number from 0 to 27."),
        ("pdmp_checked", "no", "This is no value of what you enter."),
        ("height_weight", "x" * 41, "This is no value of what you enter."),
        ("diagnosis", "F33.2", "Choose what you enter."),
    ],
)
def test_what_staff_may_not_enter_is_refused(clinic, key, value, sentence):
    with pytest.raises(Refused, match=sentence):
        add_entry(referral=clinic.in_review(), actor=clinic.cast.cora, key=key, value=value, on=TODAY())


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"key": "diagnosis", "value": "sad"}, "Write the diagnosis as an ICD-10-CM code"),
        ({"key": "max_tolerated", "value": "yes"}, "Choose what it is about."),
        ({"key": "statement", "value": "holds", "about": "X"}, "Choose what it is about."),
        ({"key": "diagnosis", "value": "F33.2", "about": TRIAL}, "Choose what it is about."),
        ({"key": "pdmp_checked", "value": "yes"}, "Choose what you enter."),
    ],
)
def test_what_a_clinician_may_not_enter_is_refused(clinic, told, sentence):
    with pytest.raises(Refused, match=sentence):
        add_clinical_entry(referral=clinic.in_review(), actor=clinic.cast.clara, on=TODAY(), **told)


def test_a_team_enters_for_its_own_consult_and_for_no_other(clinic):
    consult = clinic.consult("waiting")
    told = {"key": "pdmp_checked", "value": "yes", "on": TODAY()}
    add_entry(consult=consult, actor=clinic.cast.tess, **told)
    for stranger in (clinic.cast.sam, clinic.cast.pia, clinic.cast.cora):
        with pytest.raises(PermissionDenied):
            add_entry(consult=fresh(consult), actor=stranger, **told)
    with pytest.raises(PermissionDenied):
        add_entry(referral=fresh(consult.referral), actor=clinic.cast.tess, **told)
    event = consult.referral.events.get(kind="add_entry")
    assert event.consult == consult


def test_the_team_of_psychotherapy_has_nothing_of_payers(clinic, signed_in):
    consult = clinic.consult("waiting", "psychotherapy")
    page = signed_in(clinic.cast.pia).get(page_of(consult)).content.decode()
    assert 'id="payer"' not in page and "set_coverage" not in page


# --- The pages -------------------------------------------------------------------------------------------------


@pytest.fixture
def cora(clinic, signed_in) -> Client:
    return signed_in(clinic.cast.cora)


def test_what_is_open_stands_first_and_what_is_met_is_folded(clinic, cora):
    referral = covered(clinic)
    context = cora.get(page_of(referral, "payer")).context["payer"]
    tms = context["treatments"][0]
    kinds = [row.kind for row in tms.first]
    assert kinds == sorted(kinds, key=("not_met", "clinician", "open", "to_show").index)
    assert all(row.kind == "met" for row in tms.met)
    assert tms.reviewed == "not reviewed by this clinic"


OF_PAYERS = {"set_coverage/", "log_payer_call/", "add_evidence/", "add_entry/"}
ON_PAPER = {"request_record/", "print_cover/"}


def test_actions_on_payers_and_on_records_stand_in_their_own_places_alone(clinic, signed_in):
    consult = clinic.consult("accepted")
    set_coverage(referral=consult.referral, actor=clinic.cast.cora, **payer.AETNA)
    desk = signed_in(clinic.cast.cora).get(page_of(fresh(consult.referral))).context
    team = signed_in(clinic.cast.tess).get(page_of(fresh(consult))).context
    for panel, now in (
        (desk["records"], [*desk["now"]["more"], *desk["now"]["refused"]]),
        (team["records"], [*team["more_buttons"], *team["refused_buttons"]]),
    ):
        of_records = {each.url for each in (*panel["offered"], *panel["refused"])}
        assert of_records >= ON_PAPER and not of_records & OF_PAYERS
        assert now and not {each.url for each in now} & (OF_PAYERS | ON_PAPER)


def test_a_page_says_in_short_what_is_open_a_teams_of_its_own_treatment(clinic, signed_in):
    consult = clinic.consult("waiting")
    set_coverage(referral=consult.referral, actor=clinic.cast.cora, **payer.AETNA)
    team = signed_in(clinic.cast.tess).get(page_of(fresh(consult))).context["payer_lines"]
    desk = signed_in(clinic.cast.cora).get(page_of(fresh(consult.referral))).context["payer_lines"]
    assert [line.split()[0] for line in team] == ["TMS"]
    assert {line.split()[0] for line in desk} == {"TMS", "Spravato"}


def test_of_who_is_closed_nothing_is_open_before_a_payer(clinic, cora):
    assert cora.get(page_of(clinic.closed())).context["payer_lines"] == []


def test_who_has_nothing_of_payers_reads_no_line_and_no_page_of_them(clinic, signed_in):
    consult = clinic.consult("waiting", "psychotherapy")
    set_coverage(referral=consult.referral, actor=clinic.cast.cora, **payer.AETNA)
    pia = signed_in(clinic.cast.pia)
    page = pia.get(page_of(fresh(consult)))
    assert page.context["payer_lines"] is None and "What the payer asks" not in page.content.decode()
    assert pia.get(page_of(fresh(consult), "payer")).status_code == 403


def test_a_list_of_our_own_is_named_once(clinic, cora):
    referral = clinic.in_review()
    set_coverage(referral=referral, actor=clinic.cast.cora, payer="uhc")
    page = cora.get(page_of(fresh(referral), "payer")).context["payer"]["treatments"][0]
    assert f"{page.reason} {page.pack_words}".count("list of our own") == 1


def test_the_words_of_the_page_promise_nothing(clinic, cora):
    referral = seen(covered(clinic), clinic)
    for address in (
        page_of(referral, "payer"),
        page_of(referral, "set_coverage"),
        page_of(referral, "add_evidence"),
    ):
        page = cora.get(address).content.decode().casefold()
        section = page.split('id="payer"')[-1] if 'id="payer"' in page else page
        for word in ("approved", "eligible", "qualifies", "likely"):
            assert word not in section.split("</section>")[0], word


def test_what_the_rules_guess_of_payers_gives_way_to_the_chosen_payer(clinic, cora):
    def beside(referral: Referral) -> str:
        page = cora.get(page_of(referral)).content.decode()
        return page.split("Beside the treatments")[1].split("</section>")[0]

    before = beside(clinic.in_review())
    after = beside(covered(clinic))
    assert ("D02" in before or "D08" in before) and "Choose the payer" in before
    assert "D02" not in after and "D08" not in after and "Choose the payer" not in after
    assert re.search(r"What the payer asks</a>:\s+(TMS|Spravato) [0-9]+ open", after)


def test_an_old_score_is_asked_again_by_one_press(clinic, cora):
    referral = covered(clinic, **{"mood.phq9": [2, 2, 2, 2, 2, 2, 2, 2, None]})
    page = cora.get(page_of(referral, "payer"))
    form = page.context["scale_form"]
    sent = {"seen_version": form["version"], "seen_event": form["event"]}
    assert "Ask the patient for the PHQ-9 again" in page.content.decode()
    answer = cora.post(
        page_of(referral, "ask_patient"), {**sent, "fields": form["path"], "message": form["message"]}
    )
    assert answer.status_code == 302
    assert fresh(referral).submission.questions.get().fields == ["mood.phq9"]
    assert fresh(referral).payer_state["waits"] == "patient"


def test_seen_is_opened_with_the_paths_of_its_need(clinic, cora):
    referral = covered(clinic)
    row = next(
        each
        for each in cora.get(page_of(referral, "payer")).context["payer"]["treatments"][0].first
        if "add_evidence" in each.acts
    )
    form = cora.get(f"{page_of(referral, 'add_evidence')}?need={row.key}").context["form"]
    assert form.initial["about"]
    assert cora.get(f"{page_of(referral, 'add_evidence')}?need=tms.999").context["need"] is None


def test_what_the_payer_asks_stands_first_after_safety_where_answers_are_recorded(clinic, cora):
    referral = covered(clinic, **{"history.bipolar_diagnosis": "not_sure"})
    keys = [part["key"] for part in cora.get(page_of(referral, "record_answer")).context["form"].parts()]
    assert "payer" in keys
    assert keys.index("payer") == ("safety" in keys)


def test_a_team_reads_its_own_treatment_alone(clinic, signed_in):
    consult = clinic.consult("waiting")
    set_coverage(referral=consult.referral, actor=clinic.cast.cora, **payer.AETNA)
    context = signed_in(clinic.cast.tess).get(page_of(fresh(consult), "payer")).context["payer"]
    assert [each.key for each in context["treatments"]] == ["tms"]


def test_the_brief_has_one_line_of_it_once_a_payer_is_chosen(clinic, cora):
    without = cora.get(f"{page_of(clinic.in_review())}brief/?for=tms")
    assert without.context["payer_line"] == "" and "<strong>Payer</strong>" not in without.content.decode()
    referral = covered(clinic)
    brief = cora.get(f"{page_of(referral)}brief/?for=tms").content.decode()
    assert "Aetna: " in brief and " met" in brief


# --- Protected answers --------------------------------------------------------------------------------------------


def masked_of(referral: Referral, treatment: str) -> tuple[dict, list[dict]]:
    told = readiness_of(facts_of(fresh(referral)), WITHOUT_GRANTS, treatment, on=TODAY())
    return told["summary"], [line for line in told["needs"] if line["result"] == "masked"]


def test_a_need_that_rests_on_masked_answers_has_no_result_and_the_summary_says_so(clinic):
    referral = covered(clinic)
    judged(referral, clinic, "sud_status", "active")
    summary, masked = masked_of(referral, "spravato")
    assert masked and summary["words"].endswith(f", {len(masked)} masked")
    assert all(not line["sentence"] and not line["answers"] and not line["ask"] for line in masked)


@pytest.mark.parametrize("treatment", ["tms", "spravato"])
def test_what_is_not_masked_is_the_same_whatever_the_protected_answers_are(clinic, treatment):
    told = []
    for now, times in (("yes", 40), ("no", 0)):
        referral = covered(
            clinic,
            **{"substances.substance_use_disorder_now": now, "substances.drug_use_past_year": times},
        )
        judged(referral, clinic, "sud_status", "active" if now == "yes" else "none")
        told.append(readiness_of(facts_of(referral), WITHOUT_GRANTS, treatment, on=TODAY()))
        told.append(fresh(referral).payer_state_masked)
    assert told[0] == told[2] and told[1] == told[3]


# --- What lists read ------------------------------------------------------------------------------------------------


def test_without_a_payer_it_waits_for_us_and_is_worked_out_when_the_form_comes(clinic):
    state = clinic.new().payer_state
    assert (state["waits"], state["tms"]["state"]) == ("us", "no_payer")


def test_each_action_that_touches_it_works_it_out_anew(clinic):
    referral = covered(clinic)
    counts = [fresh(referral).payer_state["tms"]]
    judged(referral, clinic, "diagnosis", "F33.2")
    counts.append(fresh(referral).payer_state["tms"])
    judged(referral, clinic, "psychiatrist_exam", "yes")
    counts.append(fresh(referral).payer_state["tms"])
    assert counts[0]["clinician"] == counts[1]["clinician"] + 1 == counts[2]["clinician"] + 2


def test_a_question_to_the_patient_changes_who_is_waited_for(clinic):
    referral = covered(clinic)
    told = {"fields": ["health.stroke"], "message": "Please answer."}
    ask_patient(referral=referral, actor=clinic.cast.cora, **told)
    assert fresh(referral).payer_state["waits"] == "patient"
    cancel_question(referral=fresh(referral), actor=clinic.cast.cora)
    assert fresh(referral).payer_state["waits"] == "us"


def test_a_closed_referral_waits_for_nobody(clinic):
    assert clinic.closed().payer_state["waits"] == "none"


def test_the_day_on_which_a_score_grows_stale_works_it_out_anew(clinic):
    referral = covered(clinic)
    due = fresh(referral).payer_changes_on
    assert due is not None and due > TODAY()
    open_before = fresh(referral).payer_state
    assert sweep_payer_changes() == 0
    later = timezone.now() + (due - TODAY())
    assert sweep_payer_changes(later) == 1
    after = fresh(referral)
    assert after.payer_state != open_before and after.version == fresh(referral).version
    assert after.payer_changes_on is None or after.payer_changes_on > due
    assert sweep_payer_changes(later) == 0


def test_reassess_works_out_anew_what_rests_on_other_packs(clinic):
    referral = covered(clinic)
    now = fresh(referral).payer_state
    Referral.objects.filter(pk=referral.pk).update(payer_state={**now, "packs": "old", "waits": "payer"})
    call_command("reassess", stdout=io.StringIO(), stderr=io.StringIO(), processes=1)
    assert fresh(referral).payer_state == now


def test_what_was_planned_with_the_payer_is_due(clinic, cora):
    referral = covered(clinic)
    told = {"whom": "Aetna", "result": "call again", "next_on": TODAY()}
    log_payer_call(referral=referral, actor=clinic.cast.cora, **told)
    assert fresh(referral).payer_state["due_on"] == TODAY().isoformat()
    page = cora.get(reverse("admin:treatments_referral_changelist")).content.decode()
    assert "Payer due" in page


def test_the_list_shows_and_filters_what_the_row_keeps(clinic, cora):
    without, with_payer = clinic.new(), covered(clinic)
    list_of = reverse("admin:treatments_referral_changelist")
    page = cora.get(list_of).content.decode()
    assert "choose payer" in page and "TMS " in page
    found = cora.get(f"{list_of}?payer=us").content.decode()
    assert without.reference in found and with_payer.reference in found
    assert without.reference not in cora.get(f"{list_of}?payer=patient").content.decode()


def test_erasing_a_person_leaves_nothing_of_their_payer(clinic):
    from treatments.triage import erasure

    referral = seen(covered(clinic), clinic)
    erasure.erase(referral, at=timezone.now())
    assert (referral.payer_state, referral.payer_state_masked, referral.payer_changes_on) == ({}, {}, None)
    referral.state, referral.closed_at, referral.close_reason = "closed", timezone.now(), "other"
    row = Coverage.objects.get(referral=referral)
    assert (row.payer, row.member_id, row.packs) == ("", "", {})
    assert Evidence.objects.get(referral=referral).about == ""


def test_an_amendment_of_the_patient_is_no_evidence(clinic):
    referral = covered(clinic)
    Amendment.make(referral.submission, {"health.stroke": "no"})
    assert parts_of(facts_of(fresh(referral)), EVERYTHING)["evidence"] == []


def test_a_call_with_the_payer_may_have_neither_reference_nor_next_day():
    assert payer_call_words({"whom": "Aetna", "reference": "", "next_on": None}) == ["Aetna"]
