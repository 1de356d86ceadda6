"""The nouns of mutual aid."""

from .enrolments import AidEnrolment
from .plans import AidBenefit, AidPlan

__all__ = ["AidBenefit", "AidEnrolment", "AidPlan"]
