"""A network of sixty-nine members before its general meeting, made through the ordinary commands.

`python -m tests.browser.sixty_nine build FORM` in the surroundings of an empty folder prints what a
journey has to know. Forty members are organisations (two of their representatives speak for two of
them), twenty-nine are people; everybody has a log-in. `work` does what waits, `ballots` casts for
those whom the journey does not follow, `come` and `say_yes` note for the office who of them is there
and says yes when called, `search` looks for a link from a voter to a ballot.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

PASSWORD = "산들바람이 부는 언덕"
ORGANISATIONS, PEOPLE, DOUBLES = 40, 29, 2
FOUNDED, LEFT = date(2025, 1, 2), date(2025, 9, 1)


def email(number: int) -> str:
    """The log-in of whoever speaks for a member, by its number."""
    return f"member{number:02d}@example.kr"


def build(form: str, today: date) -> dict[str, Any]:
    """The network with a member who is to be expelled, one who left, a general meeting, a board."""
    from django.contrib.auth.hashers import make_password

    from dure.domains.bylaws import commands as bylaws
    from dure.domains.governance import commands as governance
    from dure.domains.ledger import commands as ledger
    from dure.domains.memberships import commands as memberships
    from dure.domains.parties import commands as parties
    from dure.domains.parties.commands import access
    from dure.kernel.acts import Act, Capacity

    standing = frozenset({Capacity("system"), Capacity("operator")})
    hashed = make_password(PASSWORD)

    def on(day: date) -> Act:
        at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        return Act(None, at, uuid4(), "cli", standing)

    def person(name: str, address: str = "") -> int:
        made = parties.add_person(on(FOUNDED), name=name, email=address)
        if address:
            access.open_account(on(FOUNDED), email=address, person_id=made.pk, password_hash=hashed)
        return int(made.pk)

    def member(party_id: int, kind: str) -> int:
        made = memberships.enrol_member(
            on(FOUNDED), party_id=party_id, member_class=kind, joined_date=FOUNDED,
            decided_by="창립총회",
        )  # fmt: skip
        return int(made.pk)

    has_shares = form == "social_cooperative"
    parties.found_network(on(FOUNDED), name="두메 사회적협동조합" if has_shares else "두메 네트워크",
                          legal_form=form, fiscal_year_start_month=1)  # fmt: skip
    ledger.open_books(on(FOUNDED), first_date=date(2025, 1, 1))
    for code, name, who in (
        ("organisation", "단체 조합원", "organisation"),
        ("person", "개인 조합원", "person"),
    ):
        memberships.add_member_class(on(FOUNDED), code=code, name=name, who=who)
    if has_shares:
        bylaws.adopt_provision(
            on(FOUNDED), key="shares.unit_won", value="10,000", kind="won", comparison="exactly",
            label="출자 1좌의 금액", document="정관", article="제17조", from_date=FOUNDED,
            decided_by="창립총회",
        )  # fmt: skip
    secretary = person("김하늘", "secretariat@example.kr")
    parties.appoint_staff(
        on(FOUNDED),
        person_id=secretary,
        office="secretariat",
        from_date=FOUNDED,
        decision="창립총회",
    )
    voters: list[dict[str, Any]] = []
    speakers: list[int] = []
    for number in range(1, ORGANISATIONS + PEOPLE + 1):
        if number <= ORGANISATIONS:
            name = f"두메{number:02d} 협동조합"
            party = parties.add_organisation(on(FOUNDED), name=name).pk
            again = number > ORGANISATIONS - DOUBLES
            speaker = (
                speakers[number - ORGANISATIONS - 1 + DOUBLES]
                if again
                else person(f"대표{number:02d}", email(number))
            )
            speakers.append(speaker)
            parties.name_representative(
                on(FOUNDED),
                organisation_id=party,
                person_id=speaker,
                from_date=FOUNDED,
                role="대표",
            )
            kind = "organisation"
        else:
            name = f"조합원{number:02d}"
            party = speaker = person(name, email(number))
            kind = "person"
        membership = member(party, kind)
        voters.append(
            {
                "number": number,
                "name": name,
                "party": party,
                "person": speaker,
                "membership": membership,
            }
        )
        if has_shares:
            memberships.subscribe_shares(
                on(FOUNDED), membership_id=membership, shares=10, paid_date=FOUNDED
            )
    left = person("나가람")
    leaver = member(left, "person")
    if has_shares:
        memberships.subscribe_shares(
            on(FOUNDED), membership_id=leaver, shares=20, paid_date=FOUNDED
        )
    memberships.leave_membership(
        on(date(2025, 8, 1)), membership_id=leaver, left_date=LEFT, notice_date=date(2025, 5, 1)
    )
    claim = memberships.ask_share_refund(on(today), membership_id=leaver).pk if has_shares else None
    assembly = governance.add_body(
        on(FOUNDED), name="총회", kind="general_meeting", from_date=FOUNDED
    )
    board = governance.add_body(on(FOUNDED), name="이사회", kind="board", from_date=FOUNDED)
    seats = [
        governance.add_seat(
            on(FOUNDED), body_id=board.pk, kind="elected", title=title, is_chair=title == "이사장"
        ).pk
        for title in ("이사장", "이사", "이사", "이사", "이사")
    ]
    governance.fill_seat(
        on(FOUNDED), seat_id=seats[0], person_id=voters[0]["person"], from_date=FOUNDED,
        decided_by="창립총회",
    )  # fmt: skip
    committee = governance.add_body(
        on(FOUNDED), name="심사위원회", kind="qualification_committee", from_date=FOUNDED
    )
    chair = governance.add_seat(on(FOUNDED), body_id=assembly.pk, kind="ex_officio", title="의장",
                                is_chair=True, follows_id=board.pk)  # fmt: skip
    return {
        "secretary": secretary, "voters": voters, "leaver": leaver, "claim": claim, "assembly": assembly.pk,
        "board": board.pk, "committee": committee.pk, "chair": chair.pk,
    }  # fmt: skip


def work() -> int:
    """What waits in the outbox, and what the clock brings, as of the moment there."""
    from dure.site.clockwork import Worker

    worker, done = Worker(), 0
    while some := worker.turn():
        done += some
    return done


def receipt_of(number: int) -> str:
    """The receipt of a ballot that no page has made."""
    return "-".join([f"{number:04d}".translate(str.maketrans("0123456789", "ABCDEFGHJK"))] * 4)


def ballots(vote_id: int, marks: dict[str, dict[str, int]]) -> int:
    """Cast a ballot for each party named, as its own voter would; how many."""
    from dure.domains.governance import commands
    from dure.kernel import clock
    from dure.kernel.acts import Act, Capacity

    for number, (party, marked) in enumerate(marks.items()):
        own = Capacity("person", int(party)), Capacity("representative", int(party))
        act = Act(int(party), clock.now(), uuid4(), "api", frozenset(own))
        given = {int(option): mark for option, mark in marked.items()}
        ballot = commands.SecretBallot(int(party), "", receipt_of(number), given)
        commands.cast_ballot(act, vote_id=vote_id, ballot=ballot)
    return len(marks)


def come(secretary: int, meeting_id: int, parties: list[int]) -> int:
    """The office notes who is there; how many."""
    from dure.domains.governance import commands

    for party in parties:
        commands.check_in(_office(secretary), meeting_id=meeting_id, party_id=party)
    return len(parties)


def say_yes(secretary: int, vote_id: int, parties: list[int]) -> int:
    """The office calls names, and notes that each is in favour; how many."""
    from dure.domains.governance import commands

    for party in parties:
        commands.cast_vote(_office(secretary), vote_id=vote_id, party_id=party, choice="yes")
    return len(parties)


def _office(secretary: int) -> Any:
    from dure.kernel import clock
    from dure.kernel.acts import Act, Capacity

    standing = frozenset({Capacity("secretariat"), Capacity("person", secretary)})
    return Act(secretary, clock.now(), uuid4(), "cli", standing)


def search(vote_id: int, votes: list[tuple[int, str, str]]) -> list[str]:
    """What in this folder and its database tells how one of these voted."""
    from tests.governance import searching

    folder = Path(os.environ["DURE_HOME"])
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    truth = searching.Truth(
        vote_id, tuple((party, said, receipt) for party, said, receipt in votes)
    )
    return searching.search(searching.kept(folder, log), truth, counted=True)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.site.settings")
    django.setup()
    from dure.kernel import clock
    from dure.kernel.acts import SEOUL
    from dure.site import health

    from .later import set_clock

    set_clock()
    wanted, *words = sys.argv[1:]
    if wanted == "build":
        health.prepare()
        said: Any = build(words[0], clock.now().astimezone(SEOUL).date())
    elif wanted == "work":
        said = work()
    elif wanted == "ballots":
        said = ballots(int(words[0]), json.loads(words[1]))
    elif wanted in ("come", "say_yes"):
        noting = come if wanted == "come" else say_yes
        said = noting(int(words[0]), int(words[1]), json.loads(words[2]))
    else:
        said = search(int(words[0]), json.loads(words[1]))
    print(json.dumps(said))


if __name__ == "__main__":
    main()
