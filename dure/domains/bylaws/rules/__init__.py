"""Pure rules of the bylaws: typed values, provisions, the rulebook of a day, findings, pack files."""

from .findings import Finding, RuleNotMet, enforce, failed, keep, kept
from .laying import LoosensTheRule, RuleTwiceThatDay, UnlikeTheRule, hold_against, same
from .packs import Pack, PackMalformed, read_pack
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
from .values import COMPARISONS, KINDS, Comparison, Kind, Value, fit, provision_value, read_value

__all__ = [
    "COMPARISONS",
    "KINDS",
    "ORIGINS",
    "OWN",
    "Citation",
    "Comparison",
    "Finding",
    "Kind",
    "LoosensTheRule",
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
    "enforce",
    "failed",
    "fit",
    "hold_against",
    "in_force",
    "keep",
    "kept",
    "loosened",
    "provision_value",
    "read_pack",
    "read_value",
    "same",
]
