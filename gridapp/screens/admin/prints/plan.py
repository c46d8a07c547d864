"""What would be printed: how many pages, and what stands in the way or should be known before."""

from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from gridapp.printing.preflight import Concern, look_over
from gridapp.services.desk import Act, the_desk
from gridapp.services.prints.address import is_own_address
from gridapp.services.prints.choose import Wish, choose_pages, count_without_code
from gridapp.services.prints.refusals import PublicUrlNeededError
from gridapp.services.prints.views import Layout, Paper, Sheet

_NO_ADDRESS: Final = (
    "还没有设置对外网址，印出来的码别人打不开。请系统管理员设置GRID_PUBLIC_URL后再打印。"
)
_OWN_ADDRESS: Final = "这是演示，二维码指向本机地址，只能在这台电脑上打开，不要张贴。"
_PLAIN_ADDRESS: Final = "对外网址没有用https，微信扫码时可能提示不安全。"
_NOTHING: Final = "这个范围里没有可以打印的楼栋、网格或公示人员。"
_NOTHING_CHANGED: Final = "都已印过，内容没有变化，不用再印。"


@dataclass(frozen=True)
class Chosen:
    """What is chosen on the page; ``place`` is what a person reads for ``grid`` or ``at``."""

    sheet: str = Sheet.POSTER.value
    layout: str = Layout.STANDARD.value
    paper: str = Paper.A4.value
    grid: str = ""
    at: str = ""
    place: str = ""
    changed_only: bool = False
    is_trial: bool = False

    def wish(self) -> Wish:
        """Give it as what ``choose_pages`` asks for."""
        return Wish(
            Sheet(self.sheet), self.grid, self.at, self.changed_only, Paper(self.paper),
            Layout(self.layout),
        )  # fmt: skip

    def facts(self) -> dict[str, str | bool]:
        """Give it as the facts of an order."""
        return {
            "sheet": self.sheet, "grid": self.grid, "at": self.at, "paper": self.paper,
            "layout": self.layout, "changed_only": self.changed_only, "is_trial": self.is_trial,
        }  # fmt: skip

    def picture(self, page: int, mark: str) -> str:
        """Give the address of a page's picture; another content has another address."""
        told = {
            "sheet": self.sheet, "grid": self.grid, "at": self.at, "paper": self.paper,
            "layout": self.layout, "changed": "true" if self.changed_only else "false",
            "page": str(page),
        }  # fmt: skip
        return f"/api/v1/print/poster.png?{urlencode(told)}#{mark[:8]}"


@dataclass(frozen=True)
class ConcernRow:
    """A concern as the page shows it."""

    words: str
    stops: bool


@dataclass(frozen=True)
class Plan:
    """A batch that would be printed."""

    page_count: int = 0
    concerns: list[ConcernRow] = field(default_factory=list)
    is_printable: bool = False
    mark: str = ""


def plan_print(act: Act, chosen: Chosen) -> Plan:
    """Look what would be printed.

    Raises:
        NotAllowedError: No role of the actor may print.
        NotThereError: The grid or building is unknown or out of reach.
    """
    settings, wish = the_desk().settings, chosen.wish()
    try:
        batch = choose_pages(act, settings, wish)
    except PublicUrlNeededError:
        return Plan(concerns=[ConcernRow(_NO_ADDRESS, stops=True)])
    concerns = list(look_over(batch))
    if not batch.pages:
        concerns = [Concern(_NOTHING_CHANGED if wish.changed_only else _NOTHING, stops=True)]
    if is_own_address(settings):
        concerns.append(Concern(_OWN_ADDRESS))
    elif not settings.is_https:
        concerns.append(Concern(_PLAIN_ADDRESS))
    without = count_without_code(act, replace(wish, changed_only=False))
    if without:
        concerns.append(Concern(f"还有 {without} 栋楼没有楼栋码，不会打印，请先补发楼栋码。"))
    return Plan(
        len(batch.pages),
        [ConcernRow(one.words, one.stops) for one in concerns],
        not any(one.stops for one in concerns),
        batch.mark,
    )
