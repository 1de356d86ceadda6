"""A policy answers with a verdict: yes, or no and why."""

from __future__ import annotations

from dataclasses import dataclass

from .refusals import Denied, type_text


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    reason: type_text = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise `Denied` with the reason unless allowed."""
        if not self.allowed:
            assert self.reason, "a refusal must say why"
            raise Denied(self.reason)


ALLOW = Verdict(True)


def deny(reason: type_text) -> Verdict:
    return Verdict(False, reason)
