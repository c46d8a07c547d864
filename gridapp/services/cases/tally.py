"""Counts open cases by status, for the tabs of an inbox."""

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.vocabulary import Status
from gridapp.domain.workflow import OPEN
from gridapp.services.cases.access import cases_within
from gridapp.services.desk import Act
from gridapp.tables import Case


def tally_open(act: Act) -> dict[Status, int]:
    """Count the open cases in reach by status; a status without a case is left out."""
    found = act.session.execute(
        select(col(Case.status), func.count())
        .where(col(Case.status).in_(OPEN), cases_within(act.actor))
        .group_by(col(Case.status))
    )
    return {row[0]: row[1] for row in found}
