from django.utils.translation import gettext_lazy as _

from .acts import Act
from .verdict import ALLOW, Verdict, deny


def can_seal_books(act: Act) -> Verdict:
    """Sealing adds proof and takes nothing: whoever has any standing may ask for it."""
    return ALLOW if act.standing else deny(_("Log in first."))
