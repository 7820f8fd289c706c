"""The one settings module: every difference between machines comes from the environment (see .env.example)."""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, validate
from environs.exceptions import EnvError

from motcua.rules.petition_terms import TermSource
from motcua.rules.watching import LadderUnclear, parse_ladder

env = Env()
PACKAGE_DIR = Path(__file__).resolve().parent.parent

DATA_DIR = Path(env.str("MOTCUA_DATA"))
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEBUG = False
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
IS_DEMONSTRATION = env.bool("MOTCUA_DEMONSTRATION", default=False)
SERVES_TLS = env.bool("SERVES_TLS", default=False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "motcua.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
    "motcua.kernel",
    "motcua.organisations",
    "motcua.legislation",
    "motcua.catalogue",
    "motcua.documents",
    "motcua.dossiers",
    "motcua.posting",
    "motcua.petitions",
    "motcua.surveys",
    "motcua.reporting",
    "motcua.news",
    "motcua.notifications",
    "motcua.exchange",
    "motcua.province_setup",
    "motcua.ui",
    "motcua.portal",
    "motcua.workspace",
    "motcua.api",
    "motcua.demo",
]

MIDDLEWARE = [
    "motcua.config.middleware.request_id",
    "motcua.config.middleware.caller_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "motcua.config.middleware.chosen_language",
    "motcua.config.middleware.api_answers",
    "motcua.config.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.config.middleware.in_words",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.config.middleware.counted_visits",
    "motcua.config.middleware.workspace_not_kept",
    "motcua.config.middleware.htmx_answers",
    "motcua.config.middleware.LoginWall",
    "motcua.config.middleware.second_factor_wall",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# Where it is developed: these packages are not among those that it runs with.
if find_spec("django_linear_migrations"):
    INSTALLED_APPS.append("django_linear_migrations")
if env.bool("QUERY_GUARD", default=False):
    INSTALLED_APPS.append("zeal")
    MIDDLEWARE.append("zeal.middleware.zeal_middleware")
    ZEAL_RAISE = True

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "portal" / "templates"],  # ours before allauth's
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "motcua.ui.forms.FormRenderer"

# Reconnecting costs three times a query; prepared statements are worth 11-15 % on writes.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=600)}
DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=2)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes: rate limits and used one-time codes would count per process otherwise.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
BUILT_ASSETS_DIR = DATA_DIR / "assets"
STATICFILES_DIRS = [BUILT_ASSETS_DIR] if BUILT_ASSETS_DIR.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": env.str("STATICFILES_STORAGE", default="motcua.ui.storage.HashedStaticFiles")},
}
MEDIA_ROOT = DATA_DIR / "files"

# One paper is 20 MB at most; a request carries one paper and a form, at the counter the scans of a whole application.
PAPER_MAX_BYTES = 20 * 1024 * 1024
REQUEST_MAX_BYTES = PAPER_MAX_BYTES + 2 * 1024 * 1024
COUNTER_REQUEST_MAX_BYTES = 5 * PAPER_MAX_BYTES + 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
if env.bool("FAST_PASSWORDS", default=False):  # the tests sign in hundreds of times
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home-after-sign-in"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "motcua.portal.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "motcua"

SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVES_TLS
SESSION_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "motcua.portal.views.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVES_TLS else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SERVES_TLS else 0
SECURE_SSL_REDIRECT = SERVES_TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [SELF],
        "manifest-src": [SELF],
    }
}

# In the demonstration every message stays in the outbox page; elsewhere e-mail goes out.
MESSAGES_STAY_IN_OUTBOX = env.bool("MESSAGES_STAY_IN_OUTBOX", default=True)
_EMAIL = env.dj_email_url("EMAIL_URL", default="dummy:")
if not _EMAIL.get("EMAIL_BACKEND"):  # mail would vanish without a word
    raise EnvError("EMAIL_URL must begin with smtp://, smtps://, submission:// or the like")
