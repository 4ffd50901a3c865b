"""The life of a leg as one table: who, does what, while it is, becomes, telling whom.

Read a row aloud: "the agency acknowledges while it is dispatched; it becomes in progress; the
caller is told". Guards, buttons, notices and ``docs/lifecycle.md`` derive from it. The number at
the end of a row is the transition in the district's own table.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.people import Party
from core.steps import Action, Back, Outcome, Status

__all__ = ["Action", "Back", "Outcome", "Rule", "Status", "open_actions", "rule_for"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: ``becomes`` None means the leg stays where it is, ``BACK`` where it came from."""

    who: Party
    does: Action
    while_in: frozenset[Status]
    becomes: Status | Back | None
    telling: frozenset[Party]
    row: int


CALLER, AGENCY, ADJUDICATOR, SYSTEM = Party.CALLER, Party.AGENCY, Party.ADJUDICATOR, Party.SYSTEM
VERIFIER, SUPERVISOR, SUPPORTER = Party.VERIFIER, Party.SUPERVISOR, Party.SUPPORTER
APPROVER, DENIER, RESIDENT = Party.APPROVER, Party.DENIER, Party.RESIDENT
TRIAGE, DISPATCHED, IN_PROGRESS = Status.TRIAGE, Status.DISPATCHED, Status.IN_PROGRESS
RETURN_REVIEW, RESOLVED, CLOSED = Status.RETURN_REVIEW, Status.RESOLVED, Status.CLOSED
VERIFYING, NEED_INFO, ON_HOLD = Status.VERIFYING, Status.NEED_INFO, Status.ON_HOLD
STAYS, BACK = None, Back.BACK
ANSWERING = frozenset({DISPATCHED, IN_PROGRESS, RETURN_REVIEW})
WORKING = ANSWERING | {TRIAGE, NEED_INFO}
UNSETTLED = WORKING | {ON_HOLD}
OPEN = UNSETTLED | {RESOLVED, VERIFYING}
TALKING = frozenset({IN_PROGRESS, NEED_INFO, ON_HOLD, RETURN_REVIEW, RESOLVED, VERIFYING})
PHONED = TALKING | {TRIAGE, CLOSED}
UNASKED = OPEN - {NEED_INFO}
ARRIVING = frozenset({IN_PROGRESS, RETURN_REVIEW})
RETURNABLE = frozenset({DISPATCHED, IN_PROGRESS})
IN_HAND = frozenset({IN_PROGRESS, ON_HOLD})
NUDGED = ANSWERING | {ON_HOLD}
NOBODY: frozenset[Party] = frozenset()
ANSWERED = frozenset({RESOLVED, VERIFYING, CLOSED})
PUBLIC = frozenset({CALLER, SUPPORTER})
FOLLOWERS = frozenset({AGENCY, SUPPORTER})
DECIDERS = frozenset({AGENCY, ADJUDICATOR})
DENIERS = frozenset({AGENCY, DENIER})
DISPUTING = DECIDERS | DENIERS
BOTH = frozenset({AGENCY, CALLER})
UNSEEN = BOTH | {VERIFIER}
PRESSED = BOTH | {RESIDENT, SUPERVISOR}
OVERSIGHT = frozenset({ADJUDICATOR, SUPERVISOR})
EVERYBODY = DECIDERS | PUBLIC


def _row(
    who: Party,
    does: Action,
    while_in: set[Status] | frozenset[Status],
    becomes: Status | Back | None,
    telling: set[Party] | frozenset[Party],
    row: int,
) -> Rule:
    return Rule(who, does, frozenset(while_in), becomes, frozenset(telling), row)


