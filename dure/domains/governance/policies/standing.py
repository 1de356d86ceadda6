"""In which standing one does something with bodies and meetings: the office, the chair, oneself."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

TRUSTED = ("system", "operator", "administrator")
OFFICE = (*TRUSTED, "secretariat")
INSIDE = (*OFFICE, "bookkeeper", "member", "representative", "seat", "chair")


class OfSeat(Protocol):
    """A seat, with the body in which it is."""

    kind: str

    @property
    def body(self) -> OfKind: ...


class OfKind(Protocol):
    """A body of a kind."""

    kind: str


class OfBody(Protocol):
    """Whatever belongs to a body: a meeting, or what is known of one."""

    @property
    def body_id(self) -> int: ...


def by_office(act: Act) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat does this. Ask it, or log in with its account."))


def by_chair(act: Act, body_id: int) -> Verdict:
    if act.holds(*OFFICE) or act.holds("chair", of=body_id):
        return ALLOW
    return deny(_("Only the chair of this body or the secretariat does this."))
