"""Sessions in the database, as Django keeps them; reading one is a statement that is written out.

Every request reads its session, few write one, and composing that query anew costs more than running it. So does
checking the signature of a text that was checked a moment ago: without both an intake is not seven times cheaper
than the wizard (``make bench-pages``).
"""

import json
from functools import lru_cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.db import connections, router
from django.utils import timezone
from django.utils.crypto import get_random_string

_READ = (
    f'SELECT session_data FROM "{Session._meta.db_table}"'  # nosec B608 # noqa: S608 a constant
    " WHERE session_key = %s AND expire_date > %s"
)


class SessionStore(db.SessionStore):
    def load(self) -> dict:
        connection = connections[router.db_for_read(Session)]
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_READ, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return json.loads(_decoded(row[0]))

    def _get_new_session_key(self) -> str:
        """Not looked for first: where it is taken after all, ``create`` finds that and takes another."""
        return get_random_string(32, VALID_KEY_CHARS)


@lru_cache(maxsize=2048)  # of some hundred bytes each
def _decoded(session_data: str) -> str:
    """As JSON what ``decode`` reads in a row: found by the whole text that stands there now, signature included.

    So nothing that was changed or taken away in the database is ever read from here.
    """
    return json.dumps(SessionStore().decode(session_data))
