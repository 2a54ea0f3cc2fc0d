"""The interruption pages: what each kind says and in which order, when it comes again, and what it asks."""

import re
from datetime import datetime
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from intake.locations import EVERY, RISING
from intake.models import Alarm, Submission
from intake.questionnaire.dangers import DANGERS, KINDS
from intake.questionnaire.help_kinds import HELP_OF, levels_of, rises
from tests.intake import pat
from tests.intake.screen import controls, summary, words

pytestmark = pytest.mark.django_db

YES = "yes"
NO_DATE = {f"health-bp_date_{part}": "" for part in ("month", "day", "year")}
CALL = "We will call you as soon as we have read this,"
STOP, ON = "Stop here for now", "Go on"
BOXES = ["Where are you right now?", "What number can we call today?"]
SAVED = "What you told us is saved."

# kind of page -> page, the unsafe answer, and what stands on it, in order
PAGES: dict[str, tuple[str, dict, list[str]]] = {
    "medical": (
        "symptoms",
        {"health-chest_pain_or_stroke_signs_now": YES},
        [
            "Call 911 now",
            "Do not finish this form first.",
            "Chest pain can be an emergency. So can weakness on one side, or sudden trouble when you speak or see.",
            "Call 911",
            "Your form is saved.",
            STOP,
            "Go on with the form",
            "Not happening right now?",
            "Change my answer",
        ],
    ),
    "not_eating": (
        "now",
        {"history-not_eating_or_moving": YES},
        [
            "You need help today",
            "If you cannot drink, cannot move, or feel faint: call 911 or go to the nearest emergency room.",
            "Call 911",
            CALL,
            *BOXES,
            STOP,
            ON,
        ],
    ),
    "withdrawal": (
        "drugs",
        {"substances-withdrawal_symptoms": YES},
        [
            "Stopping suddenly can be dangerous",
            "A seizure, confusion, or seeing things that are not there: call 911.",
            "Call 911",
            "Do not stop or restart on your own: call your doctor or pharmacist today",
            CALL,
            ON,
            STOP,
        ],
    ),
    "reaction": (
        "symptoms",
        {"health-new_symptoms": ["stiffness", "diarrhoea"]},
        [
            "These signs may need a doctor today",
            "Fever, confusion, or very stiff muscles: call 911.",
            "Call 911",
            "Poison Help: 1-800-222-1222",
            "Tell them which medicines you take",
            CALL,
            ON,
            STOP,
        ],
    ),
    "pressure": (
        "heart",
        {"health-bp": "185/121", **NO_DATE},
        [
            "That blood pressure is very high",
            "You wrote 185/121. Change it if that is not right.",
            "Do you have any of these now? Then call 911.",
            "Call 911",
            "None of these?",
            "Sit still for 5 minutes and measure again.",
            "Call your doctor today.",
            CALL,
            STOP,
            ON,
        ],
    ),
    "suicide, urgent": (
        "plans",
        {"safety-cssrs-q5": YES},
        [
            "Thank you for telling us",
            "You are not alone with this. Please call or text 988 now. If you might act on it, call 911.",
            "Call 988",
            "Call 911",
            "Text 988",
            "Stay with someone you trust.",
            "Veterans",
            CALL,
            *BOXES,
            "Save and go on",
            STOP,
            SAVED,
        ],
    ),
    "suicide, same day": (
        "mood",
        {"mood-phq9-8": "1"},
        [
            "Thank you for telling us",
            "You are not alone with this. If you might act on these thoughts, "
            "call 911 or go to the nearest emergency room now.",
            "Call 988",
            "Text 988",
            "Call 911",
            "Veterans",
            CALL,
            *BOXES,
            "Save and go on",
            STOP,
            SAVED,
        ],
    ),
    "others": (
        "past",
        {"safety-harm_to_others": YES},
        [
            "Thank you for telling us",
            "If you might hurt someone now, call 911, or leave the place and call 988.",
            "Call 988",
            CALL,
            *BOXES,
            "Save and go on",
            STOP,
        ],
    ),
}
BODY = ("medical", "not_eating", "withdrawal", "reaction", "pressure")


