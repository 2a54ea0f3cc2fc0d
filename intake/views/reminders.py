"""Behind the last link of a reminder: no more of them, or the form deleted. Opening it does nothing: mail scanners do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.forms.resume import BirthForm, DeleteForm
from intake.mail.appointments import read_sent
from intake.mail.reminders import choose, number_in, read_draft
from intake.models import Entered, MessagesStopped, Submission
from intake.views.away import refusal
from intake.views.carried import carried, carry, drop
from intake.views.guard import public

STOPPING = "stopping"  # what the browser carries: whose reminders they are
TEMPLATE = "intake/reminders.html"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """The token leaves the address bar at once, as that of a link to come back does."""
    if "token" in request.GET:
        response = redirect("intake:reminders")
        carry(request, response, STOPPING, [number_in(request.GET["token"])])
        return response
    (number,) = carried(request, STOPPING) or [""]
    draft, sent = read_draft(number), read_sent(number)
    if sent is not None:
        return _of_sent(request, sent)
    if draft is None:
        return render(request, TEMPLATE, {"done": "gone"}, status=404)
    if request.method == "POST" and "stop" in request.POST:
        choose(draft, None)
        return render(request, TEMPLATE, {"done": "stopped", "draft": draft})
    if request.method == "POST" and "delete" in request.POST:
        return _delete(request, draft)
    return _show(request, draft, _form(draft))


def _of_sent(request: HttpRequest, sent: Submission) -> HttpResponse:
    """A sent form is not deleted here: only the messages about its appointments stop."""
    if request.method != "POST" or "stop" not in request.POST:
        return render(request, TEMPLATE, {"sent": sent})
    MessagesStopped.stop(sent, at=timezone.now())
    return render(request, TEMPLATE, {"done": "stopped", "sent": sent})


def _form(draft: Submission, data=None) -> DeleteForm | None:
    """The date of birth, where there is one to ask for."""
    return DeleteForm(data, today=timezone.localdate()) if draft.date_of_birth else None


def _show(
    request: HttpRequest, draft: Submission, form: BirthForm | None, failed: Entered | None = None
) -> HttpResponse:
    context = {"draft": draft, "form": form, "failed": failed}
    return render(request, TEMPLATE, context, status=429 if failed is not None and failed.too_many else 200)


def _delete(request: HttpRequest, draft: Submission) -> HttpResponse:
    """Delete the form of who knows the date of birth in it; one that rang, or that staff read, only by calling us."""
    form = _form(draft, request.POST)
    if form is not None:
        refused = refusal(request, draft, form, lambda failed: _show(request, draft, form, failed))
        if refused is not None:
            return refused
    if not Submission.delete_for_owner(draft.pk):
        choose(draft, None)
        return render(request, TEMPLATE, {"done": "call", "draft": draft})
    return drop(request, render(request, TEMPLATE, {"done": "deleted"}), STOPPING)
