"""A row of a file beside what is stored: the same organisation, or a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from ..names import legal_form_in, name_identity, name_key
from .rows import Line


@dataclass(frozen=True, slots=True)
class Stored:
    """As much of a stored organisation as telling it from others needs."""

    id: int
    name: str
    business_number: str
    sido_code: str
    sigungu_code: str


class SeveralAlike(InvalidInput):
    """The register has more than one organisation the row could mean."""

    text = _("The register has %(count)d organisations of this name; the row does not say which.")
    remedy = _("Give the business registration number or the region.")


def stored_for(line: Line, stored: Iterable[Stored], *, has_region: bool) -> Stored | None:
    """The stored organisation a row means, among those of its number or name key; None: a new one.

    1. The one with the row's business registration number.
    2. Else one of the same identity, in the same place; not if both have different numbers.
    3. Else, when the row is less exact (no region column, or only the 시도), the only one of that
       identity whose place fits. Raises SeveralAlike when there are more.
    """
    given = line.given
    number = given.get("business_number", "")
    identity = name_identity(given["name"])
    place = (given.get("sido_code", ""), given.get("sigungu_code", ""))
    alike: list[Stored] = []
    for one in stored:
        if number and one.business_number == number:
            return one
        if number and one.business_number:
            continue
        if name_identity(one.name) == identity:
            alike.append(one)
    exact = [one for one in alike if (one.sido_code, one.sigungu_code) == place]
    if has_region and exact:
        fitting = exact
    elif not has_region:
        fitting = alike
    elif not place[1]:
        fitting = [one for one in alike if one.sido_code == place[0] and place[0]]
    else:
        fitting = []
    if len(fitting) > 1:
        raise SeveralAlike(count=len(fitting))
    return fitting[0] if fitting else None


def values_of_new(line: Line) -> dict[str, Any]:
    """The column values of a new organisation; its name tells the legal form if no cell does."""
    values = line.given
    if not values.get("legal_form"):
        values["legal_form"] = legal_form_in(values["name"])
    return values


def key_of(line: Line) -> str:
    """The name key under which the register looks for the row."""
    return name_key(line.given["name"])
