"""Elections: who stands, what lies before the voters, what they marked."""

from __future__ import annotations

from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook, enforce
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import OptionAdded, OptionWithdrawn
from ..models import Item, Meeting, Option, Vote
from ..queries.effects import Setting
from ..rules.elections import (
    ELECTIONS,
    OPTIONS_MAX,
    Fault,
    Form,
    Paper,
    fault,
    majority_asked,
    type_marks,
    written,
)
from ..rules.voting import CHOICES, CHOSEN_BY, ELECTED_BY, METHODS
from .holding import ChoiceMissing
from .meetings import RUNNING, in_state

POINTS = "elections.points_count"


class OptionMissing(InvalidInput):
    """An option is a person, or has a name."""

    text = _("Say who stands, or what may be chosen.")


class CandidateUnasked(InvalidInput):
    """Nobody stands without agreeing."""

    text = _("%(name)s has not agreed to stand.")
    remedy = _("Ask first; then note that the candidate agreed.")


class CandidateIsPerson(Refusal):
    """Seats are held by people, also where organisations are the members."""

    text = _("Only people stand in this election.")


class StandsAlready(Refusal):
    """One stands once."""

    text = _("%(name)s stands already, as no. %(number)d.")


class TooManyOptions(Refusal):
    """A ballot has room for so many."""

    text = _("A ballot has room for %(most)d.")


class OptionsFixed(Refusal):
    """What lies before the voters stays as it is."""

    text = _("“%(title)s” is being voted on or has been decided; who stands stays as it is.")


class NobodyStands(Refusal):
    """An election has candidates."""

    text = _("Nobody stands for “%(title)s”, and nothing is there to choose.")
    remedy = _("Enter the candidates first.")


class MethodUnfit(Refusal):
    """Not every form of a vote goes every way."""

    text = _("A vote of this form does not go this way: %(method)s.")


class ElectionNeeded(Refusal):
    """Where people are elected, yes or no is no answer."""

    text = _("“%(title)s” elects people; choose how they are elected.")


class PlacesUnfit(InvalidInput):
    """As many are chosen as there are places."""

    text = _("Between 1 and %(most)d can be chosen here.")


class UncontestedByCrosses(Refusal):
    """Where nobody stands against them, each is asked about."""

    text = _("No more stand than there are places: each needs a majority of their own.")
    remedy = _("Vote by crosses; whoever gets the majority is elected.")


class NothingTied(Refusal):
    """A run-off is among those who share the last place."""

    text = _("Nobody shares the last place in this vote; there is no run-off.")


class MarksUnfit(InvalidInput):
    """What is marked is no ballot of this vote."""

    text = _("%(why)s")


@command
def add_option(
    act: Act,
    *,
    item_id: int,
    person_id: int | None = None,
    text: str = "",
    statement: str = "",
    has_agreed: bool = False,
) -> Option:
    """Somebody stands for election, or something may be chosen. Who stands by oneself agrees by it.

    Whom the rules keep from every seat that is to be filled is refused with the article
    (RuleNotMet). Raises MeetingNotSo, OptionsFixed, OptionMissing, CandidateIsPerson, CandidateUnasked,
    StandsAlready, TooManyOptions, NotFound.
    """
    item = _held(item_id)
    policies.can_add_option(act, item.meeting, person_id).enforce()
    in_state(item.meeting, *RUNNING)
    _not_fixed(item)
    text = clean_text(text, 200, _("Name"))
    statement = clean_text(statement, 4000, pgettext_lazy("governance", "Statement"))
    if (person_id is None) != bool(text):
        raise OptionMissing
    setting = queries.setting_of(item)
    if person_id is None and setting.places is not None:
        raise CandidateIsPerson
    if person_id is not None:
        if not parties.party_exists(person_id) or parties.is_organisation(person_id):
            raise CandidateIsPerson
        name = parties.party_name(person_id)
        if not has_agreed and act.actor_id != person_id:
            raise CandidateUnasked(name=name)
        same = item.options.filter(person=person_id, withdrawn_at=None).first()
        if same is not None:
            raise StandsAlready(name=name, number=same.number)
        enforce(setting.unfit(person_id))
    last = item.options.order_by("-number").first()
    number = last.number + 1 if last else 1
    if number > OPTIONS_MAX:
        raise TooManyOptions(most=OPTIONS_MAX)
    # ---
    option = Option.objects.create(
        item=item, number=number, person_id=person_id, text=text, statement=statement
    )
    record(act, OptionAdded(item.pk, item.title, number, person_id, text))
    return option