def main(html: str) -> str:
    """What stands on the page between its header and its foot, in words."""
    return words(html[html.index("<main") : html.index("</main>")])


def helped(client, slug: str, **told) -> str:
    """The page that the answer led to, which is that of help."""
    response = pat.save(client, slug, **told)
    assert response.url == reverse("intake:help", args=[slug])
    return client.get(response.url).content.decode()


def on_from(client, slug: str, **told):
    return client.post(reverse("intake:help", args=[slug]), told)


def told_of(html: str) -> str:
    """The box on a page, "" without one."""
    found = re.findall(r'class="clinic-worse clinic-column".*?>\s*<p.*?>(.*?)</p>', html, re.DOTALL)
    return words(" ".join(found))


@pytest.fixture
def draft(client) -> Submission:
    """A draft with a number to call, whose next page is any."""
    draft = pat.begin(client)
    pat.save(client, "consent")
    pat.save(client, "contact")
    return draft


def bring_up(client, slug: str) -> None:
    if slug == "plans":
        pat.save(client, "thoughts", **{"safety-cssrs-q2": YES})
        on_from(client, "thoughts")


# --- What a page says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_says_what_its_kind_needs_in_this_order(client, draft, kind):
    slug, told, said = PAGES[kind]
    bring_up(client, slug)
    html = helped(client, slug, **told)
    text, at = main(html), 0
    if "What number can we call today?" in said:  # there is one
        said = [each if "What number" not in each else "Another number for today?" for each in said]
    for each in said:
        assert each in text[at:], (each, text)
        at = text.index(each, at) + 1
    assert f'<h1 class="govuk-heading-l">{said[0]}</h1>' in html
    assert said[0] in html[html.index("<title>") : html.index("</title>")]


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_says_a_score_a_level_or_that_something_was_positive(client, draft, kind):
    slug, told, _said = PAGES[kind]
    bring_up(client, slug)
    text = words(helped(client, slug, **told)).lower()
    for word in ("positive", "risk", "urgent", "score", "press 3", "tms", "spravato"):
        assert word not in text.replace("atms", "")


@pytest.mark.parametrize("kind", BODY)
def test_an_emergency_of_the_body_does_not_speak_of_suicide(client, draft, kind):
    slug, told, _said = PAGES[kind]
    text = main(helped(client, slug, **told)).lower()
    assert "suicide" not in text and "988" not in text and "thank you" not in text


def test_an_emergency_now_promises_no_call_and_asks_nothing(client, draft):
    slug, told, _said = PAGES["medical"]
    html = helped(client, slug, **told)
    assert "call you" not in main(html)
    assert "safety-" not in html
    assert f'href="{pat.address(slug)}">Change my answer' in html


@pytest.mark.parametrize("kind", ["withdrawal", "reaction", "pressure", "not_eating", "others"])
def test_without_a_number_the_page_asks_for_one(client, kind):
    pat.begin(client)
    pat.save(client, "consent")
    slug, told, _said = PAGES[kind]
    html = helped(client, slug, **told)
    assert "Tell us a number, so that we can call you." in main(html)
    assert "We will call you" not in main(html)
    assert 'name="safety-number_today"' in html
    assert ('name="safety-where_now"' in html) == HELP_OF[kind].boxes
    on_from(client, slug, **{"safety-number_today": "212 555 0177"})
    again = main(client.get(reverse("intake:help", args=[slug])).content.decode())
    assert "We will call you" in again and "ends in 0177" in again


def test_the_number_is_named_by_its_end_and_the_box_asks_for_a_better_one(client, draft):
    html = helped(client, "past", **{"safety-harm_to_others": YES})
    text = main(html)
    assert "at the number that ends in 0142." in text and "555" not in text
    assert "If 0142 is not the best one." in text


