"""The accounts of the demonstration. They exist nowhere else, and neither does the password."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "dure-demo-2015"  # noqa: S105 - printed for everybody to see


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One account: for which kind of person, and what that person does with Dure."""

    role: str
    email: str
    about: str | Promise


LOGINS = (
    DemoLogin("secretariat", "secretariat@example.org", _("Secretariat: members, applications, approvals")),
    DemoLogin("bookkeeper", "bookkeeper@example.org", _("Bookkeeper: dues, receipts, entries, closing")),
    DemoLogin("representative", "representative@example.org", _("Representative of a member organisation")),
    DemoLogin("member", "member@example.org", _("Individual member")),
    DemoLogin("administrator", "administrator@example.org", _("Administrator: works in logged, short sessions")),
)  # fmt: skip
EMAILS = {login.role: login.email for login in LOGINS}
