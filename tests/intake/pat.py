"""Pat, a person with a straightforward story: what Pat answers on each page, as a browser posts it."""

from collections.abc import Iterable, Mapping

from django.test import Client
from django.urls import reverse

from intake.models import Submission
from tests.intake.screen import controls

Posted = dict[str, str | list[str]]


def no(section: str, keys: str) -> Posted:
    """ "No" to each of the questions."""
    return {f"{section}-{key}": "no" for key in keys.split()}


def points(name: str, numbers: Iterable[int]) -> Posted:
    """One answer an item of a questionnaire."""
    return {f"{name}-{place}": str(number) for place, number in enumerate(numbers)}


PAGES: dict[str, Posted] = {
    "consent": {
        "consent-agreed": "on",
        "consent-substance_use_agreed": "yes",
    },
    "name": {
        "about-first_name": "Pat",
        "about-last_name": "Lee",
        "about-preferred_name": "Patty",
        "about-pronouns": "she/her",
        "about-date_of_birth_month": "5",
        "about-date_of_birth_day": "14",
        "about-date_of_birth_year": "1984",
        "about-sex_at_birth": "female",
        "about-veteran": "no",
        "about-gender": "woman",
    },
    "contact": {
        "about-phone": "(212) 555-0142",
        "about-email": "pat@example.org",
        "about-ways": ["call", "voicemail"],
        "about-ways_email": ["email"],
        "about-interpreter_needed": "no",
    },
    "reason": {
        "reason-goals": "Feel like myself again.\nSleep.",
        "reason-wishes": ["tms", "psychotherapy"],
    },
    "mood": {**points("mood-phq9", (3, 3, 2, 3, 2, 2, 2, 1, 0)), "mood-phq9_difficulty": "2"},
    "thoughts": no("safety-cssrs", "q1 q2"),
    "past": no("safety-cssrs", "q6") | no("safety", "harm_to_others"),
    "now": {
        **no(
            "history",
            "high_now little_sleep_not_tired hears_or_sees feels_plotted_against deserves_punishment "
            "voices_command not_eating_or_moving sleep_under_4h",
        ),
        "history-sleep_pattern": "neither",
    },
    "episode": {
        "history-episode_months": "14",
        "history-first_episode_age": "25",
        "history-episodes": "2",
        "history-psychiatric_admissions": "0",
    },
    "highs": no("history", "bipolar_diagnosis high_period antidepressant_high family_bipolar psychosis_ever"),
    "medicines-tried": {"instead": "never"},
    "other-treatments": {
        "other_treatments-therapy_had": "yes",
        **no("other_treatments", "tms-had ketamine-had ect-had vns-had"),
    },
    "therapies": {"more": "no"},
    "medicines-now": {"more": "no"},
    "allergies": {"more": "no", **no("medicines", "ketamine_allergy maoi_last_14_days")},
    "alcohol": {f"substances-audit_c-{place}": number for place, number in enumerate("100")},
    "drugs": {
        "substances-drug_use_past_year": "0",
        "substances-cannabis": "never",
        **no(
            "substances",
            "past_substance_use_disorder substance_use_disorder_now ketamine_misuse_now recent_binge "
            "stopped_heavy_use_last_7_days withdrawal_symptoms",
        ),
    },
    "symptoms": {"health-chest_pain_or_stroke_signs_now": "no", "health-new_symptoms": ["none"]},
    "brain": no(
        "health",
        "seizure_ever fainting family_epilepsy head_injury_unconscious stroke brain_tumour_or_surgery "
        "raised_pressure_in_skull hearing_loss_or_ringing",
    ),
    "implants": no(
        "health",
        "metal_in_head_or_neck cochlear_implant brain_or_nerve_stimulator metallic_face_tattoo "
        "pacemaker_or_defibrillator pump_or_other_implant mri_problem",
    ),
    "heart": {
        **no("health", "high_blood_pressure heart_disease aneurysm_or_avm brain_bleed"),
        "health-bp": "122/78",
        "health-bp_date_month": "1",
        "health-bp_date_day": "10",
        "health-bp_date_year": "2026",
    },
    "body": no("health", "liver_disease bladder_pain memory_disorder eating_disorder")
    | no("health", "pregnant breastfeeding could_become_pregnant")
    | no("history", "gave_birth_last_12_months"),
    "conditions": {
        "health-illnesses": ["none"],
        "health-of_the_mind": ["none"],
        "health-other_conditions": "Hay fever",
    },
    "anxiety": points("anxiety-gad7", (3, 3, 3, 1, 0, 0, 0)),
    "trauma": no("anxiety", "trauma_event"),
    "visits": {
        "practical-ride_home": "yes",
        "practical-can_stay_2_hours": "yes",
        "practical-must_drive_same_day": "no",
        "practical-can_attend_5_days": "yes",
        "practical-can_attend_twice_weekly": "yes",
        "practical-insurer": "Example Health",
    },
}
"""The pages that Pat is asked, in order."""

