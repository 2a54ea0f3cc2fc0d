"""The one-page consult brief of a referral: a page made for paper, and a PDF where WeasyPrint is installed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake import fields
from intake.questionnaire import summary
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.admin.pages.pdf import no_pdf, pdf_response, wants_pdf, weasyprint
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import subject_of
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event, Referral, RiskAssessment
from treatments.reading import brief
from treatments.reading.answers import question
from treatments.reading.redaction import Redaction, redaction_for
from treatments.reading.referral_view import alarm_reason, referral_view
from treatments.reading.responders import name_of
from treatments.triage.access_log import exported, opened
from treatments.workflow import HOLD_WORDS, Hold
from treatments.workflow.effects import EFFECTS

PERSON = ("date_of_birth", "preferred_name", "pronouns", "sex_at_birth", "gender", "language")


def show_brief(admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult) -> HttpResponse:
    """Whoever may read the row's page may read this.

    GET, like the page itself: nothing changes, and the looking is an event written first. A PDF can be
    kept and sent on, so making one is recorded as an export.
    """
    referral, consult = subject_of(row)
    title = _("Brief of referral %(reference)s") % {"reference": referral.reference}
    context = admin.page_context(request, row=row, title=title)
    actor = user_of(request)
    if not wants_pdf(request):
        opened(referral=referral, actor=actor, consult=consult, details={"page": "brief"})
        context |= brief_context(redaction_for(actor, referral.submission), referral, consult)
        return TemplateResponse(request, "admin/treatments/brief.html", context)
    if weasyprint() is None:
        return no_pdf(request, context)
    details = {"page": "brief", "form": "pdf"}
    exported(referral=referral, actor=actor, consult=consult, details=details)
    context |= brief_context(redaction_for(actor, referral.submission), referral, consult)
    name = f"brief-{referral.reference}"
    return pdf_response("admin/treatments/brief_sheet.html", "treatments/brief.css", context, name)


BRIEF = Page("<int:object_id>/brief/", "brief", show_brief)


def brief_context(redaction: Redaction, referral: Referral, consult: Consult | None) -> dict:
    """What stands on the brief, as this reader may have it; a team's names its own treatment only."""
    whole = referral_view(redaction, referral, consult)
    answers = referral.submission.current
    about = [fields.BY_PATH[f"about.{key}"] for key in PERSON if f"about.{key}" in fields.BY_PATH]
    parts = [
        brief.Part(_("Clinician's assessment of the risk"), risk_lines(whole["risk"]), "risk"),
        brief.Part(_("Contact, and what is safe"), brief.answered(whole["contact"])),
        brief.Part(_("Why routed"), why_routed(whole["consults"])),
        brief.Part(_("Safety answers, in the person's words"), brief.answered(whole["safety_rows"])),
    ]
    assessed = whole["assessment"]
    if assessed:
        parts.append(brief.Part(_("Scores"), brief.scores(assessed["scores"])))
    parts.append(
        brief.Part(
            _("Medicines tried for depression"), brief.at_most(brief.MOST_TRIALS, brief.trials(answers))
        )
    )
    parts.append(
        brief.Part(_("Medicines now"), brief.at_most(brief.MOST_MEDICINES, brief.entries(brief.NOW, answers)))
    )
    parts.append(brief.Part(_("Allergies"), brief.entries(brief.ALLERGIES, answers)))
    if assessed:
        parts.extend(finding_parts(assessed, consult))
    return {
        "referral": referral,
        "consult": consult,
        "age": referral.age(timezone.localdate()),
        "head": head_lines(redaction, referral, consult, whole["events"]),
        "person": brief.answered(summary.rows(about, answers)),
        "parts": [part for part in parts if part.lines],
        "assessed": assessed,
        "printed_at": timezone.now(),
        "printed_by": name_of(redaction.user),
        "answers_left_out": whole["answers_left_out"],
    }


