"""The nouns of mutual aid, read."""

from ..rules.events import EVENTS as EVENTS, RELATIONS as RELATIONS
from .campaigns import *
from .claims import *
from .enrolments import *
from .letters import *
from .limits import *
from .payables import *
from .plans import *
from .reserve import *
from .separate import *
from .solvency import *
from .soundness import *
from .sums import *
from .takers import *
