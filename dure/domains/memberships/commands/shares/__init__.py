"""Share capital: subscribed, paid in, moved, claimed back, reported."""

from .claiming import *
from .holding import *
from .moving import *
from .paying import *
from .refunding import *
from .reporting import *
from .subscribing import *
