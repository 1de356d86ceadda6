"""The certificate: all that is needed to see that a set-off is the greatest, in one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .solving import Cleared

FORMAT = "dure-clearing-certificate/1"
ABOUT = (
    "rise = level of the creditor - level of the debtor. A pair with rise < 1 is set off entirely, "
    "with rise > 1 not at all; only with rise = 1 in part. Each firm gives up what it is relieved of. "
    "Therefore no set-off is greater."
)


class CertificateUnreadable(InvalidInput):
    """The file is not a certificate of a clearing."""

    text = _("This is not a certificate of a clearing: %(reason)s")


@dataclass(frozen=True)
class Certificate:
    """A set-off per pair, the totals, and a level per firm. Firms are told by their place."""

    totals: dict[str, int]
    firms: list[str]
    levels: list[int]
    debtor: list[int]
    creditor: list[int]
    amount: list[int]
    set_off: list[int]
    solver: str
    set_off_file: str
    set_off_sha256: str
    sha256: str = ""


def certificate_of(cleared: Cleared, table: str, name: str = "set_off.csv") -> Certificate:
    """The certificate of a clearing whose file of set-offs is this text, of this name."""
    pairs = cleared.pairs
    return Certificate(
        totals=cleared.totals(),
        firms=list(cleared.invoices.firms),
        levels=cleared.levels.tolist(),
        debtor=pairs.debtor.tolist(),
        creditor=pairs.creditor.tolist(),
        amount=pairs.amount.tolist(),
        set_off=cleared.set_off.tolist(),
        solver=cleared.solver,
        set_off_file=name,
        set_off_sha256=hashlib.sha256(table.encode()).hexdigest(),
    )


def written(certificate: Certificate) -> str:
    """The certificate as JSON, its own hash at the end."""
    text = _content(certificate)
    return f'{text[:-1]},"sha256":"{_hash(text)}"}}\n'


def content_hash(certificate: Certificate) -> str:
    """The hash of what the certificate says."""
    return _hash(_content(certificate))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _content(certificate: Certificate) -> str:
    said = asdict(certificate) if len(certificate.amount) < 1_000 else vars(certificate)
    said = {name: value for name, value in said.items() if name != "sha256"}
    head = {"format": FORMAT, "about": ABOUT}
    return json.dumps({**head, **said}, ensure_ascii=False, separators=(",", ":"))


def read_certificate(content: bytes) -> Certificate:
    """The certificate in a file. Raises CertificateUnreadable."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CertificateUnreadable(reason=_("it is not JSON.")) from error
    if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
        raise CertificateUnreadable(reason=_("it has another format."))
    if said.pop("about", None) != ABOUT:
        raise CertificateUnreadable(reason=_("its explanation was changed."))
    try:
        certificate = Certificate(**said)
    except TypeError as error:
        raise CertificateUnreadable(reason=_("parts are missing or unknown.")) from error
    _check_kinds(certificate)
    return certificate


def _check_kinds(certificate: Certificate) -> None:
    """Texts, whole numbers and lists of the same length where they should be."""
    firms, pairs = len(_texts(certificate.firms)), len(_numbers(certificate.amount))
    of_pairs = (certificate.debtor, certificate.creditor, certificate.set_off)
    same = len(_numbers(certificate.levels)) == firms and all(
        len(_numbers(column)) == pairs for column in of_pairs
    )
    ends = (*certificate.debtor, *certificate.creditor)
    known = all(0 <= one < firms for one in ends)
    if not (same and known and isinstance(certificate.totals, dict)):
        raise CertificateUnreadable(reason=_("its columns do not fit together."))
    _numbers(list(certificate.totals.values()))
    _texts(
        [
            certificate.solver,
            certificate.set_off_file,
            certificate.set_off_sha256,
            certificate.sha256,
        ]
    )


def _numbers(given: Any) -> list[int]:
    if not isinstance(given, list) or set(map(type, given)) - {int}:
        raise CertificateUnreadable(reason=_("a number is no whole number."))
    return given


def _texts(given: Any) -> list[str]:
    if not isinstance(given, list) or set(map(type, given)) - {str}:
        raise CertificateUnreadable(reason=_("a name is no text."))
    return given
