"""Whether a person or somebody else fills in a form, as far as the form itself knows."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from intake.fields.lookup import answer
from intake.models.coming_back import ComesBack
from intake.questionnaire.for_another import FILLED_BY, HELPERS, name_in
from intake.questionnaire.page import Page

HELPER, CONSENT = "helper", "consent"  # pages
FOR_ANOTHER = "for_another"  # in ``progress``: it was begun so, and who helps is not said yet


class FilledInForAnother(ComesBack):
    """A draft that knows for whom it was begun: by one of two buttons, before anything is asked."""

    class Meta:
        abstract = True

    @property
    def helped_person(self) -> str | None:
        by = answer(self.answers, FILLED_BY)
        if by in HELPERS or (by is None and self.progress.get(FOR_ANOTHER)):
            return name_in(self.answers)
        return None

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
