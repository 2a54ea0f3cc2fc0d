"""Save and leave: a link by email or text, a code to copy by hand, and reminders for who wants them."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from intake import resume_secrets
from intake.forms.resume import FirstBirthForm, LinkForm, TextLinkForm
from intake.locations import settings_of
from intake.mail import links, reminders
from intake.mail.safe_ways import not_unsafe, number_of
from intake.models import ResumeKey, Submission
from intake.models.coming_back import Channel
from intake.questionnaire.intake import INTAKE
from intake.views import away
from intake.views.carried import carried, carry, drop
from intake.views.guard import for_the_person, with_draft
from intake.views.helping import STOPPED, call_for
from intake.views.network import address_of

WHERE_TO = frozenset({"about.email", "about.phone"})  # where a link goes
SEED = "seed"  # of a code, from the click to the page that shows it: without our key it says nothing
BY_TEXT = "text"  # in the address of the page after a link was sent


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def later(request: HttpRequest, draft: Submission) -> HttpResponse:
    """Until when the form is kept, and the ways back to it; before most of them the date of birth they need."""
    if draft.date_of_birth:
        return redirect("intake:later") if request.method == "POST" else _show(request, draft)
    form = FirstBirthForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if not (form.is_bound and form.is_valid()):
        return _show(request, draft, form)
    answers = {"about": {"date_of_birth": form.cleaned_data["date_of_birth"].isoformat()}}
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], answers, done=False)
    return redirect(request.get_full_path())


def _show(
    request: HttpRequest,
    draft: Submission,
    tried: FirstBirthForm | LinkForm | TextLinkForm | None = None,
    **more,
) -> HttpResponse:
    """The page; ``tried`` is the form on it that was posted and is faulty."""
    birth = None if draft.date_of_birth else FirstBirthForm(today=timezone.localdate())
    forms = {"birth": birth, "link": LinkForm(), "text": TextLinkForm()}
    for name, form in forms.items():
        if tried is not None and type(tried) is type(form):
            forms[name] = tried
    context = {
        **forms,
        **_around(draft),
        "form": tried,
        "sends_mail": may_mail(draft),
        "sends_text": may_text(draft),
        "number": number_of(draft.answers),
        "has_code": draft.resume_keys.filter(kind=ResumeKey.Kind.CODE).exists(),
        "call": call_for(request, draft.answers) if STOPPED in request.GET else None,
        **more,
    }
    return render(request, "intake/resume_later.html", context, status=429 if more.get("too_many") else 200)


def _around(draft: Submission) -> dict[str, object]:
    """What every page of leaving needs: the draft, and how it may be reminded of."""
    days = reminders.days(settings_of(None).draft_days)
    return {"draft": draft, "remind_ways": remind_ways(draft), "remind_days": days}


def remind_ways(draft: Submission) -> dict[str, str]:
    """By what its owner may be reminded: channel -> address."""
    days = reminders.days(settings_of(None).draft_days)
    return not_unsafe(draft.answers) if days and may_have_a_link(draft) else {}


def may_have_a_link(draft: Submission) -> bool:
    """Whether a link may lead to it: with a date of birth to ask for, or with nothing told that needs one."""
    return bool(draft.date_of_birth) or not away.holds_anything(draft, besides=WHERE_TO)


def may_mail(draft: Submission) -> bool:
    return settings.SENDS_MAIL and may_have_a_link(draft)


def may_text(draft: Submission) -> bool:
    """Nothing is texted to a number that is not safe, nor to one behind an extension."""
    about = draft.answers.get("about", {})
    fits = not about.get("phone") or bool(number_of(draft.answers))
    return bool(settings.TEXT_WEBHOOK) and may_have_a_link(draft) and fits and about.get("text_ok") != "no"


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def mail_link(request: HttpRequest, draft: Submission) -> HttpResponse:
    """Put a mail with a link into the outbox; asks for the address first if we have none."""
    if request.method != "POST" or not may_mail(draft):
        return redirect("intake:later")
    if not draft.email:
        form = LinkForm(request.POST)
        if not form.is_valid():
            return _show(request, draft, form)
        draft = Submission.save_email(draft.pk, form.cleaned_data["email"])
    if not links.mail_link(draft, address_of(request)):
        return _show(request, draft, too_many=True)
    return redirect("intake:link-mailed")


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def text_link(request: HttpRequest, draft: Submission) -> HttpResponse:
    """The same as a text message, where the clinic sends any; asks for the number first if we have none."""
    if request.method != "POST" or not may_text(draft):
        return redirect("intake:later")
    if not number_of(draft.answers):
        form = TextLinkForm(request.POST)
        if not form.is_valid():
            return _show(request, draft, form)
        if not number_of({"about": {"phone": form.cleaned_data["phone"]}}):
            form.add_error("phone", _("Phone number: write one without an extension"))
            return _show(request, draft, form)
        draft = Submission.save_phone(draft.pk, form.cleaned_data["phone"])
    if not links.text_link(draft, address_of(request)):
        return _show(request, draft, too_many=True)
    return redirect(f"{reverse('intake:link-mailed')}?by={BY_TEXT}")


@with_draft
@require_safe
@for_the_person
def link_mailed(request: HttpRequest, draft: Submission) -> HttpResponse:
    by_text = request.GET.get("by") == BY_TEXT and may_text(draft)
    to = draft.answers.get("about", {}).get("phone", "") if by_text else draft.email
    context = {**_around(draft), "by_text": by_text, "to": to, "hours": settings_of(None).link_hours}
    return render(request, "intake/resume_mailed.html", context)


@with_draft
@require_POST
@for_the_person
def make_code(request: HttpRequest, draft: Submission) -> HttpResponse:
    """Make a code; the page it leads to shows it once."""
    if not draft.date_of_birth:
        return redirect("intake:later")
    response = redirect("intake:code")
    carry(request, response, SEED, [str(draft.pk), ResumeKey.new_code(draft)])
    return response


@with_draft
@require_GET
@for_the_person
def code(request: HttpRequest, draft: Submission) -> HttpResponse:
    """The code just made, to print or write down; loaded again, there is none."""
    made_for, seed = carried(request, SEED) or ("", "")
    if made_for != str(draft.pk):
        messages.info(
            request,
            _(
                "We show a code only once. Did you not write it down? Make a new one: the old one then stops working."
            ),
        )
        return redirect("intake:later")
    shown = resume_secrets.code_from(seed, settings.SECRET_KEY)
    page = render(request, "intake/resume_code.html", {**_around(draft), "code": shown})
    return drop(request, page, SEED)


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def remind(request: HttpRequest, draft: Submission) -> HttpResponse:
    """Whether, and by what, we remind somebody of the form; it is kept with the draft and is no part of the intake."""
    if request.method == "POST":
        by = request.POST.get("by", "")
        if by in _around(draft)["remind_ways"]:  # type: ignore[operator]
            reminders.choose(draft, by)
            by_mail = by == Channel.MAIL
            messages.success(
                request, _("We remind you by email.") if by_mail else _("We remind you by text message.")
            )
        elif by == "no":
            reminders.choose(draft, None)
            messages.success(request, _("We do not remind you."))
    return redirect("intake:later")
