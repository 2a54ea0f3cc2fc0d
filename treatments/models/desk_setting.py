"""What a member of staff has set for themselves at the desk: views of the worklist under a name, and keys."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 40


class SavedView(models.Model):
    """Filters and an order of the worklist, as its address has them; never what somebody searched for."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "user", "name", "query"})

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(_("filters and order"), max_length=300)

    class Meta:
        verbose_name = _("saved view")
        default_permissions = ()
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_view_named_once",
                violation_error_message=_("You have a view of this name."),
            )
        ]

    def __str__(self) -> str:
        return f"saved view {self.pk}"


class KeySetting(models.Model):
    """That somebody works the desk by single keys; without a row they are off."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "user"})

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_keys")

    class Meta:
        verbose_name = _("keys of the desk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"keys of {self.user_id}"
