"""Coming back to a form that was saved: by the link of a mail or a text, or by a code.

A token leaves the address bar at once: the browser carries its digest, never the token itself. Whatever is
wrong with a whole link, a code or a date, the answer is the same page.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake import resume_secrets
from intake.forms.rendered import ClinicForm
from intake.forms.resume import BirthForm, CodeForm, OpenForm
from intake.locations import settings_of
from intake.mail import links
from intake.mail.safe_ways import may_send
from intake.models import Entered, ResumeKey
from intake.views import away, languages, work
from intake.views.carried import carried, carry, drop
from intake.views.guard import SESSION_KEY, for_the_person, keep_session, public, row_of
from intake.views.network import address_of

LINK = "link"  # what the browser carries: the digest of the link that was opened, and until when it works
CUT = "cut"  # in the address: the link was opened without its end


@public
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def come_back(request: HttpRequest) -> HttpResponse:
    """Come back with a printed code and the date of birth; a form of this browser asks for the date alone."""
    if request.method != "POST" and away.BY_CODE not in request.GET:
        here = row_of(request)
        if here is not None and away.is_away(request, here):
            return redirect("intake:tasks")
    form = CodeForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    failed = None
    if form.is_bound and form.is_valid():
        entered = ResumeKey.enter(
            kind=ResumeKey.Kind.CODE,
            digest=resume_secrets.digest_of_code(form.cleaned_data["code"], settings.SECRET_KEY),
            birth=form.cleaned_data["date_of_birth"],
            address=address_of(request),
            worked=work.is_done(request, work.ENTERING),
        )
        if entered.draft or entered.was_sent:
            return _go_on(request, entered)
        if entered.may_work and not work.is_asked_for(request):
            return work.ask(request, work.ENTERING, without=False)
        failed = entered
    return _show(request, "intake/resume_come_back.html", form, failed)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def link(request: HttpRequest) -> HttpResponse:
    """Behind an e-mailed link: a page with a button, because mail scanners open links."""
    if "token" in request.GET:
        token = resume_secrets.token_in(request.GET["token"])
        if token is None:
            return redirect(f"{reverse('intake:link')}?{CUT}=1")
        response = redirect("intake:link")
        opened = [resume_secrets.digest_of(token), resume_secrets.works_until(token) or 0]
        carry(request, response, LINK, opened)
        return response
    digest, until = carried(request, LINK) or ("", 0)
    if not digest or CUT in request.GET:
        return render(request, "intake/resume_no_link.html", {"cut": CUT in request.GET}, status=404)
    if until <= timezone.now().timestamp():
        context = {"hours": settings_of(None).link_hours, "sends_mail": may_send()}
        return render(request, "intake/resume_expired.html", context)
    posted = request.POST if request.method == "POST" else None
    form: ClinicForm = BirthForm(posted, today=timezone.localdate())
    if ResumeKey.opens_without_birth(digest):
        form = OpenForm(posted)
    failed = None
    if form.is_bound and form.is_valid():
        entered = ResumeKey.enter(
            kind=ResumeKey.Kind.LINK,
            digest=digest,
            birth=form.cleaned_data.get("date_of_birth"),
            address=address_of(request),
            worked=work.is_done(request, work.ENTERING),
        )
        if entered.draft or entered.was_sent:
            return _go_on(request, entered)
        if entered.may_work and not work.is_asked_for(request):
            return work.ask(request, work.ENTERING, without=False)
        failed = entered
    return _show(request, "intake/resume_link.html", form, failed)


def _show(request: HttpRequest, template: str, form, failed: Entered | None) -> HttpResponse:
    status = 429 if failed is not None and failed.too_many else 200
    here = settings_of(None)
    context = {
        "form": form,
        "failed": failed,
        "hours": here.link_hours,
        "days": here.draft_days,
        "sends_mail": may_send(),
    }
    return render(request, template, context, status=status)


def _go_on(request: HttpRequest, entered: Entered) -> HttpResponse:
    if entered.draft is None:
        return drop(request, redirect("intake:was-sent"), LINK)
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(entered.draft.pk)
    keep_session(request)
    response = languages.keep(request, redirect("intake:tasks"), entered.draft.language)
    return drop(request, away.stay(request, response, entered.draft), LINK)


@public
@require_POST
def new_link(request: HttpRequest) -> HttpResponse:
    """Mail a fresh link to the address on the draft of an old one; what it says is the same if there is none."""
    digest, _until = carried(request, LINK) or ("", 0)
    if not digest or not may_send():
        return redirect("intake:link")
    links.mail_again(digest, address_of(request))
    return redirect("intake:new-link-asked")


@public
@require_safe
def new_link_asked(request: HttpRequest) -> HttpResponse:
    if not may_send():
        return redirect("intake:come-back")
    most = resume_secrets.LIMITS["mail_to"].most
    context = {"hours": settings_of(None).link_hours, "most": most}
    return render(request, "intake/resume_new_link.html", context)


@public
@require_safe
def was_sent(request: HttpRequest) -> HttpResponse:
    """The link or code was right, but the form has been sent: nothing of it is shown here."""
    return render(request, "intake/resume_was_sent.html")
