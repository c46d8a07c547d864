"""The people on a grid's poster and notice board: who answers for it, with the duty phone."""

from dataclasses import dataclass

from sqlmodel import and_, col, or_, select

from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.portraits import data_address
from gridapp.tables import Grid, Person, Portrait, Post

_UP_TO_COMMUNITY = (GridLevel.COMMUNITY, GridLevel.GRID, GridLevel.MICRO)


@dataclass(frozen=True)
class ContactView:
    """One person as on a notice board; the name in full, as staff are shown to residents.

    Args:
        title: The post's own title, or the role's name.
        duty_phone: The phone of the post; the person's own one is never given.
        grid_name: The grid, micro-grid or community for which they answer.
        portrait: The face, as an address that holds the picture itself; empty without one.
    """

    name: str
    title: str
    duty_phone: str
    grid_name: str
    portrait: str = ""


def public_contacts(act: Act, grid_id: int) -> tuple[ContactView, ...]:
    """List who answers for a grid today, nearest first: accountable workers and grid heads.

    Looks at the grid and those above it up to the community. Anybody may ask.

    Raises:
        NotThereError: No such grid.
    """
    path = act.session.exec(select(Grid.path).where(Grid.id == grid_id)).one_or_none()
    if path is None:
        raise NotThereError
    on = beijing_date(act.now)
    above = [int(part) for part in path.split("/") if part]
    rows = act.session.exec(
        select(Person, Post, Grid.name, Portrait.webp)
        .join(Post, col(Post.person_id) == Person.id)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .outerjoin(Portrait, col(Portrait.person_id) == Person.id)
        .where(col(Grid.id).in_(above), col(Grid.level).in_(_UP_TO_COMMUNITY))
        .where(
            or_(
                and_(Post.role == Role.GRID_WORKER, col(Post.accountable)),
                Post.role == Role.GRID_HEAD,
            )
        )
        .where(Post.from_on <= on, or_(col(Post.to_on).is_(None), col(Post.to_on) >= on))
        .where(col(Person.disabled_at).is_(None))
    ).all()

    def nearness(row: tuple[Person, Post, str, bytes | None]) -> tuple[int, bool, bool, int]:
        post = row[1]
        depth = above.index(post.grid_id)
        return -depth, post.role is not Role.GRID_WORKER, not post.accountable, post.id or 0

    # A person who answers on two levels is shown once, on the nearer.
    shown: dict[int | None, ContactView] = {}
    for person, post, grid_name, face in sorted(rows, key=nearness):
        title = post.title or ROLE[post.role]
        view = ContactView(person.name, title, person.duty_phone, grid_name, data_address(face))
        shown.setdefault(person.id, view)
    return tuple(shown.values())
