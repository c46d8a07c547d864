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


_PEOPLE_HINT: Final = "查找、新增、停用，岗位和照片公示"
_POSTS_HINT: Final = "空缺、代班、待确认、职务名称"
_TWO_HINT: Final = "三类管理员和自己的岗位，要两个人同意"
_MATRIX_HINT: Final = "每个岗位能做什么、管到哪里，为什么"

_BOUNDARIES: Final = "/admin/boundaries"
_VERIFICATIONS: Final = "/admin/register/verify"

# The three administrators share no deed, so each of them finds a page once.
SECTIONS: Final[tuple[Section, ...]] = (
    Section(Deed.IMPORT, "导入", "把现有的表格导入进来，先检查再写入，能撤销", "/admin/import"),
    Section(Deed.CHANGE_AREA, "网格", "网格树、拆分合并、划转楼栋、业务线、结对", "/admin/areas"),
    Section(
        Deed.IMPORT_BOUNDARIES, "边界与地图", "导入、手绘网格边界，检查缝隙和重叠", _BOUNDARIES
    ),
    Section(Deed.SEE_REGISTER, "登记簿", "楼栋、户室、商铺企业场所，楼栋码", "/admin/register"),
    Section(Deed.START_VERIFICATION, "人户核查", "发起核查，看各网格进度", _VERIFICATIONS),
    Section(Deed.SEE_PERSON, "人员", _PEOPLE_HINT, "/admin/people"),
    Section(Deed.SEE_PERSON, "岗位", _POSTS_HINT, "/admin/posts"),
    Section(Deed.SEE_PERSON, "部门", "处置单位、包联网格、经办人", "/admin/units"),
    Section(Deed.CONFIRM_POST, "待确认的岗位", _TWO_HINT, "/admin/posts"),
    Section(Deed.SEE_ACCOUNT, "人员和账号", "重置密码、解除锁定、强制退出", "/admin/people"),
    Section(
        Deed.CHANGE_CATEGORY,
        "事项分类与时限",
        "大类、事项、受理到办结的时限、默认单位",
        "/admin/categories",
    ),
    Section(Deed.CHANGE_DAY, "工作日历", "每周上班时间、放假和调休", "/admin/calendar"),
    Section(Deed.CHANGE_TEXT, "短信内容", "发给上报人的短信和通知怎么写", "/admin/texts"),
    Section(Deed.CHANGE_COLOUR, "关爱颜色与走访类别", "九色含义、多久走访一次", "/admin/colours"),
    Section(Deed.CHANGE_WORDING, "职责和承诺", "公示牌和海报上由街道自己写的话", "/admin/wording"),
    Section(Deed.ORDER_PRINT, "打印", "海报、公示牌、联系卡、工作证", "/admin/print"),
    Section(Deed.HANG, "张贴情况", "哪里印过、哪里该换", "/admin/print/walls"),
    Section(Deed.EXPORT, "导出", "网格、楼栋、人员等，导出成表格", "/admin/export"),
    Section(Deed.SEE_AUDIT, "审计", "谁在什么时候做了什么", "/admin/audit"),
    Section(Deed.SEE_PERSON, "权限一览", _MATRIX_HINT, "/admin/matrix"),
    Section(Deed.SEE_ACCOUNT, "权限一览", _MATRIX_HINT, "/admin/matrix"),
    Section(Deed.SEE_AUDIT, "权限一览", _MATRIX_HINT, "/admin/matrix"),
)


def sections_of(actor: Actor) -> list[Section]:
    """List the pages that somebody may open."""
    return [section for section in SECTIONS if may_at_all(section.deed, actor.roles)]
