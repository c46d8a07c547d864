"""Which pages there are under ``/admin``, in the order of a street that sets itself up."""

from dataclasses import dataclass
from typing import Final

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Actor


@dataclass(frozen=True)
class Section:
    """A page, the deed that opens it, and what it is for."""

    deed: Deed
    label: str
    hint: str
    href: str


SECTIONS: Final[tuple[Section, ...]] = (
    Section(Deed.CHANGE_AREA, "网格", "网格树、拆分合并、划转楼栋、业务线、结对", "/admin/areas"),
)


def sections_of(actor: Actor) -> list[Section]:
    """List the pages that somebody may open."""
    return [section for section in SECTIONS if may_at_all(section.deed, actor.roles)]
