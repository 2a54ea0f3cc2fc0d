"""Whether the record is as it was written: its guards stand, and on SQLite every event follows the one before."""

import hmac
from collections.abc import Iterator, Mapping

from django.db import connection

from intake.models import SharedKey
from treatments.models import Event, RecordMark
from treatments.models.record_chain import KEY, START, as_written, linked
from treatments.models.run_role import APPEND_ONLY, table_of

BATCH = 2_000
TOLD = 20  # faults that are told one by one

# The tables whose triggers stand and are on.
GUARDED = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%never_%%' GROUP BY tbl_name"
    " HAVING count(*) >= 3",
    "postgresql": "SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"
    " WHERE tgname LIKE '%%never_%%' AND tgenabled = 'O' GROUP BY relname HAVING count(*) >= 2",
}
COLUMNS = [field.attname for field in Event._meta.concrete_fields]


def newest_event() -> dict[str, object]:
    """What to keep elsewhere, to know later that the record was not cut: the newest event and its link."""
    row = Event.objects.order_by("-pk").values_list("pk", "link").first()
    return {"event": row[0], "link": bytes(row[1]).hex() if row[1] else None} if row else {"event": 0}


class RecordCheck:
    """One check of the whole record; ``faults`` are sentences, numbers and nothing of a person in them."""

    def __init__(self, noted: Mapping[str, object] | None = None):
        self.faults: list[str] = []
        self.events = 0
        self.number, self.link = 0, START
        self._noted = {int(str(noted["event"])): noted["link"]} if noted and noted.get("link") else {}

    def run(self) -> Iterator[int]:
        """Check on; how many events are checked, after each batch of them."""
        self._check_guards()
        if connection.vendor != "sqlite":
            return
        shared = SharedKey.objects.filter(name=KEY).first()
        if shared is None or shared.key is None:
            self.faults.append("The key of the record is gone.")
            return
        self._key = bytes(shared.key)
        first = self._begin()
        while True:
            ever = self._numbers_given()
            rows = list(Event.objects.filter(pk__gt=self.number).order_by("pk").values(*COLUMNS)[:BATCH])
            if not rows:
                break
            for row in rows:
                self._check(row)
            yield self.events
        if self.number < ever:
            self._tell(f"The newest events are gone: {self.number + 1} to {ever}.")
        for number in sorted(self._noted):
            if number >= first:
                self._tell(f"Event {number}, which was noted, is gone or another one.")

    def _begin(self) -> int:
        """Where the record begins, and what has to be there."""
        marks = {mark.kind: mark for mark in RecordMark.objects.all()}
        for mark in marks.values():
            if not mark.is_ours:
                self._tell(f"The mark “{mark.kind}” of the record was not written by the app.")
        begins, checked = marks.get("begins"), marks.get("checked")
        if checked is not None:
            self._noted[checked.number] = bytes(checked.link).hex()
        if begins is not None:
            self.number, self.link = begins.number - 1, bytes(begins.link)
        return self.number + 1

    def _check(self, row: dict[str, object]) -> None:
        number, link = int(str(row["id"])), row["link"]
        self.events += 1
        gone = f"{self.number + 1} to {number - 1}" if number > self.number + 1 else ""
        if not isinstance(link, bytes):
            self._tell(f"Event {number} was written past the app.")
            link = self.link
        elif not hmac.compare_digest(link, linked(self.link, self._key, as_written(row))):
            if gone:
                self._tell(f"Events are gone: {gone}. Or event {number} was changed.")
            else:
                self._tell(f"Event {number} was changed, or others before it are gone.")
        self.number, self.link = number, link
        if self._noted.get(number) == link.hex():
            del self._noted[number]

    def _check_guards(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(GUARDED[connection.vendor], [])
            stand = {table for (table,) in cursor.fetchall()}
        for table in sorted({*map(table_of, APPEND_ONLY), "intake_submission"} - stand):
            self._tell(f"The triggers that guard {table} are gone or off.")

    def _numbers_given(self) -> int:
        """The highest number that SQLite ever gave to an event: it takes none back, but with the transaction."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'treatments_event'")
            row = cursor.fetchone()
        return row[0] if row else 0

    def _tell(self, fault: str) -> None:
        if len(self.faults) < TOLD:
            self.faults.append(fault)
        elif len(self.faults) == TOLD:
            self.faults.append("There are more.")
