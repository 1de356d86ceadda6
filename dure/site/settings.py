"""The settings of an installation. What differs between two of them comes from the environment:

DURE_HOME            the folder of the network's data
DURE_DATABASE_URL    postgresql://user:password@host:port/name (?schema=…&pool=8); without it: SQLite
DURE_BALLOTS         the folder of the ballots of votes under way (default: ballots in DURE_HOME);
                     machines that serve one network share one; never in a backup
DURE_URL             where people reach it (https://dure.example.kr); turns secure cookies on
DURE_ALLOWED_HOSTS   more host names, separated by commas
DURE_MAIL_URL        smtp://user:password@host:587?tls=1; without it mail goes to the console
DURE_MAIL_FROM       the sender of mail
DURE_STAFF_MFA       0 lets staff work without passkey or one-time code (default 1; 0 in the demonstration)
DURE_KAKAO_ID, DURE_KAKAO_SECRET, DURE_NAVER_ID, DURE_NAVER_SECRET   log-in with Kakao, Naver
DURE_DEBUG           1 for developers only
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from dure.site import home as _home

PACKAGE = Path(__file__).resolve().parent.parent
HOME = _home.home()
DURE_HOME = HOME.folder
DURE_BALLOTS = HOME.ballots  # of secret votes under way; see kernel.boxes
DURE_ENCRYPTION_KEY_FILE = HOME.encryption_key_file  # outside the database; see kernel.secrets
DURE_DEMO = HOME.holds_demo(os.environ.get("DURE_DATABASE_URL", ""))
DURE_STAFF_MFA_REQUIRED = os.environ.get("DURE_STAFF_MFA", "0" if DURE_DEMO else "1") != "0"
DURE_STAFF_SESSION_MINUTES = 30

DEBUG = os.environ.get("DURE_DEBUG") == "1"
SECRET_KEY = HOME.secret_key()
DURE_URL = os.environ.get("DURE_URL", "").rstrip("/")
_public = urlsplit(DURE_URL)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([_public.hostname] if _public.hostname else []),
    *filter(None, (host.strip() for host in os.environ.get("DURE_ALLOWED_HOSTS", "").split(","))),
]
CSRF_TRUSTED_ORIGINS = [DURE_URL] if DURE_URL else []

# -- the floors and rooms, lowest last so that higher templates and words win ----------------

ROOMS = (
    *("mutual_aid", "loans", "trade", "privacy", "self_help", "governance"),
    *("memberships", "ledger", "parties", "bylaws"),
)
_kakao = os.environ.get("DURE_KAKAO_ID", "")
_naver = os.environ.get("DURE_NAVER_ID", "")
INSTALLED_APPS = [
    "dure.site",
    *(f"dure.domains.{room}" for room in ROOMS),
    "dure.ui",
    "dure.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.kakao"] if _kakao else []),
    *(["allauth.socialaccount.providers.naver"] if _naver else []),
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Account"

MIDDLEWARE = [
    "dure.site.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dure.site.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "dure.site.middleware.Acting",
    "dure.site.middleware.Refusals",
]
ROOT_URLCONF = "dure.site.urls"
WSGI_APPLICATION = "dure.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "dure.site.navigation.navigation",
            ],
        },
    }
]

# -- data ------------------------------------------------------------------------------------

DATABASES = {"default": _home.database(os.environ.get("DURE_DATABASE_URL", ""), HOME)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME.cache),
    }
}
MEDIA_ROOT = HOME.media
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

# -- static files: served by the process itself, vendored ones for ever -----------------------

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:
    """Vendored files carry their version in the folder's name."""
    return "/vendor/" in url


# -- security --------------------------------------------------------------------------------

_https = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# -- log-in ----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "login": "dure.site.login_form.LogIn",
    "reauthenticate": "dure.site.login_form.SayItAgain",
    "reset_password": "dure.site.login_form.AskForLetter",
    "reset_password_from_key": "dure.site.login_form.ChooseAnew",
    "change_password": "dure.site.login_form.ChangePassword",
}
ACCOUNT_ADAPTER = "dure.site.login.Adapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"manage_email": "10/h/user"}  # letters that one account may ask for
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _https else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
MFA_ADAPTER = "dure.site.second_factor.Adapter"
MFA_TOTP_TOLERANCE = 1  # half minutes a code may be late or early: telephones are not exact
MFA_FORMS = {
    "add_webauthn": "dure.site.second_factor.AddPasskey",
    "edit_webauthn": "dure.site.second_factor.RenamePasskey",
    "activate_totp": "dure.site.second_factor.ActivateCodes",
    "authenticate": "dure.site.second_factor.GiveCode",
    "reauthenticate": "dure.site.second_factor.GiveCodeAgain",
}
SOCIALACCOUNT_ADAPTER = "dure.site.social_login.Adapter"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = {
    name: {
        "APPS": [{"client_id": key, "secret": os.environ.get(f"DURE_{name.upper()}_SECRET", "")}]
    }
    for name, key in (("kakao", _kakao), ("naver", _naver))
    if key
}

# -- mail ------------------------------------------------------------------------------------

_mail = urlsplit(os.environ.get("DURE_MAIL_URL", ""))
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = dict(parse_qsl(_mail.query)).get("tls") == "1"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DURE_MAIL_FROM", "dure@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
