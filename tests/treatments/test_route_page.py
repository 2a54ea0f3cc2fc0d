"""The page on which a queue is chosen: what it shows of each treatment, of the queues, and where it leads."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, URGENT, Clinic, answered, fresh, release_hold
from tests.pages import flat
from treatments.models import Consult, Referral
from treatments.reading.redaction import WITHOUT_GRANTS, redaction_for
from treatments.reading.short_words import NOS, YESES
from treatments.reading.treatment_cards import Card, cards
from treatments.rules.criteria import RULES
from treatments.triage.consults import postpone
from treatments.triage.routing import route

DESK = "/admin/treatments/referral/"


def card_of(clinic: Clinic, treatment: str, **changes) -> Card:
    referral, redaction = clinic.in_review(**changes), redaction_for(clinic.cast.cora)
    account = redaction.assessment(referral)
    assert account is not None
    return next(card for card in cards(redaction, referral, account) if card.key == treatment)


def said_no(card: Card) -> list[str]:
    return [str(words) for words in (*card.nos, *card.other_nos)]


def route_page(client: Client, referral: Referral) -> str:
    return flat(client.get(f"{DESK}{referral.pk}/route/"))


# --- What stands on a treatment's card -------------------------------------------------------------------------


def test_under_a_finding_stand_the_question_the_answer_and_the_persons_own_words(clinic):
    seizure = {"health.seizure_ever": "yes", "health.seizure_details": "Once, as a child."}
    found = card_of(clinic, "tms", **seizure).found[0]
    assert (str(found.effect), found.rule) == ("Clinician first", "T04")
    assert [(said.question, said.answer, said.own) for said in found.said] == [
        ("Have you ever had a seizure or epilepsy?", "Yes", "Once, as a child.")
    ]


def test_the_page_shows_them_with_the_nos_in_one_line_and_the_rest_folded(clinic, signed_in):
    seizure = {"health.seizure_ever": "yes", "health.seizure_details": "Once, as a child."}
    referral = clinic.in_review(**seizure)
    page = route_page(signed_in(clinic.cast.cora), referral)
    assert (
        "Have you ever had a seizure or epilepsy? <strong>Yes</strong> <em>“Once, as a child.”</em>" in page
    )
    tms = page.split('value="tms"')[1].split('value="spravato"')[0]
    shown, folded = tms.split("<details")
    assert "No: a bipolar diagnosis, metal in the head or neck, a cochlear implant" in shown
    assert re.search(r"<summary>\d+ others: no</summary>", folded) and "a stroke" in folded


def test_findings_stand_strongest_first_and_none_is_folded(clinic):
    card = card_of(clinic, "tms", **CLINICIAN_FIRST_FOR_TMS)
    effects = [str(found.effect) for found in card.found]
    assert effects == sorted(effects, key=["Clinician first", "Caution", "Supports"].index)
    assert len(effects) > 1


def test_what_nobody_knows_is_asked_and_is_no_no(clinic):
    card = card_of(clinic, "tms", **{"health.metal_in_head_or_neck": "not_sure"})
    assert "metal in the head or neck" not in said_no(card)
    assert "Is there any metal in your head, eyes or neck?" in card.ask
    assert "metal in the head or neck" in said_no(card_of(clinic, "tms"))


def test_what_was_not_asked_is_no_no(clinic):
    woman, man = {"about.sex_at_birth": "female"}, {"about.sex_at_birth": "male"}
    assert "pregnant" in said_no(card_of(clinic, "spravato", **woman))
    assert "pregnant" not in said_no(card_of(clinic, "spravato", **man))


def test_a_no_that_made_a_finding_stands_under_it_alone(clinic):
    card = card_of(clinic, "spravato", **{"practical.ride_home": "no"})
    (found,) = (found for found in card.found if found.rule == "E15")
    assert [said.answer for said in found.said] == ["No"]
    assert not any("ride" in words for words in (*said_no(card), *map(str, card.yeses)))


def test_a_no_that_a_finding_names_beside_a_yes_stands_there_once(clinic):
    card = card_of(clinic, "tms", **{"history.high_period": "yes"})
    (found,) = (found for found in card.found if found.rule == "S11")
    assert "Has a doctor or nurse ever told you that you have bipolar disorder?" in str(found.said)
    assert "a bipolar diagnosis" not in said_no(card)


def test_what_speaks_for_a_treatment_and_the_pressure_with_its_day_are_said_too(clinic):
    read = {"health.bp_systolic": 122, "health.bp_diastolic": 78, "health.bp_date": "2026-11-18"}
    said = list(map(str, card_of(clinic, "spravato", **read).yeses))
    assert {"a ride home", "blood pressure 122/78 (Nov 18, 2026)"} <= set(said)
    assert not any("pressure" in words for words in map(str, card_of(clinic, "tms", **read).yeses))
    high = card_of(clinic, "spravato", **{**read, "health.bp_systolic": 150})
    assert not any("pressure" in words for words in map(str, high.yeses))


def test_of_a_list_of_medicines_only_how_much_is_open_is_said(clinic):
    trials = [{"drug": "sertraline"}, {"drug": "venlafaxine"}]
    card = card_of(clinic, "tms", **{"antidepressants.trials": trials})
    (line,) = (line for line in card.ask if line.startswith("Medicines you have tried"))
    assert re.fullmatch(r"Medicines you have tried for depression \(\d+ details\)", line)


def test_a_reader_without_the_grant_learns_of_no_protected_no(clinic):
    drinks = {"substances.audit_c": [4, 4, 4], "substances.past_substance_use_disorder": "yes"}
    referral, read = clinic.in_review(**drinks), redaction_for(clinic.cast.cora)
    seen = {}
    for redaction in (read, WITHOUT_GRANTS):
        account = redaction.assessment(referral)
        assert account is not None
        seen[redaction.hides] = str(
            [card for card in cards(redaction, referral, account) if card.key == "spravato"]
        )
    for protected in ("misuses ketamine now", "Have you ever had a problem with alcohol or drugs?"):
        assert protected in seen[False] and protected not in seen[True]


def test_a_protected_answer_is_not_read_even_where_an_account_names_it(clinic):
    referral = clinic.in_review(**{"substances.past_substance_use_disorder": "yes"})
    account = redaction_for(clinic.cast.cora).assessment(referral)
    assert account is not None
    (card,) = (card for card in cards(WITHOUT_GRANTS, referral, account) if card.key == "spravato")
    (found,) = (found for found in card.found if found.rule == "E11")
    assert found.said == []


def test_each_question_that_a_rule_of_a_treatment_asks_with_yes_or_no_has_short_words():
    from intake.fields import BY_PATH
    from intake.fields.lookup import field_path

    reads = {path for rule in RULES if rule.effects and not rule.hold for path in rule.reads}
    asked = set()
    for path in reads:
        owner = BY_PATH[field_path(path)]
        question = next((part for part in owner.parts if part.key == path.rpartition(".")[2]), owner)
        if "no" in question.values:
            asked.add(path)
    assert asked - set(NOS) - set(YESES) == set()


# --- The queues ----------------------------------------------------------------------------------------------------


def test_how_long_people_wait_in_each_queue_is_said_of_its_real_rows(clinic, signed_in):
    cora = signed_in(clinic.cast.cora)
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        clinic.routed("tms")
    clinic.routed("tms", "spravato")
    page = route_page(cora, clinic.in_review())
    assert "<dt>TMS</dt><dd>2 wait, longest 3 days</dd>" in page
    assert "<dt>Spravato (esketamine)</dt><dd>1 waits, since today</dd>" in page
    assert "<dt>Psychotherapy</dt><dd>nobody waits</dd>" in page


def test_whoever_was_postponed_or_taken_up_does_not_wait(clinic):
    clinic.consult("accepted")
    later = clinic.consult("waiting")
    assert Consult.objects.waits_now()["tms"] == (1, later.opened_at)
    day = timezone.localdate() + timedelta(days=9)
    postpone(consult=later, actor=clinic.cast.tess, until=day, note="away")
    assert Consult.objects.waits_now()["tms"] == (0, None)


def test_the_queues_that_the_person_is_in_stand_beside_with_their_state(clinic, signed_in):
    referral = clinic.consult("booked").referral
    page = route_page(signed_in(clinic.cast.cora), referral)
    beside = page.split("Already in queues")[1].split("Waits now")[0]
    assert "<dt>TMS</dt><dd>Booked, " in beside and "routed by Cora (routine)" in beside
    assert "In none." in route_page(signed_in(clinic.cast.cora), clinic.in_review())


def test_whoever_is_in_every_queue_is_routed_nowhere(clinic, signed_in):
    referral = clinic.routed("tms", "spravato", "psychotherapy")
    page = route_page(signed_in(clinic.cast.cora), referral)
    assert "this person is in every queue" in page and 'name="treatments"' not in page


# --- The form ------------------------------------------------------------------------------------------------------


def test_of_a_closed_alert_the_worst_answer_stands_with_its_question(clinic, signed_in):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    page = route_page(signed_in(clinic.cast.cora), referral)
    box = page.split("before-routing-title")[2].split("Already in queues")[0]
    assert "Do you have thoughts of hurting someone else? <strong>Yes</strong>." in box
    assert "Open the alert" in box


def test_nothing_is_chosen_beforehand_but_the_routine_priority(clinic, signed_in):
    page = route_page(signed_in(clinic.cast.cora), clinic.in_review())
    assert re.findall(r'<input [^>]*value="([^"]*)"[^>]* checked', page) == ["0"]


def test_one_button_is_filled_and_their_words_are_fixed(clinic, signed_in):
    page = route_page(signed_in(clinic.cast.cora), clinic.in_review())
    buttons = re.findall(r'<input type="submit" (\S+) [^>]*?value="([^"]*)"', page.split("submit-row")[1])
    assert buttons == [('class="default"', "Route"), ('name="another"', "Route and open the next")]


@pytest.mark.parametrize("unsafe", [URGENT, SAME_DAY])
def test_while_a_hold_stands_or_an_alert_is_open_there_is_no_form(unsafe, clinic, signed_in):
    page = route_page(signed_in(clinic.cast.cora), clinic.in_review(**unsafe))
    assert "a clinician changes a hold" in page
    assert 'name="treatments"' not in page and 'value="Route"' not in page


def test_route_leads_back_to_the_person_with_the_way_to_undo_it(clinic, signed_in):
    referral, cora = clinic.in_review(), signed_in(clinic.cast.cora)
    sent = {"treatments": ["tms"], "seen_version": referral.version}
    answer = cora.post(f"{DESK}{referral.pk}/route/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"{DESK}{referral.pk}/"
    undo = f"{DESK}{referral.pk}/undo/"
    page = flat(answer)
    assert f"{referral.reference} was routed." in page and f'<a href="{undo}">Undo' in page
    cora.post(undo, {"seen_version": fresh(referral).version})
    assert fresh(referral).state == "in_review"


def test_route_and_open_the_next_leads_down_the_list_that_the_person_was_opened_from(clinic, signed_in):
    moment, cora = timezone.now(), signed_in(clinic.cast.cora)
    with time_machine.travel(moment - timedelta(days=3)):
        elsewhere = clinic.in_review(**{"about.first_name": "Elsewhere", "language": "es"})
    with time_machine.travel(moment - timedelta(days=2)):
        first = clinic.in_review()
    with time_machine.travel(moment - timedelta(days=1)):
        second = clinic.in_review()
    listed = flat(cora.get(f"{DESK}?language__exact=en"))
    assert f"{DESK}{elsewhere.pk}/" not in listed
    opened = re.search(rf'href="({DESK}{first.pk}/\?[^"]*)"', listed)
    assert opened is not None
    query = opened[1].replace("&amp;", "&").split("?")[1]
    sent = {"treatments": ["tms"], "seen_version": first.version, "another": "Route and open the next"}
    answer = cora.post(f"{DESK}{first.pk}/route/?{query}", sent, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"{DESK}{second.pk}/?")
    assert f"{first.reference} was routed." in flat(answer)


def test_what_was_refused_opens_no_other_person(clinic, signed_in):
    referral, cora = clinic.in_review(**CLINICIAN_FIRST_FOR_TMS), signed_in(clinic.cast.cora)
    clinic.in_review()
    sent = {"treatments": ["tms"], "seen_version": referral.version, "another": "1"}
    answer = cora.post(f"{DESK}{referral.pk}/route/", sent)
    assert answer.status_code == 409 and "clinician first" in flat(answer)


def test_a_page_that_somebody_has_overtaken_keeps_what_was_ticked(clinic, signed_in):
    referral, cora = clinic.in_review(), signed_in(clinic.cast.cora)
    sent = {"treatments": ["tms"], "reason": "asked for it", "seen_version": referral.version}
    route(referral=referral, actor=clinic.cast.cora, treatments=["spravato"])
    answer = cora.post(f"{DESK}{referral.pk}/route/", sent)
    page = flat(answer)
    assert answer.status_code == 409 and "asked for it" in page
    assert "checked" in page.split('value="tms"')[1].split(">")[0]
    assert "disabled" in page.split('value="spravato"')[1].split(">")[0]


@pytest.mark.parametrize("who", ["tess", "clara", "olive", "adam", "sid"])
def test_nobody_but_a_coordinator_has_the_page(who, clinic, signed_in):
    referral = clinic.in_review()
    assert signed_in(getattr(clinic.cast, who)).get(f"{DESK}{referral.pk}/route/").status_code in (
        302,
        403,
        404,
    )


# --- The page on which a team hands a person over --------------------------------------------------------------


def test_a_transfer_reads_the_other_queues_alike_but_not_which_the_person_is_in(clinic, signed_in):
    referral = clinic.routed("tms", "spravato", **{"health.bladder_pain": "yes"})
    consult = referral.consults.get(treatment="tms")
    page = flat(signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/transfer/"))
    assert 'value="tms"' not in page and "Already there" not in page and "Waits now" not in page
    spravato = page.split('value="spravato"')[1].split('value="psychotherapy"')[0]
    assert "disabled" not in spravato and "Do you have bladder pain" in spravato
    assert "No: " in spravato and "checked" not in page.split("route-queues")[1]


def test_before_a_transfer_stands_what_is_to_be_read_without_a_tick(clinic, signed_in):
    consult = clinic.routed("tms", **URGENT).consults.get()
    page = flat(signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/transfer/"))
    box = page.split("before-routing-title")[2].split("route-queues")[0]
    assert "Safety alert, closed" in box and "Do you have thoughts of hurting someone else?" in box
    assert "Open the alert" not in box and 'name="read"' not in page


def test_while_a_hold_stands_there_is_no_form_for_a_transfer(clinic, signed_in):
    referral = clinic.routed("tms")
    answered(referral, URGENT)
    consult = referral.consults.get()
    page = flat(signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/transfer/"))
    assert "a clinician changes a hold" in page and 'name="treatment"' not in page
