"""One person for each role, known by a cookie that says the role's name."""

from typing import Final

from gridapp.domain.vocabulary import Role
from gridapp.services.desk import Actor, HeldPost

NEWCOMER: Final = "newcomer"
LEFT: Final = "left"


def _person(number: int, role: Role) -> Actor:
    post = HeldPost(role, 1, "/1/", "/1/", "/1/")
    return Actor(person_id=number, name=role.value, posts=(post,))


_PEOPLE: Final = {
    role.value: _person(number, role)
    for number, role in enumerate(Role, start=1)
    if role is not Role.RESIDENT
}
_PEOPLE[NEWCOMER] = Actor(
    person_id=99,
    name=NEWCOMER,
    posts=_PEOPLE[Role.DISPATCHER.value].posts,
    must_change_password=True,
)


def identify(cookie: str | None) -> Actor | None:
    return _PEOPLE.get(cookie or "")
