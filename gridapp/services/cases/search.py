"""Finds cases by what a person typed: words, a place, or a case number."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.searching import Query, query_grams
from gridapp.services.desk import Act
from gridapp.tables import Case

_LAST_SIGN: Final = "\U0010ffff"


def is_searchable(asked: str) -> bool:
    """Tell whether anything can be searched for in what was typed."""
    return parse_case_no(asked) is not None or bool(query_grams(asked))


def begins_only(asked: str) -> bool:
    """Tell whether only places and numbers that begin with what was typed are looked for."""
    return bool(query_grams(asked).prefix)


def cases_matching(act: Act, asked: str, *, by_row: bool = False) -> ColumnElement[bool]:
    """Tell in SQL which cases match; none do when nothing can be searched for.

    Args:
        act: Whose search it is.
        asked: What was typed.
        by_row: Each row that comes along is asked, instead of an index: the same answer, and the
            cheaper way when many match and the first few are wanted.
    """
    by_no = parse_case_no(asked)
    if by_no is not None:
        return or_(col(Case.id) == by_no.case_id, col(Case.source_ref) == asked.strip())
    query = query_grams(asked)
    if query.prefix:
        return or_(*_beginnings(act, query.prefix))
    if not query.phrases:
        return false()
    return or_(col(Case.source_ref) == asked.strip(), _holding(act, query, by_row=by_row))


def _holding(act: Act, query: Query, *, by_row: bool) -> ColumnElement[bool]:
    """Tell in SQL which cases hold all phrases of a query."""
    if act.session.get_bind().dialect.name == "sqlite":
        found = (
            select(literal_column("rowid", Integer))
            .select_from(text("case_search"))
            .where(text("case_search MATCH :asked").bindparams(asked=query.for_fts5()))
        )
        return col(Case.id).in_(found)
    if by_row:
        between_spaces = literal(" ") + col(Case.grams) + " "
        return and_(*(between_spaces.like(pattern) for pattern in query.for_like()))
    vector = func.to_tsvector(literal_column("'simple'"), col(Case.grams))
    return vector.op("@@")(func.to_tsquery(literal_column("'simple'"), query.for_tsquery()))


def _beginnings(act: Act, sign: str) -> Iterator[ColumnElement[bool]]:
    """Tell in SQL which places and foreign numbers begin with a sign, be it large or small."""
    is_sqlite = act.session.get_bind().dialect.name == "sqlite"
    for column in (col(Case.place), col(Case.source_ref)):
        for written in sorted({sign, sign.upper()}):
            # SQLite's LIKE is deaf to an index that tells large from small, and PostgreSQL's to
            # one in a language's order.
            by_code = column if is_sqlite else column.collate("C")
            yield and_(by_code >= written, by_code < written + _LAST_SIGN)
