"""What the security administrator does with accounts: lifts a lock, ends sessions (账号安全)."""

from typing import Any

from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.locks import lift_locks, locked_until
from gridapp.services.people.persons import open_person
from gridapp.services.people.register import Why
from gridapp.services.people.sessions import end_sessions as end_all
from gridapp.services.permit import demand
from gridapp.services.subjects import id_of
from gridapp.services.verbs import verb


class AccountFacts(Facts):
    """Why, when there is something to say."""

    words: Why = ""


@verb(Deed.UNLOCK, AccountFacts)
def unlock(act: Act, order: Order, facts: AccountFacts) -> dict[str, Any]:
    """Lift the lock after five wrong passwords, before its time.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
        ConflictError: The account is not locked.
    """
    demand(act, Deed.UNLOCK)
    person = open_person(act, id_of(order.subject))
    assert person.id is not None
    if locked_until(act, person.id) is None:
        raise ConflictError("这个账号没有锁定。")
    lift_locks(act, person.id)
    write_audit(act, Deed.UNLOCK, f"person:{person.id}", facts.words)
    return {"receipt": str(order.uid), "person": person.id}


@verb(Deed.END_SESSIONS, AccountFacts)
def end_sessions(act: Act, order: Order, facts: AccountFacts) -> dict[str, Any]:
    """End all sessions of a person at once: a lost phone, a shared computer.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
    """
    demand(act, Deed.END_SESSIONS)
    person = open_person(act, id_of(order.subject))
    assert person.id is not None
    count = end_all(act, person.id)
    write_audit(act, Deed.END_SESSIONS, f"person:{person.id}", facts.words, count=count)
    return {"receipt": str(order.uid), "person": person.id, "count": count}
