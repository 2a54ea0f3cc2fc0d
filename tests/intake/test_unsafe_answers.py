"""Unsafe answers: the alarm is on record with the answer, help is shown at once, and nothing is blocked."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from intake.models import Alarm, Submission, compiled_queries
from intake.questionnaire import dangers as unsafe
from intake.questionnaire.help_kinds import HELP_OF
from tests.intake import pat
from tests.intake.screen import summary, words
from tests.treatments.alerts import alert_of, close
from treatments.models import Alert, OnCallNotice
from treatments.triage.on_call import notify_on_call

pytestmark = pytest.mark.django_db

YES = "yes"
# danger -> page, the unsafe answer, how urgent (docs/clinical.md 5)
NO_DATE = {f"health-bp_date_{part}": "" for part in ("month", "day", "year")}
UNSAFE: dict[str, tuple[str, dict, str]] = {
    "phq9_item9": ("mood", {"mood-phq9-8": "1"}, "same_day"),
    "cssrs_q1": ("thoughts", {"safety-cssrs-q1": YES}, "same_day"),
    "cssrs_q2": ("thoughts", {"safety-cssrs-q2": YES}, "same_day"),
    "cssrs_q3": ("plans", {"safety-cssrs-q3": YES}, "same_day"),
    "cssrs_q4": ("plans", {"safety-cssrs-q4": YES}, "urgent"),
    "cssrs_q5": ("plans", {"safety-cssrs-q5": YES}, "urgent"),
    "cssrs_q6": ("past", {"safety-cssrs-q6": YES}, "same_day"),
    "cssrs_q6_recent": ("past", {"safety-cssrs-q6": YES, "safety-cssrs-q6_recent": YES}, "urgent"),
    "asq_q1": ("asq", {"safety-asq-q1": YES}, "same_day"),
    "asq_q2": ("asq", {"safety-asq-q2": YES}, "same_day"),
    "asq_q3": ("asq", {"safety-asq-q3": YES}, "same_day"),
    "asq_q4": ("asq", {"safety-asq-q4": YES}, "same_day"),
    "asq_q5": ("asq-now", {"safety-asq-q5": YES}, "urgent"),
    "harm_to_others": ("past", {"safety-harm_to_others": YES}, "urgent"),
    "voices_command": ("now", {"history-voices_command": YES}, "urgent"),
    "not_eating_or_moving": ("now", {"history-not_eating_or_moving": YES}, "urgent"),
    "withdrawal_symptoms": ("drugs", {"substances-withdrawal_symptoms": YES}, "urgent"),
    "stopped_heavy_use": ("drugs", {"substances-stopped_heavy_use_last_7_days": YES}, "urgent"),
    "new_symptoms": ("symptoms", {"health-new_symptoms": ["stiffness", "diarrhoea"]}, "urgent"),
    "chest_pain_or_stroke_signs": ("symptoms", {"health-chest_pain_or_stroke_signs_now": YES}, "urgent"),
    "very_high_blood_pressure": ("heart", {"health-bp": "180", **NO_DATE}, "urgent"),
}
# What was said on the same page before; it rang then.
SAID_BEFORE = {"cssrs_q6_recent": {"safety-cssrs-q6": YES}}
# A follow-up says something else only where it is asked; all others are as Pat answers them.
SAFE_AGAIN = {"cssrs_q6_recent": {"safety-cssrs-q6": YES, "safety-cssrs-q6_recent": "no"}}
ALMOST = [
    ("mood", {"mood-phq9-8": "0"}),
    ("thoughts", {"safety-cssrs-q1": "declined"}),
    ("past", {"safety-harm_to_others": "not_sure"}),
    ("now", {"history-hears_or_sees": YES, "history-voices_command": "not_sure"}),
    ("symptoms", {"health-new_symptoms": ["stiffness"]}),
    ("heart", {"health-bp": "179/119", **NO_DATE}),
]


@pytest.fixture
def ready(client, settings):
    """``ready(slug)``: a draft whose next page is ``slug``; gives the draft."""

    def prepare(slug: str) -> Submission:
        settings.SUICIDE_SCREEN = "asq" if slug.startswith("asq") else "cssrs"
        draft = pat.begin(client)
        pat.reach(client, slug)
        if slug == "asq-now":
            pat.save(client, "asq", **{"safety-asq-q1": YES})
        return draft

    return prepare


def dangers(draft: Submission) -> list[str]:
    return [alarm.danger for alarm in draft.alarms.order_by("pk")]


def test_every_danger_is_tried_here():
    assert set(UNSAFE) == {danger.key for danger in unsafe.DANGERS}


@pytest.mark.parametrize("danger", UNSAFE)
def test_an_unsafe_answer_raises_its_alarm_and_shows_help_at_once(client, ready, danger):
    slug, told, urgency = UNSAFE[danger]
    draft = ready(slug)
    if danger in SAID_BEFORE:
        pat.save(client, slug, **SAID_BEFORE[danger])
    before = set(dangers(draft))
    response = pat.save(client, slug, **told)
    assert response.url == reverse("intake:help", args=[slug])
    assert set(dangers(draft)) - before == {danger}
    assert draft.alarms.get(danger=danger).urgency == urgency
    text = words(client.get(response.url).content.decode())
    assert str(HELP_OF[unsafe.BY_KEY[danger].kind].heading) in text
    assert "Call 911" in text and "Stop here for now" in text
    assert "press 3" not in text


def test_a_call_is_promised_only_where_there_is_a_number_to_call(client, ready):
    ready("past")
    page = pat.save(client, "past", **{"safety-harm_to_others": YES}).url
    text = words(client.get(page).content.decode())
    assert "Tell us a number, so that we can call you." in text
    assert "We will call you" not in text
    pat.save(client, "contact", **{"about-phone": ""})
    assert "We will call you" not in words(client.get(page).content.decode())
    client.post(page, {"safety-number_today": "212 555 0101"})
    assert "We will call you as soon as we have read this" in words(client.get(page).content.decode())
    client.post(page, {"safety-number_today": ""})
    pat.save(client, "contact")
    text = words(client.get(page).content.decode())
    assert "We will call you" in text and "Tell us a number" not in text


def test_a_very_high_lower_blood_pressure_is_as_unsafe_as_a_higher_one(client, ready):
    draft = ready("heart")
    pat.save(client, "heart", **{"health-bp": "130/120", **NO_DATE})
    assert dangers(draft) == ["very_high_blood_pressure"]


@pytest.mark.parametrize(("typed", "rings"), [("121/185", True), ("80/120", False)])
def test_of_two_numbers_the_larger_is_the_higher_blood_pressure(client, ready, typed, rings):
    draft = ready("heart")
    pat.save(client, "heart", **{"health-bp": typed, **NO_DATE})
    assert bool(dangers(draft)) == rings


def measured(days_ago: int) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=days_ago)
    return {f"health-bp_date_{part}": str(getattr(day, part)) for part in ("month", "day", "year")}


@pytest.mark.parametrize(("days_ago", "rings"), [(0, True), (30, True), (31, False), (400, False)])
def test_only_a_recent_blood_pressure_rings_and_an_old_one_shows_a_box(client, ready, days_ago, rings):
    draft = ready("heart")
    response = pat.save(client, "heart", **{"health-bp": "185", **measured(days_ago)})
    assert dangers(draft) == ["very_high_blood_pressure"] * rings
    assert response.url.endswith("/help/") == rings
    text = words(client.get(response.url).content.decode())
    assert ("Have it measured again today or tomorrow." in text) != rings
    assert rings or "call or text 988" not in text.partition("Have it measured")[0].rpartition("Important")[2]


def test_an_old_blood_pressure_that_turns_out_to_be_recent_rings(client, ready):
    draft = ready("heart")
    pat.save(client, "heart", **{"health-bp": "185", **measured(400)})
    pat.save(client, "heart", **{"health-bp": "185", **measured(3)})
    assert dangers(draft) == ["very_high_blood_pressure"]


@pytest.mark.parametrize(("slug", "told"), ALMOST)
def test_an_answer_just_short_of_unsafe_goes_on_without_an_alarm(client, ready, slug, told):
    draft = ready(slug)
    response = pat.save(client, slug, **told)
    assert not response.url.endswith("/help/")
    assert dangers(draft) == []


@pytest.mark.parametrize(
    ("slug", "told"),
    [("thoughts", {"safety-cssrs-q1": "declined"}), ("now", {"history-hears_or_sees": YES})],
)
def test_a_worrying_answer_brings_up_a_box_with_places_to_get_help(client, ready, slug, told):
    ready(slug)
    response = client.post(pat.address(slug), {**pat.answered(slug), **told}, follow=True)
    assert "you can call or text 988 at any time" in words(response.content.decode())


def test_the_next_safe_page_is_not_interrupted_again(client, ready):
    ready("thoughts")
    pat.save(client, "thoughts", **{"safety-cssrs-q1": YES})
    assert pat.save(client, "past").url == pat.address("now")


@pytest.mark.parametrize("danger", UNSAFE)
def test_saving_the_page_twice_raises_one_alarm(client, ready, danger):
    slug, told, _urgency = UNSAFE[danger]
    draft = ready(slug)
    for _time in range(2):
        pat.save(client, slug, **told)
    assert dangers(draft).count(danger) == 1


# --- Beside a fault ------------------------------------------------------------------------------------

# danger -> the page, and what makes it faulty beside the unsafe answer
FAULTS: dict[str, dict] = {
    "phq9_item9": {"mood-phq9-0": None},
    "cssrs_q2": {"safety-cssrs-q1": None},
    "cssrs_q5": {"safety-cssrs-q4": None},
    "asq_q3": {"safety-asq-q1": None},
    "voices_command": {"history-high_now": "perhaps"},
    "withdrawal_symptoms": {"substances-stopped_heavy_use_last_7_days": "perhaps"},
    "chest_pain_or_stroke_signs": {"health-new_symptoms": ["none", "stiffness"]},
    "very_high_blood_pressure": {"health-bp_date_month": "spring"},
}


@pytest.mark.parametrize("danger", FAULTS)
def test_an_unsafe_answer_beside_a_fault_raises_its_alarm_shows_help_and_leads_back(client, ready, danger):
    slug, told, _urgency = UNSAFE[danger]
    draft = ready(slug)
    before = dangers(draft)
    response = pat.save(client, slug, **{**told, **FAULTS[danger]})
    assert response.url == reverse("intake:help", args=[slug])
    assert dangers(draft) == [*before, danger]
    back = client.post(response.url, {})
    assert back.url == pat.address(slug)
    shown = pat.shown(client.get(back.url))
    for name, value in told.items():
        if value:
            assert shown[name] == (value if isinstance(value, list) else [value])
    draft.refresh_from_db()
    assert slug not in draft.saved_pages()


def test_sent_again_with_the_fault_the_page_says_what_is_missing_and_where_help_is(client, ready):
    draft = ready("mood")
    told = {"mood-phq9-8": "1", "mood-phq9-0": None}
    assert pat.save(client, "mood", **told).status_code == 302
    again = pat.save(client, "mood", **told)
    text = words(again.content.decode())
    assert (again.status_code, len(summary(again.content.decode()))) == (200, 1)
    assert "Help is here at any time: call or text 988." in text
    assert dangers(draft) == ["phq9_item9"]
    assert pat.save(client, "mood", **{"mood-phq9-8": "1"}).url == reverse("intake:help", args=["mood"])
    assert dangers(draft) == ["phq9_item9"]


def test_a_faulty_page_opened_from_the_answers_leads_back_to_it_and_then_to_them(client):
    pat.fill(client)
    response = client.post(
        pat.address("mood") + "?return=check",
        pat.answered("mood", **{"mood-phq9-8": "2", "mood-phq9-1": "9"}),
    )
    assert response.url == reverse("intake:help", args=["mood"]) + "?return=check"
    back = client.post(response.url, {}).url
    assert back == pat.address("mood") + "?return=check"
    response = client.post(back, pat.answered("mood"))
    assert response.url == reverse("intake:check")


def test_without_the_alarm_nothing_of_a_faulty_page_is_kept(client, ready, monkeypatch):
    draft = ready("mood")

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Alarm.objects, "bulk_create", fail)
    client.raise_request_exception = False
    assert pat.save(client, "mood", **{"mood-phq9-8": "1", "mood-phq9-0": None}).status_code == 503
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


# --- Ringing again ------------------------------------------------------------------------------------


@pytest.mark.parametrize("danger", UNSAFE)
def test_an_answer_that_is_unsafe_again_after_having_been_safe_rings_again(client, ready, danger):
    slug, told, _urgency = UNSAFE[danger]
    draft = ready(slug)
    for answer in (told, SAFE_AGAIN.get(danger, {}), told):
        pat.save(client, slug, **answer)
    assert dangers(draft).count(danger) == 2


@pytest.mark.parametrize(
    ("slug", "first", "then"),
    [
        ("mood", {"mood-phq9-8": "1"}, {"mood-phq9-8": "3"}),
        (
            "symptoms",
            {"health-new_symptoms": ["stiffness", "diarrhoea"]},
            {"health-new_symptoms": ["stiffness", "diarrhoea", "sweating_or_fever"]},
        ),
        (
            "heart",
            {"health-bp": "185", **NO_DATE},
            {"health-bp": "230", **NO_DATE},
        ),
    ],
)
def test_an_answer_that_gets_worse_rings_again(client, ready, slug, first, then):
    draft = ready(slug)
    for told in (first, then, then):
        pat.save(client, slug, **told)
    assert len(dangers(draft)) == 2


def test_another_answer_of_the_questionnaire_does_not_ring_for_item_9(client, ready):
    draft = ready("mood")
    pat.save(client, "mood", **{"mood-phq9-8": "2"})
    pat.save(client, "mood", **{"mood-phq9-8": "2", "mood-phq9-0": "0"})
    assert dangers(draft) == ["phq9_item9"]


def test_a_new_unsafe_answer_on_a_page_does_not_ring_for_the_one_before_it(client, ready):
    draft = ready("plans")
    pat.save(client, "plans", **{"safety-cssrs-q3": YES})
    pat.save(client, "plans", **{"safety-cssrs-q3": YES, "safety-cssrs-q4": YES})
    assert dangers(draft) == ["cssrs_q2", "cssrs_q3", "cssrs_q4"]


def test_after_its_alert_was_closed_a_changed_unsafe_answer_is_an_open_alert_again(client, ready, cast):
    ready("mood")
    pat.save(client, "mood", **{"mood-phq9-8": "2"})
    close(Alert.objects.get(), cast.clara)
    pat.save(client, "mood", **{"mood-phq9-8": "2"})
    assert not Alert.objects.open().exists()
    pat.save(client, "mood", **{"mood-phq9-8": "1"})
    assert [alarm.danger for alarm in Alert.objects.open().get().ringing] == ["phq9_item9"]


def test_an_alarm_that_rings_again_is_told_to_whoever_is_on_call(client, ready, cast, settings):
    settings.ON_CALL_EMAIL = "on-call@clinic.example"
    ready("mood")
    pat.save(client, "mood", **{"mood-phq9-8": "1"})
    notify_on_call()
    close(Alert.objects.get(), cast.clara)
    pat.save(client, "mood", **{"mood-phq9-8": "3"})
    notify_on_call()
    assert OnCallNotice.objects.filter(alarm=Alert.objects.open().get().newest).count() == 1


def test_an_unsafe_answer_taken_back_keeps_its_alarm(client, ready):
    draft = ready("mood")
    pat.save(client, "mood", **{"mood-phq9-8": "3"})
    pat.save(client, "mood")
    assert dangers(draft) == ["phq9_item9"]


def test_without_the_answer_there_is_no_alarm(client, ready, monkeypatch):
    ready("mood")

    def fail(*_draft):
        raise DatabaseError("disk full")

    monkeypatch.setattr(compiled_queries, "store", fail)
    client.raise_request_exception = False
    assert pat.save(client, "mood", **{"mood-phq9-8": "1"}).status_code == 503
    assert not Alarm.objects.exists()


def test_without_the_alarm_the_answer_is_not_called_saved(client, ready, monkeypatch):
    draft = ready("mood")

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Alarm.objects, "bulk_create", fail)
    client.raise_request_exception = False
    assert pat.save(client, "mood", **{"mood-phq9-8": "1"}).status_code == 503
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


def test_staff_see_the_alarm_of_somebody_who_never_comes_back(client, ready):
    draft = ready("past")
    pat.save(client, "name")
    pat.save(client, "past", **{"safety-harm_to_others": YES})
    client.post(reverse("intake:leave"))
    alert = Alert.objects.open().get()
    assert (alert, alert.newest.danger) == (alert_of(draft), "harm_to_others")
    assert draft.is_draft


@pytest.mark.parametrize("danger", [key for key in UNSAFE if not key.startswith("asq")])
def test_the_person_can_go_on_without_answering_anything_there(client, ready, danger):
    slug, told, _urgency = UNSAFE[danger]
    ready(slug)
    response = pat.save(client, slug, **told)
    onwards = client.post(response.url, {})
    assert onwards.status_code == 302
    assert client.get(onwards.url).status_code == 200


def test_where_the_person_is_now_is_kept_and_said_to_staff(client, ready):
    draft = ready("past")
    pat.save(client, "past", **{"safety-harm_to_others": YES})
    told = {"safety-where_now": "12 Elm St\nBack door", "safety-number_today": "212 555 0101"}
    client.post(reverse("intake:help", args=["past"]), told)
    draft.refresh_from_db()
    assert draft.answers["safety"]["where_now"].splitlines() == ["12 Elm St", "Back door"]
    assert draft.answers["safety"]["number_today"] == "212 555 0101"


def test_going_on_from_help_leads_back_to_the_answers_when_the_person_came_from_there(client):
    pat.fill(client)
    response = client.post(
        pat.address("past") + "?return=check", {**pat.PAGES["past"], "safety-harm_to_others": YES}
    )
    assert response.url == reverse("intake:help", args=["past"]) + "?return=check"
    assert client.post(response.url, {}).url == reverse("intake:check")


def test_an_unsafe_answer_does_not_block_sending(client):
    draft = pat.fill(client, mood={"mood-phq9-8": "3"}, past={"safety-harm_to_others": YES})
    assert pat.send(client).url == reverse("intake:done")
    draft.refresh_from_db()
    assert not draft.is_draft
    assert sorted(dangers(draft)) == ["harm_to_others", "phq9_item9"]
