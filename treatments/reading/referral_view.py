"""The account of one referral that staff read: safety answers first, then scores, findings, all answers."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Reader
from intake.models import Submission
from intake.questionnaire import intake as steps
from intake.questionnaire import summary
from treatments import permissions, triage
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event, Referral
from treatments.reading.changes import rows_with_before, with_changes
from treatments.reading.safety import safety_rows
from treatments.reading.trial_history import history
from treatments.workflow import Refused

LONGEST_TIMELINE = 500  # events shown; all of them stay on record
EFFECTS = ("clinician_first", "caution", "supports")


def referral_view(user, referral: Referral, consult: Consult | None = None) -> dict:
    """The template's context for one referral, as ``user`` may read it."""
    submission = referral.submission
    readers = readers_of(user)
    blocks = answer_blocks(submission, readers)
    return {
        "referral": referral,
        "consult": consult,
        "submission": submission,
        "safety_rows": safety_rows(submission, readers),
        "blocks": blocks,
        "substance_use_hidden": Reader.SUBSTANCE_USE not in readers,
        "alarms": alarms(submission),
        "contact": contact(submission),
        "history": history(submission.current) if referral.is_assessed else None,
        "assessment": assessment(referral, substance_use=Reader.SUBSTANCE_USE in readers),
        "events": timeline(user, referral, readers),
        **consults(user, referral),
    }


def hold_view(user, referral: Referral) -> dict:
    """What whoever releases the hold reads: why it stands, what is open, and the safety answers verbatim."""
    readers = readers_of(user)
    told = assessment(referral, substance_use=Reader.SUBSTANCE_USE in readers)
    now = {finding["rule"] for finding in told["hold_findings"]} if told else set()
    return {
        "hold": told,
        # A hold outlives its rule: the answer may have been amended, or the rule changed, since.
        "held_earlier": [rule for rule in referral.hold_rules if rule not in now] if told else [],
        "alarms": alarms(referral.submission),
        "safety_rows": safety_rows(referral.submission, readers),
        "substance_use_hidden": Reader.SUBSTANCE_USE not in readers,
    }


def readers_of(user) -> set[Reader]:
    """As which readers of the intake dictionary this person reads answers."""
    granted = {Reader.SUBSTANCE_USE} if user.has_perm(permissions.READ_SUBSTANCE_USE) else set()
    return {Reader.CLINIC, Reader.RECORDS, *granted}


def alarms(submission: Submission) -> list[dict]:
    return [{"title": alarm.title, "alarm": alarm} for alarm in submission.alarms.all()]


def assessment(referral: Referral, *, substance_use: bool) -> dict | None:
    """The rules' account, arranged for the page; None when the referral could not be assessed.

    Without the grant to read ``substance_use`` answers, findings that rest on one say only that.
    """
    told = assessment_for(referral, substance_use=substance_use)
    if told is None:
        return None
    columns = [
        {
            "name": treatment.name,
            "state": told["treatments"][key]["state"],
            "undecided": told["treatments"][key]["undecided"],
            "findings": [
                (effect, [f for f in told["treatments"][key]["findings"] if f["effect"] == effect])
                for effect in EFFECTS
            ],
            "ask": asks(told["treatments"][key]["ask"]),
        }
        for key, treatment in TREATMENTS.items()
    ]
    return {**told, "columns": columns, "hold_ask": asks(told["hold"]["ask"]), "other_ask": asks(told["ask"])}


def assessment_for(referral: Referral, *, substance_use: bool) -> dict | None:
    """The rules' account as this reader may have it; None where they have not run, or one fails now."""
    if not referral.is_assessed:
        return None
    try:
        told = triage.assessment_of(referral)
        told["hold_findings"] = triage.hold_findings_of(referral)
    except Refused:
        return None
    if not substance_use:
        mask_substance_use(told)
    return told


def mask_substance_use(told: dict) -> None:
    """Take out of an assessment what would tell a substance-use answer (42 CFR Part 2)."""
    for key in ("audit_c", "drug_item"):
        told["scores"].pop(key, None)
    findings = [finding for each in told["treatments"].values() for finding in each["findings"]]
    for finding in findings + told["hold_findings"]:
        if any(path.startswith("substances.") for path in finding["answers"]):
            finding["because"] = _("Rests on a substance-use answer that you may not read.")


