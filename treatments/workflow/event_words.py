"""What an event was about, in words made of its details: a function for each shape of details."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields import BY_PATH
from intake.fields.kinds import Text
from intake.questionnaire import telling
from intake.times.moments import clock, short_day
from treatments.catalog import TREATMENTS
from treatments.workflow.contacts import CHANNELS, CONTACT_OUTCOMES
from treatments.workflow.outside_services import OUTSIDE_SERVICES
from treatments.workflow.priorities import PRIORITY_WORDS, Priority
from treatments.workflow.reasons import CLOSE_REASONS, RETURN_REASONS, VERDICTS, Reason, outcome_label
from treatments.workflow.risk import HOLD_OUTCOMES, RISK_LEVELS, HoldChoice, RiskLevel
from treatments.workflow.states import ATTENTION_WORDS, HOLD_WORDS, NEXT_ACTOR_WORDS, Attention, Hold

# The details of an event (JSON) -> its parts in words, none where there is nothing to say.
Details = Mapping[str, Any]
Words = Callable[[Details], list[str]]


def no_words(details: Details) -> list[str]:
    return []


def treatment_words(details: Details) -> list[str]:
    return [", ".join(str(TREATMENTS[key].name) for key in details["treatments"])]


def route_words(details: Details) -> list[str]:
    priority = details.get("priority")
    return treatment_words(details) + ([str(PRIORITY_WORDS[Priority(priority)])] if priority else [])


def said_words(details: Details) -> list[str]:
    """Who answered, and how."""
    said = [str(telling.HOW[details["how"]]), _("said by %(who)s") % {"who": telling.WHO[details["who"]]}]
    return [*said, _("birth date said")] if details.get("birth_date_said") else said


def reason_words(details: Details) -> list[str]:
    """Why a referral was closed, and who acts next."""
    return _reason(CLOSE_REASONS[details["reason"]])


def return_words(details: Details) -> list[str]:
    again = [_("room from %(day)s") % {"day": _day(details["again"])}] if "again" in details else []
    return _reason(RETURN_REASONS[details["reason"]]) + again + verdict_words(details)


def _reason(reason: Reason) -> list[str]:
    return [str(reason.label), _("next: %(who)s") % {"who": NEXT_ACTOR_WORDS[reason.next_actor]}]


def verdict_words(details: Details) -> list[str]:
    return [str(VERDICTS[details["verdict"]].label)] if "verdict" in details else []


def outcome_words(details: Details) -> list[str]:
    return [str(outcome_label(details["outcome"]))]


def outside_service_words(details: Details) -> list[str]:
    closed = reason_words(details) if "reason" in details else []
    shown = [_("shown to the person")] if details.get("shown") else []
    named = [details["named"]] if "named" in details else []
    return [*closed, *named, str(OUTSIDE_SERVICES[details["where"]].label), *shown]


def assign_words(details: Details) -> list[str]:
    return [_("to %(name)s") % {"name": details["name"]}]


def contact_words(details: Details) -> list[str]:
    tried = [str(CHANNELS[details["channel"]]), str(CONTACT_OUTCOMES[details["outcome"]])]
    return [*tried, *(day_words(details) if "day" in details else [])]


def day_words(details: Details) -> list[str]:
    if "starts" not in details:
        return [_day(details["day"])]
    return [f"{_day(details['day'])}, {clock(time.fromisoformat(details['starts']))}"]


def reschedule_words(details: Details) -> list[str]:
    return [*day_words(details), _("before: %(day)s") % {"day": _day(details["moved_from"])}]


def postpone_words(details: Details) -> list[str]:
    return [_("not before %(day)s") % {"day": _day(details["not_before"])}]


def _day(text: str) -> str:
    return short_day(date.fromisoformat(text))


def reference_words(details: Details) -> list[str]:
    return [str(details["reference"])]


def rule_words(details: Details) -> list[str]:
    return [", ".join(details["rules"])]


def hold_words(details: Details) -> list[str]:
    rules = ", ".join(details.get("rules", ()))
    return [f"{HOLD_WORDS[Hold(details['hold'])]} {rules}".strip()]


def risk_words(details: Details) -> list[str]:
    """The clinician's level, and what became of the hold that stood."""
    words = [str(RISK_LEVELS[RiskLevel(details["level"])][1])]
    if choice := details.get("choice"):
        words.append(f"{HOLD_OUTCOMES[HoldChoice(choice)]}: {hold_words(details)[0]}")
    return words


def ruleset_words(details: Details) -> list[str]:
    return [_("ruleset %(version)s") % {"version": details["ruleset"]}]


# Which of the clinic's times had passed.
TIMES: dict[str, Text] = {
    "closed": gettext_lazy("the years for closed referrals were over"),
    "withdrawn": gettext_lazy("the days for withdrawn forms were over"),
}


def purge_words(details: Details) -> list[str]:
    return [str(TIMES[details["time"]])]


# How a person gets a copy of what the clinic holds of them.
COPIES: dict[str, Text] = {
    "handed_over": gettext_lazy("handed over in person"),
    "post": gettext_lazy("sent by post"),
    "file": gettext_lazy("given as a file"),
}


def copy_words(details: Details) -> list[str]:
    return [str(COPIES[details["how"]])]


def mail_words(details: Details) -> list[str]:
    return [str(_("a mail goes out") if details["mailed"] else _("no mail may be sent"))]


