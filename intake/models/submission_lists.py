"""The questions that are asked of many submissions at once."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

if TYPE_CHECKING:
    from intake.models.submission import Submission  # noqa: F401 in a string below


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def expired(self, now: datetime) -> Self:
        """Drafts not saved for so long that they must go, those already reduced left out."""
        oldest = now - self.model.kept_for()
        return self.filter(state=self.model.State.DRAFT, expired_at=None, saved_at__lte=oldest)

    def being_entered_by(self, staff: AbstractBaseUser) -> Self:
        """The draft that this staff member enters for a person on the phone: one at most."""
        return self.filter(entered_by=staff, state=self.model.State.DRAFT, expired_at=None)