def asks(rows: list[dict]) -> list[dict]:
    """What to ask, the fields named by their questions."""
    return [{"rule": row["rule"], "questions": [question(path) for path in row["fields"]]} for row in rows]


def question(path: str) -> str:
    """The words of the question at ``path``; the path itself where it is not a question of its own."""
    plain = path.split("[")[0]
    parts = plain.split(".")
    field = fields.BY_PATH.get(".".join(parts[:2]))
    if field is None:
        return path
    tail = path[len(field.path) :]
    if tail.startswith(".") and field.parts:
        return next((str(part.question) for part in field.parts if part.key == tail[1:]), path)
    if tail.startswith("[") and field.kind is fields.Kind.ITEMS:
        return str(field.parts[int(tail[1:-1])].question)
    if tail.startswith("[") and field.kind is fields.Kind.ENTRIES:
        place, _dot, key = tail[1:].partition("].")
        part = next((part for part in field.parts if part.key == key), None)
        number = int(place.rstrip("]")) + 1
        return f"{field.question} {number}: {part.question}" if part else f"{field.question} {number}"
    return str(field.question)


def answer_blocks(submission: Submission, readers: set[Reader]) -> list[summary.Block]:
    """Every section's answers that one of ``readers`` may read."""
    blocks = []
    for section in steps.SECTIONS:
        own = [
            field
            for page in (*steps.PAGES, steps.HELP_PAGE)
            if page.section == section.slug
            for field in page.fields
            if field.reader in readers
        ]
        own = list({field.path: field for field in own}.values())
        rows = rows_with_before(own, submission)
        entries = [
            entry
            for field in own
            if field.kind is fields.Kind.ENTRIES
            for entry in summary.entry_blocks(field, submission.current)
        ]
        blocks.append(summary.Block(str(section.title), rows, entries, section.slug))
    return [block for block in blocks if block.rows or block.entries]


def contact(submission: Submission) -> list[summary.Row]:
    """How to reach the person, and whether it is safe: beside the phone number, always."""
    keys = ("phone", "voicemail_ok", "text_ok", "email", "email_ok", "contact_by", "interpreter_needed")
    own = [fields.BY_PATH[f"about.{key}"] for key in keys]
    return [row for row in summary.rows(own, submission.current) if row.answer]


def consults(user, referral: Referral) -> dict:
    """All consults for the desk; for a team its own, and only that the person is seen elsewhere too."""
    every = list(referral.consults.select_related("opened_by", "feedback").order_by("opened_at", "pk"))
    desk = user.has_perm("treatments.view_referral")
    for each in every:
        each.routed_by = each.opened_by.get_full_name() or each.opened_by.get_username()
        if not desk:  # it may have been a member of another team, who handed the person over
            each.routed_by = _("the clinic")
    if desk:
        return {"consults": every, "seen_elsewhere": False, "open_consults": sum(c.is_open for c in every)}
    queues = permissions.queues_of(user)
    return {
        "consults": [each for each in every if each.treatment in queues],
        "seen_elsewhere": any(each.is_open and each.treatment not in queues for each in every),
        "open_consults": sum(each.is_open for each in every),
    }


def timeline(user, referral: Referral, readers: set[Reader]) -> list[Event]:
    """The events, newest first; a team reads nothing about another queue's consults."""
    return _told(referral.events.for_user(user), referral, readers)


def since(user, referral: Referral, last: int) -> list[Event]:
    """What was done after the event ``last``, newest first, as far as this person may read it."""
    looks = (Event.Kind.OPENED, Event.Kind.EXPORTED)
    done = referral.events.for_user(user).filter(pk__gt=last).exclude(kind__in=looks)
    return _told(done, referral, readers_of(user))


def last_event(user, referral: Referral) -> int | None:
    return referral.events.for_user(user).order_by("-pk").values_list("pk", flat=True).first()


def _told(events: QuerySet[Event], referral: Referral, readers: set[Reader]) -> list[Event]:
    events = events.select_related("actor", "consult").defer("assessment")
    shown = list(events.order_by("-at", "-pk")[:LONGEST_TIMELINE])
    with_changes(shown, referral.submission, readers)
    return shown
