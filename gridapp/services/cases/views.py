"""What may leave the house about a case: frozen, masked, permitted, and ready to be read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ButtonView:
    """A deed the reader may do now: shown means allowed, not shown means refused."""

    deed: str
    label: str


@dataclass(frozen=True)
class PhotoView:
    """A photo by the hash it was sent under; ``kind`` is a word of ``PhotoKind``."""

    sha256: str
    kind: str
    kind_label: str
    is_public: bool


@dataclass(frozen=True)
class StepView:
    """One row of the history. ``actor`` is a role and a masked name, or 居民."""

    deed: str
    label: str
    actor: str
    at: datetime
    at_words: str
    words: str
    facts_words: str
    status_label: str
    photos: tuple[PhotoView, ...]


@dataclass(frozen=True)
class FiveStepView:
    """One of the five steps: ``state`` is done, now or ahead."""

    label: str
    state: str


@dataclass(frozen=True)
class CaseCard:
    """A case in a list: one line of meaning, one of context, a state on the right.

    Args:
        no: The public number, YYMMDD and id.
        headline: The first words of the text, at most 40 characters.
        due_state: calm, warn, late, overdue or done.
        due_words: "还剩 3 小时", "已超 1 天", empty when finished.
        flags: Short words such as 重开, 退回 1 次, 催办.
    """

    no: str
    version: int
    headline: str
    place: str
    grid: str
    category: str
    status: str
    status_label: str
    colour: str
    colour_shape: str
    colour_label: str
    urgency: str
    urgency_label: str
    source_label: str
    due_at: datetime
    due_state: str
    due_words: str
    due_provisional: bool
    reported_at: datetime
    reported_words: str
    handler: str
    flags: tuple[str, ...]
    thumb: str


@dataclass(frozen=True)
class CaseView:
    """A whole case for staff in reach, with the buttons they may press.

    Args:
        source_ref: The number that it has where it came from (12345 热线), or empty.
    """

    card: CaseCard
    text: str
    reporter: str
    reporter_phone_masked: str
    promise_words: str
    outcome_label: str
    reply: str
    may_reveal: bool
    rating_words: str
    merged_into_no: str
    pause_words: str
    extension_words: str
    steps: tuple[StepView, ...]
    five_steps: tuple[FiveStepView, ...]
    photos: tuple[PhotoView, ...]
    buttons: tuple[ButtonView, ...]
    source_ref: str = ""


@dataclass(frozen=True)
class TrackView:
    """A case for its reporter: public steps, public photos, the promise, what they may do.

    Args:
        phone_masked: The phone that was left, or empty.
        wants_sms: Whether short messages go there.
        is_aside: Whether it is set aside, to be looked at before it goes its way.
    """

    no: str
    text: str
    place: str
    category: str
    status: str
    status_label: str
    colour: str
    colour_shape: str
    due_at: datetime
    due_words: str
    due_state: str
    promise_words: str
    reported_words: str
    reply: str
    outcome_label: str
    steps: tuple[StepView, ...]
    photos: tuple[PhotoView, ...]
    may_rate: bool
    may_reopen: bool
    may_add_words: bool
    rating_words: str
    satisfaction: str
    me_too_count: int
    may_thank: bool
    may_leave_phone: bool
    phone_masked: str
    wants_sms: bool
    is_aside: bool = False


@dataclass(frozen=True)
class CasePage:
    """A page of a list: ``next`` is the key to ask for the following page, empty at the end.

    ``total`` is counted up to 1,000; ``total_is_capped`` tells that there are as many or more.
    ``q_is_unsearchable`` tells that nothing in ``q`` can be searched for, so nothing was found.
    """

    items: tuple[CaseCard, ...]
    next: str
    total: int
    total_is_capped: bool
    q_is_unsearchable: bool = False
