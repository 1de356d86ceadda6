"""Mutual aid on paper."""

from .contract import contract_pdf as contract_pdf
