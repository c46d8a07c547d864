"""People, the posts they hold in grids, units (departments) and sign-in sessions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from gridapp.domain.handovers import HandoverEnd
from gridapp.domain.vocabulary import Role
from gridapp.tables.base import UtcMoment, Word

# Rows written without a version begin at 1, in the demo's and an import's bulk inserts too.
_FIRST: dict[str, str] = {"server_default": "1"}


class Unit(SQLModel, table=True):
    """A department or company that handles cases (处置单位)."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    street_id: int = Field(foreign_key="grid.id", index=True)
    phone: str = Field(default="", max_length=32)
    version: int = Field(default=1, sa_column_kwargs=_FIRST)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class UnitGrid(SQLModel, table=True):
    """A grid that a department looks after (部门包联)."""

    __tablename__ = "unit_grid"

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", primary_key=True, index=True)
    made_at: datetime = Field(sa_type=UtcMoment)


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
    disabled_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    made_at: datetime = Field(sa_type=UtcMoment)
    version: int = Field(default=1, sa_column_kwargs=_FIRST)


class Post(SQLModel, table=True):
    """A person in a role in a grid, from a day to a day (both inclusive).

    ``stands_in_for_id`` is the post whose holder is on leave for these days (代班): the deputy's
    own post begins and ends by its days like any other.
    """

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
    stands_in_for_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    version: int = Field(default=1, sa_column_kwargs=_FIRST)


class PostRequest(SQLModel, table=True):
    """A post that waits for the security administrator's word (两人规则)."""

    __tablename__ = "post_request"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    role: Role = Field(sa_type=Word(Role))
    title: str = Field(default="", max_length=40)
    accountable: bool = False
    from_on: date
    to_on: date | None = None
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcMoment)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    words: str = Field(default="", max_length=200)
    post_id: int | None = Field(default=None, foreign_key="post.id")


class PasswordReset(SQLModel, table=True):
    """That somebody's password was reset, or is asked to be (两人规则).

    ``first_half`` is of the one-time password that the asker was shown: nothing without the other
    half, and gone once somebody has decided. Of a plain worker's, nobody decides but who asked.
    """

    __tablename__ = "password_reset"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str = Field(default="", max_length=200)
    first_half: str = Field(default="", max_length=16)
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcMoment)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    words: str = Field(default="", max_length=200)
    is_done: bool = False


class Handover(SQLModel, table=True):
    """A handover that is dated ahead: what its leaver has taken moves on the successor's first day.

    ``done_at`` is set once, by the one job that moves the work or finds that it must not.
    """

    __tablename__ = "handover"

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    new_post_id: int = Field(foreign_key="post.id", index=True)
    first_on: date
    words: str = Field(default="", max_length=200)
    agreed_by_id: int | None = Field(default=None, foreign_key="person.id")
    agreed_at: datetime = Field(sa_type=UtcMoment)
    done_at: datetime | None = Field(default=None, sa_type=UtcMoment, index=True)
    end: HandoverEnd | None = Field(default=None, sa_type=Word(HandoverEnd))
    cases_count: int = 0


class Portrait(SQLModel, table=True):
    """A face on the notice board of whoever has agreed: a picture of about a kilobyte."""

    __tablename__ = "portrait"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    webp: bytes
    at: datetime = Field(sa_type=UtcMoment)


class PortraitConsent(SQLModel, table=True):
    """That a person agreed to be shown: when, how, written down by whom; and that they withdrew."""

    __tablename__ = "portrait_consent"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agreed_on: date
    how: str = Field(default="", max_length=200)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcMoment)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class LoginSession(SQLModel, table=True):
    """A sign-in; the cookie holds the token, the row only its SHA-256."""

    __tablename__ = "login_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=UtcMoment)
    seen_at: datetime = Field(sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    agent: str = Field(default="", max_length=200)


class SignInLock(SQLModel, table=True):
    """Wrong passwords for one thing typed as login, of strangers' devices or of one known one.

    ``key`` is a keyed hash of both. ``person_id`` is empty where nobody has that login: it is
    counted all the same, so that nobody learns which accounts exist. Rows go after a day.
    """

    __tablename__ = "sign_in_lock"

    key: str = Field(primary_key=True, max_length=64)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    failed_count: int
    failed_at: datetime = Field(sa_type=UtcMoment, index=True)
    locked_until: datetime | None = Field(default=None, sa_type=UtcMoment)
