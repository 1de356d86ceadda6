"""Passkeys and one-time codes in our own words; what tells them apart is encrypted at rest."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel import secrets

NAME_MAX = 60
CODE_MAX = 12

SAID = {
    "email_password_mismatch": _("The e-mail address or the password is not right."),
    "incorrect_code": _("This is not the code, or it has run out. Type the one the app shows now."),
    "incorrect_password": _("The password is not right."),
    "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
}


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and codes bear the network's name; their keys do not lie open in the database."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": SAID["incorrect_code"]}

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return name_of_network()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": name_of_network()}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - its name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _now("Passkey %(number)d") % {"number": number}


def name_of_network() -> str:
    """As apps, devices and letters show it."""
    network = parties.network_profile()
    return network.name if network else _now("Dure")


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey logs in by itself, unless its device cannot tell one person from another."""

    def __init__(self, *args: Any, **given: Any) -> None:
        given["initial"] = {"passwordless": True, **given.get("initial", {})}
        super().__init__(*args, **given)
        _name_it(self.fields["name"])
        self.fields["passwordless"].label = _("Log in with this passkey alone")
        self.fields["passwordless"].help_text = _(
            "Untick it for a security key without fingerprint or PIN: it then comes after the password."
        )


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _name_it(self.fields["name"])


class ActivateCodes(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _ask_for_code(self.fields["code"], _("Six figures from the app"))


class GiveCode(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _ask_for_code(self.fields["code"], _("Code"), _("From the app, or one recovery code."))


class GiveCodeAgain(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _ask_for_code(self.fields["code"], _("Code"), _("From the app, or one recovery code."))


def _name_it(field: Any) -> None:
    field.label = _("Name")
    field.help_text = _("By which you know it again, such as “office notebook”.")
    field.widget.attrs["maxlength"] = NAME_MAX


def _ask_for_code(field: Any, label: Any, hint: Any = "") -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "maxlength": CODE_MAX}
