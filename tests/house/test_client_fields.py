"""Every field that a client fills is bounded: what nobody bounds, some database cannot keep."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import gridapp.services
from gridapp.api.app import api_app
from gridapp.api.deeds import DeedBody
from gridapp.api.session import PasswordBody, SignInBody
from gridapp.services.orders import Facts
from gridapp.services.times import Day, DeviceMoment, Moment

TIMES = {
    datetime: [get_args(kind)[-1] for kind in (Moment, DeviceMoment)],
    date: [get_args(Day)[-1]],
}
BOUNDS = {int: ("ge", "le"), float: ("ge", "le"), str: ("max_length",)}


def models() -> Iterator[type[BaseModel]]:
    """Every model that a client fills."""
    for found in pkgutil.walk_packages(gridapp.services.__path__, "gridapp.services."):
        importlib.import_module(found.name)
    yield from (DeedBody, SignInBody, PasswordBody)
    yield from below(Facts)


def below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        yield child
        yield from below(child)


def leaves(kind: Any, marks: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Give each plain type that a field is made of, with the marks that stand on it."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        yield from leaves(inner, (*marks, *more))
    elif origin in {Union, UnionType}:
        for part in get_args(kind):
            yield from leaves(part, marks)
    elif origin is not None:
        for part in get_args(kind):
            yield from leaves(part)
    else:
        yield kind, marks


def parts(marks: tuple[Any, ...]) -> Iterator[Any]:
    """Give marks and what a ``Field`` holds of them."""
    for mark in marks:
        yield mark
        yield from mark.metadata if isinstance(mark, FieldInfo) else ()


def is_bounded(kind: Any, marks: tuple[Any, ...]) -> bool:
    told = list(parts(marks))
    if kind in TIMES:
        return any(mark in TIMES[kind] for mark in told)
    if kind is str and any(getattr(mark, "pattern", None) for mark in told):
        return True
    return all(any(getattr(m, name, None) is not None for m in told) for name in BOUNDS[kind])


def unbounded(model: type[BaseModel]) -> list[str]:
    return [
        name
        for name, field in model.model_fields.items()
        for kind, marks in leaves(field.annotation, tuple(field.metadata))
        if (model, name) != (DeedBody, "facts")  # bounded by the body, and by each deed's own facts
        if (kind in TIMES or kind in BOUNDS) and not is_bounded(kind, marks)
    ]


def test_no_field_that_a_client_fills_is_without_bounds() -> None:
    wrong = {model.__name__: unbounded(model) for model in models() if unbounded(model)}
    assert wrong == {}


@pytest.mark.parametrize("kind", [datetime, date, int, float, str, list[date], datetime | None])
def test_a_bare_field_is_seen(kind: Any) -> None:
    planted = type("Planted", (BaseModel,), {"__annotations__": {"at": kind}})
    assert unbounded(planted) == ["at"]


@pytest.mark.parametrize("kind", [Moment, DeviceMoment | None, Day, tuple[Day, ...], NoneType])
def test_a_bounded_field_passes(kind: Any) -> None:
    planted = type("Planted", (BaseModel,), {"__annotations__": {"at": kind}})
    assert unbounded(planted) == []


def test_no_moment_or_day_in_an_address_is_without_bounds() -> None:
    asked = [
        (str(route), one.name)
        for route in api_app().api.routes
        if hasattr(route, "dependant")
        for one in (*route.dependant.query_params, *route.dependant.path_params)
        for kind, marks in leaves(
            one.field_info.annotation, (*one.field_info.metadata, one.field_info)
        )
        if kind in TIMES and not is_bounded(kind, marks)
    ]
    assert asked == []
