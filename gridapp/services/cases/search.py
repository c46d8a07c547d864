"""Finds cases by what a person typed: words, a place, a name, a number or its end, a phone's end.

Words are those of the report and of what was answered since (``move.append_step``). Finding is
knowing: a reporter is found by name or phone only where the reader may reveal them, and a search
by phone is written down.
"""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
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

from gridapp.domain.codes import CaseNo, case_no, parse_case_no
from gridapp.domain.permissions import may_at_all
from gridapp.domain.searching import Query, query_grams
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date, day_begins_at
from gridapp.services.audit import write_audit
from gridapp.services.case_access import cases_in_reach
from gridapp.services.desk import Act, Actor
from gridapp.tables import Case, Person, Unit

_DAY: Final = timedelta(days=1)
_LAST_SIGN: Final = "\U0010ffff"
# Fewer digits stand at the end of everything; one sign alone would be half a street's surname.
_TAIL_DIGITS: Final = (4, 20)
_NAME_SIGNS: Final = (2, 20)
_ID_DIGITS: Final = 5
_LISTED_MAX_COUNT: Final = 500
_HANDLERS_MAX_COUNT: Final = 50
_APART: Final = str.maketrans("", "", " \u3000-\u2010\u2011\u2012\u2013\u2014")


def is_searchable(asked: str) -> bool:
    """Tell whether anything can be searched for in what was typed."""
    return parse_case_no(asked) is not None or bool(query_grams(asked))


def begins_only(asked: str) -> bool:
    """Tell whether only places and numbers that begin with what was typed are looked for."""
    return bool(query_grams(asked).prefix)


def digits_of(asked: str) -> str:
    """Give what was typed as the end of a number or a phone; nothing when it is no such end."""
    typed = unicodedata.normalize("NFKC", asked[: 2 * _TAIL_DIGITS[1]]).translate(_APART)
    least, most = _TAIL_DIGITS
    is_tail = typed.isascii() and typed.isdigit() and least <= len(typed) <= most
    return typed if is_tail else ""


def may_find_phones(actor: Actor, asked: str) -> bool:
    """Tell whether phones are looked up for what was typed; such a list is read in ``acting``."""
    return bool(digits_of(asked)) and may_at_all(Deed.REVEAL, actor.roles)


def note_phone_search(act: Act, asked: str, found_count: int) -> None:
    """Write down that a phone was looked up; of it no more than its last two digits."""
    write_audit(act, "case.find_phone", f"phone:{digits_of(asked)[-2:]}", count=found_count)


def cases_matching(
    act: Act, asked: str, *, by_row: bool = False, with_phones: bool = False
) -> ColumnElement[bool]:
    """Tell in SQL which cases match; none do when nothing can be searched for.

    Args:
        act: Whose search it is.
        asked: What was typed.
        by_row: Each row that comes along is asked, instead of an index: the same answer, and the
            cheaper way when many match and the first few are wanted.
        with_phones: Phones are looked up too, where the reader may reveal them.
    """
    by_no = parse_case_no(asked)
    query = query_grams(asked)
    if by_no is None and query.prefix:
        return or_(*_beginnings(act, query.prefix))
    if by_no is None and not query.phrases:
        return false()
    it = _numbered(by_no) if by_no else _holding(act, query, by_row=by_row)
    told = [it, col(Case.source_ref) == asked.strip()]
    if digits := digits_of(asked):
        told.append(col(Case.id).in_(_ending(act, digits, with_phones=with_phones)))
    else:
        told += _named(act, " ".join(asked.split()))
    return or_(*told)


def _numbered(no: CaseNo) -> ColumnElement[bool]:
    """Tell in SQL that a case has this number: its id, and the Beijing day of its report."""
    begins_at = day_begins_at(no.reported_on)
    on_its_day = and_(col(Case.reported_at) >= begins_at, col(Case.reported_at) < begins_at + _DAY)
    return and_(col(Case.id) == no.case_id, on_its_day)


def _ending(act: Act, digits: str, *, with_phones: bool) -> list[int]:
    """List the cases whose number ends so, or whose number elsewhere, or whose reporter's phone."""
    last = digits[-_ID_DIGITS:]
    own = col(Case.id) % literal_column(str(10 ** len(last))) == int(last)
    numbered = act.session.execute(
        select(col(Case.id), col(Case.reported_at)).where(own).limit(_LISTED_MAX_COUNT)
    ).all()
    ids = [no for no, at in numbered if case_no(no, beijing_date(at)).endswith(digits)]
    # Only ids are asked for: the index alone tells them, and no row is read.
    ends = [col(Case.source_ref).endswith(digits, autoescape=True)]
    if with_phones:
        may_know = cases_in_reach(act.actor, Deed.REVEAL)
        phoned = select(col(Case.id)).where(
            col(Case.reporter_phone).endswith(digits, autoescape=True)
        )
        ends.append(and_(col(Case.id).in_(phoned), may_know))
    for end in ends:
        ids += act.session.execute(
            select(col(Case.id)).where(end).limit(_LISTED_MAX_COUNT)
        ).scalars()
    return ids


def _named(act: Act, name: str) -> Iterator[ColumnElement[bool]]:
    """Tell in SQL which cases a person or department of this name handles, or has reported."""
    least, most = _NAME_SIGNS
    if not least <= len(name) <= most:
        return
    for key, ids, names in (
        (col(Case.holder_id), col(Person.id), col(Person.name)),
        (col(Case.unit_id), col(Unit.id), col(Unit.name)),
    ):
        meant = select(ids).where(names.contains(name, autoescape=True))
        found = list(act.session.execute(meant.limit(_HANDLERS_MAX_COUNT)).scalars())
        if found:
            yield key.in_(found)
    if may_at_all(Deed.REVEAL, act.actor.roles):
        yield and_(col(Case.reporter_name) == name, cases_in_reach(act.actor, Deed.REVEAL))


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
