"""Who the person is and how to reach them now, in one line and as numbers to call in order; what is missing says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake import fields
from intake.fields import Answers
from intake.fields.lookup import age_on
from intake.models import Submission
from intake.questionnaire import summary

# By what was said of it: yes, no, nothing.
SAFE_WORDS = {
    "voicemail_ok": (
        gettext_lazy("voice ok"),
        gettext_lazy("no voice message"),
        gettext_lazy("voice not said"),
    ),
    "text_ok": (gettext_lazy("text ok"), gettext_lazy("no text"), gettext_lazy("text not said")),
    "email_ok": (gettext_lazy("ok"), gettext_lazy("not safe"), gettext_lazy("safe or not: not said")),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A number to call; ``whose`` it is, and ``words`` for what is safe there."""

    number: str
    whose: str
    words: str = ""


def name_of(submission: Submission) -> str:
    about = submission.current.get("about", {})
    return " ".join(filter(None, (about.get("first_name"), about.get("last_name"))))


def ways(submission: Submission) -> list[Way]:
    """The numbers to call, in their order: today's, the ordinary one, the emergency contact."""
    return [way for way, number in _all_ways(submission.current) if number]


def not_given(submission: Submission) -> list[str]:
    """Whose numbers are missing."""
    return [way.whose for way, number in _all_ways(submission.current) if not number]


def _all_ways(answers: Answers) -> Iterator[tuple[Way, str]]:
    safety, about = answers.get("safety", {}), answers.get("about", {})
    number = safety.get("number_today", "")
    yield Way(number, _("today's number")), number
    number = about.get("phone", "")
    yield Way(number, _("ordinary number"), ", ".join(_safe(about, "voicemail_ok", "text_ok"))), number
    number = about.get("emergency_phone", "")
    # Whoever names somebody "we can call in an emergency" has allowed the call.
    who = filter(None, (about.get("emergency_name"), about.get("emergency_relation")))
    yield Way(number, _("emergency contact"), ", ".join((*who, _("may be called in an emergency")))), number


def _safe(about: dict[str, Any], *keys: str) -> list[str]:
    """Of each way whether the person said that it is safe; no answer is not a yes."""
    places = {"yes": 0, "no": 1}
    return [str(SAFE_WORDS[key][places.get(about.get(key, ""), 2)]) for key in keys]


def person_head(submission: Submission, now: datetime) -> dict[str, Any]:
    """The context of the line that heads a page about a person."""
    answers = submission.current
    safety, about = answers.get("safety", {}), answers.get("about", {})
    born = _day(about.get("date_of_birth"))
    return {
        "person": name_of(submission),
        "born": born,
        "age": age_on(born, timezone.localdate(now)) if born else None,
        "today_number": safety.get("number_today", ""),
        "where_now": safety.get("where_now", ""),
        "zip": about.get("postcode", ""),
        "home": " ".join(filter(None, (about.get("state"), about.get("postcode")))),
        "phone": about.get("phone", ""),
        "phone_safe": ", ".join(_safe(about, "voicemail_ok", "text_ok")),
        "email": about.get("email", ""),
        "email_safe": ", ".join(_safe(about, "email_ok")),
        "emergency": ", ".join(filter(None, (about.get("emergency_name"), about.get("emergency_relation")))),
        "emergency_phone": about.get("emergency_phone", ""),
        "speaks": summary.in_words(fields.LANGUAGE, submission.language or None),
        "interpreter": _interpreter(about),
        "called": ", ".join(filter(None, (about.get("preferred_name"), about.get("pronouns")))),
        "helper": ", ".join(filter(None, (about.get("filled_by_name"), about.get("filled_by_relation")))),
        "helper_phone": about.get("filled_by_phone", ""),
    }


def _day(typed: object) -> date | None:
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None


def _interpreter(about: dict[str, Any]) -> str:
    needed = about.get("interpreter_needed")
    if needed == "yes":
        return ": ".join(filter(None, (_("needs an interpreter"), about.get("speaks"))))
    return _("no interpreter") if needed == "no" else _("interpreter: not said")
