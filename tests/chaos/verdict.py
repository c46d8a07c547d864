"""What the server has in the end, held against what the workers remember."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

from tests.chaos.story import Told

_NOTES: Final = """
  SELECT note.id AS seq, note.uid AS uid, note.text AS text, photo.sha256 AS sha,
         photo.stored_name AS stored, note.case_id AS case_id
  FROM note LEFT JOIN note_photo ON note_photo.note_id = note.id
  LEFT JOIN photo ON photo.id = note_photo.photo_id ORDER BY note.id
"""


@dataclass(frozen=True)
class Verdict:
    """How a run has ended; all lists are empty when nothing was lost, doubled or mixed up."""

    captured_count: int
    arrived_count: int
    lost: list[str]
    doubled: list[str]
    wrong_photo: list[str]
    out_of_order: list[str]
    not_promoted: list[str]
    strange: list[str]

    @property
    def is_right(self) -> bool:
        """Whether everything arrived exactly once, in order, with its own photo."""
        wrong = (
            self.lost,
            self.doubled,
            self.wrong_photo,
            self.out_of_order,
            self.not_promoted,
            self.strange,
        )
        return not any(wrong) and self.captured_count == self.arrived_count

    def sentence(self) -> str:
        """Say it in one line, with what is wrong."""
        return json.dumps(self.__dict__, ensure_ascii=False)


def judge(data: Path, told: Told) -> Verdict:
    """Compare the server's notes and photos with what was captured."""
    engine = create_engine(f"sqlite:///{data / 'gridapp.db'}")
    with engine.connect() as connection:
        rows = [row._asdict() for row in connection.execute(text(_NOTES))]
    engine.dispose()
    texts = [str(row["text"]) for row in rows]
    arrived = dict(zip(texts, rows, strict=True))
    kept = {path.name for path in (data / "files").rglob("*") if path.is_file()}
    promoted = {_uid(row["uid"]) for row in rows if row["case_id"] is not None}
    return Verdict(
        captured_count=len(told.photos),
        arrived_count=sum(one in told.photos for one in texts),
        lost=[one for one in told.photos if one not in arrived],
        doubled=[one for one in arrived if texts.count(one) > 1],
        wrong_photo=[
            one
            for one, sha in told.photos.items()
            if one in arrived and (arrived[one]["sha"] != sha or arrived[one]["stored"] not in kept)
        ],
        out_of_order=[
            lane
            for lane, order in told.lanes.items()
            if [one for one in texts if one in order] != order
        ],
        strange=[one for one in texts if one not in told.attempted],
        not_promoted=[note for note in told.promoted if note.replace("-", "") not in promoted],
    )


def _uid(value: object) -> str:
    return str(value).replace("-", "")
