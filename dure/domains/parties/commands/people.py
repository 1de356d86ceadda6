"""What is done with people: added, changed, erased by law; and with the bank accounts of parties."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, erase_told, record
from dure.kernel.personal import Personal, erase_about
from dure.kernel.refusals import InvalidInput, Refusal
from dure.kernel.secrets import encrypt

from .. import policies
from ..events import BankAccountRecorded, PeopleSetApart, PersonAdded, PersonChanged, PersonErased
from ..models import (
    Account,
    Appointment,
    BankAccount,
    Invitation,
    Party,
    Person,
    Representative,
)
from ..queries.names import ever_called
from ..rules.codes import PartyKind
from ..rules.fields import read_field
from ..rules.names import clean_name, name_identity
from ..rules.texts import clean_text
from .access import _forget_invitations, erase_account
from .organisations import NothingChanged
from .relations import forget_relations
from .writing import _as_text, _differences, _locked_party, _locked_person, _new_party

ERASED_NAME = "—"


class AccountNumberMalformed(InvalidInput):
    """The text is no number of a bank account."""

    text = _("This is not a bank account number: it has 7 to 20 digits.")


class StillInOffice(Refusal):
    """The person still holds an office or represents an organisation."""

    text = _("%(name)s still holds an office or represents an organisation.")
    remedy = _("End these first, then erase the personal data.")


@command
def add_person(
    act: Act, *, name: str, email: str = "", phone: str = "", address: str = ""
) -> Party:
    """Enter a person into the register. Raises the refusals of the fields."""
    policies.can_add_person(act).enforce()
    name = clean_name(name)
    given = {"email": email, "phone": phone, "address": address}
    values = {field: read_field(field, text)[field] for field, text in given.items()}
    # ---
    party = _new_party(PartyKind.PERSON, name, name_identity(name), act.at)
    Person.objects.create(party=party, **values)
    record(act, PersonAdded(party_id=party.pk, name=Personal(name, party.pk)))
    return party


@command
def change_person(
    act: Act,
    *,
    person_id: int,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    address: str | None = None,
) -> Party:
    """Change what is known of a person; None leaves a field as it is. Raises NothingChanged."""
    person = _locked_person(person_id)
    policies.can_change_person(act, person_id).enforce()
    party = person.party
    name = party.name if name is None else clean_name(name)
    given = {"email": email, "phone": phone, "address": address}
    values = {
        field: getattr(person, field) if text is None else read_field(field, text)[field]
        for field, text in given.items()
    }
    found = _differences(party, {"name": name}) + _differences(person, values)
    if not found:
        raise NothingChanged
    # ---
    party.name, party.name_key = name, name_identity(name)
    party.save(update_fields=["name", "name_key"])
    for field, text in values.items():
        setattr(person, field, text)
    person.save(update_fields=[*values])
    record(
        act,
        PersonChanged(
            party_id=party.pk,
            name=Personal(name, party.pk),
            changes=Personal(_as_text(found), party.pk),
        ),
    )
    return party


@command
def record_bank_account(
    act: Act, *, party_id: int, bank: str, number: str, holder: str = ""
) -> BankAccount:
    """Record the account a party is paid to; it takes the place of the one before.

    The number is stored encrypted. Raises AccountNumberMalformed.
    """
    party = _locked_party(party_id)
    policies.can_record_bank_account(act, party_id).enforce()
    bank = clean_text(bank, 40, _("Bank"))
    holder = clean_text(holder, 60, _("Holder"))
    digits = re.sub(r"[\s\-]", "", number)
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 20):
        raise AccountNumberMalformed
    # ---
    BankAccount.objects.filter(party=party, ended_at=None).update(ended_at=act.at)
    account = BankAccount.objects.create(
        party=party, bank=bank, number_sealed=encrypt(digits), last_digits=digits[-4:],
        holder=holder, recorded_at=act.at,
    )  # fmt: skip
    record(act, BankAccountRecorded(party_id=party.pk, bank=bank, last_digits=digits[-4:]))
    return account


@command
def erase_person(act: Act, *, person_id: int, reason: str) -> Party:
    """Erase what Dure holds about a person; ids, days and sums stay, so the books stay provable.

    Higher rooms refuse (by a reaction to PersonErased) while the person has rights or duties there.
    Raises StillInOffice. Source: 개인정보보호법 제21조, 제36조.
    """
    person = _locked_person(person_id)
    policies.can_erase_person(act).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    in_office = Appointment.objects.filter(person=person, until_date=None).exists()
    if in_office or Representative.objects.filter(person=person, until_date=None).exists():
        raise StillInOffice(name=person.party.name)
    # ---
    party = person.party
    called = ever_called(party.pk)
    _forget_ways_in(act, person, called)
    Party.objects.filter(pk__in=called).update(name=ERASED_NAME, name_key=ERASED_NAME)
    party.name = party.name_key = ERASED_NAME
    person.email = person.phone = person.address = ""
    person.erased_at = act.at
    person.save(update_fields=["email", "phone", "address", "erased_at"])
    forget_relations(called)
    BankAccount.objects.filter(party=party).update(number_sealed="", holder="", last_digits="")
    for party_id in sorted(called):
        erase_about(party_id, act.at)
    record(act, PersonErased(party_id=party.pk, reason=reason))
    return party


@command
def set_people_apart(act: Act, *, person_ids: tuple[int, ...], reason: str) -> int:
    """Keep of people only what a law keeps: their names beside what they paid; how many people.

    Contact, bank account and log-in are erased, and they are in no list and no search any more.
    Who is apart or erased already is left out. Source: 개인정보보호법 제21조제1항, 제3항.
    """
    policies.can_set_people_apart(act).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    rows = Person.objects.select_for_update(of=("self",)).select_related("party")
    people = list(rows.filter(pk__in=person_ids, erased_at=None, apart_at=None).order_by("pk"))
    # ---
    ids = tuple(person.pk for person in people)
    every = set(ids)
    for person in people:
        called = ever_called(person.pk)
        _forget_ways_in(act, person, called)
        every |= called
    Person.objects.filter(pk__in=ids).update(email="", phone="", address="", apart_at=act.at)
    forget_relations(every)
    BankAccount.objects.filter(party__in=every).update(number_sealed="", holder="", last_digits="")
    erase_told(every, "parties", act.at)
    record(act, PeopleSetApart(people=ids, reason=reason))
    return len(ids)


def _forget_ways_in(act: Act, person: Person, called: set[int]) -> None:
    """The invitations and the log-in of a person go."""
    invited = Invitation.objects.filter(person__in=called).order_by("pk")
    for address in {person.email, *invited.values_list("email", flat=True)} - {""}:
        _forget_invitations(address, act.at)
    for account in Account.objects.filter(person=person.pk):
        erase_account(act, account_id=account.pk)
