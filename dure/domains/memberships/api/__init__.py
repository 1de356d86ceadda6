"""The JSON API of the memberships."""

from ninja import Router

from . import admission, bank, conduct, debits, duties, ethics, members, money, papers, shares

router = Router(tags=["memberships"])
router.add_router("", members.router)
router.add_router("", admission.router)
router.add_router("", bank.router)
router.add_router("", debits.router)
router.add_router("", money.router)
router.add_router("", papers.router)
router.add_router("", conduct.router)
router.add_router("", duties.router)
router.add_router("", ethics.router)
router.add_router("", shares.router)
