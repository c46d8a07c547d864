"""The deeds of the administrator on people: add, change, disable, let back (人员)."""

from typing import Annotated, Any, Final

from pydantic import Field

from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.persons import (
    NewPerson,
    add_person,
    change_person,
    disable_person,
    enable_person,
    open_person,
)
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.verbs import verb
from gridapp.tables import Person

WHY_MAX_CHARACTERS: Final = 200

Typed = Annotated[str, Field(max_length=64)]
Why = Annotated[str, Field(max_length=WHY_MAX_CHARACTERS)]
NeededWhy = Annotated[str, Field(min_length=2, max_length=WHY_MAX_CHARACTERS)]


class ChangePersonFacts(Facts):
    """How a person is called and reached."""

    name: Typed
    phone: Typed = ""
    duty_phone: Typed = ""


class AddPersonFacts(ChangePersonFacts):
    """A person to be added, with what they sign in with."""

    login: Typed


class DisableFacts(Facts):
    """Why somebody is disabled."""

    words: NeededWhy


class EnableFacts(Facts):
    """Why somebody is let back."""

    words: Why = ""


@verb(Deed.ADD_PERSON, AddPersonFacts)
def add(act: Act, order: Order, facts: AddPersonFacts) -> dict[str, Any]:
    """Add a person, who has no post and no password yet.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: A field is wrong, or login or phone are somebody else's.
    """
    demand(act, Deed.ADD_PERSON)
    new = NewPerson(facts.login, facts.name, facts.phone, facts.duty_phone)
    return _reply(order, add_person(act, new), 1)


@verb(Deed.CHANGE_PERSON, ChangePersonFacts)
def change(act: Act, order: Order, facts: ChangePersonFacts) -> dict[str, Any]:
    """Change a person's name and phones.

    Raises:
        NotThereError: No such person.
        ConflictError: Somebody has changed the person meanwhile.
        FactsError: A field is wrong, or the phone is somebody else's.
    """
    demand(act, Deed.CHANGE_PERSON)
    person = _open(act, order)
    change_person(act, person, facts.name, facts.phone, facts.duty_phone)
    return _reply(order, id_of(order.subject), person.version)


@verb(Deed.DISABLE_PERSON, DisableFacts)
def disable(act: Act, order: Order, facts: DisableFacts) -> dict[str, Any]:
    """Disable a person for a reason; never deleted.

    Raises:
        NotAllowedError: Oneself, or the only security administrator.
        ConflictError: Somebody has changed or disabled the person meanwhile.
    """
    demand(act, Deed.DISABLE_PERSON)
    person = _open(act, order)
    if person.disabled_at is not None:
        raise ConflictError("这个账号已经停用。", current={"version": person.version})
    disable_person(act, id_of(order.subject), facts.words.strip())
    return _reply(order, id_of(order.subject), person.version)


@verb(Deed.ENABLE_PERSON, EnableFacts)
def enable(act: Act, order: Order, facts: EnableFacts) -> dict[str, Any]:
    """Let a disabled person back, without posts and password.

    Raises:
        ConflictError: The person is not disabled, or was changed meanwhile.
        FactsError: The phone has become somebody else's.
    """
    demand(act, Deed.ENABLE_PERSON)
    person = _open(act, order)
    if person.disabled_at is None:
        raise ConflictError("这个账号没有停用。", current={"version": person.version})
    enable_person(act, id_of(order.subject), facts.words.strip())
    return _reply(order, id_of(order.subject), person.version)


def _open(act: Act, order: Order) -> Person:
    person = open_person(act, id_of(order.subject))
    demand_version(order, person.version, name=person.name)
    return person


def _reply(order: Order, person_id: int, version: int) -> dict[str, Any]:
    return {"receipt": str(order.uid), "person": person_id, "version": version}
