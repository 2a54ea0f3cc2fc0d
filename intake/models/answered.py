"""What rows that hold the answers to a questionnaire have in common, and how one of them is read."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import dropwhile, islice
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import document
from intake.encryption.columns import KeyHolder, SealedJSON
from intake.locations import settings_of
from intake.models import compiled_queries
from intake.questionnaire.names import Unclear, unclear
from intake.questionnaire.page import Page
from intake.questionnaire.shape import Questionnaire

Signed = dict[str, dict]  # what is said where the answers are checked, as in ``overlay``


class Answered(models.Model):
    """Pages, saving, alarms and the help page need no more of a row than this.

    ``answers`` is the one home of what was said: section -> key -> value, as in the interchange format.
    ``progress`` is bookkeeping of the pages: ``saved`` (slugs), ``moved`` (`"old>new"`: saving
    the page ``new`` took in the questions that once stood on ``old``), ``entries`` (list path -> keys of its
    entries, so that a page sent twice or out of order changes the entry it means), ``waiting`` (list path -> keys
    of the entries whose own page is not finished), ``following`` (likewise of a second page), ``asked`` (list path
    -> marks of what was asked about names) and ``helped`` (the help that was shown and left: kind of danger ->
    urgency, as in ``intake.questionnaire.help_kinds``).
    """

    #: what is asked
    questionnaire: ClassVar[Questionnaire]
    #: the columns of a row that can still be filled in, and what stands in them
    OPEN: ClassVar[Mapping[str, str | None]]

    #: the language of its pages, "" where no column keeps it
    language = ""

    answers = SealedJSON(_("answers"), default=dict)
    # Words that are no answer and were meant all the same: path -> words; an entry's path names its key.
    unread = SealedJSON(_("words that could not be read"), null=True, default=dict)
    progress = models.JSONField(_("progress"), default=dict)
    saved_at = models.DateTimeField(_("last saved"), default=timezone.now)

    class Meta:
        abstract = True

    @classmethod
    def read(cls, pk: uuid.UUID | str, *, lock: bool = False) -> Self | None:
        """The row with this id, or None; with ``lock`` it is locked as ``select_for_update`` does.

        Raises ``ValidationError`` for what is no id.
        """
        return compiled_queries.read(cls, pk, lock=lock)

    @property
    def key_holder(self) -> KeyHolder:
        """The row with the key of the answers."""
        raise NotImplementedError

    @property
    def is_draft(self) -> bool:
        """Not sent yet."""
        raise NotImplementedError

    def is_open(self) -> bool:
        """Whether it stands as a row that can be filled in does."""
        return all(getattr(self, name) == value for name, value in self.OPEN.items())

    @staticmethod
    def kept_for() -> timedelta:
        """How long a draft is kept after it was last saved."""
        return timedelta(days=settings_of(None).draft_days)

    @property
    def expires_at(self) -> datetime:
        """When this draft expires if it is not saved again."""
        return self.saved_at + self.kept_for()

    def is_alive(self, at: datetime) -> bool:
        """A draft that has not expired: it can be filled in and come back to."""
        return self.is_draft and self.is_open() and at < self.expires_at

    @classmethod
    def submit(cls, pk: uuid.UUID, *, signed: Signed | None = None, at: datetime | None = None) -> object:
        """Lock the answers, with those that were ``signed`` last; twice is the same as once."""
        raise NotImplementedError

    def faults(self, today: date) -> list[str]:
        """What is wrong with the answers as they would be sent, as ``document.validate`` says it."""
        return list(document.answer_faults(self.answers, self.questionnaire.fields, today))

    @property
    def current(self) -> dict:
        """The answers as they stand now."""
        return self.answers

    @property
    def spoken(self) -> str:
        """The language to speak that was given so far, "" where none was asked."""
        return ""

    @property
    def helped_person(self) -> str | None:
        """The name of whom somebody else fills it in for, "" before it is known; None in one's own form."""
        return None

    @property
    def screen(self) -> str:
        """The suicide-risk screen that is asked where this row belongs."""
        return settings_of(None).suicide_screen

    def context(self, today: date) -> dict:
        """The answers as they stand, with ``today`` beside them: what conditions read."""
        return {**self.current, "today": today.isoformat()}

    def pages(self, today: date) -> list[Page]:
        """The pages this person is asked, in order."""
        return self.questionnaire.pages_for(self.context(today), self.screen)

    def pages_after(self, page: Page, today: date) -> Iterator[Page]:
        """Those of them that come after ``page``, each looked for when it is wanted."""
        asked_of, answers, screen = self.questionnaire, self.context(today), self.screen
        after = islice(dropwhile(lambda each: each.slug != page.slug, asked_of.pages), 1, None)
        return (each for each in after if asked_of.page_applies(each, answers, screen))

    def applies(self, page: Page, today: date) -> bool:
        return self.questionnaire.page_applies(page, self.context(today), self.screen)

    def unfinished(self, today: date) -> list[Page]:
        """The pages that still keep it from being sent."""
        return self.questionnaire.unfinished(self.faults(today), self.context(today), self.screen)

    def saved_pages(self) -> list[str]:
        """The slugs of the pages that are finished; not of one that asks more now than when it was saved."""
        return [slug for slug in self.progress.get("saved", []) if not self._asks_more(slug)]

    def _asks_more(self, slug: str) -> bool:
        saved, moved = self.progress.get("saved", ()), self.progress.get("moved", ())
        came = self.questionnaire.came_to.get(slug, ())
        new = [old for old in came if old not in saved and f"{old}>{slug}" not in moved]
        if not new:
            return False
        answers = self.context(timezone.localdate(self.saved_at))
        return any(self.questionnaire.asks_of_old(slug, old, answers, self.screen) for old in new)

    @property
    def helped(self) -> dict[str, str]:
        """The help that was shown so far: kind of danger -> urgency."""
        return self.progress.get("helped", {})

    def entry_keys(self, page: Page) -> list[str]:
        """The key of each entry of the page's list, in step with the entries themselves."""
        return self.progress.get("entries", {}).get(page.list_field.path, [])

    def waiting(self, page: Page) -> list[str]:
        """The keys of the entries of which only the name was asked so far, in order."""
        still = self.progress.get("waiting", {}).get(page.list_field.path, [])
        return [key for key in self.entry_keys(page) if key in still]

    def still_to_come(self, page: Page) -> list[tuple[str, str]]:
        """The pages of entries that are not finished, in order: which one (``entry`` or ``more``) and the key."""
        waiting = self.waiting(page)
        following = self.progress.get("following", {}).get(page.list_field.path, [])
        return [
            ("entry" if key in waiting else "more", key)
            for key in self.entry_keys(page)
            if key in waiting or key in following
        ]

    def unclear(self, page: Page) -> list[Unclear]:
        """What is to be asked about the names of the page's entries, and was not yet."""
        asked = self.progress.get("asked", {}).get(page.list_field.path, [])
        entries = dict(zip(self.entry_keys(page), self.entries(page) or [], strict=True))
        return [each for each in unclear(entries) if each.mark not in asked]

    def entries(self, page: Page) -> list[dict] | None:
        """The entries of the page's list; None when the question was not answered yet."""
        return self.answers.get(page.list_field.section, {}).get(page.list_field.key)

    def _keep_unread(self, unread: Mapping[str, str] | None) -> None:
        """Keep words as typed, path -> words; "" for those that are no more."""
        if unread:
            self.unread = {path: words for path, words in {**self.unread, **unread}.items() if words}

    def unread_beside(self, page: Page, key: str) -> dict[str, str]:
        """The words kept beside one entry of the page's list: key of the question -> words."""
        start = entry_path(page, key, "")
        return {path[len(start) :]: words for path, words in self.unread.items() if path.startswith(start)}

    @property
    def kept_as_typed(self) -> dict[str, str]:
        """The words that are no answer, by the path of the answer as the interchange format has it."""
        places = {
            f"{path}[{key}].": f"{path}[{place}]."
            for path, keys in self.progress.get("entries", {}).items()
            for place, key in enumerate(keys)
        }
        return {
            next((to + path[len(of) :] for of, to in places.items() if path.startswith(of)), path): words
            for path, words in self.unread.items()
        }


def entry_path(page: Page, key: str, part: str) -> str:
    """Where words beside an entry are kept: like the path of its answer, with the entry's key for its place."""
    return f"{page.list_field.path}[{key}].{part}"
