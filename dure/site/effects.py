"""What resolutions do: one table. Each effect ends in one command of a room.

Governance does not know what a share or a loan is; a room does not know what a vote is. Here they
meet: an effect says what it is about, what the rules find before a vote, who may vote on it, and
which command it ends in.
"""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws import queries as rules
from dure.domains.governance import commands as governance
from dure.domains.governance import queries as bodies
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Setting,
    type_data,
)
from dure.domains.memberships import commands as memberships
from dure.domains.memberships import queries as members
from dure.domains.memberships.queries import shares
from dure.domains.memberships.rules.conduct import BODIES, ConductKind, Outcome
from dure.kernel import clock
from dure.kernel.acts import Act, system_act
from dure.kernel.dates import parse_date
from dure.kernel.money import format_won
from dure.ui.fields import DateField

# -- conduct -----------------------------------------------------------------------------------


class Expel(forms.Form):
    case_id = forms.TypedChoiceField(label=_("Case"), coerce=int)
    kinds: tuple[str, ...] = (ConductKind.EXPULSION,)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["case_id"].choices = members.open_case_choices(*self.kinds)  # type: ignore[attr-defined]


class Discipline(Expel):
    kinds = (ConductKind.WARNING, ConductKind.SUSPENSION)
    until_date = DateField(
        label=_("Suspended until"), required=False, help_text=_("Only for a suspension.")
    )


def case_before_vote(data: type_data, kind: str, on: date) -> Setting:
    if kind not in dict(BODIES):
        raise EffectUnfit(why=_now("Bodies of this kind do not decide on a member's conduct."))
    case = members.case_for_vote(int(data["case_id"]), kind, on)
    return Setting(case.findings, case.voters, frozenset({case.party_id}))


def decide_case(act: Act, data: type_data, decided: Decided) -> str:
    until = data.get("until_date")
    case = memberships.decide_conduct_case(
        act,
        case_id=int(data["case_id"]),
        body=decided.body_kind,
        outcome=Outcome.UPHELD if decided.adopted else Outcome.DISMISSED,
        decided_date=decided.on_date,
        minutes=decided.reference,
        present=decided.present,
        in_favour=decided.yes,
        seats=decided.roll,
        until_date=parse_date(until) if until else None,
    )
    return _now("The case is decided: %(state)s.") % {"state": case.get_state_display()}


# -- admission ---------------------------------------------------------------------------------


class Admit(forms.Form):
    application_id = forms.TypedChoiceField(label=_("Application"), coerce=int)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["application_id"].choices = members.application_choices()  # type: ignore[attr-defined]


def application_before_vote(data: type_data, kind: str, on: date) -> Setting:
    _name, _counted, party_id = members.application_for_vote(int(data["application_id"]))
    return Setting(concerned=frozenset({party_id} if party_id else ()))


def decide_application(act: Act, data: type_data, decided: Decided) -> str:
    application_id = int(data["application_id"])
    name, counted, _party_id = members.application_for_vote(application_id)
    if decided.yes is None or decided.no is None:
        tally, abstaining = _now("Too few voted in secret for the count to be told."), None
    else:
        abstaining = decided.present - decided.yes - decided.no
        tally = _now("%(yes)d of %(present)d present voted in favour.") % {
            "yes": decided.yes,
            "present": decided.present,
        }
    if counted:
        memberships.decide_application(
            act, application_id=application_id, seats=decided.roll, present=decided.present,
            in_favour=decided.yes, against=decided.no,
            abstaining=abstaining, carried=decided.adopted,
            minutes=decided.reference, decided_date=decided.on_date, reason=tally,
        )  # fmt: skip
    elif decided.adopted:
        memberships.admit_member(
            act,
            application_id=application_id,
            decided_by=decided.reference,
            decided_date=decided.on_date,
        )
    else:
        memberships.refuse_application(
            act,
            application_id=application_id,
            decided_by=decided.reference,
            decided_date=decided.on_date,
            reason=tally,
        )
    said = _now("%(name)s was admitted.") if decided.adopted else _now("%(name)s was not admitted.")
    return said % {"name": name}


# -- shares ------------------------------------------------------------------------------------


class RefundShares(forms.Form):
    claim_id = forms.TypedChoiceField(label=_("Claim"), coerce=int)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        rows = shares.claims(system_act(clock.now()), state="asked")[:200]
        self.fields["claim_id"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.membership.party.name} (no. {one.membership.number})") for one in rows
        ]


