"""Letters, and every paper exactly as it was printed: both written once, never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from treatments.models.consult import Consult
from treatments.models.record_request import OfDeskOrTeamQuerySet, RecordRequest
from treatments.models.referral import Referral
from treatments.workflow.papers import OCCASIONS, PAPERS, Occasion, PaperKind


class PaperQuerySet(OfDeskOrTeamQuerySet):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("Papers are append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Papers are append-only.")


# Functions, so that a row more in a table makes no migration.
def occasion_choices() -> list[tuple[str, Text]]:
    return [(each.value, label) for each, label in OCCASIONS.items()]


def paper_choices() -> list[tuple[str, Text]]:
    return [(each.value, label) for each, label in PAPERS.items()]


class OnlyAdded(models.Model):
    """``consult`` is that of the team that made it, None for the desk."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="%(class)ss")
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"))

    objects = PaperQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Papers are append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Papers are append-only.")

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission


class Letter(OnlyAdded):
    """To the clinician who referred or treats the person. ``agreed_on``: the day on which the person agreed to it;
    None where their form says so.
    """

    PATIENT_DATA = frozenset({"to_name", "to_place", "text", "occasion", "agreed_on"})
    NOT_PATIENT_DATA = frozenset({"id", "referral", "consult", "by", "at"})

    occasion = models.CharField(_("occasion"), max_length=8, choices=occasion_choices)
    to_name = SealedText(_("to"))
    to_place = SealedText(_("address or fax"), null=True)
    text = SealedText(_("text"))
    agreed_on = models.DateField(_("agreed on"), null=True)

    class Meta(OnlyAdded.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def occasion_label(self) -> Text:
        return OCCASIONS[Occasion(self.occasion)]


class PrintedPaper(OnlyAdded):
    """``body`` is the text of the sheet, word for word; no HTML."""

    PATIENT_DATA = frozenset({"body", "kind"})
    NOT_PATIENT_DATA = frozenset({"id", "referral", "consult", "letter", "request", "by", "at"})

    kind = models.CharField(_("what"), max_length=8, choices=paper_choices)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="papers")
    request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, null=True, related_name="papers")
    body = SealedText(_("sheet"))

    class Meta(OnlyAdded.Meta):
        verbose_name = _("printed paper")
        verbose_name_plural = _("printed papers")

    def __str__(self) -> str:
        return f"printed paper {self.pk}"

    @property
    def kind_label(self) -> Text:
        return PAPERS[PaperKind(self.kind)]
