"""The pages of staff accounts: one to make one, one to change it, and the link by which its owner sets a password."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.forms.accounts import AccountForm, NewAccountForm
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.volume import name_of
from treatments.models import Event
from treatments.triage.accounts import (
    change_account,
    end_account,
    forget_factors,
    give_link,
    make_account,
    resume_account,
)
from treatments.workflow import Refused
from treatments.workflow.event_words import account_words

SHOWN = 20  # of what was done to an account


def add_account(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        account = make_account(actor=user_of(request), **form.asked())
        return show_link(admin, request, account)
    return show(admin, request, title=_("New account"), form=form)


def show_account(admin: ReadOnlyAdmin, request: HttpRequest, account: User) -> HttpResponse:
    """The account with its form, and what was done to it; ``do`` is the button that was pressed."""
    form, refused = AccountForm(account=account), ""
    try:
        match request.POST.get("do", ""):
            case "link":
                return show_link(admin, request, account)
            case "end":
                end_account(account=account, actor=user_of(request))
                return back(request, account, _("The account was ended."))
            case "resume":
                resume_account(account=account, actor=user_of(request))
                return back(request, account, _("The account may be used again. Give its owner a link."))
            case "factors":
                forget_factors(account=account, actor=user_of(request))
                return back(request, account, _("The second factors were taken off."))
            case "change":
                form = AccountForm(request.POST, account=account)
                if form.is_valid():
                    change_account(account=account, actor=user_of(request), **form.asked())
                    return back(request, account, _("The account was changed."))
    except Refused as fault:
        refused = str(fault)
    events = Event.objects.filter(account=account).select_related("actor").order_by("-pk")[:SHOWN]
    return show(
        admin,
        request,
        title=name_of(account),
        account=account,
        form=form,
        refused=refused,
        is_own=account.pk == user_of(request).pk,
        has_factors=Authenticator.objects.filter(user=account).exists(),
        may_change=may_change(request, account),
        events=[(event, account_words(event.details)) for event in events],
    )


def may_change(request: HttpRequest, account: User) -> bool:
    """Whether the page shows its form and buttons; what they do is decided by triage."""
    user = user_of(request)
    allowed = user.has_perm(permissions.CHANGE_ACCOUNTS) and account.pk != user.pk
    return allowed and (user.is_superuser or not account.is_superuser)


def show_link(admin: ReadOnlyAdmin, request: HttpRequest, account: User) -> HttpResponse:
    """Give the account's owner a link; where it is not mailed, it stands on this page and nowhere else."""
    link = give_link(account=account, actor=user_of(request))
    if not link:
        return back(request, account, _("A link to set a password was mailed."))
    context = admin.page_context(request, title=name_of(account), account=account, link=link)
    return TemplateResponse(request, "admin/treatments/account_link.html", context)


def back(request: HttpRequest, account: User, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("admin:auth_user_change", account.pk)


def show(admin: ReadOnlyAdmin, request: HttpRequest, **context) -> HttpResponse:
    status = 409 if context.get("refused") else 200
    shown = admin.page_context(request, **context)
    return TemplateResponse(request, "admin/treatments/account.html", shown, status=status)


ADD = Page("add/", "add", add_account, permissions.MAKE_ACCOUNTS, WITH_FORM)
