"""A dose and its time on the page: what was read is said back, a product once to confirm, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from intake.fields import BY_PATH
from intake.questionnaire import summary
from tests.documents import trial
from tests.intake import pat
from tests.intake.test_amendment import QUESTIONS, current

pytestmark = pytest.mark.django_db
ENTRY = ("medicines-tried", pat.KEY)
CONFIRM = "Highest dose: You wrote 75 mg twice a day. We read 150 mg in one day. Press Continue if that is right, or change it."


def entry_page(client):
    return client.get(reverse("intake:entry", args=ENTRY))


def posted(response) -> dict[str, str]:
    """The page's form as a browser would post it unchanged, with what goes along unseen."""
    html = response.content.decode()
    unseen = re.findall(r'<input type="hidden" name="(\S+-said)" value="([^"]*)"', html)
    return {name: values[0] for name, values in pat.shown(response).items()} | dict(unseen)


def stored(draft) -> dict:
    draft.refresh_from_db()
    return draft.answers["antidepressants"]["trials"][0]


def saved(client, **changes) -> dict:
    draft = pat.draft_of(client) if "intake" in client.session else pat.begin(client)
    assert pat.add(client, "medicines-tried", **changes).status_code == 302
    return stored(draft)


def test_a_product_comes_back_once_with_the_number_in_the_box(client):
    draft = pat.begin(client)
    first = pat.add(client, "medicines-tried", dose_mg="75 mg twice a day", weeks="3 months")
    shown = pat.shown(first)
    assert first.status_code == 200 and CONFIRM in first.content.decode()
    assert (shown["dose_mg"], shown["weeks"]) == (["150"], ["3 months"])
    assert 'value="Continue"' in first.content.decode()
    assert "antidepressants" not in pat.draft_of(client).answers
    assert client.post(reverse("intake:entry", args=ENTRY), posted(first)).status_code == 302
    trial = stored(draft)
    assert (trial["dose_mg"], trial["dose_typed"]) == (150, "75 mg twice a day")
    assert (trial["weeks"], trial["weeks_typed"]) == (13, "3 months")


def test_another_number_than_the_one_asked_back_forgets_the_product(client):
    pat.begin(client)
    pat.add(client, "medicines-tried", dose_mg="75 mg twice a day")
    trial = saved(client, dose_mg="75", **{"dose_mg-said": "75 mg twice a day"})
    assert trial["dose_mg"] == 75 and "dose_typed" not in trial


def test_nobody_can_confirm_what_was_not_typed(client):
    trial = saved(client, dose_mg="150", **{"dose_mg-said": "as my sister takes"})
    assert trial["dose_mg"] == 150 and "dose_typed" not in trial


def test_a_refusal_keeps_what_was_typed_and_stores_nothing_for_it(client):
    draft = pat.begin(client)
    response = pat.add(client, "medicines-tried", dose_mg="half a tablet", weeks="a few weeks")
    assert (pat.shown(response)["dose_mg"], pat.shown(response)["weeks"]) == (
        ["half a tablet"],
        ["a few weeks"],
    )
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


def test_the_typed_text_stands_in_the_box_again_and_reads_as_the_same(client):
    saved(client, dose_mg="100-150", weeks="3 months")
    shown = pat.shown(entry_page(client))
    assert (shown["dose_mg"], shown["weeks"]) == (["100-150"], ["3 months"])
    again = {name: values[0] for name, values in shown.items()}
    assert client.post(reverse("intake:entry", args=ENTRY), again).status_code == 302
    assert stored(pat.draft_of(client))["dose_typed"] == "100-150"


def test_a_confirmed_product_is_not_asked_again(client):
    saved(client, dose_mg="150", **{"dose_mg-said": "2 x 75"})
    again = posted(entry_page(client))
    assert (again["dose_mg"], again["dose_mg-said"]) == ("150", "2 x 75")
    assert client.post(reverse("intake:entry", args=ENTRY), again).status_code == 302
    assert stored(pat.draft_of(client))["dose_typed"] == "2 x 75"


def test_a_new_number_takes_the_text_of_the_old_one_away(client):
    saved(client, dose_mg="100-150")
    assert "dose_typed" not in saved(client, dose_mg="50 mg")


def test_who_leaves_half_way_keeps_a_new_number_without_the_old_text(client):
    saved(client, dose_mg="100-150", weeks="3 months")
    told = {**pat.MEDICINE, "dose_choice": "other", "dose_mg": "50", "weeks": "a few weeks", "later": "1"}
    client.post(reverse("intake:entry", args=ENTRY), told)
    trial = stored(pat.draft_of(client))
    assert trial["dose_mg"] == 50 and "dose_typed" not in trial
    assert (trial["weeks"], trial["weeks_typed"]) == (13, "3 months")


def test_the_card_of_the_page_and_the_check_page_say_what_was_read(client):
    saved(client, dose_mg="25 mcg", weeks="3 months")
    for page in (client.get(pat.address("medicines-tried")), client.get(reverse("intake:check"))):
        html = page.content.decode()
        assert "25 mcg: 0.025 mg" in html and "3 months: about 13 weeks" in html


