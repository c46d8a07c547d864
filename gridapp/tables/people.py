"""People, the posts they hold in grids, units (departments) and sign-in sessions."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import Role
from gridapp.tables.base import UtcMoment, Word


class Unit(SQLModel, table=True):
    """A department or company that handles cases (处置单位)."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    street_id: int = Field(foreign_key="grid.id", index=True)
    phone: str = Field(default="", max_length=32)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Person(SQLModel, table=True):
    """A member of staff or a volunteer. Residents have no account."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=64)
    phone: str = Field(default="", max_length=32, index=True)
    duty_phone: str = Field(default="", max_length=32)
    password_hash: str = Field(default="", max_length=255)
    must_change_password: bool = True
    failed_count: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcMoment)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    made_at: datetime = Field(sa_type=UtcMoment)


class Post(SQLModel, table=True):
    """A person in a role in a grid, from a day to a day (both inclusive)."""

    __tablename__ = "post"
    __table_args__ = (
        # One accountable person per grid and role at a time.
        Index(
            "uq_post_accountable",
            "grid_id",
            "role",
            unique=True,
            sqlite_where=text("accountable = 1 AND to_on IS NULL"),
            postgresql_where=text("accountable AND to_on IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    role: Role = Field(sa_type=Word(Role))
    title: str = Field(default="", max_length=40)
    accountable: bool = False
    from_on: date
    to_on: date | None = None


class Portrait(SQLModel, table=True):
    """A face on the notice board of whoever has agreed: a picture of about a kilobyte."""

    __tablename__ = "portrait"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    webp: bytes
    at: datetime = Field(sa_type=UtcMoment)


class LoginSession(SQLModel, table=True):
    """A sign-in; the cookie holds the token, the row only its SHA-256."""

    __tablename__ = "login_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=UtcMoment)
    seen_at: datetime = Field(sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    agent: str = Field(default="", max_length=200)
