"""Papers and letters of the memberships."""

from .letters import Letter, letters
from .papers import dues_notice, payment_certificate, statement_pdf

__all__ = ["Letter", "dues_notice", "letters", "payment_certificate", "statement_pdf"]
