"""A wrong answer: the summary leads to it, all that was typed stays, and what is sound beside it is saved."""

import pytest

from intake.fields import FIELDS, Kind
from intake.forms.fields import initial_of
from intake.forms.stand_ins import shown_instead, stand_ins_of
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import ids, links, summary, words
from tests.pages import flat

pytestmark = pytest.mark.django_db

LONG = "x" * 501
# Page -> a wrong answer on it, as nobody can give it by accident or as people do give it.
WRONG: dict[str, tuple[str, str | list[str]]] = {
    "consent": ("consent-agreed", ""),
    "name": ("about-date_of_birth_month", "13"),
    "contact": ("about-email", "pat@example"),
    "helper": ("about-filled_by", "the neighbor"),
    "reason": ("reason-wishes", ["tms", "acupuncture"]),
    "mood": ("mood-phq9-8", "4"),
    "thoughts": ("safety-cssrs-q2", "maybe"),
    "past": ("safety-cssrs-q6", "not_sure"),
    "anxiety": ("anxiety-gad7-0", "-1"),
    "trauma": ("anxiety-trauma_event", "True"),
    "episode": ("history-episode_months", "a while"),
    "highs": ("history-high_period", "YES"),
    "now": ("history-voices_command", "1"),
    "alcohol": ("substances-audit_c-0", "5"),
    "drugs": ("substances-drug_use_past_year", "-3"),
    "other-treatments": ("other_treatments-vns-had", "null"),
    "symptoms": ("health-new_symptoms", ["none", "stiffness"]),
    "brain": ("health-stroke", "0"),
    "implants": ("health-mri_problem", "x"),
    "heart": ("health-heart_disease", "yes;no"),
    "body": ("health-liver_disease", "yes"),
    "conditions": ("health-other_conditions", "x" * 10_001),
    "visits": ("practical-insurer", LONG),
    "guardian": ("about-guardian_phone", LONG),
    "plans": ("safety-cssrs-q5", "not_sure"),
    "trauma-effects": ("anxiety-pc_ptsd5-4", "5"),
    "tms": ("other_treatments-tms-improvement", "60"),
    "ketamine": ("other_treatments-ketamine-kind", "k"),
    "ect": ("other_treatments-ect-now", "on"),
}
REQUIRED = {
    "consent": ["consent-agreed"],
    "name": ["about-first_name", "about-last_name", "about-date_of_birth_month"],
    "mood": [f"mood-phq9-{place}" for place in range(9)],
    "thoughts": ["safety-cssrs-q1", "safety-cssrs-q2"],
    "plans": ["safety-cssrs-q3", "safety-cssrs-q4", "safety-cssrs-q5"],
    "past": ["safety-cssrs-q6"],
}


def test_every_page_has_a_wrong_answer():
    assert set(WRONG) == {*pat.PAGES, *pat.MORE_PAGES} - set(pat.ENTRIES)


def changed_nothing(draft, before) -> bool:
    now = type(draft).objects.get(pk=draft.pk)
    return (now.answers, now.progress, now.saved_at) == (before.answers, before.progress, before.saved_at)


@pytest.mark.parametrize("slug", WRONG)
def test_a_wrong_answer_is_named_at_the_top_and_at_its_question_and_is_not_saved(client, slug):
    draft = pat.begin(client)
    pat.reach(client, slug)
    draft.refresh_from_db()
    name, value = WRONG[slug]
    told = {**pat.answered(slug), name: value}
    response = client.post(pat.address(slug), told)
    html = response.content.decode()
    assert response.status_code == 200
    assert len(summary(html)) == 1
    target = next(link for link in links(html) if link.startswith("#") and link != "#main")
    assert target[1:] in ids(html)
    assert words(html).count(summary(html)[0]) >= 2
    assert "<title>Error:" in flat(html)
    before = draft.saved_pages()
    draft.refresh_from_db()
    assert draft.saved_pages() == before
    assert stored(draft, slug, name) is None


