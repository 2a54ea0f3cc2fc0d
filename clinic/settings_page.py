"""Prints the page of settings: ``python -m clinic.settings_page > docs/settings.md``."""

from clinic.environment import READ, Variable

# Per group: the variable, what it is for and, where code works the default out, the default in words.
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "The machine",
        (
            (
                "SECRET_KEY",
                "Signs sessions, links and codes. Keep it secret; change it and all of them end.",
                "",
            ),
            (
                "SEALING_KEYS",
                "Seal what people tell the clinic, in the database and its backups. Not `SECRET_KEY`, and kept apart "
                "from the backups. **Lost, all answers are lost:** see [deploying](deploying.md), section Keys.",
                "required; with `DEBUG` nothing can be stored without it",
            ),
            (
                "SEALING_KEYS_FILE",
                "A file that holds them, in place of the variable.",
                "none",
            ),
            (
                "DATABASE_URL",
                "The one database. Percent-encode special characters in the password. A SQLite file must be there, "
                "with `DEBUG` or `DEMO` it is made.",
                "required; with `DEBUG` a SQLite file in `.local/`",
            ),
            (
                "ALLOWED_HOSTS",
                "The host names that the site answers to.",
                "required; with `DEBUG` this machine",
            ),
            ("DEBUG", "Error pages with code in them. Never on where a real person's answers are.", ""),
            (
                "HTTPS",
                "Redirects to HTTPS, marks cookies as secure, sends HSTS for two years.",
                "on unless `DEBUG`",
            ),
            (
                "BEHIND_PROXY",
                "Trusts `X-Forwarded-Proto` and `X-Forwarded-For` of the proxies in `PROXIES`, which set both "
                "themselves: anybody else could forge them.",
                "",
            ),
            (
                "PROXIES",
                "From where the proxies reach the app; what anybody else says about a sender is not heard.",
                "",
            ),
            (
                "SITE_URL",
                "Where links in mail and notices lead. Never taken from a request.",
                "the first of `ALLOWED_HOSTS`; with `DEBUG` or `DEMO` `http://localhost:8000`",
            ),
            (
                "BACKUP_KEYS",
                "Public keys of age that `manage.py backup` encrypts for, with commas between them; "
                "[backup](backup.md) says how to make one.",
                "none: no backup is made",
            ),
            (
                "STAFF_SECOND_FACTOR",
                "Staff read nothing without a second factor. `check --deploy` refuses a server without it.",
                "on unless `DEBUG` or `DEMO`",
            ),
            (
                "IDLE_MINUTES",
                "Staff are signed out when nobody was at the screen for so many minutes.",
                "",
            ),
            ("STATIC_ROOT", "Where `collectstatic` writes.", "`.local/static`"),
            (
                "FAULT_COUNTS",
                "A folder that the web service may write to: how many requests broke, by day, a few bytes each.",
                "`.local/faults`",
            ),
            (
                "LOG_FORMAT",
                "`json`: each line of the log is an object with time, level, logger, request, event and place.",
                "",
            ),
            ("DEMO", "Allows `manage.py demo`, shows the invented staff accounts and a banner.", ""),
        ),
    ),
    (
        "The clinic",
        (
            ("CLINIC_NAME", "What patients read on every page.", ""),
            ("CLINIC_PHONE", "The number they are asked to call.", ""),
            (
                "CLINIC_RESPONSE_TIME",
                "When they will hear from you. In the shape of `3 working days` a page after sending names the day.",
                "",
            ),
            (
                "CLINIC_RECORD_SENTENCE",
                "What who withdraws a form reads of what you keep, and why; for your lawyer to word.",
                "We must keep a record of your form.",
            ),
            ("CLINIC_COLOR", "Buttons, lines and marks on white pages, here and in the admin.", ""),
            ("CLINIC_COLOR_DARK", "The same on dark pages.", ""),
            (
                "QUICK_EXIT",
                'Shows "Exit this page quickly" on the patient\'s pages, a link to a weather site.',
                "",
            ),
            ("TIME_ZONE", "The clinic's own. Times are stored in UTC.", ""),
        ),
    ),
    (
        "The clinic's hours, until an administrator sets others on the page Clinic hours",
        (
            ("CLINIC_HOURS", "When somebody answers the phone, in words.", ""),
            ("WORKING_DAYS", "Days on which targets are counted, and calls promised.", ""),
            ("WORKING_HOURS", "Hours of those days.", ""),
            ("CLINIC_HOLIDAYS", "Days on which nobody works, whatever weekday they fall on.", "none"),
            (
                "TARGET_HOURS",
                "Targets in working hours that replace those of `treatments/catalog.py` and `treatments/workflow/targets.py`.",
                "none replaced",
            ),
        ),
    ),
    (
        "Clinical choices",
        (
            (
                "SUICIDE_SCREEN",
                "The screen for suicide risk that every person is asked. `NOTICE` says whose they are.",
                "",
            ),
            (
                "PC_PTSD5_CUTOFF_WOMEN",
                "The score from which PC-PTSD-5 is positive for women; 4 for everybody else.",
                "",
            ),
        ),
    ),
    (
        "Help after an unsafe answer",
        (
            (
                "HELP_PAGES",
                "`rising`: a full page where the kind of danger is new or its urgency rises, else a box; the list "
                "of ways to get help is folded at the foot of a page. `every`: a full page after each unsafe "
                "answer, and the whole list on every page. `docs/rules.md` prints it for the clinician who signs.",
                "",
            ),
            (
                "CALL_PROMISE",
                "Says by when the clinic calls, from its working days, hours and holidays. On only where it can "
                'keep that: off, the page says "as soon as we have read this".',
                "",
            ),
        ),
    ),
    (
        "The flow of work",
        (
            ("ASK_CHASE_DAYS", "Days after which a patient is reminded of a question.", ""),
            (
                "ASK_EXPIRE_DAYS",
                "Days after which an unanswered question comes back to the desk. More than `ASK_CHASE_DAYS`.",
                "",
            ),
            (
                "CHECK_DAYS",
                "Days within which the next check must be once a clinician has judged the risk moderate or high; "
                "they replace those of `treatments/workflow/risk.py`.",
                "moderate=7,high=2",
            ),
            (
                "MESSAGE_HOURS",
                "Working hours within which somebody deals with a patient's message; the patient reads it too.",
                "",
            ),
            (
                "NOTICE_HOUR",
                "The hour of a working day, on the clinic's clock, from which staff get the day's notices: what is "
                "due of theirs, and one mail that counts what is new where they want one a day.",
                "",
            ),
            (
                "CONTACT_ATTEMPTS",
                "How often a person is tried, whatever the channel, before a referral may be closed as not reached.",
                "",
            ),
            ("DRAFT_DAYS", "Days for which a draft is kept after it was last saved.", ""),
            ("LINK_HOURS", "Hours for which a mailed link works.", ""),
            (
                "MAIL_DAYS",
                "Days for which the outbox still says that a mail was sent or given up; its text and address go at once.",
                "",
            ),
            (
                "CLOSED_YEARS",
                "Years after its closing from which `manage.py purge` erases a referral; 0 is never. How long a "
                "medical record must be kept each state's law says, so nothing goes until you have said when.",
                "",
            ),
            (
                "WITHDRAWN_DAYS",
                "Days after its closing from which it erases a form that the patient took back and that was closed "
                "for that reason; 0 is as for any other.",
                "",
            ),
            (
                "RECORD_YEARS",
                "Years for which the record of events is kept at least; 0 is for ever, else 6 or more, which HIPAA "
                "asks for. An event about somebody who is not erased stays, and so do all after it.",
                "",
            ),
        ),
    ),
    (
        "Mail and alarms",
        (
            (
                "EMAIL_HOST",
                "The mail server. Without one no mail is offered; with `DEBUG` or `DEMO` it is printed on the screen.",
                "no mail server",
            ),
            ("EMAIL_PORT", "465 speaks TLS from the start.", "587 with `EMAIL_HOST`, else 25"),
            ("EMAIL_HOST_USER", "The account there.", "none"),
            ("EMAIL_HOST_PASSWORD", "Its password.", "none"),
            ("EMAIL_USE_TLS", "STARTTLS.", "on for port 587"),
            ("DEFAULT_FROM_EMAIL", "The sender of every mail.", "required with `EMAIL_HOST`"),
            (
                "TEXT_WEBHOOK",
                "Where text messages are posted to: a gateway of the clinic's own, as [text messages](text-messages.md) "
                "says. Only `https://`; `http://` to this machine. Without it no page offers a text.",
                "no text messages",
            ),
            (
                "TEXT_WEBHOOK_SECRET",
                "Signs what is posted there.",
                "none",
            ),
            ("TEXT_WEBHOOK_SECRET_FILE", "A file that holds it, in place of the variable.", "none"),
            (
                "ON_CALL_EMAIL",
                "Hears of a safety alarm within a minute: a link and no patient data. Needs a mail server.",
                "nobody",
            ),
            ("ON_CALL_WEBHOOK", "The same, as a POST.", "none"),
            (
                "ON_CALL_REPEAT_MINUTES",
                "A notice is repeated so often until somebody is on the alert; an urgent one every "
                "5 minutes at least.",
                "",
            ),
            (
                "ESCALATE_MINUTES",
                "An urgent alert that nobody took goes to the second responder after so many minutes, and to the "
                "clinic administrators after as many again.",
                "",
            ),
            (
                "ALERT_TAKEN_MINUTES",
                "An alert that somebody took and nobody closed rings again after so many minutes.",
                "",
            ),
        ),
    ),
)
OPENING = """# Settings

Made by `python -m clinic.settings_page`; a test fails when this page and `clinic/settings.py` differ.

Every setting is an environment variable, read once when the app starts. A blank value counts as missing. An
odd or missing value stops the start with one sentence that names the variable; passwords and addresses
that may hold one are never repeated in it.
"""


def _default(variable: Variable, words: str) -> str:
    if words:
        return words
    return "required" if variable.default is None else f"`{variable.default}`"


def page() -> str:
    """The page as Markdown."""
    parts = [OPENING]
    for title, rows in GROUPS:
        parts.append(f"\n## {title}\n\n| variable | default | takes | what it does |\n|---|---|---|---|\n")
        for name, meaning, words in rows:
            variable = READ[name]
            parts.append(f"| `{name}` | {_default(variable, words)} | {variable.takes} | {meaning} |\n")
    return "".join(parts)


if __name__ == "__main__":
    import clinic.settings  # noqa: F401 - reading the settings notes what each one takes

    print(page(), end="")
