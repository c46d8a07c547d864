"""Why nothing was printed."""

from gridapp.domain.errors import GridappError


class NothingToPrintError(GridappError):
    """There is no page in the batch."""

    code = "print.nothing"
    sentence = "没有可打印的内容：所选范围内没有楼栋、网格或公示人员。"
    status = 422


class TextTooLongError(GridappError):
    """A name does not fit its box at the smallest size that can be read."""

    code = "print.text_too_long"
    status = 422


class PrintFaultError(GridappError):
    """What was set is not what was ordered; nothing is handed out."""

    code = "print.fault"
    sentence = "排版结果核对不通过，没有生成文件，请联系管理员。"
    status = 500


class PrintCancelledError(GridappError):
    """The job was stopped; nothing was written."""

    code = "print.cancelled"
    sentence = "打印已取消，没有生成文件。"
    status = 409
