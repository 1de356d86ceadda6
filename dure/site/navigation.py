"""What the frame of every page shows: where one may go, who one is, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.dates import format_month, parse_month
from dure.kernel.refusals import type_text
from dure.ui.doors import act_of
from dure.ui.navigation import MenuItem, NavGroup, NavItem

from .demo.logins import LOGINS, PASSWORD
from .desk.kept import Deeds, look

ALL = ("visitor",)
STRANGER = ("stranger",)
PERSON = ("person",)
MEMBER = ("member", "representative")
OFFICE = ("secretariat", "administrator")
BOOKS = ("secretariat", "bookkeeper", "administrator")
INSIDE = (*BOOKS, *MEMBER, "seat", "chair")
MONTH_END = "month_end"  # in the session: the month whose end is under way
WORKED_AT = ("/memberships/", "/ledger/")  # where its steps lead, and lead back from


def applications_waiting(request: HttpRequest) -> int:
    return memberships.applications_summary(act_of(request))[0]


def receipts_waiting(request: HttpRequest) -> int:
    return memberships.unmatched_summary(act_of(request)).count


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the navigation: who sees it, and what may wait there."""

    label: type_text
    name: str
    icon: str
    whose: tuple[str, ...]
    count: Callable[[HttpRequest], int] | None = None


