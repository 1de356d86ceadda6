"""My page: what is mine in this network, what is kept about me, and who looked at it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.policies import can_see_record
from dure.domains.loans import queries as loans
from dure.domains.memberships import queries as memberships
from dure.domains.parties import commands as party_commands, queries as parties
from dure.domains.parties.pages.people import withdrawing
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, action, page
from dure.ui.files.writing import disposition, tamed

from .. import privacy, queries
from ..desk.agenda import OWN_AGENDA_SOURCES
from ..desk.conduct import OWN_CONDUCT_SOURCES
from ..desk.own import OWN_SOURCES
from ..desk.waiting import waiting_for
from ..navigation import address

CHARGES_SHOWN = 12
HELD_SHOWN = 20
DEEDS_SHOWN = 20
TAKEN_MAX = 500  # of the summaries; the registry gives every row


def _mine(request: HttpRequest) -> tuple[Act, int]:
    act = act_of(request)
    if act.actor_id is None:
        raise Denied(_("Log in to see this page."))
    return act, act.actor_id


def me(request: HttpRequest) -> HttpResponse:
    """My membership, dues, data and consents."""
    act, person_id = _mine(request)
    consents = parties.consents_of(act, person_id)
    given = {one.text_id for one in consents if one.withdrawn_at is None}
    spoken_for = sorted(act.things("representative"))
    names = parties.names_of(spoken_for)
    cards = memberships.membership_cards_of(act, person_id)
    return page(
        request,
        "site/me.html",
        {
            "person": parties.person_card(act, person_id),
            "waiting": waiting_for(act, (*OWN_AGENDA_SOURCES, *OWN_CONDUCT_SOURCES, *OWN_SOURCES)),
            "cards": cards,
            "charges": memberships.charges_of_party(act, person_id, limit=CHARGES_SHOWN),
            "shares": memberships.shares_of_party(act, person_id),
            "organisations": [(pk, names.get(pk, "")) for pk in spoken_for],
            "consents": consents,
            "texts": [one for one in parties.consent_texts(act.today) if one.id not in given],
            "reads": queries.read_lines(queries.reads(act, person_id)[:5]),
            "change_url": address("parties:change_person", person_id),
            "ledger_url": address("ledger:party_ledger", person_id),
            "loans": loans.my_running(act),
            "funds": self_help.my_fund_names(act),
            "loans_url": address("loans:my_loans")
            if cards or spoken_for or act.holds("participant")
            else "",
            "aid_url": address("mutual_aid:my_aid") if cards or spoken_for else "",
            "statement_urls": papers(act, cards),
            "paper_url": address("memberships:issue_paper", cards[0].id) if cards else "",
            "reads_url": address("my_reads"),
            "record_url": address("governance:member_record", person_id)
            if can_see_record(act)
            else "",
            "apply_url": address("memberships:apply_for_membership"),
        },
    )


def papers(act: Act, cards: Sequence[memberships.MemberCard]) -> list[tuple[str, str]]:
    """The papers a member can take along for this year: title and address."""
    year = act.today.year
    title = _now("Statement of dues %(year)d (PDF)") % {"year": year}
    return [
        (title, f"{url}?year={year}&as=pdf")
        for card in cards[:1]
        if (url := address("memberships:statement", card.id))
    ]


def my_data(request: HttpRequest) -> HttpResponse:
    """All that every room holds about me: what, why, by which rule for how long."""
    act, person_id = _mine(request)
    return page(
        request,
        "site/my_data.html",
        {
            "holdings": privacy.holdings_of(act, person_id, limit=HELD_SHOWN),
            "deeds": queries.deed_lines(queries.deeds_with(person_id)[:DEEDS_SHOWN]),
        },
    )


def give_consent(request: HttpRequest, text_id: int) -> HttpResponse:
    """Agree to a text."""
    _act, person_id = _mine(request)
    return action(
        request,
        call=lambda act: party_commands.give_consent(act, person_id=person_id, text_id=text_id),
        said=_("Your consent is noted."),
        back="me",
    )


def withdraw_consent(request: HttpRequest, consent_id: int) -> HttpResponse:
    """Take back a consent; what that does is shown first."""
    _mine(request)
    return withdrawing(request, consent_id, ("me",))


def download_my_data(request: HttpRequest) -> HttpResponse:
    """Everything kept about me, in one ZIP: data.json, and a CSV for each list."""
    act, person_id = _mine(request)
    data = everything(act, person_id)
    return HttpResponse(
        zipped(data, act.at),
        content_type="application/zip",
        headers={"Content-Disposition": disposition(f"{_now('my-data')}-{act.today}.zip")},
    )


def everything(act: Act, person_id: int) -> dict[str, Any]:
    """What every room holds about a person, as plain values."""
    data = dict(parties.personal_data(act, person_id))
    data["memberships"] = [
        _plain(asdict(card)) for card in memberships.membership_cards_of(act, person_id)
    ]
    data["dues"] = [
        _plain(asdict(line))
        for line in memberships.charges_of_party(act, person_id, limit=TAKEN_MAX)
    ]
    data["payments"] = [
        _plain(asdict(line))
        for line in memberships.payments_of_party(act, person_id, limit=TAKEN_MAX)
    ]
    data["papers"] = [
        {"number": str(one), "kind": one.kind, "issued_at": one.issued_at.isoformat()}
        for one in memberships.papers_of_party(act, person_id, limit=TAKEN_MAX)
    ]
    shares = memberships.shares_of_party(act, person_id)
    data["shares"] = [{"date": day.isoformat(), "amount_won": won} for day, won in shares.moves]
    data["reads_by_others"] = [
        {"at": line.at.isoformat(), "who": line.who, "what": line.what, "via": line.via}
        for line in queries.all_lines(queries.reads(act, person_id), queries.read_lines)
    ]
    data["deeds"] = [
        {"at": line.at.isoformat(), "what": line.what, "via": line.via}
        for line in queries.all_lines(queries.deeds_with(person_id), queries.deed_lines)
    ]
    data["held"] = privacy.taken_along(act, person_id)
    return data


def _plain(value: Any) -> Any:
    """Plain JSON of dataclasses: days and months as text."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (bool, int, str, type(None))):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def zipped(data: Mapping[str, Any], made_at: datetime) -> bytes:
    """data.json with all of it, and a CSV beside for each list in it."""
    stamp = made_at.timetuple()[:6]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:

        def put(name: str, content: bytes) -> None:
            folder.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)

        put("data.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
        for name, value in data.items():
            rows = value if isinstance(value, list) else [value]
            if name == "held":
                for held in value:
                    put(f"{held['title']}.csv", _csv(held["rows"]))
            elif rows:
                put(f"{name}.csv", _csv(rows))
    return made.getvalue()


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A list as CSV that Korean spreadsheets open; nested values as JSON in their cell."""
    rows = list(rows)
    heads = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in heads])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return "" if value is None else value
    if isinstance(value, str):
        return tamed(value)
    return tamed(json.dumps(value, ensure_ascii=False))
