"""A request for records that a payer's need opens: filled in, waited for, and leading to what the records show."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import fresh
from tests.pages import flat
from tests.treatments import papers
from tests.treatments.papers import page_of
from tests.treatments.payer import AETNA, TRIAL, covered, seen
from treatments.models import Evidence, Referral
from treatments.reading.payer_view import acts_of
from treatments.reading.readiness import EVERYTHING, facts_of, readiness_of
from treatments.reading.records import asked_in_words
from treatments.triage.closing import close
from treatments.triage.coverage import set_coverage
from treatments.triage.record_requests import receive_record

SECOND = "antidepressants.trials[1]"


@pytest.fixture
def cora(clinic, signed_in):
    return signed_in(clinic.cast.cora)


def place_of(
    referral, treatment: str = "tms", results: tuple[str, ...] = ("met_said",), path: str = TRIAL
) -> int:
    """Of the first need of the payer that a record about what this path names would show."""
    told = readiness_of(facts_of(fresh(referral)), EVERYTHING, treatment, on=timezone.localdate())
    assert told is not None
    return next(
        place
        for place, line in enumerate(told["needs"])
        if any(each.startswith(path) for each in (*line["answers"], *line["ask"]))
        and line["result"] in results
        and line["proof"] == "shown"
    )


def initial(client, row, need: str = "") -> dict:
    return client.get(page_of(row, "request_record/"), {"need": need} if need else {}).context["form"].initial


def test_a_need_to_show_leads_to_a_request_that_is_filled_in(clinic, cora):
    referral = covered(clinic)
    need = f"tms.{place_of(referral)}"
    assert f"request_record/?need={need}" in flat(cora.get(page_of(referral, "payer/")))
    filled = initial(cora, referral, need)
    assert filled["paths"][:2] == [TRIAL, SECOND]
    assert "ills of" in filled["what"] and len(filled["what"]) <= 300


def test_what_a_record_has_shown_asks_for_none(clinic, cora):
    referral = covered(clinic)
    place = place_of(referral)
    for path in (TRIAL, SECOND):
        referral = seen(referral, clinic, about=[path])
    assert f"request_record/?need=tms.{place}" not in flat(cora.get(page_of(referral, "payer/")))


def test_a_need_about_a_whole_list_asks_for_each_of_its_entries(clinic, cora):
    referral = covered(clinic)
    seen(referral, clinic, about=["antidepressants.trials"], agrees="no", says="Other fills.")
    need = place_of(referral, results=("open",), path="antidepressants.trials")
    assert initial(cora, referral, f"tms.{need}")["paths"][:2] == [TRIAL, SECOND]


def test_it_says_each_name_once_and_asks_for_fills_and_sessions_apart():
    trial, taken = (TRIAL, "Cymbalta"), ("medicines.list[0]", "Cymbalta")
    therapy = ("other_treatments.therapy[0]", "CBT")
    assert asked_in_words([trial, taken, therapy]) == (
        "Fills of Cymbalta: doses and dates. Sessions of CBT: how many, from when to when."
    )
    assert asked_in_words([therapy]).startswith("Sessions of CBT") and asked_in_words([]) == ""


def test_what_is_asked_for_fits_into_its_line(clinic, cora):
    names = [f"Canarymedicine{place} " * 4 for place in range(8)]
    trials = [{"drug": name.strip(), "dose_mg": 20, "weeks": 10} for name in names]
    referral = covered(clinic, **{"antidepressants.trials": trials})
    filled = initial(cora, referral, f"tms.{place_of(referral, 'tms', ('open', 'met_said'))}")
    assert len(filled["paths"]) == 8 and len(filled["what"]) == 300


@pytest.mark.parametrize(
    ("result", "proof", "asks"),
    [
        ("met_said", "shown", True), ("open", "shown", True), ("clinician", "shown", True),
        ("met_said", "said", False), ("not_met", "shown", False), ("met_shown", "shown", False),
    ],
)  # fmt: skip
def test_a_record_is_asked_for_where_it_would_show_what_is_said(result, proof, asks):
    need = {"result": result, "proof": proof, "kind": "computed", "answers": [f"{TRIAL}.weeks"], "ask": []}
    assert ("request_record" in acts_of(need)) is asks
    assert "request_record" not in acts_of({**need, "answers": ["mood.phq9"]})


@pytest.mark.parametrize("need", ["", "tms.999", "tms", "request.1", "psychotherapy.1", "tms.x"])
def test_opened_for_no_need_it_is_empty(need, clinic, cora):
    filled = initial(cora, covered(clinic), need)
    assert not filled.get("paths") and not filled.get("what")


def test_a_team_has_it_filled_in_for_its_own_treatment_alone(clinic, signed_in):
    consult = clinic.routed("tms").consults.get()
    set_coverage(referral=fresh(consult.referral), actor=clinic.cast.cora, **AETNA)
    tess = signed_in(clinic.cast.tess)
    assert initial(tess, consult, f"tms.{place_of(consult.referral)}")["paths"]
    assert not initial(tess, consult, f"spravato.{place_of(consult.referral, 'spravato')}").get("paths")


# --- Who is waited for ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "waits"),
    [("draft", "us"), ("signed", "us"), ("sent", "record"), ("chased", "record"), ("received", "us"),
     ("refused", "us"), ("canceled", "us")],
)  # fmt: skip
def test_while_a_request_is_out_a_record_is_waited_for(state, waits, clinic):
    referral = covered(clinic)
    papers.ask(referral, clinic.cast.cora, state, paths=[SECOND])
    kept = fresh(referral)
    assert (kept.payer_state["waits"], kept.payer_state_masked["waits"]) == (waits, waits)


def test_the_list_finds_who_waits_for_a_record(clinic, cora):
    referral, other = covered(clinic), covered(clinic)
    papers.ask(referral, clinic.cast.cora, "sent", paths=[SECOND])
    page = flat(cora.get(reverse("admin:treatments_referral_changelist"), {"payer": "record"}))
    assert referral.reference in page and other.reference not in page


def test_a_request_about_no_answer_changes_nothing(clinic):
    referral = covered(clinic)
    papers.ask(referral, clinic.cast.cora, "sent")
    assert fresh(referral).payer_state["waits"] == "us"


def test_what_was_not_worked_out_yet_is_not_begun_by_a_move(clinic):
    referral = clinic.in_review()
    Referral.objects.filter(pk=referral.pk).update(payer_state={}, payer_state_masked={})
    close(referral=fresh(referral), actor=clinic.cast.cora, reason="patient_declined")
    assert fresh(referral).payer_state == {} == fresh(referral).payer_state_masked


def test_before_a_payer_is_chosen_a_request_changes_nothing(clinic):
    referral = clinic.in_review()
    papers.ask(referral, clinic.cast.cora, "sent", paths=[SECOND])
    assert fresh(referral).payer_state["waits"] == "us"


# --- What came -----------------------------------------------------------------------------------------------------


def received(client, row):
    page = client.get(page_of(row, "receive_record/"))
    sent = {**papers.CAME, "day": timezone.localdate().isoformat()}
    sent |= {name: page.context["form"].initial[name] for name in ("seen_version", "seen_event")}
    return client.post(page_of(row, "receive_record/"), sent)


def test_what_came_leads_to_what_it_shows(clinic, cora):
    referral = covered(clinic)
    request = papers.ask(referral, clinic.cast.cora, "sent", paths=[SECOND])
    answer = received(cora, referral)
    assert answer.url == page_of(referral, f"add_evidence/?need=request.{request.pk}")
    form = cora.get(answer.url).context["form"]
    assert form.initial["about"] == [SECOND] == [path for path, _words in form.fields["about"].choices]
    assert form.initial["place"] == papers.CAME["where"]
    assert form.initial["on"] == timezone.localdate()
    sent = {"about": [SECOND], "agrees": "yes", "kind": "pharmacy_printout", "strength": "shown"}
    sent |= {"place": papers.CAME["where"], "on": form.initial["on"].isoformat()}
    sent |= {name: form.initial[name] for name in ("seen_version", "seen_event")}
    assert cora.post(answer.url, sent).status_code == 302
    assert Evidence.objects.get(referral=referral).about == SECOND


@pytest.mark.parametrize("key", ["request", "request.", "request.x", "request.²", f"request.{'9' * 30}"])
def test_an_address_that_names_no_request_opens_the_page_for_none(key, clinic, cora):
    page = cora.get(page_of(covered(clinic), "add_evidence/"), {"need": key})
    assert page.status_code == 200 and page.context["form"].initial["about"] == []


def test_an_address_of_a_need_names_no_request(clinic, cora):
    referral = covered(clinic)
    request = papers.ask(referral, clinic.cast.cora, "received", paths=[SECOND])
    form = cora.get(page_of(referral, f"add_evidence/?need=tms.{request.pk}")).context["form"]
    assert not form.initial.get("place")


def test_a_request_about_no_answer_leads_back_to_the_person(clinic, cora):
    referral = covered(clinic)
    papers.ask(referral, clinic.cast.cora, "sent")
    assert received(cora, referral).url == page_of(referral)


def test_of_a_closed_referral_what_came_leads_back_to_the_person(clinic, cora):
    referral = covered(clinic)
    papers.ask(referral, clinic.cast.cora, "sent", paths=[SECOND])
    close(referral=fresh(referral), actor=clinic.cast.cora, reason="patient_declined")
    assert received(cora, referral).url == page_of(referral)


def test_no_teams_page_opens_for_a_request_of_the_desk(clinic, signed_in):
    consult = clinic.routed("tms").consults.get()
    set_coverage(referral=fresh(consult.referral), actor=clinic.cast.cora, **AETNA)
    request = papers.ask(consult.referral, clinic.cast.cora, "sent", paths=[SECOND])
    receive_record(
        **papers.on(consult.referral), actor=clinic.cast.cora, day=timezone.localdate(), **papers.CAME
    )
    form = (
        signed_in(clinic.cast.tess)
        .get(page_of(consult, f"add_evidence/?need=request.{request.pk}"))
        .context["form"]
    )
    assert form.initial["about"] == [] and not form.initial.get("place")


def test_no_page_opens_for_a_request_about_somebody_else(clinic, cora):
    referral, other = covered(clinic), covered(clinic)
    request = papers.ask(other, clinic.cast.cora, "received", paths=[SECOND])
    form = cora.get(page_of(referral, f"add_evidence/?need=request.{request.pk}")).context["form"]
    assert form.initial["about"] == [] and not form.initial.get("place")


def test_whose_queue_no_payer_is_asked_for_goes_back_to_the_person(clinic, signed_in):
    consult = clinic.routed("psychotherapy").consults.get()
    papers.ask(consult, clinic.cast.pia, "sent", paths=[SECOND])
    assert received(signed_in(clinic.cast.pia), consult).url == page_of(consult)
