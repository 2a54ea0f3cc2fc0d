"""Mails staff how many notices wait for them: into the outbox, with the note that it was done, in one transaction.

What may be read is asked again here, and so is whether the account still works. No mail follows another while that
one waits to be sent, so that a mail server that is away leaves no pile.
"""

from collections import Counter
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from intake.models import OutgoingMail
from treatments.models import Notice, NoticeSetting
from treatments.reading.notice_defaults import deliveries_for, roles_told_at_once
from treatments.triage.notices import BATCH
from treatments.workflow.notices import Delivery, mail_body, mail_subject

LONGEST_PASS = 5  # seconds
GATHERED = timedelta(minutes=5)  # between two mails to one person
LONGEST_MAIL = 1_000  # notices that one mail counts
PURPOSE = OutgoingMail.Purpose.NOTICE


def mail_at_once(at: datetime | None = None) -> int:
    """Mail those who want it at once, who waited longest first; how many mails were written."""
    at, started, written = at or timezone.now(), monotonic(), 0
    if not settings.SENDS_MAIL:
        return 0
    waiting = Notice.objects.filter(person=OuterRef("user"), read_at=None).to_mail(at)
    make_settings()
    # Later than now is of a clock that was wrong.
    rested = Q(mailed_at=None) | Q(mailed_at__lte=at - GATHERED) | Q(mailed_at__gt=at)
    chosen = Q(delivery=Delivery.AT_ONCE)
    as_set = Q(delivery="", user__in=User.objects.filter(groups__name__in=roles_told_at_once()))
    wanted = NoticeSetting.objects.filter(rested, chosen | as_set, user__is_active=True)
    wanted = wanted.filter(Exists(waiting)).order_by(F("mailed_at").asc(nulls_first=True), "pk")
    for pk in wanted.values_list("pk", flat=True):
        if monotonic() - started > LONGEST_PASS:
            break
        with transaction.atomic():
            setting = wanted.select_for_update(of=("self",)).filter(pk=pk).first()
            written += setting is not None and mail_unread(setting, at, Delivery.AT_ONCE)
    return written


def make_settings() -> None:
    """For whoever has notices and no row yet."""
    people = User.objects.filter(
        notice_setting=None, pk__in=Notice.objects.filter(read_at=None).values("person")
    )
    NoticeSetting.objects.bulk_create(
        [NoticeSetting(user=person) for person in people], ignore_conflicts=True
    )


def mail_unread(setting: NoticeSetting, at: datetime, how: Delivery) -> bool:
    """Write one mail of all that comes like this, is unread and was in none; the caller holds the ``setting``."""
    person: User = setting.user
    if not (settings.SENDS_MAIL and person.email):
        return False
    if OutgoingMail.objects.unsent().filter(purpose=PURPOSE, account=person).exists():
        return False
    kinds = [kind for kind, each in deliveries_for(person, setting.delivery).items() if each == how]
    unread = Notice.objects.for_user(person).unread().to_mail(at).filter(kind__in=kinds).order_by("pk")
    found = dict(unread.values_list("pk", "kind")[:LONGEST_MAIL])
    if not found:
        return False
    with translation.override(settings.LANGUAGE_CODE):  # staff read English
        link = settings.SITE_URL + reverse("admin:index")
        subject, body = mail_subject(), mail_body(Counter(found.values()), link=link)
    OutgoingMail.put(PURPOSE, to=person.email, subject=subject, body=body, account=person, at=at)
    pks = list(found)
    for start in range(0, len(pks), BATCH):
        Notice.objects.filter(pk__in=pks[start : start + BATCH]).update(sent_at=at)
    setting.mailed_at = at
    setting.save(update_fields=["mailed_at"])
    return True
