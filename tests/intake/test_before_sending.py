"""The check page's first look, the answers that would help most, and the signature under all of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from intake.fields import BY_PATH
from intake.fields.lookup import field_path
from intake.models import Submission
from intake.questionnaire.asking import leaves
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.skipped import OF_A_MEDICINE, READ_BY_CLINICIAN_FIRST, READ_BY_HOLDS
from intake.signals import submitted
from tests.intake import pat
from tests.intake.screen import links, summary, words
from tests.intake.test_entered_by_staff import ENTER
from treatments.rules.criteria import RULES
from treatments.rules.criteria.rule import CLINICIAN_FIRST

pytestmark = pytest.mark.django_db

CHECK, SEND = reverse("intake:check"), reverse("intake:send")
SIGNED = "consent-signed_name"


def checked(client) -> str:
    return client.get(CHECK).content.decode()


def helping(client) -> list[tuple[str, str]]:
    """The box with what was skipped: words and address of each link."""
    return [(str(each["row"].words), each["address"]) for each in client.get(CHECK).context["skipped"]]


# --- Is this right? ---------------------------------------------------------------------------------------


def test_it_opens_with_who_one_is_and_how_to_be_reached_with_what_is_safe(client):
    pat.fill(client)
    text = words(checked(client))
    assert "Is this right?" in text
    assert "Name Pat Lee born May 14, 1984 Change" in text
    assert "Phone (212) 555-0142 Safe: calls, voice messages Change" in text
    assert "Email pat@example.org Safe to write to Change" in text
    assert text.index("Is this right?") < text.index("All answers")


@pytest.mark.parametrize(
    ("safe", "said"), [("no", "Not safe to write to"), (None, "You did not say if it is safe")]
)
def test_what_is_not_said_to_be_safe_is_never_called_safe(client, safe, said):
    draft = pat.fill(client, contact={"about-ways": [], "about-ways_email": []})
    if safe:
        draft.answers["about"] |= {"contact_by": [], "voicemail_ok": safe, "text_ok": safe, "email_ok": safe}
        draft.save()
    text = words(checked(client))
    assert "You named no way that is safe" in text and said in text


def test_who_gave_one_way_to_be_reached_reads_that_the_other_is_not_given(client):
    pat.fill(client, contact={"about-email": ""})
    assert "Email Not given" in words(checked(client))


def test_each_medicine_stands_there_in_a_few_lines_with_a_way_to_its_own_page(client):
    pat.fill(client)
    assert "Medicines for depression Change" not in words(checked(client))
    pat.add(client, "medicines-tried")
    pat.add(client, "medicines-tried", "f" * 16, drug="Lexapro", dose_choice="not_sure", weeks_choice="not_sure",
            weeks="", when_taken="still", stopped_because="", stopped="", improvement="not_sure")  # fmt: skip
    html = checked(client)
    text = words(html)
    assert (
        "sertraline (Zoloft), 150 mg 10 weeks. Helped very little, or not at all. Stopped: it did not help."
        in text
    )
    assert "You still take it. Not remembered: how much, how long, how well it helped." in text
    entry = reverse("intake:entry", args=["medicines-tried", "f" * 16])
    assert f"{entry}?return=check" in links(html)


# --- What was skipped -------------------------------------------------------------------------------------


def read_by(rules) -> set[str]:
    """Paths of the questions that the rules read, but for what a form can't be sent without and what one box holds."""
    found = set()
    for path in {path for rule in rules for path in rule.reads}:
        owner = BY_PATH[field_path(path)]
        asked = [part for part in leaves(owner) if path in (owner.path, f"{owner.path}.{part.key}")]
        if not owner.screen and not all(part.required for part in asked) and not owner.required:
            found.add(path)
    return found - {"health.bp_diastolic", "health.bp_date", "about.filled_by"}


def test_the_order_is_that_of_the_rules_that_read_them():
    held = read_by(rule for rule in RULES if rule.hold)
    first = read_by(
        rule for rule in RULES if CLINICIAN_FIRST in rule.effects.values() and not rule.hold
    )  # fmt: skip
    assert (set(READ_BY_HOLDS), len(READ_BY_HOLDS)) == (held, len(held))
    assert (set(READ_BY_CLINICIAN_FIRST), len(READ_BY_CLINICIAN_FIRST)) == (first - held, len(first - held))
    assert set(OF_A_MEDICINE) <= {part.key for part in BY_PATH["antidepressants.trials"].parts}


def test_nothing_skipped_and_the_box_is_absent(client):
    pat.fill(client)
    assert helping(client) == []
    assert "would help us most" not in words(checked(client))


def test_three_at_most_in_the_fixed_order_whatever_else_was_said(client):
    skipped = ("health-stroke", "health-seizure_ever")
    pat.fill(
        client,
        brain=dict.fromkeys(skipped, ""),
        implants={"health-metal_in_head_or_neck": ""},
        now={"history-voices_command": ""},
    )
    found = helping(client)
    assert [address for _words, address in found] == [pat.address(slug) for slug in ("now", "brain", "brain")]
    text = words(checked(client))
    assert "Three skipped answers would help us most" in text
    assert pat.address("now") + "?return=check" in links(checked(client))
    pat.save(client, "mood", **{"mood-phq9-8": "0"})
    assert helping(client) == found


