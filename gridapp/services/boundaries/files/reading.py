"""Has a file of boundaries read by a process that can hurt nobody."""

import json
from base64 import b64decode
from functools import cache
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from gridapp.services.boundaries.files.feature import BoundaryFileError, Content, Feature
from gridapp.services.decoding.frames import ENDED, RefusedError
from gridapp.services.decoding.pool import Kind, Pool

_TOO_MUCH: Final = "这个文件读起来太费时间或内存，已停下。请分社区导出，或先简化边界，再导入。"
_KIND: Final = Kind(
    module="gridapp.services.boundaries.files.decoder",
    at_once=1,
    waiting=4,
    wait_s=30,
    memory_bytes=700_000_000,
    seconds=30,
)


@cache
def boundary_pool() -> Pool:
    """Give this process's readers of boundaries."""
    return Pool(_KIND)


def read_boundary_file(body: bytes) -> Content:
    """Read the shapes of a file.

    Raises:
        BoundaryFileError: It is none of the formats, damaged, hostile, or costs too much.
        BusyError: Too many files are being read.
    """
    try:
        head, *lines = boundary_pool().ask(body).splitlines()
    except RefusedError as refusal:
        raise _refusal(refusal) from refusal
    told = json.loads(head)
    features = tuple(_feature(json.loads(line)) for line in lines)
    return Content(features, str(told["format"]), tuple(map(str, told["notes"])))


def _refusal(refusal: RefusedError) -> BoundaryFileError:
    if refusal.code == BoundaryFileError.code:
        return BoundaryFileError(refusal.sentence)
    is_broken = refusal.code == "broken" and not refusal.sentence.startswith(ENDED)
    return BoundaryFileError() if is_broken else BoundaryFileError(_TOO_MUCH)


def _feature(told: dict[str, Any]) -> Feature:
    return Feature(
        int(told["number"]), told["properties"], _shape(told["wkb"]), told["problem"],
        bool(told["is_broken"]), _shape(told["enclosed"]), bool(told["is_line"]),
    )  # fmt: skip


def _shape(written: str) -> BaseGeometry | None:
    return shapely.from_wkb(b64decode(written)) if written else None
