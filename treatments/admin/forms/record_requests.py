"""The forms of requests for records, and of what is printed for them; checked for shape only."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from intake.locations import settings_of
from intake.times.moments import short_day
from treatments.admin.forms.shared import ActionForm, day, note
from treatments.admin.forms.visits import LONGEST
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import row_url, subject_of
from treatments.models import Consult, PrintedPaper, RecordRequest, Referral
from treatments.reading.papers import number_of
from treatments.reading.payer_view import records_of_need
from treatments.reading.records import askable, asked_in_words, release_ends, request_at
from treatments.workflow import ReferralState, RequestState
from treatments.workflow.actions import record_requests as rows
from treatments.workflow.actions.evidence import ADD_EVIDENCE
from treatments.workflow.papers import RELEASE_LINES
from treatments.workflow.record_requests import RECORD_HOLDERS
from treatments.workflow.states import OPEN_REQUEST_STATES

MOST_PAGES = 9_999
LONGEST_LINE = 300


def named(request: RecordRequest) -> str:
    """By its number, who is asked and where it stands."""
    parts = [number_of(request), request.to_name, str(request.state_label)]
    return ", ".join([*parts, *([short_day(request.sent_on)] if request.sent_on else [])])


def line(
    label: Any, *, required: bool = True, help_text: Any = "", longest: int = LONGEST
) -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=longest)


def number_to_dial(label: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput({"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=40, widget=widget)


def printed(request: HttpRequest, row: Referral | Consult) -> str:
    """The page of the paper that this person has just printed."""
    about = row.referral if isinstance(row, Consult) else row
    paper = PrintedPaper.objects.filter(referral=about, by=user_of(request)).latest("pk")
    model = f"{row.treatment}consult" if isinstance(row, Consult) else "referral"
    return reverse(f"admin:treatments_{model}_paper", args=[row.pk, paper.pk])


class RequestRecordForm(ActionForm):
    """Opened for a need of the payer, it is filled in from what the need is about."""

    action = rows.REQUEST_RECORD
    takes_need = True
    button = _("Keep the request")
    to_role = forms.ChoiceField(
        label=_("Who is asked?"), choices=[*RECORD_HOLDERS.items()], widget=forms.RadioSelect
    )
    to_name = line(_("Their name"))
    phone = number_to_dial(_("Phone (optional)"))
    fax = number_to_dial(_("Fax (optional)"))
    what = line(
        _("Which records exactly?"),
        help_text=_("One line, for example: fills of sertraline since 2024: dose, dates. It is printed."),
        longest=LONGEST_LINE,
    )
    paths = forms.MultipleChoiceField(
        label=_("Which answers is it about? (optional)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data=None, *, referral, redaction, consult=None, need="", **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, consult=consult, **kwargs)
        if consult is None or need.partition(".")[0] == consult.treatment:
            wanted = records_of_need(redaction, referral, need)
            words = Truncator(asked_in_words(wanted)).chars(LONGEST_LINE)
            self.initial.update(paths=[path for path, _words in wanted], what=words)
        choices = askable(redaction, referral.submission)
        if choices:
            cast(forms.MultipleChoiceField, self.fields["paths"]).choices = choices
        else:
            del self.fields["paths"]


class WhichRequest(ActionForm):
    """Asks which request it is about where several are in one of its ``states``."""

    states: Collection[RequestState] = OPEN_REQUEST_STATES
    request = forms.TypedChoiceField(label=_("Which request?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data=None, *, referral, redaction, **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, **kwargs)
        own = referral.record_requests.for_user(redaction.user).filter(state__in=self.states)
        self.found = list(own.order_by("-pk"))
        if len(self.found) < 2:
            del self.fields["request"]
        else:
            choices = [(request.pk, named(request)) for request in self.found]
            cast(forms.ChoiceField, self.fields["request"]).choices = choices


class WithDay(WhichRequest):
    """What happened on a day, today where nobody says another."""

    day = day(_("On which day?"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.initial["day"] = timezone.localdate()


class RecordReleaseForm(WhichRequest):
    action = rows.RECORD_RELEASE
    day = day(_("On which day did the person sign it?"))


class SendRequestForm(WithDay):
    action = rows.SEND_REQUEST
    states = rows.leading_to(RequestState.SENT)
    due = day(_("Answer due (10 working days later where you leave it empty)"), required=False)


class ChaseRequestForm(WhichRequest):
    action = rows.CHASE_REQUEST
    states = rows.leading_to(RequestState.CHASED)
    note = note(_("How, and what did they say?"), required=False)
    due = day(_("Answer due (5 working days from today where you leave it empty)"), required=False)


class ReceiveRecordForm(WithDay):
    action = rows.RECEIVE_RECORD
    states = rows.leading_to(RequestState.RECEIVED)
    came = note(_("What came?"), rows=2)
    pages = forms.IntegerField(label=_("How many pages?"), min_value=1, max_value=MOST_PAGES)
    where = line(_("Where do they lie?"), help_text=_("For example: fax folder, page 3."))
    seen_by = line(_("Who has seen them?"))

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        """Where the request said what it is about, to the page on which staff say what the records show."""
        referral, consult = subject_of(row)
        user = user_of(request)
        if not ADD_EVIDENCE.is_for(user, consult.treatment if consult else None):
            return ""
        last = referral.events.filter(kind=cls.action.key, actor=user).latest("pk")
        came = request_at(user, referral, f"request.{last.details['request']}")
        if came is None or not came.paths or referral.state == ReferralState.CLOSED:
            return ""
        return f"{row_url(row)}{ADD_EVIDENCE.key}/?need=request.{came.pk}"


class RefuseRequestForm(WhichRequest):
    action = rows.REFUSE_REQUEST
    states = rows.leading_to(RequestState.REFUSED)
    note = note(_("Who refused, and why?"))


class CancelRequestForm(WhichRequest):
    action = rows.CANCEL_REQUEST
    states = rows.leading_to(RequestState.CANCELED)
    note = note(_("Why is it canceled?"))


# --- On paper ----------------------------------------------------------------------------------------------------


class OnPaper(WhichRequest):
    """Asks for the language where the clinic offers several; leads to the paper."""

    button = _("Make the page to print")
    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect, required=False)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        offered = [code for code in settings_of(None).offered_languages if code in RELEASE_LINES]
        names = dict(settings.LANGUAGES)
        if len(offered) < 2:
            del self.fields["language"]
        else:
            choices = [(code, names[code]) for code in offered]
            cast(forms.ChoiceField, self.fields["language"]).choices = choices
            self.initial["language"] = "en"

    def asked(self) -> dict[str, Any]:
        sent = super().asked()
        return {key: value for key, value in sent.items() if key != "language" or value}

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        return printed(request, row) if request.method == "POST" else ""


class PrintRequestForm(OnPaper):
    action = rows.PRINT_REQUEST


class PrintReleaseForm(OnPaper):
    action = rows.PRINT_RELEASE
    purpose = line(_("What are the records for?"), longest=160)
    until = day(_("Until which day does the release hold?"))
    substance_use = forms.BooleanField(
        label=_("With the separate consent for records of alcohol or drug treatment (42 CFR Part 2)"),
        required=False,
        help_text=_("The person ticks and signs it on paper. Without it such records are not released."),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.initial["purpose"] = _("planning my care at this clinic")
        self.initial["until"] = release_ends(timezone.localdate())
