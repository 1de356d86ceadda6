"""Papers with a number: issued, one or many, and taken back."""

from .donating import *
from .issuing import *
