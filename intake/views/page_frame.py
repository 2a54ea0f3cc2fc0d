"""What stands around every page: the clinic's colors, and the reader's choice of language."""

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from intake.locations import settings_of
from intake.views import away, languages
from intake.views.guard import public, row_of

KEPT_FOR = 60 * 60  # seconds for which a browser keeps the colors: a change shows within the hour


@public
@require_safe
def colors(request: HttpRequest) -> HttpResponse:
    """The clinic's colors as CSS variables, for the patient's pages and the admin."""
    here = settings_of(None)
    return HttpResponse(
        f":root{{--clinic-brand:{here.color};--clinic-brand-dark-mode:{here.color_dark}}}\n",
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": f"public, max-age={KEPT_FOR}"},
    )


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language on a page without answers; those have a button of their own form (``ways.language_in``).

    Django's view takes only a language of LANGUAGES and goes back only to a page of this site.
    """
    response = set_language(request)
    code = request.POST.get("language", "")
    if code not in settings_of(None).offered_languages:
        return response
    with suppress(DatabaseError):  # the front page changes its language whatever the database does
        row = row_of(request)
        if row is not None and away.is_here(request, row):
            languages.note(request, row, code)
    return languages.keep(request, response, code)
