"""The log-in form in our own words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class LogIn(LoginForm):  # type: ignore[misc]
    """E-mail and password; staying logged in is a choice, because offices share computers."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        if "remember" in self.fields:
            self.fields["remember"].label = _("Keep me logged in on this computer")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
