"""Adds people, changes what is known of them, disables them and lets them back."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text
from gridapp.services.people.sessions import end_sessions
from gridapp.services.permit import demand
from gridapp.services.phones import read_phone
from gridapp.tables import PatrolDuty, PatrolNight, Person, Post

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}", re.ASCII)
_PHONES: Final = {"phone": "手机", "duty_phone": "值班电话"}
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
    # A spreadsheet that took the number for a quantity writes a point and a nought behind it.
    return read_phone(typed.strip().removesuffix(".0"), field=field, label=_PHONES[field])


def _refuse_shared_phone(session: Session, phone: str, but: int | None = None) -> None:
    """Refuse a phone that another enabled person signs in with already."""
    others = select(Person.id).where(Person.phone == phone, col(Person.disabled_at).is_(None))
    if phone and session.exec(others.where(Person.id != but)).first():
        raise FactsError(fields={"phone": "这个手机号已是另一个人的登录手机。"})


def open_person(act: Act, person_id: int) -> Person:
    """Open a person for a change; others who want to change the same one wait.

    Raises:
        NotThereError: No such person.
    """
    person = act.session.exec(
        select(Person)
        .where(Person.id == person_id)
        .with_for_update()
        # What was read before others let go is not what stands there now.
        .execution_options(populate_existing=True)
    ).one_or_none()
    if person is None:
        raise NotThereError
    return person


def change_person(act: Act, person: Person, name: str, phone: str, duty_phone: str) -> None:
    """Change how an opened person is called and reached; the login stays.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: A field is wrong, or the phone is somebody else's.
    """
    demand(act, Deed.CHANGE_PERSON)
    told = {
        "name": _good_name(name),
        "phone": _good_phone(phone, "phone"),
        "duty_phone": _good_phone(duty_phone, "duty_phone"),
    }
    if person.disabled_at is None:
        _refuse_shared_phone(act.session, told["phone"], person.id)
    changed = [field for field, value in told.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, told[field])
    person.version += 1
    write_audit(act, Deed.CHANGE_PERSON, f"person:{person.id}", changed=changed)


def disable_person(act: Act, person_id: int, reason: str = "") -> None:
    """Disable a person: every session ends now, every post today. The person's history stays.

    Whoever deputises for them stops with them, and their turns at night look for cover.

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
    refuse_last_guardian(act, person_id)
    person.disabled_at = act.now
    person.version += 1
    _end_posts(act, person_id)
    _seek_cover(act, person_id)
    end_sessions(act, person_id)
    write_audit(act, "person.disable", f"person:{person_id}", reason)


def refuse_last_guardian(act: Act, person_id: int) -> None:
    """Refuse to take the only security administrator away; the operator at the shell may.

    Raises:
        NotAllowedError: Nobody would be left to confirm a successor.
    """
    if act.actor.person_id is None:
        return
    today = beijing_date(act.now)
    guardians = set(
        act.session.exec(
            select(Post.person_id)
            .join(Person, col(Person.id) == Post.person_id)
            .where(Post.role == Role.SECURITY_ADMINISTRATOR, col(Person.disabled_at).is_(None))
            .where(Post.from_on <= today)
            .where(or_(col(Post.to_on).is_(None), col(Post.to_on) > today))
        )
    )
    if guardians == {person_id}:
        raise NotAllowedError("这是唯一的安全管理员，请先安排另一位并确认。")


def _end_posts(act: Act, person_id: int) -> None:
    today = beijing_date(act.now)
    mine = select(col(Post.id)).where(col(Post.person_id) == person_id)
    act.session.exec(
        update(Post)
        .where(or_(col(Post.person_id) == person_id, col(Post.stands_in_for_id).in_(mine)))
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) > today))
        .values(to_on=today, version=Post.version + 1)
        .execution_options(synchronize_session=False)
    )


def _seek_cover(act: Act, person_id: int) -> None:
    ahead = select(col(PatrolNight.id)).where(
        col(PatrolNight.night_on) >= beijing_date(act.now), col(PatrolNight.cancelled_at).is_(None)
    )
    act.session.exec(
        update(PatrolDuty)
        .where(col(PatrolDuty.person_id) == person_id, col(PatrolDuty.night_id).in_(ahead))
        .where(col(PatrolDuty.cover_wanted_at).is_(None))
        .values(cover_wanted_at=act.now)
        .execution_options(synchronize_session=False)
    )


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
    person.version += 1
    write_audit(act, "person.enable", f"person:{person_id}", reason)
