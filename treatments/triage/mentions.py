"""Who is mentioned in a note: people who may read it, and they hear of it; any other name is refused."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import Consult
from treatments.triage.frame import ActionContext
from treatments.triage.notices import notify
from treatments.workflow import Refused
from treatments.workflow.mentions import names_in
from treatments.workflow.notices import NoticeKind


def people_named(note: str, treatment: str | None) -> Iterator[tuple[str, User | None]]:
    """Each name of the note with whom it means; None for nobody who may read a note of the desk, or one with a
    consult of this ``treatment``.
    """
    names = names_in(note)
    if not names:
        return
    by_name: dict[str, list[User]] = {}
    for person in User.objects.filter(is_active=True).order_by("pk"):
        by_name.setdefault(person.username.casefold(), []).append(person)
    for name in names:
        # Where two differ in capitals alone, the one as it was typed.
        found = sorted(by_name.get(name.casefold(), []), key=lambda each: each.username != name)
        yield name, next((each for each in found if _reads(each, treatment)), None)


def _reads(person: User, treatment: str | None) -> bool:
    if person.has_perm("treatments.view_referral"):
        return True
    return treatment is not None and person.has_perm(permissions.view_queue(treatment))


def why_not_named(note: str, treatment: str | None) -> str:
    """A sentence for each name that means nobody, "" for none."""
    wrong = [name for name, person in people_named(note, treatment) if person is None]
    return " ".join(_("@%(name)s is no one who may read this note.") % {"name": name} for name in wrong)


def tell_mentioned(this: ActionContext, note: str, consult: Consult | None = None) -> None:
    """Keep with the event who is meant, as they are called now, and tell them."""
    treatment = consult.treatment if consult else None
    if refused := why_not_named(note, treatment):
        raise Refused(refused)
    shown = {}
    for name, person in people_named(note, treatment):
        if person is not None:
            shown[name.casefold()] = person.get_full_name() or person.get_username()
            notify(NoticeKind.MENTIONED, this.referral, person, at=this.at, by=this.actor, consult=consult)
    if shown:
        this.event.details = {**this.event.details, "mentions": shown}
