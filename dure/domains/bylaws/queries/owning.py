"""Whose rules there are besides the network's own: who they are is known to a room above, and asked
through one function that the site wires."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dure.kernel.refusals import NotFound

_find: list[Callable[[], Mapping[str, str]]] = []


def wire_owners(find: Callable[[], Mapping[str, str]]) -> None:
    """Called once, by the site: code and name of every other owner of rules."""
    assert not _find, "already wired"
    _find.append(find)


def owners() -> Mapping[str, str]:
    """Code and name of those who have rules of their own here, beside the network."""
    return _find[0]() if _find else {}


def owner_name(owner: str) -> str:
    """The name of an owner of rules; none for the network itself. Raises NotFound."""
    if not owner:
        return ""
    try:
        return owners()[owner]
    except KeyError as error:
        raise NotFound from error
