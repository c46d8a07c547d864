"""Posts that two people must want: one asks, the security administrator decides (两人规则)."""

from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import Field
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, clean_text
from gridapp.services.people.posts import NewPost, check_post, needs_second_word, put_post
from gridapp.services.people.register import NeededWhy
from gridapp.services.people.resets import demand_no_hand_in
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.verbs import verb
from gridapp.tables import PostRequest

_TITLE_CHARACTERS = 40


class ConfirmFacts(Facts):
    """Nothing more is asked."""

    words: Annotated[str, Field(max_length=200)] = ""


class RefuseFacts(Facts):
    """Why it is not confirmed."""

    words: NeededWhy


@dataclass(frozen=True)
class Placed:
    """What became of a post: given at once, or asked for; one of the two is not there."""

    post_id: int | None = None
    request_id: int | None = None


def place_post(act: Act, new: NewPost, uid: UUID | None = None) -> Placed:
    """Give a post, or ask for it when a second person must confirm it.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: It does not fit, or it is asked for already.
    """
    demand(act, Deed.GIVE_POST)
    if not needs_second_word(act, new):
        return Placed(post_id=put_post(act, new))
    check_post(act, new)
    if is_asked_for(act, new):
        raise FactsError(fields={"role": "这个岗位已在等安全管理员确认。"})
    request = PostRequest(
        uid=uid or uuid4(),
        person_id=new.person_id,
        grid_id=new.grid_id,
        unit_id=new.unit_id,
        role=new.role,
        title=clean_text(new.title).strip()[:_TITLE_CHARACTERS],
        accountable=new.accountable,
        from_on=new.from_on,
        to_on=new.to_on,
        asked_by_id=act.actor.person_id,
        asked_at=act.now,
    )
    act.session.add(request)
    act.session.flush()
    write_audit(
        act, "post.ask", f"person:{new.person_id}",
        request_id=request.id, role=new.role.value, grid_id=new.grid_id,
    )  # fmt: skip
    return Placed(request_id=request.id)


def is_asked_for(act: Act, new: NewPost) -> bool:
    """Tell whether the same post waits for its confirmation already."""
    waiting = select(PostRequest.id).where(
        PostRequest.person_id == new.person_id,
        PostRequest.grid_id == new.grid_id,
        PostRequest.role == new.role,
        col(PostRequest.decided_at).is_(None),
    )
    return act.session.exec(waiting).first() is not None


@verb(Deed.CONFIRM_POST, ConfirmFacts)
def confirm_post(act: Act, order: Order, facts: ConfirmFacts) -> dict[str, Any]:
    """Confirm a post: it is given from its day on, from today when that is past.

    Raises:
        NotAllowedError: Not for this role, or one asked for it oneself, or it would be one's own,
            or one helped to reset the asker's password lately.
        NotThereError: No such request, or the person is disabled by now.
        ConflictError: It is decided already.
        FactsError: It does not fit any more.
    """
    demand(act, Deed.CONFIRM_POST)
    request = _open(act, order)
    demand_no_hand_in(act, request.asked_by_id, request.asked_at)
    new = NewPost(
        person_id=request.person_id, grid_id=request.grid_id, role=request.role,
        from_on=max(request.from_on, beijing_date(act.now)), to_on=request.to_on,
        title=request.title, accountable=request.accountable, unit_id=request.unit_id,
    )  # fmt: skip
    if new.to_on is not None and new.to_on < new.from_on:
        new = replace(new, from_on=request.from_on)
    request.post_id = put_post(act, new)
    _decide(act, request, facts.words)
    write_audit(
        act, Deed.CONFIRM_POST, f"person:{request.person_id}", facts.words,
        request_id=request.id, role=request.role.value, asked_by=request.asked_by_id,
    )  # fmt: skip
    return _reply(order, request)


@verb(Deed.REFUSE_POST, RefuseFacts)
def refuse_post(act: Act, order: Order, facts: RefuseFacts) -> dict[str, Any]:
    """Refuse a post for a reason, which the asker reads.

    Raises:
        NotAllowedError: Not for this role, or one asked for it oneself, or it would be one's own.
        NotThereError: No such request.
        ConflictError: It is decided already.
    """
    demand(act, Deed.REFUSE_POST)
    request = _open(act, order)
    _decide(act, request, facts.words)
    write_audit(
        act, Deed.REFUSE_POST, f"person:{request.person_id}", facts.words,
        request_id=request.id, role=request.role.value, asked_by=request.asked_by_id,
    )  # fmt: skip
    return _reply(order, request)


def _open(act: Act, order: Order) -> PostRequest:
    request = act.session.exec(
        select(PostRequest)
        .where(PostRequest.id == id_of(order.subject))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if request is None:
        raise NotThereError
    if request.decided_at is not None:
        raise ConflictError("这个岗位已经有人处理过。", current={"version": request.version})
    demand_version(order, request.version)
    if act.actor.person_id in {request.asked_by_id, request.person_id}:
        raise NotAllowedError("自己申请的、或给自己的岗位，须由另一位安全管理员确认。")
    return request


def _decide(act: Act, request: PostRequest, words: str) -> None:
    request.decided_by_id = act.actor.person_id
    request.decided_at = act.now
    request.words = words.strip()
    request.version += 1


def _reply(order: Order, request: PostRequest) -> dict[str, Any]:
    return {
        "receipt": str(order.uid),
        "request": request.id,
        "post": request.post_id,
        "version": request.version,
    }
