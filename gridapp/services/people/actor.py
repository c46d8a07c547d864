"""Makes the Actor that the permissions are asked about: a person with the posts of that day."""

from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, or_, select

from gridapp.domain.vocabulary import GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Actor, HeldPost
from gridapp.tables.areas import Grid
from gridapp.tables.people import Person, Post


def _everywhere(role: Role) -> HeldPost:
    return HeldPost(role, grid_id=0, grid_path="/", community_path="/", street_path="/")


# The operator at the shell, and what happens by itself. It is no person, so the rule that keeps
# administrator and security administrator apart does not bind it; it cannot sign in.
SYSTEM: Final = Actor(
    name="系统",
    posts=(_everywhere(Role.ADMINISTRATOR), _everywhere(Role.SECURITY_ADMINISTRATOR)),
)


def actor_of(session: Session, person_id: int, now: datetime) -> Actor | None:
    """Give the person as an actor with the posts held on this Beijing day.

    None when there is no such person or the person is disabled. While the first password is not
    yet changed the actor holds no post, so that no deed is open to it. Two queries whatever the
    number of posts: the posts with their grids, and the levels of all the grids above them.
    """
    person = session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        return None
    if person.must_change_password:
        return Actor(person_id, person.name, must_change_password=True)
    held = _posts_on(session, person_id, beijing_date(now))
    levels = _levels_above(session, [path for _, path in held])
    return Actor(
        person_id=person_id,
        name=person.name,
        posts=tuple(_held_post(post, path, levels) for post, path in held),
    )


def _posts_on(session: Session, person_id: int, day: date) -> list[tuple[Post, str]]:
    held = session.exec(
        select(Post, Grid.path)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(Post.person_id == person_id, Post.from_on <= day)
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) >= day))
        .order_by(col(Post.id))
    )
    return [(post, path) for post, path in held]


def _levels_above(session: Session, paths: list[str]) -> dict[int, GridLevel]:
    ids = {int(part) for path in paths for part in path.split("/") if part}
    if not ids:
        return {}
    found = session.exec(select(col(Grid.id), col(Grid.level)).where(col(Grid.id).in_(ids)))
    return {grid_id: level for grid_id, level in found if grid_id is not None}


def _held_post(post: Post, path: str, levels: dict[int, GridLevel]) -> HeldPost:
    return HeldPost(
        role=post.role,
        grid_id=post.grid_id,
        grid_path=path,
        community_path=cut_at(path, GridLevel.COMMUNITY, levels),
        street_path=cut_at(path, GridLevel.STREET, levels),
        unit_id=post.unit_id,
    )


def cut_at(path: str, level: GridLevel, levels: dict[int, GridLevel]) -> str:
    """Cut a grid's path at its ancestor of a level; the whole path when it has none.

    A grid that stands higher than the level keeps its own path, which is wider; one without such
    an ancestor (a dedicated grid right under a street has no community) keeps its own, narrower.
    """
    parts = [part for part in path.split("/") if part]
    for place, part in enumerate(parts, start=1):
        if levels.get(int(part)) == level:
            return "/" + "/".join(parts[:place]) + "/"
    return path
