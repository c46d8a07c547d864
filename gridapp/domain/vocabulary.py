"""The field's words, each once. What a person reads for them stands in ``labels``."""

from enum import StrEnum


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
    WRITE_NOTE = "note.write"
    PROMOTE_NOTE = "note.promote"
    SEE_NOTE = "note.see"
    CHECK_IN = "patrol.check_in"
    SEE_CHECK_IN = "patrol.see"
    FIND = "patrol.find"
    ADD_POINT = "patrol.point_add"
    CHANGE_POINT = "patrol.point_change"
    RETIRE_POINT = "patrol.point_retire"
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
    CHANGE_PERSON = "person.change"
    RESET_PASSWORD = "person.reset_password"  # noqa: S105 - a deed's name, not a password
    ADD_CATEGORY = "category.add"
    CHANGE_CATEGORY = "category.change"
    RETIRE_CATEGORY = "category.retire"
    ORDER_CATEGORY = "category.order"
    CHANGE_URGENCY = "urgency.change"
    CHANGE_WEEK = "calendar.change_week"
    CHANGE_DAY = "calendar.change_day"
    LOAD_YEAR = "calendar.load_year"
    CHANGE_TEXT = "text.change"
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


class Outcome(StrEnum):
    """What came of a case at ``handle``; the outcome, not the closing, feeds the solve rate."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    NOT_SOLVED = "not_solved"


class Urgency(StrEnum):
    """How soon a case must be answered."""

    CRITICAL = "critical"
    URGENT = "urgent"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


class Source(StrEnum):
    """Where a case came from (来源)."""

    QR = "qr"
    WORKER = "worker"
    CHAT = "chat"
    HOTLINE = "hotline"
    WALK_IN = "walk_in"
    PETITION = "petition"
    DEPUTY = "deputy"
    PATROL = "patrol"
    VISIT = "visit"
    CHECK = "check"


class BlockKind(StrEnum):
    """What a block holds back (屏蔽)."""

    DEVICE = "device"
    PHONE = "phone"
    PLACE = "place"


class Colour(StrEnum):
    """The three colours of a case (三色标记): a computed view, never stored."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class FiveStep(StrEnum):
    """The five-step closed loop (五步闭环): a computed view, never stored."""

    VISIT = "visit"
    FIND = "find"
    COORDINATE = "coordinate"
    RESOLVE = "resolve"
    FOLLOW = "follow"


class Supervision(StrEnum):
    """How closely a case is watched (督办)."""

    NONE = "none"
    URGED = "urged"
    YELLOW_CARD = "yellow_card"
    RED_CARD = "red_card"


class PhotoKind(StrEnum):
    """When a photo of a case was taken, told from the work."""

    REPORT = "report"
    BEFORE = "before"
    AFTER = "after"
    WORDS = "words"


class Root(StrEnum):
    """The four roots of the category table (四类)."""

    RUNNING = "running"
    MANAGEMENT = "management"
    SERVICE = "service"
    SAFETY = "safety"


class Satisfaction(StrEnum):
    """What a reporter says of the result (满意度)."""

    SATISFIED = "satisfied"
    BASICALLY = "basically_satisfied"
    DISSATISFIED = "dissatisfied"


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


class WorkState(StrEnum):
    """Where a piece of long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
