"""What staff read about payers: the words of entries, kinds of evidence, lines, and of the events about them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields import BY_PATH
from intake.fields.kinds import Text
from intake.times.moments import short_day

OTHER_PAYER = gettext_lazy("Another payer: type its name")

LINE_WORDS: dict[str, Text] = {
    "commercial": gettext_lazy("commercial"),
    "medicare": gettext_lazy("Medicare"),
    "medicare_advantage": gettext_lazy("Medicare Advantage"),
    "medicaid": gettext_lazy("Medicaid"),
    "tricare": gettext_lazy("TRICARE"),
    "va": gettext_lazy("VA"),
    "workers_comp": gettext_lazy("workers' compensation"),
    "public_employees": gettext_lazy("public employees"),
    "any": gettext_lazy("any line"),
}
RELATION_WORDS: dict[str, Text] = {
    "self": gettext_lazy("the person"),
    "spouse": gettext_lazy("spouse"),
    "parent": gettext_lazy("parent"),
    "other": gettext_lazy("someone else"),
}
YES_NO_NOT_SURE: dict[str, Text] = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "not_sure": gettext_lazy("not sure"),
}
KIND_WORDS: dict[str, Text] = {
    "pharmacy_printout": gettext_lazy("pharmacy printout"),
    "chart_note": gettext_lazy("chart note"),
    "discharge_letter": gettext_lazy("discharge letter"),
    "therapy_record": gettext_lazy("therapy record"),
    "scale_form": gettext_lazy("form of a scale"),
    "device_card": gettext_lazy("device card"),
    "insurance_card": gettext_lazy("insurance card"),
    "payer_letter": gettext_lazy("payer's letter"),
    "phone_call": gettext_lazy("phone call"),
    "other": gettext_lazy("something else"),
}
# Of what staff and clinicians enter, each key with its values; a text where there are none.
ENTRY_WORDS: dict[str, Text] = {
    "diagnosis": gettext_lazy("Diagnosis"),
    "psychiatrist_exam": gettext_lazy("A psychiatrist has examined the person"),
    "psychosis_history": gettext_lazy("Psychosis"),
    "sud_status": gettext_lazy("Substance use disorder"),
    "max_tolerated": gettext_lazy("Highest dose that was tolerated"),
    "statement": gettext_lazy("Statement about a need"),
    "prescriber": gettext_lazy("Prescriber"),
    "pdmp_checked": gettext_lazy("Prescription monitoring program checked"),
    "supervision": gettext_lazy("Supervision is in place"),
    "device_cleared": gettext_lazy("Device cleared"),
    "monitoring_planned": gettext_lazy("Monitoring is planned"),
    "rems_site": gettext_lazy("REMS site certified"),
    "therapy_unavailable": gettext_lazy("Psychotherapy is not available"),
    "height_weight": gettext_lazy("Height and weight"),
}
VALUE_WORDS: dict[str, Text] = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "none": gettext_lazy("none"),
    "past": gettext_lazy("in the past"),
    "current": gettext_lazy("now"),
    "in_remission": gettext_lazy("in remission"),
    "treated": gettext_lazy("treated"),
    "active": gettext_lazy("active"),
    "psychiatrist": gettext_lazy("psychiatrist"),
    "psychiatric_np": gettext_lazy("psychiatric nurse practitioner"),
    "in_consultation": gettext_lazy("in consultation with a psychiatrist"),
    "other": gettext_lazy("other"),
}
RESULT_WORDS: dict[str, tuple[str, Text]] = {
    "not_met": ("✕", gettext_lazy("not met")),
    "clinician": ("■", gettext_lazy("for a clinician")),
    "open": ("?", gettext_lazy("open")),
    "to_show": ("○", gettext_lazy("still to show")),
    "met": ("✓", gettext_lazy("met")),
    "masked": ("–", gettext_lazy("masked")),
}
"""Of a need, its mark and its words; the first is what to look at first."""

REASON_WORDS: dict[str, Text] = {
    "chosen": gettext_lazy("chosen"),
    "only_one": gettext_lazy("the only policy of this payer that was read"),
    "several": gettext_lazy("No policy is chosen: a strict list of our own until somebody chooses"),
    "no_pack": gettext_lazy("Nobody has read this payer's policy: a strict list of our own"),
    "no_payer": gettext_lazy("No payer's text: a strict list of our own"),
}
AUTHORIZATION_WORDS: dict[str, Text] = {
    "needed": gettext_lazy("Prior authorization is needed."),
    "not_needed": gettext_lazy(
        "No prior authorization asked of a contracted clinic; the criteria still hold for the claim."
    ),
    "ask": gettext_lazy("Ask the payer whether prior authorization is needed."),
}
WAITS_WORDS: dict[str, Text] = {
    "us": gettext_lazy("Us"),
    "patient": gettext_lazy("The patient"),
    "clinician": gettext_lazy("A clinician"),
    "record": gettext_lazy("A record"),
}


def payer_call_words(details: Mapping[str, Any]) -> list[str]:
    """With whom, under which reference, and what comes next."""
    parts = [details["whom"]]
    if details["reference"]:
        parts.append(_("reference %(reference)s") % details)
    if details["next_on"]:
        parts.append(_("next: %(day)s") % {"day": short_day(date.fromisoformat(details["next_on"]))})
    return parts


def entry_words(details: Mapping[str, Any]) -> list[str]:
    """What was entered, but for what is protected."""
    return [str(ENTRY_WORDS[details["entered"]])] if details.get("entered") in ENTRY_WORDS else []


def coverage_words(details: Mapping[str, Any]) -> list[str]:
    return [_("secondary")] if details["rank"] == 2 else []


def evidence_words(details: Mapping[str, Any]) -> list[str]:
    """Which questions it is about, as far as the reader may know of them."""
    asked = ", ".join(str(BY_PATH[path].question) for path in details["fields"] if path in BY_PATH)
    return [asked] if asked else []


def pack_words(details: Mapping[str, Any]) -> list[str]:
    return [_("%(pack)s, version %(version)s") % details]
