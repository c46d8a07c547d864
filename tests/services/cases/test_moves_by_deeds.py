"""Every cell of MOVES, done for real: what the table allows works, everything else is refused."""

import pytest

from gridapp.domain.errors import GridappError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.domain.workflow import MOVES, status_after
from gridapp.services.case_access import open_case
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import FIRST, TOLD, a_case, do, doer, report

# They need something set aside before; ``test_aside`` does their cells.
OF_THE_HEAP = {Deed.LET_IN, Deed.UNDO_SORT}
EVERY_CELL = [(d, status) for d in MOVES if d not in OF_THE_HEAP for status in Status]


@pytest.mark.parametrize(("deed", "status"), EVERY_CELL)
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_deed_moves_a_case_exactly_as_the_table_says(
    desk: Desk, cast: Cast, deed: Deed, status: Status
) -> None:
    case = a_case(desk, cast, status)
    if deed in FIRST:
        do(desk, cast.actor("wang"), FIRST[deed], case.no, **TOLD[FIRST[deed]])
    told = TOLD.get(deed, {"into": report(desk, cast).no})
    actor = doer(cast, deed, case.track)
    after = status_after(deed, status, paused_from=Status.TAKEN)
    if after is None:
        with pytest.raises(GridappError) as refused:
            do(desk, actor, deed, case.no, **told)
        assert refused.value.code in {"deed.conflict", "not_allowed", "not_there"}
        after = status
    else:
        do(desk, actor, deed, case.no, **told)
    with desk.looking(cast.actor("wang")) as act:
        assert open_case(act, case.no).row.status is after
