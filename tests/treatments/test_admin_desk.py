"""The coordinators' desk and the queues: what stands on their pages, in which order, and how dear they are."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, URGENT, fresh
from tests.treatments.buttons import buttons_in
from treatments.models import Consult, Referral
from treatments.reading import assessment
from treatments.reading.assessment import assessment_of
from treatments.triage.notes import add_note
from treatments.workflow.actions.table import CONSULT_ACTIONS

DESK = "/admin/treatments/referral/"


def page_of(row: Referral | Consult) -> str:
    return (
        f"{DESK}{row.pk}/"
        if isinstance(row, Referral)
        else f"/admin/treatments/{row.treatment}consult/{row.pk}/"
    )


def listed(client, address: str = DESK) -> list:
    """The rows of a list, in its order."""
    response = client.get(address)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


@pytest.fixture
def cora(cast, signed_in):
    return signed_in(cast.cora)


# --- The worklist ----------------------------------------------------------------------------------------


def test_the_worklist_shows_what_needs_a_coordinator_and_leaves_out_what_does_not(clinic, cora):
    new, mine, back = clinic.new(), clinic.in_review(), clinic.consult("returned").referral
    partly = clinic.routed("tms", "spravato")
    clinic.move(partly.consults.get(treatment="spravato"), "returned")
    ended, gone = clinic.consult("completed").referral, clinic.consult("withdrawn").referral
    clinic.routed("tms"), clinic.closed(), clinic.awaiting_patient()
    assert set(listed(cora)) == {new, mine, back, partly, ended, gone}


def test_the_worklist_shows_urgent_holds_first_and_then_who_has_waited_longest(clinic, cora):
    start = timezone.now()
    rows = []
    for hours, changes in ((1, {}), (2, SAME_DAY), (3, URGENT), (4, {}), (5, URGENT), (6, SAME_DAY)):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            rows.append(clinic.new(**changes))
    first, same_1, urgent_1, second, urgent_2, same_2 = rows
    assert listed(cora) == [urgent_1, urgent_2, same_1, same_2, first, second]


def test_a_referral_that_was_not_assessed_stands_among_the_same_day_holds(clinic, cora, monkeypatch):
    calm = clinic.new()
    monkeypatch.setattr(assessment, "assess", lambda *args, **more: 1 / 0)
    unassessed = clinic.new()
    assert listed(cora) == [unassessed, calm]
    assert "Not assessed" in cora.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("changes", "shape", "words"),
    [(URGENT, "▲", "Urgent"), (SAME_DAY, "◆", "Same day"), ({}, "○", "No hold")],
)
def test_a_hold_is_told_by_shape_and_word_and_not_by_color_alone(changes, shape, words, clinic, cora):
    clinic.new(**changes)
    row = re.search(r'class="field-hold_mark[^>]*>(.*?)</td>', cora.get(DESK).content.decode(), re.S)
    assert shape in row.group(1)
    assert words in row.group(1)


def test_the_worklist_shows_scores_trials_and_what_each_treatment_says(clinic, cora):
    referral = clinic.new(**CLINICIAN_FIRST_FOR_TMS)
    shown = cora.get(DESK).content.decode()
    for words in (referral.reference, "Test Person", "Clinician first", "Supports", ">18<", ">2 of 2<"):
        assert words in shown


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("?show=all", {"new", "in_review", "routed", "closed", "awaiting_patient"}),
        ("?show=mine", {"new", "in_review"}),
        ("?show=unassigned", {"new"}),
        ("?show=all&state__exact=routed", {"routed"}),
        ("?show=all&state__exact=closed", {"closed"}),
        ("?show=all&hold__exact=urgent", set()),
        ("?show=all&supported=tms", {"new", "in_review", "routed", "closed", "awaiting_patient"}),
        ("?language__exact=es", set()),
        ("?received=1", {"new", "in_review"}),
        ("?show=nonsense&received=nonsense&supported=nonsense", {"new", "in_review"}),
    ],
)
def test_the_filters_of_the_worklist(question, states, clinic, cora):
    clinic.new(), clinic.in_review(), clinic.routed(), clinic.closed(), clinic.awaiting_patient()
    assert {row.state for row in listed(cora, DESK + question)} == states


@pytest.mark.parametrize(
    "words",
    [
        "{reference}",
        "{lower_reference}",
        "{bare_reference}",
        "Nightingale",
        "night",
        "Flor Night",
        "  nightingale   florence ",
        "NIGHTINGALE",
        "+1 646 555 0199",
        "(646) 555-0199",
        "6465550199",
        "florence.n@example.org",
        "1931-05-12",
    ],
)
def test_a_referral_is_found_by_reference_name_phone_email_and_birth_date(words, clinic, cora):
    clinic.new()
    wanted = clinic.new(
        **{
            "about.first_name": "Florence",
            "about.last_name": "Nightingale",
            "about.phone": "+1 (646) 555 0199",
            "about.email": "Florence.N@example.org",
            "about.date_of_birth": "1931-05-12",
        }
    )
    clinic.new(**{"about.last_name": "Nightfall"})
    asked = words.format(
        reference=wanted.reference,
        lower_reference=wanted.reference.lower(),
        bare_reference=wanted.reference.replace("-", ""),
    )
    response = cora.get(DESK, {"q": asked})
    found = list(response.context["cl"].result_list)
    assert wanted in found
    assert len(found) == (2 if words == "night" else 1)


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"', "Nobody", "x" * 1000, "🙂", "555", "K" * 201])
def test_a_search_for_what_is_not_there_finds_nothing_and_breaks_nothing(words, clinic, cora):
    clinic.new()
    response = cora.get(DESK, {"q": words})
    assert response.status_code == 200
    assert words == "555" or not list(response.context["cl"].result_list)


# --- What it costs ---------------------------------------------------------------------------------------


def queries(client, address: str) -> int:
    client.get(address)  # what is asked once per process, such as content types
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_worklist_asks_the_database_as_often_for_60_rows_as_for_5(clinic, cora):
    for _ in range(5):
        clinic.in_review()
    few = queries(cora, DESK)
    for number in range(55):
        clinic.new(**(URGENT if number % 3 else {}))
    many = queries(cora, DESK + "?all=")
    assert many <= 12
    assert abs(many - few) <= 1


def test_a_queue_asks_the_database_as_often_for_40_rows_as_for_5(clinic, cast, signed_in):
    tess, queue = signed_in(cast.tess), "/admin/treatments/tmsconsult/"
    for _ in range(5):
        clinic.routed("tms")
    few = queries(tess, queue)
    for _ in range(35):
        clinic.routed("tms")
    assert queries(tess, f"{queue}?all=") == few
    assert queries(tess, queue) <= few + 1 <= 12  # of more than one page the keys are read first


@pytest.mark.parametrize("name", ["cora", "clara", "tess"])
def test_the_page_of_a_referral_is_cheap_however_much_has_happened(name, clinic, cast, signed_in):
    consult = clinic.routed("tms", "psychotherapy", **URGENT).consults.get(treatment="tms")
    for number in range(15):
        add_note(referral=consult.referral, actor=cast.cora, note=f"call {number}")
    address = page_of(consult if name == "tess" else consult.referral)
    assert queries(signed_in(getattr(cast, name)), address) <= 23


# --- The page of a referral ------------------------------------------------------------------------------


def test_the_page_of_a_referral_shows_answers_scores_findings_and_the_timeline(clinic, cora):
    referral = clinic.in_review(**CLINICIAN_FIRST_FOR_TMS, **SAME_DAY)
    shown = cora.get(page_of(referral)).content.decode()
    for words in (
        "Test Person",
        referral.reference,
        "Feel like myself again",  # an answer
        "+1 212 555 0142",
        "<strong>19</strong>",  # PHQ-9
        "moderately severe",
        "sertraline",
        "venlafaxine",
        "Same day",
        "Clinician first",
        "Safety answers",
        "Received",
        "Assessed",
        "Claimed",
        "· Cora",
    ):
        assert words in shown, words
    account = assessment_of(referral)
    for treatment in account["treatments"].values():
        for finding in treatment["findings"]:
            assert f"<strong>{finding['rule']}</strong>" in shown
            assert escape(finding["because"]) in shown
            assert escape(finding["source"]) in shown


def test_it_reads_from_who_it_is_over_what_to_do_now_and_safety_to_the_timeline(clinic, cora):
    shown = cora.get(page_of(clinic.new(**URGENT))).content.decode()
    parts = [
        '<header class="person-head"',
        '<p class="summary"',
        '<section class="box-alert"',
        "<h2>Now",
        "<h2>Safety answers",
        "<h2>What each treatment",
        "<h2>Scores",
        "<h2>Medicines tried",
        "<h2>All answers",
        "<h2>Timeline",
    ]
    places = [shown.index(part) for part in parts]
    assert all(before < after for before, after in pairwise(places))


def test_what_a_patient_wrote_is_text_and_never_markup(clinic, cora):
    referral = clinic.new(**{"about.first_name": "<script>alert(1)</script>", "reason.goals": "<b>bold</b>"})
    for address in (DESK, page_of(referral), f"{page_of(referral)}claim/"):
        shown = cora.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<b>bold" not in shown


def test_the_title_and_the_address_of_a_page_hold_no_patient_data(clinic, cora):
    referral = clinic.new()
    shown = cora.get(page_of(referral)).content.decode()
    title = re.search(r"<title>(.*?)</title>", shown, re.S).group(1)
    assert referral.reference in title
    assert "Test" not in title and "Person" not in title


def test_a_team_reads_that_the_person_is_seen_elsewhere_and_not_where(clinic, cast, signed_in):
    referral = clinic.routed("tms", "spravato")
    consult = referral.consults.get(treatment="tms")
    shown = signed_in(cast.tess).get(page_of(consult)).content.decode()
    assert "This person is also seen elsewhere in the clinic." in shown
    assert "Spravato (esketamine)</td>" not in shown
    clinic.move(referral.consults.get(treatment="spravato"), "returned")
    shown = signed_in(cast.tess).get(page_of(consult)).content.decode()
    assert "seen elsewhere" not in shown
    assert "a consult was returned" not in shown


def test_substance_use_answers_are_left_out_for_a_reader_without_the_grant(clinic, cast, signed_in):
    referral = clinic.new(**{"substances.recent_binge": "yes", "substances.withdrawal_symptoms": "yes"})
    cast.sid.user_permissions.add(*Permission.objects.filter(codename="view_referral"))
    shown = signed_in(cast.sid).get(page_of(referral)).content.decode()
    assert "Substance-use answers are left out" in shown
    assert "AUDIT-C" not in shown
    for told in assessment_of(referral)["treatments"].values():
        for finding in told["findings"]:
            if any(path.startswith("substances.") for path in finding["answers"]):
                assert escape(finding["because"]) not in shown


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize("place", ["", "print/"], ids=["page", "print"])
def test_the_score_of_the_drug_item_is_for_readers_with_the_grant(place, granted, clinic, signed_in):
    referral = clinic.new(**{"substances.drug_use_past_year": 4321})
    reader = User.objects.create_user("vera", is_staff=True)
    rights = {"view_referral", "export_referral", *(["read_substance_use"] if granted else [])}
    reader.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    answer = signed_in(reader).get(f"{page_of(referral)}{place}")
    shown = answer.content.decode()
    assert answer.status_code == 200 and "PHQ-9" in shown
    assert ("Drug item" in shown) == granted
    assert ("4321" in shown) == granted


# --- A rule that fails -----------------------------------------------------------------------------------


def test_the_pages_stand_when_a_rule_fails(clinic, cast, signed_in, monkeypatch):
    referral, held, consult = clinic.in_review(), clinic.in_review(**URGENT), clinic.consult("waiting")
    monkeypatch.setattr(assessment, "assess", lambda *args, **more: 1 / 0)
    never = clinic.new()
    for person, address in (
        (cast.cora, DESK),
        (cast.cora, page_of(referral)),
        (cast.cora, page_of(never)),
        (cast.cora, f"{page_of(referral)}route/"),
        (cast.clara, f"{page_of(held)}assess_risk/"),
        (cast.tess, page_of(consult)),
        (cast.tess, f"{page_of(consult)}accept/"),
    ):
        assert signed_in(person).get(address).status_code == 200, address
    assert "Not assessed" in signed_in(cast.cora).get(page_of(referral)).content.decode()
    answer = signed_in(cast.tess).post(f"{page_of(consult)}accept/", {"seen_version": consult.version})
    assert answer.status_code == 409
    assert "A rule fails on this referral" in answer.content.decode()


# --- Actions ---------------------------------------------------------------------------------------------------


def buttons(client, address: str) -> dict[str, str]:
    return {button.url.strip("/"): button.refusal for button in buttons_in(client.get(address).context)}


def test_a_page_offers_the_actions_one_may_do_and_no_others(clinic, cast, signed_in):
    consult = clinic.consult("waiting")
    referral = consult.referral
    desk = set(buttons(signed_in(cast.cora), page_of(referral)))
    assert desk >= {"claim", "route", "ask_patient", "cancel_question", "note", "withdraw", "close", "reopen"}
    clinician = set(buttons(signed_in(cast.clara), page_of(referral)))
    assert clinician >= {"assess_risk", "note"}
    team = set(buttons(signed_in(cast.tess), page_of(consult)))
    assert team >= {"accept", "book", "complete", "return"}
    assert not desk & {"assess_risk", *CONSULT_ACTIONS}
    assert not clinician & {"claim", "route", "close", "withdraw", *CONSULT_ACTIONS}
    assert team <= set(CONSULT_ACTIONS)


WAYS = {
    "new": lambda clinic: clinic.new(),
    "in_review": lambda clinic: clinic.in_review(),
    "held": lambda clinic: clinic.in_review(**URGENT),
    "awaiting_patient": lambda clinic: clinic.awaiting_patient(),
    "routed": lambda clinic: clinic.routed(),
    "closed": lambda clinic: clinic.closed(),
}
FORMS = {
    "claim": {},
    "route": {"treatments": ["psychotherapy"], "reason": "fits"},
    "ask_patient": {"fields": ["history.episode_months"], "message": "How long?"},
    "cancel_question": {},
    "close": {"reason": "other", "note": "moved"},
    "reopen": {"note": "called"},
}


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("name", ["cora", "carl"])
def test_a_disabled_button_says_the_sentence_with_which_the_action_is_refused(
    state, name, clinic, cast, signed_in
):
    referral = WAYS[state](clinic)
    client = signed_in(getattr(cast, name))
    shown = client.get(page_of(referral)).content.decode()
    offered = buttons(client, page_of(referral))
    for action, details in FORMS.items():
        refusal = offered[action]
        if not refusal:
            assert f'href="{action}/"' in shown
            continue
        assert escape(refusal) in shown
        assert f'href="{action}/"' not in shown
        page = client.get(f"{page_of(referral)}{action}/")
        assert page.status_code == 200
        assert escape(refusal) in page.content.decode()
        if action == "claim" and referral.owner == getattr(cast, name):
            continue  # claiming what is one's own already changes nothing and is no error
        answer = client.post(f"{page_of(referral)}{action}/", {"seen_version": referral.version, **details})
        assert answer.status_code == 409
        assert escape(refusal) in answer.content.decode()
        assert fresh(referral).version == referral.version


def test_a_action_done_on_its_page_leads_back_with_a_word(clinic, cora):
    referral = clinic.new()
    answer = cora.post(f"{page_of(referral)}claim/", {"seen_version": 0}, follow=True)
    assert answer.redirect_chain == [(page_of(referral), 302)]
    assert "You are now handling this referral." in answer.content.decode()
    assert fresh(referral).state == "in_review"


@pytest.mark.parametrize(
    ("action", "details"),
    [
        ("route", {"treatments": []}),
        ("route", {"treatments": ["surgery"]}),
        ("close", {"reason": ""}),
        ("close", {"reason": "bored"}),
        ("close", {"reason": "other", "note": ""}),
        ("note", {"note": ""}),
        ("note", {"note": "x" * 10_001}),
        ("note", {"note": "null \x00"}),
        ("withdraw", {"note": "no consult"}),
        ("ask_patient", {"fields": ["consent.agreed"], "message": "x"}),
        ("ask_patient", {"fields": ["history.episode_months"], "message": ""}),
    ],
)
def test_a_action_with_something_missing_is_shown_again_and_changes_nothing(action, details, clinic, cora):
    referral = clinic.in_review()
    answer = cora.post(f"{page_of(referral)}{action}/", {"seen_version": referral.version, **details})
    assert answer.status_code in (200, 409)
    assert fresh(referral).version == referral.version
    assert referral.events.exclude(kind="opened").count() == 3


@pytest.mark.parametrize("seen", ["", "x", "-1", str(2**31), "9" * 40, "\x00", "1.5"])
def test_a_action_with_a_tampered_version_changes_nothing(seen, clinic, cora):
    referral = clinic.in_review()
    answer = cora.post(f"{page_of(referral)}note/", {"seen_version": seen, "note": "tampered"})
    assert answer.status_code in (200, 409)
    assert "tampered" not in [event.note for event in referral.events.all()]


def test_a_stale_page_is_told_so(clinic, cast, cora):
    referral = clinic.in_review()
    add_note(referral=referral, actor=cast.carl, note="in between")
    answer = cora.post(
        f"{page_of(referral)}close/", {"seen_version": referral.version, "reason": "patient_declined"}
    )
    assert answer.status_code == 409
    assert "Somebody else has changed this referral" in answer.content.decode()
    assert fresh(referral).state == "in_review"


def test_a_consult_of_another_referral_is_not_withdrawn_through_this_one(clinic, cora):
    mine, other = clinic.routed("tms"), clinic.routed("tms")
    theirs = other.consults.get()
    answer = cora.post(
        f"{page_of(mine)}withdraw/", {"seen_version": mine.version, "consult": theirs.pk, "note": "tampered"}
    )
    assert answer.status_code == 200
    assert fresh(theirs).state == "waiting"


@pytest.mark.parametrize(
    ("name", "action", "ready", "details"),
    [
        ("cora", "claim", lambda clinic: clinic.new(), {}),
        ("cora", "route", lambda clinic: clinic.in_review(), {"treatments": ["tms"]}),
        ("cora", "note", lambda clinic: clinic.in_review(), {"note": "called"}),
        ("cora", "close", lambda clinic: clinic.in_review(), {"reason": "patient_declined"}),
        ("cora", "reopen", lambda clinic: clinic.closed(), {"note": "called"}),
        ("cora", "withdraw", lambda clinic: clinic.routed("tms"), {"note": "no", "consult": "the consult"}),
        ("tess", "accept", lambda clinic: clinic.consult("waiting"), {}),
        ("tess", "return", lambda clinic: clinic.consult("waiting"), {"reason": "no_capacity"}),
    ],
)
def test_a_button_pressed_twice_is_the_same_as_once_on_the_screen_too(
    name, action, ready, details, clinic, cast, signed_in
):
    row = ready(clinic)
    referral = row if isinstance(row, Referral) else row.referral
    if "consult" in details:
        details = {**details, "consult": referral.consults.get().pk}
    client, sent = signed_in(getattr(cast, name)), {"seen_version": row.version, **details}
    first = client.post(f"{page_of(row)}{action}/", sent)
    events = referral.events.exclude(kind="opened").count()
    second = client.post(f"{page_of(row)}{action}/", sent)
    assert first.status_code == 302
    assert (second.status_code, second.url) == (302, first.url)
    assert referral.events.exclude(kind="opened").count() == events


# --- The queues ----------------------------------------------------------------------------------------------


def test_a_queue_shows_its_own_open_consults_the_longest_waiting_first(clinic, cast, signed_in):
    first, second = clinic.consult("waiting"), clinic.consult("accepted")
    clinic.consult("waiting", "spravato"), clinic.consult("returned"), clinic.consult("withdrawn")
    done = clinic.consult("completed")
    queue = "/admin/treatments/tmsconsult/"
    tess = signed_in(cast.tess)
    assert [row.pk for row in listed(tess, queue)] == [first.pk, second.pk]
    assert [row.pk for row in listed(tess, queue + "?show=waiting")] == [first.pk]
    assert [row.pk for row in listed(tess, queue + "?show=completed")] == [done.pk]


def test_a_returned_consult_leads_its_team_back_to_the_queue(clinic, cast, signed_in):
    consult = clinic.consult("waiting")
    answer = signed_in(cast.tess).post(
        f"{page_of(consult)}return/", {"seen_version": consult.version, "reason": "no_capacity"}
    )
    assert (answer.status_code, answer.url) == (302, "/admin/treatments/tmsconsult/")
    assert signed_in(cast.tess).get(page_of(consult)).status_code == 404
