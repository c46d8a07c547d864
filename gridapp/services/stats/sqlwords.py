"""The few SQL expressions that SQLite and PostgreSQL spell differently."""

from typing import Any

from sqlalchemy import Float, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class beijing_day(FunctionElement[str]):  # noqa: N801 - reads like an SQL function
    """The Beijing day of a moment, as ``2026-06-10``."""

    type = String()
    inherit_cache = True


class hours_between(FunctionElement[float]):  # noqa: N801 - likewise
    """Clock hours from the first moment to the second."""

    type = Float()
    inherit_cache = True


@compiles(beijing_day)
def _day(element: beijing_day, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"to_char({moment} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"


@compiles(beijing_day, "sqlite")
def _day_sqlite(element: beijing_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+8 hours')"


@compiles(hours_between)
def _hours(element: hours_between, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(extract(epoch from ({second} - {first}))::float8 / 3600.0)"


@compiles(hours_between, "sqlite")
def _hours_sqlite(element: hours_between, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"((julianday({second}) - julianday({first})) * 24.0)"
