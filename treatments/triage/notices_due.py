"""The day's notices, once a working day and person: what is due of theirs, and the one mail of who wants one a day.

Made, mailed and noted in one transaction a person: a tick that is killed in between does it whole the next time.
"""

from datetime import date, datetime, time, timedelta
from time import monotonic

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.locations import settings_of
from treatments import permissions
from treatments.models import Consult, Event, Notice, NoticeSetting, Referral
from treatments.triage.notices import BATCH, drop_hidden, settle_read
from treatments.triage.notices_sending import LONGEST_PASS, mail_unread
from treatments.workflow.actions.assignment import CLAIM
from treatments.workflow.actions.consults import ACCEPT
from treatments.workflow.actions.risk import ASSESS_RISK
from treatments.workflow.notices import Delivery, NoticeKind

MOST = 500  # of one person and day


def notify_of_the_day(at: datetime | None = None) -> int:
    """From the hour that is set on, each working day; of how many people it was done in this pass."""
    at, started, done = at or timezone.now(), monotonic(), 0
    here, now = settings_of(None), timezone.localtime(at)
    today = now.date()
    if not here.working_time.works_on(today) or now.hour < here.notice_hour:
        return 0
    people = User.objects.filter(is_active=True, is_staff=True).exclude(notice_setting__day_on=today)
    for pk in people.order_by("pk").values_list("pk", flat=True):
        if monotonic() - started > LONGEST_PASS:
            break
        done += _day_of(pk, today, at)
    return done


@transaction.atomic
def _day_of(pk: int, today: date, at: datetime) -> bool:
    """False where another tick has done it."""
    NoticeSetting.objects.get_or_create(user_id=pk)
    setting = NoticeSetting.objects.select_for_update().get(user_id=pk)
    if setting.day_on == today:
        return False
    note_due(setting.user, at)
    mail_unread(setting, at, Delivery.DAILY)
    setting.day_on = today
    setting.save(update_fields=["day_on"])
    return True


def note_due(person: User, at: datetime) -> None:
    """Renew this person's notices of what is due: those of before that are unread stand as of today, or go."""
    due = due_of(person, timezone.localdate(at))
    settle_read(Q(person=person, kind=NoticeKind.DUE), at)
    unread = Notice.objects.filter(person=person, kind=NoticeKind.DUE, read_at=None)
    unread.exclude(referral__in=due).delete()
    drop_hidden(unread, person)
    unread.update(at=at, sent_at=None)
    new = set(due) - set(unread.values_list("referral", flat=True))
    Notice.objects.bulk_create(
        [
            Notice(person=person, kind=NoticeKind.DUE, referral_id=referral, consult_id=due[referral], at=at)
            for referral in sorted(new)
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def due_of(person: User, today: date) -> dict[int, int | None]:
    """The referrals of which something of this person's is due by the end of ``today``, or over; for a team's each
    with the consult.

    Theirs is a referral that they handle, a check that they make, a consult that they accepted: what waits in a
    queue is nobody's yet.
    """
    end = datetime.combine(today + timedelta(days=1), time.min, timezone.get_current_timezone())
    found: dict[int, int | None] = {}
    queues = permissions.queues_of(person)
    if queues:
        accepted = Event.objects.filter(consult=OuterRef("pk"), kind=ACCEPT.key, actor=person)
        consults = Consult.objects.for_user(person).filter(Exists(accepted)).over_target(end)
        found.update(consults.order_by("pk").values_list("referral", "pk")[:MOST])
    theirs = Referral.objects.filter(erased_at=None)
    rows = []
    if person.has_perm(CLAIM.permission_on()):
        owned = theirs.filter(owner=person)
        rows += [owned.due_by(today), owned.over_target(end)]
    if person.has_perm(ASSESS_RISK.permission_on()):
        checks = theirs.filter(newest_risk__next_check_by=person, next_check_at__lt=end)
        rows.append(checks.exclude(state="closed"))
    for each in rows:
        found.update(dict.fromkeys(each.order_by("pk").values_list("pk", flat=True)[:MOST]))
    return found
