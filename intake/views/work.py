"""Past a limit the browser works for a few seconds before a request is taken: altcha's proof of work, kept here.

A flood then costs its sender more than a person notices. Nobody outside is asked, and nothing is kept but that a
challenge was used. A browser without JavaScript can't do it: what happens then, the caller decides.
"""

import json
import secrets
from datetime import timedelta

from altcha import v2
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from intake.models import Try

FIELD = "altcha"
ENTERING = "entering"  # what a browser works for past the limits on dates of birth
# PBKDF2 rounds of one guess, and how many guesses it takes: 2 to 5 seconds on a phone, and 1 ms here.
COST, LEAST, MOST = 1000, 2000, 4000
WORKS_FOR = timedelta(minutes=20)  # shorter than the window in which a used challenge is remembered
LONGEST = 2000  # letters of an answer; it has some 800


def ask(request: HttpRequest, purpose: str, *, without: bool) -> HttpResponse:
    """The page that works and sends the same once more; ``without``: there is a button for who can't do it."""
    challenge = v2.create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=LEAST + secrets.randbelow(MOST - LEAST),
        expires_at=timezone.now() + WORKS_FOR,
        data={"for": purpose},
        hmac_secret=_key("challenge"),
        hmac_key_secret=_key("solution"),
    )
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", FIELD}
        for value in values
    ]
    context = {"challenge": json.dumps(challenge.to_dict()), "sent": sent, "without": without}
    return render(request, "intake/work.html", context, status=429)


def is_asked_for(request: HttpRequest) -> bool:
    """Whether the page of ``ask`` sent this, with or without the work done."""
    return FIELD in request.POST


def is_done(request: HttpRequest, purpose: str) -> bool:
    """Whether the work was done for ``purpose``, by nobody before and not long ago."""
    answer = request.POST.get(FIELD, "")
    if not answer or len(answer) > LONGEST:
        return False
    found = v2.verify_solution(answer, _key("challenge"), hmac_key_secret=_key("solution"))
    if not found.verified:
        return False
    challenge = v2.Payload.from_base64(answer).challenge
    if (challenge.parameters.data or {}).get("for") != purpose:
        return False
    return Try.allowed(challenge=challenge.signature or "")


def _key(name: str) -> str:
    return salted_hmac("intake.views.work", name, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
