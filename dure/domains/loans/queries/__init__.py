"""The nouns of loans, read."""

from ..models import Loan, LoanNote, LoanProduct
from ..rules.days import MOVES as MOVES
from ..rules.schedules import METHODS as METHODS
from .arrears import *
from .borrowers import *
from .ceilings import *
from .changes import *
from .days import *
from .disclosure import *
from .letters import *
from .limits import *
from .loans import *
from .mine import *
from .others import *
from .papers import *
from .payables import *
from .products import *
from .reports import *
from .review import *
from .soundness import *

PURPOSES = Loan.Purpose.choices
NOTE_KINDS = LoanNote.Kind.choices
ADVICE = LoanNote.Advice.choices
BORROWERS = LoanProduct.Borrowers.choices