def test_not_sure_is_an_answer(client):
    pat.fill(client, brain={"health-stroke": "not_sure"})
    assert helping(client) == []


def test_what_is_not_asked_was_not_skipped(client):
    pat.fill(client, consent={"consent-substance_use_agreed": "no"})
    assert helping(client) == []


def test_dose_and_time_come_last_and_only_of_medicines_in_this_depression(client):
    pat.fill(client, implants={"health-metal_in_head_or_neck": ""})
    pat.add(client, "medicines-tried", when_taken="before", dose_choice="", weeks_choice="", weeks="")
    pat.add(client, "medicines-tried", "f" * 16, drug="Lexapro", dose_choice="10", weeks_choice="", weeks="")
    assert [each for each, _address in helping(client)][1:] == ["How long you took Lexapro"]
    assert helping(client)[1][1] == reverse("intake:entry", args=["medicines-tried", "f" * 16])
    assert "Two skipped answers would help us most" in words(checked(client))


def test_a_part_says_how_many_questions_were_answered_and_skipped(client):
    pat.fill(client)
    [before] = re.findall(r"Your health (\d+) answered(?!,)", words(checked(client)))
    pat.save(client, "implants", **{"health-metal_in_head_or_neck": "", "health-mri_problem": ""})
    assert f"Your health {int(before) - 2} answered, 2 skipped" in words(checked(client))


def test_words_left_blank_are_not_skipped(client):
    pat.fill(client, name={"about-pronouns": "", "about-preferred_name": ""})
    assert re.search(r"You \d+ answered(?!,)", words(checked(client)))


# --- The signature ----------------------------------------------------------------------------------------


def stored() -> dict:
    return Submission.objects.get().answers["consent"]


def test_it_is_filled_in_from_the_name_and_the_day_is_that_of_sending(client):
    pat.fill(client)
    assert pat.shown(client.get(CHECK))[SIGNED] == ["Pat Lee"]
    assert "signed_name" not in stored() and "signed_on" not in stored()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        client.post(SEND, {SIGNED: "Pat M. Lee"})
        assert stored()["signed_name"] == "Pat M. Lee"
        assert stored()["signed_on"] == timezone.localdate().isoformat()


def test_a_helper_signs_with_their_own_name(client):
    pat.fill(client)
    pat.save(client, "name", **{"for": "someone_else"})
    pat.save(client, "helper")
    assert pat.shown(client.get(CHECK))[SIGNED] == ["Jo Lee"]


def test_blank_is_no_fault(client):
    pat.fill(client)
    assert client.post(SEND, {SIGNED: ""}).url == reverse("intake:done")
    assert "signed_name" not in stored() and stored()["signed_on"]


def test_one_from_before_is_shown_and_kept_by_a_page_that_did_not_ask(client):
    draft = pat.fill(client)
    draft.answers["consent"] |= {"signed_name": "P. Lee", "signed_on": "2020-01-01"}
    draft.save()
    assert pat.shown(client.get(CHECK))[SIGNED] == ["P. Lee"]
    client.post(SEND)
    assert stored()["signed_name"] == "P. Lee"
    assert stored()["signed_on"] == timezone.localdate().isoformat()


def test_a_signature_and_the_sending_are_stored_together_or_neither_is(client):
    draft = pat.fill(client)

    def refuse(sender, submission, **kwargs) -> None:
        assert submission.answers["consent"]["signed_name"] == "Pat M. Lee"
        raise ValueError

    submitted.connect(refuse)
    try:
        with pytest.raises(ValueError):
            client.post(SEND, {SIGNED: "Pat M. Lee"})
    finally:
        submitted.disconnect(refuse)
    draft.refresh_from_db()
    assert draft.is_draft and "signed_on" not in stored()


def test_what_was_typed_stays_while_something_else_is_missing(client):
    pat.fill(client, leaving_out=["mood"])
    response = client.post(SEND, {SIGNED: "Pat M. Lee"})
    assert response.status_code == 422 and pat.shown(response)[SIGNED] == ["Pat M. Lee"]
    assert pat.shown(client.get(CHECK))[SIGNED] == ["Pat M. Lee"]
    assert "signed_on" not in stored()


def test_one_too_long_is_told_and_nothing_is_sent(client):
    pat.fill(client)
    response = client.post(SEND, {SIGNED: "x" * 501})
    assert response.status_code == 422 and len(summary(response.content.decode())) == 1
    assert Submission.objects.get().is_draft


def test_staff_at_the_phone_sign_for_nobody(cast, signed_in):
    cora = signed_in(cast.cora)
    cora.post(ENTER, {"do": "begin"})
    for slug, told in pat.PAGES.items():
        cora.post(pat.address(slug), told)
    assert pat.shown(cora.get(CHECK))[SIGNED] == [""]


def test_it_stands_on_the_record_and_staff_read_it(client, cast, signed_in):
    pat.fill(client)
    client.post(SEND, {SIGNED: "Pat M. Lee"})
    assert "Pat M. Lee" in words(client.get(reverse("intake:record")).content.decode())
    referral = Submission.objects.get().referral
    page = reverse("admin:treatments_referral_change", args=[referral.pk])
    assert "Pat M. Lee" in words(signed_in(cast.cora).get(page).content.decode())


def test_no_page_of_questions_asks_for_it():
    assert not any(field.key.startswith("signed") for page in INTAKE.pages for field in page.fields)
