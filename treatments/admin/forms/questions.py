"""The forms for asking the patient, and for canceling the question."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from intake.fields import Field
from intake.locations import settings_of
from intake.questionnaire import amendments
from intake.questionnaire.page import Page
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Referral
from treatments.reading.clinic_texts import question_starts
from treatments.reading.payer_view import asked_by_need
from treatments.triage import questions
from treatments.workflow.actions.questions import ASK_PATIENT, CANCEL_QUESTION


class AskForm(ActionForm):
    """Which questions of the dictionary to ask again, and in which words.

    All that is ticked stands in one list, what the rules ask for first; any other question is put on it by its name.
    """

    action = ASK_PATIENT
    keywords = ("fields", "message", "note")
    more_buttons = ("add", "begin")
    takes_need = True
    template = "admin/treatments/ask_patient.html"

    another = forms.ChoiceField(
        label=_("Another question"), required=False, help_text=_("Type its first letters to find it.")
    )
    fields = forms.MultipleChoiceField(  # type: ignore[assignment]  # Django makes its own dict of it
        label=_("Questions for the patient"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question.")},
    )
    start = forms.ChoiceField(
        label=_("Start the message from"),
        required=False,
        help_text=_("The sentences are the clinic's own. They are put in as the person reads them."),
    )
    message = forms.CharField(
        label=_("Message to the patient, in plain words"),
        help_text=_(
            "They read it on the status page. A mail, where one may be sent, says only that a question waits."
        ),
        max_length=questions.LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 4}),
    )
    note = note(_("Note for staff (optional): the patient never reads it"), required=False, rows=2)

    def __init__(self, data=None, *, referral, typed=None, need="", **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        submission = referral.submission
        askable = self.readable(amendments.askable(submission.current, settings_of(None).suicide_screen))
        self.known = {field.path: field.question for _page, own in askable for field in own}
        wanted = asked_by_need(self.redaction, referral, need) or self.asked_by_rules(referral)
        asked = [path for path in wanted if path in self.known]
        sent = data if data is not None else typed
        ticked = asked if sent is None else list(filter(self.known.get, sent.getlist("fields")))
        self.added = (sent.get("another") if sent is not None else "") or ""
        if self.added in self.known and self.added not in ticked:
            ticked.append(self.added)
        self.initial["fields"] = ticked
        language = submission.language or settings.LANGUAGE_CODE
        self.starts = question_starts(language)
        if typed is not None:
            self.initial.update({name: typed.get(name, "") for name in ("message", "note", "start")})
            if "begin" in typed:
                self.initial.update(self.begun(typed))
        listed = amendments.in_order({*asked, *ticked})
        every: Any = self.fields
        every["fields"].choices = [(path, self.known[path]) for path in listed]
        every["start"].choices = [("", _("Choose a sentence"))] + [
            (each.key, each.label) for each in self.starts
        ]
        every["another"].choices = [("", _("Choose a question"))] + [
            (str(page.heading), rows)
            for page, own in askable
            if (rows := [(field.path, field.question) for field in own if field.path not in listed])
        ]

    def begun(self, typed: QueryDict) -> dict[str, str]:
        """The message with the chosen sentence after what stood there; the choice is then free again."""
        chosen = next((each.words for each in self.starts if each.key == typed.get("start")), "")
        message = "\n\n".join(filter(None, (typed.get("message", "").strip(), chosen)))
        return {"message": message, "start": ""}

    @property
    def on_list(self) -> BoundField:
        """The list: ``form.fields`` is Django's own in a template."""
        return self["fields"]

    def readable(self, askable: list[tuple[Page, list[Field]]]) -> list[tuple[Page, list[Field]]]:
        """Without the questions whose answers this reader may not read: which apply would tell of others."""
        kept = [
            (page, [field for field in own if self.redaction.may_read(field.path)]) for page, own in askable
        ]
        return [(page, own) for page, own in kept if own]

    def asked_by_rules(self, referral: Referral) -> list[str]:
        assessment = self.redaction.assessment(referral)
        return questions.asked_by_rules(assessment) if assessment else []

    def asked(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in self.keywords}

    def clean_start(self) -> str:
        """Nothing is sent that whoever asks has not read in the message."""
        if self.cleaned_data.get("start"):
            raise forms.ValidationError(_("Put it into the message first, so that you see what is sent."))
        return ""

    def clean_another(self) -> str:
        """Nothing is sent that did not stand on the list when the button was pressed."""
        if self.cleaned_data.get("another"):
            raise forms.ValidationError(_("Add it to the list first, so that you see all that is asked."))
        return ""


class CancelQuestionForm(ActionForm):
    action = CANCEL_QUESTION
    note = note(_("Note"), required=False)
