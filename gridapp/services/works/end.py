"""Ends a piece of work: with a file, with a sentence that says why not, or because of a wish."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from gridapp.domain.vocabulary import WorkState
from gridapp.services.desk import Act
from gridapp.services.works.refusals import WorkLostError
from gridapp.services.works.take import TakenWork, change_work

KEPT_FOR: Final = timedelta(days=14)
_FAULT_CHARACTERS: Final = 1000


@dataclass(frozen=True)
class KeptFile:
    """A finished file: what it is called by who fetches it, and by us."""

    name: str
    media_type: str
    sha256: str
    byte_count: int


def finish_work(act: Act, taken: TakenWork, file: KeptFile | None, result: dict[str, Any]) -> None:
    """Write down that it is done.

    Raises:
        WorkLostError: Somebody else has taken it meanwhile; nothing of this act may stay.
    """
    values: dict[str, Any] = {"result": result, "left_s": None, "fault": ""}
    if file is not None:
        values |= {
            "file_name": file.name,
            "file_type": file.media_type,
            "file_sha256": file.sha256,
            "file_bytes": file.byte_count,
            "kept_until": act.now + KEPT_FOR,
        }
    if not change_work(act, taken, state=WorkState.DONE, ended_at=act.now, **values):
        raise WorkLostError


def fail_work(act: Act, taken: TakenWork, sentence: str) -> None:
    """Write down why it is not done."""
    change_work(
        act, taken, state=WorkState.FAILED, ended_at=act.now, left_s=None,
        fault=sentence[:_FAULT_CHARACTERS],
    )  # fmt: skip


def stop_work(act: Act, taken: TakenWork) -> None:
    """Write down that it stopped because its asker wished so."""
    change_work(act, taken, state=WorkState.CANCELLED, ended_at=act.now, left_s=None)
