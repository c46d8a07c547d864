"""Whether the server can listen, and how many connections the system lets it hold."""

import errno
import socket
from collections.abc import Callable
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
from typing import Final

# Files, database and Redis connections of one process, and room for those that end just now.
_OWN_FILES_COUNT: Final = 512
_CONNECTIONS_WANTED_COUNT: Final = 16_000
_CONNECTIONS_MIN_COUNT: Final = 256


class StartRefusedError(Exception):
    """The server cannot start like this; the sentence names the mend."""


def refuse_taken_port(host: str, port: int) -> None:
    """Refuse to listen where somebody listens already.

    granian sets SO_REUSEPORT, so that a second server would start without a word and share the
    visitors with the first one. Tried here by listening without it. With SO_REUSEADDR, as every
    server, so that connections of a server that has just ended do not count.

    Raises:
        StartRefusedError: The port is taken, the address is not this machine's, or not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise StartRefusedError(f"不认识监听地址 {host}，请检查 --host。") from error
    for family, kind, protocol, _, address in found:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
                probe.listen(1)
            except OSError as error:
                raise StartRefusedError(_why(error, host, port)) from error


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用，可能另一个 gridapp 还在运行："
            "请先停掉它，或用 --port 换一个端口。"
        )
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}：请用 --port 换一个 1024 以上的端口，前面放代理。"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"本机没有地址 {host}：请用 --host 写本机的地址，或 0.0.0.0。"
    return f"不能在 {host} 的端口 {port} 监听：{error.strerror}。"


def make_room_for_connections(say: Callable[[str], None]) -> int:
    """Raise the number of files that a process may open, and give how many connections fit.

    It is inherited by the workers; each of them may hold so many.
    """
    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = _CONNECTIONS_WANTED_COUNT + _OWN_FILES_COUNT
    allowed = wanted if hard == RLIM_INFINITY else min(wanted, hard)
    if soft == RLIM_INFINITY or soft >= allowed:
        allowed = wanted if soft == RLIM_INFINITY else min(wanted, soft)
    else:
        try:
            setrlimit(RLIMIT_NOFILE, (allowed, hard))
        except (OSError, ValueError):
            allowed = soft
    connection_count = max(_CONNECTIONS_MIN_COUNT, allowed - _OWN_FILES_COUNT)
    if allowed < wanted:
        say(
            f"系统只允许每个进程打开 {allowed} 个文件，同时最多接待约 {connection_count} 个连接；"
            "人多时请把上限调到 65536（systemd 的 LimitNOFILE，或 ulimit -n），再重启。"
        )
    return connection_count