def test_the_boxes_hold_what_was_said_before_and_staff_have_it(client, draft):
    helped(client, "mood", **{"mood-phq9-8": "1"})
    on_from(client, "mood", **{"safety-where_now": "12 Elm St", "safety-number_today": "212 555 0101"})
    html = helped(client, "past", **{"safety-harm_to_others": YES})
    shown = controls(html)
    assert shown["safety-where_now"] == ["12 Elm St"]
    assert shown["safety-number_today"] == ["212 555 0101"]
    assert "ends in 0101" in main(html)
    on_from(client, "past", **{"safety-where_now": "At work", "safety-number_today": "212 555 0101"})
    draft.refresh_from_db()
    assert draft.answers["safety"]["where_now"] == "At work"


def test_a_page_without_boxes_keeps_what_they_held(client, draft):
    helped(client, "mood", **{"mood-phq9-8": "1"})
    on_from(client, "mood", **{"safety-where_now": "12 Elm St", "safety-number_today": "212 555 0101"})
    slug, told, _said = PAGES["medical"]
    helped(client, slug, **told)
    on_from(client, slug)
    draft.refresh_from_db()
    assert draft.answers["safety"]["where_now"] == "12 Elm St"
    assert draft.answers["safety"]["number_today"] == "212 555 0101"


def test_who_helps_is_asked_to_stay_with_the_person(client, draft):
    pat.save(
        client, "name", **{"about-first_name": "Walter", "about-preferred_name": "", "for": "someone_else"}
    )
    pat.save(client, "helper", **{"about-filled_by": "family"})
    assert "Stay with Walter if you can." in main(helped(client, "mood", **{"mood-phq9-8": "1"}))
    pat.save(client, "name", **{"for": "self"})
    assert "Stay with Walter" not in main(client.get(reverse("intake:help", args=["mood"])).content.decode())


def test_a_helped_person_without_a_name_is_spoken_of_all_the_same(client, draft):
    pat.reach(client, "helper")
    draft.refresh_from_db()
    draft.answers["about"] = {}
    draft.save()
    pat.save(client, "helper", **{"about-filled_by": "professional"})
    assert "Stay with the person you help if you can." in main(helped(client, "mood", **{"mood-phq9-8": "1"}))


# --- Several kinds on one save -------------------------------------------------------------------------


def test_every_danger_has_a_kind_and_every_kind_a_page():
    assert {danger.kind for danger in DANGERS} == set(KINDS)
    assert {*KINDS, "general"} == set(HELP_OF)
    assert {kind.split(",")[0] for kind in PAGES} == set(KINDS)


def test_several_kinds_stand_in_the_order_of_the_table_whatever_the_order_of_the_answers():
    levels = levels_of(reversed(DANGERS))
    assert list(levels) == list(KINDS)
    assert levels["suicide"] == "urgent"


@pytest.mark.parametrize(
    ("slug", "told", "headings"),
    [
        (
            "symptoms",
            {"health-new_symptoms": ["stiffness", "diarrhoea"], "health-chest_pain_or_stroke_signs_now": YES},
            ["Call 911 now", "These signs may need a doctor today"],
        ),
        (
            "now",
            {"history-voices_command": YES, "history-not_eating_or_moving": YES},
            ["You need help today", "Thank you for telling us"],
        ),
    ],
)
def test_the_first_kind_is_the_page_and_the_others_are_sections_of_it(client, draft, slug, told, headings):
    html = helped(client, slug, **told)
    found = re.findall(r'<h([12]) class="govuk-heading-[lm][^"]*">(.*?)</h', html)
    assert found == [("1", headings[0]), *[("2", each) for each in headings[1:]]]
    assert headings[0] in html[html.index("<title>") : html.index("</title>")]
    assert main(html).count("We will call you") == 1
    assert html.count('name="safety-where_now"') <= 1


# --- Shown again ---------------------------------------------------------------------------------------


def walk(client, *steps: tuple[str, dict]) -> list[str]:
    """ "page" or "box" for each save of an unsafe answer, going on from each page of help."""
    seen = []
    for slug, told in steps:
        response = pat.save(client, slug, **told)
        if response.url.endswith("/help/"):
            seen.append("page")
            on_from(client, slug)
        else:
            seen.append("box" if told_of(client.get(response.url).content.decode()) else "")
    return seen


