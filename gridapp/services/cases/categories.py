"""Lists the categories that a person may choose from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.labels import ROOT
from gridapp.domain.suggesting import suggest_categories
from gridapp.services.desk import Act
from gridapp.tables import Category


@dataclass(frozen=True)
class CategoryView:
    """A category in a list to choose from; ``root`` is the name of its root.

    Args:
        questions: What helps to know of such a matter, at most three.
    """

    code: str
    name: str
    root: str
    may_settle: bool
    questions: tuple[str, ...] = ()


def list_categories(act: Act, *, to_settle: bool = False) -> tuple[CategoryView, ...]:
    """List the categories in use; ``to_settle`` keeps those that may be settled at once."""
    rows = act.session.execute(
        select(Category)
        .where(col(Category.retired_at).is_(None))
        .order_by(col(Category.position), col(Category.id))
    ).scalars()
    views = [
        CategoryView(row.code, row.name, ROOT[row.root], row.may_settle, tuple(row.questions))
        for row in rows
        if row.may_settle or not to_settle
    ]
    roots = list(ROOT.values())
    return tuple(sorted(views, key=lambda view: roots.index(view.root)))


def suggested(
    text: str, categories: tuple[CategoryView, ...], chosen: str = ""
) -> tuple[CategoryView, ...]:
    """Choose the few that a text points to; what has been chosen already stays among them."""
    known = {view.code: view for view in categories}
    codes = suggest_categories(text, {code: view.name for code, view in known.items()})
    if chosen in known and chosen not in codes:
        codes = (chosen, *codes[:-1])
    return tuple(known[code] for code in codes)
