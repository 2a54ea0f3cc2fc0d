"""What a reader may not read is taken out here, and nowhere else."""

from django.utils.translation import gettext as _

from intake.fields import BY_PATH, Reader
from intake.models import Submission
from treatments import permissions


def readers_of(user) -> set[Reader]:
    """As which readers of fields this person reads answers."""
    granted = {Reader.SUBSTANCE_USE} if user.has_perm(permissions.READ_SUBSTANCE_USE) else set()
    return {Reader.CLINIC, Reader.RECORDS, *granted}


def alarms(submission: Submission) -> list[dict]:
    return [{"title": alarm.title, "alarm": alarm} for alarm in submission.alarms.all()]


def mask_substance_use(told: dict) -> None:
    """Take out of an assessment what would tell a substance-use answer (42 CFR Part 2)."""
    for key in ("audit_c", "drug_item"):
        told["scores"].pop(key, None)
    findings = [finding for each in told["treatments"].values() for finding in each["findings"]]
    for finding in findings + told["hold_findings"]:
        if any(path.startswith("substances.") for path in finding["answers"]):
            finding["because"] = _("Rests on a substance-use answer that you may not read.")


def leave_out_substance_use(document: dict) -> None:
    """Take the answers out of ``document`` that only those may read who were granted them."""
    for field in BY_PATH.values():
        if field.reader is Reader.SUBSTANCE_USE and field.section in document:
            document[field.section].pop(field.key, None)
    for section in [name for name, told in document.items() if told == {}]:
        del document[section]
