"""A page of questions without anybody's answers: its HTML is made once, and each request pours its own in.

What a frame depends on are the arguments of ``frame``: nothing of a person is among them, and no request
or draft reaches the template. The form's fields and its token are gaps.
"""

from functools import lru_cache

from django import forms
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from intake import steps
from intake.forms import QUESTIONS
from intake.looks import GAP, ClinicBoundField, ClinicForm, cut, pour

TOKEN = "token"  # noqa: S105 the name of a gap
TEMPLATE = "intake/page.html"


class Gap(ClinicBoundField):
    def render(self, template_name=None, context=None, renderer=None):
        return mark_safe(GAP.format(self.name))  # noqa: S308 a gap, cut out again at once


class GapField(forms.Field):
    def get_bound_field(self, form, field_name):
        return Gap(form, self, field_name)


class FrameForm(ClinicForm):
    """As many gaps as the page asks questions; ``{% crispy %}`` places them as it would the questions."""

    def __init__(self, names: tuple[str, ...]):
        super().__init__()
        self.fields = {name: GapField() for name in names}
        self.helper = QUESTIONS


# Pages, times the steps and ways back that differ with a person's branches.
@lru_cache(maxsize=1024)
def frame(
    slug: str, names: tuple[str, ...], place: steps.Place, returning: str, language: str
) -> tuple[str, ...]:
    """The cut HTML of a page with ``names`` as its questions; ``language`` is the active one."""
    nobodys = HttpRequest()  # what stands around a page may ask for its address, and finds nobody
    nobodys.method = "GET"
    nobodys.path = nobodys.path_info = reverse("intake:page", args=[slug])
    nobodys.META["QUERY_STRING"] = f"return={returning}" if returning else ""
    nobodys.GET = QueryDict(nobodys.META["QUERY_STRING"])
    told = {
        "csrf_token": GAP.format(TOKEN),
        "page": steps.BY_SLUG[slug],
        "place": place,
        "form": FrameForm(names),
    }
    return tuple(cut(render_to_string(TEMPLATE, told, nobodys)))


def framed(request: HttpRequest, form, place: steps.Place, returning: str) -> SafeString:
    """The page of ``form``, which nobody has posted yet."""
    pieces = frame(form.page.slug, tuple(form.fields), place, returning, get_language())
    words = {name: form[name].render() for name in form.fields}
    return pour(pieces, {**words, TOKEN: get_token(request)})
