"""The forms for asking the patient, and for canceling the question."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.fields import Field
from intake.locations import settings_of
from intake.questionnaire import amendments
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.page import Page
from intake.questionnaire.part_two import PART_TWO
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Referral
from treatments.triage import questions
from treatments.workflow.actions.questions import ASK_PATIENT, CANCEL_QUESTION


class AskForm(ActionForm):
    """Which questions of the dictionary to ask again, and in which words; what the rules ask for is ticked."""

    action = ASK_PATIENT
    fields = forms.MultipleChoiceField(  # type: ignore[assignment]  # Django makes its own dict of it
        label=_("Questions for the patient"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question.")},
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

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        submission = referral.submission
        self.askable = self.readable(amendments.askable(submission.current, settings_of(None).suicide_screen))
        choices = [(field.path, field.question) for _page, own in self.askable for field in own]
        cast(Any, self.fields)["fields"].choices = choices
        known = {path for path, _question in choices}
        self.initial["fields"] = [path for path in self.asked_by_rules(referral) if path in known]

    def readable(self, askable: list[tuple[Page, list[Field]]]) -> list[tuple[Page, list[Field]]]:
        """Without the questions whose answers this reader may not read: which apply would tell of others."""
        kept = [
            (page, [field for field in own if self.redaction.may_read(field.path)]) for page, own in askable
        ]
        return [(page, own) for page, own in kept if own]

    def asked_by_rules(self, referral: Referral) -> list[str]:
        assessment = self.redaction.assessment(referral)
        return questions.asked_by_rules(assessment) if assessment else []

    def groups(self) -> list[dict]:
        """The boxes by page; a page with a ticked one is open."""
        boxes = {box.data["value"]: box for box in self["fields"].subwidgets}
        sections = {section.slug: section.title for section in (*INTAKE.sections, *PART_TWO.sections)}
        groups = []
        for page, own in self.askable:
            ticked = sum(boxes[field.path].data["selected"] for field in own)
            own_boxes = [boxes[field.path] for field in own]
            groups.append(
                {"section": sections[page.section], "page": page, "ticked": ticked, "boxes": own_boxes}
            )
        return groups


class CancelQuestionForm(ActionForm):
    action = CANCEL_QUESTION
    note = note(_("Note"), required=False)
