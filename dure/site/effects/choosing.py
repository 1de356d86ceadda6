"""What an effect is about is chosen from what waits for a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django import forms

type_choices = list[tuple[int, str]]


class Choosing(forms.Form):
    """A form whose one choice, `about`, is read when the form is shown."""

    about: ClassVar[str]
    waiting: ClassVar[Callable[[], type_choices]]

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields[self.about].choices = type(self).waiting()  # type: ignore[attr-defined]
