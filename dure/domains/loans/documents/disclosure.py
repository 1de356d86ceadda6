"""Disclosure form 25 by the template in force."""

from __future__ import annotations

from dure.domains.governance import queries as governance
from dure.kernel.acts import Act
from dure.ui.sheets import Sheet, read_template

from .. import queries


def lending_sheet(act: Act, year: int) -> Sheet:
    """The form of a fiscal year. Raises Denied, TemplateBroken, ReportSpanUnfit."""
    data = queries.lending_data(act, year)
    text = governance.paper_template(queries.LENDING)
    return read_template(text, queries.lending_fields(), data, data["network"])
