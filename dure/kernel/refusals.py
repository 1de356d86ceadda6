"""Refusals: expected ways in which a deed is not done, each with a name, a reason and a remedy.

A refusal is fit to be shown to the person: `text` says what was asked and found, `remedy` what can
be done next. Its class name is its code in the API. Bugs are not refusals: they crash.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type_text = str | Promise


class Refusal(Exception):
    """Something was asked that the rules do not allow now. Subclass it above the command."""

    text: ClassVar[type_text] = ""
    remedy: ClassVar[type_text] = ""
    status: ClassVar[int] = 409

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(params)

    def __str__(self) -> str:
        return str(self.text) % self.params

    @property
    def code(self) -> str:
        return type(self).__name__

    @property
    def advice(self) -> str:
        """What the person can do next; empty when nothing can be said."""
        return str(self.remedy) % self.params

    def __reduce__(self) -> Any:
        return _rebuilt, (type(self), self.params)


def _rebuilt(kind: type[Refusal], params: dict[str, Any]) -> Refusal:
    return kind(**params)


class Denied(Refusal):
    """The actor may not do this; the reason is fit to show."""

    status = 403

    def __init__(self, reason: type_text) -> None:
        super().__init__(reason=reason)

    def __str__(self) -> str:
        return str(self.params["reason"])

    def __reduce__(self) -> Any:
        return Denied, (str(self.params["reason"]),)


class NotFound(Refusal):
    """The thing does not exist, or the actor may not know that it does."""

    status = 404
    text = _("There is no such thing, or you may not see it.")


class InvalidInput(Refusal):
    """What was typed cannot be read; the text says what to type."""

    status = 422


class KeyReused(Refusal):
    """The idempotency key was used before for another command or other input."""

    text = _("This request was already used for something else. Open the page again and retry.")


class SomeoneWasFaster(Refusal):
    """Two people acted at once on the same thing, and the other one came first."""

    text = _("Someone else has just changed this. Look at it again before you go on.")
