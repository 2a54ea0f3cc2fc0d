"""The number of a sent intake, which people write down and read out on the telephone."""

import secrets

from intake.resume_secrets import CODE_ALPHABET

REFERENCE_ALPHABET = CODE_ALPHABET


def new_reference() -> str:
    """A reference such as ``K7MW-4QXB``: 24**8, about 10**11 of them."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
