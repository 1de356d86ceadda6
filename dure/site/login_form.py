"""The log-in and its passwords in our own words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django.utils.translation import gettext_lazy as _

from .forms import PASSWORD_HINT


class LogIn(LoginForm):  # type: ignore[misc]
    """E-mail and password; staying logged in is a choice, because offices share computers."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        if "remember" in self.fields:
            self.fields["remember"].label = _("Keep me logged in on this computer")
        _dress(self)


class SayItAgain(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(self)


class AskForLetter(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(self, email=_("E-mail"))


class ChooseAnew(ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(self, password1=_("New password"), password2=_("New password again"))


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _dress(
            self,
            oldpassword=_("Password until now"),
            password1=_("New password"),
            password2=_("New password again"),
        )


def _dress(form: Any, **labels: Any) -> None:
    """Our labels, our hint at a new password, and nothing that vanishes while one types."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)
        if name == "password1":
            field.help_text = PASSWORD_HINT
