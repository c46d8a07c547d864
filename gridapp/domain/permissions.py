"""Who may do what, and how far: one matrix, deed × role → reach.

Drawn a second time by hand in ``tests/domain/test_matrix_drawing.py``. A cell that is not written
is a refusal. administrator, security administrator and auditor are separate people (三员分立):
the administrator reads no resident's data by virtue of the role, the auditor changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from gridapp.domain.vocabulary import Deed, Reach, Role

D, R, A = Deed, Role, Reach

_CENTRE: Final = {R.DISPATCHER: A.STREET}
_CHECKERS: Final = {R.VERIFIER: A.STREET}
_HANDLERS: Final = {R.GRID_WORKER: A.OWN, R.GRID_HEAD: A.OWN, R.UNIT_OFFICER: A.OWN}
_GRID_STAFF: Final = {R.GRID_WORKER: A.GRIDS, R.GRID_HEAD: A.GRIDS}
_GRID_LEADS: Final = {R.GRID_HEAD: A.GRIDS, R.DISPATCHER: A.STREET}
_ADMIN: Final = {R.ADMINISTRATOR: A.ALL}
_SECURITY: Final = {R.SECURITY_ADMINISTRATOR: A.ALL}
_REGISTRARS: Final = {R.GRID_HEAD: A.GRIDS, **_ADMIN}
_WORK_OWNERS: Final = {R.GRID_HEAD: A.OWN, R.DISPATCHER: A.OWN, R.ADMINISTRATOR: A.OWN}

# OWN means: for a resident the case whose token is held; for handlers the case addressed to them
# (to their unit, or to their grid); for notes, visits and check-ins those they wrote;
# for long work what they asked for.
MATRIX: Final[Mapping[Deed, Mapping[Role, Reach]]] = {
    D.REPORT: {R.RESIDENT: A.ALL, R.VOLUNTEER: A.ALL, **_GRID_STAFF, **_CENTRE},
    D.SETTLE: _GRID_STAFF,
    D.ACCEPT: _CENTRE,
    D.DECLINE: _CENTRE,
    D.DISPATCH: _CENTRE,
    D.TAKE: _HANDLERS,
    D.RETURN: _HANDLERS,
    D.HANDLE: _HANDLERS,
    D.VERIFY: _CHECKERS,
    D.REDO: _CHECKERS,
    D.CLOSE: _CENTRE,
    D.REOPEN: {R.RESIDENT: A.OWN, **_CENTRE},
    D.PAUSE: _CENTRE,
    D.RESUME: _CENTRE,
    D.ASK_EXTENSION: _HANDLERS,
    D.EXTEND: _CENTRE,
    D.LET_IN: _CENTRE,
    D.SORT_ASIDE: _CENTRE,
    D.UNDO_SORT: _CENTRE,
    D.URGE: {**_CENTRE, R.LEADER: A.STREET},
    D.SUPERVISE: {**_CENTRE, R.LEADER: A.STREET},
    D.MERGE: _CENTRE,
    D.RATE: {R.RESIDENT: A.OWN},
    D.PUBLISH: _CENTRE,
    D.UNPUBLISH: _CENTRE,
    D.CHOOSE_MESSAGES: {R.RESIDENT: A.OWN},
    D.ADD_WORDS: {R.RESIDENT: A.OWN, **_HANDLERS, **_CENTRE},
    D.THANK: {R.RESIDENT: A.OWN},
    D.LEAVE_PHONE: {R.RESIDENT: A.OWN},
    D.ME_TOO: {R.RESIDENT: A.ALL},
    D.SEE_CASE: {
        R.RESIDENT: A.OWN,
        R.GRID_WORKER: A.GRIDS,
        R.GRID_HEAD: A.GRIDS,
        R.UNIT_OFFICER: A.OWN,
        R.DISPATCHER: A.STREET,
        R.VERIFIER: A.STREET,
        R.LEADER: A.STREET,
    },
    D.REVEAL: {**_HANDLERS, **_CENTRE, **_CHECKERS},
    D.BLOCK: _CENTRE,
    D.UNBLOCK: _CENTRE,
    D.POST_NOTICE: {**_GRID_STAFF, **_CENTRE},
    D.TAKE_DOWN_NOTICE: {**_GRID_STAFF, **_CENTRE},
    D.WRITE_NOTE: _GRID_STAFF,
    D.PROMOTE_CHECK_IN: {R.GRID_WORKER: A.OWN, R.GRID_HEAD: A.GRIDS},
    D.PROMOTE_NOTE: {R.GRID_WORKER: A.OWN, R.GRID_HEAD: A.GRIDS},
    D.SEE_NOTE: {R.GRID_WORKER: A.GRIDS, R.GRID_HEAD: A.GRIDS, R.DISPATCHER: A.STREET},
    D.CHECK_IN: _GRID_STAFF,
    D.SEE_CHECK_IN: {R.GRID_WORKER: A.GRIDS, R.GRID_HEAD: A.GRIDS, R.DISPATCHER: A.STREET},
    D.FIND: _GRID_STAFF,
    D.ADD_POINT: _GRID_LEADS,
    D.CHANGE_POINT: _GRID_LEADS,
    D.RETIRE_POINT: _GRID_LEADS,
    D.RESTORE_POINT: _GRID_LEADS,
    D.MAKE_ROSTER: _GRID_LEADS,
    D.STAFF_ROSTER: _GRID_LEADS,
    D.CANCEL_ROSTER: _GRID_LEADS,
    # One's own turn is given away; a colleague of the grid takes it over.
    D.ASK_COVER: {R.VOLUNTEER: A.OWN, R.GRID_WORKER: A.OWN, R.GRID_HEAD: A.OWN},
    D.COVER: {R.VOLUNTEER: A.GRIDS, **_GRID_STAFF},
    D.SEE_ROSTER: {R.VOLUNTEER: A.GRIDS, **_GRID_STAFF, **_CENTRE, R.LEADER: A.STREET},
    D.SEE_COVERAGE: {**_GRID_LEADS, R.LEADER: A.STREET},
    D.ADD_HOUSEHOLD: _GRID_STAFF,
    D.CHANGE_HOUSEHOLD: _GRID_STAFF,
    D.END_HOUSEHOLD: _GRID_STAFF,
    D.REVEAL_HOUSEHOLD: _GRID_STAFF,
    D.RECORD_VISIT: _GRID_STAFF,
    D.CORRECT_VISIT: {R.GRID_WORKER: A.OWN, R.GRID_HEAD: A.OWN},
    D.PROMOTE_VISIT: {R.GRID_WORKER: A.OWN, R.GRID_HEAD: A.GRIDS},
    D.SEE_VISIT: _GRID_STAFF,
    # Who keeps the frame (buildings, codes, lists) sees people masked and changes none of them.
    D.SEE_REGISTER: {**_GRID_STAFF, **_ADMIN},
    D.REVEAL_RECORD: _GRID_STAFF,
    D.ENTER_HOUSEHOLD: {**_GRID_STAFF, **_ADMIN},
    D.AMEND_HOUSEHOLD: _GRID_STAFF,
    D.STRIKE_HOUSEHOLD: _GRID_STAFF,
    D.ENTER_PREMISES: {**_GRID_STAFF, **_ADMIN},
    D.AMEND_PREMISES: {**_GRID_STAFF, **_ADMIN},
    D.STRIKE_PREMISES: {**_GRID_STAFF, **_ADMIN},
    D.CHECK_PREMISES: _GRID_STAFF,
    D.ADD_BUILDING: _REGISTRARS,
    D.CHANGE_BUILDING: _REGISTRARS,
    D.RETIRE_BUILDING: _REGISTRARS,
    D.ISSUE_CODE: _REGISTRARS,
    D.REPLACE_CODE: _REGISTRARS,
    D.RETIRE_CODE: _REGISTRARS,
    D.START_VERIFICATION: _REGISTRARS,
    D.END_VERIFICATION: _REGISTRARS,
    D.VERIFY_RECORD: _GRID_STAFF,
    D.DECIDE_RECORD: {R.GRID_HEAD: A.GRIDS},
    D.SEE_AREA: {
        R.VOLUNTEER: A.GRIDS,
        R.GRID_WORKER: A.GRIDS,
        R.GRID_HEAD: A.GRIDS,
        R.UNIT_OFFICER: A.STREET,
        R.DISPATCHER: A.STREET,
        R.VERIFIER: A.STREET,
        R.LEADER: A.STREET,
        R.ADMINISTRATOR: A.ALL,
    },
    D.CHANGE_AREA: _ADMIN,
    D.DRAW_BOUNDARY: _ADMIN,
    D.REMOVE_BOUNDARY: _ADMIN,
    D.SPLIT_BOUNDARY: _ADMIN,
    D.IMPORT_BOUNDARIES: _ADMIN,
    D.UNDO_BOUNDARIES: _ADMIN,
    D.SKETCH_BOUNDARIES: _ADMIN,
    D.ADD_AREA: _ADMIN,
    D.RENAME_AREA: _ADMIN,
    D.MOVE_AREA: _ADMIN,
    D.RETIRE_AREA: _ADMIN,
    D.SPLIT_AREA: _ADMIN,
    D.MERGE_AREAS: _ADMIN,
    D.REASSIGN: _ADMIN,
    D.PAIR_AREAS: _ADMIN,
    D.PART_AREAS: _ADMIN,
    D.SET_FOCUS: _ADMIN,
    D.SET_AREA_RULES: _ADMIN,
    D.CHANGE_LINE: _ADMIN,
    D.SET_LINE_CONTACT: _ADMIN,
    D.SEE_PERSON: _ADMIN,
    D.ADD_PERSON: _ADMIN,
    D.CHANGE_PERSON: _ADMIN,
    D.DISABLE_PERSON: _ADMIN,
    D.ENABLE_PERSON: _ADMIN,
    D.SHOW_FACE: _ADMIN,
    D.HIDE_FACE: _ADMIN,
    D.GIVE_POST: _ADMIN,
    D.END_POST: _ADMIN,
    D.HAND_OVER: _ADMIN,
    # Two people: what one asks for, the other confirms or refuses.
    D.CONFIRM_POST: _SECURITY,
    D.REFUSE_POST: _SECURITY,
    D.CHANGE_TITLES: _ADMIN,
    D.GIVE_LEAVE: _ADMIN,
    D.END_LEAVE: _ADMIN,
    D.ADD_UNIT: _ADMIN,
    D.CHANGE_UNIT: _ADMIN,
    D.ASSIGN_UNIT: _ADMIN,
    D.RETIRE_UNIT: _ADMIN,
    D.SEE_ACCOUNT: _SECURITY,
    D.UNLOCK: _SECURITY,
    D.END_SESSIONS: _SECURITY,
    D.RESET_PASSWORD: _SECURITY,
    # Two people the other way round: the security administrator asks, an administrator confirms.
    D.CONFIRM_RESET: _ADMIN,
    D.REFUSE_RESET: _ADMIN,
    D.ADD_CATEGORY: _ADMIN,
    D.CHANGE_CATEGORY: _ADMIN,
    D.RETIRE_CATEGORY: _ADMIN,
    D.ORDER_CATEGORY: _ADMIN,
    D.CHANGE_URGENCY: _ADMIN,
    D.CHANGE_WEEK: _ADMIN,
    D.CHANGE_DAY: _ADMIN,
    D.LOAD_YEAR: _ADMIN,
    D.CHANGE_TEXT: _ADMIN,
    D.CHANGE_WORDING: _ADMIN,
    D.CHANGE_COLOUR: _ADMIN,
    D.ADD_VISIT_KIND: _ADMIN,
    D.CHANGE_VISIT_KIND: _ADMIN,
    D.RETIRE_VISIT_KIND: _ADMIN,
    D.CANCEL_CHANGE: _ADMIN,
    D.SEE_STATS: {R.GRID_HEAD: A.GRIDS, **_CENTRE, **_CHECKERS, R.LEADER: A.STREET},
    D.PRINT: {**_GRID_LEADS, **_ADMIN},
    D.ORDER_PRINT: {**_GRID_LEADS, **_ADMIN},
    D.HANG: {**_GRID_LEADS, **_ADMIN},
    # Whoever may ask for long work of any kind steers the own one.
    D.CANCEL_WORK: _WORK_OWNERS,
    D.RESUME_WORK: _WORK_OWNERS,
    D.IMPORT: _ADMIN,
    D.CHECK_IMPORT: _ADMIN,
    D.UNDO_IMPORT: _ADMIN,
    D.DROP_IMPORT: _ADMIN,
    D.EXPORT: {**_CENTRE, **_ADMIN},
    D.SEE_AUDIT: {R.AUDITOR: A.ALL},
}

_WIDTH: Final = [A.OWN, A.GRIDS, A.COMMUNITY, A.STREET, A.ALL]


def reach_of(deed: Deed, role: Role) -> Reach | None:
    """Tell how far a role may do a deed, or None when it may not at all."""
    return MATRIX.get(deed, {}).get(role)


def may_at_all(deed: Deed, roles: Iterable[Role]) -> bool:
    """Tell whether any of these roles may do the deed anywhere."""
    return any(reach_of(deed, role) is not None for role in roles)


def is_wider(one: Reach, other: Reach) -> bool:
    """Tell whether one reach goes further than the other."""
    return _WIDTH.index(one) > _WIDTH.index(other)
