"""The page that asks about names that are not clear: no answer leaves each as it was typed."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _

from intake.forms.fields import not_offered
from intake.forms.pages import SavedByPart
from intake.forms.widgets import RadioTiles
from intake.questionnaire.names import NEAR, SEVERAL, Unclear, in_full
from intake.questionnaire.page import Page

YES, NO = "yes", "no"


class UnclearForm(SavedByPart):
    """One question of two answers for each of ``asked``."""

    def __init__(self, page: Page, asked: Sequence[Unclear], data: Mapping | None = None):
        super().__init__(data)
        self.page, self.asked = page, asked
        for each in asked:
            question, hint, yes, no = words_of(each)
            self.fields[field_of(each)] = forms.ChoiceField(
                label=question,
                help_text=hint,
                choices=((YES, yes), (NO, no)),
                required=False,
                widget=RadioTiles,
                error_messages={"invalid_choice": not_offered(question)},
            )

    def yes_to(self) -> list[Unclear]:
        """What was answered with yes."""
        return [each for each in self.asked if self.cleaned_data.get(field_of(each)) == YES]


def field_of(asked: Unclear) -> str:
    return f"{asked.kind}-{asked.key}"


def words_of(asked: Unclear) -> tuple[str, str, str, str]:
    """The question, its hint, and the two answers."""
    typed = asked.typed
    if asked.kind == NEAR:
        words = {"typed": typed, "meant": asked.meant}
        question = _("You wrote “%(typed)s”. Did you mean %(meant)s?") % words
        return question, "", _("Yes, %(meant)s") % words, _("No, keep “%(typed)s”") % words
    if asked.kind == SEVERAL:
        names = [in_full(part) for part in asked.parts]
        if len(names) == 2:
            question = _("You wrote “%(typed)s”. Are these two medicines?") % {"typed": typed}
            yes = _("Yes: %(first)s and %(second)s") % {"first": names[0], "second": names[1]}
        else:
            question = _("You wrote “%(typed)s”. Is each of these a medicine?") % {"typed": typed}
            yes = _("Yes: %(names)s") % {"names": ", ".join(names)}
        return question, _("If you took them together, answer yes."), yes, _("No, keep it as I wrote it")
    same = {"typed": typed, "same": asked.same}
    if typed.casefold() == asked.same.casefold():
        question = _("You wrote “%(typed)s” twice. Keep one?") % same
    else:
        question = _("“%(typed)s” is the same medicine as “%(same)s”. Keep one?") % same
    return question, "", _("Yes, keep only “%(same)s”") % same, _("No, keep both")
