"""The forms of a letter to a clinician outside and of the cover of a fax; checked for shape only."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.record_requests import MOST_PAGES, line, named, number_to_dial, printed
from treatments.admin.forms.shared import ActionForm, day
from treatments.models import Consult, Letter, Referral
from treatments.reading.letters import begin_text, may_write, offers, referred_by
from treatments.reading.papers import number_of
from treatments.workflow.actions.letters import PRINT_COVER, WRITE_LETTER

LONGEST_LETTER = 4_000  # characters; it must fit on one page besides


class WriteLetterForm(ActionForm):
    """Begins with the clinic's text for the newest occasion of which nobody has written yet."""

    action = WRITE_LETTER
    template = "admin/treatments/write_letter.html"
    button = _("Make the page to print")
    more_buttons = ("begin",)

    occasion = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    to_name = line(_("Which clinician does it go to?"))
    to_place = line(_("Address or fax (optional)"), required=False)
    confirmed = forms.BooleanField(label=_("I have made sure that this is the person’s clinician"))
    agreed = forms.BooleanField(label=_("The person agreed to this letter"), required=False)
    agreed_on = day(_("Agreed on"), required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea({"rows": 22}),
        help_text=_(
            "One page. {recipient} becomes the name above. Write nothing of suicide, of alcohol or drugs, "
            "of messages or of scores."
        ),
    )

    def __init__(self, data=None, *, referral, redaction, typed=None, **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, **kwargs)
        self.offers = offers(redaction.user, referral)
        cast(forms.ChoiceField, self.fields["occasion"]).choices = [
            (each.key, each.words) for each in self.offers
        ]
        self.said = referred_by(referral.submission)
        if may_write(referral.submission) is not None:
            del self.fields["agreed"], self.fields["agreed_on"]
        self.initial["to_name"] = self.said
        if typed is not None:
            kept = ("to_name", "to_place", "confirmed", "agreed", "agreed_on", "text")
            self.initial.update({name: typed.get(name, "") for name in kept})
        self._begin(referral, typed.get("occasion", "") if typed is not None else "")

    def _begin(self, referral: Referral, chosen: str) -> None:
        """The text of the occasion that was ``chosen``, or else comes first."""
        unwritten = [each for each in self.offers if not each.written]
        asked = [each for each in self.offers if each.key == chosen]
        offer = next(iter(asked or unwritten), None)
        if offer is not None:
            self.initial["occasion"] = offer.key
            self.initial["text"] = begin_text(
                offer, by=self.redaction.user, referral=referral, today=timezone.localdate()
            )

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        return printed(request, row) if request.method == "POST" else ""


class PrintCoverForm(ActionForm):
    """The number is typed twice: a fax that goes astray can't be taken back."""

    action = PRINT_COVER
    button = _("Make the page to print")
    keywords = ("about", "office", "fax", "phone", "pages")

    about = forms.ChoiceField(
        label=_("Which letter or request goes with it?"),
        widget=forms.RadioSelect,
        help_text=_(
            "Only its number stands on the cover. Without a letter or a request there is nothing to send."
        ),
    )
    office = line(
        _("To which office?"), help_text=_("No name of a patient: whoever stands at the machine reads it.")
    )
    fax = number_to_dial(_("Fax number"), required=True)
    fax_again = number_to_dial(_("Fax number, once more"), required=True)
    phone = number_to_dial(_("Phone (optional)"))
    pages = forms.IntegerField(label=_("Pages, the cover included"), min_value=1, max_value=MOST_PAGES)

    def __init__(self, data=None, *, referral, redaction, **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, **kwargs)
        requests = referral.record_requests.for_user(redaction.user).order_by("-pk")
        letters = Letter.objects.filter(referral=referral).for_user(redaction.user).order_by("-pk")
        cast(forms.ChoiceField, self.fields["about"]).choices = [
            *((number_of(each), named(each)) for each in requests if each.is_open),
            *((number_of(each), f"{number_of(each)}, {each.to_name}") for each in letters),
        ]

    def clean(self) -> dict[str, Any] | None:
        sent = super().clean() or {}
        if sent.get("fax") and sent.get("fax_again") and sent["fax"].strip() != sent["fax_again"].strip():
            self.add_error("fax_again", _("The two numbers differ."))
        return sent

    def asked(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in self.keywords}

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        return printed(request, row) if request.method == "POST" else ""
