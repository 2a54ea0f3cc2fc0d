"""A clinician signs a payer's criteria for the clinic: each version of a pack once."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import Event, PackReview
from treatments.payers.loading import PACKS
from treatments.workflow import Refused
from treatments.workflow.events import PACK_REVIEWED


def review_pack(*, actor: User, pack: str, version: str, at: datetime | None = None) -> None:
    """Put on record that ``actor`` has read this ``version`` of the pack, the one that the page showed."""
    if not actor.has_perm(permissions.REVIEW_PACK):
        raise PermissionDenied
    known = PACKS.get(pack)
    if known is None or known.version != version:
        raise Refused(_("This pack has another version now. Look at it again."))
    at = at or timezone.now()
    try:
        with transaction.atomic():
            PackReview.objects.create(pack=pack, version=version, by=actor, at=at)
            details = {"pack": pack, "version": version}
            Event.objects.create(kind=PACK_REVIEWED.key, at=at, actor=actor, details=details)
    except IntegrityError:
        if PackReview.objects.filter(pack=pack, version=version, by=actor).exists():
            return  # sent twice
        raise Refused(_("A colleague has reviewed this version already.")) from None
