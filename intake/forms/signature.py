"""The signature under the answers: filled in from a name that was told, and no fault when it is blank."""

from collections.abc import Mapping

from intake.fields import Answers
from intake.fields.lookup import answer
from intake.forms.pages import PageForm
from intake.questionnaire.for_another import FILLED_BY, HELPERS
from intake.questionnaire.page import Page

SIGNED = "consent-signed_name"


class SignatureForm(PageForm):
    """``by_staff``: who enters it on the phone signs for nobody, so nothing is filled in."""

    def __init__(
        self,
        page: Page,
        answers: Answers,
        screen: str,
        data: Mapping | None = None,
        *,
        by_staff: bool = False,
    ):
        super().__init__(page, answers, screen, data)
        if SIGNED in self.fields and not by_staff:
            self.initial.setdefault(SIGNED, signer(answers))

    @property
    def signed(self) -> bool:
        """Whether the page that was sent asked for it: an older one did not."""
        return self.is_bound and SIGNED in self.data

    def to_signed(self) -> dict[str, dict]:
        """What is stored when the form is sent: the signature where it was asked, and the day in any case."""
        answers = self.to_answers()
        if not self.signed:
            answers.get("consent", {}).pop("signed_name", None)
        return answers


def signer(answers: Answers) -> str:
    """Who signs: the helper of a helped form, else the person; "" where no name was told."""
    about = answers.get("about", {})
    if answer(answers, FILLED_BY) in HELPERS:
        return about.get("filled_by_name") or ""
    return " ".join(filter(None, (about.get("first_name"), about.get("last_name"))))