vars().update(_EMAIL)
# Over which ways one-time codes reach guests. No operator for text messages is connected yet; the demonstration shows
# both in its outbox.
_MAIL_GOES_OUT = not MESSAGES_STAY_IN_OUTBOX and bool(env.str("EMAIL_URL", default=""))
_CODE_CHANNELS = ["SMS", "EMAIL"] if IS_DEMONSTRATION else ["EMAIL"] if _MAIL_GOES_OUT else []
CONTACT_CODE_CHANNELS: list[str] = env.list(
    "CONTACT_CODE_CHANNELS", default=_CODE_CHANNELS, validate=validate.ContainsOnly(["SMS", "EMAIL"])
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="motcua@localhost")

# The service of the national database of procedures; without an address what is published is entered by hand.
NATIONAL_DATABASE = {
    "address": env.str(
        "NATIONAL_DATABASE_URL", default="", validate=validate.Regexp(r"^(https?://\S+)?$", error="http(s)://…")
    ),
    "sign_in_path": env.str("NATIONAL_DATABASE_SIGN_IN_PATH", default="/login"),
    "service_path": env.str("NATIONAL_DATABASE_SERVICE_PATH", default="/service"),
    "user": env.str("NATIONAL_DATABASE_USER", default=""),
    "password": env.str("NATIONAL_DATABASE_PASSWORD", default=""),
    "unit": env.str("NATIONAL_DATABASE_UNIT", default=""),
    "destination": env.str("NATIONAL_DATABASE_DESTINATION", default=""),
    "entry_service": env.str("NATIONAL_DATABASE_ENTRY_SERVICE", default=""),
}

PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_IMPORT_PATHS = [
    f"motcua.{app}.tasks"
    for app in ("kernel", "documents", "dossiers", "petitions", "reporting", "notifications", "exchange")
    for app in ("kernel", "documents", "dossiers", "petitions", "news", "notifications", "exchange")
]

# How long a draft that nobody changes is kept. A guest's is open to one browser alone, while its session lasts.
DRAFT_KEPT_DAYS = env.int("DRAFT_KEPT_DAYS", default=90, validate=validate.Range(min=1))
GUEST_DRAFT_KEPT_DAYS = env.int("GUEST_DRAFT_KEPT_DAYS", default=30, validate=validate.Range(min=1))

# How long whoever orders an act on many dossiers has to undo it, before the first of them is touched.
BULK_UNDO_SECONDS = env.int("BULK_UNDO_SECONDS", default=15, validate=validate.Range(min=0, max=600))

# Facts of the installation that the law leaves to the province (docs/law/).
PETITION_TERM_SOURCES: list[str] = env.list(
    "PETITION_TERM_SOURCES",
    default=["ND_20_2008", "QD_766_2022"],
    validate=validate.ContainsOnly([source.value for source in TermSource]),
)
PROVINCE_UNIT_CODE = env.str("PROVINCE_UNIT_CODE", default="H18")
try:
    ESCALATION = parse_ladder(env.str("ESCALATION", default="0:HOLDER,0:DISPATCHER,8:SIGNER,24:HEAD_OF_ONE_STOP"))
except LadderUnclear as unclear:
    raise EnvError(f'Environment variable "ESCALATION" invalid: {unclear}') from None
# Fingerprints of the installations whose configuration packages are taken without asking.
TRUSTED_PACKAGE_KEYS: list[str] = env.list("TRUSTED_PACKAGE_KEYS", default=[])
COUNTING_MODE = env.str("COUNTING_MODE", default="CIVIL", validate=validate.OneOf(["CIVIL", "ROLLING"]))

LOGGING_CONFIG = "motcua.config.logging.configure"
_LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
LOGGING: dict[str, str] = {"level": env.str("LOG_LEVEL", default="INFO", validate=validate.OneOf(_LOG_LEVELS))}
TITLE = _("Cổng dịch vụ hành chính công")
