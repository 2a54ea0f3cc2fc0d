"""What a person checks first, in short: who they are, how to reach them, and each medicine in a few lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from intake.fields import BY_PATH, Answers
from intake.fields.lookup import answer
from intake.questionnaire.listed import told
from intake.questionnaire.summary import in_words

TRIALS = BY_PATH["antidepressants.trials"]


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
    """Each medicine that was tried, in the same lines as on the page of its list."""
    trials = [told(TRIALS, entry) for entry in answer(answers, TRIALS.path) or ()]
    return [
        Short(each.name, [line for line in (each.known, each.course) if line], TRIALS.page, each.missing)
        for each in trials
    ]