def head_lines(
    redaction: Redaction, referral: Referral, consult: Consult | None, events: list[Event]
) -> list[brief.Line]:
    """Hold, state and arrival, each with what it rests on; ``events`` newest first, as this reader has them."""
    if not referral.is_assessed:
        hold, source = _("Not assessed"), _("the rules have not run")
    elif referral.hold_rules:
        rules = redaction.standing_rules(referral)
        hold, source = str(HOLD_WORDS[referral.standing_hold]), ", ".join([*rules, *alarm_reason(referral)])
    elif referral.alert_open:
        hold, source = str(HOLD_WORDS[referral.standing_hold]), "".join(alarm_reason(referral))
    elif referral.hold_released_at:
        day = timezone.localtime(referral.hold_released_at).date().isoformat()
        hold, source = referral.get_hold_display(), _("released %(day)s") % {"day": day}
    else:
        hold, source = referral.get_hold_display(), _("ruleset %(version)s") % {"version": referral.ruleset}
    state = str(referral.state_label)
    if consult is not None:
        state += f" · {consult.get_treatment_display()}: {consult.state_label}"
    arrived = timezone.localtime(referral.received_at).date().isoformat()
    return [
        brief.Line(str(hold), str(source)),
        brief.Line(state, last_move(events)),
        brief.Line(_("received %(day)s") % {"day": arrived}, str(referral.submission.get_source_display())),
    ]


def risk_lines(row: RiskAssessment | None) -> list[brief.Line]:
    """The clinician's level, plan and next check, each with who and when; none where there is no assessment."""
    if row is None:
        return []
    source = f"{name_of(row.by)}, {_moment(row.at)}, {row.get_how_display()}"
    if row.outcome:
        source += f"; {row.outcome}"
    lines = [
        brief.Line(str(row.get_level_display()), source, _("Level"), row.shape),
        brief.Line(row.next_steps, _carried(row), _("Plan")),
    ]
    if row.next_check_at and row.next_check_by:
        late = _("overdue") if row.is_overdue(timezone.now()) else ""
        lines.append(
            brief.Line(
                _moment(row.next_check_at),
                name_of(row.next_check_by),
                _("Next check"),
                f"✱ {late}" if late else "",
            )
        )
    return lines


def _carried(row: RiskAssessment) -> str:
    return _("carried out by %(who)s") % {"who": row.carried_by} if row.carried_by else name_of(row.by)


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def last_move(events: list[Event]) -> str:
    """The newest event that moved the referral or one of its consults, who did it, and the day."""
    move = next((event for event in events if event.to_state and event.from_state != event.to_state), None)
    if move is None:
        return _("no move yet")
    who = (move.actor.get_full_name() or move.actor.get_username()) if move.actor else _("the system")
    day = timezone.localtime(move.at).date().isoformat()
    return f"{move.get_kind_display()}, {who}, {day}"


def why_routed(consults: list[Consult]) -> list[brief.Line]:
    lines = []
    for each in consults:
        if each.is_open:
            day = timezone.localtime(each.opened_at).date().isoformat()
            why = each.why or _("No reason was written.")
            source = _("routed by %(who)s, %(day)s") % {"who": each.routed_by, "day": day}
            lines.append(brief.Line(why, source, str(each.get_treatment_display())))
    return lines


def finding_parts(assessed: dict, consult: Consult | None) -> list[brief.Part]:
    """The hold's reasons, then per treatment what fired, then what is still to be asked."""
    marks = {
        **EFFECTS,
        **{hold.value: ("▲", words) for hold, words in HOLD_WORDS.items() if hold != Hold.NONE},
    }
    parts = [brief.Part(_("Hold"), brief.findings(assessed["hold_findings"], marks))]
    waiting = list(assessed["hold"]["ask"])
    for (key, treatment), column in zip(TREATMENTS.items(), assessed["columns"], strict=True):
        if consult is not None and consult.treatment != key:
            continue
        rows = [finding for _effect, found in column["findings"] for finding in found]
        parts.append(brief.Part(str(treatment.name), brief.findings(rows, marks)))
        waiting += assessed["treatments"][key]["ask"]
    still = brief.at_most(brief.MOST_OPEN, brief.open_questions(waiting, question))
    parts.append(brief.Part(_("Still to ask"), still))
    return parts
