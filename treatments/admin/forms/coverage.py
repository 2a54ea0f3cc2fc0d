"""The forms for what pays for a person's treatment, and for a call with the payer."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.fields.lookup import answer
from treatments.admin.forms.shared import ActionForm, day, note
from treatments.catalog import TREATMENTS
from treatments.models import Coverage, Referral
from treatments.payers.loading import PACKS
from treatments.payers.names import OTHER, PAYERS
from treatments.payers.vocabulary import GENERIC, LINES
from treatments.reading.payer_lines import pack_words, proposals, typed_words
from treatments.workflow.actions.coverage import ASKED_OF_PAYERS, LOG_PAYER_CALL, SET_COVERAGE
from treatments.workflow.payer_words import LINE_WORDS, OTHER_PAYER, RELATION_WORDS, YES_NO_NOT_SURE

LONGEST = 200
NOT_CHOSEN = ("", _("Not chosen"))


def short_text(label: Any, help_text: Any = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", **attrs})
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST, widget=widget
    )


def choice(label: Any, words: dict[str, Text]) -> forms.ChoiceField:
    choices = [NOT_CHOSEN, *((key, capfirst(said)) for key, said in words.items())]
    return forms.ChoiceField(label=label, required=False, choices=choices)


class SetCoverageForm(ActionForm):
    """What the person typed proposes payers; nobody but a person of the staff chooses one.

    A policy is chosen for each treatment whose payer may be asked; a team sees that of its own alone.
    """

    action = SET_COVERAGE
    template = "admin/treatments/set_coverage.html"
    button = _("Save the coverage")
    keywords = ("payer", "payer_name", "rank", "packs", "benefits_checked_on", "said")

    payer = forms.ChoiceField(label=_("Payer"))
    payer_name = short_text(_("If it is another payer: its name"))
    line = choice(_("Line of business"), {key: LINE_WORDS[key] for key in LINES})
    rank = forms.TypedChoiceField(
        label=_("Which coverage?"),
        choices=[(1, _("Primary")), (2, _("Secondary"))],
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
    )
    plan = short_text(_("Plan"))
    member_id = short_text(_("Member ID"))
    group_number = short_text(_("Group number"))
    subscriber = short_text(_("Subscriber, if it is someone else"))
    relation = choice(_("The subscriber is"), RELATION_WORDS)
    payer_phone = short_text(_("Payer's phone"), inputmode="tel")
    payer_fax = short_text(_("Payer's fax"), inputmode="tel")
    contracted = choice(_("Does the clinic have a contract with this payer?"), YES_NO_NOT_SURE)
    benefits_checked_on = day(_("Benefits checked on (you are kept as who checked)"), required=False)
    benefits_note = note(_("What the benefits check said"), required=False, rows=2)

    def __init__(self, data=None, *, referral: Referral, redaction, consult=None, **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, consult=consult, **kwargs)
        self.treatments = [consult.treatment] if consult else list(ASKED_OF_PAYERS)
        self.current = Coverage.objects.of(referral)
        self.typed = typed_words(referral, redaction)
        own: dict[str, Any] = self.fields
        first = proposals(referral, redaction)
        own["payer"].choices = list(_payers(first))
        own["payer"].error_messages["required"] = _("Choose the payer.")
        if self.current and self.current.payer not in (*first, OTHER):
            first = [self.current.payer, *first]
        for treatment in self.treatments:
            own[f"pack-{treatment}"] = forms.ChoiceField(
                label=_("%(treatment)s: which policy?") % {"treatment": TREATMENTS[treatment].name},
                help_text=_("Not chosen: the payer's only policy, else a strict list of our own."),
                required=False,
                choices=[NOT_CHOSEN, *_policies(treatment, first)],
            )
        self.order_fields(["payer", "payer_name", "line", *(f"pack-{key}" for key in self.treatments)])
        self.initial.update(self._begin(referral))

    def _begin(self, referral: Referral) -> dict[str, Any]:
        """As the coverage stands; before there is one, what the person told of it."""
        row = self.current
        if row is None:
            answers = self.redaction.readable(referral.submission.current)
            return {key: answer(answers, f"practical.{key}") or "" for key in ("plan", "member_id")}
        known = {key: getattr(row, key) for key in Coverage.SAID if key != "packs"}
        packs = {f"pack-{key}": row.packs.get(key, "") for key in self.treatments}
        return {**known, **packs, "benefits_checked_on": row.benefits_checked_on}

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("payer") == OTHER and not sent.get("payer_name", "").strip():
            self.add_error("payer_name", _("Type the payer's name."))
        for treatment in self.treatments:
            pack = PACKS.get(sent.get(f"pack-{treatment}") or "")
            if pack is not None and pack.payer not in (sent.get("payer"), GENERIC) and "payer" in sent:
                self.add_error(f"pack-{treatment}", _("This policy is not of the payer chosen above."))
        return sent

    def asked(self) -> dict[str, Any]:
        sent = self.cleaned_data
        said = set(Coverage.SAID) - {"payer", "payer_name", "packs"}
        return {
            **{key: sent[key] for key in ("payer", "payer_name", "rank", "benefits_checked_on")},
            "packs": {key: sent[f"pack-{key}"] for key in self.treatments},
            "said": {key: sent[key] for key in sorted(said)},
        }


def _payers(first: list[str]) -> Iterator[tuple[Any, Any]]:
    """None chosen; those that the typed words propose; all of them; another by name."""
    yield "", _("Choose the payer")
    if first:
        yield _("From what the person typed"), [(key, PAYERS[key].name) for key in first]
    by_name = sorted(PAYERS.values(), key=lambda payer: payer.name.casefold())
    rest = [(payer.key, _named(payer.key)) for payer in by_name if payer.key not in first]
    yield _("All payers"), [*rest, (OTHER, OTHER_PAYER)]


def _named(key: str) -> Text:
    payer = PAYERS[key]
    unread = {"payer": payer.name}
    return _("%(payer)s (policy not read)") % unread if payer.not_read else payer.name


def _policies(treatment: str, first: list[str]) -> Iterator[tuple[Any, Any]]:
    """The policies of this treatment by payer, those of the likely payers first."""
    packs = [pack for pack in PACKS.values() if pack.treatment == treatment]
    order = {key: place for place, key in enumerate(first)}
    packs.sort(key=lambda pack: order.get(pack.payer, len(first)))
    for payer in dict.fromkeys(pack.payer for pack in packs):
        name = PAYERS[payer].name if payer in PAYERS else _("A strict list of our own")
        yield name, [(pack.pack, pack_words(pack)) for pack in packs if pack.payer == payer]


class LogPayerCallForm(ActionForm):
    action = LOG_PAYER_CALL
    whom = forms.CharField(
        label=_("With whom did you speak?"),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    reference = short_text(_("Reference of the call (optional)"))
    result = note(_("What came of it?"))
    next_on = day(_("What comes next, on which day? (optional)"), required=False)
