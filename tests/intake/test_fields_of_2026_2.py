"""The fields that ruleset 2026.2 added: which values they take, when they are asked, what staff read of them."""

from dataclasses import replace

import pytest
from django.urls import reverse

from intake import document
from intake.fields import BY_PATH
from intake.forms.follow_ups import follow_ups_of
from intake.questionnaire import summary
from intake.questionnaire.intake import INTAKE
from tests.documents import ABSENT, complete_document, trial, with_changes, with_trials, worked_example
from tests.intake import pat

TRIALS = BY_PATH["antidepressants.trials"]
PLACE = "antidepressants.trials[0]"
NEW = {
    "about": ("speaks",),
    "history": ("psychosis_ever",),
    "substances": ("cannabis",),
    "other_treatments": ("therapy_had",),
    "health": ("seizure_when", "seizure_medicine"),
    "practical": ("can_attend_twice_weekly",),
}


def faults(**answers: object) -> list[str]:
    """Those of a document with one trial that has these answers."""
    return document.validate(with_trials(trial(**answers)))


def words(key: str, **answers: object) -> str:
    """What staff read as the answer to one question about a trial."""
    rows = summary.entry_rows(TRIALS, trial(**answers))
    return next(row.answer for row in rows if row.path == f"{TRIALS.path}.{key}")


# --- Documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["v01", "v03", "v12"])
def test_a_document_of_the_old_shape_stays_valid_and_comes_back_unchanged(name):
    old = worked_example(name)["document"]
    assert not any(key in old.get(section, {}) for section, keys in NEW.items() for key in keys)
    assert document.validate(old) == []
    assert document.answers_of(old) == {key: value for key, value in old.items() if key in document.SECTIONS}


@pytest.mark.parametrize("month", ["2026", "2026-11", "2025-01", "1987"])
def test_a_month_is_a_year_or_a_year_and_a_month(month):
    assert faults(started=month) == []


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "26-11", "2026-1", "2026-11-20", "", "November", 2026, "0000", "٢٠٢٥"]
)
def test_anything_else_is_no_month(month):
    assert faults(started=month) == [f"{PLACE}.started: {month} is not a month (YYYY-MM or YYYY)"]


@pytest.mark.parametrize("month", ["2026-12", "2027", "2027-01"])
def test_a_month_is_not_after_the_day_of_sending(month):
    assert faults(stopped=month) == [f"{PLACE}.stopped: {month} is after submitted_on"]


@pytest.mark.parametrize(
    ("started", "stopped", "sound"),
    [
        ("2025-03", "2025-03", True),
        ("2025-03", "2025-02", False),
        ("2025-03", "2025", True),
        ("2025", "2025-01", True),
        ("2025", "2024-12", False),
        ("2025-03", "2024", False),
        ("2024", "2025", True),
    ],
)
def test_nothing_is_stopped_before_it_was_started_by_what_both_name(started, stopped, sound):
    expected = [] if sound else [f"{PLACE}.stopped: {stopped} is before started"]
    assert faults(started=started, stopped=stopped) == expected


@pytest.mark.parametrize(
    ("choice", "least"),
    [("under_4", 0), ("4_5", 4), ("6_7", 6), ("8_25", 8), ("26_51", 26), ("52_more", 52)],
)
def test_a_range_of_weeks_holds_its_least_number_and_no_other(choice, least):
    assert faults(weeks_choice=choice, weeks=least) == []
    for other in (least + 1, 10, least + 0.5):
        expected = f"{PLACE}.weeks_choice: {choice} is {least} weeks, not {other}"
        assert faults(weeks_choice=choice, weeks=other) == [expected]
    for nothing in (None, ABSENT):
        expected = f"{PLACE}.weeks_choice: {choice} is {least} weeks, not null"
        assert faults(weeks_choice=choice, weeks=nothing) == [expected]


def test_a_range_that_was_chosen_was_not_typed():
    assert faults(weeks_choice="under_4", weeks=0, weeks_typed="a bit") == [
        f"{PLACE}.weeks_typed: is not given where weeks_choice is"
    ]


def test_warning_signs_may_be_an_empty_list():
    assert faults(warning_signs=[]) == []
    assert faults(warning_signs=["worse", "more_tired"]) == []
    assert faults(warning_signs=["sad"])[0].startswith(f"{PLACE}.warning_signs[0]: sad is not one of worse")


