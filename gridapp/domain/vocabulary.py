"""The field's words, each once. What a person reads for them stands in ``labels``."""

from enum import StrEnum

from gridapp.domain.casewords import (
    AsideChoice,
    AsideReason,
    BlockKind,
    Colour,
    FiveStep,
    Outcome,
    PhotoKind,
    Root,
    Satisfaction,
    Source,
    Supervision,
    Urgency,
)

# Given on from there; what is written below needs no mention.
__all__ = [
    "AsideChoice",
    "AsideReason",
    "BlockKind",
    "Colour",
    "FiveStep",
    "Outcome",
    "PhotoKind",
    "Root",
    "Satisfaction",
    "Source",
    "Supervision",
    "Urgency",
]


class GridLevel(StrEnum):
    """How high a grid stands in the tree (网格层级)."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    MICRO = "micro"


class GridKind(StrEnum):
    """What a grid is made of (网格类型)."""

    RESIDENTIAL = "residential"
    DEDICATED = "dedicated"
    COMPREHENSIVE = "comprehensive"


class Role(StrEnum):
    """What a person may be here; a post gives a role in one grid (岗位)."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    GRID_WORKER = "grid_worker"
    GRID_HEAD = "grid_head"
    UNIT_OFFICER = "unit_officer"
    DISPATCHER = "dispatcher"
    VERIFIER = "verifier"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"


