"""The certificate: all that is needed to see that a set-off is the greatest, in one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .solving import Cleared

FORMAT, FORMAT_WITH_POOL = "dure-clearing-certificate/1", "dure-clearing-certificate/2"
ABOUT = (
    "rise = level of the creditor - level of the debtor. A pair with rise < 1 is set off entirely, "
    "with rise > 1 not at all; only with rise = 1 in part. Each firm gives up what it is relieved of. "
    "Therefore no set-off is greater."
)
ABOUT_WITH_POOL = (
    "A won set off counts 2, a won lent by the pool -3. rise = level of the creditor - level of the "
    "debtor. A pair with rise < 2 is set off entirely, with rise > 2 not at all; only with rise = 2 in "
    "part. The same holds, with 0, of what the pool pays a firm (rise = level into the pool - level of "
    "the firm) and lends it (level of the firm - level out of the pool), and with -3 of all it lends "
    "(level out of the pool - level into it). What each firm gives up and is lent is what it is "
    "relieved of and paid; the pool pays what it lends. Therefore what vanishes less what is lent is "
    "the greatest there is, and of equal ways the least is lent."
)


class CertificateUnreadable(InvalidInput):
    """The file is not a certificate of a clearing."""

    text = _("This is not a certificate of a clearing: %(reason)s")


OF_POOL = ("levels", "most", "lent", "paid")


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
    pool: dict[str, Any] | None = None  # limit, levels, and per firm: most, lent, paid
    sha256: str = ""


def certificate_of(cleared: Cleared, table: str, name: str = "set_off.csv") -> Certificate:
    """The certificate of a clearing whose file of set-offs is this text, of this name."""
    pairs, pooled = cleared.pairs, cleared.pooled
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
        pool=None
        if pooled is None
        else {
            "limit": pooled.limit,
            **{name: getattr(pooled, name).tolist() for name in OF_POOL},
        },
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
    said = {name: value for name, value in said.items() if name != "sha256" and value is not None}
    head = {"format": FORMAT, "about": ABOUT}
    if certificate.pool is not None:
        head = {"format": FORMAT_WITH_POOL, "about": ABOUT_WITH_POOL}
    return json.dumps({**head, **said}, ensure_ascii=False, separators=(",", ":"))


def read_certificate(content: bytes) -> Certificate:
    """The certificate in a file. Raises CertificateUnreadable."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CertificateUnreadable(reason=_("it is not JSON.")) from error
    known = {FORMAT: (ABOUT, False), FORMAT_WITH_POOL: (ABOUT_WITH_POOL, True)}
    if not isinstance(said, dict) or (form := said.pop("format", None)) not in list(known):
        raise CertificateUnreadable(reason=_("it has another format."))
    about, with_pool = known[form]
    if with_pool != isinstance(said.get("pool"), dict):
        raise CertificateUnreadable(reason=_("parts are missing or unknown."))
    if said.pop("about", None) != about:
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
    if certificate.pool is not None:
        _check_pool(certificate.pool, firms)
    _texts(
        [
            certificate.solver,
            certificate.set_off_file,
            certificate.set_off_sha256,
            certificate.sha256,
        ]
    )


def _check_pool(pool: dict[str, Any], firms: int) -> None:
    if pool.keys() != {"limit", *OF_POOL}:
        raise CertificateUnreadable(reason=_("parts are missing or unknown."))
    _numbers([pool["limit"]])
    many = {name: firms for name in OF_POOL} | {"levels": 2}
    if any(len(_numbers(pool[name])) != many[name] for name in OF_POOL):
        raise CertificateUnreadable(reason=_("its columns do not fit together."))


def _numbers(given: Any) -> list[int]:
    if not isinstance(given, list) or set(map(type, given)) - {int}:
        raise CertificateUnreadable(reason=_("a number is no whole number."))
    return given


def _texts(given: Any) -> list[str]:
    if not isinstance(given, list) or set(map(type, given)) - {str}:
        raise CertificateUnreadable(reason=_("a name is no text."))
    return given
