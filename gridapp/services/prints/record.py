"""Tells that a printed file goes up on the walls (打印登记): a deed of who may print."""

from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act, the_desk
from gridapp.services.orders import Facts, Order
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.hanging import record_batch
from gridapp.services.prints.refusals import PrintedOtherwiseError
from gridapp.services.prints.views import Batch, Layout, Sheet
from gridapp.services.verbs import verb


class PrintFacts(Facts):
    """What was printed; ``mark`` is that of the file, so that only what it says is recorded.

    Args:
        layout: How it was set out, which tells what of it is shown.
    """

    sheet: Sheet
    grid: Annotated[str, Field(max_length=32)] = ""
    at: Annotated[str, Field(max_length=64)] = ""
    changed_only: bool = False
    layout: Layout = Layout.STANDARD
    mark: Annotated[str, Field(min_length=32, max_length=32)]


@verb(Deed.PRINT, PrintFacts)
def record_print(act: Act, order: Order, facts: PrintFacts) -> dict[str, Any]:
    """Record that a file was printed and goes up.

    Raises:
        PrintedOtherwiseError: What it says is no longer true.
        NotThereError: The grid or building lies out of reach.
        PublicUrlNeededError: The public address is still this machine's.
    """
    wish = Wish(facts.sheet, facts.grid, facts.at, facts.changed_only, layout=facts.layout)
    batch = choose_pages(act, the_desk().settings, wish)
    if batch.mark != facts.mark:
        raise PrintedOtherwiseError(current={"mark": batch.mark})
    return {"receipt": str(order.uid), "page_count": keep_record(act, batch, facts.grid)}


def keep_record(act: Act, batch: Batch, grid: str) -> int:
    """Record a batch that was just printed, with one row in the audit."""
    count = record_batch(act, batch)
    write_audit(
        act, "print.make", f"grid:{grid}" if grid else "", sheet=batch.sheet.value, page_count=count
    )
    return count
