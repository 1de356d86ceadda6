from django.utils.translation import gettext_lazy as _

from .acts import Act
from .verdict import ALLOW, Verdict, deny


def can_seal_books(act: Act) -> Verdict:
    """Sealing adds proof and takes nothing: whoever has any standing may ask for it."""
    return ALLOW if act.standing else deny(_("Log in first."))


def can_destroy_kept_files(act: Act) -> Verdict:
    """The clock does, by the schedule the rooms set."""
    if act.holds("system", "operator"):
        return ALLOW
    return deny(_("Files are destroyed by the clock, by their schedule."))
