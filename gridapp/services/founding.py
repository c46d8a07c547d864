"""What every town starts with: the work calendar, and examples of what it may change."""

from sqlalchemy import func, select

from gridapp.domain.categories import EXAMPLE_CATEGORIES
from gridapp.services.areas.lines import copy_lines
from gridapp.services.calendar.town import copy_new_years
from gridapp.services.desk import Act
from gridapp.services.register.risks import copy_risks
from gridapp.services.rulebook.colours import copy_colours
from gridapp.services.visits.kinds import copy_kinds
from gridapp.tables import Category


def found_town(act: Act) -> None:
    """Give a town the calendar years it lacks, and the examples of the rest when it has none."""
    copy_new_years(act)
    if not act.session.execute(select(func.count()).select_from(Category)).scalar_one():
        copy_categories(act)
    copy_kinds(act)
    copy_lines(act)
    copy_colours(act)
    copy_risks(act)


def copy_categories(act: Act) -> None:
    """Copy the example categories into a town that has none, all marked as examples."""
    act.session.add_all(
        Category(
            code=example.code,
            name=example.name,
            root=example.root,
            urgency=example.urgency,
            whole_limit=example.whole,
            may_settle=example.may_settle,
            is_public=example.is_public,
            questions=list(example.questions),
            position=position,
        )
        for position, example in enumerate(EXAMPLE_CATEGORIES)
    )
    act.session.flush()
