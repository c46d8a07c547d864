"""Everything that can go wrong, as HTTP: in this one place."""

import logging
import re
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from gridapp.api.problems import problem, problem_of
from gridapp.domain.errors import FactsError, GridappError
from gridapp.services.fieldwords import field_words

RETRY_AFTER_S: Final = 5

# What PostgreSQL says of a value that it does not take: too long, too large, no moment, no text.
_REFUSED_VALUES: Final = frozenset({"22001", "22003", "22007", "22008", "22021", "22P05"})

_PLACES: Final = frozenset({"body", "query", "path", "header", "cookie"})
_KNOWN: Final = {
    404: ("request.no_such_address", "没有这个地址。"),
    405: ("request.wrong_method", "这个地址不支持这种请求方法。"),
    413: ("request.too_large", "提交的内容太大。"),
}
_WRITES: Final = re.compile(r"\b(?:INSERT|UPDATE)\b")

logger = logging.getLogger(__name__)


def on_refusal(_request: Request, error: Exception) -> Response:
    """Answer one of the house's own refusals."""
    assert isinstance(error, GridappError)
    return problem_of(error)


def on_wrong_fields(_request: Request, error: Exception) -> Response:
    """Answer wrong fields with a Chinese sentence for each."""
    assert isinstance(error, RequestValidationError)
    return problem_of(FactsError(fields=field_words(error.errors(), _PLACES)))


def on_http(_request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: unknown address, wrong method."""
    assert isinstance(error, HTTPException)
    code, sentence = _KNOWN.get(error.status_code, ("request.refused", "请求有误。"))
    answer = problem(error.status_code, code, sentence)
    answer.headers.update(error.headers or {})
    return answer


def on_database_away(_request: Request, error: Exception) -> Response:
    """Answer while the database is locked, restarted or out of reach: come again soon."""
    logger.error("the database does not answer: %s", type(error).__name__)
    answer = problem(503, "database.away", "系统正忙，请稍等几秒再试，内容不会丢失。")
    answer.headers["retry-after"] = str(RETRY_AFTER_S)
    return answer


def on_unstorable(_request: Request, error: Exception) -> Response:
    """Answer a value that the database cannot hold and that no rule before it has refused.

    Only what the database itself refused to take is the sender's: a row that cannot be read back
    is a fault of ours, and whoever asked for it has nothing to mend.

    Raises:
        Exception: It is a fault of ours, for the last net in front.
    """
    assert isinstance(error, DataError)
    refused = getattr(error.orig, "sqlstate", None) in _REFUSED_VALUES
    if not (refused and _WRITES.search(error.statement or "")):
        raise error
    logger.error("a value got through to the database: %s", type(error).__name__)
    return problem_of(FactsError())


def on_anything_else(_request: Request, _error: Exception) -> Response:
    """Answer a fault of ours; its inside is for the log alone (see ``front``)."""
    return problem(500, GridappError.code, GridappError.sentence)


def answer_errors(api: FastAPI) -> None:
    """Put every answer above onto the app."""
    api.add_exception_handler(GridappError, on_refusal)
    api.add_exception_handler(RequestValidationError, on_wrong_fields)
    api.add_exception_handler(HTTPException, on_http)
    for away in (OperationalError, InterfaceError, PoolTimeoutError):
        api.add_exception_handler(away, on_database_away)
    api.add_exception_handler(DataError, on_unstorable)
    api.add_exception_handler(Exception, on_anything_else)
