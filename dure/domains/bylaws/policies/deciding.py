"""What only a body decides: it takes effect by a resolution, and by nobody's note.

Which bodies there are is known to a room above; it is asked through one function that the site
wires, so that the rooms below can close their doors without knowing what a meeting is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..rules.choices import choice_label

HISTORY = ("system", "operator")  # who brings in what was decided before


@dataclass(frozen=True, slots=True)
class Decider:
    """A body that may decide on a matter. `by_article`: it was given to it, and not by the law."""

    name: str
    kind: str
    by_article: bool


_find: list[Callable[[str, date], tuple[Decider, ...]]] = []


def wire_deciders(find: Callable[[str, date], tuple[Decider, ...]]) -> None:
    """Called once, by the site: which bodies may decide on a matter on a day."""
    assert not _find, "already wired"
    _find.append(find)


def deciders(matter: str, on: date) -> tuple[Decider, ...]:
    """The bodies of the network that may decide on a matter."""
    return _find[0](matter, on) if _find else ()


def by_resolution(
    act: Act, matter: str, fits: Callable[[Decider], bool], *, by_law: Collection[str] = ()
) -> Verdict:
    """Yes to a resolution that takes effect, and to who brings history in; to everybody else no, where
    the network has a fitting body that decides on the matter. `by_law`: the kinds of bodies that the
    law names; theirs it is also before the network has made them.
    """
    if act.holds("resolution", *HISTORY):
        return ALLOW
    names = [one.name for one in deciders(matter, act.today) if fits(one)]
    names = names or sorted(map(choice_label, by_law))
    if not names:
        return ALLOW
    return deny(
        _now(
            "This is decided by resolution of: %(bodies)s. Put it on the agenda of a meeting; adopted, it takes effect at once when the vote is closed."
        )
        % {"bodies": ", ".join(names)}
    )
