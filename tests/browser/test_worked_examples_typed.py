"""The worked examples told on a phone, without JavaScript: what is typed is sent, and assessed as each expects.

Amounts and times are typed as a person types them. What is only chosen is posted as its page would post it.
"""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from intake.document import dump
from intake.models import Submission
from tests.browser.axe import take_over
from tests.browser.walk import fill_in, heading, press, save
from tests.documents import worked_example
from tests.intake import pat
from tests.intake.pat import Posted
from tests.intake.screen import controls
from tests.intake.test_worked_examples_as_patients import begun
from tests.treatments.test_worked_examples import NAMES, differences
from treatments.rules.engine import assess

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = ("episode", "heart")


def as_shown(document: dict) -> dict[str, Posted]:
    """Page -> what its form holds in a browser in which all of the example was told."""
    other = Client()
    draft = begun(other, document)
    pages = [page.slug for page in draft.pages(timezone.localdate())]
    return {slug: controls(other.get(pat.address(slug)).content.decode()) for slug in pages}


def when_taken(trial: dict) -> str:
    if trial.get("still_taking") == "yes":
        return "still"
    return {"yes": "stopped", "no": "before"}.get(trial.get("this_episode", ""), "not_sure")


def first_page(page: Page, trial: dict) -> Posted:
    told: Posted = {
        "dose_mg": trial.get("dose_typed") or f"{trial['dose_mg']} mg",
        "weeks_choice": "exact",
        "weeks": trial.get("weeks_typed") or f"{trial['weeks']} weeks",
        "improvement": trial["improvement"],
        "when_taken": when_taken(trial),
    }
    offered = page.locator("[name=dose_choice]").count()
    return {"dose_choice": "other", **told} if offered else told


def second_page(page: Page, trial: dict) -> Posted:
    keys = ("taken_most_days", "added_to_another", "added_to", "stopped_because", "started", "stopped")
    told = {key: trial[key] for key in keys if key in trial}
    if when_taken(trial) == "still":  # then nobody is asked why it was stopped
        told.pop("stopped_because", None)
    if "added_to" in trial and page.locator("[name=added_to_one]").count():
        told["added_to_one"] = "other"
    return told


def go_on(page: Page) -> None:
    """Continue; what comes back as it was read is right."""
    press(page, "Continue")
    if page.title().startswith("Error:"):
        press(page, "Continue")


def tell_what_was_tried(page: Page, trials: list[dict]) -> None:
    page.goto(pat.address("medicines-tried"))
    save(page, {f"drug-{place}": trial["drug"] for place, trial in enumerate(trials, 1)})
    for trial in trials:
        fill_in(page, first_page(page, trial))
        go_on(page)
        assert page.url.endswith("/more/"), trial
        fill_in(page, second_page(page, trial))
        go_on(page)
    heading(page, f"You told us about {len(trials)} medicines")
    press(page, "That is all: continue")


def tell_therapies(page: Page, therapies: list[dict]) -> None:
    if therapies:
        page.goto(pat.address("therapies"))
    for place, therapy in enumerate(therapies, 1):
        fill_in(page, {key: str(value) for key, value in therapy.items()})
        press(page, "Add another therapy" if place < len(therapies) else "Continue")


def tell_what_is_taken_now(page: Page, medicines: list[dict]) -> None:
    page.goto(pat.address("medicines-now"))
    told: Posted = {"more": "yes" if medicines else "no"}
    for place, medicine in enumerate(medicines, 1):
        told |= {f"{key}-{place}": value for key, value in medicine.items()}
    if len(medicines) > 2:
        fill_in(page, {"more": "yes"})
        press(page, "Add more rows")
    save(page, told)


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_example_that_is_typed_is_assessed_as_expected(without_javascript, client, cast, name):
    example = worked_example(name)
    document = example["document"]
    shown = as_shown(document)
    therapies = document["other_treatments"]["therapy"]
    shown["other-treatments"]["other_treatments-therapy_had"] = "yes" if therapies else "no"
    pat.begin(client)
    for slug, told in shown.items():
        if slug not in (*TYPED, "medicines-tried", "therapies", "medicines-now"):
            more = {"more": "no"} if slug == "allergies" else {}
            assert client.post(pat.address(slug), {**told, **more}).status_code == 302, slug
    page = without_javascript()
    take_over(page, client, pat.address("episode"))
    for slug in TYPED:
        page.goto(pat.address(slug))
        save(page, {field: values for field, values in shown[slug].items() if any(values)})
    tell_what_was_tried(page, document["antidepressants"]["trials"])
    tell_therapies(page, therapies)
    tell_what_is_taken_now(page, document["medicines"]["list"])
    page.goto("/intake/check/")
    press(page, "Send my form")
    heading(page, "Your form is sent")
    sent = Submission.objects.get(submitted_at__isnull=False)
    answers = dump(
        sent.answers, submitted_on=date.fromisoformat(document["submitted_on"]), language=document["language"]
    )
    assert differences(assess(answers), example["expect"]) == []