def test_thyroid_hormone_is_read_and_shown_in_micrograms(client):
    trial = saved(client, drug="Cytomel", dose_mg="25")
    assert (trial["dose_mg"], trial["dose_typed"]) == (0.025, "25")
    assert "25: 25 micrograms" in client.get(pat.address("medicines-tried")).content.decode()
    assert pat.shown(entry_page(client))["dose_mg"] == ["25"]
    assert saved(client, drug="Cytomel", dose_mg="0.05 mg")["dose_mg"] == 0.05


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"dose_mg": 150, "dose_typed": "100-150"}, "100-150: 150 mg"),
        ({"dose_mg": 0.025, "dose_typed": "25 mcg"}, "25 mcg: 0.025 mg"),
        ({"dose_mg": 0.025, "dose_typed": "25", "drug": "liothyronine"}, "25: 25 micrograms"),
        ({"dose_mg": 0.025, "drug": "liothyronine"}, "25 micrograms"),
        ({"dose_mg": 37.5}, "37.5"),
        ({"dose_mg": None}, ""),
        ({"dose_mg": None, "dose_typed": "the small one"}, "the small one"),
    ],
)
def test_a_dose_is_shown_beside_its_text(answers, words):
    rows = summary.entry_rows(BY_PATH["antidepressants.trials"], trial(**answers))
    assert [row.answer for row in rows if row.path.endswith(".dose_mg")] == [words]


@pytest.mark.parametrize(
    ("typed", "number", "words"),
    [
        ("3 months", 13, "3 months: about 13 weeks"),
        ("6-8", 6, "6-8: 6 weeks"),
        ("a long winter", 12, "a long winter: 12 weeks"),
    ],
)
def test_weeks_are_shown_beside_their_text(typed, number, words):
    rows = summary.entry_rows(BY_PATH["antidepressants.trials"], trial(weeks=number, weeks_typed=typed))
    assert [row.answer for row in rows if row.path.endswith(".weeks")] == [words]


# --- Asked again after sending --------------------------------------------------------------------

TRIALS = "antidepressants.trials"
BOX = "antidepressants-trials-0-"


def test_a_product_is_asked_back_after_sending_too(client, asked):
    referral = asked(TRIALS, **{TRIALS: [trial("sertraline", dose_mg=50)]})
    told = posted(client.get(QUESTIONS))
    told[f"{BOX}dose_mg"] = "2 x 75"
    response = client.post(QUESTIONS, told)
    assert "We read 150 mg in one day. Press Send my answers if that is right" in response.content.decode()
    assert client.post(QUESTIONS, posted(response)).status_code == 302
    entry = current(referral)["antidepressants"]["trials"][0]
    assert (entry["dose_mg"], entry["dose_typed"]) == (150, "2 x 75")


def test_what_only_a_document_says_of_an_entry_stays_when_another_answer_changes(client, asked):
    chosen = trial("sertraline", weeks=0, weeks_choice="under_4")
    referral = asked(TRIALS, **{TRIALS: [chosen]})
    told = posted(client.get(QUESTIONS))
    client.post(QUESTIONS, told | {f"{BOX}side_effects": "headache"})
    assert current(referral)["antidepressants"]["trials"][0] == {**chosen, "side_effects": "headache"}


def test_a_chosen_range_goes_when_the_number_changes(client, asked):
    referral = asked(TRIALS, **{TRIALS: [trial("sertraline", weeks=0, weeks_choice="under_4")]})
    told = posted(client.get(QUESTIONS))
    client.post(QUESTIONS, told | {f"{BOX}weeks": "3 months"})
    entry = current(referral)["antidepressants"]["trials"][0]
    assert entry["weeks"] == 13 and entry["weeks_typed"] == "3 months" and "weeks_choice" not in entry


def with_unseen(response, told: dict[str, str]) -> dict[str, str]:
    unseen = re.findall(
        r'type="hidden"\s+form="answers"\s+name="(typed-\S+)"\s+value="([^"]*)"', response.content.decode()
    )
    return {**told, **dict(unseen)}


UNREAD = {**pat.MEDICINE, "dose_choice": "other", "dose_mg": "the high one", "weeks": "a good while"}


def test_words_that_nobody_can_read_come_back_once_and_sent_again_they_are_kept_as_typed(client):
    draft, place = pat.begin(client), reverse("intake:entry", args=ENTRY)
    first = client.post(place, UNREAD)
    assert first.status_code == 200 and pat.shown(first)["dose_mg"] == ["the high one"]
    again = client.post(place, with_unseen(first, UNREAD))
    assert again.status_code == 302
    entry = stored(draft)
    assert (entry["dose_mg"], entry["dose_typed"]) == (None, "the high one")
    assert (entry["weeks"], entry["weeks_typed"]) == (None, "a good while")
    assert pat.shown(client.get(place))["dose_mg"] == ["the high one"]
    assert client.post(place, UNREAD).status_code == 302, "nobody is asked about them a second time"
    told = client.get(pat.address("medicines-tried")).content.decode()
    assert "the high one" in told and "Not remembered" not in told
    assert "antidepressants" not in str(draft.faults(draft.saved_at.date()))


def test_other_words_that_nobody_can_read_come_back_too(client):
    pat.begin(client)
    place = reverse("intake:entry", args=ENTRY)
    first = client.post(place, UNREAD)
    other = client.post(place, with_unseen(first, UNREAD) | {"dose_mg": "the low one"})
    assert other.status_code == 200
    assert "Highest dose" in other.content.decode() and "How long you took it:" not in other.content.decode()


def test_what_was_meant_takes_the_place_of_a_number_told_before(client):
    assert saved(client, dose_mg="150 mg")["dose_mg"] == 150
    place, draft = reverse("intake:entry", args=ENTRY), pat.draft_of(client)
    first = client.post(place, UNREAD)
    client.post(place, with_unseen(first, UNREAD) | {"leave": "tasks"})
    assert (stored(draft).get("dose_mg"), stored(draft)["dose_typed"]) == (None, "the high one")
