"""Why a brought file is not imported, and why an import is not undone."""

from gridapp.domain.errors import GridappError


class FileTooLargeError(GridappError):
    """The file is larger than we take; ``limit_bytes`` tells how large it may be."""

    code = "import.too_large"
    sentence = "文件超过64 MB，没有接收。请删去不用的工作表和图片，或者分成几个文件。"
    status = 413


class NotCheckedError(GridappError):
    """What is to be imported was not checked as it is now, or has wrong rows."""

    code = "import.not_checked"
    sentence = "请先检查，改好有问题的行，再导入。"
    status = 409


class FoundOtherwiseError(GridappError):
    """The town has changed since the check, so that the import would do something else."""

    code = "import.found_otherwise"
    sentence = "检查之后系统里的数据有了变化，什么都没有写入。请重新检查一次，看过结果再导入。"
    status = 409


class FileGoneError(GridappError):
    """The file is no longer kept."""

    code = "import.file_gone"
    sentence = "文件已过保留期，请重新上传。"
    status = 404


class NotTheLastError(GridappError):
    """Only the last import of a kind can be undone."""

    code = "import.not_the_last"
    sentence = "只能撤销这一种表最近一次的导入。"
    status = 409


class CrossedError(GridappError):
    """Others were changing the same rows at the same moment."""

    code = "import.crossed"
    sentence = "正好有人在修改同样的数据，什么都没有写入。请再试一次。"
    status = 409
