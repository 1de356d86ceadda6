"""What may be noted for a step, by its kind: read strictly, kept as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dure.domains.bylaws.rules import Kind, Rulebook, read_value, write_value
from dure.domains.parties.rules.regions import read_region
from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .steps import Step, StepKind

OPINIONS = ("favourable", "neutral", "against")
NOTED = (  # the kinds for which the office notes what it found
    StepKind.PAPERS,
    StepKind.FACT,
    StepKind.PLACE,
    StepKind.TERRITORY,
    StepKind.DESIGNATION,
    StepKind.HEARING,
    StepKind.PAYMENT,
)


class StepValueMissing(InvalidInput):
    """What the step asks for was not typed."""

    text = _("“%(step)s” needs: %(needed)s.")


class WholeTooSmall(InvalidInput):
    """A part cannot be larger than its whole."""

    text = _("%(part)s of %(whole)s cannot be. Type the part first, then the whole.")


def read_said(step: Step, given: Mapping[str, str], book: Rulebook) -> dict[str, Any]:
    """The plain values of a note on a step. Raises StepValueMissing and what readers raise.

    fact: found, of (the whole of a share) · place: offices (regions, by commas) · territory: region,
    ward · designation: designation, number · hearing: opinion, date · payment: amount, date.
    """
    match step.kind:
        case StepKind.FACT:
            return _fact(step, given, book)
        case StepKind.PLACE:
            offices = [_region(part) for part in _needed(step, given, "offices").split(",")]
            return {"offices": offices}
        case StepKind.TERRITORY:
            return {
                "region": _region(_needed(step, given, "region")),
                "ward": given.get("ward", "").strip()[:40],
            }
        case StepKind.DESIGNATION:
            held = _needed(step, given, "designation")
            if held not in step.items:
                raise StepValueMissing(step=step.title, needed=", ".join(step.items))
            return {"designation": held, "number": given.get("number", "").strip()[:40]}
        case StepKind.HEARING:
            opinion = given.get("opinion", "")
            if opinion not in OPINIONS:
                raise StepValueMissing(step=step.title, needed=", ".join(OPINIONS))
            return {
                "opinion": opinion,
                "date": parse_date(_needed(step, given, "date")).isoformat(),
            }
        case StepKind.PAYMENT:
            return {
                "won": parse_won(_needed(step, given, "amount")),
                "date": parse_date(_needed(step, given, "date")).isoformat(),
            }
    return {}


def _fact(step: Step, given: Mapping[str, str], book: Rulebook) -> dict[str, Any]:
    limit = step.limit("asks")
    assert limit is not None, step.key
    rule = limit.provision(book)
    kind = rule.kind if rule else limit.kind
    found = _needed(step, given, "found")
    if kind != Kind.RATIO:
        return {"found": write_value(kind, read_value(kind, found))}
    part = int(str(read_value(Kind.COUNT, found)))
    whole = int(str(read_value(Kind.COUNT, _needed(step, given, "of"))))
    if not 0 <= part <= whole or not whole:
        raise WholeTooSmall(part=part, whole=whole)
    return {"found": str(part), "of": whole}


def _needed(step: Step, given: Mapping[str, str], name: str) -> str:
    text = given.get(name, "").strip()
    if not text:
        raise StepValueMissing(step=step.title, needed=name)
    return text[:400]


def _region(text: str) -> str:
    sido, sigungu = read_region(text)
    return sigungu or sido
