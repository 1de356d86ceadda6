"""Rules and findings as plain facts, as the API and the command line tell them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..rules import Finding, Provision, area_of, keep
from .shown import Laid


def rule_out(rule: Provision, on: date) -> dict[str, Any]:
    """A provision as the API and the command line tell it."""
    return {
        "key": rule.key,
        "label": rule.label,
        "area": area_of(rule.key),
        "origin": str(rule.origin),
        "kind": str(rule.kind),
        "comparison": str(rule.comparison),
        "value": rule.written,
        "asks": rule.asks,
        "of": rule.of,
        "mandatory": rule.mandatory,
        "document": rule.citation.document,
        "article": rule.citation.article,
        "text": rule.citation.text,
        "quoted": rule.citation.quoted,
        "note": rule.note,
        "from_date": rule.from_date,
        "read_later": rule.read_later(on),
    }


def finding_out(finding: Finding) -> dict[str, Any]:
    """A finding with its sentence."""
    kept = keep((finding,))[0]
    kept.pop("provision_id")
    return {**kept, "sentence": finding.sentence()}


def laid_out(one: Laid, on: date) -> dict[str, Any]:
    """A value of a rule's history."""
    return {**rule_out(one.rule, on), "decided_by": one.decided_by, "applies": one.applies}
