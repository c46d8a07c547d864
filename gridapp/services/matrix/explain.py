"""Says why somebody may, or may not, do a deed on a case or in a grid (为什么)."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.deedgroups import reach_words
from gridapp.domain.errors import FactsError
from gridapp.domain.labels import DEED, ROLE, STATUS
from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workflow import MOVES, deeds_from
from gridapp.services.case_access import OpenedCase, may
from gridapp.services.desk import Act, Actor, HeldPost
from gridapp.services.people.actor import actor_of
from gridapp.services.people.directory import demand_people
from gridapp.services.permit import covers
from gridapp.tables import Case, Grid, Person


@dataclass(frozen=True)
class ReasonView:
    """One step of the answer."""

    words: str
    speaks_for: bool


@dataclass(frozen=True)
class AnswerView:
    """The answer in one sentence, and its reasons in the order in which they are looked at."""

    may: bool
    sentence: str
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True)
class _Subject:
    """What the deed is to be done on: a case, or a grid; nothing is anywhere at all."""

    words: str = ""
    path: str = ""
    opened: OpenedCase | None = None


def explain(act: Act, who: str, deed: Deed, subject: str = "") -> AnswerView:
    """Say why a person may or may not do a deed; of a case only its grid and status are told.

    Args:
        act: An administrator's or security administrator's.
        who: The person's login, or the whole name when only one is called so.
        deed: What is asked about.
        subject: A case's number or a grid's code; empty asks whether it is possible anywhere.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: Nobody, or nothing, is called so.
    """
    demand_people(act)
    person = _person(act, who)
    asked = _subject(act, subject.strip())
    assert person.id is not None
    actor = actor_of(act.session, person.id, act.now)
    reasons = [_account(person, actor)]
    if actor is None or actor.must_change_password:
        return _answer(person, deed, asked, reasons)
    reasons += _posts(act, actor, deed)
    if asked.opened is not None:
        reasons += _case(actor, deed, asked.opened)
    elif asked.path:
        is_covered = covers(actor, deed, asked.path)
        inside = "在" if is_covered else "不在"
        reasons.append(ReasonView(f"{asked.words}{inside}以上岗位的管辖范围内", is_covered))
    return _answer(person, deed, asked, reasons)


def _person(act: Act, who: str) -> Person:
    typed = who.strip()
    found: list[Person] = list(
        act.session.execute(
            select(Person)
            .where(or_(col(Person.login) == typed.lower(), col(Person.name) == typed))
            .limit(2)
        ).scalars()
    )
    if len(found) != 1:
        sentence = "有多个人叫这个姓名，请填账号。" if found else "没有这个账号或姓名。"
        raise FactsError(sentence, fields={"who": sentence})
    return found[0]


def _subject(act: Act, typed: str) -> _Subject:
    if not typed:
        return _Subject()
    grid = act.session.execute(
        select(col(Grid.name), col(Grid.path)).where(col(Grid.code) == typed)
    ).first()
    if grid is not None:
        return _Subject(f"网格“{grid[0]}”", grid[1])
    parsed = parse_case_no(typed)
    case = (
        parsed
        and act.session.execute(
            select(Case, col(Grid.path), col(Grid.name))
            .join(Grid, col(Grid.id) == col(Case.grid_id))
            .where(col(Case.id) == parsed.case_id)
        ).first()
    )
    if not case:
        sentence = "没有这个事件编号或网格编码。"
        raise FactsError(sentence, fields={"subject": sentence})
    words = f"事件 {typed}（{case[2]}，{STATUS[case[0].status]}）"
    return _Subject(words, case[1], OpenedCase(case[0], case[1]))


def _account(person: Person, actor: Actor | None) -> ReasonView:
    if actor is None:
        return ReasonView("账号已停用", speaks_for=False)
    if actor.must_change_password:
        return ReasonView("还没有改过首次密码，改过之前什么都不能做", speaks_for=False)
    return ReasonView(f"账号“{person.login}”可以使用", speaks_for=True)


def _posts(act: Act, actor: Actor, deed: Deed) -> list[ReasonView]:
    if not actor.posts:
        return [ReasonView("今天没有岗位", speaks_for=False)]
    ids = {post.grid_id for post in actor.posts}
    names = dict(
        act.session.execute(select(col(Grid.id), col(Grid.name)).where(col(Grid.id).in_(ids))).all()
    )
    reasons = [_post(post, names.get(post.grid_id, ""), deed) for post in actor.posts]
    return list(dict.fromkeys(reasons))


def _post(post: HeldPost, grid: str, deed: Deed) -> ReasonView:
    reach = reach_of(deed, post.role)
    told = f"岗位“{grid} · {ROLE[post.role]}”"
    if reach is None:
        return ReasonView(f"{told}没有“{DEED[deed]}”这项权限", speaks_for=False)
    return ReasonView(
        f"{told}可以“{DEED[deed]}”，范围：{reach_words(deed, post.role, reach)}", speaks_for=True
    )


def _case(actor: Actor, deed: Deed, opened: OpenedCase) -> list[ReasonView]:
    if not may(actor, Deed.SEE_CASE, opened):
        return [ReasonView("这件事不在看得到的范围内，打开时显示“没有找到”", speaks_for=False)]
    if not may(actor, deed, opened):
        return [ReasonView("这件事看得到，但没有派给这个岗位，或不在管辖范围内", speaks_for=False)]
    reasons = [ReasonView("这件事在管辖范围内", speaks_for=True)]
    if deed in MOVES:
        status = opened.row.status
        fits = deed in deeds_from(status)
        can = "可以" if fits else "不能"
        reasons.append(ReasonView(f"现在是“{STATUS[status]}”，{can}“{DEED[deed]}”", fits))
    return reasons


def _answer(person: Person, deed: Deed, asked: _Subject, reasons: list[ReasonView]) -> AnswerView:
    # Of the posts one is enough; of everything else each must speak for it.
    posts = [reason for reason in reasons if reason.words.startswith("岗位")]
    others = [reason for reason in reasons if reason not in posts]
    is_yes = all(reason.speaks_for for reason in others) and (
        not posts or any(reason.speaks_for for reason in posts)
    )
    where = f"对{asked.words}" if asked.words else ""
    verdict = "可以" if is_yes else "不可以"
    return AnswerView(is_yes, f"{person.name}{verdict}{where}做“{DEED[deed]}”。", tuple(reasons))