def stored(draft, slug: str, name: str) -> object:
    """What the draft holds as the answer to one question of a page."""
    page = INTAKE.by_slug[slug]
    shown = initial_of(page, draft.answers) | shown_instead(stand_ins_of(page), draft.answers)
    return shown.get(name.removesuffix("_month"))


@pytest.mark.parametrize("slug", WRONG)
def test_beside_a_wrong_answer_the_sound_ones_are_saved_and_the_page_stays_unfinished(client, slug):
    draft = pat.begin(client)
    pat.reach(client, slug)
    name, value = WRONG[slug]
    client.post(pat.address(slug), {**pat.answered(slug), name: value})
    draft.refresh_from_db()
    for each in pat.answered(slug):
        if each.endswith(("_day", "_year")) or "pc_ptsd5" in each:
            continue  # a list that can't hold a gap waits until each of its items is answered
        assert (stored(draft, slug, each) is None) == (each == name), each
    assert slug not in draft.saved_pages()


def test_a_consent_that_was_not_given_is_not_stamped(client):
    draft = pat.begin(client)
    pat.save(client, "consent", **{"consent-agreed": None})
    draft.refresh_from_db()
    assert set(draft.answers["consent"]) == {"substance_use_agreed"}


def test_a_page_with_a_fault_changes_what_was_stored_and_takes_nothing_out(client):
    draft = pat.begin(client)
    pat.save(client, "mood")
    told = {"mood-phq9-0": "0", "mood-phq9-1": "9", "mood-phq9_difficulty": ""}
    assert client.post(pat.address("mood"), told).status_code == 200
    draft.refresh_from_db()
    assert draft.answers["mood"] == {"phq9": [0, 3, 2, 3, 2, 2, 2, 1, 0], "phq9_difficulty": 2}
    assert "mood" not in draft.saved_pages()
    pat.save(client, "mood")
    draft.refresh_from_db()
    assert "mood" in draft.saved_pages()


def test_a_page_saved_before_and_sent_with_a_fault_is_unfinished_on_the_task_list(client):
    pat.fill(client)
    pat.save(client, "reason", **{"reason-wishes": ["acupuncture"]})
    [row] = [each for each in client.get("/intake/").context["rows"] if each["section"].slug == "you"]
    assert [page.slug for page in row["left"]] == ["reason"]


@pytest.mark.parametrize("slug", WRONG)
def test_a_wrong_answer_keeps_everything_else_that_was_typed(client, slug):
    pat.begin(client)
    pat.reach(client, slug)
    name, value = WRONG[slug]
    told = {**pat.answered(slug), name: value}
    shown = pat.shown(client.post(pat.address(slug), told))
    for each, typed in told.items():
        if each == name and name not in typed_fields(shown):
            continue  # a choice that is none can't be shown as chosen
        assert [text.replace("\r\n", "\n") for text in shown[each]] == (
            typed if isinstance(typed, list) else [typed]
        )


def typed_fields(shown) -> set[str]:
    """The names whose value is typed, not chosen: they are posted even when blank."""
    text = ("_month", "_day", "_year", "phone", "email", "state", "gender", "name", "months", "year",
            "remembered", "systolic", "conditions", "insurer", "details")  # fmt: skip
    return {name for name in shown if name.endswith(text)}


@pytest.mark.parametrize("slug", REQUIRED)
def test_a_required_question_left_blank_is_named_in_its_own_words(client, slug):
    draft = pat.begin(client)
    pat.reach(client, slug)
    draft.refresh_from_db()
    response = client.post(pat.address(slug), {})
    html = response.content.decode()
    found = [link[1:] for link in links(html) if link.startswith("#id_")]
    assert found == [f"id_{name.removesuffix('_month')}" for name in REQUIRED[slug]]
    assert len(set(summary(html))) == len(REQUIRED[slug])
    assert changed_nothing(draft, draft)


