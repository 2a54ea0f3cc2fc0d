"""The form for revoking the substance-use consent for a person."""

from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, note
from treatments.workflow.actions.consents import REVOKE_CONSENT


class RevokeConsentForm(ActionForm):
    action = REVOKE_CONSENT
    note = note(_("Who asked for it, when and how?"))
