"""The number of a sent intake, which people write down and read out on the telephone."""

import secrets
from typing import Any

from django.db import IntegrityError, transaction

from intake.resume_secrets import CODE_ALPHABET

REFERENCE_ALPHABET = CODE_ALPHABET


def new_reference() -> str:
    """A reference such as ``K7MW-4QXB``: 24**8, about 10**11 of them."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def save_with_new_reference(row: Any) -> None:
    """Save ``row`` under a reference that no other has."""
    for attempt in range(5):
        row.reference = new_reference()
        try:
            with transaction.atomic():
                return row.save()
        except IntegrityError:
            if attempt == 4:
                raise
