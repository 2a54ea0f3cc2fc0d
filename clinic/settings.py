"""All settings of the project; the environment is read here, once, and nowhere else."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from clinic import environment, secrets
from intake.locations import EVERY, RISING
from treatments.workflow.risk import CHECK_DAYS as CHECKED_WITHIN
from treatments.workflow.targets import TARGETS

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What the environment says -----------------------------------------------------------------

DEBUG = environment.flag("DEBUG", default=False)
# A demonstration shows its staff accounts on the sign-in page and may load invented people.
DEMO = environment.flag("DEMO", default=False)
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else None)
DATABASES = {
    "default": environment.database(
        "DATABASE_URL",
        f"sqlite:///{BASE_DIR / '.local' / 'clinic.sqlite3'}" if DEBUG else None,
        may_begin=DEBUG or DEMO,
    )
}
# What people tell the clinic is sealed by these before it reaches the database: the first seals, all of them open.
# Without one nothing can be stored; with DEBUG the start does not ask for it, so that tools run.
SEALING_KEYS = secrets.keys("SEALING_KEYS", required=not DEBUG, never=SECRET_KEY)
HTTPS = environment.flag("HTTPS", default=not DEBUG)  # off only for a demonstration without a certificate

TIME_ZONE = environment.time_zone("TIME_ZONE", "America/New_York")
CLINIC = {
    "name": environment.text("CLINIC_NAME", "Northside Depression Clinic"),
    "phone": environment.text("CLINIC_PHONE", "+1 212 555 0100"),
    "hours": environment.text("CLINIC_HOURS", "Monday to Friday, 9 am to 5 pm"),
    "response_time": environment.text("CLINIC_RESPONSE_TIME", "3 working days"),
    "record_sentence": environment.text("CLINIC_RECORD_SENTENCE", ""),
}
# The clinic's own color, on white pages and on dark ones: buttons, lines and marks, here and in the admin.
CLINIC_COLOR = environment.color("CLINIC_COLOR", "#0f5e66", ground=environment.WHITE)
CLINIC_COLOR_DARK = environment.color("CLINIC_COLOR_DARK", "#63bdb9", ground=environment.DARK)
# A link on every patient page that leads to a weather site, for people who are watched at home.
QUICK_EXIT = environment.flag("QUICK_EXIT", default=False)
# Which suicide-risk screen every person is asked: see intake/scales/suicide/.
SUICIDE_SCREEN = environment.one_of("SUICIDE_SCREEN", ("cssrs", "asq"), default="cssrs")
# PC-PTSD-5: 4 for everyone; a site may choose 3 for women (clinical source: Prins et al.).
PC_PTSD5_CUTOFF_WOMEN = environment.whole("PC_PTSD5_CUTOFF_WOMEN", default=4, low=3, high=4)
# After an unsafe answer: a full page where its kind is new or more urgent, or every time; and if we say when we call.
HELP_PAGES = environment.one_of("HELP_PAGES", (RISING, EVERY), default=RISING)
CALL_PROMISE = environment.flag("CALL_PROMISE", default=False)
# A draft goes when it was not saved for so many days; a mailed link works for so many hours.
DRAFT_DAYS = environment.whole("DRAFT_DAYS", default=30, low=1, high=365)
LINK_HOURS = environment.whole("LINK_HOURS", default=24, low=1, high=168)
# What `manage.py purge` erases, and when: 0 is never, for how long a record must be kept each state's law says.
MAIL_DAYS = environment.whole("MAIL_DAYS", default=30, low=1, high=365)
CLOSED_YEARS = environment.whole("CLOSED_YEARS", default=0, low=0, high=100)
WITHDRAWN_DAYS = environment.whole("WITHDRAWN_DAYS", default=0, low=0, high=36_500)
RECORD_YEARS = environment.whole("RECORD_YEARS", default=0, low=0, high=100)
if 0 < RECORD_YEARS < 6:
    environment.stop("RECORD_YEARS must be 0 or at least 6: HIPAA asks for six years (45 CFR 164.316).")
# A question to a patient: reminded of after so many days, back on the desk unanswered after so many.
ASK_CHASE_DAYS = environment.whole("ASK_CHASE_DAYS", default=5, low=1, high=90)
ASK_EXPIRE_DAYS = environment.whole("ASK_EXPIRE_DAYS", default=14, low=2, high=180)
if ASK_EXPIRE_DAYS <= ASK_CHASE_DAYS:
    environment.stop("ASK_EXPIRE_DAYS must be more than ASK_CHASE_DAYS.")
# Working time, in which targets are counted and calls are promised, and the targets that replace those of treatments/workflow/targets.py.
WORKING_DAYS = environment.week_days("WORKING_DAYS", "mon-fri")
WORKING_HOURS = environment.clock_hours("WORKING_HOURS", "09:00-17:00")
CLINIC_HOLIDAYS = environment.dates("CLINIC_HOLIDAYS")
TARGET_HOURS = environment.whole_numbers("TARGET_HOURS", tuple(TARGETS), low=1, high=1000)
# Within how many days a clinician's next check must be, by level: replaces rows of treatments/workflow/risk.py.
CHECK_DAYS = environment.whole_numbers("CHECK_DAYS", tuple(CHECKED_WITHIN), low=1, high=60)
# A patient's message is dealt with within so many working hours.
MESSAGE_HOURS = environment.whole("MESSAGE_HOURS", default=8, low=1, high=80)
# From this hour of a working day on staff hear of what is due, and of all that is new where they want a mail a day.
NOTICE_HOUR = environment.whole("NOTICE_HOUR", default=8, low=0, high=23)
# After so many tries, whatever the channel, a person who was not reached may be let go.
CONTACT_ATTEMPTS = environment.whole("CONTACT_ATTEMPTS", default=3, low=1, high=20)
# Public keys of age: `manage.py backup` encrypts for them, and nothing on this machine opens what it wrote.
BACKUP_KEYS = environment.text("BACKUP_KEYS", "")
# Staff are signed out when nobody was at the screen for so long, and after SESSION_COOKIE_AGE whatever they do.
IDLE_MINUTES = environment.whole("IDLE_MINUTES", default=15, low=1, high=60)
# Nobody of the staff reads without a second factor; off only where invented people are.
STAFF_SECOND_FACTOR = environment.flag("STAFF_SECOND_FACTOR", default=not (DEBUG or DEMO))
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / ".local" / "static")))
# How many requests broke is counted in files: a database that is away can't count that it is.
FAULT_COUNTS = Path(environment.text("FAULT_COUNTS", str(BASE_DIR / ".local" / "faults")))
LOG_FORMAT = environment.one_of("LOG_FORMAT", ("text", "json"), default="text")

# Behind a proxy that sets X-Forwarded-Proto and X-Forwarded-For; whoever else reaches us could forge them.
BEHIND_PROXY = environment.flag("BEHIND_PROXY", default=False)
_PROXIES = environment.networks("PROXIES", "127.0.0.1,::1")
PROXIES = _PROXIES if BEHIND_PROXY else ()
# Where links in mail lead: never taken from a request, whose Host anybody may choose.
SITE_URL = environment.site_address("SITE_URL", ALLOWED_HOSTS, https=HTTPS, local=DEBUG or DEMO)

# --- Mail, and who hears of an alarm outside the app ---------------------------------------------

EMAIL_HOST = environment.text("EMAIL_HOST", "")
EMAIL_PORT = environment.whole("EMAIL_PORT", default=587 if EMAIL_HOST else 25, low=1, high=65535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=EMAIL_PORT == 587)
EMAIL_USE_SSL = EMAIL_PORT == 465 and not EMAIL_USE_TLS
EMAIL_TIMEOUT = 10  # seconds; well under the time for which the outbox holds a mail that is being sent
# Without a mail server mail is shown on the screen of whoever develops or tries the app. Elsewhere a
# link on the screen would be a link in a log: no mail is offered at all.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
SENDS_MAIL = bool(EMAIL_HOST) or DEBUG or DEMO
DEFAULT_FROM_EMAIL = environment.email(
    "DEFAULT_FROM_EMAIL", None if EMAIL_HOST else "clinic@localhost.invalid"
)
TEXT_WEBHOOK, TEXT_WEBHOOK_SECRET = secrets.webhook("TEXT_WEBHOOK", "TEXT_WEBHOOK_SECRET")
ON_CALL_EMAIL = environment.email("ON_CALL_EMAIL", "")
ON_CALL_WEBHOOK = environment.web_address("ON_CALL_WEBHOOK", "", secret=True)
if ON_CALL_EMAIL and not SENDS_MAIL:
    environment.stop("ON_CALL_EMAIL needs a mail server: set EMAIL_HOST.")
ON_CALL_REPEAT_MINUTES = environment.whole("ON_CALL_REPEAT_MINUTES", default=15, low=1, high=24 * 60)
ON_CALL_URGENT_REPEAT_MINUTES = min(5, ON_CALL_REPEAT_MINUTES)
ESCALATE_MINUTES = environment.whole("ESCALATE_MINUTES", default=15, low=1, high=24 * 60)
ALERT_TAKEN_MINUTES = environment.whole("ALERT_TAKEN_MINUTES", default=60, low=1, high=24 * 60)

# --- Django ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "clinic.apps.ClinicAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "intake",
    "treatments",
]

MIDDLEWARE = [
    "clinic.health.answered",
    "clinic.addresses.named_sender",
    "clinic.faults.numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.CompressPatientPages",
    "clinic.middleware.closed",
    "clinic.middleware.read_as_text",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "clinic.middleware.offered_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clinic.staff_side.staff_side",
]
MESSAGE_STORAGE = "clinic.message_storage.MessageStorage"

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context.clinic",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["clinic"]
CRISPY_TEMPLATE_PACK = "clinic"
CRISPY_FAIL_SILENTLY = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = [
    "clinic.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # kept until its owner signs in the next time
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "clinic.passwords.NotAboutOneself"},
    {
        "NAME": "clinic.passwords.LongEnough",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "clinic.passwords.NotCommon"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds for which a link works that sets a password of staff
# --- Sign-in by allauth: names and passwords as Django keeps them, its second factors, its limits ---------

ACCOUNT_ADAPTER = "clinic.sign_in.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up: see the adapter
ACCOUNT_EMAIL_VERIFICATION = "none"
# Failed tries: per address, and per name (by a browser that is not known for it).
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/5m/ip,10/15m/key"}
MFA_ADAPTER = "clinic.sign_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Shared by all workers: a count of its own in each would let tries through, and a code be used twice.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "clinic_cache"}}
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Pages are offered in the languages that our own words are translated to; LANGUAGES is what people speak.
OFFERED_LANGUAGES = [
    code
    for code, _name in LANGUAGES
    if code == LANGUAGE_CODE or (LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.mo").exists()
]
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A text of 1 MB is still given back with a sentence. The server takes no more either (clinic/rsgi.py), files included.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["clinic.uploads.RefuseFiles"]

# --- Browser security --------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # CSRF over HTTPS needs the referrer within the site
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

SESSION_ENGINE = "clinic.sessions"
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = 12 * 60 * 60
ACCOUNT_SESSION_REMEMBER = True  # for that long, however the browser is closed
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clinic.staff_error_pages.too_old"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# --- What stands in the log: never patient data, so no request bodies and no error mail -----------

LOGGING = {
    "version": 1,
    # Django's lines about requests hold addresses and messages: clinic/faults.py writes ours in their place.
    "disable_existing_loggers": True,
    "formatters": {"line": {"()": f"clinic.log_lines.{LOG_FORMAT.capitalize()}Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # Named, so that ours stay on whatever was imported before this is read: the server imports some.
        **{ours: {"level": "INFO"} for ours in ("clinic", "intake", "treatments")},
    },
}