# fmt: off
LIFECYCLE: tuple[Rule, ...] = (
    #    who          does                  while it is     becomes        telling            row
    _row(SYSTEM,      Action.DISPATCH,      {TRIAGE},       DISPATCHED,    NOBODY,            8),
    _row(AGENCY,      Action.ACKNOWLEDGE,   {DISPATCHED},   IN_PROGRESS,   PUBLIC,            15),
    _row(AGENCY,      Action.REPLY,         TALKING,        STAYS,         {CALLER},          21),
    _row(AGENCY,      Action.PROGRESS,      IN_HAND,        STAYS,         PUBLIC,            22),
    _row(AGENCY,      Action.NOTE,          OPEN,           STAYS,         NOBODY,            22),
    _row(AGENCY,      Action.RESOLVE,       {IN_PROGRESS},  RESOLVED,      PUBLIC,            30),
    _row(AGENCY,      Action.RETURN,        RETURNABLE,     RETURN_REVIEW, {ADJUDICATOR},     16),
    _row(AGENCY,      Action.CALL_UP,       {IN_PROGRESS},  STAYS,         PUBLIC,            25),
    _row(ADJUDICATOR, Action.AGREE,         {RETURN_REVIEW}, CLOSED,       {AGENCY},          17),
    _row(ADJUDICATOR, Action.DECLINE,       {RETURN_REVIEW}, IN_PROGRESS,  {AGENCY},          18),
    _row(SYSTEM,      Action.DEEM_DECLINED, {RETURN_REVIEW}, IN_PROGRESS,  DECIDERS,          19),
    _row(CALLER,      Action.ADD,           UNASKED,        STAYS,         {AGENCY},          7),
    _row(CALLER,      Action.URGE,          ANSWERING,      STAYS,         {AGENCY},          38),
    _row(CALLER,      Action.WITHDRAW,      UNSETTLED,      CLOSED,        FOLLOWERS,         14),
    _row(CALLER,      Action.ACCEPT,        {RESOLVED},     CLOSED,        FOLLOWERS,         33),
    _row(CALLER,      Action.REWORK,        {RESOLVED},     IN_PROGRESS,   FOLLOWERS,         34),
    _row(CALLER,      Action.GIVE_UP,       {RESOLVED},     CLOSED,        FOLLOWERS,         34),
    _row(CALLER,      Action.RATE_LATE,     {CLOSED},       STAYS,         {AGENCY},          35),
    _row(SYSTEM,      Action.CHILD_CLOSED,  WORKING,        STAYS,         {AGENCY},          26),
    _row(SYSTEM,      Action.NUDGE,         NUDGED,         STAYS,         {AGENCY},          38),
    _row(SYSTEM,      Action.HEARTBEAT,     NUDGED,         STAYS,         {CALLER},          22),
    _row(SYSTEM,      Action.APOLOGISE,     NUDGED,         STAYS,         PUBLIC,            38),
    _row(SYSTEM,      Action.REMIND,        {RESOLVED},     STAYS,         {CALLER},          35),
    _row(SYSTEM,      Action.LAPSE,         {RESOLVED},     CLOSED,        PUBLIC,            35),
    _row(SYSTEM,      Action.FOLLOW,        OPEN,           CLOSED,        {AGENCY},          14),
    _row(SYSTEM,      Action.UNREACHABLE,   frozenset(Status), STAYS,      {AGENCY},          21),
    # what was said is put right: an edited message
    _row(AGENCY,      Action.CORRECT,       TALKING,        STAYS,         {CALLER},          22),
    _row(CALLER,      Action.AMEND,         OPEN,           STAYS,         {AGENCY},          7),
    # somebody goes on leave
    _row(AGENCY,      Action.HAND_OVER,     OPEN,           STAYS,         NOBODY,            15),
    # Many people, several agencies.
    _row(AGENCY,      Action.RECLASS,       ANSWERING,      STAYS,         {CALLER},          39),
    _row(ADJUDICATOR, Action.RECLASS_ABOVE, ANSWERING,      STAYS,         {CALLER, AGENCY},  39),
    _row(AGENCY,      Action.RETYPE,        WORKING,        STAYS,         {CALLER},          39),
    _row(ADJUDICATOR, Action.RETYPE_ABOVE,  WORKING,        STAYS,         {CALLER, AGENCY},  39),
    _row(AGENCY,      Action.LOG_PHONE,     PHONED,         STAYS,         {CALLER},          21),
    _row(AGENCY,      Action.ADD_CO,        {IN_PROGRESS},  STAYS,         {CALLER},          24),
    _row(ADJUDICATOR, Action.ADD_CO_ABOVE,  {IN_PROGRESS},  STAYS,         {CALLER, AGENCY},  24),
    _row(SUPERVISOR,  Action.ADD_CO_BY_HAND, {IN_PROGRESS}, STAYS,         {CALLER, AGENCY},  24),
    # What one person proposes and another decides (R7).
    _row(APPROVER,    Action.SECOND,        frozenset(Status), STAYS,      {APPROVER},        28),
    _row(APPROVER,    Action.REFUSE,        frozenset(Status), STAYS,      {AGENCY},          27),
    _row(SYSTEM,      Action.LAPSE_PROPOSAL, frozenset(Status), STAYS,     {AGENCY, APPROVER}, 27),
    _row(AGENCY,      Action.ASK_EXTENSION, {IN_PROGRESS},  STAYS,         {APPROVER},        27),
    _row(APPROVER,    Action.EXTEND,        {IN_PROGRESS},  STAYS,         BOTH | PUBLIC,     27),
    _row(SYSTEM,      Action.MOVE_DATE,     ANSWERING,      STAYS,         {CALLER},          27),
    _row(SUPPORTER,   Action.SUPPORT,       OPEN,           STAYS,         {AGENCY},          5),
    _row(SUPPORTER,   Action.RATE_BESIDE,   ANSWERED,       STAYS,         NOBODY,            5),
    _row(SUPPORTER,   Action.UNSUPPORT,     frozenset(Status), STAYS,      NOBODY,            5),
    # Somebody else looks; a superior presses; what may still happen after closing.
    _row(SYSTEM,      Action.VERIFY,        {RESOLVED},     VERIFYING,     {VERIFIER},        31),
    _row(VERIFIER,    Action.PASS,          {VERIFYING},    RESOLVED,      BOTH,              31),
    _row(SYSTEM,      Action.PASS_UNSEEN,   {VERIFYING},    RESOLVED,      UNSEEN,            31),
    _row(VERIFIER,    Action.FAIL,          {VERIFYING},    IN_PROGRESS,   BOTH | PUBLIC,     32),
    _row(CALLER,      Action.RATE_AHEAD,    {VERIFYING},    STAYS,         NOBODY,            33),
    _row(SYSTEM,      Action.PRESS,         WORKING,        STAYS,         PRESSED,           38),
    _row(SUPERVISOR,  Action.PRESS_BY_HAND, WORKING,        STAYS,         PRESSED,           38),
    _row(CALLER,      Action.REOPEN,        {CLOSED},       TRIAGE,        FOLLOWERS,         36),
    _row(SUPERVISOR,  Action.REOPEN_BY_HAND, {CLOSED},      TRIAGE,        BOTH | PUBLIC,     36),
    _row(ADJUDICATOR, Action.REOPEN_ABOVE,  {CLOSED},       TRIAGE,        BOTH | PUBLIC,     36),
    _row(SYSTEM,      Action.LOOK_BACK,     {CLOSED},       STAYS,         {CALLER},          37),
    _row(CALLER,      Action.STILL_GOOD,    {CLOSED},       STAYS,         NOBODY,            37),
    _row(CALLER,      Action.CAME_BACK,     {CLOSED},       STAYS,         NOBODY,            37),
    # triage, and questions to the caller
    _row(CALLER,      Action.RAISE,         {TRIAGE},       STAYS,         {AGENCY},          4),
    _row(AGENCY,      Action.ADMIT,         {TRIAGE},       DISPATCHED,    BOTH | PUBLIC,     8),
    _row(SYSTEM,      Action.DISPATCH_LATE, {TRIAGE},       DISPATCHED,    EVERYBODY,         9),
    _row(AGENCY,      Action.ASK,           {TRIAGE},       NEED_INFO,     {CALLER},          6),
    _row(AGENCY,      Action.INQUIRE,       {IN_PROGRESS},  NEED_INFO,     {CALLER},          23),
    _row(CALLER,      Action.ANSWER,        {NEED_INFO},    BACK,          {AGENCY},          7),
    _row(SYSTEM,      Action.REMIND_INFO,   {NEED_INFO},    STAYS,         {CALLER},          13),
    _row(SYSTEM,      Action.NO_REPLY,      {NEED_INFO},    CLOSED,        BOTH | PUBLIC,     13),
    _row(SYSTEM,      Action.GO_ON,         {NEED_INFO},    BACK,          {CALLER, AGENCY},  23),
    _row(AGENCY,      Action.REDIRECT,      {TRIAGE},       CLOSED,        PUBLIC,            10),
    _row(AGENCY,      Action.PROPOSE_REJECTION, {TRIAGE},   STAYS,         {APPROVER},        11),
    _row(APPROVER,    Action.REJECT,        {TRIAGE},       CLOSED,        BOTH | PUBLIC,     11),
    _row(CALLER,      Action.ASK_TO_WITHDRAW, UNSETTLED,    STAYS,         {AGENCY},          14),
    _row(AGENCY,      Action.LET_GO,        UNSETTLED,      CLOSED,        PUBLIC,            14),
    _row(AGENCY,      Action.MERGE,         WORKING,        CLOSED,        PUBLIC,            12),
    _row(SYSTEM,      Action.JOINED,        OPEN,           STAYS,         {AGENCY},          12),
    _row(CALLER,      Action.PART,          {CLOSED},       BACK,          {AGENCY},          12),
    # What cannot be done now has a plan.
    _row(AGENCY,      Action.PROPOSE_HOLD,  {IN_PROGRESS},  STAYS,         {APPROVER},        28),
    _row(APPROVER,    Action.HOLD,          {IN_PROGRESS},  ON_HOLD,       BOTH | PUBLIC,     28),
    _row(AGENCY,      Action.REACH_MILESTONE, {ON_HOLD},    STAYS,         {CALLER},          28),
    _row(SYSTEM,      Action.MISS_MILESTONE, {ON_HOLD},     STAYS,         DECIDERS,          28),
    _row(SYSTEM,      Action.REVIEW_HOLD,   {ON_HOLD},      STAYS,         BOTH,              28),
    _row(CALLER,      Action.OBJECT_TO_HOLD, {ON_HOLD},     STAYS,         OVERSIGHT,         28),
    _row(AGENCY,      Action.TAKE_UP,       {ON_HOLD},      IN_PROGRESS,   PUBLIC,            29),
    _row(SYSTEM,      Action.TAKE_UP_AGAIN, {ON_HOLD},      IN_PROGRESS,   EVERYBODY,         29),
    _row(AGENCY,      Action.PROPOSE_FINDING, {RESOLVED},   STAYS,         {APPROVER},        41),
    _row(APPROVER,    Action.FIND_UNREASONABLE, {RESOLVED}, CLOSED,        BOTH | PUBLIC,     41),
    _row(AGENCY,      Action.OBJECT_TO_RATING, {CLOSED},    STAYS,         {APPROVER},        42),
    _row(APPROVER,    Action.SET_ASIDE,     {CLOSED},       STAYS,         BOTH,              42),
    _row(SUPERVISOR,  Action.ORDER_UP,      {ON_HOLD},      IN_PROGRESS,   BOTH | PUBLIC,     29),
    _row(SYSTEM,      Action.CONVENE,       {RETURN_REVIEW}, STAYS,   DISPUTING | {CALLER},   20),
    _row(SUPERVISOR,  Action.NAME_LEAD,     {RETURN_REVIEW}, CLOSED,       DENIERS,           20),
    _row(SUPERVISOR,  Action.KEEP_LEAD,     {RETURN_REVIEW}, IN_PROGRESS,  DENIERS | {CALLER}, 20),
    _row(SYSTEM,      Action.LEAVE_LEAD,    {RETURN_REVIEW}, IN_PROGRESS,  DISPUTING | BOTH,  19),
    _row(AGENCY,      Action.PROPOSE_CALL_UP, {IN_PROGRESS}, STAYS,        {APPROVER},        25),
    _row(AGENCY,      Action.SPLIT,         WORKING,        STAYS,         {CALLER},          40),
    # What was said is erased; the numbers stay.
    _row(CALLER,      Action.ERASE,         frozenset(Status), STAYS,      NOBODY,            43),
    _row(SYSTEM,      Action.REMIND_VERIFIER, {VERIFYING},  STAYS,         {VERIFIER},        31),
    # Somebody comes, and stays until the street lets them go.
    _row(AGENCY,      Action.ARRIVE,        ARRIVING,       STAYS,         PUBLIC,            22),
    _row(CALLER,      Action.RELEASE,       ANSWERING,      STAYS,         {AGENCY},          25),
    # callers who are not in the messenger
    _row(SUPPORTER,   Action.CLAIM,         frozenset(Status), STAYS,      {AGENCY},          4),
    _row(AGENCY,      Action.REVEAL,        OPEN,           STAYS,         {CALLER},          21),
    # the number for others than whoever took the call: two persons (R7), and its caller is told
    _row(AGENCY,      Action.PROPOSE_REVEAL, OPEN,          STAYS,         {APPROVER},        21),
    _row(APPROVER,    Action.LET_SEE,       OPEN,           STAYS,         {AGENCY},          21),
    _row(AGENCY,      Action.REVEAL_BELOW,  OPEN,           STAYS,         NOBODY,            21),
    _row(SYSTEM,      Action.SEEN_BELOW,    frozenset(Status), STAYS,      {CALLER},          21),
    # what only named people may read
    _row(AGENCY,      Action.RESTRICT,      WORKING,        DISPATCHED,    {CALLER},          8),
    _row(AGENCY,      Action.PROPOSE_LIFT,  WORKING,        STAYS,         {APPROVER},        8),
    _row(APPROVER,    Action.LIFT,          WORKING,        DISPATCHED,    BOTH,              8),
    _row(AGENCY,      Action.ANSWER_BY_PHONE, {NEED_INFO},  BACK,          {CALLER},          7),
)
# fmt: on

# Nothing more happens by itself; only the caller or whoever is above takes it up again.
FINAL = frozenset({CLOSED})
_BY_ACTION = {rule.does: rule for rule in LIFECYCLE}


def rule_for(action: Action) -> Rule:
    """The row of this action; every action has exactly one."""
    return _BY_ACTION[action]


def open_actions(status: Status, who: Party) -> tuple[Action, ...]:
    """What ``who`` could do next: the buttons of a card, in table order."""
    return tuple(rule.does for rule in LIFECYCLE if rule.who is who and status in rule.while_in)
