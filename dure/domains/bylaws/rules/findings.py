"""What a check found: kept with the decision it led to, and shown to the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from dure.kernel.refusals import Refusal
from dure.kernel.words import gettext as _now, gettext_lazy as _

from .values import Comparison, Kind, read_value, say_limit, show_value


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule held against one fact: which article, what it asks, what was found, passed or not.

    Plain values, so that it is stored with its decision as it was, whatever becomes of the rule.
    """

    key: str
    label: str
    origin: str
    document: str
    article: str
    text: str
    kind: str
    comparison: str
    required: str
    actual: str
    of: int | None
    passed: bool
    provision_id: int = 0

    @property
    def citation(self) -> str:
        """협동조합 기본법 제22조제2항."""
        return f"{self.document} {self.article}".strip()

    @property
    def sentence_of_rule(self) -> str:
        """조합원 1인의 출자 한도 (협동조합 기본법 제22조제2항)."""
        return f"{self.label or self.key} ({self.citation})"

    @property
    def required_shown(self) -> str:
        """At least 10 days · at most 2/3 of 90,000,000 won."""
        shown = show_value(Kind(self.kind), read_value(Kind(self.kind), self.required))
        if self.of is not None:
            shown = _now("%(ratio)s of %(whole)s") % {"ratio": shown, "whole": f"{self.of:,}"}
        return say_limit(Comparison(self.comparison), shown)

    @property
    def actual_shown(self) -> str:
        """What was found, as people read it."""
        if self.of is not None:
            value = Fraction(self.actual)
            return f"{value.numerator:,}" if value.denominator == 1 else str(value)
        return show_value(Kind(self.kind), read_value(Kind(self.kind), self.actual))

    def sentence(self) -> str:
        """Dues per month (정관 제8조): 10,000원 or more; found 9,999원."""
        return _now("%(rule)s (%(citation)s): asks %(required)s, found %(actual)s") % {
            "rule": self.label or self.key,
            "citation": self.citation,
            "required": self.required_shown,
            "actual": self.actual_shown,
        }


class RuleNotMet(Refusal):
    """A provision of the law or of the network's own rules is not met."""

    text = _("This is not within the rules. %(findings)s.")
    remedy = _("The article shown says what is needed; change that first, then try again.")

    @property
    def checks(self) -> tuple[Check, ...]:
        """All that was checked, passed or not, for the panel that explains a refusal."""
        return tuple(
            Check(one.sentence_of_rule, one.required_shown, one.actual_shown, one.passed)
            for one in kept(self.params.get("checked", ()))
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a refusal's panel."""

    article: str
    asked: str
    found: str
    passed: bool


def keep(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the JSON that is stored with what they decided; `kept` reads it."""
    return [asdict(finding) for finding in findings]


def kept(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Findings as they were, back from the JSON of `keep`."""
    return tuple(Finding(**row) for row in rows)


def failed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that did not pass."""
    return tuple(finding for finding in findings if not finding.passed)


def enforce(findings: Iterable[Finding]) -> None:
    """Raises RuleNotMet, naming every rule that is not met with its article."""
    findings = tuple(findings)
    if broken := failed(findings):
        raise RuleNotMet(
            findings="; ".join(finding.sentence() for finding in broken), checked=keep(findings)
        )
