"""Shows a member of staff who they are here: name, posts, and what to do first."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlmodel import col

from gridapp.domain.errors import SignInNeededError
from gridapp.domain.labels import ROLE
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.tables import Grid, Person, Post, Unit


@dataclass(frozen=True)
class PostView:
    """A post held today."""

    role: str
    role_label: str
    title: str
    grid_code: str
    grid: str
    unit: str
    accountable: bool


@dataclass(frozen=True)
class MeView:
    """Who is signed in; ``must_change_password`` comes before any other work."""

    person: int
    login: str
    name: str
    must_change_password: bool
    posts: tuple[PostView, ...]


def see_me(act: Act) -> MeView:
    """Show the actor to themselves.

    Raises:
        SignInNeededError: Nobody is signed in.
    """
    person_id = act.actor.person_id
    if person_id is None or (person := act.session.get(Person, person_id)) is None:
        raise SignInNeededError
    return MeView(
        person=person_id,
        login=person.login,
        name=person.name,
        must_change_password=person.must_change_password,
        posts=_posts_of(act, person),
    )


def _posts_of(act: Act, person: Person) -> tuple[PostView, ...]:
    today = beijing_date(act.now)
    found = act.session.execute(
        select(Post, col(Grid.code), col(Grid.name), col(Unit.name))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .outerjoin(Unit, col(Unit.id) == col(Post.unit_id))
        .where(
            col(Post.person_id) == person.id,
            col(Post.from_on) <= today,
            or_(col(Post.to_on).is_(None), col(Post.to_on) >= today),
        )
        .order_by(col(Post.id))
    ).all()
    return tuple(
        PostView(
            post.role.value, ROLE[post.role], post.title, code, grid, unit or "", post.accountable
        )
        for post, code, grid, unit in found
    )
