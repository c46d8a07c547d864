"""The words of long work: what it does, and where it stands. Used through ``vocabulary``."""

from enum import StrEnum


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
