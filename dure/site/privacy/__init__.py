"""Privacy in practice: all that is held about a person, from every room."""

from .held import LEFT_OUT, READS, REGISTRY, Holding, holdings_of, taken_along

__all__ = ["LEFT_OUT", "READS", "REGISTRY", "Holding", "holdings_of", "taken_along"]
