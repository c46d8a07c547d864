"""Takes a person on in one go: the person, the first post and the one-time password."""

from dataclasses import dataclass
from datetime import date

from argon2 import PasswordHasher
from sqlmodel import col, select

from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.change_password import reset_password
from gridapp.services.people.passwords import HASHER
from gridapp.services.people.persons import NewPerson, add_person
from gridapp.services.people.posts import NewPost, give_post
from gridapp.tables import Grid, Person, Unit


@dataclass(frozen=True)
class Place:
    """Where and as what a person begins, told by codes.

    Args:
        grid_code: The grid; empty for the one at the top of the tree.
        unit_code: The department of a unit officer, else empty.
        from_on: The first day; today when left out.
    """

    role: Role
    grid_code: str = ""
    unit_code: str = ""
    title: str = ""
    accountable: bool = False
    from_on: date | None = None


@dataclass(frozen=True)
class Engaged:
    """The new person and the one-time password, which is shown this once only."""

    person_id: int
    password: str


def engage_person(
    act: Act, new: NewPerson, place: Place, hasher: PasswordHasher = HASHER
) -> Engaged:
    """Add a person, give the post and the first password; for the operator at the shell.

    Raises:
        NotAllowedError: The actor is not administrator and security administrator both, which
            only the system is.
        FactsError: A field is wrong, or a code is unknown.
        SignInNeededError: Nobody is signed in.
    """
    person_id = add_person(act, new)
    post = NewPost(
        person_id=person_id,
        grid_id=_grid_id(act, place.grid_code),
        role=place.role,
        from_on=place.from_on or beijing_date(act.now),
        title=place.title,
        accountable=place.accountable,
        unit_id=_unit_id(act, place.unit_code) if place.unit_code else None,
    )
    give_post(act, post)
    return Engaged(person_id, reset_password(act, person_id, hasher))


def _grid_id(act: Act, code: str) -> int:
    grids = select(Grid.id).where(col(Grid.retired_at).is_(None))
    if code:
        found = act.session.exec(grids.where(Grid.code == code)).all()
        wrong = f"没有编码为{code}的网格。"
    else:
        found = act.session.exec(grids.where(col(Grid.parent_id).is_(None))).all()
        wrong = "请写明网格编码；还没有网格时，请先导入网格。"
    if len(found) != 1 or found[0] is None:
        raise FactsError(fields={"grid": wrong})
    return found[0]


def _unit_id(act: Act, code: str) -> int:
    found = act.session.exec(select(Unit.id).where(Unit.code == code)).first()
    if found is None:
        raise FactsError(fields={"unit": f"没有编码为{code}的部门。"})
    return found


def person_id_of(act: Act, login: str) -> int:
    """Find a person by login, disabled or not.

    Raises:
        NotThereError: Nobody has this login.
    """
    found = act.session.exec(select(Person.id).where(Person.login == login.strip().lower())).first()
    if found is None:
        raise NotThereError(f"没有账号为{login}的人员。")
    return found
