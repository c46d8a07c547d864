"""Care colours and reasons to visit: ``/admin/colours``."""

from typing import ClassVar, Final

from gridapp.domain.caring import COLOUR_FIELDS, HUE, SHAPE, Hue, Shape
from gridapp.domain.ruling import RuleKind
from gridapp.domain.visiting import VISIT_KIND_FIELDS, interval_words
from gridapp.domain.vocabulary import Deed
from gridapp.screens.kit.rule_list import RuleItem, RuleList, Swatch
from gridapp.screens.kit.rule_page import rule_page
from gridapp.screens.kit.rule_state import RulePageState
from gridapp.screens.session import SessionState
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act
from gridapp.services.rulebook.colours import COLOURS
from gridapp.services.rulebook.visit_kinds import VISIT_KINDS, see_kind_use
from gridapp.services.rules.tables import RuleRowView, list_rows

_FROM_HELP: Final = "从这一天起按新的内容，已经排好的走访日期不变。"


def _colour(view: RuleRowView) -> RuleItem:
    told = view.values
    sign, shape = SHAPE[Shape(told["shape"])]
    musts = f"，必访：{'、'.join(told['triggers'])}" if told["triggers"] else ""
    swatch = Swatch(told["hue"], sign, told["word"], f"{HUE[Hue(told['hue'])]}色{shape}")
    return RuleItem.of(
        view, told["meaning"], f"{interval_words(told['interval_days'])}走访{musts}", swatch=swatch
    )


def _ask_colour(_act: Act, item: RuleItem) -> str:
    return (
        f"停用「{item.swatch.word}」（{item.title}）？联系户目前不按颜色登记，没有登记受影响；"
        "停用后它的颜色、形状和标签可以给别的用。以后可以重新启用。"
    )


def _ask_kind(act: Act, item: RuleItem) -> str:
    use = see_kind_use(act, item.code)
    due = f"，其中{use.due_count}户已到期" if use.due_count else ""
    goes_on = f"有{use.households_count}户联系户按这一类走访{due}，都照常到期、照常走访"
    hangs = goes_on if use.households_count else "现在没有联系户按这一类走访"
    return f"停用「{item.title}」？{hangs}；停用后登记联系户、记走访时不能再选。以后可以重新启用。"


def _kind(view: RuleRowView) -> RuleItem:
    days = view.values["interval_days"]
    return RuleItem.of(view, view.values["name"], f"{interval_words(days)}走访")


class ColoursState(RulePageState, SessionState):
    """The nine colours and the reasons to visit."""

    allowed: ClassVar = RULE_KEEPERS
    lists: ClassVar = (
        RuleList(
            RuleKind.COLOUR, "九色", COLOUR_FIELDS,
            lambda act: [_colour(view) for view in list_rows(act, COLOURS)],
            what="只有工作人员看得到。哪种颜色代表哪些家庭由街道自己定；标「示例」的是系统自带的，可以改。",
            change=Deed.CHANGE_COLOUR, retire=Deed.CHANGE_COLOUR, ask=_ask_colour,
            from_help=_FROM_HELP,
        ),
        RuleList(
            RuleKind.VISIT_KIND, "走访类别", VISIT_KIND_FIELDS,
            lambda act: [_kind(view) for view in list_rows(act, VISIT_KINDS)],
            what="网格员登记联系户、记走访时选用。间隔是建议，不作考核。",
            change=Deed.CHANGE_VISIT_KIND, add=Deed.ADD_VISIT_KIND,
            retire=Deed.RETIRE_VISIT_KIND, ask=_ask_kind, from_help=_FROM_HELP,
        ),
    )  # fmt: skip


rule_page("/admin/colours", "关爱颜色与走访类别", ColoursState)
