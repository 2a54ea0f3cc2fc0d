"""Putting on record what supports an answer before a payer: what was seen or told, entries, and typed scores."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from intake.fields.lookup import field_path
from treatments.models import Entry, Evidence, Score
from treatments.payers.loading import PACKS
from treatments.payers.vocabulary import ENTRY_KEYS, EVIDENCE_KINDS, SCALES, STRENGTHS, is_value_of
from treatments.reading.readiness import may_read_all
from treatments.reading.redaction import redaction_for
from treatments.reading.support import is_there
from treatments.triage.frame import ActionContext, performs
from treatments.triage.payer_state import rewrite
from treatments.workflow import Refused
from treatments.workflow.actions.evidence import ADD_CLINICAL_ENTRY, ADD_ENTRY, ADD_EVIDENCE


@performs(ADD_EVIDENCE)
def add_evidence(
    this: ActionContext,
    *,
    about: Collection[str],
    strength: str,
    agrees: str,
    kind: str,
    on: date,
    says: str = "",
    informant: str = "",
    place: str = "",
) -> None:
    """Keep that a record, or somebody, agrees with the answers at the paths ``about``, or says something else."""
    said = {"says": says.strip(), "informant": informant.strip(), "place": place.strip()}
    _refuse_evidence(strength, agrees, kind, **said)
    _refuse_day(this, on)
    _refuse_paths(this, about)
    for path in sorted(set(about)):
        Evidence.objects.create(
            referral=this.referral,
            by=this.actor,
            at=this.at,
            on=on,
            about=path,
            strength=strength,
            agrees=agrees,
            kind=kind,
            **said,
        )
    this.event.details = {"fields": sorted({field_path(path) for path in about})}
    rewrite(this.referral, this.at)


def _refuse_evidence(strength: str, agrees: str, kind: str, *, says: str, informant: str, place: str) -> None:
    if strength not in STRENGTHS or agrees not in ("yes", "no") or kind not in EVIDENCE_KINDS:
        raise Refused(_("Choose from the lists."))
    if strength == "told" and not informant:
        raise Refused(_("Write who said it: name and place."))
    if strength == "shown" and not place:
        raise Refused(_("Write where the record lies."))
    if agrees == "no" and not says:
        raise Refused(_("Write what it says."))


def _refuse_paths(this: ActionContext, about: Collection[str]) -> None:
    """What it is about is an answer that is there and that the actor may read."""
    if not about:
        raise Refused(_("Choose what it is about."))
    submission = this.referral.submission
    reader = redaction_for(this.actor, submission, at=this.at)
    if not all(is_there(submission.current, path) and may_read_all(reader, path) for path in about):
        raise Refused(_("This is about an answer that is not there. Look at the page again."))


@performs(ADD_ENTRY)
def add_entry(
    this: ActionContext,
    *,
    key: str,
    value: str,
    on: date,
    strength: str = "told",
) -> None:
    """Keep what a payer asks of staff; where ``key`` is a scale, the total that staff typed."""
    if key not in SCALES:
        _enter(this, "staff", key=key, value=value, on=on, about="")
        return
    _refuse_day(this, on)
    most = SCALES[key]
    if strength not in STRENGTHS or not (
        value.isascii() and value.isdecimal() and len(value) < 4 and int(value) <= most
    ):
        raise Refused(_("The total is a whole number from 0 to %(most)d.") % {"most": most})
    Score.objects.create(
        referral=this.referral,
        by=this.actor,
        at=this.at,
        on=on,
        said={"scale": key, "total": int(value)},
        strength=strength,
    )
    rewrite(this.referral, this.at)


@performs(ADD_CLINICAL_ENTRY)
def add_clinical_entry(this: ActionContext, *, key: str, value: str, on: date, about: str = "") -> None:
    """Keep what a payer asks of a clinician; ``about`` is a trial's path or a need's id, where the key asks for one."""
    _enter(this, "clinician", key=key, value=value, on=on, about=about)


def _enter(this: ActionContext, by: str, *, key: str, value: str, on: date, about: str) -> None:
    row = ENTRY_KEYS.get(key)
    if row is None or row.by != by:
        raise Refused(_("Choose what you enter."))
    _refuse_day(this, on)
    value = value.strip()
    if not is_value_of(key, value):
        if key == "diagnosis":
            raise Refused(_("Write the diagnosis as an ICD-10-CM code, such as F33.2."))
        raise Refused(_("This is no value of what you enter."))
    if not _is_about(this, row.about, about):
        raise Refused(_("Choose what it is about."))
    Entry.objects.create(
        referral=this.referral,
        by=this.actor,
        at=this.at,
        on=on,
        treatment=this.event.consult.treatment if this.event.consult else "",
        key=key,
        value=value,
        about=about,
    )
    this.event.details = {"entered": key} if key != "sud_status" else {}
    rewrite(this.referral, this.at)


def _is_about(this: ActionContext, wanted: str, about: str) -> bool:
    if not wanted:
        return not about
    if wanted == "need":
        return any(need.id == about for pack in PACKS.values() for need in pack.needs)
    trial = about.startswith("antidepressants.trials[") and about.endswith("]")
    return trial and is_there(this.referral.submission.current, about)


def _refuse_day(this: ActionContext, on: date) -> None:
    if on > this.today:
        raise Refused(_("That day is still to come."))
