"""What waits about conduct: cases with their days, and members who have not signed the code."""

from __future__ import annotations

from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext

from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.refusals import type_text

from ..navigation import address
from .waiting import MEMBERS, OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources

WAITS_FOR: dict[str, type_text] = {
    "notice": _lazy("tell the member the reason"),
    "hearing": _lazy("hear the member"),
    "decision": _lazy("the decision of the competent body"),
    "appeal": _lazy("the decision on the appeal"),
    "appeal_period": _lazy("it can be appealed"),
}


def _line(one: memberships.CaseWaiting) -> Step:
    values = {"name": one.name, "kind": one.kind, "what": str(WAITS_FOR[one.step])}
    if one.by_date is None:
        text = _("%(name)s, %(kind)s: %(what)s") % values
    else:
        text = _("%(name)s, %(kind)s: %(what)s, until %(date)s") % {
            **values,
            "date": format_date(one.by_date),
        }
    return Step(text, address("memberships:conduct_case", one.case_id), _("Look"))


def conduct(act: Act) -> Waiting | None:
    """Cases under way, appeals, and decisions that can still be appealed."""
    found = memberships.conduct_waiting(act)
    if not found:
        return None
    under_way = [one for one in found if one.step != "appeal_period"]
    tone = "info"
    if under_way:
        tone = "bad" if any(one.is_late for one in under_way) else "warn"
    return Waiting(
        "flag",
        tone,
        ngettext("%(count)d case of conduct", "%(count)d cases of conduct", len(found))
        % {"count": len(found)},
        _("A step that is missing leaves a decision without effect."),
        address("memberships:conduct_cases"),
        _("See all"),
        tuple(_line(one) for one in found[:SHOWN_MAX]),
    )


def unsigned(act: Act) -> Waiting | None:
    """Members who have not signed the version of the code in force."""
    count = memberships.unsigned_count(act.today)
    if not count:
        return None
    return Waiting(
        "edit",
        "info",
        ngettext(
            "%(count)d member has not signed the ethics code",
            "%(count)d members have not signed the ethics code",
            count,
        )
        % {"count": count},
        _("A letter asks them to; what comes on paper is noted here."),
        address("memberships:code_signatures") + "?signed=no",
        _("See who"),
    )


def own_cases(act: Act) -> Waiting | None:
    """A case about oneself, or about an organisation one speaks for."""
    found = memberships.own_cases(act)
    if not found:
        return None
    return Waiting(
        "flag",
        "warn",
        ngettext("%(count)d case about you", "%(count)d cases about you", len(found))
        % {"count": len(found)},
        _("Read the reason, what follows, and your rights: to speak before, to appeal after."),
        address("memberships:conduct_case", found[0].case_id),
        _("Read it"),
        tuple(_line(one) for one in found[:SHOWN_MAX]),
    )


def own_code(act: Act) -> Waiting | None:
    """The code that one, or an organisation one speaks for, has not signed yet."""
    found = memberships.codes_to_sign(act)
    if not found:
        return None
    steps = tuple(
        Step(name, address("memberships:sign_ethics_code", pk), _("Read and sign"))
        for pk, name in found[:SHOWN_MAX]
    )
    return Waiting(
        "edit",
        "info",
        _("The ethics code to sign"),
        _("It is what the members agreed on with each other."),
        address("memberships:ethics_code"),
        _("Read it"),
        steps,
    )


CONDUCT_SOURCES: type_sources = (
    Source(OFFICE, ("memberships", "parties"), conduct),
    Source(OFFICE, ("memberships", "parties"), unsigned),
)
OWN_CONDUCT_SOURCES: type_sources = (
    Source(MEMBERS, (), own_cases),
    Source(MEMBERS, (), own_code),
)
