"""A certificate checked without the solver: whole numbers, one pass, nothing else.

1. Every set-off lies between nothing and what is owed.
2. Each firm gives up exactly what it is relieved of.
3. The levels prove that no set-off is greater.
4. The totals are those of the pairs. With a pool: it lends within its limit and each firm's, pays on
   what it lends, and the levels prove that what vanishes less what is lent is the greatest.
5. Nothing else was changed: the hash.
6. With the file of set-offs: its invoices add up to the pairs, the oldest first; its hash.
7. With the invoices: they are the ones of the file of set-offs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

from .certificate import Certificate, content_hash
from .invoices import NO_DATE, Invoices
from .pooling import LEND, VANISH
from .splitting import SetOff, read_set_off


class SetOffOutOfBounds(InvalidInput):
    """A set-off is below nothing or above what is owed; or a pair stands twice."""

    text = _("%(debtor)s owes %(creditor)s %(amount)d won: %(set_off)d won cannot be set off.")


class SetOffUnbalanced(InvalidInput):
    """A firm gives up more or less than it is relieved of."""

    text = _("%(firm)s gives up %(given)d won and is relieved of %(relieved)d won.")


class NotTheMost(InvalidInput):
    """The levels do not prove that this is the greatest set-off."""

    text = _(
        "Not proven to be the most: what %(debtor)s owes %(creditor)s does not fit the levels."
    )


class PoolOutOfBounds(InvalidInput):
    """The pool lends more than it may, or does not pay on what it lends."""

    text = _("What the pool lends and pays does not fit its limits: %(what)s.")


class TotalsDiffer(InvalidInput):
    """A total is not that of the pairs."""

    text = _("“%(total)s” says %(said)s, but it is %(found)s.")


class CertificateAltered(InvalidInput):
    """The certificate was changed after it was made."""

    text = _("The certificate was changed after it was made: its hash does not fit.")


class SetOffFileDiffers(InvalidInput):
    """The file of set-offs is not the one of the certificate."""

    text = _("The file of set-offs does not belong to this certificate: %(what)s.")


class InvoicesDiffer(InvalidInput):
    """The invoices are not the ones that were cleared."""

    text = _("The invoices are not those that were cleared: %(what)s.")


def verify(
    certificate: Certificate, table: bytes | None = None, invoices: Invoices | None = None
) -> None:
    """Nothing, if the certificate (and the files beside it) hold.

    Raises SetOffOutOfBounds, SetOffUnbalanced, PoolOutOfBounds, NotTheMost, TotalsDiffer,
    CertificateAltered, SetOffFileDiffers, SetOffUnreadable, InvoicesDiffer.
    """
    _check_pairs(certificate)
    _check_totals(certificate)
    if content_hash(certificate) != certificate.sha256:
        raise CertificateAltered
    if table is not None:
        rows = list(read_set_off(table))
        _check_split(certificate, rows)
        if hashlib.sha256(table).hexdigest() != certificate.set_off_sha256:
            raise SetOffFileDiffers(what=_("its hash does not fit"))
        if invoices is not None:
            _check_invoices(rows, invoices)


def _check_pairs(certificate: Certificate) -> None:
    firms, levels = certificate.firms, certificate.levels
    given, relieved = [0] * len(firms), [0] * len(firms)
    gain = 1 if certificate.pool is None else VANISH
    seen = set()
    doubtful: tuple[str, str | Promise] | None = None
    for u, v, amount, gone in _pairs(certificate):
        if not 0 <= gone <= amount or amount == 0 or u == v or (u, v) in seen:
            raise SetOffOutOfBounds(debtor=firms[u], creditor=firms[v], amount=amount, set_off=gone)
        seen.add((u, v))
        relieved[u] += gone
        given[v] += gone
        rise = levels[v] - levels[u]
        if (rise < gain and gone < amount) or (rise > gain and gone > 0):
            doubtful = doubtful or (firms[u], firms[v])
    if certificate.pool is not None:
        doubtful = _check_pool(certificate, given, relieved) or doubtful
    for firm, gives, gets in zip(firms, given, relieved, strict=True):
        if gives != gets:
            raise SetOffUnbalanced(firm=firm, given=gives, relieved=gets)
    if doubtful:
        raise NotTheMost(debtor=doubtful[0], creditor=doubtful[1])


def _check_pool(
    certificate: Certificate, given: list[int], relieved: list[int]
) -> tuple[str, Promise] | None:
    """The bounds of the pool and its balance; what it lends is given, what it pays relieved. Between
    whom the levels do not prove it."""
    pool, firms = certificate.pool or {}, certificate.firms
    into, out = pool["levels"]
    owes, owed = [0] * len(firms), [0] * len(firms)
    for u, v, amount, _gone in _pairs(certificate):
        owes[u] += amount
        owed[v] += amount
    arcs: list[tuple[int, int, int, str | Promise]] = [
        (out - into + LEND, sum(pool["lent"]), pool["limit"], _("the pool itself"))
    ]
    if sum(pool["lent"]) != sum(pool["paid"]):
        raise PoolOutOfBounds(what=arcs[0][3])
    for at, firm in enumerate(firms):
        lent, paid, most = pool["lent"][at], pool["paid"][at], pool["most"][at]
        if most > owes[at]:
            raise PoolOutOfBounds(what=firm)
        arcs.append((certificate.levels[at] - out, lent, most, firm))
        arcs.append((into - certificate.levels[at], paid, owed[at], firm))
        given[at] += lent
        relieved[at] += paid
    for _rise, gone, most, name in arcs:
        if not 0 <= gone <= most:
            raise PoolOutOfBounds(what=name)
    for rise, gone, most, name in arcs:
        if (rise < 0 and gone < most) or (rise > 0 and gone > 0):
            return str(name), pgettext_lazy("clearing", "the pool")
    return None


def _pairs(certificate: Certificate) -> Iterable[tuple[int, int, int, int]]:
    return zip(
        certificate.debtor, certificate.creditor, certificate.amount, certificate.set_off,
        strict=True,
    )  # fmt: skip


def _check_totals(certificate: Certificate) -> None:
    net = [0] * len(certificate.firms)
    for u, v, amount, _gone in _pairs(certificate):
        net[v] += amount
        net[u] -= amount
    total, cleared = sum(certificate.amount), sum(certificate.set_off)
    remains = sum(one for one in net if one > 0)
    found = {
        "total_debt": total,
        "net_internal_debt": remains,
        "cleared": cleared,
        "ceiling": total - remains,
        "remaining": total - cleared,
        "firms": len(certificate.firms),
        "pairs": len(certificate.amount),
    }
    if certificate.pool is not None:
        found["lent"] = sum(certificate.pool["lent"])
    said = dict(certificate.totals)
    invoices = said.pop("invoices", 0)
    if said.keys() != found.keys() or invoices < found["pairs"]:
        raise TotalsDiffer(total="invoices", said=invoices, found=found["pairs"])
    for name, value in found.items():
        if said[name] != value:
            raise TotalsDiffer(total=name, said=said[name], found=value)


def _check_split(certificate: Certificate, rows: list[SetOff]) -> None:
    firms = certificate.firms
    of_pair: dict[tuple[str, str], list[SetOff]] = defaultdict(list)
    for row in rows:
        if not 0 <= row.set_off <= row.amount:
            raise SetOffOutOfBounds(
                debtor=row.debtor, creditor=row.creditor, amount=row.amount, set_off=row.set_off
            )
        of_pair[row.debtor, row.creditor].append(row)
    if len(rows) != certificate.totals["invoices"] or len(of_pair) != len(certificate.amount):
        raise SetOffFileDiffers(what=_("it has other invoices"))
    for u, v, amount, gone in _pairs(certificate):
        mine = of_pair.get((firms[u], firms[v]), [])
        if sum(row.amount for row in mine) != amount or sum(row.set_off for row in mine) != gone:
            what = _("what %(debtor)s owes %(creditor)s adds up otherwise") % {
                "debtor": firms[u],
                "creditor": firms[v],
            }
            raise SetOffFileDiffers(what=what)
        for older, newer in pairwise(sorted(mine, key=lambda row: row.order)):
            if newer.set_off and older.set_off < older.amount:
                what = _("invoice %(newer)s was set off before the older %(older)s") % {
                    "newer": newer.id,
                    "older": older.id,
                }
                raise SetOffFileDiffers(what=what)


def _check_invoices(rows: list[SetOff], invoices: Invoices) -> None:
    told = {
        row.id: (row.debtor, row.creditor, row.amount,
                 row.due_date.toordinal() if row.due_date else NO_DATE)
        for row in rows
    }  # fmt: skip
    if len(told) != len(invoices):
        raise InvoicesDiffer(what=_("their number"))
    columns = zip(
        invoices.ids, invoices.debtor.tolist(), invoices.creditor.tolist(),
        invoices.amount.tolist(), invoices.due.tolist(), strict=True,
    )  # fmt: skip
    for name, u, v, amount, due in columns:
        if told.get(name) != (invoices.firms[u], invoices.firms[v], amount, due):
            raise InvoicesDiffer(what=_("invoice %(id)s") % {"id": name})
