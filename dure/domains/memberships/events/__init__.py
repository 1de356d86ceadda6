"""What happened to members and their money, in the past tense. Names and notes are sealed apart."""

from .admission import *
from .bank import *
from .conduct import *
from .debits import *
from .duties import *
from .ethics import *
from .members import *
from .money import *
from .papers import *
from .relief import *
from .shares import *
