"""Does what is due: tells on-call staff, sends mail, reminds patients, assesses what was left, lets drafts go.

The truth of what must happen stands in our own rows; this command only says when to look. It may be
killed at any moment and started again: a mail or a notice may then come twice, but none is lost.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from intake.mail.sending import forget_old_rows, send_due_mail
from treatments.triage.appointments import remind_of_visits
from treatments.triage.assessment import assess_left_behind
from treatments.triage.consents import sweep_expired_consents
from treatments.triage.daily_check import DailyCheck
from treatments.triage.desk_place import sweep_due_checks
from treatments.triage.draft_expiry import LONGEST_PASS, expire_drafts
from treatments.triage.figure_count import FiguresCount
from treatments.triage.notices import forget_old_notices, mark_opened
from treatments.triage.notices_due import notify_of_the_day
from treatments.triage.notices_sending import mail_at_once
from treatments.triage.on_call import notify_on_call
from treatments.triage.passed_visits import mark_passed_visits
from treatments.triage.payer_state import sweep_payer_changes
from treatments.triage.questions import sweep_unanswered
from treatments.triage.reminding import remind_of_drafts
from treatments.triage.tick_log import note_pass

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """A sweep and how often it is made, in seconds. In this order: alarms come first."""

    name: str
    sweep: Callable[[], object]
    every: float = 0
    due: float = 0


def jobs(*, once: bool = False) -> list[Job]:
    """``once``: no later pass goes on with what this one begins."""
    return [
        Job("on-call notices", notify_on_call),
        Job("notices of the day", notify_of_the_day, every=30),
        Job("notices at once", mail_at_once),
        Job("mail", send_due_mail),
        Job("unanswered questions", sweep_unanswered, every=60),
        Job("reminders of appointments", remind_of_visits, every=300),
        Job("visits without an outcome", mark_passed_visits, every=60),
        Job("unassessed referrals", assess_left_behind, every=30),
        Job("checks that are due", sweep_due_checks, every=60),
        Job("payers' days", sweep_payer_changes, every=600),
        Job("reminders of unfinished forms", remind_of_drafts, every=300),
        Job("expired consents", sweep_expired_consents, every=30),
        Job("expired drafts", partial(expire_drafts, longest=LONGEST_PASS), every=3600),
        Job("opened notices", mark_opened, every=60),
        Job("old rows", forget_old_rows, every=3600),
        Job("old notices", forget_old_notices, every=3600),
        Job("check of the record", DailyCheck()),
        Job("figures", FiguresCount(longest=None) if once else FiguresCount()),
        Job("note of this pass", note_pass),
    ]


def run_pass(todo: list[Job]) -> bool:
    """Make each sweep that is due; one that fails does not keep the others from theirs. True if none failed."""
    sound = True
    for job in todo:
        if monotonic() < job.due:
            continue
        try:
            job.sweep()
        except Exception as fault:  # say, the database is away for a moment: the rows are still there
            # Only the fault's name: its words may hold somebody's data.
            log.error("Tick: %s failed: %s.", job.name, type(fault).__name__)
            sound = False
            if not connection.in_atomic_block:
                connection.close()
        else:
            job.due = monotonic() + job.every
    return sound


def runs(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is somebody else's, but it is there
        return True
    return True


class Command(BaseCommand):
    help = "Send due mail and on-call notices, delete expired drafts; keeps going until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass, then end (for a timer)")
        parser.add_argument("--every", type=float, default=5, help="seconds between passes (5)")
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end when PID, the server beside this one, ends"
        )

    def handle(self, *args, once: bool, every: float, beside: int | None, **options) -> None:
        todo = jobs(once=once)
        if once:
            if not run_pass(todo):
                raise SystemExit(1)
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            run_pass(todo)
            wait_until = monotonic() + every
            while monotonic() < wait_until and not stopped.is_set():
                if beside is not None and not runs(beside):
                    return
                stopped.wait(min(1, every))
