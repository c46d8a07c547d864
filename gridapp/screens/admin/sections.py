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
    Section(
        Deed.CHANGE_CATEGORY,
        "事项分类与时限",
        "大类、事项、受理到办结的时限、默认单位",
        "/admin/categories",
    ),
    Section(Deed.CHANGE_DAY, "工作日历", "每周上班时间、放假和调休", "/admin/calendar"),
    Section(Deed.CHANGE_TEXT, "短信内容", "发给上报人的短信和通知怎么写", "/admin/texts"),
    Section(Deed.CHANGE_COLOUR, "关爱颜色与走访类别", "九色含义、多久走访一次", "/admin/colours"),
)


def sections_of(actor: Actor) -> list[Section]:
    """List the pages that somebody may open."""
    return [section for section in SECTIONS if may_at_all(section.deed, actor.roles)]
