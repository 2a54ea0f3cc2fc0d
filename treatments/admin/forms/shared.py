"""What the forms of all actions share: checked for shape only, permission and state are triage's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.models import Consult, Referral
from treatments.reading.redaction import Redaction
from treatments.triage.mentions import why_not_named
from treatments.workflow import NEXT_ACTOR_WORDS, Reason
from treatments.workflow.actions.row import Action
from treatments.workflow.reasons import Coded

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 10_000  # characters of a note
SEEN = ("seen_version", "seen_event")

# The form of each action, by its key: filled as the modules of this package are imported.
FORMS: dict[str, type["ActionForm"]] = {}


class ActionForm(forms.Form):
    """``action`` is the row whose details the form asks for.

    ``seen_version`` is the version that the page showed: the referral's, for a team's action the consult's own.
    ``seen_event`` is the last event that its reader could see then: a stale page tells what came after it.
    """

    action: Action
    redaction: Redaction
    template = "admin/treatments/action.html"
    # The words on the button, where they are not the action's; and on a second one, which sends ``another``.
    button: Text = ""
    another_button: Text = ""
    # The names of buttons that only ask for more of the page: the form then takes ``typed``.
    more_buttons: tuple[str, ...] = ()
    # Whether its page may be opened for one need of a payer; the form then takes ``need``, as the address names it.
    takes_need = False
    # The keywords that the action gets, where they are not the fields themselves.
    keywords: tuple[str, ...] = ()

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    seen_event = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1
    )

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        if "action" in vars(cls):
            FORMS[cls.action.key] = cls

    def __init__(self, data=None, *, referral, redaction, consult=None, seen_event=None, **kwargs):
        seen = dict(zip(SEEN, ((consult or referral).version, seen_event), strict=True))
        super().__init__(data, initial=seen, **kwargs)
        self.redaction = redaction

    @classmethod
    def asks_for(cls) -> set[str]:
        """The keywords that the action gets from this form."""
        return set(cls.keywords or cls.base_fields) - set(SEEN)

    def asked(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {key: value for key, value in self.cleaned_data.items() if key not in SEEN}

    def shows(self, referral: Referral) -> dict[str, Any]:
        """What stands on the page beside the form, for its template."""
        return {}

    def beside_it(self) -> list[Referral]:
        """Other people whom the page shows too: each is a look at them."""
        return []

    @classmethod
    def when_done(cls, row: Referral | Consult) -> "StrOrPromise":
        """What the next page says of the finished action."""
        return str(cls.action.done)

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        """Where the finished action leads: an address, "" for the page it came from."""
        return ""


class WithMentions(ActionForm):
    """Of a ``note`` that may name colleagues: a name that means nobody who may read it is said at the field."""

    def __init__(self, data=None, *, referral, consult=None, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        self.consult = consult

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        consult = sent.get("consult") or self.consult
        if wrong := why_not_named(sent.get("note", ""), consult.treatment if consult else None):
            self.add_error("note", wrong)
        return sent


class WithoutReading(ActionForm):
    """Of an action by somebody who reads no patient: its page shows nothing of the person, and leads back to theirs."""

    template = "admin/treatments/keeping_action.html"

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        return reverse("admin:treatments_event_keeping")


def note(
    label: "StrOrPromise", *, required: bool = True, rows: int = 4, help_text: "StrOrPromise" = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
    )


MENTIONING = _("“@” and a user name, as in @jdoe, tells a colleague who may read this.")


def day(label: "StrOrPromise", *, required: bool = True) -> forms.DateField:
    """A day, with the browser's own calendar; typed where it has none."""
    return forms.DateField(
        label=label,
        help_text=_("Where no calendar opens, type year, month, day: for example 2026-12-31."),
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


def coded(rows: Mapping[str, Coded]) -> list[tuple[str, Text]]:
    return [
        (code, _("%(label)s (needs a note)") % {"label": row.label} if row.note_required else row.label)
        for code, row in rows.items()
    ]


def coded_with_next(rows: Mapping[str, Reason]) -> list[tuple[str, Text]]:
    """The reasons, each with who acts next."""
    return [
        (
            code,
            _("%(label)s. Next: %(who)s.") % {"label": label, "who": NEXT_ACTOR_WORDS[rows[code].next_actor]},
        )
        for code, label in coded(rows)
    ]
