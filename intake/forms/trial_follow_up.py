"""The second page of a medicine that was tried: what is asked of this depression alone."""

import copy
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.entry import EntryForm
from intake.forms.fields import not_offered
from intake.forms.fold import Fold
from intake.forms.follow_ups import following
from intake.forms.meant import typed_in
from intake.forms.trial import TrialForm, laid_out, merged, posted_beside
from intake.forms.widgets import RadioTiles
from intake.questionnaire.list_words import FollowUp
from intake.questionnaire.names import in_full
from intake.questionnaire.page import Page
from intake.questionnaire.when_taken import PARTS

ADDED, TO, TO_ONE, OTHER = "added_to_another", "added_to", "added_to_one", "other"
REASON, EFFECTS, SIGNS = "stopped_because", "side_effects", "warning_signs"
MONTHS = ("started", "stopped")


class FollowUpForm(EntryForm):
    """Of what is still taken its warning signs are asked, of all else why it was stopped.

    ``others`` are the names of the other medicines, as they were written: the ones that it may have been added to.
    """

    def __init__(
        self,
        page: Page,
        entry: Mapping | None,
        data: Mapping | None = None,
        *,
        today: date,
        others: Iterable[str] = (),
        unread: Mapping[str, str] | None = None,
    ):
        self.others = list(dict.fromkeys(filter(None, others)))
        super().__init__(page, entry, _boxed(data, self.others), today=today, unread=unread)
        still = self.stored.get(PARTS[0]) == "yes"
        words = follow_up_of(page)
        elsewhere = (REASON, "stopped") if still else (SIGNS,)
        made = {key: self.fields[key] for key in words.keys}
        if self.others:
            made = {TO_ONE: _one_of(self.others)} | made
        order = [
            key
            for part in words.keys
            for key in ((TO_ONE, TO) if part == TO and self.others else (part,))
            if key not in elsewhere
        ]
        self.fields = {key: made[key] for key in (*order, *posted_beside(made, self.data, order))}
        self._word(words)
        self._show_what_it_was_added_to()
        opens = [(ADDED, frozenset({"yes"}), key) for key in (TO_ONE, TO) if key in self.fields]
        if not still:
            opens.append((REASON, frozenset({EFFECTS}), EFFECTS))
        self.following = following(opens)
        folded = [key for key in self.fields if key in MONTHS or (still and key == EFFECTS)]
        title = _("Add the month, or side effects")
        fold = Fold(title if still else _("Add when you started and stopped it"), *folded)
        self.helper = laid_out(self, [*(key for key in self.fields if key not in folded), fold])

    def _word(self, words: FollowUp) -> None:
        """Questions in the words of this page, where what they follow on is known."""
        own = {**words.questions, **({TO: _("Another medicine: its name")} if self.others else {})}
        for key, question in own.items():
            if key in self.fields:
                self.fields[key] = copy.copy(self.fields[key])
                self.fields[key].label = question

    def _show_what_it_was_added_to(self) -> None:
        known = self.stored.get(TO)
        if known and self.others:
            self.initial[TO_ONE] = known if known in self.others else OTHER
            if known in self.others:
                self.initial.pop(TO, None)

    def clean(self) -> dict:
        cleaned = super().clean()
        if (one := cleaned.get(TO_ONE)) and one != OTHER:
            self.errors.pop(TO, None)
            cleaned[TO] = one
        for name, follows in self.following.by_name.items():
            chosen = cleaned.get(follows.parent)
            if name in self.errors and chosen and chosen not in follows.opens:
                del self.errors[name]  # out of sight
                cleaned[name] = self.stored.get(name)
        return cleaned

    def _entry(self) -> dict:
        return merged(self)


def follow_up_of(page: Page) -> FollowUp:
    """The second page of the page's entries, on a page that has one."""
    if page.follow_up is None:
        raise ValueError(f"{page.slug} asks an entry on one page")
    return page.follow_up


def entry_form(name: str, page: Page) -> type[EntryForm]:
    """The form of an entry's page with this name: ``entry`` for its own, ``more`` for the second."""
    if page.follow_up is None:
        return EntryForm
    return FollowUpForm if name == "more" else TrialForm


def _one_of(others: Collection[str]) -> forms.ChoiceField:
    labels = [in_full(name) for name in others]
    if len({*labels}) < len(labels):  # the same one twice: told apart as they were written
        labels = [*others]
    label = _("Which medicine was it added to?")
    return forms.ChoiceField(
        label=label,
        choices=[*zip(others, labels, strict=True), (OTHER, _("Another medicine"))],
        required=False,
        widget=RadioTiles,
        error_messages={"invalid_choice": not_offered(label)},
    )


def _boxed(data: Mapping | None, others: Collection[str]) -> Mapping | None:
    """``data`` with a medicine that is not offered any more in the box, and a written one chosen as such."""
    if data is None:
        return None
    boxed = data.copy()  # type: ignore[attr-defined]  # of a dict and of a QueryDict
    chosen = boxed.get(TO_ONE, "")
    if chosen and chosen != OTHER and chosen not in others:
        if not typed_in(boxed.get(TO)):
            boxed[TO] = chosen
        chosen = boxed[TO_ONE] = ""
    if typed_in(boxed.get(TO)) and not chosen:
        boxed[TO_ONE] = OTHER
    return boxed
