"""What a watchdog asks at /livez and /readyz: is the process alive, and can it serve people.

Answered before everything else: no session, no host name and no certificate has to be right for it.
"""

from collections.abc import Callable
from pathlib import Path

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

ROOT = Path(__file__).parents[1]
SIDES = ("intake", "treatments")
# The newest migration of each side, by the file that holds its name.
NEWEST = {(side, (ROOT / side / "migrations" / "max_migration.txt").read_text().strip()) for side in SIDES}
OK, AWAY = 200, 503


def answered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        judge = ASKED.get(request.path_info)
        if judge is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        words, status = judge()
        headers = {"Cache-Control": "no-store"}
        return HttpResponse(f"{words}\n", "text/plain; charset=utf-8", status, headers=headers)

    return handle


def alive() -> tuple[str, int]:
    """As long as the process answers at all; the database is not asked."""
    return "alive", OK


def ready() -> tuple[str, int]:
    """Where the database answers, and has its tables as this code knows them; one query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations WHERE app IN (%s, %s)", SIDES)
            applied = set(cursor.fetchall())
    except Error:
        return "the database does not answer", AWAY
    return ("ready", OK) if applied >= NEWEST else ("migrations are missing", AWAY)


ASKED = {"/livez": alive, "/readyz": ready}
