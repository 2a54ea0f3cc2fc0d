"""The forms of the actions: each one decision, checked for shape only; permission and state are triage's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.fields import Field
from intake.locations import settings_of
from intake.questionnaire import amendments
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import Page
from treatments import catalog, triage
from treatments.models import Consult
from treatments.workflow import CLOSE_REASONS, NEXT_ACTOR_WORDS, RETURN_REASONS, VERDICTS, Reason
from treatments.workflow.priorities import PRIORITY_WORDS, Priority

LONGEST = 10_000  # characters of a note


class ActionForm(forms.Form):
    """``seen`` is the version that the page showed: the referral's, for a team's action the consult's own.

    ``last`` is the last event that its reader could see then: a stale page tells what came after it.
    """

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    last = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)

    def __init__(self, data=None, *, referral, redaction, consult=None, last=None, **kwargs):
        super().__init__(data, initial={"seen": (consult or referral).version, "last": last}, **kwargs)
        self.redaction = redaction

    def asked(self) -> dict:
        """The keyword arguments of the action."""
        return {key: value for key, value in self.cleaned_data.items() if key != "last"}


def note(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
    )


def day(label: str, *, required: bool = True) -> forms.DateField:
    """A day, with the browser's own calendar; typed where it has none."""
    return forms.DateField(
        label=label,
        help_text=_("Where no calendar opens, type year, month, day: for example 2026-12-31."),
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


def coded(rows: dict) -> list[tuple[str, str]]:
    return [
        (row.code, _("%(label)s (needs a note)") % {"label": row.label} if row.note_required else row.label)
        for row in rows.values()
    ]


def coded_with_next(rows: dict[str, Reason]) -> list[tuple[str, str]]:
    """The reasons, each with who acts next."""
    return [
        (
            code,
            _("%(label)s. Next: %(who)s.") % {"label": label, "who": NEXT_ACTOR_WORDS[rows[code].next_actor]},
        )
        for code, label in coded(rows)
    ]


class RadiosWithRefusals(forms.RadioSelect):
    """Shows a choice that is ``refused`` now disabled, with the sentence that says why."""

    refused: dict[str, str] = {}

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        if value in self.refused:
            option["label"] = f"{label} {self.refused[value]}"
            option["attrs"] = {**option["attrs"], "disabled": True}
        return option


class NothingMore(ActionForm):
    pass


class RouteForm(ActionForm):
    treatments = forms.MultipleChoiceField(
        label=_("Consult queues"),
        choices=catalog.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one consult queue.")},
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[(each.value, words) for each, words in PRIORITY_WORDS.items()],
        coerce=int,
        initial=Priority.ROUTINE.value,
        empty_value=Priority.ROUTINE.value,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = note(
        _("Reason (required where a finding says “clinician first”)"),
        required=False,
        help_text=_("Every team that you route to reads it: name no other team here."),
    )


class AskForm(ActionForm):
    """Which questions of the dictionary to ask again, and in which words; what the rules ask for is ticked."""

    fields = forms.MultipleChoiceField(
        label=_("Questions for the patient"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question.")},
    )
    message = forms.CharField(
        label=_("Message to the patient, in plain words"),
        help_text=_(
            "They read it on the status page. A mail, where one may be sent, says only that a question waits."
        ),
        max_length=triage.LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 4}),
    )
    note = note(_("Note for staff (optional): the patient never reads it"), required=False, rows=2)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        submission = referral.submission
        self.askable = self.readable(amendments.askable(submission.current, settings_of(None).suicide_screen))
        choices = [(field.path, field.question) for _page, own in self.askable for field in own]
        self.fields["fields"].choices = choices
        known = {path for path, _question in choices}
        self.initial["fields"] = [path for path in self.asked_by_rules(referral) if path in known]

    def readable(self, askable: list[tuple[Page, list[Field]]]) -> list[tuple[Page, list[Field]]]:
        """Without the questions whose answers this reader may not read: which apply would tell of others."""
        kept = [
            (page, [field for field in own if self.redaction.may_read(field.path)]) for page, own in askable
        ]
        return [(page, own) for page, own in kept if own]

    def asked_by_rules(self, referral) -> list[str]:
        assessment = self.redaction.assessment(referral)
        return triage.asked_by_rules(assessment) if assessment else []

    def groups(self) -> list[dict]:
        """The boxes by page; a page with a ticked one is open."""
        boxes = {box.data["value"]: box for box in self["fields"].subwidgets}
        sections = {section.slug: section.title for section in INTAKE.sections}
        groups = []
        for page, own in self.askable:
            ticked = sum(boxes[field.path].data["selected"] for field in own)
            own_boxes = [boxes[field.path] for field in own]
            groups.append(
                {"section": sections[page.section], "page": page, "ticked": ticked, "boxes": own_boxes}
            )
        return groups


class CancelQuestionForm(ActionForm):
    note = note(_("Note"), required=False)


class CloseForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=coded_with_next(CLOSE_REASONS), widget=RadiosWithRefusals
    )
    note = note(_("Note"), required=False)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        self.fields["reason"].widget.refused = triage.why_not_close_for(referral)


class ReopenForm(ActionForm):
    note = note(_("Why is it reopened?"))


class NoteForm(ActionForm):
    note = note(_("Note"))


class WithdrawForm(ActionForm):
    consult = forms.ModelChoiceField(
        queryset=Consult.objects.none(), label=_("Consult"), widget=forms.RadioSelect, empty_label=None
    )
    note = note(_("Why is it withdrawn?"))

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        field = self.fields["consult"]
        # One that was just withdrawn is taken too: the same action sent twice is the same as once.
        field.queryset = referral.consults.all()
        field.widget.choices = [(each.pk, each.get_treatment_display()) for each in referral.consults.open()]


class ReleaseHoldForm(ActionForm):
    """A licensed clinician's assessment; the level and the plan are theirs, never the product's."""

    ideation = note(_("Ideation: thoughts of suicide or of harming others"), rows=2)
    plan = note(_("Plan"), rows=2)
    intent = note(_("Intent"), rows=2)
    behavior = note(_("Behavior: past attempts and preparations"), rows=2)
    risk_factors = note(_("Risk factors"), rows=2)
    protective_factors = note(_("Protective factors"), rows=2)
    level = forms.ChoiceField(
        label=_("Overall level of risk, in your judgment"),
        choices=(("low", _("Low")), ("moderate", _("Moderate")), ("high", _("High"))),
        widget=forms.RadioSelect,
    )
    next_steps = note(_("Plan to lower the risk, and who does what by when"), rows=3)

    def asked(self) -> dict:
        told = dict(self.cleaned_data)
        return {"seen": told.pop("seen"), "recorded": {key: told[key] for key in triage.RECORDED}}


class ReturnForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=coded_with_next(RETURN_REASONS), widget=forms.RadioSelect
    )
    note = note(_("Note"), required=False)
    verdict = forms.ChoiceField(
        label=_("What do you think of this referral? (optional)"),
        help_text=_(
            "The coordinators read it. Once you have returned the consult you can't say it any more."
        ),
        choices=coded(VERDICTS),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        if hasattr(consult, "feedback") and not self.is_bound:
            del self.fields["verdict"]


class BookForm(ActionForm):
    day = day(_("Day of the first visit"))


class RescheduleForm(ActionForm):
    day = day(_("New day of the visit"))

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        self.initial["day"] = consult.booked_for


class AcknowledgeForm(forms.Form):
    use_required_attribute = False
    done = note(_("What was done? For example who called, when, and what was agreed."))
