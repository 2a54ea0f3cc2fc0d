"""Whether a person or somebody else fills in a form, as far as the form itself knows."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.lookup import answer
from intake.models.coming_back import ComesBack
from intake.models.forms_gone import FormsGone
from intake.questionnaire.for_another import FILLED_BY, HELPERS, name_in
from intake.questionnaire.page import Page

HELPER, CONSENT = "helper", "consent"  # pages
FOR_ANOTHER = "for_another"  # in ``progress``: it was begun so, and who helps is not said yet


class Channel(models.TextChoices):
    """How a form came; a kept one of which that is not known any more has none."""

    SELF = "self", _("By oneself")
    HELPED = "helped", _("Helped by somebody")
    STAFF = "staff", _("Entered by staff")


BY_STAFF = ("phone", "paper")  # of the sources


class FilledInForAnother(ComesBack):
    """A draft that knows for whom it was begun: by one of two buttons, before anything is asked."""

    # Of the submission.
    source: Any
    created_at: Any
    expired_at: Any

    class Meta:
        abstract = True

    @property
    def helped_person(self) -> str | None:
        by = answer(self.answers, FILLED_BY)
        if by in HELPERS or (by is None and self.progress.get(FOR_ANOTHER)):
            return name_in(self.answers)
        return None

    @property
    def channel(self) -> str:
        """ "" of a draft that expired and was kept: who filled it in is not kept with it."""
        if self.source in BY_STAFF:
            return Channel.STAFF
        if self.expired_at:
            return ""
        return Channel.SELF if self.helped_person is None else Channel.HELPED

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Only a draft goes; that it was begun is counted."""
        begun = timezone.localdate(self.created_at), self.language, self.channel
        gone = super().delete(*args, **kwargs)
        FormsGone.note(*begun)
        return gone

    def unfinished(self, today: date) -> list[Page]:
        """As ever; and who begins for somebody else says who they are, on which rule S06 rests."""
        found = super().unfinished(today)
        helper = self.questionnaire.by_slug[HELPER]
        unsaid = self.helped_person is not None and not answer(self.answers, FILLED_BY)
        return [helper, *found] if unsaid and helper not in found else found

    @staticmethod
    def begun_for(*, another: bool | None) -> dict[str, Any]:
        """What a draft holds that was begun for oneself, for ``another``, or for nobody knows whom yet (None)."""
        if another is None:
            return {}
        return {"progress": {FOR_ANOTHER: True}} if another else {"answers": {"about": {"filled_by": "self"}}}

    @classmethod
    @transaction.atomic
    def fill_in_for(cls, pk: uuid.UUID, *, another: bool, at: datetime | None = None) -> Self:
        """Somebody else than was said fills it in. Whoever it is agrees for themselves: that is asked anew."""
        draft = cls._draft(pk)
        if (draft.helped_person is not None) is another and (another or answer(draft.answers, FILLED_BY)):
            return draft
        about = draft.answers.setdefault("about", {})
        if another:
            about.pop("filled_by", None)
            draft.progress[FOR_ANOTHER] = True
        else:
            about["filled_by"] = "self"
            draft.progress.pop(FOR_ANOTHER, None)
        draft.answers.get("consent", {}).pop("agreed", None)
        for slug in (HELPER, CONSENT):
            draft._mark(draft.questionnaire.by_slug[slug], False)
        draft._store(at or timezone.now())
        return draft
