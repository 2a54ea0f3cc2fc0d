"""What every request passes through besides Django's own middleware."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]


# On every answer that is no static file: WhiteNoise serves those before this.
CLOSED = {
    "Cache-Control": "no-store",  # neither browsers nor proxies keep a copy
    "Cross-Origin-Resource-Policy": "same-origin",  # no other site takes it in
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def closed(get_response: Handler) -> Handler:
    """Say on every page that it is kept by nobody, taken in by no other site, needs no device, and takes in
    nothing but our own files.

    The policy is composed once, where django-csp's middleware composes it for each answer: no view of ours changes
    it or asks for a nonce. Django's own pages of faults, shown in DEBUG alone, bring their style along.
    """
    headers = {**CLOSED, HEADER: build_policy()}

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_djangos = settings.DEBUG and response.status_code in (404, 500)
        for name, value in (CLOSED if is_djangos else headers).items():
            response.setdefault(name, value)
        return response

    return handle


class CompressPatientPages(GZipMiddleware):
    """Send the patient's pages gzipped: see docs/decisions/0015-compressed-pages.md.

    The admin's pages are sent as they are: some repeat a search from the address beside patients' names.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        match = request.resolver_match
        if match is None or match.app_name != "intake":
            return response
        return super().process_response(request, response)


class SignInRequired(LoginRequiredMiddleware):
    """Django's; a view that says it needs no sign-in is let through before anybody's account is looked for."""

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def read_as_text(get_response: Handler) -> Handler:
    """Read every form as UTF-8, and answer 400 to a null character in the address or a cookie, or an overlong query.

    All our pages are UTF-8: another character set in the header of what is sent is no fault page. PostgreSQL stores no null characters; the admin's filters pass the query on unseen and sessions are
    looked up by the cookie: all would be server errors deeper down.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.encoding is not None:  # it names one; to set it has Django read the address anew
            request.encoding = "utf-8"
        address = request.META.get("QUERY_STRING", "")
        in_a_cookie = any("\x00" in value for value in request.COOKIES.values())
        if len(address) > 4000 or "%00" in address or "\x00" in request.path or in_a_cookie:
            raise BadRequest("A null character, or an overlong query in the address.")
        return get_response(request)

    return handle


def offered_language(get_response: Handler) -> Handler:
    """Answer in the reader's language if our own words are translated to it, else in the clinic's.

    Where pages are offered in one language nothing is asked of the request, and no page varies by it.
    Django's ``LocaleMiddleware`` would mix two on a page, and looks for a language in each address.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        language, offered = settings.LANGUAGE_CODE, settings.OFFERED_LANGUAGES
        chosen = translation.get_language_from_request(request) if len(offered) > 1 else language
        if chosen in offered:
            language = chosen
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        if len(offered) > 1:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return handle
