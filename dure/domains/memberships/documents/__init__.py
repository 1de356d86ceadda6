"""Papers and letters of the memberships."""

from .letters import Letter, letter
from .papers import dues_notice, payment_certificate, statement_pdf

__all__ = ["Letter", "dues_notice", "letter", "payment_certificate", "statement_pdf"]
