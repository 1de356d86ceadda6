"""Self-help funds that are run for others, read."""

from ..rules import FEES as FEES, PERIODS as PERIODS
from .capital import *
from .fees import *
from .funds import *
from .soundness import *
from .statement import *
