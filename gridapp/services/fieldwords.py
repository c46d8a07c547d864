"""Says in Chinese what is wrong with each field that a program or a person filled in."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

_NAME_MAX_CHARACTERS: Final = 64

# pydantic's kind of fault -> what a person reads. A kind that is not here reads 内容不对.
_WORDS: Final = {
    "missing": "必填",
    "extra_forbidden": "没有这一项",
    "string_too_long": "最多 {max_length} 个字",
    "string_too_short": "不能为空",
    "text_too_short": "至少 {least} 个字",
    "string_pattern_mismatch": "格式不对",
    "string_type": "应为文字",
    "bool_type": "应为是或否",
    "bool_parsing": "应为是或否",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字太大",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为数字",
    "less_than_equal": "不能大于 {le}",
    "greater_than_equal": "不能小于 {ge}",
    "enum": "不是可选的值",
    "literal_error": "不是可选的值",
    "too_long": "最多 {max_length} 项",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "uuid_type": "编号格式不对",
    "uuid_parsing": "编号格式不对",
    "uuid_version": "编号格式不对",
    "datetime_type": "时间格式不对",
    "datetime_parsing": "时间格式不对",
    "datetime_from_date_parsing": "时间格式不对",
    "datetime_object_invalid": "时间格式不对",
    "timezone_aware": "时间要带时区",
    "moment_out_of_bounds": "时间应在 2000 年到 2099 年之间",
    "date_type": "日期格式不对",
    "date_parsing": "日期格式不对",
    "date_from_datetime_parsing": "日期格式不对",
    "date_from_datetime_inexact": "日期格式不对",
    "day_out_of_bounds": "日期应在 1950 年到 2099 年之间",
}


def field_words(
    errors: Iterable[Mapping[str, Any]], without: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Give one Chinese sentence for each wrong field.

    Args:
        errors: As pydantic lists them.
        without: First parts of a place that are no field of the sender's (``body``, ``query``).
    """
    return {_name(error["loc"], without): _sentence(error) for error in errors}


def _name(place: Iterable[Any], without: frozenset[str]) -> str:
    parts = [str(part) for part in place]
    if parts and parts[0] in without:
        parts = parts[1:]
    return ".".join(parts)[:_NAME_MAX_CHARACTERS] or "facts"


def _sentence(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"], "内容不对")
    return words.format_map(error.get("ctx") or {})