@pytest.mark.parametrize("slug", pat.ENTRIES)
def test_a_list_takes_no_answer_that_it_did_not_offer(client, slug):
    draft = pat.begin(client)
    pat.reach(client, slug)
    draft.refresh_from_db()
    response = client.post(pat.address(slug), {"more": "maybe"})
    assert response.status_code == 200
    assert len(summary(response.content.decode())) == 1
    assert changed_nothing(draft, draft)


@pytest.mark.parametrize("slug", ["therapies", "medicines-now", "allergies"])
def test_whether_a_list_holds_anything_may_be_left_blank_and_says_nothing(client, slug):
    draft = pat.begin(client)
    assert client.post(pat.address(slug), {}).status_code == 302
    draft.refresh_from_db()
    assert draft.entries(INTAKE.by_slug[slug]) is None and slug in draft.saved_pages()


@pytest.mark.parametrize(("slug", "needed"), [
    ("medicines-tried", "drug"), ("therapies", "type"), ("medicines-now", "drug"), ("allergies", "substance"),
])  # fmt: skip
def test_an_entry_without_its_name_is_refused_and_keeps_the_rest(client, slug, needed):
    draft = pat.begin(client)
    response = pat.add(client, slug, **{needed: ""})
    assert response.status_code == 200
    assert len(summary(response.content.decode())) == 1
    shown = pat.shown(response)
    kept = dict(pat.ENTRIES[slug])
    if slug == "medicines-tried":
        kept["dose_mg"] = kept.pop("dose_choice")  # no amounts are offered of a medicine without a name
    for name, value in kept.items():
        if name != needed:
            assert shown[name] == [value]
    assert changed_nothing(draft, draft)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("12.5", 12.5),
        ("1,200", 1200),
        ("0", 0),
        ("", None),
        ("12.0", 12),
        ("１２", 12),
        ("1/2", 0.5),
    ],
)
def test_amounts_are_read_as_people_type_them(client, typed, stored):
    draft = pat.begin(client)
    pat.save(client, "episode", **{"history-episode_months": typed})
    draft.refresh_from_db()
    assert draft.answers["history"].get("episode_months") == stored


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "-1", "1e9", "²", "0x10", "--", "9" * 400])
def test_what_is_no_amount_is_refused_and_kept(client, typed):
    pat.begin(client)
    response = pat.save(client, "episode", **{"history-episode_months": typed})
    assert response.status_code == 200
    assert pat.shown(response)["history-episode_months"] == [typed]


@pytest.mark.parametrize(
    ("phone", "email", "saved"),
    [
        ("", "", False), ("  ", " ", False), ("12345", "", False), ("call me", "", False),
        ("(212) 555-0142", "", True), ("+1 212 555 0142 ext. 5", "", True), ("", "pat@example.org", True),
        ("", " pat@example.org ", True), ("", "pat at example.org", False),
    ],
)  # fmt: skip
def test_one_way_to_reach_the_person_is_needed(client, phone, email, saved):
    pat.begin(client)
    response = pat.save(client, "contact", **{"about-phone": phone, "about-email": email})
    assert (response.status_code == 302) is saved


@pytest.mark.parametrize(
    ("month", "day", "year"),
    [("2", "30", "1984"), ("5", "14", "184"), ("5", "", "1984"), ("5", "14", "2999"), ("5", "14", "1850"),
     ("Mai", "14", "1984"), ("0", "0", "0"), ("²", "1", "1984"), ("5", "14", "1984 AD")],
)  # fmt: skip
def test_a_birthday_that_can_not_be_is_refused_and_kept(client, month, day, year):
    pat.begin(client)
    typed = {"month": month, "day": day, "year": year}
    response = pat.save(client, "name", **{f"about-date_of_birth_{part}": typed[part] for part in typed})
    assert response.status_code == 200
    assert [pat.shown(response)[f"about-date_of_birth_{part}"] for part in typed] == [[month], [day], [year]]


