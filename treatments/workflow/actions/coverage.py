"""What pays: setting the coverage, and writing down a call with the payer."""

from django.utils.translation import gettext_lazy

from treatments.catalog import TREATMENTS
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, while_closed
from treatments.workflow.payer_words import coverage_words, payer_call_words

# The treatments whose payers are asked; their teams do so for consults of their own.
ASKED_OF_PAYERS = ("tms", "spravato")
PAYER_STAFF = (COORDINATORS, CLINICIANS, *(TREATMENTS[key].team for key in ASKED_OF_PAYERS))

SET_COVERAGE = Action(
    key="set_coverage",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Set the coverage"),
    done=gettext_lazy("The coverage was set."),
    event=gettext_lazy("Coverage set"),
    words=coverage_words,
    permission=Permission("set_coverage", gettext_lazy("Can set what pays for a person"), PAYER_STAFF),
    refusal=while_closed,
    by_teams=True,
)
LOG_PAYER_CALL = Action(
    key="log_payer_call",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Log a payer call"),
    done=gettext_lazy("The call was recorded."),
    event=gettext_lazy("Call with the payer"),
    words=payer_call_words,
    permission=Permission("log_payer_call", gettext_lazy("Can log a call with a payer"), PAYER_STAFF),
    refusal=while_closed,
    by_teams=True,
)
ROWS = (SET_COVERAGE, LOG_PAYER_CALL)
