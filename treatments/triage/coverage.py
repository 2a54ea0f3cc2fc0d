"""Setting what pays for a person's treatment, and writing down a call with the payer."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from treatments.models import Coverage
from treatments.payers.loading import PACKS
from treatments.payers.names import OTHER, PAYERS
from treatments.payers.vocabulary import CONTRACTED, GENERIC, LINES
from treatments.triage.frame import ActionContext, performs
from treatments.triage.payer_state import rewrite
from treatments.workflow import Refused
from treatments.workflow.actions.coverage import ASKED_OF_PAYERS, LOG_PAYER_CALL, SET_COVERAGE
from treatments.workflow.payer_words import RELATION_WORDS

COLUMNS = frozenset(Coverage.SAID) - {"payer", "payer_name", "packs"}
CHOICES = {"line": LINES, "contracted": CONTRACTED, "relation": tuple(RELATION_WORDS)}


@performs(SET_COVERAGE)
def set_coverage(
    this: ActionContext,
    *,
    payer: str,
    payer_name: str = "",
    rank: int = 1,
    packs: Mapping[str, str] | None = None,
    benefits_checked_on: date | None = None,
    said: Mapping[str, str] | None = None,
) -> None:
    """Let a new plan count and end the one before it; ``said`` are its other sealed columns, by name.

    A team chooses the policy of its own treatment; that of another stays as it was, where it is of the same payer.
    """
    _refuse_payer(payer, payer_name, rank)
    said = {key: words.strip() for key, words in (said or {}).items() if key in COLUMNS}
    _refuse_details(this, said, benefits_checked_on)
    before = Coverage.objects.of(this.referral, rank)
    chosen = _packs(this, payer, packs or {}, before)
    if before is not None:
        before.ended = this.at
        before.save(update_fields=["ended"])
    Coverage.objects.create(
        referral=this.referral,
        rank=rank,
        by=this.actor,
        started=this.at,
        payer=payer,
        payer_name=payer_name.strip() if payer == OTHER else "",
        packs=chosen,
        benefits_checked_on=benefits_checked_on,
        benefits_checked_by=_checked_by(this, before, benefits_checked_on),
        **said,
    )
    this.event.details = {"rank": rank}
    own = [this.event.consult.pk] if this.event.consult else []
    this.referral.consults.exclude(pk__in=own).make_stale()  # their pages showed the old one
    rewrite(this.referral, this.at)


def _checked_by(this: ActionContext, before: Coverage | None, on: date | None) -> User | None:
    """Whoever checked on that day, also where somebody else writes the rest anew."""
    if before is not None and before.benefits_checked_on == on:
        return before.benefits_checked_by
    return this.actor if on else None


def _refuse_payer(payer: str, payer_name: str, rank: int) -> None:
    if payer != OTHER and payer not in PAYERS:
        raise Refused(_("Choose the payer."))
    if payer == OTHER and not payer_name.strip():
        raise Refused(_("Type the payer's name."))
    if rank not in (1, 2):
        raise Refused(_("A coverage is the primary or the secondary one."))


def _refuse_details(this: ActionContext, said: Mapping[str, str], benefits_checked_on: date | None) -> None:
    if any(said.get(key) and said[key] not in known for key, known in CHOICES.items()):
        raise Refused(_("Choose from the lists."))
    if benefits_checked_on and benefits_checked_on > this.today:
        raise Refused(_("When were the benefits checked? That day is still to come."))


def _packs(
    this: ActionContext, payer: str, wanted: Mapping[str, str], before: Coverage | None
) -> dict[str, str]:
    own = [this.event.consult.treatment] if this.event.consult else list(ASKED_OF_PAYERS)
    chosen = {key: pack for key, pack in wanted.items() if pack and key in own}
    for treatment, key in chosen.items():
        pack = PACKS.get(key)
        if pack is None or pack.treatment != treatment or pack.payer not in (payer, GENERIC):
            raise Refused(_("This policy is not of this payer and treatment. Choose another, or none."))
    kept = before.packs if before is not None and before.payer == payer else {}
    return {**{key: pack for key, pack in kept.items() if key not in own}, **chosen}


@performs(LOG_PAYER_CALL)
def log_payer_call(
    this: ActionContext, *, whom: str, result: str, reference: str = "", next_on: date | None = None
) -> None:
    """Write down with whom somebody spoke, under which reference, what came of it and when it goes on."""
    if not whom.strip() or not result.strip():
        raise Refused(_("Write with whom you spoke and what came of it."))
    if next_on and next_on < this.today:
        raise Refused(_("What comes next can't lie in the past."))
    this.event.note = result
    this.event.details = {
        "whom": whom.strip(),
        "reference": reference.strip(),
        "next_on": next_on.isoformat() if next_on else "",
    }
    rewrite(this.referral, this.at, call=this.event)
