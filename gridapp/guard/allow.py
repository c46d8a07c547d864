"""Marks on event handlers: who may call this one. No mark, no entry."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from gridapp.domain.errors import (
    NotAllowedError,
    PasswordChangeNeededError,
    SignInNeededError,
)
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import Actor

_MARK: Final = "_grid_allowed"

Handler = TypeVar("Handler")


@dataclass(frozen=True)
class Mark:
    """Who may call a handler.

    Args:
        roles: One of these roles must be held; empty when any will do.
        is_public: Whether nobody in particular may call it, too.
    """

    roles: frozenset[Role] = frozenset()
    is_public: bool = False

    def check(self, actor: Actor) -> None:
        """Let the actor pass.

        Raises:
            SignInNeededError: Nobody is signed in, and the handler is not public.
            PasswordChangeNeededError: The first password has not been changed yet.
            NotAllowedError: None of the roles is held.
        """
        if self.is_public:
            return
        holds_one = bool(self.roles & actor.roles)
        if actor.person_id is None and not holds_one:
            raise SignInNeededError
        if actor.must_change_password:
            raise PasswordChangeNeededError
        if self.roles and not holds_one:
            raise NotAllowedError


def allow(*roles: Role) -> Callable[[Handler], Handler]:
    """Mark a handler for people who hold one of these roles.

    Stands above or below ``@rx.event(...)``, background events included.
    """
    if not roles:
        raise TypeError("say which roles, or use allow_signed_in or allow_anyone")
    return lambda handler: put_mark(handler, Mark(frozenset(roles)))


def allow_signed_in(handler: Handler) -> Handler:
    """Mark a handler for everybody who is signed in, whatever the role."""
    return put_mark(handler, Mark())


def allow_anyone(handler: Handler) -> Handler:
    """Mark a handler for public pages: nobody needs to be signed in."""
    return put_mark(handler, Mark(is_public=True))


def mark_of(function: Callable[..., Any]) -> Mark | None:
    """Give the mark of a handler's function, or None: then nobody may call it."""
    mark = getattr(function, _MARK, None)
    return mark if isinstance(mark, Mark) else None


def put_mark(handler: Handler, mark: Mark) -> Handler:
    """Mark a handler; for a state whose handlers come from a mixin, by whom its page names."""
    # Outside a class ``rx.event`` has already wrapped the function into an object that holds it.
    function: Any = getattr(handler, "fn", handler)
    _refuse_loose_arguments(function)
    setattr(function, _MARK, mark)
    return handler


def _refuse_loose_arguments(function: Callable[..., Any]) -> None:
    """Stop the start when a marked handler has an argument that nothing can check."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    for parameter in parameters:
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
            raise TypeError(f"{function.__qualname__}: *{parameter.name} cannot be checked")
        if parameter.annotation is parameter.empty:
            raise TypeError(f"{function.__qualname__}: argument {parameter.name} needs a type")
