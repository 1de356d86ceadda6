"""Clearing (상계): the most that firms can set off among themselves, and the proof that it is the most.

1. Firms are nodes; what u owes v, over all invoices, is one edge with the amount L. The set-off s of
   every edge is 0 ≤ s ≤ L, in whole won.
2. What each firm gives up equals what it is relieved of: s is a circulation. So net positions stay,
   no new creditor appears, and no money is needed.
3. The sum of s is the greatest there is. What remains has no cycle (else one could clear more).
4. The certificate gives every firm a whole number, its level. With rise = level(v) - level(u):
   an edge that rises by less than 1 is cleared entirely, one that rises by more not at all, and only
   one that rises by exactly 1 may be cleared in part. Around any circulation the rises cancel out,
   so no s can exceed the sum of L · max(0, 1 - rise), and this s reaches it. Levels exist if and only
   if s is the greatest: they are the longest paths of the residual graph, whose cycles have no gain.
   With a pool (see `pooling`): the same with its arcs, each with what a won of it gains.
5. Among several greatest set-offs: up to `AGED_INVOICES` invoices the one that takes away the most
   won-days of waiting (counted back from the latest due date); what is still equal, and larger
   files, by the order of the names. The same invoices in any order of rows give the same set-off.
6. Within an edge the oldest due date goes first (none: last), then the id: numbers by size, before
   other texts by their letters.
"""

from .certificate import Certificate, certificate_of, read_certificate, written
from .invoices import Invoices, invoices_of, read_invoices
from .networks import generate
from .pooling import Pool, Pooled
from .solving import Cleared, clear
from .splitting import SetOff, invoice_table, read_set_off, set_off_table, split
from .verifying import verify

__all__ = [
    "Certificate",
    "Cleared",
    "Invoices",
    "Pool",
    "Pooled",
    "certificate_of",
    "SetOff",
    "clear",
    "generate",
    "invoice_table",
    "invoices_of",
    "read_certificate",
    "read_invoices",
    "read_set_off",
    "set_off_table",
    "split",
    "verify",
    "written",
]
