"""Writing to the clinician who referred or treats the person, and the cover of a fax; the app sends neither."""

from django.utils.translation import gettext_lazy

from treatments.workflow.actions.record_requests import TEAMS
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, whatever_the_state
from treatments.workflow.paper_words import paper_words

WRITING = Permission(
    "write_letter",
    gettext_lazy("Can write letters to clinicians outside, and print covers of faxes"),
    (COORDINATORS, CLINICIANS, *TEAMS),
)

WRITE_LETTER = Action(
    key="write_letter",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Write a letter to a clinician"),
    done=gettext_lazy("The letter is kept as it stands here: print this page."),
    event=gettext_lazy("Letter"),
    words=paper_words,
    permission=WRITING,
    refusal=whatever_the_state,
    by_teams=True,
)
PRINT_COVER = Action(
    key="print_cover",
    subject=Subject.REFERRAL,
    label=gettext_lazy("Print the cover of a fax"),
    done=gettext_lazy("The cover is kept as it stands here: print this page."),
    event=gettext_lazy("Fax cover printed"),
    words=paper_words,
    permission=WRITING,
    refusal=whatever_the_state,
    by_teams=True,
)
ROWS = (WRITE_LETTER, PRINT_COVER)
