"""Until when a sent form's answers about alcohol and drugs may be read, and the consent that says so."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.questionnaire.consents import CARE_TEAMS, SUBSTANCE_USE_HOLDS

LONGEST_VERSION = 20


class SharesSubstanceUse(models.Model):
    """A submission, as far as its substance-use consent goes; the record of it is ``SubstanceConsent``."""

    # None: no such consent was given, and whatever stands there came without being asked for.
    substance_use_until = models.DateTimeField(_("substance use shared until"), null=True, editable=False)

    class Meta:
        abstract = True

    def shares_substance_use(self, at: datetime) -> bool:
        """Whether a consent to share substance-use answers stands."""
        return self.substance_use_until is not None and at < self.substance_use_until

    def withholds_substance_use(self, at: datetime) -> bool:
        """Whether that consent was revoked or has expired: nobody reads those answers any more."""
        return self.substance_use_until is not None and self.substance_use_until <= at

    def record_consent(self, answers: dict[str, Any], at: datetime) -> None:
        """Put the consent in ``answers`` that are sent now on record; the caller saves until when it holds."""
        if answers.get("consent", {}).get("substance_use_agreed") != "yes":
            return
        self.substance_use_until = at + SUBSTANCE_USE_HOLDS
        rows: Any = self
        rows.substance_consents.create(
            step="given",
            version=answers["consent"].get("substance_use_notice", "")[:LONGEST_VERSION],
            scope=CARE_TEAMS,
            at=at,
            expires_at=self.substance_use_until,
        )