EVERY_CSSRS_YES = (
    ("mood", {"mood-phq9-8": "1"}),
    ("thoughts", {"safety-cssrs-q1": YES, "safety-cssrs-q2": YES}),
    ("plans", {"safety-cssrs-q3": YES, "safety-cssrs-q4": YES, "safety-cssrs-q5": YES}),
    ("past", {"safety-cssrs-q6": YES, "safety-cssrs-q6_recent": YES}),
)


def test_a_page_comes_again_only_when_the_kind_is_new_or_its_urgency_rises(client, draft):
    assert walk(client, *EVERY_CSSRS_YES) == ["page", "box", "page", "box"]
    assert walk(client, ("past", {"safety-harm_to_others": YES})) == ["page"]
    assert walk(client, ("symptoms", PAGES["medical"][1])) == ["page"]
    assert Alarm.objects.filter(submission=draft).count() == 10


def test_every_unsafe_answer_brings_a_page_where_the_clinic_wants_that(client, draft, settings):
    settings.HELP_PAGES = EVERY
    assert walk(client, *EVERY_CSSRS_YES) == ["page"] * 4


def test_the_boxes_are_folded_from_the_second_page_on_where_every_answer_brings_one(client, draft, settings):
    settings.HELP_PAGES = EVERY
    folded = "Where you are, and your number for today"
    assert folded not in helped(client, "mood", **{"mood-phq9-8": "1"})
    on_from(client, "mood", **{"safety-where_now": "12 Elm St"})
    html = helped(client, "thoughts", **{"safety-cssrs-q1": YES})
    assert folded in html
    assert controls(html)["safety-where_now"] == ["12 Elm St"]
    settings.HELP_PAGES = RISING
    assert folded not in client.get(reverse("intake:help", args=["thoughts"])).content.decode()


def test_the_box_says_thanks_where_help_is_and_when_we_call_in_forty_words(client, draft, settings):
    settings.CALL_PROMISE = True
    with time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=timezone.get_current_timezone()), tick=False):
        walk(client, EVERY_CSSRS_YES[0])
        response = pat.save(client, "thoughts", **EVERY_CSSRS_YES[1][1])
        box = told_of(client.get(response.url).content.decode())
    assert box == (
        "Thank you for telling us this too. Help is here at any time: call or text 988. "
        "In danger now: 911. We call you on Monday, November 30."
    )
    assert len(box.split()) <= 40


def test_the_box_of_the_body_does_not_speak_of_988(client, draft):
    walk(client, ("symptoms", PAGES["reaction"][1]))
    more = {"health-new_symptoms": ["stiffness", "diarrhoea", "sweating_or_fever"]}
    response = pat.save(client, "symptoms", **more)
    box = told_of(client.get(response.url).content.decode())
    assert box.startswith("Thank you for telling us this too. If it gets worse, call 911. We call you")
    assert "988" not in box and len(box.split()) <= 40


def test_the_box_of_an_emergency_now_says_to_call_911(client, draft):
    walk(client, ("symptoms", PAGES["medical"][1]))
    response = pat.save(client, "symptoms", **PAGES["medical"][1])
    box = told_of(client.get(response.url).content.decode())
    assert box == "If this is happening now: call 911. Do not finish this form first."


def test_who_did_not_go_on_from_the_page_sees_it_again(client, draft):
    """A second click, and a server that fell over after saving, must not swallow it."""
    for _time in range(2):
        helped(client, "mood", **{"mood-phq9-8": "1"})
    on_from(client, "mood")
    assert walk(client, ("mood", {"mood-phq9-8": "2"})) == ["box"]


@pytest.mark.parametrize("shown", [{}, {"suicide": "same_day"}, {"others": "urgent"}])
def test_an_urgent_danger_rises_over_what_was_shown(shown):
    assert rises({"suicide": "urgent"}, shown)
    assert not rises({"suicide": "urgent"}, {**shown, "suicide": "urgent"})
    assert not rises({"suicide": "same_day"}, {**shown, "suicide": "urgent"})


# --- Saved first, the error afterwards -----------------------------------------------------------------


@pytest.mark.parametrize("mode", [RISING, EVERY])
def test_beside_an_error_what_was_said_is_saved_help_comes_first_and_the_error_afterwards(
    client, draft, settings, mode
):
    settings.HELP_PAGES = mode
    faulty = {"mood-phq9-8": "1", "mood-phq9-0": None}
    html = helped(client, "mood", **faulty)
    draft.refresh_from_db()
    assert draft.answers["mood"]["phq9"][8] == 1 and draft.alarms.count() == 1
    assert "Error" not in main(html)
    back = on_from(client, "mood")
    assert back.url == pat.address("mood")
    again = pat.save(client, "mood", **faulty)
    assert (again.status_code, len(summary(again.content.decode()))) == (200, 1)
    assert "Thank you for telling us this too." in told_of(again.content.decode())


def test_the_page_put_right_after_help_goes_on_with_a_box(client, draft):
    helped(client, "mood", **{"mood-phq9-8": "1", "mood-phq9-0": None})
    on_from(client, "mood")
    response = pat.save(client, "mood", **{"mood-phq9-8": "1"})
    assert response.url == pat.address("thoughts")
    assert "call or text 988" in told_of(client.get(response.url).content.decode())


# --- Stopping here -------------------------------------------------------------------------------------


def test_stop_here_saves_the_boxes_and_leads_to_the_ways_back_with_when_we_call(client, draft):
    helped(client, "mood", **{"mood-phq9-8": "1"})
    response = on_from(client, "mood", **{"stop": "1", "safety-number_today": "212 555 0101"})
    assert response.url == reverse("intake:later") + "?stopped=1"
    draft.refresh_from_db()
    assert draft.answers["safety"]["number_today"] == "212 555 0101"
    text = main(client.get(response.url).content.decode())
    assert f"{CALL} at the number that ends in 0101." in text
    assert "Save and leave" in text
    assert CALL not in main(client.get(reverse("intake:later")).content.decode())
    born = {f"date_of_birth_{part}": number for part, number in (("month", 5), ("day", 14), ("year", 1984))}
    assert client.post(response.url, born).url == response.url, "when we call stays in sight"


def test_after_stopping_the_same_kind_is_not_shown_again(client, draft):
    helped(client, "mood", **{"mood-phq9-8": "1"})
    on_from(client, "mood", stop="1")
    assert walk(client, EVERY_CSSRS_YES[1]) == ["box"]


# --- The foot of every page ----------------------------------------------------------------------------


def foot(client, address: str) -> str:
    html = client.get(address).content.decode()
    return html[html.index("<footer") : html.index("</footer>")]


def test_the_foot_is_folded_to_one_line_and_whole_where_the_clinic_wants_that(client, draft, settings):
    for address in (pat.address("reason"), reverse("intake:start"), reverse("intake:help", args=["mood"])):
        settings.HELP_PAGES = RISING
        folded = foot(client, address)
        assert "Nobody watches this form all the time. In danger now? Call 911" in words(folded)
        assert "More ways to get help" in folded and "<details" in folded
        settings.HELP_PAGES = EVERY
        whole = foot(client, address)
        assert "<details" not in whole and "<strong>" not in whole
        assert "If you might act on thoughts of suicide, or are in danger now" in words(whole)
        for part in (folded, whole):
            for way in ("988lifeline.org", "838255", "oprima 2", "ASL Now", "press 1"):
                assert way in part


def test_the_modes_differ_in_what_is_shown_and_in_no_alarm(client, draft, settings):
    rung = {}
    for mode in (RISING, EVERY):
        settings.HELP_PAGES = mode
        other = pat.begin(client)
        walk(client, *EVERY_CSSRS_YES)
        rung[mode] = [alarm.danger for alarm in other.alarms.order_by("pk")]
    assert rung[RISING] == rung[EVERY]
    assert all(one != other for one, other in pairwise(rung[RISING]))
