"""What stands around every page: the clinic's colors, and the reader's choice of language."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from intake.locations import settings_of
from intake.views.guard import public

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


# Django's own view: it takes only a language of LANGUAGES and goes back only to a page of this site.
language = public(require_POST(set_language))
