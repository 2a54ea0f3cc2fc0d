"""What every page of a referral, a consult or an alert shows once the person was erased: that they were, and when."""

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from treatments.admin.pages.staff_user import user_of
from treatments.models import Alert, Consult, Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import consults
from treatments.reading.timeline import timeline
from treatments.triage.access_log import opened

if TYPE_CHECKING:
    from treatments.admin.lists.read_only import ReadOnlyAdmin


class Erased(Exception):
    """The page that was asked for shows nobody any more: the person of this ``row`` was erased."""

    def __init__(self, row: Referral | Consult | Alert) -> None:
        super().__init__()
        self.row = row


def unless_erased(row: Model) -> Any:
    """The row as it is; ``Erased`` where it is about somebody who was erased."""
    if isinstance(row, Referral | Consult | Alert) and _referral(row).is_erased:
        raise Erased(row)
    return row


def _referral(row: Referral | Consult | Alert) -> Any:
    """What knows whether its person was erased: an alert itself, which may belong to a draft."""
    return row.referral if isinstance(row, Consult) else row


def show_erased(
    admin: "ReadOnlyAdmin", request: HttpRequest, row: Referral | Consult | Alert
) -> HttpResponse:
    """What is left for counts, as far as this reader could read it; looking at it is an event like any other."""
    referral: Referral = row if isinstance(row, Referral) else row.referral
    reader = user_of(request)
    redaction = redaction_for(reader, referral.submission)
    opened(referral=referral, actor=reader, consult=row if isinstance(row, Consult) else None)
    context = admin.page_context(
        request,
        title=_("Referral %(reference)s, %(erased)s")
        % {"reference": referral.reference, "erased": referral.erased_words},
        referral=referral,
        events=timeline(redaction, referral),
        **consults(redaction, referral),
    )
    status = 200 if request.method in ("GET", "HEAD") else 409
    return TemplateResponse(request, "admin/treatments/erased.html", context, status=status)
