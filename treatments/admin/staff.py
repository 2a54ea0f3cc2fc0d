"""Staff accounts: a clinic administrator makes them and gives people their groups, and no more than that."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from intake.admin import ReadOnlyList, moment_of
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.accounts import ADD, show_account
from treatments.admin.pages.page import WITH_FORM

for model in (User, Group, Authenticator, EmailAddress):
    admin.site.unregister(model)


LAST_SEEN = moment_of("last_login", _("last sign-in"))


@admin.register(User)
class StaffAdmin(ReadOnlyAdmin):
    """Rights come from groups only: single permissions and the superuser mark are not handed out here.

    Nobody is deleted: people stand in the timeline, so an account is ended instead.
    """

    pages = (ADD,)
    list_display = ("username", "first_name", "last_name", "email", "is_active", LAST_SEEN)
    list_display_links = ("username",)
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    change_list_template = "admin/treatments/accounts.html"

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        account = self.row_or_404(request, object_id)
        if request.method not in WITH_FORM:
            raise Http404
        return show_account(self, request, account)


@admin.register(Group)
class StaffGroupAdmin(ReadOnlyList, GroupAdmin):
    """Groups and their rights come from ``treatments.permissions`` and are only shown here."""

    list_display = list_display_links = ("name",)
    fields = readonly_fields = ("name", "rights")

    @admin.display(description=_("rights"))
    def rights(self, group: Group) -> str:
        return ", ".join(sorted(group.permissions.values_list("name", flat=True)))
