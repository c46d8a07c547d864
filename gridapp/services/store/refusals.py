"""Why a backup is not made or not put back: one sentence each, which names the mend."""

from gridapp.domain.errors import GridappError


class NothingToBackUpError(GridappError):
    """The database has no tables yet."""

    code = "backup.nothing"
    sentence = "数据库还没有建立，没有可备份的内容。"
    status = 409


class BackupPlaceError(GridappError):
    """The file cannot be written or read where it was said to be."""

    code = "backup.place"
    sentence = "备份文件无法读写，请检查路径。"
    status = 422


class NotABackupError(GridappError):
    """The file is no backup, or holds something that no backup holds."""

    code = "backup.not_a_backup"
    sentence = "这不是本系统的备份文件。"
    status = 422


class DamagedBackupError(GridappError):
    """The file is cut short, or a byte of it has changed."""

    code = "backup.damaged"
    sentence = "备份文件不完整或已损坏，未作任何改动，请换一份备份。"
    status = 422


class OtherDatabaseError(GridappError):
    """A backup goes back only into the kind of database it was made from."""

    code = "backup.other_database"
    status = 409

    def __init__(self, made_from: str, target: str) -> None:
        super().__init__(
            f"备份来自{_NAMES.get(made_from, made_from)}，只能恢复到同类数据库；"
            f"目标是{_NAMES.get(target, target)}，请修改GRID_DATABASE_URL。"
        )


class NewerBackupError(GridappError):
    """A later version of the program made it; this one does not know its tables."""

    code = "backup.newer"
    sentence = "备份由更新版本的系统生成，请先升级再恢复。"
    status = 409


class TargetNotEmptyError(GridappError):
    """There is data that a restore would replace."""

    code = "restore.not_empty"
    sentence = "目标数据库里已有数据，恢复会全部替换；确认要替换，请加--force。"
    status = 409


class StillRunningError(GridappError):
    """A server is at work on the database."""

    code = "restore.still_running"
    sentence = "服务还在运行，请先停止服务再恢复。"
    status = 409


_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
