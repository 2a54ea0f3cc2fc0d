"""The text of every mail and text message to a patient.

Neutral on purpose: none names a person, the clinic, a form, an answer or a health matter.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

# Stands in a stored body where the link will be: the link is made when the mail goes out, so that no
# working link is ever stored and a dead mail server doesn't use up its hours.
LINK = "{link}"
STOP = "{stop}"  # likewise, where reminders are stopped


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail in the language that is active when it is written; a text message is its body alone."""

    subject: str
    body: str


def come_back(*, hours: int, asks: bool = True) -> MailText:
    """The link to come back to a draft, which works for ``hours``; ``asks``: with a date of birth, which is asked."""
    lines = [
        _("You asked for this link so that you can go on where you stopped:\n\n%(link)s\n"),
        _("It works once, and for %(hours)s hours.")
        + (" " + _("We will ask for your date of birth.") if asks else ""),
        _("If you did not ask for it, you do not have to do anything.\n"),
    ]
    return MailText(_("The link you asked for"), "\n".join(lines) % {"link": LINK, "hours": hours})


def received(*, reference: str, phone: str) -> MailText:
    """The reference of what was sent, which somebody asked for on the page after sending; by mail or text."""
    told = _("We received what you sent. Your reference is %(reference)s. Keep it. Questions: %(phone)s.")
    return MailText(_("Your reference"), told % {"reference": reference, "phone": phone})


def question_waits(*, page: str) -> MailText:
    """A question waits on the status page, at the address ``page``."""
    return MailText(
        _("A question for you"),
        _(
            "We have a question for you. Please open this page:\n\n"
            "%(page)s\n\n"
            "You need your reference number and your date of birth. You can also call us.\n"
            "Please do not answer this mail: nobody reads the answers.\n"
        )
        % {"page": page},
    )


def come_back_text(*, hours: int) -> MailText:
    """The same link as a text message."""
    told = _("You asked for this link: %(link)s It works once, and for %(hours)s hours.")
    return MailText("", told % {"link": LINK, "hours": hours})


def appointment(*, page: str, phone: str) -> MailText:
    """An appointment, at booking and before it; without the day, which nobody has allowed to be said."""
    told = _("You have an appointment. Where, and what to bring: %(page)s To change it, call %(phone)s.")
    return _of_appointment(told, page, phone)


def appointment_changed(*, page: str, phone: str) -> MailText:
    told = _("The time of your appointment has changed. See it here: %(page)s Questions: %(phone)s.")
    return _of_appointment(told, page, phone)


def appointment_canceled(*, page: str, phone: str) -> MailText:
    told = _("Your appointment will not take place. More here: %(page)s Questions: %(phone)s.")
    return _of_appointment(told, page, phone)


def _of_appointment(told: str, page: str, phone: str) -> MailText:
    """With the link that stops them: nobody asked for these."""
    stop = _("Stop these messages: %(stop)s") % {"stop": STOP}
    return MailText(_("Your appointment"), f"{told % {'page': page, 'phone': phone}}\n{stop}")


def unfinished(*, day: str, phone: str) -> MailText:
    """A reminder, by mail or text; ``day`` is the one on which it is deleted."""
    told = _(
        "You started something and did not finish it. Go on here: %(link)s\n"
        "We delete it on %(day)s. Questions: %(phone)s.\n"
        "Stop these messages, or delete it now: %(stop)s"
    )
    return MailText(
        _("You asked us to remind you"), told % {"link": LINK, "stop": STOP, "day": day, "phone": phone}
    )
