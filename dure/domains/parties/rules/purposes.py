"""What rests on a consent, purpose by purpose, and what stops when it is withdrawn.

1. Each purpose is a consent of its own. Refusing or withdrawing an optional one blocks nothing else
   (개인정보보호법 제22조제1항, 제5항).
2. A withdrawal takes effect at once wherever Dure itself acts: lists for this purpose are made from
   the consents that hold at that moment.
3. What Dure cannot do itself (take a picture down, ask a recipient to delete) waits at the desk until
   somebody notes that it was done.
4. What a law or the bylaws ask for goes on: bills, notices of meetings, the books.
"""

from __future__ import annotations

from dataclasses import dataclass

from dure.kernel.words import Promise, gettext_lazy as _

THIRD_PARTY = "third_party"
ITEMS: dict[str, str | Promise] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "organisation": _("Organisation"),
}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a consent carries, and what its withdrawal does."""

    code: str
    rests: str | Promise  # what is done because of it
    stops: str | Promise  # what ends at once
    by_hand: str | Promise  # what somebody has to do; empty: nothing
    stays: str | Promise  # what goes on all the same


_NEEDED = _("Bills, notices of meetings and what else the law or the bylaws ask for go on.")
_BOOKS = _("Dues, shares and the books are kept as long as the rules ask for it.")
PURPOSES = {
    purpose.code: purpose
    for purpose in (
        Purpose(
            "privacy",
            _("Your application and your membership are handled with it."),
            _("Nothing new is collected for it."),
            _("See with the person whether the membership ends, and what can be erased."),
            _BOOKS,
        ),
        Purpose(
            "newsletter",
            _("You are written to with news and invitations."),
            _("You are on no list of readers any more, from this moment."),
            "",
            _NEEDED,
        ),
        Purpose(
            "directory",
            _("Your name stands in lists that others may see."),
            _("You are in no new list any more, from this moment."),
            _("Take the name out of lists that were printed or published before."),
            _NEEDED,
        ),
        Purpose(
            "photos",
            _("Pictures in which you can be recognised are published."),
            _("No new picture of you is published."),
            _("Take down the pictures that were published."),
            _NEEDED,
        ),
        Purpose(
            THIRD_PARTY,
            _("Your data is given to the recipient that the text names."),
            _("You are in no further list for the recipient, from this moment."),
            _("Ask the recipient to delete what they were given."),
            _NEEDED,
        ),
    )
}
_ANY = Purpose(
    "",
    _("What the text of the consent says."),
    _("You are on no list for this purpose any more, from this moment."),
    _("See what else was done because of this consent, and end it."),
    _NEEDED,
)


def purpose_of(code: str, *, to_others: bool = False) -> Purpose:
    """What is declared of a purpose; of a network's own, the most careful."""
    if to_others:
        return PURPOSES[THIRD_PARTY]
    return PURPOSES.get(code, _ANY)