class Status(StrEnum):
    """Where a case stands in its life (事件状态)."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    TAKEN = "taken"
    HANDLED = "handled"
    VERIFIED = "verified"
    CLOSED = "closed"
    DECLINED = "declined"
    PAUSED = "paused"
    MERGED = "merged"


class Deed(StrEnum):
    """What a person does; the value is the deed's name at ``PUT /deeds/{uuid}``."""

    REPORT = "case.report"
    SETTLE = "case.settle"
    ACCEPT = "case.accept"
    DECLINE = "case.decline"
    DISPATCH = "case.dispatch"
    TAKE = "case.take"
    RETURN = "case.return"
    HANDLE = "case.handle"
    VERIFY = "case.verify"
    REDO = "case.redo"
    CLOSE = "case.close"
    REOPEN = "case.reopen"
    PAUSE = "case.pause"
    RESUME = "case.resume"
    ASK_EXTENSION = "case.ask_extension"
    EXTEND = "case.extend"
    LET_IN = "case.let_in"
    SORT_ASIDE = "case.sort_aside"
    UNDO_SORT = "case.undo_sort"
    URGE = "case.urge"
    SUPERVISE = "case.supervise"
    MERGE = "case.merge"
    RATE = "case.rate"
    PUBLISH = "case.publish"
    UNPUBLISH = "case.unpublish"
    CHOOSE_MESSAGES = "case.choose_messages"
    ADD_WORDS = "case.add_words"
    THANK = "case.thank"
    LEAVE_PHONE = "case.leave_phone"
    ME_TOO = "case.me_too"
    SEE_CASE = "case.see"
    REVEAL = "case.reveal"
    BLOCK = "reporter.block"
    UNBLOCK = "reporter.unblock"
    POST_NOTICE = "notice.post"
    TAKE_DOWN_NOTICE = "notice.take_down"
    WRITE_NOTE = "note.write"
    PROMOTE_NOTE = "note.promote"
    SEE_NOTE = "note.see"
    CHECK_IN = "patrol.check_in"
    SEE_CHECK_IN = "patrol.see"
    FIND = "patrol.find"
    PROMOTE_CHECK_IN = "patrol.check_in_promote"
    ADD_POINT = "patrol.point_add"
    CHANGE_POINT = "patrol.point_change"
    RETIRE_POINT = "patrol.point_retire"
    RESTORE_POINT = "patrol.point_restore"
    MAKE_ROSTER = "patrol.roster_make"
    STAFF_ROSTER = "patrol.roster_staff"
    CANCEL_ROSTER = "patrol.roster_cancel"
    ASK_COVER = "patrol.roster_ask_cover"
    COVER = "patrol.roster_cover"
    SEE_ROSTER = "patrol.see_roster"
    SEE_COVERAGE = "patrol.see_coverage"
    ADD_HOUSEHOLD = "household.add"
    CHANGE_HOUSEHOLD = "household.change"
    END_HOUSEHOLD = "household.end"
    REVEAL_HOUSEHOLD = "household.reveal"
    RECORD_VISIT = "visit.record"
    CORRECT_VISIT = "visit.correct"
    PROMOTE_VISIT = "visit.promote"
    SEE_VISIT = "visit.see"
    SEE_REGISTER = "register.see"
    REVEAL_RECORD = "register.reveal"
    ENTER_HOUSEHOLD = "register.household_enter"
    AMEND_HOUSEHOLD = "register.household_amend"
    STRIKE_HOUSEHOLD = "register.household_strike"
    ENTER_PREMISES = "register.premises_enter"
    AMEND_PREMISES = "register.premises_amend"
    STRIKE_PREMISES = "register.premises_strike"
    CHECK_PREMISES = "register.premises_check"
    ADD_BUILDING = "building.add"
    CHANGE_BUILDING = "building.change"
    RETIRE_BUILDING = "building.retire"
    ISSUE_CODE = "code.issue"
    REPLACE_CODE = "code.replace"
    RETIRE_CODE = "code.retire"
    START_VERIFICATION = "verification.start"
    END_VERIFICATION = "verification.end"
    VERIFY_RECORD = "verification.record"
    DECIDE_RECORD = "verification.decide"
    SEE_AREA = "area.see"
    CHANGE_AREA = "area.change"
    ADD_AREA = "area.add"
    RENAME_AREA = "area.rename"
    MOVE_AREA = "area.move"
    RETIRE_AREA = "area.retire"
    SPLIT_AREA = "area.split"
    MERGE_AREAS = "area.merge"
    REASSIGN = "area.reassign"
    PAIR_AREAS = "area.pair"
    PART_AREAS = "area.part"
    SET_FOCUS = "area.focus"
    SET_AREA_RULES = "area.rules"
    CHANGE_LINE = "line.change"
    SET_LINE_CONTACT = "line.contact"
    DRAW_BOUNDARY = "boundary.draw"
    REMOVE_BOUNDARY = "boundary.remove"
    SPLIT_BOUNDARY = "boundary.split"
    IMPORT_BOUNDARIES = "boundary.import"
    UNDO_BOUNDARIES = "boundary.undo"
    SKETCH_BOUNDARIES = "boundary.sketch"
    SEE_PERSON = "person.see"
    ADD_PERSON = "person.add"
    CHANGE_PERSON = "person.change"
    DISABLE_PERSON = "person.disable"
    ENABLE_PERSON = "person.enable"
    SHOW_FACE = "person.show_face"
    HIDE_FACE = "person.hide_face"
    GIVE_POST = "post.give"
    END_POST = "post.end"
    HAND_OVER = "post.hand_over"
    CONFIRM_POST = "post.confirm"
    REFUSE_POST = "post.refuse"
    CHANGE_TITLES = "post.change_titles"
    GIVE_LEAVE = "leave.give"
    END_LEAVE = "leave.end"
    ADD_UNIT = "unit.add"
    CHANGE_UNIT = "unit.change"
    ASSIGN_UNIT = "unit.assign"
    RETIRE_UNIT = "unit.retire"
    SEE_ACCOUNT = "account.see"
    UNLOCK = "account.unlock"
    END_SESSIONS = "account.end_sessions"
    RESET_PASSWORD = "person.reset_password"  # noqa: S105 - a deed's name, not a password
    CONFIRM_RESET = "person.confirm_reset"
    REFUSE_RESET = "person.refuse_reset"
    ADD_CATEGORY = "category.add"
    CHANGE_CATEGORY = "category.change"
    RETIRE_CATEGORY = "category.retire"
    ORDER_CATEGORY = "category.order"
    CHANGE_URGENCY = "urgency.change"
    CHANGE_WEEK = "calendar.change_week"
    CHANGE_DAY = "calendar.change_day"
    LOAD_YEAR = "calendar.load_year"
    CHANGE_TEXT = "text.change"
    CHANGE_WORDING = "wording.change"
    CHANGE_COLOUR = "colour.change"
    ADD_VISIT_KIND = "visit_kind.add"
    CHANGE_VISIT_KIND = "visit_kind.change"
    RETIRE_VISIT_KIND = "visit_kind.retire"
    CANCEL_CHANGE = "rule.cancel_change"
    SEE_STATS = "stats.see"
    PRINT = "print.make"
    ORDER_PRINT = "print.order"
    HANG = "print.hang"
    CANCEL_WORK = "work.cancel"
    RESUME_WORK = "work.resume"
    IMPORT = "data.import"
    CHECK_IMPORT = "data.import_check"
    UNDO_IMPORT = "data.import_undo"
    DROP_IMPORT = "data.import_drop"
    EXPORT = "data.export"
    SEE_AUDIT = "audit.see"


class Reach(StrEnum):
    """How far a permission goes; out of reach looks like not there."""

    OWN = "own"
    GRIDS = "own grids"
    COMMUNITY = "own community"
    STREET = "own street"
    ALL = "all"


class VisitOutcome(StrEnum):
    """What came of a visit (走访); that nobody was at home is an honest outcome."""

    MET = "met"
    BY_PHONE = "by_phone"
    NOT_HOME = "not_home"
    DECLINED = "declined"


class WorkKind(StrEnum):
    """What long work does; ``services.works.kinds`` and ``jobs.kinds`` have a row for each."""

    PRINT = "print"
    CHECK_IMPORT = "import_check"
    IMPORT = "import"
    UNDO_IMPORT = "import_undo"
    EXPORT = "export"
    ISSUE_CODES = "issue_codes"


class WorkState(StrEnum):
    """Where a piece of long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
