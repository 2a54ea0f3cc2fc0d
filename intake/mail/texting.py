"""Text messages: one POST to the clinic's own gateway. Its contract stands in docs/text-messages.md."""

import hmac
import json
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

TIMEOUT = 10  # seconds; well under the time for which the outbox holds a message that is being sent


class NoRedirects(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its body, and count as delivered."""

    def redirect_request(self, *args, **kwargs):
        return None


def signature(body: bytes, secret: str) -> str:
    """What ``X-Signature`` says: only who has the secret can have sent ``body``."""
    return f"sha256={hmac.digest(secret.encode(), body, 'sha256').hex()}"


def post_text(number: int, *, to: str, text: str) -> None:
    """Hand a text to the gateway, which may see the same ``id`` again; raises for any answer but 2xx.

    The answer is not read. ``to`` is the number to dial, with a plus where it was given with one.
    """
    body = json.dumps({"id": str(number), "to": to, "text": text}).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Signature": signature(body, settings.TEXT_WEBHOOK_SECRET),
    }
    request = Request(settings.TEXT_WEBHOOK, data=body, headers=headers, method="POST")  # noqa: S310 (settings take https, and http to this machine)
    with build_opener(NoRedirects).open(request, timeout=TIMEOUT):
        pass


def is_refused(fault: Exception) -> bool:
    """Whether the gateway said no to this one text; any other fault means that it is out of reach, or too busy."""
    code = getattr(fault, "code", None)
    return isinstance(code, int) and 400 <= code < 500 and code != 429
