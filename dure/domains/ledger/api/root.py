"""The one router: reading and writing share addresses, so they share it too."""

from ninja import Router

router = Router(tags=["ledger"])
