"""The page behind a link: a member of staff sets their own password. Public, because nobody is signed in yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from treatments.admin.forms.accounts import OwnPasswordForm
from treatments.workflow import Refused


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_own_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Unknown, used and expired links look alike. Nobody is signed in by it: a second factor is asked for as ever."""
    account = account_of(key)
    if account is None or not default_token_generator.check_token(account, token):
        return render(request, "registration/set_password.html", status=404)
    form = OwnPasswordForm(account, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            form.save_with(token)
        except Refused:  # used by another window in the meantime
            return render(request, "registration/set_password.html", status=404)
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("admin:login")
    return render(request, "registration/set_password.html", {"form": form, "account": account})


def account_of(key: str) -> User | None:
    try:
        number = int(urlsafe_base64_decode(key).decode())
    except ValueError:
        return None
    return User.objects.filter(pk=number, is_active=True).first() if 0 < number < 2**31 else None