UNTICKED = {"contact": ("remind",), "reason": ("reason-heard_about",)}
"""Page -> the lists in which Pat ticks nothing."""

LATER_PAGES: dict[str, Posted] = {
    "emergency": {
        "about-emergency_name": "Jo Lee",
        "about-emergency_phone": "212 555 0199",
        "about-emergency_relation": "sister",
    },
    "insurance": {
        "practical-plan": "Gold",
        "practical-member_id": "X-1",
        "about-state": "NY",
        "about-postcode": "10001",
    },
    "times": {"practical-best_times": "Mornings", "reason-referred_by": "My doctor"},
}
"""What Pat answers after sending."""

MORE_PAGES: dict[str, Posted] = {
    "helper": {
        "about-filled_by": "family",
        "about-filled_by_name": "Jo Lee",
        "about-filled_by_phone": "212 555 0199",
        "about-filled_by_relation": "sister",
    },
    "guardian": {"about-guardian_name": "Jo Lee", "about-guardian_phone": "212 555 0199"},
    "plans": no("safety-cssrs", "q3 q4 q5"),
    "trauma-effects": no("anxiety", "pc_ptsd5-0 pc_ptsd5-1 pc_ptsd5-2 pc_ptsd5-3 pc_ptsd5-4"),
    "tms": {"other_treatments-tms-improvement": "25_49", **no("other_treatments-tms", "serious_event now")},
    "ketamine": {
        "other_treatments-ketamine-kind": "iv",
        "other_treatments-ketamine-improvement": "not_sure",
        **no("other_treatments-ketamine", "tolerated severe_dissociation now"),
    },
    "ect": {"other_treatments-ect-improvement": "over_75", **no("other_treatments-ect", "bilateral now")},
}
"""What Pat would answer on the pages that only other answers bring up."""

BRINGS_UP: dict[str, tuple[str, Posted]] = {
    "alcohol": ("consent", {}),
    "drugs": ("consent", {}),
    "helper": ("name", {"for": "someone_else"}),
    "guardian": ("name", {"about-date_of_birth_year": "2015"}),
    "plans": ("thoughts", {"safety-cssrs-q2": "yes"}),
    "trauma-effects": ("trauma", {"anxiety-trauma_event": "yes"}),
    "tms": ("other-treatments", {"other_treatments-tms-had": "yes"}),
    "ketamine": ("other-treatments", {"other_treatments-ketamine-had": "yes"}),
    "ect": ("other-treatments", {"other_treatments-ect-had": "yes"}),
}
"""Page -> the earlier page and the answer that bring it up."""

FOLLOW_UPS: dict[str, tuple[Posted, Posted]] = {
    "contact": ({"about-interpreter_needed": "yes"}, {"about-speaks": "Spanish"}),
    "past": ({"safety-cssrs-q6": "yes"}, no("safety-cssrs", "q6_recent")),
    "brain": (
        {"health-seizure_ever": "yes"},
        {
            "health-seizure_when": "longer_ago",
            "health-seizure_medicine": "no",
            "health-seizure_details": "Once, as a child.",
        },
    ),
    "highs": ({"history-high_period": "yes"}, no("history", "high_trouble")),
    "other-treatments": ({"other_treatments-vns-had": "yes"}, no("other_treatments-vns", "now")),
    "implants": ({"health-metal_in_head_or_neck": "yes"}, {"health-metal_details": "A clip, 2019."}),
}
"""Page -> the answers that open what stands under them, and what Pat would answer there."""

ASQ_PAGES: dict[str, Posted] = {
    "asq": no("safety-asq", "q1 q2 q3 q4"),
    "asq-now": no("safety-asq", "q5"),
}
"""The pages of the other suicide-risk screen, for clinics that chose it."""

