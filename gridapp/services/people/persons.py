"""Adds people, disables them and lets them back."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.domain.privacy import normalise_phone
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text
from gridapp.services.people.sessions import end_sessions
from gridapp.services.permit import demand
from gridapp.tables import Person, Post

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}", re.ASCII)
_MOBILE: Final = re.compile(r"1\d{10}", re.ASCII)
_NAME_CHARACTERS: Final = 64


@dataclass(frozen=True)
class NewPerson:
    """What is told of a person: the staff number or short name to sign in with, and how to call.

    Args:
        login: 2 to 32 letters, digits, dots, hyphens; no mobile number, which could be another's.
        name: The full name.
        phone: The own phone, also good for signing in; never shown on a notice board.
        duty_phone: The phone on the notice board.
    """

    login: str
    name: str
    phone: str = ""
    duty_phone: str = ""


def add_person(act: Act, new: NewPerson) -> int:
    """Add a person and give the id. Without a password they cannot sign in: ``reset_password``.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        FactsError: A field is wrong, or login or phone are somebody else's.
    """
    demand(act, Deed.CHANGE_PERSON)
    person = Person(
        login=_good_login(new.login),
        name=_good_name(new.name),
        phone=_good_phone(new.phone, "phone"),
        duty_phone=_good_phone(new.duty_phone, "duty_phone"),
        made_at=act.now,
    )
    _refuse_shared_phone(act.session, person.phone)
    try:
        with act.session.begin_nested():
            act.session.add(person)
    except IntegrityError as error:
        raise FactsError(fields={"login": "这个账号已有人使用。"}) from error
    assert person.id is not None
    write_audit(act, "person.add", f"person:{person.id}", login=person.login, name=person.name)
    return person.id


def _good_login(typed: str) -> str:
    login = unicodedata.normalize("NFKC", typed).strip().lower()
    if not _LOGIN.fullmatch(login):
        raise FactsError(fields={"login": "账号为 2 到 32 位字母、数字、点、下划线或短横。"})
    if _MOBILE.fullmatch(login):
        raise FactsError(fields={"login": "账号不要用手机号；手机号填在手机一栏，也可以登录。"})
    return login


def _good_name(typed: str) -> str:
    name = " ".join(clean_text(typed).split())
    if not 1 <= len(name) <= _NAME_CHARACTERS:
        raise FactsError(fields={"name": "请填写姓名，最多 64 个字。"})
    return name


def _good_phone(typed: str, field: str) -> str:
    if not typed.strip():
        return ""
    phone = normalise_phone(typed)
    if phone is None:
        raise FactsError(fields={field: "电话号码不对，请填手机号或带区号的座机。"})
    return phone


def _refuse_shared_phone(session: Session, phone: str) -> None:
    """Refuse a phone that an enabled person signs in with already."""
    enabled = col(Person.disabled_at).is_(None)
    if phone and session.exec(select(Person.id).where(Person.phone == phone, enabled)).first():
        raise FactsError(fields={"phone": "这个手机号已是另一个人的登录手机。"})


def open_person(act: Act, person_id: int) -> Person:
    """Open a person for a change; others who want to change the same one wait.

    Raises:
        NotThereError: No such person.
    """
    person = act.session.exec(
        select(Person).where(Person.id == person_id).with_for_update()
    ).one_or_none()
    if person is None:
        raise NotThereError
    return person


def disable_person(act: Act, person_id: int, reason: str = "") -> None:
    """Disable a person: every session ends now, every post today. The person's history stays.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role, or it is oneself.
        NotThereError: No such person.
    """
    demand(act, Deed.CHANGE_PERSON)
    if act.actor.person_id == person_id:
        raise NotAllowedError("不能停用自己的账号。")
    person = open_person(act, person_id)
    if person.disabled_at is not None:
        return
    person.disabled_at = act.now
    today = beijing_date(act.now)
    act.session.exec(
        update(Post)
        .where(col(Post.person_id) == person_id)
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) > today))
        .values(to_on=today)
    )
    end_sessions(act, person_id)
    write_audit(act, "person.disable", f"person:{person_id}", reason)


def enable_person(act: Act, person_id: int, reason: str = "") -> None:
    """Let a disabled person back: with a new first password, and posts to be given anew.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        NotThereError: No such person.
        FactsError: The phone has become somebody else's meanwhile.
    """
    demand(act, Deed.CHANGE_PERSON)
    person = open_person(act, person_id)
    if person.disabled_at is None:
        return
    _refuse_shared_phone(act.session, person.phone)
    person.disabled_at = None
    person.password_hash = ""
    person.must_change_password = True
    write_audit(act, "person.enable", f"person:{person_id}", reason)
