"""What is looked at of a year of trade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

__all__ = ["ReadTradeForm"]


class ReadTradeForm(forms.Form):
    """A year; of it a section, a member."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    member = forms.TypedChoiceField(label=_("Member"), coerce=int, required=False, empty_value=None)

    def __init__(
        self,
        *args: Any,
        years: Iterable[int],
        sections: Iterable[str],
        members: Mapping[int, str],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        everything = ("", pgettext_lazy("trade", "all"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "year": [(one, str(one)) for one in years],
            "section": [everything, *((one, one) for one in sections)],
            "member": [everything, *members.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
