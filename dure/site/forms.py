"""The forms of the doors: invitation, administrator session, tokens, the first steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.codes import LEGAL_FORMS

from .founding import STANDARD_CLASSES

PASSWORD_HINT = _("At least 10 characters. A short sentence is easy to remember and hard to guess.")


class _NewPassword(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HINT,
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))
        elif password:
            try:
                password_validation.validate_password(password)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class AcceptInvitation(_NewPassword):
    """Choose a password for a new account."""


class FoundNetwork(_NewPassword):
    """The questions of the wizard."""

    name = forms.CharField(label=_("Name of the network"), max_length=120)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=[], initial="unincorporated")
    fiscal_year_start_month = forms.TypedChoiceField(
        label=_("First month of the fiscal year"),
        coerce=int,
        initial=1,
        choices=[(month, format_lazy(_("month {month}"), month=month)) for month in range(1, 13)],
    )
    classes = forms.CharField(
        label=_("Classes of members"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. You can add more later."),
    )
    person_name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("You run the secretariat until you appoint others."),
    )
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)

    field_order = [
        "name",
        "legal_form",
        "fiscal_year_start_month",
        "classes",
        "person_name",
        "email",
        "password",
        "again",
    ]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        legal_form = self.fields["legal_form"]
        assert isinstance(legal_form, forms.ChoiceField)
        legal_form.choices = [(str(code), label) for code, label in LEGAL_FORMS]
        self.fields["classes"].initial = "\n".join(STANDARD_CLASSES)

    def clean_classes(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.cleaned_data["classes"].splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))[:30]


class OpenStaffSession(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need administrator rights?"),
        max_length=200,
        help_text=_("It stays in the log, where the secretariat can read it."),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        initial=30,
        choices=[(15, _("15 minutes")), (30, _("30 minutes")), (60, _("60 minutes"))],
    )


class IssueToken(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Which program will use it?")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        initial=90,
        choices=[(7, _("7 days")), (90, _("90 days")), (365, _("365 days"))],
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(scope, _said(scope)) for scope in scopes_known()]


_ROOMS = {
    "me": _("My page"),
    "governance": _("Bodies and meetings"),
    "month_end": _("Month-end"),
    "ledger": _("Books"),
    "memberships": _("Members and dues"),
    "parties": _("Organisations and people"),
    "loans": _("Small loans"),
    "mutual_aid": _("Mutual aid"),
    "trade": _("Mutual trade"),
    "self_help": _("Self-help funds of others"),
    "privacy": _("Personal data"),
}
_WAYS = {"read": _("look"), "write": _("change")}


def _said(scope: str) -> Any:
    """A scope in words: 장부 보기 (ledger:read)."""
    room, _colon, way = scope.partition(":")
    return format_lazy(
        "{room}: {way} ({scope})", room=_ROOMS.get(room, room), way=_WAYS[way], scope=scope
    )


def scopes_known() -> list[str]:
    """Every scope of the API: the site's own, and two per room."""
    rooms = ["me", "month_end", *sorted(settings.ROOMS)]
    return [
        f"{room}:{way}"
        for room in rooms
        for way in ("read", "write")
        if room != "me" or way == "read"
    ]


class AskEmailChange(forms.Form):
    email = forms.EmailField(
        label=_("New address"),
        max_length=254,
        help_text=_("A letter goes there. Until you open its link, the old address stays."),
    )


class InvitePerson(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
