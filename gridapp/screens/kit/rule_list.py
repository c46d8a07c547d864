"""What a page of rules is told about each of its lists: what its rows say, and what may be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from gridapp.domain.fields import Field, begins
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.screens.kit.form_state import Preview
from gridapp.services.desk import Act
from gridapp.services.rules.tables import RuleRowView
from gridapp.ui.fields import Choice


@dataclass(frozen=True)
class Swatch:
    """A colour with its shape and word: never colour alone."""

    hue: str = ""
    sign: str = ""
    word: str = ""
    looks: str = ""


@dataclass(frozen=True)
class RuleItem:
    """A row of a list, with all that its form begins with.

    Args:
        values: By the names of the fields.
        title: What it is called.
        context: What else is said of it, small.
        lines: Its words, one below another, where words are what it is.
        group: Under which heading it stands.
        label: The title of its form; empty: that of the deed.
        notes: What its form says above the controls.
        link: Where the page leads once it was changed from now on.
    """

    code: str
    version: int
    values: Mapping[str, Any]
    title: str
    context: str = ""
    lines: tuple[str, ...] = ()
    group: str = ""
    swatch: Swatch = Swatch()
    label: str = ""
    notes: tuple[str, ...] = ()
    link: str = ""
    is_example: bool = False
    is_own: bool = False
    is_retired: bool = False
    ahead_count: int = 0

    @classmethod
    def of(cls, view: RuleRowView, title: str, context: str, **more: Any) -> Self:
        """Make a row of what the services give of a ledger's row."""
        return cls(
            code=view.code, version=view.version, values=view.values, title=title,
            context=context, is_example=view.is_example, is_retired=view.is_retired,
            ahead_count=view.ahead_count, **more,
        )  # fmt: skip


Weigh = Callable[[Act, str, Mapping[str, str]], Preview]


@dataclass(frozen=True)
class RuleList:
    """One list of a page of rules.

    Args:
        read: Gives the rows in their order.
        change: The deed that changes a row; the others where there are any.
        retire: Takes a row out of use and back; may be the same as ``change``.
        ask: Says what hangs on a row before it is taken out of use.
        weigh: Says what would come of what is typed: the row's code, and the controls' texts.
        from_help: What choosing a day means; empty where a change always holds at once.
        saved: What is said when it was saved; ``{when}`` is from when.
        restore: What comes of going back to what the program brings, where that can be.
        restored: What is said when it has gone back.
        link: What the way is called to a row's own ``link``.
        is_searched: Whether the list is long enough to be searched.
    """

    kind: RuleKind
    title: str
    fields: tuple[Field, ...]
    read: Callable[[Act], Sequence[RuleItem]]
    change: Deed
    what: str = ""
    add: Deed | None = None
    retire: Deed | None = None
    retire_label: str = "停用"
    retire_help: str = ""
    place: Deed | None = None
    ask: Callable[[Act, RuleItem], str] = field(
        default=lambda _act, item: f"停用「{item.title}」？"
    )
    retired: str = "已停用，以前的记录还在。要恢复：打开它，点「重新启用」。"
    weigh: Weigh | None = None
    options: Callable[[Act], dict[str, list[Choice]]] | None = None
    from_help: str = "只影响生效以后的上报，以前答应的期限不变。"
    saved: str = "已保存，{when}生效。"
    restore: str = ""
    restored: str = "已恢复系统默认的内容。"
    link: str = ""
    is_searched: bool = False

    def begin(self, item: RuleItem | None) -> dict[str, str]:
        """Give what the controls of the form begin with."""
        values: dict[str, str] = {}
        for each in self.fields:
            first = each.unsaid if each.begins_at is None else each.begins_at
            values |= begins(each, item.values.get(each.name) if item else first)
        return values

    def asked(self, *, is_new: bool) -> tuple[Field, ...]:
        """Give the fields that the form asks for."""
        return tuple(each for each in self.fields if is_new or not each.is_fixed)
