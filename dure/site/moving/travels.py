"""What travels when a network leaves, and what stays because it opens doors of the old place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.kernel.models import News
from dure.kernel.refusals import type_text
from dure.kernel.secrets import Sealed

from ..archive import form
from ..keys import SEALED

_SESSION = _("A session of a browser belongs to the old address; everyone logs in again.")
_FACTOR = _("A second step opens doors, and a passkey belongs to the old address.")
_SOCIAL = _("The log-in through others is agreed between them and the old address.")
_TOKEN = _("A program's key opens doors; new ones are made at the new place.")
_FRAMEWORK = _("Every installation makes these for itself; Dure does not use them.")

LEFT_OUT: dict[str, type_text] = {
    "account_emailconfirmation": _TOKEN,
    "auth_group": _FRAMEWORK,
    "auth_group_permissions": _FRAMEWORK,
    "auth_permission": _FRAMEWORK,
    "django_content_type": _FRAMEWORK,
    "django_session": _SESSION,
    "mfa_authenticator": _FACTOR,
    "parties_apitoken": _TOKEN,
    "socialaccount_socialaccount": _SOCIAL,
    "socialaccount_socialapp": _SOCIAL,
    "socialaccount_socialtoken": _SOCIAL,
    "usersessions_usersession": _SESSION,
}
REMADE = frozenset({"auth_permission", "django_content_type"})  # by the new place, before the rows

UNUSABLE = "!"  # a password that opens nothing


def _not_waiting(state: Any) -> Any:
    return News.State.GIVEN_UP if state == News.State.WAITING else state


REPLACED: dict[tuple[str, str], tuple[Callable[[Any], Any], type_text]] = {
    ("parties_account", "password"): (
        lambda value: UNUSABLE,
        _("Passwords stay. Everyone sets a new one at the new place, by letter."),
    ),
    ("kernel_news", "state"): (
        _not_waiting,
        _(
            "What waited to be sent is sent by one place only: the old one. Here it counts as given up."
        ),
    ),
}


def travelling() -> list[type[models.Model]]:
    """The tables that leave, by name."""
    return [model for model in form.tables() if model._meta.db_table not in LEFT_OUT]


def sealed_columns() -> list[Sealed]:
    """The encrypted columns that leave: as they are, closed."""
    return [one for one in SEALED if table_of(one) not in LEFT_OUT]


def table_of(one: Sealed) -> str:
    return str(apps.get_model(one.model)._meta.db_table)
