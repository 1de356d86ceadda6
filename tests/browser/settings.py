"""The settings as people have them, with a fast password hash: the journeys log in a hundred times."""

from dure.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
