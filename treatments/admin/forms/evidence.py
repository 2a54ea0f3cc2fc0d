"""The forms for a record that was seen, for what a payer asks of staff or of a clinician, and for a typed score."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intake.fields.lookup import answer
from treatments.admin.forms.shared import ActionForm, day, note
from treatments.models import Consult, Referral
from treatments.payers.vocabulary import ENTRY_KEYS, SCALE_NAMES, SCALES
from treatments.reading.payer_lines import path_words
from treatments.reading.payer_view import need_at, paths_of_needs, treatments_for
from treatments.reading.records import askable, request_at
from treatments.reading.support import is_there
from treatments.workflow.actions.evidence import ADD_CLINICAL_ENTRY, ADD_ENTRY, ADD_EVIDENCE
from treatments.workflow.payer_words import ENTRY_WORDS, KIND_WORDS, VALUE_WORDS

LONGEST = 300
# Codes of the diagnosis that are offered; any other may be typed.
CODES = ("F32.1", "F32.2", "F32.9", "F33.1", "F33.2", "F33.9")


def short_text(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST, widget=widget
    )


class OnADay(ActionForm):
    """About one need, where the page was opened for one; of today, where nobody says another day."""

    takes_need = True
    on = day(_("On which day?"))

    def __init__(self, data=None, *, referral: Referral, consult: Consult | None = None, need="", **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        self.today = timezone.localdate()
        self.need = need_at(self.redaction, referral, need, on=self.today) if need else None
        if consult is not None and need.partition(".")[0] != consult.treatment:
            self.need = None
        self.treatments = treatments_for(self.redaction, consult.treatment if consult else None)
        self.initial["on"] = self.today

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return on

    def shows(self, referral: Referral) -> dict[str, Any]:
        return {"need": self.need}


class SeenForm(OnADay):
    """What was seen in a record, or told: it agrees with the answers, or says something else. Its page may also be
    opened for a request for records that came back.
    """

    action = ADD_EVIDENCE
    template = "admin/treatments/seen.html"
    button = _("Put it on record")
    about = forms.MultipleChoiceField(
        label=_("About which answers?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it is about.")},
    )
    agrees = forms.ChoiceField(
        label=_("Does it say the same?"),
        choices=[("yes", _("It agrees")), ("no", _("It says something else"))],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=[(key, capfirst(words)) for key, words in KIND_WORDS.items()],
        widget=forms.RadioSelect,
    )
    strength = forms.ChoiceField(
        label=_("Seen or told?"),
        choices=[("shown", _("I saw the record")), ("told", _("Somebody told me"))],
        widget=forms.RadioSelect,
        initial="shown",
    )
    place = short_text(_("Where does the record lie?"), _("For example: fax folder, page 3."))
    informant = short_text(_("If somebody told it: name, and from where"))
    says = note(_("What does it say? (needed where it says something else)"), required=False, rows=2)

    field_order = ["about", "agrees", "kind", "on", "place", "strength", "informant", "says"]

    def __init__(self, data=None, *, referral: Referral, need="", **kwargs):
        super().__init__(data, referral=referral, need=need, **kwargs)
        current = referral.submission.current
        first = [*self.need["ask"], *self.need["answers"]] if self.need else []
        if came := request_at(self.redaction.user, referral, need):
            first = [
                path for path, _words in askable(self.redaction, referral.submission) if path in came.paths
            ]
            self.initial.update(place=came.what_came.get("where", ""), on=came.received_on)
        every = paths_of_needs(self.redaction, referral, self.treatments, on=self.today)
        # Entries of a list, so that a record about one medicine closes what is asked of it as a whole.
        first = [path for path in _with_owners(first) if is_there(current, path)]
        # Opened for a need, it offers what that need is about; else all that any of them is about.
        listed = dict.fromkeys(first or [path for path in _with_owners(every) if is_there(current, path)])
        own: Any = self.fields
        own["about"].choices = [(path, path_words(path, current)) for path in listed]
        self.initial["about"] = [path for path in first if "]." not in path]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("strength") == "told" and not sent.get("informant", "").strip():
            self.add_error("informant", _("Write who said it: name and place."))
        if sent.get("strength") == "shown" and not sent.get("place", "").strip():
            self.add_error("place", _("Write where the record lies."))
        if sent.get("agrees") == "no" and not sent.get("says", "").strip():
            self.add_error("says", _("Write what it says."))
        return sent


def _with_owners(paths: list[str]) -> Iterator[str]:
    """Each path; of a part of an entry the entry before it."""
    for path in paths:
        if "]." in path:
            yield path.split("]")[0] + "]"
        yield path


class EntryForm(OnADay):
    """One thing to enter, chosen with its value where it has a closed list of them."""

    template = "admin/treatments/enter_for_payer.html"
    keywords: tuple[str, ...] = ("key", "value", "on")
    what = forms.ChoiceField(label=_("What do you enter?"), widget=forms.RadioSelect)

    field_order = ["what", "words", "strength", "on"]

    def __init__(self, data=None, *, referral: Referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        choices = list(self.offered(referral))
        asked = [path.partition(".")[2] for path in self.need["ask"]] if self.need else []
        own: Any = self.fields
        own["what"].choices = sorted(choices, key=lambda row: row[0].split("=")[0] not in asked)

    def offered(self, referral: Referral) -> Iterator[tuple[str, Any]]:
        raise NotImplementedError

    def chosen(self) -> tuple[str, str, str]:
        """Key, what it is about, and value, the typed words where the choice has none of its own."""
        key, _sign, value = self.cleaned_data["what"].partition("=")
        key, _at, about = key.partition("@")
        return key, about, value or self.cleaned_data.get("words", "").strip()


def pairs(key: str, about: str = "", named: Any = "") -> Iterator[tuple[str, Any]]:
    """A choice for each value of the key, one with words to type where there is no list."""
    place = f"{key}@{about}" if about else key
    words = f"{ENTRY_WORDS[key]}, {named}" if named else str(ENTRY_WORDS[key])
    for value in ENTRY_KEYS[key].values:
        yield (
            f"{place}={value}",
            words if ENTRY_KEYS[key].values == ("yes",) else f"{words}: {VALUE_WORDS[value]}",
        )
    if not ENTRY_KEYS[key].values:
        yield place, _("%(what)s (write it below)") % {"what": words}


class AddEntryForm(EntryForm):
    action = ADD_ENTRY
    keywords = ("key", "value", "on", "strength")
    words = short_text(_("Total of the scale, or the words"))
    strength = forms.ChoiceField(
        label=_("Of a score: seen or told?"),
        choices=[("told", _("Somebody told it")), ("shown", _("I saw the form"))],
        widget=forms.RadioSelect,
        initial="told",
    )

    def offered(self, referral: Referral) -> Iterator[tuple[str, Any]]:
        for key, row in ENTRY_KEYS.items():
            if row.by == "staff":
                yield from pairs(key)
        for scale, most in SCALES.items():
            words = {"scale": SCALE_NAMES[scale], "most": most}
            yield scale, _("%(scale)s, its total of %(most)d (write it below)") % words

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        key = sent.get("what", "").partition("=")[0]
        words = sent.get("words", "").strip()
        if key in SCALES and not (words.isascii() and words.isdecimal() and int(words[:9]) <= SCALES[key]):
            most = {"most": SCALES[key]}
            self.add_error("words", _("The total is a whole number from 0 to %(most)d.") % most)
        elif key in ENTRY_KEYS and not ENTRY_KEYS[key].values and not words:
            self.add_error("words", _("Write it here."))
        return sent

    def asked(self) -> dict[str, Any]:
        key, _about, value = self.chosen()
        sent = self.cleaned_data
        return {"key": key, "value": value, "on": sent["on"], "strength": sent["strength"]}


class AddClinicalEntryForm(EntryForm):
    action = ADD_CLINICAL_ENTRY
    keywords = ("key", "value", "on", "about")
    words = note(_("The code of another diagnosis, or the statement"), required=False, rows=3)

    def offered(self, referral: Referral) -> Iterator[tuple[str, Any]]:
        for code in CODES:
            yield f"diagnosis={code}", f"{ENTRY_WORDS['diagnosis']}: {code}"
        yield "diagnosis", _("Another diagnosis (write its code below)")
        for key in ("psychiatrist_exam", "psychosis_history", "sud_status"):
            if key != "sud_status" or not self.redaction.hides:
                yield from pairs(key)
        current = referral.submission.current
        trials: Any = answer(current, "antidepressants.trials") or []
        for place in range(len(trials)):
            path = f"antidepressants.trials[{place}]"
            yield from pairs("max_tolerated", path, path_words(path, current))
        if self.need and self.need["result"] in ("clinician", "not_met"):
            yield f"statement@{self.need['id']}", _("A statement why this need holds all the same")

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        what, words = sent.get("what", ""), sent.get("words", "").strip()
        if what and "=" not in what and not words:
            self.add_error("words", _("Write it here."))
        return sent

    def asked(self) -> dict[str, Any]:
        key, about, value = self.chosen()
        return {"key": key, "about": about, "value": value, "on": self.cleaned_data["on"]}
