"""The same pages as a django-formtools SessionWizardView, and as plain Django pages, with stock crispy-bootstrap5."""

from dataclasses import replace

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone
from formtools.wizard.views import NamedUrlSessionWizardView, SessionWizardView

from intake.fields import LANGUAGE, Field, Kind
from intake.fields.lookup import age_on
from intake.forms.fields import NONE, questions_of
from intake.forms.follow_ups import follow_ups_of
from intake.forms.names import BOXES, box_names
from intake.forms.rows import RowsForm
from intake.forms.stand_ins import covered, shown_fields
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.page import Page
from tests.intake import pat

YES_OR_NO = (("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure"))


def stock_field(field: Field) -> forms.Field:
    """One question with the widget that Django offers for it."""
    common = {"label": field.question, "help_text": field.hint, "required": field.required}
    match field.kind:
        case Kind.TEXT:
            return forms.CharField(max_length=field.max_length, **common)
        case Kind.LONG_TEXT:
            return forms.CharField(max_length=field.max_length, widget=forms.Textarea, **common)
        case Kind.DATE:
            return forms.DateField(**common)
        case Kind.NUMBER:
            return forms.FloatField(min_value=field.low, **common)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect, **common)
        case Kind.MANY:
            return forms.MultipleChoiceField(
                choices=(*field.choices, (NONE, "None of these")),
                widget=forms.CheckboxSelectMultiple,
                **common,
            )
        case Kind.TRUE:
            return forms.BooleanField(**common)


def stock_form(page: Page) -> type[forms.Form]:
    if page.names:
        fields = {name: forms.CharField(required=False) for name in box_names(page, BOXES)}
        fields["instead"] = forms.ChoiceField(choices=page.names.choices, widget=forms.RadioSelect)
    elif page.entries:
        fields = {
            "more": forms.ChoiceField(
                label=page.words.first, choices=YES_OR_NO, widget=forms.RadioSelect, required=True
            )
        }
        for name, part in RowsForm(page, answers={}).questions if page.rows else ():
            fields[name] = (
                forms.BooleanField(required=False)
                if part.key in page.rows.ticks
                else stock_field(replace(part, required=False))
            )
    else:
        follow, instead = follow_ups_of(page).by_name, covered(page)
        fields = {
            name: stock_field(replace(question, required=question.required and name not in follow))
            for name, _owner, question, _place in questions_of(page)
            if name not in instead
        }
        fields |= {
            name: forms.MultipleChoiceField(
                choices=made.choices, label=made.label, widget=forms.CheckboxSelectMultiple, required=False
            )
            if hasattr(made, "choices")
            else forms.CharField(label=made.label, required=False)
            for name, made in shown_fields(page).items()
            if name not in fields and name != LANGUAGE.key and instead
        }
    helper = FormHelper()
    helper.form_tag = False
    return type("PageForm", (forms.Form,), {**fields, "helper": helper})


def answer_on(wizard: SessionWizardView, slug: str, name: str):
    """An earlier answer, as formtools documents it for conditions."""
    return (wizard.get_cleaned_data_for_step(slug) or {}).get(name)


def says(slug: str, name: str, *values: str):
    return lambda wizard: answer_on(wizard, slug, name) in values


def does_not_say(slug: str, name: str, *values: str):
    return lambda wizard: answer_on(wizard, slug, name) not in values


def under_18(wizard: SessionWizardView) -> bool:
    birth = answer_on(wizard, "name", "about-date_of_birth")
    return birth is not None and age_on(birth, timezone.localdate()) < 18


AGREED = says("consent", "consent-substance_use_agreed", "yes")
# The same pages are left out, for the same answers, as in ours.
CONDITIONS = {
    "guardian": under_18,
    "plans": says("thoughts", "safety-cssrs-q2", "yes", "declined"),
    "trauma-effects": does_not_say("trauma", "anxiety-trauma_event", "no"),
    "alcohol": AGREED,
    "drugs": AGREED,
    "tms": says("other-treatments", "other_treatments-tms-had", "yes"),
    "ketamine": says("other-treatments", "other_treatments-ketamine-had", "yes"),
    "ect": says("other-treatments", "other_treatments-ect-had", "yes"),
}
PAGES = [page.slug for page in INTAKE.pages if page.slug in pat.PAGES or page.slug in CONDITIONS]
STEPS = [(slug, stock_form(INTAKE.by_slug[slug])) for slug in PAGES]


class Wizard(SessionWizardView):
    """Every page of the intake, one step each, the follow-up pages only where an answer calls for them."""

    template_name = "wizard.html"
    form_list = STEPS
    condition_dict = CONDITIONS

    def get_prefix(self, request, *args, **kwargs):
        return "wizard"

    def get_context_data(self, form, **kwargs):
        heading = INTAKE.by_slug[self.steps.current].heading
        return super().get_context_data(form, heading=heading, **kwargs)

    def done(self, form_list, **kwargs):
        answers = {form.prefix: _plain(form.cleaned_data) for form in form_list}
        Submission.objects.create(answers=answers, language="en")
        return HttpResponse("Sent")


def _plain(cleaned: dict) -> dict:
    return {name: str(value) if hasattr(value, "isoformat") else value for name, value in cleaned.items()}


class AddressedWizard(Wizard, NamedUrlSessionWizardView):
    """The same with an address for each page, as ours have: a POST leads to the next one, so that Back, refresh
    and a second tab work.
    """


STOCK = dict(STEPS)


def plain_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What a page costs that is written straight down: a draft row, and a stock form for the page's questions."""
    if "plain" not in request.session:
        request.session["plain"] = str(Submission.objects.create(language="en").pk)
    draft = Submission.objects.get(pk=request.session["plain"])
    form = STOCK[slug](request.POST or None, initial=draft.answers.get(slug), prefix=slug)
    if request.method == "POST" and form.is_valid():
        draft.answers[slug] = _plain(form.cleaned_data)
        draft.save()
        following = PAGES[PAGES.index(slug) + 1 :]
        return redirect("plain", following[0]) if following else HttpResponse("Sent")
    return render(request, "plain.html", {"form": form, "heading": INTAKE.by_slug[slug].heading})


addressed = login_not_required(AddressedWizard.as_view(url_name="step", done_step_name="sent"))
urlpatterns = [
    path("ours/", include("intake.urls")),  # the frame of the page links to them
    path("addressed/", addressed, name="addressed"),
    path("addressed/<slug:step>/", addressed, name="step"),
    path("plain/<slug:slug>/", login_not_required(plain_page), name="plain"),
    path("", login_not_required(Wizard.as_view())),
]
