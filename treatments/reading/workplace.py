"""The referral's page as a workplace: who it is, what they said, what the rules make of it, in reading order."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.fields.kinds import Text
from intake.fields.lookup import answer
from intake.models import Submission
from treatments.models import Event, Referral
from treatments.reading.alert import titles
from treatments.reading.cards_side_by_side import side_by_side
from treatments.reading.payer_view import REPLACED
from treatments.reading.reaching import person_head
from treatments.reading.redaction import Redaction
from treatments.reading.safety import SafetyRow
from treatments.reading.safety_said import TITLES, SafetySaid, safety_said, screen_words, yes_words
from treatments.reading.summary import summary_of
from treatments.reading.treatment_cards import cards, to_ask
from treatments.reading.trials_table import trials_table
from treatments.workflow.events import OPENED

AS_USUAL = (Submission.Source.WEB, Submission.Source.DEMO)


def workplace(
    redaction: Redaction, referral: Referral, view: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The context beyond ``view``, which is what ``referral_view`` gives."""
    assessment, submission = view["assessment"], referral.submission
    said = safety_said(submission, redaction)
    found = side_by_side(cards(redaction, referral, assessment), assessment) if assessment else []
    looks = [event for event in view["events"] if event.kind == OPENED.key]
    return {
        **person_head(submission, now),
        "waits": _waits(referral, now),
        "owner_words": _owner(referral),
        "leaves_out_today": view["alert"] is None,
        "alarm_titles": titles(view["alert"], redaction) if view["alert"] else [],
        "answered_by": _answered_by(submission),
        "summary": summary_of(redaction, referral, assessment, said),
        **safety_context(said, assessment),
        "columns": list(zip(found, assessment["columns"], strict=True)) if assessment else [],
        "episodes": trials_table(submission.current, localdate(now), referral.age(localdate(now))),
        **_beside(assessment, chosen=view["payer_chosen"]),
        "acts": [event for event in view["events"] if event.kind != OPENED.key],
        "looks": looks,
        "looks_words": _looks_words(looks),
    }


def _beside(assessment: Mapping[str, Any] | None, *, chosen: bool) -> dict[str, Any]:
    """What the rules say that touches no treatment. Once a payer is ``chosen`` its own needs stand in the place of
    what the rules say of payers at large.
    """
    if assessment is None:
        return {"notes": [], "ask_beside": [], "other_ask": []}
    left = REPLACED if chosen else ()
    return {
        "notes": [row for row in assessment["notes"] if row["rule"] not in left],
        "ask_beside": to_ask([row for row in assessment["ask"] if row["rule"] not in left]),
        "other_ask": [row for row in assessment["other_ask"] if row["rule"] not in left],
        "replaced": REPLACED,
    }


def safety_context(said: SafetySaid, assessment: Mapping[str, Any] | None) -> dict[str, Any]:
    """What says yes and what is not known, worst first, and the nos, each with its title."""
    return {
        "said": said,
        "safety_yes": yes_words(said),
        "safety_line": " ".join(
            [said.line, *([f"{screen_words(assessment['scores'])}."] if assessment else [])]
        ),
        "safety_rows_said": _titled([*said.yes, *said.with_medicine, *said.unknown]),
        "safety_rows_no": _titled(said.no),
    }


def _titled(rows: Iterable[SafetyRow]) -> list[tuple[Text, SafetyRow]]:
    """Each with the name of the question, where an alarm has one."""
    return [(TITLES.get(row.path, ""), row) for row in rows]


def _answered_by(submission: Submission) -> str:
    """Who filled the form in where it was not the person, and how it came where it was not just sent."""
    by = {
        "family": _("answered by a family member or friend"),
        "professional": _("answered by someone whose job is to help"),
    }
    came = "" if submission.source in AS_USUAL else str(submission.get_source_display())
    return "; ".join(filter(None, (by.get(answer(submission.current, "about.filled_by")), came)))


def _looks_words(looks: list[Event]) -> str:
    people = len({event.actor_id for event in looks})
    by = ngettext("%(n)d person", "%(n)d people", people) % {"n": people}
    words = ngettext("%(n)d look by %(people)s", "%(n)d looks by %(people)s", len(looks))
    return words % {"n": len(looks), "people": by}


def _owner(referral: Referral) -> str:
    owner = referral.owner
    return (owner.get_full_name() or owner.get_username()) if owner else _("nobody's yet")


def _waits(referral: Referral, now: datetime) -> str:
    days = (localdate(now) - localdate(referral.waiting_since)).days
    return ngettext("waits %(n)d day", "waits %(n)d days", days) % {"n": days} if days else _("since today")
