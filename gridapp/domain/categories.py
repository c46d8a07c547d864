"""The category table a new town starts with: four roots and their items, all marked as examples.

Every item can be edited or retired by an administrator; the codes stay. The limits of the
urban-management items follow the practice of GB/T 30428.8《立案、处置和结案》 (exposed rubbish 4
work hours, dirty road 5 work hours, construction waste 2 work days, illegal building 15 work
days); the others follow their urgency.
"""

from dataclasses import dataclass, replace
from typing import Final

from gridapp.domain.caselabels import ROOT, URGENCY
from gridapp.domain.deadlines import URGENCY_LIMITS, Limits, parse_limit
from gridapp.domain.fields import Chosen, Field, Limit, Line, OneOf, Questions, YesNo
from gridapp.domain.vocabulary import Root, Urgency

LIMIT_FIELDS: Final = (
    Field("accept_limit", "受理时限", Limit()),
    Field("take_limit", "接单时限", Limit()),
    Field("handle_limit", "处置时限", Limit()),
    Field("whole_limit", "全程时限", Limit()),
)
CATEGORY_FIELDS: Final = (
    Field("root", "大类", OneOf(ROOT), needed=True, is_fixed=True, begins_at=Root.RUNNING),
    Field("name", "名称", Line(40), needed=True),
    Field("urgency", "紧急程度", OneOf(URGENCY), unsaid=Urgency.ORDINARY),
    *LIMIT_FIELDS,
    Field("unit", "默认单位", Chosen("units", nothing="不指定"), column="unit_id"),
    Field("may_settle", "网格员可随手清", YesNo(), unsaid=False),
    Field("is_public", "可对外公开", YesNo(), unsaid=False),
    Field("questions", "提问", Questions(3, 60), help="上报时会提醒对方说清楚，最多三个。"),
)


@dataclass(frozen=True, slots=True)
class ExampleCategory:
    """One item of the table.

    Args:
        code: Stable for machines, never shown.
        name: What a person chooses.
        root: Under which of the four roots it stands.
        urgency: How soon it must be answered.
        whole: Its own limit for the whole case, written ``4wh``; empty: its urgency's.
        may_settle: Whether a worker may settle it on the spot.
        is_public: Whether such a case is shown on public pages.
        questions: What to ask the reporter, at most three.
    """

    code: str
    name: str
    root: Root
    urgency: Urgency
    whole: str
    may_settle: bool
    is_public: bool
    questions: tuple[str, ...]

    @property
    def limits(self) -> Limits:
        """Its limits: those of its urgency, with its own for the whole case."""
        limits = URGENCY_LIMITS[self.urgency]
        own = parse_limit(self.whole)
        return replace(limits, whole=own) if own else limits


_CRITICAL, _URGENT = Urgency.CRITICAL, Urgency.URGENT
_ORDINARY, _COMPLEX = Urgency.ORDINARY, Urgency.COMPLEX

# code, name, urgency, own limit, "s" may be settled on the spot, "p" shown publicly, questions
_Row = tuple[str, str, Urgency, str, str, str]

_RUNNING: Final[tuple[_Row, ...]] = (
    ("flooding", "积水", _URGENT, "", "sp", "水有多深？|有没有人或车被困？"),
    ("manhole_cover", "井盖", _CRITICAL, "", "sp", "井盖是缺失、破损还是松动？|在路面还是人行道？"),
    ("street_lamp", "路灯", _ORDINARY, "3wd", "p", "灯杆上有编号吗？|一盏不亮还是一片不亮？"),
    ("water_supply", "供水", _URGENT, "", "p", "停水还是漏水？|只有一户还是整栋楼？"),
    ("power_supply", "供电", _URGENT, "", "p", "只有一户还是整栋楼？|有没有火花或焦味？"),
    ("gas_supply", "供气", _URGENT, "", "p", "停气多久了？|只有一户还是整栋楼？"),
    ("heating", "供暖", _URGENT, "", "p", "室温大约多少度？|家里有老人或婴幼儿吗？"),
    ("road_damage", "路面破损", _ORDINARY, "", "p", "坑有多大？|在行车道还是人行道？"),
)
_MANAGEMENT: Final[tuple[_Row, ...]] = (
    (
        "illegal_building",
        "违建",
        _COMPLEX,
        "15wd",
        "p",
        "正在建还是已建成？|在楼顶、院内还是临街？",
    ),
    (
        "street_trading",
        "占道",
        _ORDINARY,
        "4wh",
        "sp",
        "通常什么时间占道？|占了机动车道还是人行道？",
    ),
    ("bad_parking", "乱停乱放", _ORDINARY, "4wh", "sp", "是机动车还是非机动车？|挡住出入口了吗？"),
    ("bill_posting", "小广告", _ORDINARY, "1wd", "sp", "贴在什么位置？|大约有多少处？"),
    ("rubbish", "垃圾", _ORDINARY, "4wh", "sp", "堆了多久？|有没有异味或渗水？"),
    ("dirty_road", "道路不洁", _ORDINARY, "5wh", "sp", "哪一段路？|有没有油污或泥水？"),
    ("construction_waste", "建筑垃圾", _ORDINARY, "2wd", "p", "大约有几车？|知道是谁倾倒的吗？"),
    ("wire_charging", "飞线充电", _URGENT, "", "sp", "从几楼拉下来的？|现在正在充电吗？"),
)
_SERVICE: Final[tuple[_Row, ...]] = (
    ("property_service", "物业", _ORDINARY, "", "p", "向物业反映过吗？|物业怎么答复的？"),
    ("elderly_care", "养老助残", _ORDINARY, "", "s", "需要什么帮助？|老人现在独居吗？"),
    ("policy_question", "政策咨询", _ORDINARY, "3wd", "s", "想了解哪项政策？|希望怎么答复您？"),
    ("noise", "噪音扰民", _ORDINARY, "1wd", "sp", "什么时间最吵？|是施工、商铺还是邻居？"),
)
_SAFETY: Final[tuple[_Row, ...]] = (
    ("fire_lane", "消防通道", _URGENT, "4h", "sp", "被什么堵住了？|消防车还能通过吗？"),
    ("bike_upstairs", "电动车上楼", _URGENT, "", "sp", "停在几楼？|正在充电吗？"),
    ("gas_leak", "燃气", _CRITICAL, "", "", "气味浓不浓？|有没有关阀开窗？|有人不舒服吗？"),
    ("food_safety", "食品安全", _ORDINARY, "5wd", "p", "哪家店、什么食品？|有人身体不适吗？"),
    (
        "missing_person",
        "走失",
        _CRITICAL,
        "",
        "",
        "什么时间、在哪里走失？|衣着和身体特征？|报警了吗？",
    ),
    ("dispute", "矛盾纠纷", _COMPLEX, "", "", "和谁、因为什么？|有没有动手的危险？"),
)


def _items(root: Root, rows: tuple[_Row, ...]) -> tuple[ExampleCategory, ...]:
    return tuple(
        ExampleCategory(
            code, name, root, urgency, whole, "s" in marks, "p" in marks, tuple(asked.split("|"))
        )
        for code, name, urgency, whole, marks, asked in rows
    )


EXAMPLE_CATEGORIES: Final = (
    *_items(Root.RUNNING, _RUNNING),
    *_items(Root.MANAGEMENT, _MANAGEMENT),
    *_items(Root.SERVICE, _SERVICE),
    *_items(Root.SAFETY, _SAFETY),
)
