"""Prints what was ordered; chunks that an earlier attempt has set are used again."""

import re
from typing import Final

from gridapp.domain.workcalendar import beijing_date
from gridapp.jobs.hand import Hand, Made
from gridapp.printing.shop import Ears, print_pdf
from gridapp.services.desk import Act, Desk
from gridapp.services.prints.choose import choose_pages
from gridapp.services.prints.order import SHEET, PrintOrderFacts, place_words
from gridapp.services.prints.record import keep_record

_CHOOSING: Final = "读取名册"
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\s]+')


def print_ordered(desk: Desk, hand: Hand) -> Made:
    """Print what was ordered, in the name of who ordered it, as the town is now."""
    facts = PrintOrderFacts.model_validate(hand.facts)
    hand.tell(_CHOOSING, 0, 0)
    with desk.looking(hand.actor) as act:
        batch = choose_pages(act, desk.settings, facts.wish())
        place = place_words(act, facts)
    out = hand.bench / "out.pdf"
    print_pdf(batch, out, Ears(hand.tell, hand.is_stopped), hand.bench)

    def record(act: Act) -> None:
        keep_record(act, batch, facts.grid)

    on = beijing_date(desk.clock()).isoformat()
    name = _UNSAFE.sub("", f"{SHEET[facts.sheet]}-{place}-{len(batch.pages)}页-{on}.pdf")
    result = {"page_count": len(batch.pages), "mark": batch.mark, "is_trial": facts.is_trial}
    return Made(out, name, "application/pdf", result, None if facts.is_trial else record)
