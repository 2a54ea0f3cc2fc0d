"""One form per page of questions, and the question under a list."""

import copy
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from intake.fields import Field, Kind
from intake.fields.kinds import Answers, Text
from intake.forms.checking import check_dates, check_pressure, not_yet, on_day
from intake.forms.fields import (
    initial_of,
    item_list,
    items_elsewhere,
    page_fields,
    questions_of,
    stored_value,
)
from intake.forms.follow_ups import follow_ups_of
from intake.forms.meant import TYPED_BEFORE, KeptAsTyped, typed_in
from intake.forms.rendered import ClinicForm
from intake.forms.stand_ins import (
    covered,
    folded_on,
    said_instead,
    shown_fields,
    shown_instead,
    stand_ins_of,
)
from intake.forms.typed_fields import TypedPhone
from intake.forms.wishes import wishes_on
from intake.questionnaire.asking import is_asked
from intake.questionnaire.page import Page
from intake.questionnaire.shape import HELP

PHONE, EMAIL = "about-phone", "about-email"  # one of them is needed
FORM_ID = "answers"  # for buttons that stand outside of the form


def helper(*, submit: Text = "") -> FormHelper:
    made = FormHelper()
    made.attrs = {"novalidate": True}
    made.form_id = FORM_ID
    made.form_method = "post"
    made.form_show_errors = False  # the page's template places the summary above its heading
    made.add_input(Submit("continue", submit or _("Save and continue")))
    return made


QUESTIONS = helper()


class SavedByPart(KeptAsTyped, ClinicForm):
    """A page's form of which the sound answers are kept even where another one is faulty."""

    #: whether a blank leaves what was stored before, on a page that is left unfinished
    keeps_blanks = False

    def unclear(self) -> list[str]:
        """The names of the fields in which something was typed or chosen that can't be kept."""
        return [name for name in self.fields if self.errors.get(name) and typed_in(self[name].data)]

    def blanks(self) -> list[str]:
        """The names of the fields that were answered before and stand blank now."""
        if not self.keeps_blanks:
            return []
        known = [name for name in self.fields if typed_in(self.initial.get(name))]
        return [name for name in known if not typed_in(self[name].data)]

    def is_whole(self) -> bool:
        """Whether nothing that was typed is faulty; what is blank may still be wanted."""
        return not self.unclear() and not self.non_field_errors()