def question_words(details: Details) -> list[str]:
    """Which questions were asked; what stands beside them for staff alone."""
    asked = ", ".join(str(BY_PATH[path].question) for path in details["fields"] if path in BY_PATH)
    words = [*([asked] if asked else []), *mail_words(details)]
    if "for_staff" in details:
        words.append(_("note for staff: %(note)s") % {"note": details["for_staff"]})
    return words


def flag_words(details: Details) -> list[str]:
    return [", ".join(str(ATTENTION_WORDS[Attention(key)]) for key in details["flags"])]


def undo_words(details: Details) -> list[str]:
    from treatments.workflow.actions.table import ACTIONS  # the table holds the undo too

    return [str(ACTIONS[details["undone"]].event)]


# Pages that are read, by the name that their event keeps; an action's page has the action's own words.
PAGES: dict[str, Text] = {
    "brief": gettext_lazy("one-page brief"),
    "then": gettext_lazy("assessment as it stood then"),
    "papers": gettext_lazy("letters and records"),
    "payer": gettext_lazy("what the payer asks"),
    "referral": gettext_lazy("whole referral"),
    # Lists and pages of several, by the name of their address.
    "index": gettext_lazy("home page"),
    "treatments_referral_changelist": gettext_lazy("worklist"),
    "treatments_alert_changelist": gettext_lazy("alerts"),
    **{f"treatments_{key}consult_changelist": row.queue for key, row in TREATMENTS.items()},
    "treatments_event_changelist": gettext_lazy("events"),
    "treatments_event_volume": gettext_lazy("unusual volume"),
    "treatments_event_people": gettext_lazy("record by person and hour"),
    "treatments_event_review": gettext_lazy("one to review"),
    "intake_submission_changelist": gettext_lazy("forms and how far they are"),
    "intake_outgoingmail_changelist": gettext_lazy("mail"),
    "treatments_oncallnotice_changelist": gettext_lazy("on-call notices"),
}


def reading_words(details: Details) -> list[str]:
    """The page that was open, or what an export was: its rows and its form; what was searched, or not let to."""
    words = []
    if page := details.get("page"):
        words.append(_page_words(page))
    if number := details.get("number"):
        words.append(_("number %(number)s") % {"number": number})
    if action := details.get("action"):
        words.append(_page_words(action))
    if isinstance(searched := details.get("searched"), str) and searched:
        words.append(_("searched for “%(words)s”") % {"words": searched})
    words += [f"{key}: {', '.join(values)}" for key, values in details.get("filters", {}).items()]
    if (rows := details.get("rows")) is not None:
        words.append(ngettext("%(rows)s row", "%(rows)s rows", int(rows)) % {"rows": rows})
    if form := details.get("form"):
        words.append(str(form))
    if typed := details.get("typed"):
        words.append(_("typed as name: “%(name)s”") % {"name": typed})
    if status := details.get("status"):
        words.append(_("answered %(status)s") % {"status": status})
    if details.get("refused"):
        words.append(_("refused"))
    return words


ROTA_CHANGES = {
    "added": gettext_lazy("added: %(row)s"),
    "changed": gettext_lazy("changed to: %(row)s; it was: %(before)s"),
    "ended": gettext_lazy("ended: %(row)s"),
}


def rota_words(details: Details) -> list[str]:
    """What was done to which row of the on-call rota; the row stands there in words, as it was then."""
    return [str(ROTA_CHANGES[details["rota"]]) % details] if "rota" in details else []


def changes_words(details: Details) -> list[str]:
    """What was changed of what the clinic sets itself, in words as they were then."""
    return list(details.get("changes", ()))


def _page_words(page: str) -> str:
    from treatments.workflow.actions.table import ACTIONS  # its rows name the words of this file

    if page in ACTIONS:
        return _("page “%(action)s”") % {"action": ACTIONS[page].label}
    return str(PAGES.get(page, page))


def account_words(details: Details) -> list[str]:
    """What was changed of an account, and how; the parts are text."""
    words = []
    if given := details.get("given"):
        words.append(_("given: %(groups)s") % {"groups": given})
    if taken := details.get("taken"):
        words.append(_("taken: %(groups)s") % {"groups": taken})
    if changed := details.get("changed"):
        words.append(_("changed: %(fields)s") % {"fields": changed})
    if how := details.get("how"):
        words.append(str(HOW.get(how, how)))
    return words


# Why something stands before the privacy officers.
TO_REVIEW: dict[str, Text] = {
    "rights": gettext_lazy("Rights changed"),
    "export": gettext_lazy("Export"),
    "looks": gettext_lazy("Looked without a part"),
    "hours": gettext_lazy("Outside hours"),
}


def review_words(details: Details) -> list[str]:
    """What a privacy officer closed, and with which reason."""
    if "review" not in details:
        return []
    words = {"what": TO_REVIEW[details["review"]], "reason": details["because"]}
    return [_("%(what)s: “%(reason)s”") % words]


# How a link came to whom it is for, and why privacy officers were notified.
HOW: dict[str, Text] = {
    "mailed": gettext_lazy("mailed to the account's address"),
    "shown": gettext_lazy("shown to the administrator, to hand over"),
    "at the machine": gettext_lazy("at the server's command line"),
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("security key"),
    "recovery_codes": gettext_lazy("recovery codes"),
    "opens": gettext_lazy("the account opens patients' data"),
    "watch": gettext_lazy("a privacy officer fewer"),
}
