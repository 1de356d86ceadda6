"""The verbs of the memberships, and the refusals they may raise."""

from .admission import *
from .aliases import *
from .arrears import *
from .bank import *
from .classes import *
from .conduct import *
from .conduct_decisions import *
from .credits import *
from .debits import *
from .decisions import *
from .deferral import *
from .dues import *
from .duties import *
from .erasing import *
from .ethics import *
from .following import *
from .joining import *
from .members import *
from .papers import *
from .procedures import *
from .receipts import *
from .relief import *
from .shares import *
from .undoing import *
from .uses import *
