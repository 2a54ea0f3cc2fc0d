"""Ways back to a draft: links and codes, of which only digests are stored, and the tries that are counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import resume_secrets
from intake.locations import settings_of
from intake.models.batches import delete_in_batches
from intake.models.submission import Submission

NOBODYS = UUID(int=0)  # looked up where there is no draft, so that time tells nothing


class Try(models.Model):
    """One try that is limited, under a keyed digest of what it was about; forgotten after its window."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "counted_as", "at"})

    counted_as = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")
        default_permissions = ()
        indexes = [models.Index(fields=["counted_as", "at"], name="intake_tries_counted")]

    def __str__(self) -> str:
        return f"try {self.pk}"

    @classmethod
    def allowed(cls, *, at: datetime | None = None, **subjects: str) -> bool:
        """Count one try for each subject (kind -> what it is about) and tell whether none is over its limit."""
        return not cls.over(at=at, **subjects)

    @classmethod
    def over(cls, *, at: datetime | None = None, **subjects: str) -> frozenset[str]:
        """Count one try for each subject and tell the kinds that are over their limit.

        Written first and counted after: of many tries at the same moment no more get through than of as
        many one after another. A try that is over a limit is not made, so it counts for nothing: a flood
        fills no table, and uses up no limit of what it names.
        """
        at = at or timezone.now()
        counted = {
            kind: resume_secrets.counted_as(kind, subject, settings.SECRET_KEY)
            for kind, subject in subjects.items()
        }
        tries = Try.objects.bulk_create([Try(counted_as=each, at=at) for each in counted.values()])
        over = set()
        for kind, digest in counted.items():
            limit = resume_secrets.LIMITS[kind]
            rows = cls.objects.filter(counted_as=digest, at__gt=at - limit.window)
            if rows[limit.most :].exists():
                over.add(kind)
        if over:
            cls.objects.filter(pk__in=[each.pk for each in tries]).delete()
        return frozenset(over)

    @classmethod
    def forgive(cls, **subjects: str) -> None:
        """Forget the tries of each subject: they ended well. Of what is ``SHARED`` only the last one."""
        gone = Q()
        for kind, subject in subjects.items():
            digest = resume_secrets.counted_as(kind, subject, settings.SECRET_KEY)
            if kind in resume_secrets.SHARED:
                last = cls.objects.filter(counted_as=digest).order_by("-pk").first()
                gone |= Q(pk=last and last.pk)
            else:
                gone |= Q(counted_as=digest)
        cls.objects.filter(gone).delete()

    @classmethod
    def forget(cls, before: datetime) -> None:
        """Delete the tries counted ``before`` that moment."""
        delete_in_batches(cls.objects.filter(at__lt=before))


class ResumeKeyQuerySet(models.QuerySet):
    def forgettable(self, long_ago: datetime) -> "ResumeKeyQuerySet":
        """Links that stopped working ``long_ago`` and whatever opens an intake sent ``long_ago``.

        Until then an old link can still be answered with a new one, or with "it was sent".
        """
        return self.filter(Q(expires_at__lt=long_ago) | Q(submission__submitted_at__lt=long_ago))


