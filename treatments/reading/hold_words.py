"""Why a hold stands, in a few words for a list: no rule's number, no protected answer, the same for every reader."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.models import Referral
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.workflow import Hold

# By the rule. One that reads a protected answer has no words here: no list says what they are.
WORDS: dict[str, Text] = {
    "S01": gettext_lazy("C-SSRS: intent or a plan"),
    "S02": gettext_lazy("C-SSRS: suicidal behavior within three months"),
    "S03": gettext_lazy("C-SSRS: a method without intent, or earlier behavior"),
    "S05": gettext_lazy("PHQ-9 item 9 above zero, C-SSRS all no"),
    "S06": gettext_lazy("C-SSRS or PHQ-9 item 9 not finished: call to complete"),
    "S07": gettext_lazy("a sign of psychosis now"),
    "S08": gettext_lazy("not eating or drinking, or hardly moving or speaking"),
    "S09": gettext_lazy("a sign of mania now"),
    "S12": gettext_lazy("two or more new symptoms under a serotonergic medicine"),
    "S14": gettext_lazy("very high blood pressure, or chest pain or stroke signs"),
    "S21": gettext_lazy("thoughts of harming someone else"),
    "S22": gettext_lazy("very high blood pressure when last measured"),
    "D12": gettext_lazy("an MAOI together with another medicine"),
}


def hold_reason(referral: Referral) -> str:
    """In one line what asks for the hold that stands; "" where none does."""
    if not referral.is_assessed:
        return _("Not assessed yet")
    if referral.standing_hold == Hold.NONE:
        return ""
    known = WITHOUT_GRANTS.known_rules(referral.hold_rules)
    said = [str(WORDS[rule]) for rule in known if rule in WORDS]
    if not said and referral.hold == Hold.NONE:
        return _("Nobody has closed the alert of an unsafe answer")
    words = "; ".join(said) or _("An answer for which the page gives the reason")
    return words[0].upper() + words[1:]
