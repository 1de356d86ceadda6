"""Pure rules of the bylaws: typed values, provisions, the rulebook of a day, findings, pack files."""

from .findings import Finding, RuleNotMet, enforce, failed, keep, kept
from .laying import LoosensTheRule, RuleTwiceThatDay, UnlikeTheRule, hold_against, same
from .packs import Pack, read_pack
from .provisions import (
    ORIGINS,
    OWN,
    Citation,
    Origin,
    Provision,
    Rulebook,
    above,
    in_force,
    loosened,
)
from .tables import Lines, PackMalformed, checked, malformed, read_tables, unknown
from .values import COMPARISONS, KINDS, Comparison, Kind, Value, fit, provision_value, read_value

__all__ = [
    "COMPARISONS",
    "Citation",
    "Comparison",
    "Finding",
    "KINDS",
    "Kind",
    "Lines",
    "LoosensTheRule",
    "ORIGINS",
    "OWN",
    "Origin",
    "Pack",
    "PackMalformed",
    "Provision",
    "RuleNotMet",
    "RuleTwiceThatDay",
    "Rulebook",
    "UnlikeTheRule",
    "Value",
    "above",
    "checked",
    "enforce",
    "failed",
    "fit",
    "hold_against",
    "in_force",
    "keep",
    "kept",
    "loosened",
    "malformed",
    "provision_value",
    "read_pack",
    "read_tables",
    "read_value",
    "same",
    "unknown",
]
