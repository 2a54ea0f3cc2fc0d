"""The bar at the head of the clinic's pages: the few links of one's role with their counts, and one search box."""

from dataclasses import dataclass

from django import template
from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.fields.kinds import Text
from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.reading.desk_counts import counts_for

register = template.Library()


@dataclass(frozen=True, slots=True)
class Link:
    """``number`` None: nothing is counted. ``alarming``: nobody may overlook that there are any."""

    url: str
    words: Text
    number: int | None = None
    alarming: bool = False


def links_of(request: HttpRequest) -> list[Link]:
    """Home, then each list that this person works through, with how much waits there."""
    user, counts = request.user, counts_for(request)
    found = [Link(reverse("admin:index"), _("Home"))]
    if counts.groups is not None:
        found.append(Link(worklist_url(), _("Worklist"), counts.desk))
    if counts.alerts is not None:
        found.append(
            Link(reverse("admin:treatments_alert_changelist"), _("Alerts"), counts.alerts, alarming=True)
        )
    for key, number in counts.queues.items():
        url = reverse(f"admin:treatments_{key}consult_changelist")
        found.append(Link(url, capfirst(TREATMENTS[key].queue), number))
    if user.has_perm(permissions.VIEW_EVENTS):
        found.append(Link(reverse("admin:treatments_event_people"), _("Record of access")))
    if user.has_perm(permissions.ENTER_INTAKE):
        found.append(Link(reverse("admin:treatments_referral_enter"), _("Enter an intake")))
    return found


def worklist_url() -> str:
    return reverse("admin:treatments_referral_changelist")


@register.simple_tag
def keys_url() -> str:
    """Of this site, whichever site of the admin shows the page."""
    return reverse("admin:treatments_referral_keys")


@register.simple_tag
def notices_url() -> str:
    return reverse("admin:treatments_referral_notices")


@register.inclusion_tag("admin/bar.html")
def desk_bar(request: HttpRequest) -> dict:
    """``here`` is the link below which the page lies, the longest that fits."""
    links = links_of(request)
    below = [link.url for link in links[1:] if request.path.startswith(link.url)]
    home = links[0].url if request.path == links[0].url else ""
    searches = request.user.has_perm("treatments.view_referral")
    on_list = searches and request.path == worklist_url()
    return {
        "links": links,
        "keys_on": counts_for(request).keys,
        "here": max(below, key=len, default=home),
        "search_url": worklist_url() if searches else "",
        "search_var": SEARCH_VAR,
        "searched": request.GET.get(SEARCH_VAR, "") if on_list else "",
    }
