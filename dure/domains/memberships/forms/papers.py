"""Forms of papers, the gentle limit at the public check, and where a paper is checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.refusals import Refusal
from dure.ui.fields import DateField

from ..rules.papers import KINDS, LANGUAGES, OF_A_MEMBER, OWN

CHECKS_AN_HOUR = 60
FILE_MAX = 5_000_000  # bytes of a PDF that is compared
LANGUAGE_NAMES = {"ko": _("Korean"), "en": _("English")}


class TooManyChecks(Refusal):
    """One address asks for more papers than people hold in their hands."""

    text = _("Too many papers were checked from your connection within an hour.")
    remedy = _("Try again later, or call the office.")
    status = 429


def not_too_many_checks(request: HttpRequest) -> None:
    """Count a check of a visitor. Raises TooManyChecks."""
    if request.standing:  # type: ignore[attr-defined]
        return
    name = f"check:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, 3600)
    try:
        count = cache.incr(name)
    except ValueError:  # it ended in this very moment
        count = 1
    if count > CHECKS_AN_HOUR:
        raise TooManyChecks


def site_url(request: HttpRequest | None = None) -> str:
    """Where people reach this network: as it is set, else as it was reached just now."""
    if settings.DURE_URL or request is None:
        return str(settings.DURE_URL or "http://localhost:8000")
    return f"{request.scheme}://{request.get_host()}"


def _kinds(kinds: Any) -> list[tuple[str, Any]]:
    return [(str(kind), KINDS[kind]) for kind in OF_A_MEMBER if kind in kinds]


class IssuePaper(forms.Form):
    kind = forms.ChoiceField(label=_("Paper"))
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1950,
        max_value=2200,
        help_text=_("Of statements; a certificate is as of today."),
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES]
    )

    def __init__(self, *args: Any, office: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _kinds(OF_A_MEMBER if office else OWN)  # type: ignore[attr-defined]


class IssuePapers(IssuePaper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].required = True
        self.fields["kind"].choices = _kinds(OF_A_MEMBER)  # type: ignore[attr-defined]


class IssueRegister(forms.Form):
    on = DateField(label=_("Members on"))
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES]
    )


class IssueDonationReceipt(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2200)
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES]
    )


class YearFilter(forms.Form):
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1950, max_value=2200)


class RevokePaper(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Kept with the paper; the public check says only that it no longer holds."),
    )


class PaperFilters(forms.Form):
    kind = forms.ChoiceField(label=_("Paper"), required=False)
    year = forms.IntegerField(
        label=_("Year of issue"), required=False, min_value=1950, max_value=2200
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("valid", pgettext_lazy("paper", "valid")),
            ("revoked", pgettext_lazy("paper", "revoked")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *((str(k), w) for k, w in KINDS.items())]  # type: ignore[attr-defined]


__all__ = [
    "FILE_MAX",
    "IssueDonationReceipt",
    "IssuePaper",
    "IssuePapers",
    "IssueRegister",
    "PaperFilters",
    "RevokePaper",
    "TooManyChecks",
    "YearFilter",
    "not_too_many_checks",
    "site_url",
]