class ResumeKey(models.Model):
    """A link or a code that opens one draft, together with the date of birth. Holds a digest only.

    A link works once and until ``expires_at``; a code as long as its draft, and a draft has one.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("E-mailed link")
        CODE = "code", _("Printed code")

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "submission", "kind", "digest", "made_at", "expires_at", "used_at"})

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="resume_keys")
    kind = models.CharField(max_length=4, choices=Kind)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = ResumeKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("way back to a draft")
        verbose_name_plural = _("ways back to drafts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(kind="code"),
                name="intake_one_code_per_draft",
                violation_error_message=_("This draft has a code already."),
            ),
            models.CheckConstraint(
                name="intake_links_expire_codes_do_not",
                condition=Q(kind="link", expires_at__isnull=False) | Q(kind="code", expires_at=None),
                violation_error_message=_("A link has a time at which it expires, a code has none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    # --- Making one ---------------------------------------------------------------------------------

    @classmethod
    def new_link(cls, submission_id: UUID, *, at: datetime | None = None) -> str:
        """A fresh link's whole address, for the mail that goes out now."""
        at = at or timezone.now()
        until = at + timedelta(hours=settings_of(None).link_hours)
        token = resume_secrets.new_token(until)
        cls.objects.create(
            submission_id=submission_id,
            kind=cls.Kind.LINK,
            digest=resume_secrets.digest_of(token),
            made_at=at,
            expires_at=until,
        )
        # In the query, not in the path: Django's log lines name the path.
        return f"{settings.SITE_URL}{reverse('intake:link')}?token={token}"

    @classmethod
    @transaction.atomic
    def new_code(cls, draft: Submission, *, at: datetime | None = None) -> str:
        """A fresh code's seed; any code made before stops working."""
        Submission.objects.select_for_update().get(pk=draft.pk)
        cls.objects.filter(submission=draft, kind=cls.Kind.CODE).delete()
        seed, digest = cls._seed_of_no_other()
        cls.objects.create(submission=draft, kind=cls.Kind.CODE, digest=digest, made_at=at or timezone.now())
        return seed

    @classmethod
    def _seed_of_no_other(cls) -> tuple[str, str]:
        """A seed and the digest of its code, which opens no other draft."""
        while True:
            seed = resume_secrets.new_seed()
            code = resume_secrets.plain_code(resume_secrets.code_from(seed, settings.SECRET_KEY))
            digest = resume_secrets.digest_of_code(code, settings.SECRET_KEY)
            if not cls.objects.filter(digest=digest).exists():
                return seed, digest

    @classmethod
    def opens_without_birth(cls, digest: str) -> bool:
        """Whether a link is for a draft that has no date of birth to ask for."""
        draft = cls.draft_behind(digest)
        return draft is not None and draft.is_draft and not draft.date_of_birth

    # --- Using one ----------------------------------------------------------------------------------

    @classmethod
    def draft_behind(cls, digest: str) -> Submission | None:
        """The submission that a link was made for, whether or not the link still works."""
        key = cls.objects.select_related("submission").filter(digest=digest, kind=cls.Kind.LINK).first()
        return key.submission if key is not None else None

    @classmethod
    def enter(
        cls,
        *,
        kind: str,
        digest: str,
        birth: date | None,
        address: str,
        worked: bool = False,
        at: datetime | None = None,
    ) -> "Entered":
        """Try to open the draft behind a link or code. Whatever is wrong, the work and the answer are the same.

        No ``birth``: only a link opens, and only a draft that has no date of birth. ``worked``: the browser has
        worked for this try, as it is asked to past some limits.
        """
        at = at or timezone.now()
        key = cls.objects.filter(digest=digest, kind=kind).first()
        submission = Submission.objects.filter(pk=key.submission_id if key else NOBODYS).first()
        behind = str(submission.pk) if submission else digest
        counted = {"secret": digest, "draft": behind, "address": address, "in_all": ""}
        if worked:
            counted = after_work(counted)
        if over := Try.over(**counted, at=at):
            return Entered(too_many=True, may_work=over <= resume_secrets.LIFTED_BY_WORK)
        told = birth.isoformat() if birth else ""
        right = resume_secrets.same(told, submission.date_of_birth if submission else "")
        right = right and (birth is not None or kind == cls.Kind.LINK)
        was_sent = submission is not None and not submission.is_draft
        open_now = key is not None and submission is not None and submission.is_alive(at) and key.works(at)
        if not (right and (was_sent or open_now)):
            return Entered()
        if open_now and key is not None and kind == cls.Kind.LINK and not key.use(at):
            return Entered()
        Try.forgive(**counted)
        return Entered(was_sent=True) if was_sent else Entered(draft=submission)

    @classmethod
    def recognize(
        cls,
        submission: Submission,
        *,
        birth: date,
        address: str,
        worked: bool = False,
        at: datetime | None = None,
    ) -> "Entered":
        """Whether who holds the browser of ``submission`` knows the date of birth in it.

        Wrong ones in that browser use up half of those for a draft: its link and code keep working elsewhere.
        """
        at = at or timezone.now()
        mine = str(submission.pk)
        counted = {"secret": f"browser {mine}", "draft": mine, "address": address, "in_all": ""}
        if worked:
            counted = after_work(counted)
        if over := Try.over(**counted, at=at):
            return Entered(too_many=True, may_work=over <= resume_secrets.LIFTED_BY_WORK)
        if not submission.date_of_birth or not resume_secrets.same(
            birth.isoformat(), submission.date_of_birth
        ):
            return Entered()
        Try.forgive(**counted)
        return Entered(draft=submission)

    def works(self, at: datetime) -> bool:
        return self.used_at is None and (self.expires_at is None or at < self.expires_at)

    def use(self, at: datetime) -> bool:
        """Use the link up; False for whoever comes second."""
        return type(self).objects.filter(pk=self.pk, used_at=None).update(used_at=at) == 1

    @classmethod
    def forget(cls, long_ago: datetime) -> None:
        """Delete what is ``forgettable``."""
        delete_in_batches(cls.objects.forgettable(long_ago))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of a try: the ``draft``, or that it was sent already, or too many tries, or none of these."""

    draft: Submission | None = None
    was_sent: bool = False
    too_many: bool = False
    may_work: bool = False  # too many, but a browser may go on by working for it


def after_work(counted: dict[str, str]) -> dict[str, str]:
    """What a try is counted under once a browser has worked for it; there must be an ``address``."""
    kept = {kind: about for kind, about in counted.items() if kind not in resume_secrets.LIFTED_BY_WORK}
    return {**kept, "proven": counted["address"]}
