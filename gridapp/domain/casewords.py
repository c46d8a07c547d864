"""The words that tell of a case, each once; ``vocabulary`` gives them on."""

from enum import StrEnum


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


class AsideReason(StrEnum):
    """Why a report was set aside to be looked at first (待甄别)."""

    BLOCKED = "blocked"
    DEVICE = "device"
    PLACE = "place"
    ADDRESS = "address"


class AsideChoice(StrEnum):
    """What becomes of reports that were set aside."""

    LET_IN = "let_in"
    DECLINE = "decline"
    MERGE = "merge"


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
