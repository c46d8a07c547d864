"""What is taken from a process before it may look at foreign bytes.

Each guard is taken as far as the kernel goes along; what truly holds is told by trying it
(``probe``), never by what was asked for.
"""

import ctypes
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from gridapp.services.decoding.syscalls import allow_computing_only, make_filters

_NOBODY: Final = 65534
_NICE: Final = 5  # whoever asks for a page goes first
_NO_NEW_PRIVILEGES, _DUMPABLE = 38, 4
_NEW_USER, _NEW_NET, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
# The same numbers on every machine (Linux 5.13 and later).
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT, _LANDLOCK_VERSION = 444, 446, 1
_FILES_BY_ABI: Final = {1: 13, 2: 14, 3: 15, 4: 15}
_FILES_LATEST: Final = 16
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6

# What a guarded process can no longer do; the keys of ``probe``.
GUARDS: Final = ("files", "network", "processes", "signals", "environment")


def leave_the_house(empty: str) -> None:
    """Take files, network, signals and the user's rights from this process and its children.

    Args:
        empty: A folder of this process's own; it is removed, and the process stays in it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    is_root = os.geteuid() == 0
    wanted = _NEW_NET | _NEW_IPC | (0 if is_root else _NEW_USER)
    libc.unshare(wanted)
    os.chdir(empty)
    os.rmdir(empty)  # noqa: PTH106 - a folder that is gone takes no file
    with suppress(OSError):  # only who is root, in the machine or in a namespace of its own, may
        os.chroot(".")
    if is_root:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    make_filters()
    os.nice(_NICE)
    libc.prctl(_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _bar_files(libc)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)


def _bar_files(libc: ctypes.CDLL) -> bool:
    """Handle every kind of access by Landlock and allow none of them anywhere."""
    abi = libc.syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION)
    if abi < 1:
        return False
    files = (1 << _FILES_BY_ABI.get(abi, _FILES_LATEST)) - 1
    network = 3 if abi >= _NETWORK_SINCE else 0
    scopes = 3 if abi >= _SCOPES_SINCE else 0
    facts = struct.pack("QQQ", files, network, scopes)
    size = 8 * (1 + (abi >= _NETWORK_SINCE) + (abi >= _SCOPES_SINCE))
    rules = libc.syscall(_LANDLOCK_CREATE, facts, size, 0)
    if rules < 0:
        return False
    done = libc.syscall(_LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)
    return bool(done == 0)


def begin_decoding(most_bytes: int, most_seconds: int, *, threads: bool = False) -> None:
    """Bound what this process may use, then bar it from all but computing.

    Args:
        most_bytes: Of memory, beside what the process has already.
        most_seconds: Of processor time.
        threads: It may start threads; the limit on processes counts them too.
    """
    _limit(resource.RLIMIT_AS, _address_space_bytes() + most_bytes)
    _limit(resource.RLIMIT_CPU, most_seconds)
    if not threads:
        _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 0)
    allow_computing_only(threads=threads)


def _limit(which: int, most: int) -> None:
    resource.setrlimit(which, (most, most))


_SIZE_AT_START: list[int] = []


def note_size() -> None:
    """Note how much address space is in use; later no file can be opened to read it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _SIZE_AT_START[:] = [pages * resource.getpagesize()]


def _address_space_bytes() -> int:
    return _SIZE_AT_START[0]


def probe() -> dict[str, bool]:
    """Try what a decoder that was taken over would try; True is a guard that holds."""
    return {
        "files": _fails(lambda: os.close(os.open("/", os.O_RDONLY | os.O_DIRECTORY)))
        and _fails(lambda: os.close(os.open("/etc/passwd", os.O_RDONLY))),
        "network": _fails(lambda: socket.socket().close()),
        "processes": _fails(_fork),
        "signals": _fails(lambda: os.kill(os.getppid(), signal.SIGCONT)),
        "environment": not any(name.startswith("GRID") for name in os.environ),
    }


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _fails(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False
