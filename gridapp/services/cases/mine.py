"""The matters of one phone, by the tokens it keeps: what is mine, without any account."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.labels import STATUS_FOR_REPORTER
from gridapp.domain.vocabulary import Status
from gridapp.services.bad_rows import readable
from gridapp.services.cases.cards import Named, as_named, card_of, due_for_reporter, named_cases
from gridapp.services.cases.views import CaseCard
from gridapp.services.desk import Act
from gridapp.tables import Case, MeToo


@dataclass(frozen=True)
class MineView:
    """A matter in the list of one's own.

    Args:
        track: The token that was kept: the reporter's, or of one who met it too.
        title: The own words in one line; of another's matter its category.
        due_words: "还剩 3 小时", or whether the promise was kept.
        asks_rating: Whether it is finished and nobody has said how it went.
    """

    track: str
    title: str
    place: str
    status_label: str
    due_words: str
    due_state: str
    reported_words: str
    is_own: bool
    asks_rating: bool


def list_mine(act: Act, tracks: Sequence[str]) -> tuple[MineView, ...]:
    """List the matters of these tokens in their order; a token that opens nothing is left out."""
    found = {view.track: view for view in (*_own(act, tracks), *_followed(act, tracks))}
    return tuple(found[track] for track in tracks if track in found)


def _own(act: Act, tracks: Sequence[str]) -> list[MineView]:
    rows = act.session.execute(named_cases().where(col(Case.track).in_(tracks))).all()

    def view(named: Named) -> MineView:
        card = card_of(act, named, "")
        is_unrated = named.row.status is Status.CLOSED and named.row.satisfaction is None
        return _view(named.row.track, card.headline, card, is_own=True, asks=is_unrated)

    return list(readable("own cases", map(as_named, rows), view))


def _followed(act: Act, tracks: Sequence[str]) -> list[MineView]:
    met = act.session.execute(
        select(col(MeToo.case_id), col(MeToo.track)).where(col(MeToo.track).in_(tracks))
    ).all()
    ids = [case_id for case_id, _ in met]
    rows = act.session.execute(named_cases().where(col(Case.id).in_(ids))).all()
    cards = dict(
        readable(
            "followed cases", map(as_named, rows), lambda one: (one.row.id, card_of(act, one, ""))
        )
    )
    return [
        _view(track, cards[case_id].category, cards[case_id], is_own=False, asks=False)
        for case_id, track in met
        if case_id in cards
    ]


def _view(track: str, title: str, card: CaseCard, *, is_own: bool, asks: bool) -> MineView:
    due_state, words_of_due = due_for_reporter(card)
    return MineView(
        track=track,
        title=title,
        place=card.place,
        status_label=STATUS_FOR_REPORTER[Status(card.status)],
        due_words=words_of_due,
        due_state=due_state,
        reported_words=card.reported_words,
        is_own=is_own,
        asks_rating=asks,
    )
