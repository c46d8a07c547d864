"""Takes a person on in one go: the person, the first post and the one-time password."""

from dataclasses import dataclass
from datetime import date

from argon2 import PasswordHasher
from sqlmodel import col, select

from gridapp.domain.areas import NAME_MAX_CHARACTERS
from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.passwords import HASHER
from gridapp.services.people.persons import NewPerson, add_person
from gridapp.services.people.posts import NewPost, give_post
from gridapp.services.people.resets import reset_password
from gridapp.tables import Grid, GridChange, Person, Unit


@dataclass(frozen=True)
class Place:
    """Where and as what a person begins, told by codes.

    Args:
        grid_code: The grid; empty for the one at the top of the tree.
        grid_name: What the street or district is called, where the town is still empty.
        unit_code: The department of a unit officer, else empty.
        from_on: The first day; today when left out.
    """

    role: Role
    grid_code: str = ""
    grid_name: str = ""
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
    if place.grid_name:
        _found_top(act, place.grid_code, place.grid_name)
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
    return Engaged(person_id, reset_password(act, person_id, "新增人员", hasher))


def _found_top(act: Act, code: str, name: str) -> None:
    """Begin an empty town with its street or district: whoever sets it up needs a post somewhere.

    Raises:
        FactsError: There are grids already, or the code is neither a street's nor a district's.
    """
    level = {6: GridLevel.DISTRICT, 9: GridLevel.STREET}.get(len(code))
    if level is None or not (code.isascii() and code.isdigit()):
        raise FactsError(fields={"grid": "街道编码是9位数字，区的编码是6位数字。"})
    if act.session.exec(select(Grid.id).limit(1)).first() is not None:
        raise FactsError(fields={"grid_name": "已经有网格了，只写网格编码就可以。"})
    if not 0 < len(name.strip()) <= NAME_MAX_CHARACTERS:
        raise FactsError(fields={"grid_name": f"名称要写，最多{NAME_MAX_CHARACTERS}个字。"})
    top = Grid(code=code, name=name.strip(), level=level)
    act.session.add(top)
    act.session.flush()
    assert top.id is not None
    top.path = f"/{top.id}/"
    after = {"code": code, "name": top.name, "level": level.value}
    act.session.add(GridChange(grid_id=top.id, at=act.now, change="add", after=after))
    act.session.flush()


def _grid_id(act: Act, code: str) -> int:
    grids = select(Grid.id).where(col(Grid.retired_at).is_(None))
    if code:
        found = act.session.exec(grids.where(Grid.code == code)).all()
        wrong = f"没有编码为{code}的网格。"
    else:
        found = act.session.exec(grids.where(col(Grid.parent_id).is_(None))).all()
        wrong = "请写明网格编码；还没有网格时，同时写明街道的编码和名称。"
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
