"""Why a print is refused before anything is set."""

from gridapp.domain.errors import GridappError


class PublicUrlNeededError(GridappError):
    """The public address is still this machine's: no phone could open what is printed."""

    code = "print.public_url_needed"
    sentence = "对外网址还是本机地址，印出来的码别人打不开。请先设置GRID_PUBLIC_URL，再打印。"
    status = 409


class NeverPrintedError(GridappError):
    """Nothing was printed for a place yet, so that nothing of ours can hang there."""

    code = "print.never"
    sentence = "这里还没有打印登记，请先打印，再登记张贴。"
    status = 409


class PrintedOtherwiseError(GridappError):
    """People, words or codes have changed since the file was made; ``current`` is the new mark."""

    code = "print.changed"
    sentence = "文件生成之后，人员、职责、承诺、名称或楼栋码又有变化，请重新打印这一份。"
    status = 409
