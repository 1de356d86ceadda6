"""Every command has its policy and leaves a deed; every event has its sentence."""

import dataclasses
from types import SimpleNamespace

from dure.kernel import deeds
from tests.architecture import house


def ours(registry):
    """What the code registers; not what tests of the kernel register for themselves."""
    list(house.modules_called("commands"))
    list(house.modules_called("events"))
    return {name: thing for name, thing in registry.items() if thing.__module__.startswith("dure.")}


def test_every_command_asks_its_policy_and_records_an_event():
    commands = ours(deeds.COMMANDS)
    assert commands
    assert house.incomplete_commands(commands, ours(deeds.EVENTS).values()) == []


def test_every_verb_is_a_command():
    commands = ours(deeds.COMMANDS)
    doors = house.modules_called("commands", doors_only=True)
    assert house.verbs_that_are_no_commands(doors, commands) == []


def test_every_event_has_a_sentence():
    events = ours(deeds.EVENTS)
    assert events
    assert house.speechless_events(events.values(), deeds.Event) == []


# --- planted ones -----------------------------------------------------------------------------

policies = SimpleNamespace(can_pay_out=None, can_hide=None, can_forget=None, can_pass_on=None)


class PaidOut:
    pass


def record(act, event):
    pass


def pay_out(act, *, loan_id):
    policies.can_pay_out(act, loan_id)
    record(act, PaidOut())


def pay_in(act, *, loan_id):
    record(act, PaidOut())


def hide(act, *, loan_id):
    record(act, PaidOut())


def forget(act, *, loan_id):
    policies.can_forget(act, loan_id)
    record(act, print())


def pass_on(act, *, loan_id):
    policies.can_pass_on(act, loan_id)
    _end(act)


def _end(act):
    record(act, PaidOut())


def judge(run):
    return house.incomplete_commands({run.__name__: run}, [PaidOut], lambda room: policies)


def test_a_command_without_policy_or_event_is_seen():
    assert judge(pay_out) == []
    assert judge(pass_on) == []
    assert judge(pay_in) == [
        "pay_in: there is no policy can_pay_in",
        "pay_in: never asks can_pay_in",
    ]
    assert judge(hide) == ["hide: never asks can_hide"]
    assert judge(forget) == ["forget: records no event"]


def test_a_room_without_policies_is_seen():
    found = house.incomplete_commands({"x.pay_out": pay_out}, [PaidOut])
    assert found == ["x.pay_out: its room has no policies"]


def test_a_verb_that_is_no_command_is_seen():
    def write():
        pass

    def _inside():
        pass

    write.__module__ = _inside.__module__ = "loans"
    module = SimpleNamespace(__name__="loans", write=write, _inside=_inside, record=record)
    assert house.verbs_that_are_no_commands([module], {}) == ["loans.write"]
    assert house.verbs_that_are_no_commands([module], {"loans.write": write}) == []


class Base:
    def sentence(self):
        raise NotImplementedError


@dataclasses.dataclass(frozen=True)
class Said(Base):
    def sentence(self):
        return "said"


@dataclasses.dataclass(frozen=True)
class Silent(Base):
    pass


@dataclasses.dataclass
class Changeable(Base):
    def sentence(self):
        return "said"


def test_a_speechless_event_is_seen():
    assert house.speechless_events([Said], Base) == []
    assert house.speechless_events([Silent], Base) == [f"{__name__}.Silent has no sentence"]
    assert house.speechless_events([Changeable], Base) == [f"{__name__}.Changeable is not frozen"]
    [unfrozen] = house.speechless_events([type("Loose", (), {"sentence": Said.sentence})], Base)
    assert unfrozen.endswith("Loose is no dataclass")
