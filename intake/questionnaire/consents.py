"""What a person agrees to beside the form itself: whom the consent lets see what, and how long it holds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

# 42 CFR 2.31 asks for a day or an event on which a consent ends.
SUBSTANCE_USE_HOLDS = timedelta(days=2 * 365)
# Who may see what, and what for, by the key that stands with each consent.
CARE_TEAMS = "care_teams"
SCOPES = {
    CARE_TEAMS: _("Answers about alcohol and drugs, to the teams of this clinic who plan care, to plan it"),
}
