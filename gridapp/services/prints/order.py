"""Orders a print as long work (打印): what is wished is checked now, and again when it is set."""

from typing import Annotated, Any, Final

from pydantic import Field

from gridapp.domain.codes import display_name
from gridapp.domain.vocabulary import Deed, WorkKind
from gridapp.services.areas.within import building_within
from gridapp.services.desk import Act, the_desk
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand, open_grid
from gridapp.services.prints.address import demand_public_url
from gridapp.services.prints.choose import Wish
from gridapp.services.prints.views import Layout, Paper, Sheet
from gridapp.services.verbs import verb
from gridapp.services.works.ask import Wanted, ask_work, grid_of_reach
from gridapp.services.works.kinds import may_ask_for

SHEET: Final = {
    Sheet.POSTER: "楼栋海报",
    Sheet.STAIRWELL: "楼道贴",
    Sheet.BOARD: "网格公示牌",
    Sheet.CARDS: "网格联系卡",
    Sheet.BADGE: "工作证",
}
LAYOUT: Final = {Layout.STANDARD: "标准版", Layout.ELDER: "大字版"}
_PAPERED: Final = frozenset({Sheet.POSTER, Sheet.BOARD})
_ALL: Final = "全部"
_CHANGED: Final = "只印有变化的"
_TRIAL: Final = "试印"


class PrintOrderFacts(Facts):
    """What is to be printed; of a trial nobody writes down that it hangs."""

    sheet: Sheet
    grid: Annotated[str, Field(max_length=32)] = ""
    at: Annotated[str, Field(max_length=64)] = ""
    changed_only: bool = False
    paper: Paper = Paper.A4
    layout: Layout = Layout.STANDARD
    is_trial: bool = False

    def wish(self) -> Wish:
        """Give it as what ``choose_pages`` asks for."""
        return Wish(self.sheet, self.grid, self.at, self.changed_only, self.paper, self.layout)


@verb(Deed.ORDER_PRINT, PrintOrderFacts)
def order_print(act: Act, order: Order, facts: PrintOrderFacts) -> dict[str, Any]:
    """Ask for a print of whatever size.

    Raises:
        NotAllowedError: No role of the actor may print.
        NotThereError: The grid or building is unknown or out of reach.
        PublicUrlNeededError: The public address is still this machine's.
        TooManyWorksError: Several of the asker's are not done yet.
    """
    demand_public_url(act, the_desk().settings)
    grid_id, place = _place(act, facts)
    words = [SHEET[facts.sheet], place]
    if facts.sheet in _PAPERED:
        words.append(facts.paper.value.upper())
    words.append(LAYOUT[facts.layout])
    words += [_CHANGED] if facts.changed_only else []
    words += [_TRIAL] if facts.is_trial else []
    wanted = Wanted(WorkKind.PRINT, " · ".join(words), facts.model_dump(mode="json"), grid_id)
    return ask_work(act, order.uid, wanted)


@may_ask_for(WorkKind.PRINT)
def may_print(act: Act, facts: dict[str, Any]) -> None:
    """Let pass who may still print what was ordered.

    Raises:
        NotAllowedError: No role of the actor may print any more.
        NotThereError: The grid or building lies out of reach by now.
    """
    _place(act, PrintOrderFacts.model_validate(facts))


def place_words(act: Act, facts: PrintOrderFacts) -> str:
    """Name where it is for, as a file's name says it.

    Raises:
        NotAllowedError: No role of the actor may print any more.
        NotThereError: The grid or building lies out of reach by now.
    """
    return _place(act, facts)[1]


def _place(act: Act, facts: PrintOrderFacts) -> tuple[int | None, str]:
    demand(act, Deed.ORDER_PRINT)
    if facts.at:
        spot, building = building_within(act, facts.at, Deed.ORDER_PRINT)
        return spot.grid_id, building.name
    if facts.grid:
        grid = open_grid(act, facts.grid, Deed.ORDER_PRINT)
        return grid.id, display_name(grid.name)
    return grid_of_reach(act, Deed.ORDER_PRINT), _ALL
