"""The settings of the tests: the real ones, in a folder of their own, with a fast password hash."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="dure-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DURE_HOME"] = _folder
os.environ.pop("DURE_URL", None)
os.environ |= {"DURE_KAKAO_ID": "of-the-tests", "DURE_NAVER_ID": "of-the-tests"}

from dure.site.settings import *  # noqa: E402, F403
from dure.site.settings import HOME  # noqa: E402

HOME.prepare()
SECRET_KEY = HOME.secret_key()
DURE_ENCRYPTION_KEY_FILE = HOME.encryption_key_file  # outside the database; see kernel.secrets
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # a file as in real life: threads that share an in-memory database lock each other's tables
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}  # noqa: F405
