"""The form for recording what somebody answers: who and when, what the rules wait for first, then any other question."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.fields.lookup import answer, field_path
from intake.forms.said import SaidForm
from intake.locations import settings_of
from intake.models import Amendment, Message
from intake.models.rung import rung_by
from intake.questionnaire import telling
from treatments.admin.forms.shared import SEEN, ActionForm
from treatments.models import Referral
from treatments.reading.open_questions import SAFETY, Section, open_sections, pages_of, title_of
from treatments.workflow.actions.record_answer import RECORD_ANSWER

EARLIER = "earlier"  # the section of the answers that were given already


class RecordAnswerForm(ActionForm):
    """Two forms in one: who said it, and in ``said`` the questions themselves.

    ``typed`` shows again what was typed, without judging it. ``shown`` are the questions on the page, each with its
    section, so that none vanishes while it is being answered.
    """

    action = RECORD_ANSWER
    template = "admin/treatments/record_answer.html"
    button = _("Save what was answered")
    keywords = (
        *("given", "notes", "as_told_by", "informant", "how", "said_at"),
        *("birth_date_said", "of_message"),
    )

    as_told_by = forms.ChoiceField(
        label=_("Who answers?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who answers: until then nothing is saved.")},
    )
    informant = forms.CharField(
        label=_("If somebody else: name, and from where"), required=False, max_length=200
    )
    birth_date_said = forms.BooleanField(label=_("Said the birth date"), required=False)
    how = forms.ChoiceField(
        label=_("How?"),
        choices=[(key, capfirst(words)) for key, words in telling.HOW.items()],
        widget=forms.RadioSelect,
        initial="phone",
    )
    said_at = forms.SplitDateTimeField(
        label=_("Began"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": str(_("Day on which it was said"))},
            time_attrs={"type": "time", "aria-label": str(_("Time at which it was said"))},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )
    began = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    of_message = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    change = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        data=None,
        *,
        referral: Referral,
        typed: QueryDict | None = None,
        message: Message | None = None,
        now: datetime | None = None,
        **kwargs,
    ):
        super().__init__(data, referral=referral, **kwargs)
        self.referral, self.now = referral, now or timezone.now()
        sent: Any = data if data is not None else typed
        self.message = message or self._message(sent)
        self._show_again(typed)
        if sent is None:
            self._begin(message)
        current = referral.submission.current
        tellable = telling.tellable(current, settings_of(None).suicide_screen)
        self.may = {field.path: field for field in tellable if self.redaction.may_read(field.path)}
        self.pages = pages_of(self.may)
        self._name_choices()
        self.sections = self._sections(sent)
        paths = [path for section in self.sections for path in section.paths]
        self.initial["shown"] = " ".join(
            f"{each.key}={path}" for each in self.sections for path in each.paths
        )
        self.said = SaidForm(
            paths,
            current,
            data,
            typed=typed,
            today=timezone.localdate(self.now),
            in_full=sent is None or telling.may_answer_in_full(sent.get("as_told_by"), sent.get("how")),
        )

    def _name_choices(self) -> None:
        every: Any = self.fields
        every["as_told_by"].choices = [
            (key, self.referral.name if key == telling.PATIENT else capfirst(words))
            for key, words in telling.WHO.items()
        ]
        every["change"].choices = [(field.path, field.question) for _page, own in self.pages for field in own]

    def _show_again(self, typed: QueryDict | None) -> None:
        if typed is not None:
            for name, made in self.fields.items():
                if name not in (*SEEN, "shown"):
                    self.initial[name] = made.widget.value_from_datadict(typed, {}, name)

    def _message(self, sent: Any) -> Message | None:
        number = str(sent.get("of_message", "")) if sent is not None else ""
        known = number.isascii() and number.isdecimal() and len(number) < 19
        return self.referral.submission.messages.filter(pk=int(number)).first() if known else None

    def _begin(self, message: Message | None) -> None:
        """A page that is opened: about this moment, or about the message in which it stood."""
        at = message.sent_at if message else self.now
        self.initial.update({"said_at": at, "began": at.isoformat()})
        if message is not None:
            self.initial.update(
                {"as_told_by": telling.PATIENT, "how": telling.MESSAGE, "of_message": message.pk}
            )

    def _sections(self, sent: Any) -> list[Section]:
        """The questions on the page by section: those that it showed, those chosen now, those the rules wait for.

        Of a page that was sent to be saved only its own: a question that it did not show was not left blank.
        """
        found: dict[str, Section] = {}
        if not self.is_bound:
            opened = open_sections(self.redaction, self.referral, self.may)
            found = {section.key: section for section in opened}
        placed = {path: key for key, section in found.items() for path in section.paths}
        for pair in (sent.get("shown", "") if sent else "").split():
            key, _equals, path = pair.partition("=")
            if path in self.may and placed.get(path) is None and title_of(key):
                found.setdefault(key, Section(key, title_of(key), [])).paths.append(path)
                placed[path] = key
        for path in sent.getlist("change") if sent else ():
            if path in self.may and path not in placed:
                found.setdefault(EARLIER, Section(EARLIER, title_of(EARLIER), [])).paths.append(path)
                placed[path] = EARLIER
        return sorted(found.values(), key=lambda section: section.place)

    # --- Judging ----------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("as_told_by") not in (None, telling.PATIENT) and not sent.get("informant", "").strip():
            self.add_error("informant", _("Write who it was that answered: name and place."))
        began, said_at = sent.get("began"), sent.get("said_at")
        if began and said_at and began.replace(second=0, microsecond=0) == said_at:
            sent["said_at"] = began  # the boxes hold no seconds
        self.said.is_valid()
        if not self.said.in_full and self.said.typed_in_full and sent.get("as_told_by"):
            self.add_error(
                "as_told_by",
                _(
                    "Suicide-risk screen, PHQ-9 and GAD-7 are answered by the person alone, by phone or in the room."
                    " None of their answers was saved."
                ),
            )
        return sent

    def is_safety(self, path: str) -> bool:
        return any(path in section.paths for section in self.sections if section.key == SAFETY)

    def sound(self, *, safety: bool) -> bool:
        """Whether all that is to be saved may be; with ``safety`` only those questions are."""
        return not self.errors and not self.said.faulty(self.is_safety if safety else anywhere)

    def given(self, *, safety: bool) -> dict[str, object]:
        """What was answered and this talk has not saved already; nothing where it is not known who answered."""
        within = self.is_safety if safety else anywhere
        answers = {} if self.errors else self.said.to_answers()
        given = {path: value for path, value in answers.items() if within(field_path(path))}
        return without_saved(given, self.saved_here())

    def rings(self, given: Mapping[str, object]) -> bool:
        """Whether one of the answers ``given`` is unsafe."""
        return bool(rung_by(given, {}, self.referral.submission.current, self.now))

    def saved_here(self) -> list[Amendment]:
        """What this talk has saved so far, first to last."""
        sent = self.cleaned_data
        who = (sent.get("as_told_by"), sent.get("how"), sent.get("said_at"), self.redaction.user.pk)
        return [
            made
            for made in self.referral.submission.made_amendments()
            if (made.as_told_by, made.how, made.said_at, made.by_id) == who and made.said_at
        ]

    def asked_with(self, given: Mapping[str, object]) -> dict[str, Any]:
        """The keyword arguments of the action for what is ``given``."""
        sent = self.cleaned_data
        keys = ("as_told_by", "informant", "how", "said_at", "birth_date_said", "of_message")
        return {key: sent[key] for key in keys} | {"given": dict(given), "notes": self.said.notes(given)}

    # --- Showing ----------------------------------------------------------------------------------------

    def parts(self) -> list[dict[str, Any]]:
        """The sections as the page shows them."""
        return [
            {
                "key": section.key,
                "title": section.title,
                "safety": section.key == SAFETY,
                "questions": [self.said.shown(path, section.entries) for path in section.paths],
            }
            for section in self.sections
        ]

    def choices(self) -> Iterable[tuple[Text, list[dict[str, Any]]]]:
        """Every other question by page, each with its answer as it stands, to be ticked."""
        boxes = {box.data["value"]: box for box in self["change"].subwidgets}
        shown = {path for section in self.sections for path in section.paths if section.key != EARLIER}
        current = self.referral.submission.current
        for page, own in self.pages:
            rows = [
                {"box": boxes[field.path], "given": answer(current, field.path) is not None}
                for field in own
                if field.path not in shown
            ]
            if rows:
                yield page.heading, rows


def anywhere(path: str) -> bool:
    return True


def without_saved(given: Mapping[str, object], saved: Iterable[Amendment]) -> dict[str, object]:
    """``given`` without the fields of which this talk has saved just that."""
    done = {path: after for made in saved for path, (_before, after) in made.changes.items()}
    fields: dict[str, dict[str, object]] = {}
    for path, value in given.items():
        fields.setdefault(field_path(path), {})[path] = value
    left: dict[str, object] = {}
    for own in fields.values():
        before = {path: done.get(path) for path in telling.told_whole(own)}
        if telling.told_whole(own) != before:
            left |= own
    return left
