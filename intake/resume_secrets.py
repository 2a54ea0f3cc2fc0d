"""Secrets that bring a person back to their draft: the e-mailed link and the printable code; judging only.

Only digests of them are ever stored. A link has 256 random bits, so a plain SHA-256 is enough. A code is short enough
to be copied by hand: 46 bits, so its digest is keyed by a secret that stands in no database, and who steals the
database learns no code. The date of birth is the second factor of both, and tries are limited (``LIMITS``).
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

# No vowels (no words), no look-alikes (0/O, 1/I/L, 5/S, 2/Z, U/V): 24 letters and digits, as in a reference.
CODE_ALPHABET = "BCDFGHJKMNPQRTVWXY346789"
CODE_GROUPS = (3, 3, 4)  # 24**10: 45.8 bits
CODE_LENGTH = sum(CODE_GROUPS)
OLD_CODE_LENGTH = (
    28  # of codes given out before, in seven groups of four: 128 bits, so their digest has no key
)
TOKEN_BYTES = 32
# The time until which a link works stands in front of its random part, in clear: a page can then say
# plainly that a link has expired without looking it up, whether or not such a link was ever made.
TOKEN = re.compile(r"([0-9a-f]{1,10})-[\w-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries within ``window``."""

    most: int
    window: timedelta


# What is counted, and how often it may happen. A date of birth is one of about 30,000: ten guesses a day
# for the thirty days a draft lives reach one in a hundred, and each needs the link or the code first.
LIMITS = {
    "secret": Limit(5, timedelta(hours=24)),  # wrong dates with one link or code
    "draft": Limit(10, timedelta(hours=24)),  # wrong dates for one draft, over all its links and codes
    "address": Limit(30, timedelta(hours=1)),  # wrong tries from one network address
    "mail_to": Limit(5, timedelta(hours=1)),  # links asked for to one mailbox
    "mail_from": Limit(20, timedelta(hours=1)),  # links asked for from one network address
    # Wrong dates with one reference on the status page: from one network, and from all together. Not counted
    # for the browser that sent the form, so that no stranger who knows a reference keeps its owner out.
    "reference": Limit(5, timedelta(hours=24)),
    "reference_in_all": Limit(30, timedelta(hours=24)),
    "in_all": Limit(
        300, timedelta(hours=1)
    ),  # wrong tries with links, codes and references, whoever makes them
    "proven": Limit(100, timedelta(hours=1)),  # wrong tries from one network for which a browser has worked
    "challenge": Limit(1, timedelta(hours=1)),  # uses of one challenge to work
    "start": Limit(20, timedelta(hours=1)),  # forms begun from one network address
    "start_in_all": Limit(300, timedelta(hours=1)),
    "message": Limit(20, timedelta(hours=24)),  # messages about one sent intake
}
# Of what many people share only the last try is forgotten when it ends well: whoever opens a draft of
# their own must not get fresh guesses at other people's.
SHARED = frozenset({"address", "in_all", "proven"})
# Past these a browser may go on by working for it (intake/views/work.py).
LIFTED_BY_WORK = frozenset({"address", "in_all", "reference_in_all"})
LONGEST_WINDOW = max(limit.window for limit in LIMITS.values())


def new_token(until: datetime) -> str:
    """A token of 256 random bits that says in clear until when it works."""
    return f"{int(until.timestamp()):x}-{secrets.token_urlsafe(TOKEN_BYTES)}"


def token_in(address: str) -> str | None:
    """The token in what stands in a link for one, None where it is cut short.

    A mail program or the end of a sentence may have added to it: the full stop, a bracket, "%3E", "=20".
    """
    match = TOKEN.search(address)
    return match[0] if match else None


def works_until(token: str) -> float | None:
    """The time (seconds since 1970) a token says it works until; None for what is no token at all.

    Only for what a page says: whether a link works is decided by its stored row.
    """
    match = TOKEN.fullmatch(token)
    return float(int(match[1], 16)) if match else None


def new_seed() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def code_from(seed: str, key: str) -> str:
    """The resume code that ``seed`` and the clinic's ``key`` give, such as ``K7M-W4Q-XBDH``.

    The session holds the seed from the click to the page that shows the code: without the key it says
    nothing, so the code itself is stored nowhere.
    """
    number = int.from_bytes(
        hmac.digest(key.encode(), b"intake.resume_secrets.code:" + seed.encode(), "sha256")
    )
    letters = ""
    for _place in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[place]
    ends = [*accumulate(CODE_GROUPS)]
    return "-".join(letters[end - size : end] for size, end in zip(CODE_GROUPS, ends, strict=True))


def plain_code(typed: str) -> str:
    """A code as it was written, without spaces, dashes and small letters."""
    return re.sub(r"[\s.\u2010-\u2015\u2212-]", "", typed).upper()


def is_code(plain: str) -> bool:
    """Whether ``plain`` could be a code at all: its length and letters."""
    return len(plain) in (CODE_LENGTH, OLD_CODE_LENGTH) and set(plain) <= set(CODE_ALPHABET)


def digest_of_code(plain: str, key: str) -> str:
    """What is stored of a code. The same work is done for one of either length."""
    keyed = hmac.new(key.encode(), f"intake.resume_secrets.code:{plain}".encode(), "sha256").hexdigest()
    return digest_of(plain) if len(plain) == OLD_CODE_LENGTH else keyed


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def same(claimed: str, stored: str) -> bool:
    """Whether the two are equal, in the same time wherever they differ."""
    return hmac.compare_digest(claimed.encode(), stored.encode())


def counted_as(kind: str, subject: str, key: str) -> str:
    """What a try is counted under: a keyed digest, so that no network or mail address is stored."""
    return hmac.new(key.encode(), f"intake.try:{kind}:{subject}".encode(), "sha256").hexdigest()
