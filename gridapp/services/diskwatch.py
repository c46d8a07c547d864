"""Tells those who manage the house that its disk is nearly full, in words."""

from gridapp.services.desk import Act

_GB = 1_000_000_000


def disk_words(act: Act) -> str:
    """Say how little is left and what waits meanwhile; nothing when there is enough."""
    if not act.files.is_low:
        return ""
    left = f"{act.files.free_bytes / _GB:.1f} GB"
    return f"服务器磁盘只剩{left}，照片、导入导出和打印暂停，文字上报照常。请尽快清理或扩容。"
