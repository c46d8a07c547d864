"""The rules as they were, are and will be: what holds at a moment, from memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from gridapp.domain.ruling import Change, RuleKind, in_force
from gridapp.services.desk import Act
from gridapp.services.rules.stamp import kept
from gridapp.tables import Rule, RuleChange

_KEY: Final = "rule_book"


@dataclass(frozen=True)
class Book:
    """Every change of every rule that was not cancelled, and the version of each rule."""

    changes: Mapping[tuple[RuleKind, str], tuple[Change, ...]] = field(default_factory=dict)
    versions: Mapping[tuple[RuleKind, str], int] = field(default_factory=dict)

    def state(self, kind: RuleKind, key: str, at: datetime) -> dict[str, Any] | None:
        """Give what holds at a moment; None when the rule was never changed."""
        return in_force(self.changes.get((kind, key), ()), at)

    def version(self, kind: RuleKind, key: str) -> int:
        """Count the changes and cancellations of a rule."""
        return self.versions.get((kind, key), 0)

    def ahead(self, kind: RuleKind, key: str, now: datetime) -> int:
        """Count the changes that lie ahead."""
        return sum(change.starts_at > now for change in self.changes.get((kind, key), ()))


def read_book(session: Session) -> Book:
    """Read the whole book from the ledger."""
    changes: dict[tuple[RuleKind, str], list[Change]] = {}
    versions: dict[tuple[RuleKind, str], int] = {}
    found = session.execute(
        select(
            col(Rule.kind), col(Rule.key), col(Rule.version),
            col(RuleChange.id), col(RuleChange.starts_at), col(RuleChange.facts),
        )
        .join(RuleChange, col(RuleChange.rule_id) == col(Rule.id))
        .where(col(RuleChange.cancelled_at).is_(None))
    )  # fmt: skip
    for kind, key, version, number, starts_at, facts in found:
        versions[kind, key] = version
        changes.setdefault((kind, key), []).append(Change(number, starts_at, facts))
    return Book({name: tuple(told) for name, told in changes.items()}, versions)


def the_book(act: Act) -> Book:
    """Give the rules as this transaction sees them."""
    return kept(act, _KEY, read_book)