# --- Asked ----------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestAsked:
    def stored(self, client, slug: str = "medicines-tried", **changes: str | list[str]) -> dict:
        """The one entry of the list after it was saved with these changes."""
        draft = pat.begin(client)
        assert pat.add(client, slug, **changes).status_code == 302
        draft.refresh_from_db()
        return draft.entries(draft.questionnaire.by_slug[slug])[0]

    def test_what_it_was_added_to_is_kept_unless_it_was_not_added(self, client):
        assert self.stored(client, added_to_another="yes", added_to="Zoloft")["added_to"] == "Zoloft"
        assert "added_to" not in self.stored(client, added_to_another="no", added_to="Zoloft")

    def test_warning_signs_are_kept_of_what_is_still_taken(self, client):
        signs = ["worse", "more_tired"]
        assert self.stored(client, when_taken="still", warning_signs=signs)["warning_signs"] == signs
        assert self.stored(client, when_taken="still", warning_signs=["none"])["warning_signs"] == []
        assert "warning_signs" not in self.stored(client, when_taken="still")
        assert "warning_signs" not in self.stored(client, when_taken="stopped", warning_signs=signs)

    def test_no_warning_sign_is_shown_again_as_chosen(self, client):
        self.stored(client, when_taken="still", warning_signs=["none"])
        page = client.get(reverse("intake:more", args=["medicines-tried", pat.KEY]))
        assert pat.shown(page)["warning_signs"] == ["none"]

    def test_what_is_still_taken_was_not_stopped(self, client):
        assert "stopped" not in self.stored(client, when_taken="still", stopped="2025")
        assert (
            self.stored(client, when_taken="stopped", stopped="3/2025", started="2024")["stopped"]
            == "2025-03"
        )

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"started": "2999"}, "When you started it: this day has not come yet"),
            ({"started": "2026", "stopped": "2025"}, "When you stopped it: this is before you started it"),
            ({"started": "last spring"}, "write a month and a year, such as 3 2024, or leave it"),
        ],
    )
    def test_a_month_that_cannot_be_is_refused_with_all_that_was_typed(self, client, changes, sentence):
        pat.begin(client)
        response = pat.add(client, "medicines-tried", **changes)
        assert response.status_code == 200 and sentence in response.content.decode()
        assert pat.shown(response)["started"] == [changes["started"]]

    def test_a_medicine_of_the_list_may_have_been_stopped(self, client):
        assert self.stored(client, "medicines-now", stopped="yes")["stopped"] == "yes"
        page = client.get(pat.address("medicines-now")).content.decode()
        assert "Add those you stopped in the last 6 weeks too." in page

    def test_more_about_seizures_opens_after_a_yes_alone(self, client):
        follow = follow_ups_of(INTAKE.by_slug["brain"]).by_name
        assert follow["health-seizure_when"].opens == follow["health-seizure_medicine"].opens == {"yes"}
        assert follow["health-seizure_details"].opens == {"yes", "not_sure"}

    def test_cannabis_is_asked_with_the_consent_to_substance_use_alone(self, client):
        draft = pat.begin(client)
        for told, asked in (("yes", 200), ("no", 302)):
            pat.save(client, "consent", consent__substance_use_agreed=told)
            assert client.get(pat.address("drugs")).status_code == asked
        assert BY_PATH["substances.cannabis"].reader is BY_PATH["substances.audit_c"].reader
        assert draft.questionnaire.by_slug["drugs"]

    def test_a_draft_of_the_old_shape_is_sent_as_it_stands(self, client):
        pat.fill(
            client,
            highs=dict.fromkeys(("history-psychosis_ever",), ""),
            drugs={"substances-cannabis": ""},
            other_treatments={"other_treatments-therapy_had": ""},
            visits={"practical-can_attend_twice_weekly": ""},
        )
        pat.send(client)
        sent = pat.draft_of(client)
        assert not sent.is_draft
        for section, keys in NEW.items():
            assert not set(keys) & set(sent.answers[section])


# --- Read by staff --------------------------------------------------------------------------------


def test_a_chosen_range_is_read_as_chosen():
    assert words("weeks", weeks=0, weeks_choice="under_4") == "under 4 weeks (chosen)"


def test_a_number_stands_beside_the_text_from_which_it_was_read():
    assert words("dose_mg", dose_mg=150, dose_typed="100-150") == "100-150: 150 mg"
    assert words("dose_mg", dose_mg=150) == "150"


def test_a_month_is_read_in_words():
    assert words("started", started="2025-10") == "October 2025"
    assert words("started", started="2025") == "2025"


def test_what_no_page_asks_is_shown_only_where_it_is_said():
    field = [replace(BY_PATH["about.speaks"], unasked=True)]
    assert list(summary.rows(field, {"about": {}})) == []
    assert [row.answer for row in summary.rows(field, {"about": {"speaks": "Tagalog"}})] == ["Tagalog"]


def test_every_new_key_together_makes_a_sound_document():
    complete = with_changes(
        complete_document(),
        **{
            "about.speaks": "Spanish",
            "history.psychosis_ever": "no",
            "substances.cannabis": "weekly",
            "other_treatments.therapy_had": "yes",
            "other_treatments.ketamine": {"had": "yes", "now": "no"},
            "health.seizure_when": "longer_ago",
            "health.seizure_medicine": "no",
            "practical.can_attend_twice_weekly": "yes",
            "medicines.list": [{"drug": "ibuprofen", "stopped": "yes"}],
        },
    )
    assert document.validate(complete) == []
