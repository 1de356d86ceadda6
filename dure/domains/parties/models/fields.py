"""The text column of names and terms, which the migrations know by this place."""

from dure.kernel.ordinal import OrdinalField

__all__ = ["OrdinalField"]
