"""The forms for setting and ending a legal hold."""

from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import WithoutReading, note
from treatments.workflow.actions.legal_hold import END_LEGAL_HOLD, SET_LEGAL_HOLD


class SetLegalHoldForm(WithoutReading):
    action = SET_LEGAL_HOLD
    note = note(_("Why, and who asked for it?"))


class EndLegalHoldForm(WithoutReading):
    action = END_LEGAL_HOLD
    note = note(_("Why does it end?"))
