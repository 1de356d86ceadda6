"""What waits for a hand, in order, each with why it waits and where it is done.

A source looks with few bounded, indexed reads and answers None when nothing waits. The order of
SOURCES is the order of the desk within one urgency; what is worse comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _, ngettext

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel import outbox, seals
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import Month, format_date, format_month, parse_month
from dure.kernel.money import format_won, short_won

from ..navigation import address
from .kept import Deeds

TERMS_WITHIN = timedelta(days=60)
SHOWN_MAX = 3  # of the single things under one heading
URGENCY = {"bad": 0, "warn": 1, "info": 2}

OFFICE = ("secretariat", "administrator")
BOOKS = ("secretariat", "bookkeeper", "administrator")
MEMBERS = ("member", "representative", "person")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things that wait: a line with its own click. With `posts` the click does it."""

    text: str
    url: str = ""
    action: str = ""
    posts: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: what and how many, why, and the one click."""

    icon: str
    tone: str  # bad: late or broken, warn: soon, info: to do
    title: str
    why: str
    url: str
    action: str
    steps: tuple[Step, ...] = ()
    posts: tuple[tuple[str, str], ...] | None = None  # the click does it, with these fields


Look = Callable[[Act], Waiting | None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where something may wait: whose desk it is for, which rooms it reads, how one looks."""

    whose: tuple[str, ...]
    rooms: tuple[str, ...]
    look: Look


type_sources = tuple[Source, ...]


def waiting_for(act: Act, sources: type_sources, deeds: Deeds | None = None) -> list[Waiting]:
    """What waits for this actor: the sources of the offices held, the most urgent first. With
    `deeds` a source is looked at again only after one of its rooms has done something."""
    found = []
    for source in sources:
        if not act.holds(*source.whose):
            continue
        if deeds is None or not source.rooms:
            one = source.look(act)
        else:
            about = (source.look.__name__, act.today, act.actor_id)
            one = deeds.kept(source.rooms, about, partial(source.look, act))
        found.append(one)
    return sorted((one for one in found if one), key=lambda one: URGENCY[one.tone])