class PageForm(SavedByPart):
    """The form of one page. ``answers`` are the ones stored so far; only what applies to them is asked.

    ``today`` stands beside them, as an ISO date: no answer is a later one. ``wishes`` is what is asked on the page
    beside its answers (``intake.forms.wishes``): name -> what is shown there. ``unread`` are words kept so far: path
    -> words.
    """

    keeps_blanks = True

    def __init__(
        self,
        page: Page,
        answers: Answers,
        screen: str,
        data: Mapping | None = None,
        *,
        wishes: Mapping[str, Any] | None = None,
        unread: Mapping[str, str] | None = None,
    ):
        self.page, self.answers = page, answers
        self.following = follow_ups_of(page)
        self.folded, self.fold_words = folded_on(page)
        self.today = date.fromisoformat(answers["today"])
        self.helper = helper() if page.slug == HELP else QUESTIONS
        wished = wishes or {}
        # A page opened before some of its questions became one posts them one by one, and is read so.
        self.stand_ins = () if data is not None and covered(page) & data.keys() else stand_ins_of(page)
        super().__init__(
            data,
            initial=initial_of(page, answers)
            | {name: wished[name] for name in page.wishes if wished.get(name)}
            | shown_instead(self.stand_ins, answers),
        )
        unasked = {
            name
            for name, owner, question, _place in questions_of(page)
            if not (is_asked(question, owner, answers, screen) or self._may_follow(name, owner, screen))
        } | {name for name in page.wishes if name not in wished}
        fields = shown_fields(page) if self.stand_ins else page_fields(page) | wishes_on(page)
        asked = {name: field for name, field in fields.items() if name not in unasked}
        self.fields = {
            name: on_day(_not_forced(page, name) if name in self.following.by_name else field, self.today)
            for name, field in asked.items()
        }
        if unread:
            self.unread = {name: unread[path] for name, path in self.paths if path in unread}
            self.show_unread()
        self._keep_typed()

    @property
    def paths(self) -> list[tuple[str, str]]:
        """The name and the path of each question that is one answer, the name of what stands for it where one does."""
        instead = {old: new for each in self.stand_ins for old, new in each.places.items()}
        return [
            (
                instead.get(name, name),
                f"{owner.path}.{question.key}" if owner.kind is Kind.GROUP else owner.path,
            )
            for name, owner, question, place in questions_of(self.page)
            if place is None and instead.get(name, name)
        ]

    def _keep_typed(self) -> None:
        """A number that can't be read is asked about once, then kept as typed; not where it is the only way."""
        for name, field in self.fields.items() if self.is_bound else ():
            if isinstance(field, TypedPhone) and (name != PHONE or typed_in(self.data.get(EMAIL))):
                made = self.fields[name] = copy.copy(field)  # the page's own is everybody's
                made.kept = self.data.get(TYPED_BEFORE + name, "").strip() or self.initial.get(name, "")

    def typed_before(self) -> list[tuple[str, str]]:
        phones = [name for name in self.errors if isinstance(self.fields.get(name), TypedPhone)]
        return [*super().typed_before(), *((TYPED_BEFORE + name, self.words_in(name)) for name in phones)]

    def is_unread(self, name: str) -> bool:
        only_way = name == EMAIL and not typed_in(self.data.get(PHONE))
        return super().is_unread(name) and not only_way

    def to_unread(self, *, blanks: bool) -> dict[str, str]:
        """What is to be kept as typed, by path; see ``newly_unread``."""
        if not (self.unread or self.meant):
            return {}
        paths = dict(self.paths)
        return {paths[name]: words for name, words in self.newly_unread(blanks=blanks).items()}

    def _may_follow(self, name: str, owner: Field, screen: str) -> bool:
        """Whether an answer on this page may ask ``name``: it stands there all the same, under that answer."""
        if name not in self.following.by_name or owner.screen not in ("", screen):
            return False
        return owner.kind not in (Kind.GROUP, Kind.ITEMS) or owner.asked_when(self.answers)

    def _check_follow_ups(self, cleaned: dict) -> None:
        """A follow-up is needed where it was asked, and no fault where it was not."""
        for name, _owner, question, _place in questions_of(self.page):
            follows = self.following.by_name.get(name)
            if follows is None or name not in self.fields:
                continue
            if cleaned.get(follows.parent) in follows.opens:
                if question.required and name not in self.errors and cleaned.get(name) in (None, ""):
                    self.add_error(name, self.fields[name].error_messages["required"])
            elif self.following.closes(name, self.cleaned_data) and name in self.errors:
                del self.errors[name]

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        self._check_follow_ups(cleaned)
        check_dates(self, self.today)
        check_pressure(self, cleaned)
        for each in self.stand_ins:
            each.check(self)
        if {PHONE, EMAIL} <= self.fields.keys():
            self._check_contact(cleaned)
        if "about-date_of_birth" in self.fields:
            check_birth(self, "about-date_of_birth", self.today)
        self.keep_meant()
        return cleaned

    def _check_contact(self, cleaned: dict) -> None:
        given = [(cleaned.get(name) or "").strip() for name in (PHONE, EMAIL)]
        if not any(given) and not self.errors:
            self.add_error(PHONE, _("Phone or email: write one of them"))

    def to_answers(self) -> dict[str, dict]:
        """What the page says, as ``Submission.save_page`` takes it: section -> key -> value or None."""
        answers: dict[str, dict] = {}
        for name, owner, question, place in questions_of(self.page):
            section = answers.setdefault(owner.section, {})
            if name not in self.fields:
                continue
            if question.page != self.page.slug and name not in self.data:
                continue  # asked again here, but not on the page that was posted
            value = stored_value(self.cleaned_data.get(name), question)
            if value is None and place is None and self.following.closes(name, self.cleaned_data):
                continue  # what was said while it was asked stays until it is sent
            if place is not None:
                section.setdefault(owner.key, items_elsewhere(owner, self.answers, self.page))[place] = value
            elif owner.kind is Kind.GROUP:
                section.setdefault(owner.key, {})[question.key] = value
            else:
                section[owner.key] = value
        for part, key, value in said_instead(self.stand_ins, self.cleaned_data, self.answers):
            answers.setdefault(part, {})[key] = value
        for owner in self.page.fields:
            if owner.kind is Kind.ITEMS:
                items = answers[owner.section].get(owner.key)
                answers[owner.section][owner.key] = items and item_list(owner, items)
        return self._stamped(answers)

    def _stamped(self, answers: dict[str, dict]) -> dict[str, dict]:
        """``answers`` with what the page writes in by itself."""
        for owner in self.page.fields:
            if owner.stamped:
                stamp = self.page.stamps.get(owner.key) or self.today.isoformat()
                answers.setdefault(owner.section, {})[owner.key] = stamp
        return answers

    def to_sound_answers(self, *, stamped: bool = False) -> dict[str, dict]:
        """What a page with a fault, or that is left, says all the same, as ``to_answers`` does.

        It adds and changes, and takes nothing out: a blank is no answer yet, and a list of items keeps those
        that were stored. Nothing is stamped unless it is to be ``stamped``.
        """
        sound: dict[str, dict] = {}
        items: dict[str, list] = {}
        for name, owner, question, place in questions_of(self.page):
            value = stored_value(self.cleaned_data.get(name), question) if name in self.fields else None
            if place is not None:
                values = items.setdefault(owner.path, items_elsewhere(owner, self.answers, self.page))
                values[place] = self.initial.get(name) if value is None else value
            elif value is not None and owner.kind is Kind.GROUP:
                sound.setdefault(owner.section, {}).setdefault(owner.key, {})[question.key] = value
            elif value is not None:
                sound.setdefault(owner.section, {})[owner.key] = value
        for part, key, value in said_instead(self.stand_ins, self.cleaned_data, self.answers):
            if value is not None:
                sound.setdefault(part, {})[key] = value
        for owner in self.page.fields:
            values = items.get(owner.path, [])
            # A list that can't hold a gap waits until each of its items is answered.
            if any(item is not None for item in values) and (owner.nullable or None not in values):
                sound.setdefault(owner.section, {})[owner.key] = values
        return self._stamped(sound) if stamped and sound else sound


@cache
def _not_forced(page: Page, name: str) -> forms.Field:
    """The field of a follow-up, which is needed only where the form finds that it was asked."""
    made = copy.copy(page_fields(page)[name])
    made.required = False
    return made


def check_birth(form: forms.Form, name: str, today: date) -> None:
    birth = form.cleaned_data.get(name)
    if birth and birth > today:
        form.add_error(name, not_yet(form, name))
    elif birth and today.year - birth.year > 130:
        form.add_error(name, _("Date of birth: check the year"))