MEDICINE: Posted = {
    "drug": "sertraline",
    "dose_choice": "150",
    "dose_mg": "",
    "weeks_choice": "exact",
    "weeks": "10",
    "improvement": "under_25",
    "when_taken": "stopped",
}
"""The first page of a medicine that was tried."""
MEDICINE_MORE: Posted = {
    "taken_most_days": "yes",
    "added_to_another": "no",
    "added_to": "",
    "stopped_because": "no_benefit",
    "side_effects": "dry mouth",
    "started": "2025-09",
    "stopped": "2026",
}
"""The second one, which follows as it was taken during this depression."""
NAMES: Posted = {"drug-1": "sertraline"}
"""The name alone, as the page asks it that comes before any detail."""

ENTRIES: dict[str, Posted] = {
    "medicines-tried": MEDICINE,
    "therapies": {"type": "cbt", "sessions": "16", "this_episode": "yes", "improvement": "under_25"},
    "medicines-now": {"drug": "lisinopril", "dose": "10 mg", "how_often": "once a day", "stopped": "no"},
    "allergies": {"substance": "penicillin", "reaction": "a rash"},
}
"""One entry for each page that holds a list."""

FIRST_ENTRIES: dict[str, Posted] = {
    "medicines-tried": NAMES,
    "therapies": {"more": "yes"},
    "medicines-now": {"more": "yes", "drug-1": "lisinopril", "dose-1": "10 mg"},
    "allergies": {"more": "yes", "substance-1": "penicillin"},
}
"""What begins each list, on its own page."""

KEY = "0123456789abcdef"
BEGUN = {"about": {"filled_by": "self"}}
"""What Pat's draft holds before Pat has answered anything."""


def address(slug: str) -> str:
    return reverse("intake:page", args=[slug])


def begin(client: Client, whom: str = "self") -> Submission:
    """Pat presses "Start, for myself", or else "Start, for someone else": the draft of this client's session."""
    client.post(reverse("intake:start"), {"for": whom})
    return draft_of(client)


def draft_of(client: Client) -> Submission:
    return Submission.objects.get(pk=client.session["intake"])


def save(client: Client, slug: str, **changes: str | list[str] | None):
    """Save a page as Pat would, with ``changes`` (dashes written as two underscores; None leaves out)."""
    return client.post(address(slug), answered(slug, **changes))


def answered(slug: str, **changes: str | list[str] | None) -> Posted:
    told = {**(PAGES | MORE_PAGES | ASQ_PAGES)[slug]}
    for name, value in changes.items():
        told[name.replace("__", "-")] = value
    return {name: value for name, value in told.items() if value is not None}


def reach(client: Client, slug: str) -> None:
    """Answer what brings the page up, if it is not asked of everyone."""
    if slug in BRINGS_UP:
        earlier, told = BRINGS_UP[slug]
        assert client.post(address(earlier), {**PAGES[earlier], **told}).status_code == 302


def add(client: Client, slug: str, key: str = KEY, **changes: str | list[str] | None):
    """Save one entry of a list, with its second page where one follows."""
    told = {name: value for name, value in {**ENTRIES[slug], **changes}.items() if value is not None}
    if "dose_mg" in changes and "dose_choice" not in changes:
        told.pop("dose_choice", None)  # written, and the page finds it so
    later = {}
    if slug == "medicines-tried":
        later = {name: told.pop(name) for name in changes if name in LATER and name in told}
    saved = client.post(reverse("intake:entry", args=[slug, key]), told)
    if saved.status_code != 302 or not saved.url.split("?")[0].endswith("/more/"):
        return saved
    return client.post(saved.url, {**MEDICINE_MORE, **later})


LATER = {*MEDICINE_MORE, "warning_signs"}


def fill(client: Client, *, leaving_out: Iterable[str] = (), **pages: Posted) -> Submission:
    """Save every page as Pat would; ``pages`` are changes by slug (dashes written as underscores)."""
    assert {name.replace("_", "-") for name in pages} <= set(PAGES)
    draft = begin(client)
    for slug, told in PAGES.items():
        if slug not in leaving_out:
            changes = pages.get(slug.replace("-", "_"), {})
            assert client.post(address(slug), {**told, **changes}).status_code == 302, slug
    draft.refresh_from_db()
    return draft


def send(client: Client):
    return client.post(reverse("intake:send"))


def shown(response) -> Mapping[str, list[str]]:
    """What the page's form holds, as a browser would post it."""
    return controls(response.content.decode())
