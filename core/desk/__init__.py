"""The desk acts: every step of a call, inside the transaction that is open."""

from __future__ import annotations

from core.desk.answering import Answering
from core.desk.arriving import Arriving
from core.desk.auditing import Auditing
from core.desk.banning import Banning
from core.desk.calling import Calling
from core.desk.claiming import Claiming
from core.desk.contesting import Contesting
from core.desk.correcting import Correcting
from core.desk.exporting import Exporting
from core.desk.extending import Extending
from core.desk.gating import Gating
from core.desk.helping import Helping
from core.desk.holding import Holding
from core.desk.lifting import Lifting
from core.desk.merging import Merging
from core.desk.naming import Naming
from core.desk.phoning import Phoning
from core.desk.placing import Placing
from core.desk.publishing import Publishing
from core.desk.redacting import Redacting
from core.desk.rejecting import Rejecting
from core.desk.reminding import Reminding
from core.desk.reopening import Reopening
from core.desk.retyping import Retyping
from core.desk.revealing import Revealing
from core.desk.rostering import Rostering
from core.desk.silencing import Silencing
from core.desk.splitting import Splitting
from core.desk.supporting import Supporting
from core.desk.trying import Trying
from core.desk.unreasonable import Unreasonable
from core.desk.verifying import Verifying
from core.desk.whistling import Whistling


class Desk(
    Placing,
    Exporting,
    Publishing,
    Redacting,
    Gating,
    Splitting,
    Reopening,
    Lifting,
    Arriving,
    Answering,
    Naming,
    Calling,
    Claiming,
    Revealing,
    Verifying,
    Reminding,
    Correcting,
    Rostering,
    Trying,
    Phoning,
    Helping,
    Retyping,
    Supporting,
    Merging,
    Silencing,
    Extending,
    Rejecting,
    Holding,
    Whistling,
    Unreasonable,
    Contesting,
    Auditing,
    Banning,
):
    """One door for whoever acts: residents, officers, administrators, and time itself."""
