"""Counts open cases by status, for the tabs of an inbox."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.vocabulary import Status
from gridapp.domain.workflow import OPEN
from gridapp.services.cases.lists import CaseFilter, case_wheres
from gridapp.services.desk import Act
from gridapp.tables import Case

_EVERYTHING = CaseFilter()


def tally_open(act: Act, asked: CaseFilter = _EVERYTHING) -> dict[Status, int]:
    """Count the open cases asked for by status; a status without a case is left out.

    Whatever a list is narrowed to, its tabs count the same; only the status is theirs.
    """
    found = act.session.execute(
        select(col(Case.status), func.count())
        .where(col(Case.status).in_(OPEN), *case_wheres(act, replace(asked, statuses=())))
        .group_by(col(Case.status))
    )
    return {row[0]: row[1] for row in found}
