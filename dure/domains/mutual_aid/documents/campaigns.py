"""The receipt of a gift."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dure.kernel.acts import day_of
from dure.kernel.dates import format_date
from dure.kernel.money import format_won
from dure.ui import pdf
from dure.ui.pdf import Certificate, Fact, Sign

from ..queries import AidGiftRow


def gift_receipt_pdf(gift: AidGiftRow, network: str, made_at: datetime) -> bytes:
    """The receipt of a gift to a campaign. It is no receipt for taxes."""
    about = Certificate(
        title=_("Receipt of a gift"),
        network=network,
        facts=(
            Fact(_("From"), gift.name or _("somebody who is not named")),
            Fact(_("Amount"), format_won(gift.won)),
            Fact(_("Received on"), format_date(gift.given_date)),
            Fact(_("For"), gift.campaign),
        ),
        lines=(
            _("We received this gift for the campaign and use it for its purpose only."),
            _("This is no receipt for taxes."),
        ),
        dated=format_date(day_of(made_at)),
        number=str(gift.id),
        signs=(Sign("", network),),
    )
    return pdf.certificate(about, made_at=made_at)