def since(day: date, today: date) -> str:
    """오늘, 어제, 5일 전."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%(days)d days ago") % {"days": days}


# -- for the office --------------------------------------------------------------------------------


def news_given_up(act: Act) -> Waiting | None:
    count = outbox.given_up()
    if not count:
        return None
    return Waiting(
        "mail",
        "bad",
        ngettext("%(count)d letter could not be sent", "%(count)d letters could not be sent", count)
        % {"count": count},
        _("The mail server refused them several times. Look at the addresses and send them again."),
        address("news"),
        _("Look"),
    )


def applications(act: Act) -> Waiting | None:
    count, oldest = memberships.applications_summary(act)
    if not count or oldest is None:
        return None
    day = day_of(oldest)
    late = memberships.overdue_decisions(act)
    steps = tuple(
        Step(
            _("%(name)s: the decision was due on %(date)s")
            % {"name": one.name, "date": format_date(one.day)},
            address("memberships:application", one.id),
            _("Look"),
        )
        for one in late[:SHOWN_MAX]
    )
    return Waiting(
        "member",
        "bad" if late else "warn",
        ngettext("%(count)d application to decide", "%(count)d applications to decide", count)
        % {"count": count},
        _("The oldest came in %(since)s.") % {"since": since(day, act.today)},
        address("memberships:applications"),
        _("Look through"),
        steps,
    )


def receipts(act: Act) -> Waiting | None:
    waiting = memberships.unmatched_summary(act)
    if not waiting.count or waiting.oldest_date is None:
        return None
    match = address("memberships:match_receipts")
    steps = []
    for one in memberships.unmatched_receipts(act, limit=SHOWN_MAX):
        text = _("%(date)s %(payer)s, %(amount)s") % {
            "date": format_date(one.receipt_date),
            "payer": one.payer,
            "amount": format_won(one.open_won),
        }
        if one.proposal is None:
            steps.append(Step(text, address("memberships:unmatched_receipts"), _("Find")))
        else:
            pair = f"{one.id}-{one.proposal.membership_id}"
            steps.append(Step(f"{text} → {one.member}", match, _("Match"), (("pair", pair),)))
    return Waiting(
        "receipt",
        "warn",
        ngettext("%(count)d receipt to match", "%(count)d receipts to match", waiting.count)
        % {"count": waiting.count},
        _("%(amount)s lies in suspense, the oldest since %(date)s.")
        % {"amount": short_won(waiting.sum_won), "date": format_date(waiting.oldest_date)},
        address("memberships:unmatched_receipts"),
        _("Match them"),
        tuple(steps),
    )


def arrears(act: Act) -> Waiting | None:
    bands = [band for band in memberships.arrears_by_age(act.today) if band.members]
    if not bands:
        return None
    return Waiting(
        "alert",
        "bad" if any(band.from_days > 90 for band in bands) else "warn",
        _("%(amount)s of dues is late") % {"amount": short_won(sum(band.won for band in bands))},
        _("A friendly reminder often suffices. Those who have trouble may ask for relief."),
        address("memberships:arrears"),
        _("Look and remind"),
        tuple(Step(_aged(band)) for band in bands),
    )


def _aged(band: Any) -> str:
    values = {
        "from": max(band.from_days, 1),
        "until": band.until_days,
        "count": band.members,
        "amount": format_won(band.won),
    }
    if band.until_days is None:
        return _("more than %(from)d days: %(count)d members, %(amount)s") % values
    return _("%(from)d to %(until)d days: %(count)d members, %(amount)s") % values


def debits(act: Act) -> Waiting | None:
    """Requests to the bank whose result nobody has booked yet."""
    count = memberships.debits_waiting()
    if not count:
        return None
    return Waiting(
        "money",
        "info",
        ngettext(
            "%(count)d direct debit waits for its result",
            "%(count)d direct debits wait for their result",
            count,
        )
        % {"count": count},
        _("When the bank has answered, its file books what was paid and what was not."),
        address("memberships:debits"),
        _("Look"),
    )


def billing(act: Act) -> Waiting | None:
    """Dues of this month that nobody has billed yet, where there are plans."""
    rates = memberships.payment_rates(Month.of(act.today), 2)
    before, now = rates[0], rates[-1]
    if now.charged_won or not before.charged_won:
        return None
    return Waiting(
        "money",
        "info",
        _("Dues of %(month)s are not billed yet") % {"month": format_month(now.month)},
        _("The month before, %(amount)s was billed.") % {"amount": short_won(before.charged_won)},
        address("memberships:bill_dues"),
        _("Bill them"),
    )


def terms(act: Act) -> Waiting | None:
    ending = parties.terms_ending(act.today, act.today + TERMS_WITHIN)
    if not ending:
        return None
    steps = tuple(
        Step(
            _("%(organisation)s: %(person)s, until %(date)s")
            % {
                "organisation": term.organisation_name,
                "person": term.person_name,
                "date": format_date(term.until_date or act.today),
            },
            address("parties:party", term.organisation_id),
            _("Renew"),
        )
        for term in ending[:SHOWN_MAX]
    )
    return Waiting(
        "calendar",
        "info",
        ngettext(
            "%(count)d representative's term ends within 60 days",
            "%(count)d representatives' terms end within 60 days",
            len(ending),
        )
        % {"count": len(ending)},
        _("Ask the organisation who speaks for it from then on."),
        address("parties:terms") or address("parties:parties"),
        _("See all"),
        steps,
    )


def period(act: Act) -> Waiting | None:
    if not ledger.books_are_open():
        return Waiting(
            "ledger",
            "warn",
            _("The books are not open yet"),
            _("Dues and receipts can be booked as soon as they are."),
            address("ledger:open_books"),
            _("Open them"),
        )
    waiting = ledger.period_to_close(act.today)
    if waiting is None:
        return None
    days = (act.today - waiting.end_date).days
    return Waiting(
        "calendar",
        "warn" if days > 31 else "info",
        _("%(month)s is to be closed") % {"month": format_month(parse_month(waiting.month))},
        _("It has been over for %(days)d days. Closing keeps its statements and seals the books.")
        % {"days": days + 1},
        address("month_end", waiting.month),
        _("Go through it"),
    )


def drafts(act: Act) -> Waiting | None:
    waiting = ledger.drafts(act) if ledger.drafts_waiting() else ()
    if not waiting:
        return None
    steps = tuple(
        Step(
            _("%(text)s, %(amount)s") % {"text": row.text, "amount": format_won(row.amount_won)},
            address("ledger:entry", row.id),
            _("own draft") if row.written_by_id == act.actor_id else _("Approve"),
        )
        for row in waiting[:SHOWN_MAX]
    )
    return Waiting(
        "edit",
        "warn",
        ngettext(
            "%(count)d draft waits for a second person",
            "%(count)d drafts wait for a second person",
            len(waiting),
        )
        % {"count": len(waiting)},
        _("Above the amount an article names, one person writes and another approves."),
        address("ledger:draft_entries"),
        _("See all"),
        steps,
    )


def duplicates(act: Act) -> Waiting | None:
    count = parties.duplicates_waiting()
    if not count:
        return None
    return Waiting(
        "people",
        "info",
        ngettext(
            "%(count)d organisation may be there twice",
            "%(count)d organisations may be there twice",
            count,
        )
        % {"count": count},
        _("They have the same name. Merging loses nothing: both histories stay."),
        address("parties:duplicates"),
        _("Compare"),
    )


def unsealed(act: Act) -> Waiting | None:
    count = seals.waiting()
    if not count:
        return None
    return Waiting(
        "seal",
        "info",
        ngettext("%(count)s row is not sealed yet", "%(count)s rows are not sealed yet", count)
        % {"count": f"{count:,}"},
        _("Sealing takes seconds. From then on every later change would show."),
        address("ledger:seal_books"),
        _("Seal now"),
        posts=(),
    )


ALWAYS = ()  # rooms of what changes without a deed, or with every one
OFFICE_SOURCES: type_sources = (
    Source(OFFICE, ALWAYS, news_given_up),
    Source(OFFICE, ("memberships", "bylaws"), applications),
    Source(BOOKS, ("memberships", "parties"), receipts),
    Source(BOOKS, ("ledger",), drafts),
    Source(BOOKS, ("memberships",), billing),
    Source(BOOKS, ("memberships",), debits),
    Source(BOOKS, ("memberships",), arrears),
    Source(BOOKS, ("ledger",), period),
    Source(OFFICE, ("parties",), terms),
    Source(OFFICE, ("parties",), duplicates),
    Source(BOOKS, ALWAYS, unsealed),
)
