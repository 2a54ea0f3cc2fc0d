"""The page of one referral as a workplace: what stands on it, folded or not, and with how few queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, URGENT, Clinic, fresh, release_hold
from tests.pages import flat
from treatments.models import Referral
from treatments.reading.cards_side_by_side import side_by_side
from treatments.reading.treatment_cards import Card
from treatments.triage.consults import return_consult
from treatments.triage.notes import add_note

DESK = "/admin/treatments/referral/"


def page_of(client: Client, referral: Referral) -> str:
    return flat(client.get(f"{DESK}{referral.pk}/"))


def unfolded(page: str) -> str:
    """What is seen before anything is opened: of a fold its name alone."""
    while (again := re.sub(r"<details(?! open)[^>]*>((?:(?!<details).)*?)</details>", _name, page)) != page:
        page = again
    return page


def _name(fold: re.Match) -> str:
    found = re.search(r"<summary>(.*?)</summary>", fold[1])
    return found[1] if found else ""


def part(page: str, title: str) -> str:
    return page.split(f"<h2>{title}")[1].split("</section>")[0]


@pytest.fixture
def cora(cast, signed_in) -> Client:
    return signed_in(cast.cora)


# --- Safety ----------------------------------------------------------------------------------------------------------


def test_what_says_yes_or_is_not_known_stands_open_and_worst_first_and_the_nos_are_folded(clinic, cora):
    said = {**SAME_DAY, **URGENT, "history.voices_command": "not_sure"}
    page = page_of(cora, clinic.new(**said))
    safety = part(page, "Safety answers")
    seen = unfolded(safety)
    worst, less = "thoughts of hurting someone else?", "better off dead"
    assert seen.index(worst) < seen.index(less) < seen.index("Do voices tell you")
    assert "2 say yes" in seen and "1 not known" in seen
    folded = re.search(r"(\d+) others: no", seen)
    assert folded and safety.count("<dt>") > int(folded[1])
    assert "chest pain" not in seen and "chest pain" in safety


def test_no_yes_is_no_all_clear(clinic, cora):
    safety = part(page_of(cora, clinic.new()), "Safety answers")
    assert "No answer says yes" in safety and "badge-effect-supports" not in safety
    assert re.search(r"All \d+ answered\. C-SSRS: none reported\.", safety)


# --- Now ----------------------------------------------------------------------------------------------------------------


def first(page: str) -> list[str]:
    """The filled buttons of the page."""
    return re.findall(r'class="only-button"[^>]*>([^<]*)<', page)


def returned(clinic: Clinic, reason: str, **more) -> Referral:
    consult = clinic.consult("waiting")
    return_consult(consult=consult, actor=clinic.cast.tess, reason=reason, note="Please see.", **more)
    return fresh(consult.referral)


@pytest.mark.parametrize(
    ("walk", "button"),
    [
        (lambda clinic: clinic.new(), "Route and open the next"),
        (lambda clinic: clinic.new(**CLINICIAN_FIRST_FOR_TMS), "Claim"),
        (lambda clinic: clinic.in_review(**CLINICIAN_FIRST_FOR_TMS), "Route to consult queues"),
        (lambda clinic: clinic.new(**URGENT), "Write what was done, close the alert"),
        (lambda clinic: clinic.awaiting_patient(), "Log a contact attempt"),
        (lambda clinic: clinic.closed(), "Reopen"),
        (lambda clinic: returned(clinic, "more_information"), "Ask the patient"),
        (lambda clinic: returned(clinic, "patient_declined"), "Close"),
        (lambda clinic: returned(clinic, "another_treatment"), "Route to consult queues"),
        (lambda clinic: returned(clinic, "other"), "Say what was done"),
    ],
)
def test_one_button_is_filled_and_it_is_what_to_do_now(walk, button, clinic, cora):
    assert first(page_of(cora, walk(clinic))) == [button]


def test_where_claiming_comes_first_one_button_claims_and_opens_the_page_of_routing(clinic, cora, signed_in):
    referral = clinic.new(**CLINICIAN_FIRST_FOR_TMS)
    form = page_of(cora, referral).split('action="claim/"')[1].split("</form>")[0]
    assert ">Claim and route</button>" in form
    sent = dict(re.findall(r'name="(seen_\w+)" value="(\d+)"', form)) | {"another": "1"}
    led = cora.post(f"{DESK}{referral.pk}/claim/", sent)
    assert fresh(referral).owner == clinic.cast.cora
    assert led["Location"].startswith(f"{DESK}{referral.pk}/route/")
    assert "Claim and route" not in page_of(cora, referral)
    for hold in (clinic.new(**URGENT), clinic.new(**SAME_DAY)):
        assert "Claim and route" not in page_of(cora, hold)
        assert "Claim and route" not in flat(cora.get(f"{DESK}{hold.pk}/claim/"))
    assert "Claim and route" not in page_of(
        signed_in(clinic.cast.clara), clinic.new(**CLINICIAN_FIRST_FOR_TMS)
    )


def test_a_clinician_is_led_to_the_assessment_where_a_hold_stands(clinic, signed_in):
    referral = clinic.new(**{"safety.cssrs": {"q1": "declined", "q2": "no", "q6": "no"}})
    assert not referral.alert_open
    assert first(page_of(signed_in(clinic.cast.clara), referral)) == ["Assess the risk"]


def test_refused_actions_stand_folded_with_their_reasons(clinic, cora):
    page = page_of(cora, clinic.new(**URGENT))
    box = page.split('class="now"')[1].split("</section>")[0]
    assert re.search(r"Why can't I … \(\d+\)", box.replace("&#x27;", "'"))
    assert "Claim this referral before you route it." in box
    assert "Claim this referral before you route it." not in unfolded(box)


# --- Findings, medicines, timeline ---------------------------------------------------------------------------------------


def test_a_finding_has_its_question_its_answer_and_its_words_and_no_field_path(clinic, cora):
    seizure = {"health.seizure_ever": "yes", "health.seizure_details": "Once, as a child."}
    page = page_of(cora, clinic.new(**seizure))
    findings = part(page, "What each treatment")
    assert "had a seizure or epilepsy? <strong>Yes</strong> <em>“Once, as a child.”</em>" in findings
    text = re.sub(r"<[^>]*>", " ", page)
    assert not re.search(r"\b(health|safety|history|about|medicines|mood)\.[a-z_]+", text)


def test_what_two_treatments_share_is_said_once_and_few_nos_stand_open(clinic, cora):
    bipolar = {"history.high_period": "yes", "history.high_trouble": "yes"}
    findings = part(page_of(cora, clinic.new(**bipolar)), "What each treatment")
    assert "as under TMS." in findings
    shown = unfolded(findings)
    for nos in re.findall(r"No: ([^<]*)\.</p>", shown):
        assert len(nos.split(", ")) <= 3
    assert re.search(r"\d+ others: no", shown)


def test_a_no_behind_a_finding_is_named_shortly_a_yes_in_full(clinic, cora):
    findings = part(page_of(cora, clinic.new(**{"history.high_period": "yes"})), "What each treatment")
    assert "Have you ever had 4 days or more in a row like this" in findings
    assert "Bipolar diagnosis: <strong>No</strong>" in findings
    assert "Has a doctor or nurse ever told you" not in findings


TRIALS, MORE = (
    [f"antidepressants.trials[0].{key}" for key in ("dose_mg", "weeks")],
    "antidepressants.more_not_remembered",
)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([TRIALS[0], MORE], "as under TMS"),
        ([*TRIALS, MORE], "as under TMS"),
        ([*TRIALS, "practical.ride_home"], "medicines tried (2 details)"),
    ],
)
def test_what_has_to_be_asked_is_said_once_if_all_of_it_stands_to_the_left(fields, said):
    asked = {"tms": [*TRIALS, MORE], "spravato": fields}
    account = {"treatments": {key: {"ask": [{"rule": "X", "fields": each}]} for key, each in asked.items()}}
    found = [Card(key, key.upper(), "", "", [], [], [], [], []) for key in asked]
    tms, spravato = side_by_side(found, account)
    assert tms.ask == ["medicines tried (2 details)", "medicines not remembered"]
    assert spravato.ask[0] == said


def test_what_only_another_treatment_asks_is_named_there(clinic, cora):
    unsure = {"health.metal_in_head_or_neck": "not_sure", "practical.ride_home": "not_sure"}
    shown = unfolded(part(page_of(cora, clinic.new(**unsure)), "What each treatment"))
    tms, spravato = shown.split("<h3>TMS</h3>")[1].split("<h3>Spravato")
    assert "Ask: Is there any metal in your head, eyes or neck?" in tms
    assert "Ask: Can someone take you home after a treatment?" in spravato


def test_a_remark_in_brackets_stands_with_the_sources(clinic, cora):
    young = {"about.date_of_birth": f"{timezone.localdate().year - 21}-01-01"}
    findings = part(page_of(cora, clinic.new(**young)), "What each treatment")
    remark = "From 18 to 21 TMS is also cleared as an add-on."
    assert "Boxed warning" in unfolded(findings)
    assert remark not in unfolded(findings) and remark in findings


def test_looks_are_folded_with_how_many_and_by_how_many(clinic, cora, signed_in):
    referral = clinic.new()
    page_of(signed_in(clinic.cast.clara), referral)
    page_of(cora, referral)
    timeline = part(page_of(cora, referral), "Timeline")
    assert "3 looks by 2 people" in unfolded(timeline)
    assert "Opened" not in unfolded(timeline) and timeline.count("<strong>Opened</strong>") == 3


def test_a_medicine_still_taken_stands_once_among_those_of_now(clinic, cora):
    again = [{"drug": "Zoloft", "still_taking": "yes", "dose_mg": 50}]
    page = page_of(
        cora, clinic.new(**{"medicines.list": [{"drug": "Zoloft"}], "antidepressants.trials": again})
    )
    assert page.split("<h3>Medicines now")[1].split("</ul>")[0].count("Zoloft") == 1


def test_the_helper_the_name_they_like_and_what_was_not_given_stand_in_the_header(clinic, cora):
    said = {
        "about.filled_by": "family",
        "about.filled_by_name": "Robin Person",
        "about.filled_by_relation": "sister",
        "about.filled_by_phone": "+1 212 555 0199",
        "about.preferred_name": "Pat",
        "about.email": "",
    }
    head = page_of(cora, clinic.new(**said)).split('class="person-head"')[1].split("</header>")[0]
    assert "<bdi>Robin Person, sister</bdi>" in head and 'href="tel:+12125550199"' in head
    assert "<bdi>Pat</bdi>" in head
    assert "<dt>Email</dt><dd><strong>none given</strong>" in head
    assert "<dt><span" not in head  # nobody asked for today's number


def test_today_is_asked_for_where_an_alert_rang(clinic, cora):
    head = page_of(cora, clinic.new(**URGENT)).split('class="person-head"')[1].split("</header>")[0]
    assert "Today" in head and "<strong>not said</strong>" in head


# --- How much ----------------------------------------------------------------------------------------------------------------


def busy(clinic: Clinic) -> Referral:
    """Held and released, tried, routed twice, one given back, one not come to, noted."""
    referral = clinic.new(**SAME_DAY, **CLINICIAN_FIRST_FOR_TMS)
    release_hold(referral=referral, actor=clinic.cast.clara)
    referral = clinic.routed("tms", "spravato", **SAME_DAY)
    consult = clinic.move(referral.consults.get(treatment="spravato"), "accepted")
    return_consult(
        consult=referral.consults.get(treatment="tms"),
        actor=clinic.cast.tess,
        reason="more_information",
        note="Which implant?",
    )
    assert consult
    for number in range(5):
        add_note(referral=fresh(referral), actor=clinic.cast.cora, note=f"Note {number}.")
    return fresh(referral)


def test_the_page_takes_at_most_23_queries_and_three_more_with_all_that_can_be_on_it(clinic, cora):
    for referral, most in ((clinic.new(), 23), (busy(clinic), 26), (clinic.new(**URGENT), 23)):
        page_of(cora, referral)
        with CaptureQueriesContext(connection) as queries:
            page_of(cora, referral)
        assert len(queries) <= most, [each["sql"][:120] for each in queries]


def test_the_header_says_why_it_is_closed_and_until_when_an_answer_is_awaited(clinic, cora):
    def head(referral: Referral) -> str:
        return page_of(cora, referral).split('class="person-head"')[1].split("</header>")[0]

    assert "Closed (" in head(clinic.closed())
    waiting = head(clinic.awaiting_patient())
    assert "asked, answer awaited until" in waiting and "(reminder on" in waiting


def test_how_a_form_came_is_said_where_it_was_not_just_sent(clinic, cora):
    assert "Entered from paper" in part(page_of(cora, clinic.new()), "Safety answers")
