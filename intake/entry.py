"""Staff fill in the pages for a person on the phone: in their own browser session, under a key of its own.

The clinic's side begins and ends it and says what right it needs; these pages only follow the session. While
the key stands nothing else is a draft here, so that no answer of a caller reaches another person's form.
"""

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from intake.models import Submission

# In the session: the ``draft``, ``by`` whom it is entered, the permission it ``needs``, and the ``home``
# page of the staff member, for the way back.
ENTRY_KEY = "entered_for_somebody"


def enter_for(request: HttpRequest, draft: Submission, *, needs: str, home: str) -> None:
    """From now on this session's pages fill in ``draft``. Forms opened before, in any tab, are stale."""
    request.session[ENTRY_KEY] = {
        "draft": str(draft.pk),
        "by": request.user.pk,
        "needs": needs,
        "home": home,
    }
    rotate_token(request)


def leave_entry(request: HttpRequest) -> dict | None:
    """Back to what this browser was; pages of the left form, in any tab, are stale. Returns what stood there."""
    left = request.session.pop(ENTRY_KEY, None)
    if left is not None:
        rotate_token(request)
    return left


def entry_of(request: HttpRequest) -> dict | None:
    """What the session knows of the intake that is entered in it, for the banner; None for a patient."""
    return request.session.get(ENTRY_KEY)


def entered_here(request: HttpRequest, entry: dict) -> Submission | None:
    """The intake being entered, draft or sent, if it is still this person's to enter."""
    user = request.user
    if not user.is_authenticated or user.pk != entry["by"] or not user.has_perm(entry["needs"]):
        return None
    return Submission.objects.filter(pk=entry["draft"], entered_by=user).first()
