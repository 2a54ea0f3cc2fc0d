"""What staff set for themselves at the desk; nothing of a patient, so no event."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from treatments.models import KeySetting, SavedView
from treatments.models.desk_setting import NAME_LENGTH
from treatments.workflow import Refused

MOST_VIEWS = 20  # of one person: the line of views is read at a glance


def save_view(*, user: User, name: str, query: str) -> None:
    """Keep these filters and this order under a name; one of that name is replaced."""
    views = SavedView.objects.filter(user=user)
    name = _named(name)
    if not views.filter(name=name).exists() and views.count() >= MOST_VIEWS:
        raise Refused(_("You have %(most)d views. Delete one first.") % {"most": MOST_VIEWS})
    SavedView.objects.update_or_create(user=user, name=name, defaults={"query": query})


def rename_view(*, view: SavedView, name: str) -> None:
    name = _named(name)
    if SavedView.objects.filter(user=view.user_id, name=name).exclude(pk=view.pk).exists():
        raise Refused(_("You have a view of this name."))
    view.name = name
    view.save(update_fields=["name"])


def delete_view(*, view: SavedView) -> None:
    view.delete()


def set_keys(*, user: User, on: bool) -> None:
    """Let single keys work the desk for this person, or not."""
    if on:
        KeySetting.objects.get_or_create(user=user)
    else:
        KeySetting.objects.filter(user=user).delete()


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LENGTH:
        raise Refused(_("Give the view a name of at most %(most)d letters.") % {"most": NAME_LENGTH})
    return name