@pytest.mark.parametrize(
    ("slug", "name", "said"),
    [
        ("name", "about-first_name", "First name: write it"),
        ("name", "about-last_name", "Last name: write it"),
    ],
)
def test_a_text_that_is_needed_is_asked_for_in_its_own_words(client, slug, name, said):
    pat.begin(client)
    assert summary(client.post(pat.address(slug), {**pat.PAGES[slug], name: ""}).content.decode()) == [said]


@pytest.mark.parametrize(
    ("slug", "key", "said"),
    [
        ("medicines-tried", "drug", "Medicine: write its name"),
        ("medicines-now", "drug", "Medicine: write its name"),
        ("allergies", "substance", "Allergy: write what you are allergic to"),
        ("therapies", "type", "Kind of therapy: choose one answer"),
    ],
)
def test_what_an_entry_needs_is_asked_for_in_its_own_words(client, slug, key, said):
    pat.begin(client)
    assert summary(pat.add(client, slug, **{key: ""}).content.decode()) == [said]


def test_every_text_that_is_needed_has_words_of_its_own():
    needed = [
        part
        for field in FIELDS
        for part in (field, *field.parts)
        if part.required and part.kind in (Kind.TEXT, Kind.LONG_TEXT)
    ]
    assert needed
    assert all(part.missing or part.short for part in needed)


def test_a_text_that_is_too_long_is_refused_by_the_name_of_its_question(client):
    pat.begin(client)
    page = pat.save(
        client, "name", **{"about-gender": None, "about-preferred_name": "x" * 501}
    ).content.decode()
    assert "Name you like to be called: at most 500 letters; you wrote 501" in page
    page = pat.save(client, "conditions", **{"health-other_conditions": "x" * 10_140}).content.decode()
    assert "Other illnesses: at most 10,000 letters; you wrote 10,140" in page
    page = client.post(
        pat.address("allergies"), {"rows": "2", "more": "yes", "substance-1": "nuts", "reaction-1": "x" * 501}
    ).content.decode()
    assert "Allergy 1: what happens: at most 500 letters; you wrote 501" in page


def test_each_question_of_a_suicide_screen_is_named_by_its_number_and_what_it_is_about(client):
    pat.begin(client)
    html = client.post(pat.address("thoughts"), {}).content.decode()
    assert summary(html) == [
        "Question 1 (the wish to be dead): choose one answer",
        "Question 2 (thoughts of killing yourself): choose one answer",
    ]
    assert "2. Have you actually had any thoughts of killing yourself?" in words(html)
    for _time in range(2):  # help comes first
        html = client.post(pat.address("past"), {"safety-cssrs-q6": "yes"}).content.decode()
    assert summary(html) == ["In the past 3 months: choose one answer"]


def test_the_summary_of_a_scale_counts_the_questions_without_an_answer(client):
    pat.begin(client)
    html = pat.save(client, "mood", **{f"mood-phq9-{place}": None for place in (2, 4, 8)}).content.decode()
    assert "3 questions have no answer yet" in words(html)
    assert summary(html) == [
        "Question 3 (sleep): choose one answer",
        "Question 5 (eating): choose one answer",
        "Question 9 (thoughts of death): choose one answer",
    ]
    html = pat.save(client, "mood", **{"mood-phq9-2": None}).content.decode()
    assert "There is a problem" in words(html)


@pytest.mark.parametrize(
    ("slug", "told", "sentence"),
    [
        ("consent", {"consent-agreed": None}, "Consent: tick the box to go on, or leave the form"),
        ("contact", {"about-phone": "", "about-email": ""}, "Phone or email: write one of them"),
    ],
)
def test_an_error_begins_with_what_it_is_about(client, slug, told, sentence):
    pat.begin(client)
    assert summary(pat.save(client, slug, **told).content.decode()) == [sentence]
