"""What supports a person's answers before a payer: evidence that staff saw or were told, entries, and typed scores.

All three are written once and never changed; a newer row counts beside or before an older one.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedJSON, SealedText
from treatments.models.referral import Referral


class OnlyAddedQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("What supports an answer is append-only.")

    def delete(self):
        raise TypeError("What supports an answer is append-only.")

    def of(self, referral: Referral) -> list[Any]:
        """Those of this referral, as they were written; sealed by the form's key, which is at hand."""
        rows: list[Any] = list(self.filter(referral=referral).select_related("by").order_by("pk"))
        for row in rows:
            row.referral = referral
        return rows


class OnlyAdded(models.Model):
    """A row about a referral by somebody of the staff: ``on`` is the day it says, ``at`` when it was written down."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("written down"))
    on = models.DateField(_("day"))

    objects = OnlyAddedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("What supports an answer is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("What supports an answer is append-only.")


class Evidence(OnlyAdded):
    """``about`` is the path of an answer, an entry or a list; ``strength`` told or shown, ``agrees`` yes or no."""

    PATIENT_DATA = frozenset({"about", "kind", "says", "informant", "place"})
    NOT_PATIENT_DATA = frozenset({"id", "referral", "strength", "agrees", "by", "at", "on"})

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("referral")
    )
    about = SealedText(_("about"))
    strength = models.CharField(_("strength"), max_length=5)
    agrees = models.CharField(_("agrees"), max_length=3)
    kind = SealedText(_("kind"))
    says = SealedText(_("what it says"), null=True)
    informant = SealedText(_("who said it"), null=True)
    place = SealedText(_("where it lies"), null=True)

    class Meta:
        verbose_name = _("evidence")
        default_permissions = ()

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission


class Entry(OnlyAdded):
    """``key`` and ``value`` are of ``treatments/payers/vocabulary.py``; ``about`` a trial's path or a need's id."""

    PATIENT_DATA = frozenset({"key", "value", "about"})
    NOT_PATIENT_DATA = frozenset({"id", "referral", "treatment", "by", "at", "on"})

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="entries", verbose_name=_("referral")
    )
    treatment = models.CharField(_("treatment"), max_length=16, blank=True)
    key = SealedText(_("what"))
    value = SealedText(_("value"))
    about = SealedText(_("about"), null=True)

    class Meta:
        verbose_name = _("entry")
        default_permissions = ()

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission


class Score(OnlyAdded):
    """A total that staff typed, ``said`` with its scale; never the items of a scale that may not be shipped."""

    PATIENT_DATA = frozenset({"said"})
    NOT_PATIENT_DATA = frozenset({"id", "referral", "strength", "by", "at", "on"})

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="scores", verbose_name=_("referral")
    )
    said = SealedJSON(_("scale and total"))
    strength = models.CharField(_("strength"), max_length=5)

    class Meta:
        verbose_name = _("score")
        default_permissions = ()

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission
