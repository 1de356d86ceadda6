"""Form fields that read what people type: 12만원, 2026.11.20, 2026년 11월. What they cannot read
they refuse with words that say what to type. Values are plain: int won, date, Month, (int, int)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dure.kernel import dates, money
from dure.kernel.refusals import InvalidInput


class WonField(forms.Field):
    """An amount in whole won: 120,000 · 12만원 · 1억 2천만 원. Zero and less only where allowed."""

    default_error_messages = {
        "zero": _("Type an amount above 0 won."),
        "most": _("That is more than %(most)s. Check the amount."),
    }

    def __init__(
        self,
        *,
        negative: bool = False,
        zero: bool = False,
        most_won: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.negative, self.zero, self.most_won = negative, zero or negative, most_won
        kwargs.setdefault("widget", WonInput())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            amount = money.parse_won(value, negative=self.negative)
        except InvalidInput as error:
            raise ValidationError(str(error), code=error.code) from error
        if amount == 0 and not self.zero:
            raise ValidationError(self.error_messages["zero"], code="zero")
        if self.most_won is not None and abs(amount) > self.most_won:
            raise ValidationError(
                self.error_messages["most"],
                code="most",
                params={"most": money.format_won(self.most_won)},
            )
        return amount

    def prepare_value(self, value: Any) -> Any:
        return money.format_number(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class WonInput(forms.TextInput):
    """Plain text, because 12만원 is no number to a browser; phones keep their letters."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "class": "won",
                "inputmode": "text",
                "autocomplete": "off",
                "placeholder": "120,000",
                **(attrs or {}),
            }
        )


class DateField(forms.Field):
    """A day: 2026-11-20 · 2026.11.20 · 2026년 11월 20일 · 20261120."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TypedInput("2026-11-20"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return dates.parse_date(value)
        except InvalidInput as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class MonthField(forms.Field):
    """A month: 2026-11 · 2026년 11월 · 202611."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TypedInput("2026-11"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dates.Month | None:
        if value in self.empty_values:
            return None
        try:
            return dates.parse_month(value)
        except InvalidInput as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, dates.Month) else value


class Pickable(Protocol):
    """What can be picked by its name."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def hint(self) -> str: ...


class PickField(forms.CharField):
    """One of many by name or number (#12), or `several` with commas between, in their order.
    Namesakes are told apart in the error."""

    def __init__(
        self,
        *,
        find: Callable[[str], Sequence[Pickable]],
        exists: Callable[[int], bool],
        several: bool = False,
        **kwargs: Any,
    ) -> None:
        self.find, self.exists, self.several = find, exists, several
        kwargs.setdefault("help_text", _("Name, or number like #12."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if self.several:
            return tuple(self._picked(one.strip()) for one in text.split(",") if one.strip())
        return self._picked(text) if text else None

    def _picked(self, text: str) -> int:
        if number := re.fullmatch(r"#?\s*(\d{1,15})", text):
            if not self.exists(int(number[1])):
                raise ValidationError(
                    _("There is no entry with the number %(number)s.") % {"number": number[1]}
                )
            return int(number[1])
        found = self.find(text)
        exact = [one for one in found if one.name == text]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0].id
        if not found:
            raise ValidationError(_("Nobody called “%(name)s” was found.") % {"name": text[:40]})
        shown = ", ".join(f"{one.name} {one.hint} (#{one.id})" for one in found[:8])
        raise ValidationError(
            _("Several were found; type the number: %(found)s") % {"found": shown}
        )


class TypedInput(forms.TextInput):
    """Text with an example where nothing is typed yet."""

    def __init__(self, example: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "text", "autocomplete": "off", "placeholder": example, **(attrs or {})}
        )


_PERCENT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(?:%|퍼센트|프로)")
_QUOTIENT = re.compile(r"(\d{1,9})(?:/|:)(\d{1,9})")
_KOREAN = re.compile(r"(\d{1,9})분의(\d{1,9})")
_PLAIN = re.compile(r"0?\.\d{1,9}|[01](?:\.0+)?")


class RatioField(forms.Field):
    """An exact share as (numerator, denominator), in lowest terms: 2% · 1/3 · 3분의 1 · 0.02."""

    default_error_messages = {
        "unreadable": _("“%(given)s” is not a share. Type it like 2%% or 1/3."),
        "whole": _("A share is at most 100%."),
    }

    def __init__(self, *, above_one: bool = False, **kwargs: Any) -> None:
        self.above_one = above_one
        kwargs.setdefault("widget", TypedInput("2%"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> tuple[int, int] | None:
        if value in self.empty_values:
            return None
        if isinstance(value, tuple):
            share = Fraction(*value)
        else:
            share = self._read(str(value))
        if share > 1 and not self.above_one:
            raise ValidationError(self.error_messages["whole"], code="whole")
        return share.numerator, share.denominator

    def _read(self, given: str) -> Fraction:
        bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", given)).replace("⁄", "/")
        if bare.isascii() or not re.search(r"[^\x00-\x7f퍼센트프로분의]", bare):
            if found := _PERCENT.fullmatch(bare):
                return Fraction(found[1]) / 100
            if (found := _QUOTIENT.fullmatch(bare)) and int(found[2]):
                return Fraction(int(found[1]), int(found[2]))
            if (found := _KOREAN.fullmatch(bare)) and int(found[1]):
                return Fraction(int(found[2]), int(found[1]))
            if _PLAIN.fullmatch(bare):
                return Fraction(bare)
        raise ValidationError(
            self.error_messages["unreadable"], code="unreadable", params={"given": given[:40]}
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            share = Fraction(*value) * 100
            exact = share.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100)
            if not exact:
                return f"{value[0]}/{value[1]}"
            hundredths = share * 100
            text = f"{int(hundredths) // 100}.{int(hundredths) % 100:02}".rstrip("0").rstrip(".")
            return f"{text}%"
        return value


class BusinessNumberField(forms.CharField):
    """A business registration number by its form alone (123-45-67890); whether its check digit is
    right is for the room that keeps it to say."""

    default_error_messages = {
        "form": _("A business number has ten digits, like 123-45-67890."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TypedInput("123-45-67890", {"inputmode": "numeric"}))
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        bare = re.sub(r"[\s\-‐–—.]", "", unicodedata.normalize("NFKC", text))
        if not re.fullmatch(r"[0-9]{10}", bare):
            raise ValidationError(self.error_messages["form"], code="form")
        return bare

    def prepare_value(self, value: Any) -> Any:
        text = str(value or "")
        return f"{text[:3]}-{text[3:5]}-{text[5:]}" if re.fullmatch(r"[0-9]{10}", text) else value