PLACES: tuple[tuple[type_text, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place(_("Desk"), "desk", "desk", BOOKS),
            Place(_("My page"), "me", "person", PERSON),
            Place(_("Directory"), "directory:directory", "map", ALL),
            Place(_("Rules and bylaws"), "bylaws:rules_in_force", "book", ALL),
            Place(_("Ethics code"), "memberships:ethics_code", "leaf", ALL),
            Place(_("Apply for membership"), "memberships:apply_for_membership", "leaf", STRANGER),
        ),
    ),
    (
        _("Members"),
        (
            Place(_("Members"), "memberships:members", "member", BOOKS),
            Place(
                _("Applications"), "memberships:applications", "mail", OFFICE, applications_waiting
            ),
            Place(_("Conduct cases"), "memberships:conduct_cases", "flag", OFFICE),
            Place(_("Dues"), "memberships:dues", "money", BOOKS),
            Place(_("Receipts"), "memberships:receipts", "receipt", BOOKS, receipts_waiting),
            Place(_("Arrears"), "memberships:arrears", "clock", BOOKS),
            Place(_("Shares"), "memberships:share_register", "fund", BOOKS),
            Place(_("Papers issued"), "memberships:papers", "document", BOOKS),
        ),
    ),
    (
        _("Meetings"),
        (
            Place(_("Meetings"), "governance:meetings", "calendar", INSIDE),
            Place(_("Issues"), "governance:issues", "leaf", INSIDE),
            Place(_("Calendar"), "governance:calendar", "calendar", INSIDE),
            Place(_("Bodies"), "governance:bodies", "people", INSIDE),
            Place(_("Resolutions"), "governance:resolutions", "flag", INSIDE),
            Place(_("To do"), "governance:actions", "check", INSIDE),
            Place(_("Plans"), "governance:plans", "chart", INSIDE),
            Place(_("Figures and reports"), "governance:statistics", "chart", INSIDE),
        ),
    ),
    (
        _("Loans and mutual aid"),
        (
            Place(_("My loans"), "loans:my_loans", "money", (*MEMBER, "participant")),
            Place(_("Loans of all"), "loans:loans", "money", (*BOOKS, "loan_officer")),
            Place(_("My mutual aid"), "mutual_aid:my_aid", "people", MEMBER),
            Place(_("Mutual aid of all"), "mutual_aid:aid_enrolments", "people", BOOKS),
            Place(_("Reserve"), "mutual_aid:reserve", "fund", (*BOOKS, *MEMBER)),
            Place(
                _("Campaigns in a crisis"), "mutual_aid:aid_campaigns", "people", (*BOOKS, *MEMBER)
            ),
            Place(
                _("Self-help funds of others"),
                "self_help:self_help_funds",
                "fund",
                (*BOOKS, "loan_officer"),
            ),
        ),
    ),
    (
        _("Mutual trade"),
        (
            Place(_("My deals"), "trade:my_deals", "swap", MEMBER),
            Place(_("Offers and wants"), "trade:catalogue", "search", (*BOOKS, *MEMBER)),
            Place(_("Quotes and orders"), "trade:orders", "swap", (*BOOKS, *MEMBER)),
            Place(_("Cooperative fund"), "trade:cooperative_fund", "fund", (*BOOKS, *MEMBER)),
            Place(_("Who trades with whom"), "trade:trade_totals", "chart", (*BOOKS, *MEMBER)),
            Place(_("Deals of all"), "trade:deals", "swap", BOOKS),
            Place(_("Clearing"), "trade:clearings", "swap", (*BOOKS, *MEMBER)),
            Place(_("Group buys"), "trade:group_buys", "people", (*BOOKS, *MEMBER)),
        ),
    ),
    (
        _("Books"),
        (
            Place(_("Funds"), "ledger:funds", "fund", (*BOOKS, *MEMBER)),
            Place(_("Entries"), "ledger:entries", "ledger", BOOKS),
            Place(_("Statements"), "ledger:statements", "chart", (*BOOKS, *MEMBER)),
            Place(_("Main business"), "ledger:main_business", "chart", BOOKS),
            Place(_("Month-end"), "month_ends", "check", BOOKS),
            Place(_("Periods"), "ledger:periods", "calendar", BOOKS),
            Place(_("Proof"), "ledger:seals", "seal", BOOKS),
        ),
    ),
    (
        _("Network"),
        (
            Place(_("Organisations"), "parties:parties", "organisation", BOOKS),
            Place(_("People"), "parties:people", "people", BOOKS),
            Place(_("Import"), "parties:import_parties", "up", OFFICE),
            Place(_("Offices"), "parties:offices", "shield", OFFICE),
            Place(_("Member classes"), "memberships:member_classes", "gear", OFFICE),
            Place(_("Consents"), "privacy:consents", "check", OFFICE),
            Place(_("Reads of personal data"), "privacy:reads_to_check", "eye", OFFICE),
            Place(_("Breaches of personal data"), "privacy:breaches", "alert", OFFICE),
            Place(_("Destruction of personal data"), "privacy:destruction", "shield", OFFICE),
            Place(_("Log of deeds"), "deeds", "document", OFFICE),
            Place(_("All reads"), "reads", "eye", ("administrator",)),
            Place(_("Take everything along"), "export_network", "down", ("administrator",)),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page."""
    if not hasattr(request, "standing"):
        return {}
    kept = getattr(request, "_navigation", None)
    if kept is None:
        kept = request._navigation = _found(request)  # type: ignore[attr-defined]
    return kept


def _found(request: HttpRequest) -> dict[str, Any]:
    known: Deeds | None = request.whole_standing.deeds  # type: ignore[attr-defined]
    deeds = look() if known is None or request.method != "GET" else known
    network = deeds.kept(("parties",), ("network",), parties.network_profile)
    found: dict[str, Any] = {
        "network": network,
        "nav": _places(request, deeds) if network else [],
        "help_url": address("guide"),
        "about_url": address("about"),
        "privacy_url": address("privacy"),
    }
    session = request.staff_session  # type: ignore[attr-defined]
    if session is not None:
        until = timezone.localtime(session.until_at)
        found["staff_session"] = _now("You work as administrator until %(until)s: %(reason)s") % {
            "until": f"{until:%H:%M}",
            "reason": session.reason,
        }
    elif (
        request.whole_standing.wants_second_factor  # type: ignore[attr-defined]
        and not request.path.startswith("/account/")
    ):
        found["staff_session"] = _now(
            "You hold an office. Set up a passkey or one-time codes under “Log-in and security” first."
        )
    under_way = request.session.get(MONTH_END) if _holds(request, BOOKS) else None
    if under_way and request.path.startswith(WORKED_AT):
        found["resume"] = MenuItem(
            _now("Back to the month-end %(month)s")
            % {"month": format_month(parse_month(under_way))},
            address("month_end", under_way),
        )
    if request.person_id is not None:  # type: ignore[attr-defined]
        found["account"] = _account(request)
        if _holds(request, BOOKS):
            found["search_url"] = address("search")
    elif request.user.is_authenticated:
        found["account"] = {
            "name": str(request.user),
            "roles": "",
            "items": [MenuItem(_("Log out"), address("account_logout"), posts=True)],
        }
    else:
        found["login_url"] = address("account_login")
        if settings.DURE_DEMO and request.path == found["login_url"]:
            found |= {"demo_people": LOGINS, "demo_password": PASSWORD}
    return found


def _account(request: HttpRequest) -> dict[str, Any]:
    standing = request.whole_standing  # type: ignore[attr-defined]
    items = [
        MenuItem(_("My page"), address("me")),
        MenuItem(_("Log-in and security"), address("security")),
    ]
    if any(c.name == "appointed_administrator" for c in standing.capacities):
        items.append(MenuItem(_("Administrator session"), address("staff_session")))
    items.append(MenuItem(_("Log out"), address("account_logout"), posts=True))
    return {
        "name": standing.name,
        "roles": ", ".join(roles_in_words(request)),
        "items": items,
    }


ROLE_WORDS: dict[str, type_text] = {
    "administrator": _("administrator"),
    "secretariat": _("secretariat"),
    "bookkeeper": _("bookkeeper"),
    "loan_officer": _("loan officer"),
    "town_operator": _("town operator"),
    "representative": _("representative"),
    "member": _("member"),
}


def roles_in_words(request: HttpRequest) -> list[str]:
    """The person's capacities, each once, the heaviest first."""
    held = {capacity.name for capacity in request.standing}  # type: ignore[attr-defined]
    return [str(word) for name, word in ROLE_WORDS.items() if name in held]


def _holds(request: HttpRequest, names: tuple[str, ...]) -> bool:
    held = {capacity.name for capacity in request.standing} | {"visitor"}  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        held.add("stranger")
    return bool(held & set(names))


def _places(request: HttpRequest, deeds: Deeds) -> list[NavGroup]:
    groups = []
    for label, places in PLACES:
        items = []
        for place in places:
            url = address(place.name)
            if url and _holds(request, place.whose):
                items.append(
                    NavItem(
                        place.label,
                        url,
                        place.icon,
                        _waiting(request, place, deeds),
                        request.path == url,
                    )
                )
        if items:
            groups.append(NavGroup(label, items))
    return groups


def _waiting(request: HttpRequest, place: Place, deeds: Deeds) -> int:
    """How much waits at a place; counted once between two deeds."""
    count = place.count
    if count is None:
        return 0
    return deeds.kept(("memberships",), ("nav", place.name), lambda: count(request))


def address(name: str, *args: object) -> str:
    """The URL of a name; empty where no page has it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
