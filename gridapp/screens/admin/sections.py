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
    Section(Deed.IMPORT, "导入", "把现有的表格导入进来，先检查再写入，能撤销", "/admin/import"),
    Section(Deed.EXPORT, "导出", "网格、楼栋、人员等，导出成表格", "/admin/export"),
    Section(Deed.ORDER_PRINT, "打印", "海报、公示牌、联系卡、工作证", "/admin/print"),
    Section(Deed.HANG, "张贴情况", "哪里印过、哪里该换", "/admin/print/walls"),
)


def sections_of(actor: Actor) -> list[Section]:
    """List the pages that somebody may open."""
    return [section for section in SECTIONS if may_at_all(section.deed, actor.roles)]
