"""Who told staff what is kept in an amendment, how, when, and who wrote it down."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import SealedJSON, SealedText
from intake.questionnaire.telling import HOW, PATIENT, WHO


# Functions, so that a row more makes no migration.
def who_choices() -> list[tuple[str, Any]]:
    return list(WHO.items())


def how_choices() -> list[tuple[str, Any]]:
    return list(HOW.items())


IS_TOLD = models.Q(kind="told")
# Who is not the patient is named.
NAMED = models.Q(as_told_by=PATIENT, informant=None) | (
    ~models.Q(as_told_by=PATIENT) & models.Q(informant__isnull=False)
)
COLUMNS = ("as_told_by", "informant", "how", "said_at", "by", "notes")


class SaidToStaff(models.Model):
    """An amendment, as far as somebody told it to staff; all of it is None in one that the person made.

    ``said_at`` is when it was said, ``by`` who recorded it. ``informant`` names who said it, unless it was the
    patient. ``notes``: leaf path -> what was said beside the answer, or why a name changes.
    """

    TOLD = "told"
    PATIENT_DATA = frozenset({"as_told_by", "informant", "how", "notes"})
    NOT_PATIENT_DATA = frozenset({"said_at", "by"})
    SAYS_WHO: ClassVar = models.CheckConstraint(
        name="intake_told_says_who",
        condition=(
            IS_TOLD
            & models.Q(as_told_by__isnull=False, how__isnull=False, said_at__isnull=False, by__isnull=False)
            & NAMED
        )
        | (~IS_TOLD & models.Q(**dict.fromkeys(COLUMNS))),
        violation_error_message=_("What was told to staff says by whom, how, when, and who recorded it."),
    )

    as_told_by = models.CharField(_("as told by"), max_length=10, choices=who_choices, null=True)  # noqa: DJ001
    informant = SealedText(_("who that is"), null=True)
    how = models.CharField(_("how"), max_length=7, choices=how_choices, null=True)  # noqa: DJ001
    said_at = models.DateTimeField(_("said"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    notes = SealedJSON(_("said beside it"), null=True)

    class Meta:
        abstract = True

    @property
    def moment(self) -> Any:
        """When it was said: its place among the others."""
        return self.said_at or self.made_at  # type: ignore[attr-defined]

    def continues(self, other: "SaidToStaff") -> bool:
        """Whether ``other`` was said in the same talk, and recorded by the same person."""
        talk = ("as_told_by", "how", "said_at", "by_id")
        return self.said_at is not None and all(getattr(self, name) == getattr(other, name) for name in talk)
