"""Filling in a questionnaire: saving its pages and the entries of its lists, and the alarms that this raises."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Self

from django.db import transaction
from django.utils import timezone

from intake import document
from intake.models import compiled_queries
from intake.models.alarm import Alarm, AlarmChange
from intake.models.answered import Answered, entry_path
from intake.models.overlay import overlay
from intake.questionnaire.dangers import Danger, changed, fields_in
from intake.questionnaire.kept_answers import answers_at
from intake.questionnaire.page import Page

SPOKEN = "spoken"  # in ``progress``: the language is the one that was given to speak


class Locked(Exception):
    """The answers have been sent: they can't be changed any more."""


class Changed(Exception):
    """The draft is no longer as it was read: nothing was stored, and what is to be saved must be judged anew."""


class Drafting(Answered):
    """One transaction on the locked row, or one statement on the row as it was read."""

    #: whether the save that gave this instance raised an alarm
    has_rung = False
    #: the columns that a save stores
    STORED: tuple[str, ...] = ("answers", "progress", "unread", "saved_at")

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Set the columns that repeat an answer, for look-ups: a query never looks into ``answers``."""

    def alarm(self, danger: Danger, at: datetime) -> Alarm:
        """The alarm that ``danger`` in these answers raises, not stored yet."""
        raise NotImplementedError

    @classmethod
    def _draft(cls, pk: uuid.UUID) -> Self:
        draft = cls.read(pk, lock=True)
        if draft is None or (draft.is_draft and not draft.is_open()):
            raise cls.DoesNotExist
        if not draft.is_draft:
            raise Locked
        return draft

    @classmethod
    def save_page(
        cls,
        pk: uuid.UUID,
        page: Page,
        answers: dict[str, dict],
        *,
        at: datetime | None = None,
        seen: Self | None = None,
        language: str = "",
        done: bool = True,
        helped: Mapping[str, str] | None = None,
        unread: Mapping[str, str] | None = None,
    ) -> Self:
        """Store what one page said and raise an alarm for each answer that is unsafe now, together.

        ``helped`` is the help that was shown so far, kind of danger -> urgency. ``unread`` are words to keep as
        typed, path -> words, "" for none any more. ``answers`` as in ``overlay``. A page that is not ``done`` counts as unfinished from now on. ``seen``
        is the draft as the caller read it: it is not read and locked again, but changed in place and
        returned, and ``Changed`` is raised if it was saved, sent or removed meanwhile. Without it raises
        ``Locked`` and ``DoesNotExist``.
        """
        at = at or timezone.now()
        if seen is not None:
            if helped is not None:
                seen.progress["helped"] = {**helped}
            seen._keep_unread(unread)
            seen._put_page(page, answers, language, done, at, seen._swap)
            return seen
        with transaction.atomic():
            draft = cls._draft(pk)
            if helped is not None:
                draft.progress["helped"] = {**helped}
            draft._keep_unread(unread)
            draft._put_page(page, answers, language, done, at, draft._store)
        return draft

    @classmethod
    @transaction.atomic
    def save_entry(
        cls,
        pk: uuid.UUID,
        page: Page,
        key: str,
        entry: dict,
        *,
        at: datetime | None = None,
        done: bool = True,
        follows: bool | None = None,
        unread: Mapping[str, str] | None = None,
    ) -> Self:
        """Add ``entry`` to the page's list under ``key``, or replace the one that has this key.

        With one that is not ``done`` the page counts as unfinished. ``follows``: whether its second page is
        still to come; None leaves that as it is. ``unread`` as in ``save_page``, by the key of the question.
        """
        draft = cls._draft(pk)
        keys, entries = draft._list(page)
        if key in keys:
            draft._ask_again(page, key, entries[keys.index(key)], entry)
            entries[keys.index(key)] = entry
        elif len(entries) < document.MOST_ENTRIES:
            keys.append(key)
            entries.append(entry)
        if not done:
            draft._mark(page, False)
        draft._wait(page, key, page.names is not None and key in keys and not done)
        if follows is not None:
            draft._wait(page, key, follows and key in keys, "following")
        if unread and key in keys:
            draft._keep_unread({entry_path(page, key, part): words for part, words in unread.items()})
        draft._store(at or timezone.now())
        return draft

    @classmethod
    @transaction.atomic
    def save_names(
        cls,
        pk: uuid.UUID,
        page: Page,
        names: Mapping[str, str],
        *,
        same: Callable[[str], object] = str.casefold,
        at: datetime | None = None,
    ) -> Self:
        """Add an entry for each of ``names`` (key -> name), or write the name into the one that has the key.

        A name that is the ``same`` as one of another entry adds nothing; nor does one for which no place is left.
        """
        draft = cls._draft(pk)
        if not names or page.names is None:
            return draft
        (keys, entries), part = draft._list(page), page.names.key
        before = [dict(entry) for entry in entries]
        for key, name in names.items():
            others = [each.get(part) for other, each in zip(keys, entries, strict=True) if other != key]
            if any(known and same(known) == same(name) for known in others):
                continue
            if key in keys:
                draft._ask_again(page, key, entries[keys.index(key)], {part: name})
                entries[keys.index(key)][part] = name
            elif len(entries) < document.MOST_ENTRIES:
                keys.append(key)
                entries.append({part: name})
                draft._wait(page, key, True)
        if entries != before:
            draft._mark(page, False)
            draft._store(at or timezone.now())
        return draft

    @classmethod
    @transaction.atomic
    def remove_entry(
        cls, pk: uuid.UUID, page: Page, key: str, *, only_named: bool = False, at: datetime | None = None
    ) -> Self:
        """Take the entry with ``key`` out of the page's list; nothing happens if it is gone already.

        With ``only_named`` it stays if more than its name is known.
        """
        draft = cls._draft(pk)
        if key not in draft.entry_keys(page):
            return draft
        keys, entries = draft._list(page)
        if not (only_named and any(each is not None for each in [*entries[keys.index(key)].values()][1:])):
            place = keys.index(key)
            del keys[place], entries[place]
            if not entries:
                # An empty list says "none". Taking the last one back says nothing yet.
                del draft.answers[page.list_field.section][page.list_field.key]
            draft._store(at or timezone.now())
        return draft

    @classmethod
    @transaction.atomic
    def note_asked(
        cls, pk: uuid.UUID, page: Page, marks: Iterable[str], *, at: datetime | None = None
    ) -> Self:
        """Note what was asked about the names of the page's entries, so that it is not asked again."""
        draft = cls._draft(pk)
        noted = draft.progress.setdefault("asked", {}).setdefault(page.list_field.path, [])
        noted += [mark for mark in marks if mark not in noted]
        draft._store(at or timezone.now())
        return draft

    def _ask_again(self, page: Page, key: str, before: dict, after: dict) -> None:
        """A name that has changed may be asked about, whatever was asked about the one before."""
        if page.names is None or before.get(page.names.key) == after.get(page.names.key):
            return
        asked = self.progress.get("asked", {})
        if noted := asked.get(page.list_field.path):
            asked[page.list_field.path] = [mark for mark in noted if not mark.startswith(f"{key}:")]

    def _list(self, page: Page) -> tuple[list[str], list[dict]]:
        field = page.list_field
        entries = self.answers.setdefault(field.section, {}).setdefault(field.key, [])
        keys = self.progress.setdefault("entries", {}).setdefault(field.path, [])
        return keys, entries

    def _wait(self, page: Page, key: str, waits: bool, which: str = "waiting") -> None:
        """Whether the entry's own page is still to be finished; with ``following`` its second one."""
        path, waiting = page.list_field.path, self.progress.get(which, {})
        still = [each for each in waiting.get(path, []) if each != key] + [key] * waits
        if still or path in waiting:
            self.progress.setdefault(which, {})[path] = still

    def _put_page(
        self,
        page: Page,
        page_answers: dict[str, dict],
        language: str,
        done: bool,
        at: datetime,
        store: Callable[[datetime], None],
    ) -> None:
        """``save_page`` by ``store``; where that raises, this object holds what was never stored: let it go."""
        answers, fields = overlay(self.answers, page_answers), fields_in(page_answers)
        dangers = []
        if fields & self.questionnaire.watched:  # not so on most pages
            day = {"today": timezone.localdate(at).isoformat()}
            dangers = self.questionnaire.newly_unsafe({**answers, **day}, {**self.answers, **day}, fields)
        moved = self._changed(page, answers, fields)
        self.answers = answers
        if language:
            self.language = language
            self.progress[SPOKEN] = True
        self._mark(page, done)
        # One statement needs no transaction around it.
        with transaction.atomic() if dangers or moved else nullcontext():
            store(at)
            self._note_changes(moved, at)
            self._raise_alarms(dangers, at)

    def _changed(self, page: Page, answers: dict, fields: frozenset[str]) -> list[Danger]:
        """The dangers whose answer ``answers`` change; none on a page that nothing was ever saved from."""
        fields = fields & self.questionnaire.watched
        if not fields or (page.slug not in self.saved_pages() and fields.isdisjoint(fields_in(self.answers))):
            return []
        return changed(self.questionnaire.dangers, answers, self.answers, fields)

    def _mark(self, page: Page, done: bool) -> None:
        saved = self.progress.setdefault("saved", [])
        if done:
            if page.slug not in saved:
                saved.append(page.slug)
            if came := self.questionnaire.came_to.get(page.slug):
                moved = self.progress.setdefault("moved", [])
                moved += [name for old in came if (name := f"{old}>{page.slug}") not in moved]
        elif not done and page.slug in saved:
            saved.remove(page.slug)

    def _store(self, at: datetime) -> None:
        """Store a draft whose row is locked."""
        self._saved(at)
        if not compiled_queries.store(self):
            raise Changed

    def _swap(self, at: datetime) -> None:
        """Store a draft unless it is no longer as it was read, which ``saved_at`` tells; then ``Changed``."""
        if not compiled_queries.store(self, self._saved(at)):
            raise Changed

    def _saved(self, at: datetime) -> datetime:
        """Set ``saved_at``, of which no two are the same, and return the one before."""
        self.derive()
        before, self.saved_at = self.saved_at, max(at, self.saved_at + timedelta.resolution)
        return before

    def _raise_alarms(self, dangers: list[Danger], at: datetime) -> None:
        self.has_rung = bool(dangers)
        if dangers:
            Alarm.objects.bulk_create(self._ringing(danger, at) for danger in dangers)

    def _ringing(self, danger: Danger, at: datetime) -> Alarm:
        alarm = self.alarm(danger, at)
        alarm.answer = answers_at(self.answers, danger.paths)
        return alarm

    def _note_changes(self, dangers: list[Danger], at: datetime) -> None:
        if dangers:
            AlarmChange.note(self.alarm(dangers[0], at).submission_id, dangers, self.answers, at)
