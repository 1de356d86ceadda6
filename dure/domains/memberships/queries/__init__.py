"""The nouns of the memberships, read."""

from .applications import *
from .applications_checklist import *
from .applications_due import *
from .applications_status import *
from .bank_files import *
from .billing import *
from .books import *
from .conduct import *
from .conduct_effects import *
from .debits import *
from .dues import *
from .duties import *
from .ethics import *
from .ladder import *
from .letters import *
from .matching import *
from .members import *
from .months import *
from .offers import *
from .papers import *
from .parties import *
from .procedure_cards import *
from .procedures import *
from .receipts import *
from .soundness import *
from .summaries import *
