"""Tells a privacy officer on the admin's home page how much of the record there is to review."""

from django import template
from django.contrib.auth.models import User

from treatments.figures.to_review import to_review

register = template.Library()


@register.inclusion_tag("admin/treatments/access_notice.html")
def access_notice(user: User) -> dict[str, int]:
    return {"count": len(to_review(user).items)}
