"""The two-level category table (four roots) and the town's own settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import Root, Urgency
from gridapp.tables.base import UtcMoment, Word


class Category(SQLModel, table=True):
    """One item of the category table; limits are texts such as ``4wh``, ``7wd``, ``24h``."""

    __tablename__ = "category"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=40)
    root: Root = Field(sa_type=Word(Root))
    urgency: Urgency = Field(default=Urgency.ORDINARY, sa_type=Word(Urgency))
    accept_limit: str = Field(default="", max_length=16)
    take_limit: str = Field(default="", max_length=16)
    handle_limit: str = Field(default="", max_length=16)
    whole_limit: str = Field(default="", max_length=16)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    may_settle: bool = True
    is_public: bool = False
    questions: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    is_example: bool = True
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class TownFact(SQLModel, table=True):
    """A named fact of this installation: level names, whether it is a demo."""

    __tablename__ = "town_fact"

    key: str = Field(primary_key=True, max_length=64)
    value: Any = Field(default=None, sa_type=JSON)
