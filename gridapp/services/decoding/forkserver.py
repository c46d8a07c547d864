"""The program in which foreign bytes are decoded: one process that forks a new one for each file.

It has read its decoders, then given up files, network and rights, and waits. A child is made in a
millisecond, sees one file, answers and is gone: what took it over ends with it, and the memory
of a large picture goes back at once. Nothing of the server is imported, so that it stays small.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any, Final

from gridapp.services.decoding import confine
from gridapp.services.decoding.frames import (
    DATA,
    END,
    FRAME,
    REFUSAL,
    STATUS,
    WISH_MOST_BYTES,
    Decoder,
    RefusedError,
)

_IDLE_S: Final = 300.0
_LONGEST_WAIT_S: Final = 60.0
_ANSWER_FD, _BODY_FD, _FIRST_OTHER_FD = 3, 4, 5
_AWAY_FD, _MOST_FDS = 250, 1024


@dataclass
class _Child:
    pid: int
    answer: int
    ends_by: float


def serve(control: socket.socket, decoder: Decoder) -> None:
    """Fork a child for each wish until the server hangs up or has been silent for long."""
    decoder.preload()
    confine.note_size()
    confine.leave_the_house(tempfile.mkdtemp(prefix="gridapp-"))
    _freeze()
    children: dict[int, _Child] = {}
    fd = control.fileno()
    while True:
        ready, _, _ = select.select([fd, *children], [], [], _until_next(children))
        for pidfd in [one for one in ready if one != fd]:
            _bury(pidfd, children.pop(pidfd))
        _kill_overdue(children)
        if fd in ready and not _take(control, decoder, children):
            break
        if not ready and not children:
            break
    for child in children.values():
        os.kill(child.pid, signal.SIGKILL)


def _freeze() -> None:
    """Keep the collector from touching, and so from copying, what all children share."""
    gc.collect()
    gc.disable()
    gc.freeze()


def _until_next(children: dict[int, _Child]) -> float:
    ends = [child.ends_by for child in children.values()]
    if not ends:
        return _IDLE_S
    return min(max(0.0, min(ends) - time.monotonic()), _LONGEST_WAIT_S)


def _kill_overdue(children: dict[int, _Child]) -> None:
    for child in children.values():
        if child.ends_by <= time.monotonic():
            os.kill(child.pid, signal.SIGKILL)
            child.ends_by = float("inf")


def _bury(pidfd: int, child: _Child) -> None:
    """Write how the child ended behind whatever it said; who no longer listens need not hear."""
    _, status = os.waitpid(child.pid, 0)
    os.close(pidfd)
    try:
        ended = str(os.waitstatus_to_exitcode(status)).encode()
        os.set_blocking(child.answer, False)
        os.write(child.answer, FRAME.pack(STATUS, len(ended)) + ended)
    except OSError:
        pass
    finally:
        os.close(child.answer)


def _take(control: socket.socket, decoder: Decoder, children: dict[int, _Child]) -> bool:
    """Take a wish, with the file and the way back; False when the server is gone."""
    told, fds, _, _ = socket.recv_fds(control, WISH_MOST_BYTES, 2)
    if not told or len(fds) != 2:  # noqa: PLR2004 - the file and the way back
        return False
    wish = json.loads(told)
    body, answer = fds
    pid = os.fork()
    if pid == 0:
        _be_a_child(wish, body, answer, decoder)
    os.close(body)
    children[os.pidfd_open(pid)] = _Child(pid, answer, time.monotonic() + 2 * wish["seconds"])
    return True


def _be_a_child(wish: dict[str, Any], body: int, answer: int, decoder: Decoder) -> None:
    """Decode in this very process and end it; it never returns."""
    code = 1
    try:
        _keep_only(body, answer)
        threads = bool(wish.get("threads"))
        confine.begin_decoding(wish["memory_bytes"], wish["seconds"], threads=threads)
        _answer(wish, decoder)
        code = 0
    except MemoryError:
        _say(REFUSAL, b'{"code": "memory"}')
        code = 0
    except BaseException as error:  # noqa: BLE001 - broken bytes make decoders raise anything
        _say(REFUSAL, json.dumps({"code": "broken", "sentence": repr(error)[:200]}).encode())
        code = 0
    finally:
        os._exit(code)


def _keep_only(body: int, answer: int) -> None:
    """Leave this process nothing open but its file and the way back."""
    # First out of the way of the places where they shall be.
    body, answer = os.dup2(body, _AWAY_FD), os.dup2(answer, _AWAY_FD + 1)
    os.dup2(answer, _ANSWER_FD)
    os.dup2(body, _BODY_FD)
    os.closerange(_FIRST_OTHER_FD, _MOST_FDS)
    for standard in (0, 1, 2):
        os.close(standard)


def _answer(wish: dict[str, Any], decoder: Decoder) -> None:
    if wish.get("probe"):
        _say(DATA, json.dumps(confine.probe()).encode())
    else:
        try:
            decoder.decode(wish, _BODY_FD, lambda piece: _say(DATA, piece))
        except RefusedError as refusal:
            told = {"code": refusal.code, "sentence": refusal.sentence}
            _say(REFUSAL, json.dumps(told).encode())
            return
    _say(END, b"")


def _say(kind: bytes, content: bytes) -> None:
    left = memoryview(FRAME.pack(kind, len(content)) + content)
    while left:
        left = left[os.write(_ANSWER_FD, left) :]


def main() -> None:
    """Run with the number of an inherited socket and the name of the decoder's module."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    decoder: Any = importlib.import_module(sys.argv[2])
    with socket.socket(fileno=int(sys.argv[1])) as control:
        serve(control, decoder)


if __name__ == "__main__":
    main()
