"""The verbs of loans."""

from .changing import *
from .daily import *
from .following import *
from .guaranteeing import *
from .leaving import *
from .lending import *
from .letters import *
from .papers import *
from .products import *
from .repaying import *
from .review import *
from .waiving import *
