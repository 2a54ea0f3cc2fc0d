"""Amounts and times of a medicine are chosen; what is not among them is written, and nothing that is written is lost."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from intake.drugs import TABLE
from intake.questionnaire import amount_choices
from intake.questionnaire.amount_choices import DAILY_MG, TIME, usual_amounts
from tests.intake import pat
from tests.intake.screen import summary, words

SLUG = "medicines-tried"
ENTRY = reverse("intake:entry", args=[SLUG, pat.KEY])


# --- The table ----------------------------------------------------------------------------------------------


def test_the_least_adequate_amount_is_always_offered_and_never_as_the_lowest_where_a_lower_one_exists() -> (
    None
):
    assert len(DAILY_MG) == 29
    lowest = {drug for drug, amounts in DAILY_MG.items() if amounts[0] == TABLE[drug].min_dose_mg}
    assert lowest == {"selegiline"}, "no patch is below 6 mg"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("nothing,5;10,no,memory", "not in the drug table"),
        ("sertraline,50;50,no,memory", "each more than the one before"),
        ("sertraline,100;50,no,memory", "each more than the one before"),
        ("sertraline,1;2;3;4;5;6;7;50,no,memory", "needs 1 to 7 amounts"),
        ("sertraline,25;100,no,memory", "50 mg, the least adequate amount, is missing"),
        ("sertraline,50,maybe,memory", "yes or no for verified"),
        ("sertraline,50,no,", "needs a source"),
    ],
)
def test_a_row_that_does_not_hold_together_is_named(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "daily_amounts.csv"
    path.write_text(f"drug,daily_mg,verified,source\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        amount_choices.load(path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "daily_amounts.csv"
    path.write_text("drug,mg\nsertraline,50\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the columns must be"):
        amount_choices.load(path)


@pytest.mark.parametrize("name", ["Zoloft", "sertralina", "Zoloft 50 mg", "sertraline (Zoloft)"])
def test_amounts_are_those_of_the_medicine_whatever_it_is_called(name: str) -> None:
    assert usual_amounts(name) == (25, 50, 100, 150, 200)


@pytest.mark.parametrize(
    "name",
    [
        "Prozac Weekly",
        "Aplenzin",
        "Paxil CR",
        "Zyban",
        "selegiline",
        "Symbyax",
        "simbalta",
        "Cytomel",
        "blue",
        "",
        None,
    ],
)
def test_a_form_with_a_reading_of_its_own_and_an_unclear_name_have_none(name: str | None) -> None:
    assert usual_amounts(name) == ()


def test_every_edge_of_a_rule_begins_a_choice() -> None:
    least = amount_choices.LEAST_WEEKS
    assert {4, 6, 8, 26} <= set(least.values())
    assert set(TIME.values) == {*least, "not_sure", "exact"}


# --- On the page ----------------------------------------------------------------------------------------------


def trial(client: Client) -> dict:
    (entry,) = pat.draft_of(client).answers["antidepressants"]["trials"]
    return entry


def save(client: Client, drug: str = "Zoloft", **told: str):
    if "intake" not in client.session:
        pat.begin(client)
        client.post(pat.address(SLUG), {"drug-1": drug, "stem": pat.KEY[:14]})
    (key,) = pat.draft_of(client).entry_keys(pat.draft_of(client).questionnaire.by_slug[SLUG])
    return client.post(
        reverse("intake:entry", args=[SLUG, key]), {"drug": drug, "when_taken": "before", **told}
    )


def shown(client: Client) -> dict[str, str]:
    (key,) = pat.draft_of(client).entry_keys(pat.draft_of(client).questionnaire.by_slug[SLUG])
    page = client.get(reverse("intake:entry", args=[SLUG, key]))
    return {name: values[0] for name, values in pat.shown(page).items()}


@pytest.mark.django_db
class TestOnThePage:
    @pytest.mark.parametrize(("drug", "chosen", "stored"), [("Zoloft", "50", 50), ("Effexor", "37.5", 37.5)])
    def test_an_amount_is_chosen(self, client, drug, chosen, stored):
        assert save(client, drug, dose_choice=chosen).status_code == 302
        assert trial(client)["dose_mg"] == stored and type(trial(client)["dose_mg"]) is type(stored)
        assert (shown(client)["dose_choice"], shown(client)["dose_mg"]) == (chosen, "")

    @pytest.mark.parametrize(("chosen", "least"), amount_choices.LEAST_WEEKS.items())
    def test_a_time_is_chosen_and_stands_for_its_least(self, client, chosen, least):
        save(client, weeks_choice=chosen)
        assert (trial(client)["weeks"], trial(client)["weeks_choice"]) == (least, chosen)
        assert (shown(client)["weeks_choice"], shown(client)["weeks"]) == (chosen, "")
        faults = pat.draft_of(client).faults(pat.draft_of(client).saved_at.date())
        assert not any("antidepressants" in fault for fault in faults)

    def test_staff_and_the_list_read_it_as_chosen(self, client):
        save(client, weeks_choice="under_4")
        assert "Under 4 weeks." in words(client.get(pat.address(SLUG)).content.decode())
        assert "under 4 weeks (chosen)" in words(client.get(reverse("intake:check")).content.decode())

    def test_another_amount_and_time_are_written(self, client):
        save(client, dose_choice="other", dose_mg="60-90", weeks_choice="exact", weeks="3 months")
        assert (trial(client)["dose_mg"], trial(client)["dose_typed"]) == (90, "60-90")
        assert (trial(client)["weeks"], trial(client)["weeks_typed"]) == (13, "3 months")
        assert shown(client)["dose_choice"] == "other" and shown(client)["weeks_choice"] == "exact"
        assert shown(client)["dose_mg"] == "60-90" and shown(client)["weeks"] == "3 months"

    def test_what_is_not_remembered_is_null_and_shown_so(self, client):
        save(client, dose_choice="50", weeks_choice="4_5")
        save(client, dose_choice="not_sure", weeks_choice="not_sure")
        assert trial(client)["dose_mg"] is None and trial(client)["weeks"] is None
        assert "weeks_choice" not in trial(client)
        assert (shown(client)["dose_choice"], shown(client)["weeks_choice"]) == ("not_sure", "not_sure")

    def test_one_answer_takes_the_place_of_another(self, client):
        save(client, dose_choice="other", dose_mg="100-150", weeks_choice="exact", weeks="2 months")
        save(client, dose_choice="150", weeks_choice="8_25")
        assert "dose_typed" not in trial(client) and "weeks_typed" not in trial(client)
        assert (trial(client)["weeks"], trial(client)["weeks_choice"]) == (8, "8_25")
        save(client, dose_choice="150", weeks_choice="exact", weeks="8")
        assert trial(client)["weeks"] == 8 and "weeks_choice" not in trial(client)

    def test_a_number_that_is_chosen_counts_whatever_is_left_in_the_closed_box(self, client):
        save(client, dose_choice="50", dose_mg="half a tablet", weeks_choice="4_5", weeks="years")
        assert (trial(client)["dose_mg"], trial(client)["weeks"]) == (50, 4)
        assert "dose_typed" not in trial(client) and "weeks_typed" not in trial(client)

    def test_what_is_written_without_a_choice_counts_and_opens_its_box(self, client):
        """A browser that can't hide the boxes shows them always, and an older page had nothing else."""
        save(client, dose_mg="60", weeks="9")
        assert (trial(client)["dose_mg"], trial(client)["weeks"]) == (60, 9)
        again = save(client, dose_mg="a lot", weeks="years")
        assert pat.shown(again)["dose_choice"] == ["other"] and pat.shown(again)["weeks_choice"] == ["exact"]
        assert pat.shown(again)["dose_mg"] == ["a lot"] and pat.shown(again)["weeks"] == ["years"]
        assert [each.split(":")[0] for each in summary(again.content.decode())] == [
            "Highest dose", "How long you took it",
        ]  # fmt: skip

    def test_an_opened_box_left_blank_holds_nobody_up(self, client):
        assert save(client, dose_choice="other", weeks_choice="exact").status_code == 302
        assert trial(client)["dose_mg"] is None and trial(client)["weeks"] is None

    def test_an_amount_that_is_not_offered_any_more_is_kept(self, client):
        save(client, "Prozac", dose_choice="25")
        assert trial(client)["dose_mg"] == 25
        assert (shown(client)["dose_choice"], shown(client)["dose_mg"]) == ("other", "25")

    @pytest.mark.parametrize("told", ["<b>", "-1", "1e9", "high"])
    def test_what_nobody_can_choose_is_read_as_if_it_was_written(self, client, told):
        assert save(client, dose_choice=told).status_code == 200
        assert save(client, weeks_choice=told).status_code == 200

    def test_a_medicine_without_a_row_has_its_box_at_once(self, client):
        save(client, "the blue one", dose_mg="20")
        assert "dose_choice" not in shown(client) and shown(client)["dose_mg"] == "20"
        (key,) = pat.draft_of(client).entry_keys(pat.draft_of(client).questionnaire.by_slug[SLUG])
        page = client.get(reverse("intake:entry", args=[SLUG, key])).content.decode()
        assert "dose_choice" not in page and page.count('name="dose_mg"') == 1

    def test_the_box_stands_under_its_answer_once(self, client):
        save(client)
        (key,) = pat.draft_of(client).entry_keys(pat.draft_of(client).questionnaire.by_slug[SLUG])
        page = client.get(reverse("intake:entry", args=[SLUG, key])).content.decode()
        assert page.count('name="dose_mg"') == page.count('name="weeks"') == 1
        assert page.count("clinic-reveal-1") == 2 and "clinic-chips" in page and "clinic-pairs" in page

    def test_who_leaves_keeps_what_was_chosen(self, client):
        save(client, dose_choice="50", weeks_choice="not_sure", later="1")
        assert trial(client)["dose_mg"] == 50
        assert (shown(client)["dose_choice"], shown(client)["weeks_choice"]) == ("50", "not_sure")
        assert len(pat.draft_of(client).still_to_come(pat.draft_of(client).questionnaire.by_slug[SLUG])) == 1

    def test_a_document_with_a_range_is_shown_and_saved_as_it_was(self, client):
        draft = pat.begin(client)
        page = draft.questionnaire.by_slug[SLUG]
        stored = {
            "drug": "Zoloft",
            "dose_mg": 75,
            "weeks": 26,
            "weeks_choice": "26_51",
            "this_episode": "yes",
        }
        type(draft).save_entry(draft.pk, page, pat.KEY, stored)
        told = shown(client)
        assert (told["dose_choice"], told["dose_mg"], told["weeks_choice"]) == ("other", "75", "26_51")
        client.post(ENTRY, told)
        assert trial(client) == stored
