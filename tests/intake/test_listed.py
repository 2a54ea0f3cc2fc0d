"""The list of the medicines that were told: three lines each, those not remembered, and the ways on."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.questionnaire.intake import INTAKE
from intake.questionnaire.listed import told
from tests.intake import pat
from tests.intake.screen import buttons, links, summary, words

SLUG = "medicines-tried"
PAGE = INTAKE.by_slug[SLUG]
LIST = pat.address(SLUG)
BOX = "antidepressants-more_not_remembered"
AFTER = pat.address(INTAKE.pages[INTAKE.pages.index(PAGE) + 1].slug)
FULL = {
    "drug": "Zoloft", "dose_mg": 150, "weeks": 8, "weeks_choice": "8_25", "improvement": "25_49",
    "still_taking": "no", "this_episode": "yes", "stopped_because": "no_benefit",
}  # fmt: skip


def lines(**changes: object) -> tuple[str, str, str, str]:
    said = told(PAGE.list_field, {key: value for key, value in {**FULL, **changes}.items() if value != "-"})
    return said.name, said.known, said.missing, said.course


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({}, 0, "Zoloft (sertraline), 150 mg"),
        ({"drug": "the yellow pill"}, 0, "“the yellow pill”, 150 mg"),
        ({"drug": "simbalta"}, 0, "simbalta, 150 mg"),
        ({"dose_typed": "75 mg twice a day"}, 0, "Zoloft (sertraline), 75 mg twice a day: 150 mg"),
        ({"dose_mg": 37.5}, 0, "Zoloft (sertraline), 37.5 mg"),
        ({"drug": "Cytomel", "dose_mg": 0.025, "dose_typed": "25"}, 0, "Cytomel (liothyronine), 25: 25 micrograms"),
        ({"dose_mg": None}, 0, "Zoloft (sertraline)"),
        ({"drug": "-"}, 0, "Not finished yet, 150 mg"),
        ({}, 1, "2 to 6 months. Helped a little."),
        ({"weeks": 13, "weeks_choice": "-", "weeks_typed": "3 months"}, 1, "3 months: about 13 weeks. Helped a little."),
        ({"weeks": 10, "weeks_choice": "-", "improvement": "-"}, 1, "10 weeks."),
        ({"weeks": 1, "weeks_choice": "-"}, 1, "1 week. Helped a little."),
        ({}, 2, ""),
        ({"dose_mg": None, "weeks": None, "weeks_choice": "-"}, 2, "Not remembered: how much, how long."),
        ({"improvement": "not_sure", "still_taking": "-", "this_episode": "not_sure"}, 2,
         "Not remembered: how well it helped, when."),
        ({}, 3, "Stopped: it did not help."),
        ({"still_taking": "yes", "stopped_because": "-"}, 3, "You still take it."),
        ({"this_episode": "no", "stopped_because": "-"}, 3, "Before this depression."),
        ({"stopped_because": "-"}, 3, "You stopped it."),
        ({"still_taking": "-", "stopped_because": "-"}, 3, ""),
    ],
)  # fmt: skip
def test_an_entry_is_read_back_in_three_lines(changes: dict, line: int, said: str) -> None:
    assert lines(**changes)[line] == said


def begun(client: Client, *names: str):
    draft = pat.begin(client)
    for number, name in enumerate(names or ("Zoloft",)):
        pat.add(client, SLUG, f"{number:016x}", drug=name, when_taken="before")
    return draft


def send(client: Client, **posted: str | list[str]):
    return client.post(
        LIST, {"asked": "1", **{key.replace("__", "-"): value for key, value in posted.items()}}
    )


def stored(client: Client) -> object:
    return pat.draft_of(client).answers["antidepressants"].get("more_not_remembered")


@pytest.mark.django_db
class TestTheList:
    @pytest.mark.parametrize(
        ("names", "heading"),
        [(["Zoloft"], "You told us about 1 medicine"), (["Zoloft", "x"], "You told us about 2 medicines")],
    )
    def test_it_says_how_many_and_each_has_one_link(self, client, names, heading):
        begun(client, *names)
        html = client.get(LIST).content.decode()
        assert heading in words(html) and "summary-card" not in html
        for number in range(len(names)):
            entry = reverse("intake:entry", args=[SLUG, f"{number:016x}"])
            assert links(html).count(entry) == 1
            assert entry + "remove/" not in links(html)
            assert entry + "remove/" in links(client.get(entry).content.decode())
        assert buttons(html[html.index('id="main"') :]) == ["more", "more", "memory"]

    def test_no_tick_says_that_there_were_no_others(self, client):
        begun(client)
        assert send(client, more="no").url == AFTER
        assert stored(client) == 0
        assert SLUG in pat.draft_of(client).saved_pages()

    @pytest.mark.parametrize(
        ("told", "number"),
        [
            ({"how_many": "2"}, 2),
            ({"how_many": "4"}, 4),
            ({BOX: "12"}, 12),
            ({BOX: "two"}, 2),
            ({"how_many": "4", BOX: "7"}, 7),
            ({}, None),
        ],
    )
    def test_a_tick_opens_how_many(self, client, told, number):
        begun(client)
        assert send(client, more="no", others="yes", **told).url == AFTER
        assert stored(client) == number
        shown = pat.shown(client.get(LIST))
        assert shown.get("others") == (["yes"] if number else None)
        assert shown[BOX] == [str(number) if number and number > 4 else ""]

    def test_taking_the_tick_away_takes_the_number_away(self, client):
        """The number stays in the page, out of sight."""
        begun(client)
        send(client, more="no", others="yes", how_many="3")
        send(client, more="no", how_many="3")
        assert stored(client) == 0

    def test_a_number_without_a_tick_is_not_taken_for_none(self, client):
        begun(client)
        send(client, more="no", how_many="3")
        assert stored(client) == 3

    def test_no_tick_says_nothing_while_details_are_still_to_come(self, client):
        pat.begin(client)
        client.post(LIST, {"drug-1": "Zoloft", "stem": "a" * 14})
        entry = reverse("intake:entry", args=[SLUG, "a" * 14 + "01"])
        assert send(client, more="no").url == entry and stored(client) is None
        assert send(client, more="no", others="yes", how_many="2").url == entry and stored(client) == 2
        assert send(client, more="no", how_many="2").url == entry and stored(client) == 0

    def test_a_page_from_before_that_did_not_ask_says_nothing_of_it(self, client):
        begun(client)
        client.post(LIST, {"more": "no"})
        assert stored(client) is None

    @pytest.mark.parametrize("typed", ["many", "101", "-1"])
    def test_a_fault_begins_with_its_name_and_is_in_sight(self, client, typed):
        begun(client)
        answer = send(client, more="no", **{BOX: typed})
        assert answer.status_code == 200
        (said,) = summary(answer.content.decode())
        assert said.startswith("Medicines not remembered: ")
        assert pat.shown(answer)[BOX] == [typed] and pat.shown(answer)["others"] == ["yes"]

    @pytest.mark.parametrize(
        ("posted", "leads"),
        [
            ({"more": "yes"}, LIST + "?another=1"),
            ({"memory": "1"}, reverse("intake:memory", args=[SLUG])),
            ({"tasks": "1"}, reverse("intake:tasks")),
            ({"later": "1"}, reverse("intake:later")),
        ],
    )
    def test_each_way_from_it_saves_the_number(self, client, posted, leads):
        begun(client)
        assert send(client, others="yes", how_many="2", **posted).url == leads
        assert stored(client) == 2
        assert SLUG not in pat.draft_of(client).saved_pages()

    def test_another_medicine_is_named_like_the_first(self, client):
        begun(client)
        place = send(client, more="yes").url
        html = client.get(place).content.decode()
        assert "Medicine 2" in words(html) and "I never took one" not in words(html)
        answer = client.post(place, {"drug-1": "Prozac", "stem": "a" * 14})
        assert answer.url == reverse("intake:entry", args=[SLUG, "a" * 14 + "01"])
        assert [entry["drug"] for entry in pat.draft_of(client).entries(PAGE) or []] == ["Zoloft", "Prozac"]

    @pytest.mark.parametrize("button", ["continue", "back"])
    def test_who_adds_none_after_all_comes_back_to_the_list(self, client, button):
        begun(client)
        place = send(client, more="yes").url
        assert client.post(place, {"drug-1": "", button: "1"}).url == LIST
        assert len(pat.draft_of(client).entries(PAGE) or []) == 1

    def test_never_says_that_there_were_no_others_and_can_be_taken_back(self, client):
        pat.begin(client)
        client.post(LIST, {"instead": "never"})
        assert stored(client) == 0
        client.post(LIST, {"instead": "not_sure"})
        assert "antidepressants" not in pat.draft_of(client).answers

    def test_some_whose_names_are_not_known_keep_the_number_of_an_older_form(self, client):
        draft = pat.begin(client)
        type(draft).save_page(draft.pk, PAGE, {"antidepressants": {"more_not_remembered": 3}}, done=False)
        client.post(LIST, {"instead": "unknown"})
        assert stored(client) == 3

    def test_the_page_that_asked_it_leads_to_the_list(self, client):
        begun(client)
        old = pat.address("medicines-not-remembered")
        assert client.get(old).url == LIST
        assert client.post(old, {BOX: "2"}).url == LIST
        assert stored(client) == 2

    def test_from_the_check_page_it_leads_back_to_it(self, client):
        pat.fill(client)
        pat.add(client, SLUG, when_taken="before")
        answer = client.post(LIST + "?return=check", {"asked": "1", "more": "no"})
        assert answer.url == reverse("intake:check")
