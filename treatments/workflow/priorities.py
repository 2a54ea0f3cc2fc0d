"""How soon a consult should be seen; a higher number comes first in its queue."""

from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


class Priority(IntEnum):
    ROUTINE = 0
    SOON = 1
    URGENT = 2


PRIORITY_WORDS: dict[Priority, Text] = {
    Priority.ROUTINE: _("Routine"),
    Priority.SOON: _("Soon"),
    Priority.URGENT: _("Urgent"),
}
