"""A filter of system calls: what a decoder needs to compute, and nothing else.

Written as numbers for the kernel, since no library for it is among ours. A call that is not listed
fails as not permitted, so that a library which only tries something goes on without it.
"""

import ctypes
import platform
import struct
from functools import cache
from typing import Final

_SET_SECCOMP, _FILTER_MODE = 22, 2
# BPF: load a word, jump if it is equal, jump if it has a bit, end with a verdict.
_LOAD, _IF_EQUAL, _IF_HAS, _RETURN = 0x20, 0x15, 0x45, 0x06
# The second and third fail the call: as not permitted, as unknown.
_ALLOW, _REFUSE, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16  # where the kernel writes them down
_THREAD = 0x00010000
_CLONE3 = 435

# Its mark, its number of clone, and: read write close fstat poll lseek mmap mprotect munmap brk,
# signals, pread, mremap, yield, madvise, nanosleep, getpid, exit, getrusage, getrandom, the clocks,
# futex, affinity, exit_group, gettid, rseq
_MACHINES: Final[dict[str, tuple[int, int, tuple[int, ...]]]] = {
    "x86_64": (
        0xC000003E,
        56,
        (0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 25, 24, 28, 35, 39, 60, 98, 318, 96, 228,
         230, 202, 204, 131, 231, 219, 186, 273, 334),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        (63, 64, 57, 80, 73, 62, 222, 226, 215, 214, 134, 135, 139, 67, 216, 124, 233, 101, 172, 93,
         165, 278, 169, 113, 115, 98, 123, 132, 94, 128, 178, 99, 293),
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)


def _written(machine: int, clone: int, numbers: tuple[int, ...], *, threads: bool) -> bytes:
    """Write the filter: another machine's numbering kills, a listed number passes."""
    head = [
        _step(_LOAD, _MACHINE_AT),
        _step(_IF_EQUAL, machine, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
    ]
    tail = _only_threads(clone) if threads else []
    # Each jumps over the rest of the list and over the refusals behind it, to the last step.
    behind = len(numbers) + len(tail)
    listed = [_step(_IF_EQUAL, nr, behind - n) for n, nr in enumerate(numbers)]
    return b"".join([*head, *listed, *tail, _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)])


def _only_threads(clone: int) -> list[bytes]:
    """Let clone make threads and no processes; its successor, which cannot be read, is unknown."""
    return [
        _step(_IF_EQUAL, _CLONE3, 0, 1),
        _step(_RETURN, _UNKNOWN),
        _step(_IF_EQUAL, clone, 0, 2),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(_IF_HAS, _THREAD, 1, 0),
    ]


def allow_computing_only(*, threads: bool) -> bool:
    """Bar this process from every other system call; tell whether the kernel took the filter.

    Args:
        threads: It may start threads, which are barred as it is itself.
    """
    found = _filter(threads=threads)
    if found is None:
        return False
    libc, program, _ = found
    return bool(libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


@cache
def _filter(*, threads: bool) -> tuple[ctypes.CDLL, _Program, ctypes.Array[ctypes.c_char]] | None:
    """Make the filter, and keep what it points at; None on a machine that is not known."""
    known = _MACHINES.get(platform.machine())
    if known is None:
        return None
    code = ctypes.create_string_buffer(_written(*known, threads=threads))
    return ctypes.CDLL(None), _Program(len(code) // 8, ctypes.addressof(code)), code


def make_filters() -> None:
    """Make them before the first child is forked, so that none of them makes its own."""
    for threads in (False, True):
        _filter(threads=threads)
