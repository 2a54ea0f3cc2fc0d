"""What supports an answer before a payer: a record that was seen, an entry, a clinician's entry, a typed score."""

from django.utils.translation import gettext_lazy

from treatments.workflow.actions.coverage import PAYER_STAFF
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, while_closed
from treatments.workflow.payer_words import entry_words, evidence_words

ADD_EVIDENCE = Action(
    key="add_evidence",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Seen"),
    done=gettext_lazy("What was seen is on record."),
    event=gettext_lazy("Record seen"),
    words=evidence_words,
    permission=Permission(
        "add_evidence", gettext_lazy("Can put on record what supports an answer"), PAYER_STAFF
    ),
    refusal=while_closed,
    by_teams=True,
)
ADD_ENTRY = Action(
    key="add_entry",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Enter for the payer"),
    done=gettext_lazy("It was entered."),
    event=gettext_lazy("Entered for the payer"),
    words=entry_words,
    permission=Permission("add_entry", gettext_lazy("Can enter what a payer asks of staff"), PAYER_STAFF),
    refusal=while_closed,
    by_teams=True,
)
ADD_CLINICAL_ENTRY = Action(
    key="add_clinical_entry",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Enter as a clinician"),
    done=gettext_lazy("It was entered."),
    event=gettext_lazy("Entered by a clinician"),
    words=entry_words,
    permission=Permission(
        "add_clinical_entry", gettext_lazy("Can enter what a payer asks of a clinician"), (CLINICIANS,)
    ),
    refusal=while_closed,
    by_teams=True,
)
ROWS = (ADD_EVIDENCE, ADD_ENTRY, ADD_CLINICAL_ENTRY)
