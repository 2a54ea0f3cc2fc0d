"""How long to wait after a failure before the next attempt; judging only."""

from datetime import timedelta

MINUTE = timedelta(minutes=1)

# Whoever sends something takes it for this long. If the process is killed meanwhile, the row is due again
# after it. Longer than any time-out of one sending.
HOLD = timedelta(seconds=30)

# A patient waits for the mail: soon again at first, then more rarely, and given up after three days.
MAIL_PAUSES = (
    timedelta(seconds=30),
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    60 * MINUTE,
    180 * MINUTE,
    360 * MINUTE,
)
MAIL_GIVEN_UP_AFTER = timedelta(days=3)
# Somebody may be in danger: never longer than a minute, never given up.
ON_CALL_PAUSES = (timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40), MINUTE)


def pause(pauses: tuple[timedelta, ...], attempts: int) -> timedelta:
    """The wait after ``attempts`` failed attempts (1 or more); the last one goes on for ever."""
    return pauses[min(attempts, len(pauses)) - 1]
