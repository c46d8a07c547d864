"""Why long work is not taken on, and why one stops."""

from gridapp.domain.errors import GridappError


class TooManyWorksError(GridappError):
    """Somebody has asked for more than they could look at."""

    code = "work.too_many"
    sentence = "您还有好几项任务没有做完，请等它们完成，或先取消几项。"
    status = 429


class WorkEndedError(GridappError):
    """It is over, or still going on: this deed does not apply."""

    code = "work.ended"
    sentence = "这项任务的状态已有变化，请刷新后再看。"
    status = 409


class FileGoneError(GridappError):
    """There is no file yet, or it is no longer kept."""

    code = "work.no_file"
    sentence = "文件还没有做好，或者已过保留期，请重新生成。"
    status = 404


class WorkLostError(GridappError):
    """Another process has taken the work meanwhile: what this one made is thrown away."""

    code = "work.lost"
    sentence = "这项任务已由另一个进程接手。"
    status = 409


class WorkStoppedError(GridappError):
    """Whoever does it was told to stop."""

    code = "work.stopped"
    sentence = "任务已停止。"
    status = 409
