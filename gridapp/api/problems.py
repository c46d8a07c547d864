"""What a refusal looks like on the wire: ``application/problem+json`` (RFC 9457)."""

from typing import Any, Final

from pydantic_core import to_json
from starlette.responses import Response

from gridapp.domain.errors import BusyError, GridappError, StorageFullError, TooManyError

MEDIA_TYPE: Final = "application/problem+json"

_TITLES: Final = {
    400: "请求无法读懂",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种请求方法",
    409: "情况有变",
    411: "需要说明长度",
    413: "内容太大",
    415: "类型不对",
    422: "内容有误",
    423: "已锁定",
    429: "提交太频繁",
    503: "暂时不可用",
}


def problem(status: int, code: str, sentence: str, facts: dict[str, Any] | None = None) -> Response:
    """Make the answer: a stable ``code`` for programs, ``detail`` is the sentence for people.

    Args:
        status: The HTTP status.
        code: The refusal's stable code.
        sentence: In Chinese; it names the mend.
        facts: What a program needs to go on, beside the standard members.
    """
    body = {
        **(facts or {}),
        "type": f"urn:gridapp:problem:{code}",
        "title": _TITLES.get(status, "出了点问题"),
        "status": status,
        "detail": sentence,
        "code": code,
    }
    return Response(to_json(body), status, media_type=MEDIA_TYPE)


def problem_of(error: GridappError) -> Response:
    """Make the answer for one of the house's own refusals."""
    answer = problem(error.status, error.code, error.sentence, error.facts)
    if isinstance(error, TooManyError | StorageFullError | BusyError):
        answer.headers["retry-after"] = str(error.facts.get("retry_after_s", 60))
    return answer
