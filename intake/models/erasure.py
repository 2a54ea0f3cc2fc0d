"""A sent form whose person was erased: the key of all that was sealed for them is gone, and what was plain of them.

What is left tells when a form came and how it was sent, and nothing of whose it was.
"""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.encryption.columns import KeyHolder

# Plain strings: the constraint is written into migrations.
NOTHING_LEFT = Q(state="submitted", key=None, surname="", born_on=None)


def erased_words(at: datetime | None) -> str:
    """What stands wherever the name of somebody who was erased stood."""
    return _("erased on %(day)s") % {"day": date_format(timezone.localtime(at), "N j, Y")}


class Erasable(KeyHolder):
    """A submission, as far as it can be erased."""

    # Set once the data key was destroyed, and never again None.
    erased_at = models.DateTimeField(gettext_lazy("erased"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def erased_words(self) -> str:
        return erased_words(self.erased_at)

    @classmethod
    @transaction.atomic
    def erase(cls, pk: UUID, *, mark: str, at: datetime) -> Self:
        """Destroy the data key of a sent form, and clear what is plain of the person; twice is the same as once.

        All that the key sealed, in any table and in every copy of a row, opens no more. ``mark`` takes the
        reference's place. The caller has checked that the form may go.
        """
        form: Any = cls._base_manager.select_for_update().get(pk=pk)
        if form.is_erased:
            return form
        form.key, form.reference, form.erased_at = None, mark, at
        form.surname, form.born_on, form.progress = "", None, {}
        form.save(update_fields=["key", "reference", "erased_at", "surname", "born_on", "progress"])
        form.resume_keys.all().delete()
        form.mail.all().delete()
        return form
