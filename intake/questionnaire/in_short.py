"""What a person checks first, in short: who they are, how to reach them, and each medicine in a few lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from intake.fields import BY_PATH, Answers
from intake.fields.lookup import answer
from intake.questionnaire.summary import in_entry, in_words

TRIALS = BY_PATH["antidepressants.trials"]
PARTS = {part.key: part for part in TRIALS.parts}


@dataclass(frozen=True, slots=True)
class Short:
    """``title`` and below it ``lines``; ``unknown`` says what is not remembered, "" for nothing. ``slug``: its page."""

    title: str
    lines: list[str]
    slug: str
    unknown: str = ""


def reaching(answers: Answers) -> list[Short]:
    """The name with the date of birth, the phone and the email, each with what is safe."""
    about = answers.get("about", {})
    name = " ".join(filter(None, (about.get("first_name"), about.get("last_name"))))
    born = in_words(BY_PATH["about.date_of_birth"], about.get("date_of_birth"))
    day = [_("born %(day)s") % {"day": born}] if born else []
    phone, email = about.get("phone"), about.get("email")
    return [
        Short(_("Name"), [name or _("Not answered"), *day], BY_PATH["about.first_name"].page),
        Short(_("Phone"), [phone, _safe_by_phone(about)] if phone else [_("Not given")], _contact("phone")),
        Short(_("Email"), [email, _safe_by_mail(about)] if email else [_("Not given")], _contact("email")),
    ]


def _contact(key: str) -> str:
    return BY_PATH[f"about.{key}"].page


def _safe_by_phone(about: Mapping[str, Any]) -> str:
    ways = [
        words
        for safe, words in (
            ("call" in (about.get("contact_by") or ()), _("calls")),
            (about.get("text_ok") == "yes", _("texts")),
            (about.get("voicemail_ok") == "yes", _("voice messages")),
        )
        if safe
    ]
    return _("Safe: %(ways)s") % {"ways": ", ".join(ways)} if ways else _("You named no way that is safe")


def _safe_by_mail(about: Mapping[str, Any]) -> str:
    match about.get("email_ok"):
        case "yes":
            return _("Safe to write to")
        case "no":
            return _("Not safe to write to")
    return _("You did not say if it is safe")


def medicines(answers: Answers) -> list[Short]:
    """Each medicine that was tried: its name and amount, then how long and how much it helped, then how it ended."""
    return [_medicine(entry) for entry in answer(answers, TRIALS.path) or ()]


def _medicine(entry: Mapping[str, Any]) -> Short:
    said = {key: in_entry(part, entry) for key, part in PARTS.items() if not part.unasked}
    title = ", ".join(filter(None, (said["drug"], _with_unit(said["dose_mg"], "mg"))))
    forgotten = {key for key in ("improvement", "stopped_because") if entry.get(key) == "not_sure"}
    shown = {key: "" if key in forgotten else words for key, words in said.items()}
    time = _with_unit(shown["weeks"], _("weeks"))
    ended = _("You still take it") if entry.get("still_taking") == "yes" else shown["stopped_because"]
    unknown = [
        words
        for key, words in (
            ("dose_mg", _("how much")),
            ("weeks", _("how long")),
            ("improvement", _("if it helped")),
        )
        if not shown[key]
    ]
    return Short(
        title,
        [line for line in (". ".join(filter(None, (time, shown["improvement"]))), ended) if line],
        TRIALS.page,
        _("Not remembered: %(what)s") % {"what": ", ".join(unknown)} if unknown else "",
    )


def _with_unit(amount: str, unit: str) -> str:
    """A bare number with its unit; a text that names one is left as it is."""
    return f"{amount} {unit}" if amount.replace(".", "", 1).isdecimal() else amount