@command
def withdraw_option(act: Act, *, option_id: int) -> Option:
    """Somebody stands no longer; the number is not given again. Raises OptionsFixed, NotFound."""
    found: Option = Option.objects.select_related("item").hold(option_id)
    item = _held(found.item_id)
    policies.can_withdraw_option(act, item.meeting, found.person_id).enforce()
    _not_fixed(item)
    if found.withdrawn_at is not None:
        raise NotFound
    # ---
    found.withdrawn_at = act.at
    found.save(update_fields=["withdrawn_at"])
    record(act, OptionWithdrawn(item.pk, item.title, found.number))
    return found


# -- inside ------------------------------------------------------------------------------------


def paper_for(
    book: Rulebook,
    item: Item,
    setting: Setting,
    *,
    method: str,
    form: str,
    places: int | None,
    run_off_of: Vote | None,
) -> Paper:
    """What lies before the voters. Raises ElectionNeeded, MethodUnfit, NobodyStands, PlacesUnfit,
    UncontestedByCrosses, NothingTied.
    """
    if form == Form.MOTION:
        if setting.places is not None:
            raise ElectionNeeded(title=item.title)
        return Paper(form, (), 1)
    if form not in dict(ELECTIONS):
        raise NotFound
    if method not in (CHOSEN_BY if form == Form.CHOICE else ELECTED_BY):
        raise MethodUnfit(method=str(dict(METHODS)[method]))
    if run_off_of is not None:
        before = queries.outcome_of(run_off_of)
        if before is None or not before.tied:
            raise NothingTied
        return Paper(form, before.tied, before.places - len(before.elected))
    standing = item.options.filter(withdrawn_at=None).order_by("number")
    options = tuple(standing.values_list("number", flat=True))
    if not options:
        raise NobodyStands(title=item.title)
    most = setting.places or len(options)
    wanted = (setting.places or 1) if places is None else places
    if not 1 <= wanted <= most:
        raise PlacesUnfit(most=most)
    paper = Paper(form, options, wanted)
    by_crosses = Paper(Form.CHOICE, options, wanted)
    if form != Form.CHOICE and not paper.is_contested and majority_asked(book, by_crosses):
        raise UncontestedByCrosses
    return paper


def said_on(vote: Vote, choice: str, marks: type_marks) -> str:
    """What a voter says, as it is kept: yes, no, abstain, or the marks of an election.

    Raises ChoiceMissing, MarksUnfit.
    """
    if vote.form == Form.MOTION:
        if choice not in dict(CHOICES):
            raise ChoiceMissing
        return choice
    marks = {int(one): mark for one, mark in marks.items()}
    points = bylaws.rules_on(day_of(vote.item.meeting.starts_at)).number(POINTS)
    wrong = fault(vote.paper, marks, points)
    if wrong is not None:
        raise MarksUnfit(why=_why(wrong, vote.paper, points))
    return written(marks, vote.paper.options)


def _why(wrong: Fault, paper: Paper, points: int) -> str:
    match wrong:
        case Fault.TOO_MANY:
            return _now("At most %(places)d may be marked.") % {"places": paper.places}
        case Fault.SAME_RANK:
            return _now("Give each place in the order only once.")
        case Fault.BEYOND if paper.form == Form.SCORE:
            return _now("Give each from 0 to %(points)d points.") % {"points": points}
        case Fault.BEYOND:
            return _now("Mark only what the ballot offers.")
        case _:
            return _now("This is not on the ballot.")


def _held(item_id: int) -> Item:
    """The item, under the lock of its meeting."""
    found = Item.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    if found is None:
        raise NotFound
    meeting: Meeting = Meeting.objects.select_related("body").hold(found)
    item: Item = Item.objects.hold(item_id)
    item.meeting = meeting
    return item


def _not_fixed(item: Item) -> None:
    if queries.is_fixed(item):
        raise OptionsFixed(title=item.title)