def claim_before_vote(data: type_data, kind: str, on: date) -> Setting:
    card = shares.claim_card(system_act(clock.now()), int(data["claim_id"]))
    return Setting(concerned=frozenset({card.party_id}))


def approve_refund(act: Act, data: type_data, decided: Decided) -> str:
    claim = memberships.approve_share_refund(
        act, claim_id=int(data["claim_id"]), decided_by=decided.reference,
        decided_date=decided.on_date, members_total=decided.roll, members_present=decided.present,
        votes_for=decided.yes,
    )  # fmt: skip
    return _now("The refund is due: %(amount)s.") % {"amount": format_won(claim.amount_won)}


# -- bylaws ------------------------------------------------------------------------------------


class AdoptProvision(forms.Form):
    key = forms.CharField(
        label=_("Rule"),
        max_length=60,
        help_text=_("As the page of rules names it, such as meetings.notice_days."),
    )
    value = forms.CharField(label=_("New value"), max_length=200)
    document = forms.CharField(label=_("Document"), max_length=80, initial="정관")
    article = forms.CharField(label=_("Article"), max_length=80)
    from_date = DateField(label=_("In force from"))
    text = forms.CharField(
        label=_("Wording"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )


def _provision(data: type_data) -> dict[str, object]:
    return {**data, "from_date": parse_date(str(data["from_date"]))}


def provision_before_vote(data: type_data, kind: str, on: date) -> Setting:
    rules.provision_of(**_provision(data))  # type: ignore[arg-type]
    return Setting()


def adopt_provision(act: Act, data: type_data, decided: Decided) -> str:
    row = bylaws.adopt_provision(act, **_provision(data), decided_by=decided.reference)  # type: ignore[arg-type]
    return _now("%(rule)s is %(value)s from %(date)s.") % {
        "rule": row.label,
        "value": data["value"],
        "date": row.from_date.isoformat(),
    }


# -- officers ----------------------------------------------------------------------------------


class ElectOfficers(forms.Form):
    body_id = forms.TypedChoiceField(label=_("Body"), coerce=int)
    seat_title = forms.CharField(
        label=_("Title of the seats"),
        required=False,
        max_length=60,
        help_text=_("Such as 이사. Without one every vacant elected seat of the body is filled."),
    )
    from_date = DateField(label=_("Term from"))
    until_date = DateField(
        label=_("Term until"),
        required=False,
        help_text=_("The first day on which it no longer holds."),
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["body_id"].choices = bodies.body_choices()  # type: ignore[attr-defined]


def _term(data: type_data) -> tuple[date, date | None]:
    until = data.get("until_date")
    return parse_date(str(data["from_date"])), parse_date(str(until)) if until else None


def _vacant(data: type_data) -> tuple[int, ...]:
    return bodies.vacant_seats(
        int(data["body_id"]), str(data.get("seat_title") or ""), *_term(data)
    )


def election_before_vote(data: type_data, kind: str, on: date) -> Setting:
    vacant = _vacant(data)
    if not vacant:
        raise EffectUnfit(why=_now("No elected seat of this body is vacant at that time."))
    return Setting(places=len(vacant))


def elect_officers(act: Act, data: type_data, decided: Decided) -> str:
    from_date, until_date = _term(data)
    for seat_id, person_id in zip(_vacant(data), decided.elected, strict=False):
        governance.fill_seat(
            act, seat_id=seat_id, person_id=person_id, from_date=from_date, until_date=until_date,
            decided_by=decided.reference,
        )  # fmt: skip
    return _now("%(count)d seats were filled.") % {"count": len(decided.elected)}


EFFECTS: dict[str, Effect] = {
    "governance.elect_officers": Effect(
        _("Elect officers"), "officers", ElectOfficers, elect_officers, election_before_vote
    ),
    "memberships.admit_member": Effect(
        _("Admit a member"), "admission", Admit, decide_application, application_before_vote,
        also_rejected=True,
    ),
    "memberships.expel_member": Effect(
        _("Expel a member"), "expulsion", Expel, decide_case, case_before_vote, also_rejected=True
    ),
    "memberships.discipline_member": Effect(
        _("Warn or suspend a member"), "conduct", Discipline, decide_case, case_before_vote,
        also_rejected=True,
    ),
    "memberships.approve_share_refund": Effect(
        _("Refund a leaver's shares"), "share_refund", RefundShares, approve_refund,
        claim_before_vote,
    ),
    "bylaws.adopt_provision": Effect(
        _("Change a rule of the bylaws"), "bylaws_change", AdoptProvision, adopt_provision,
        provision_before_vote,
    ),
}  # fmt: skip
