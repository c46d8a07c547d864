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
    Section(Deed.SEE_REGISTER, "登记簿", "楼栋、户室、商铺企业场所，楼栋码", "/admin/register"),
    Section(
        Deed.START_VERIFICATION, "人户核查", "发起核查，看各网格进度", "/admin/register/verify"
    ),
)


def sections_of(actor: Actor) -> list[Section]:
    """List the pages that somebody may open."""
    return [section for section in SECTIONS if may_at_all(section.deed, actor.roles)]
