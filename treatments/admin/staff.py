"""Staff accounts: a clinic administrator gives people their groups, and no more than that."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intake.admin import OwnFiltersOnly

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(OwnFiltersOnly, UserAdmin):
    """Rights come from groups only: single permissions and the superuser mark are not handed out here."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
    )
    list_filter = ("is_active", "groups")
    filter_horizontal = ()  # Django's two lists set styles by script, against our policy

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        """The groups as boxes to tick: they are few, and none is made from here."""
        if db_field.name == "groups":
            words = _("What this person may do comes from these groups.")
            return db_field.formfield(widget=forms.CheckboxSelectMultiple, help_text=words)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # people stand in the timeline: an account is made inactive instead


@admin.register(Group)
class StaffGroupAdmin(OwnFiltersOnly, GroupAdmin):
    """Groups and their rights come from ``treatments.permissions`` and are only shown here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
