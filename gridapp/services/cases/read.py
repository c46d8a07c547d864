"""Shows one case: to staff in reach with its buttons, or to the reporter who holds the token."""

from sqlmodel import col

from gridapp.domain.clockwords import due_words, moment_words
from gridapp.domain.labels import DEED, FIVE_STEP, OUTCOME, SATISFACTION, STATUS_FOR_REPORTER
from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.vocabulary import AsideReason, Deed, FiveStep, Source, Status
from gridapp.domain.workflow import FINISHED, step_of
from gridapp.services.case_access import (
    OpenedCase,
    case_no_of,
    deeds_open_to,
    may,
    open_case,
    open_tracked,
)
from gridapp.services.cases.cards import (
    Named,
    as_named,
    card_of,
    cards_of,
    due_for_reporter,
    named_cases,
)
from gridapp.services.cases.history import steps_for_reporter, steps_for_staff
from gridapp.services.cases.publish import may_publish
from gridapp.services.cases.reporter import may_reopen
from gridapp.services.cases.thank import may_thank
from gridapp.services.cases.views import (
    ButtonView,
    CaseView,
    FiveStepView,
    PhotoView,
    StepView,
    TrackView,
)
from gridapp.services.desk import Act
from gridapp.tables import Case, Person

# The order in which buttons stand: what moves the case on comes first.
_BUTTON_ORDER = list(Deed)


def see_case(act: Act, no: str) -> CaseView:
    """Show a whole case to staff in reach.

    Raises:
        NotThereError: No such case, or out of reach.
    """
    opened = open_case(act, no)
    named = _named(act, opened)
    row = opened.row
    assert row.id is not None
    steps = steps_for_staff(act, row.id)
    return CaseView(
        card=cards_of(act, [named])[0],
        text=row.text,
        reporter=_reporter(act, row),
        reporter_phone_masked=mask_phone(row.reporter_phone),
        promise_words=_promise_words(act, row) + _provisional_words(row),
        outcome_label=OUTCOME[row.outcome] if row.outcome else "",
        reply=row.reply,
        may_reveal=bool(row.reporter_phone or row.reporter_name)
        and may(act.actor, Deed.REVEAL, opened),
        rating_words=_rating_words(row),
        merged_into_no=_merged_into(act, row),
        pause_words=_pause_words(act, row),
        extension_words=_extension_words(act, row),
        steps=steps,
        five_steps=five_steps(row.status),
        photos=_all_photos(steps),
        buttons=buttons_for(act, opened),
        source_ref=row.source_ref,
    )


def track_case(act: Act) -> TrackView:
    """Show a case to the reporter whose token the actor holds.

    Raises:
        NotThereError: No case has this token.
    """
    opened = open_tracked(act)
    row = opened.row
    assert row.id is not None
    card = card_of(act, _named(act, opened), "")
    due_state, words_of_due = due_for_reporter(card)
    steps = steps_for_reporter(act, row.id)
    deeds = {button.deed for button in buttons_for(act, opened)}
    return TrackView(
        no=card.no,
        text=row.text,
        place=card.place,
        category=card.category,
        status=card.status,
        status_label=STATUS_FOR_REPORTER[row.status],
        colour=card.colour,
        colour_shape=card.colour_shape,
        due_at=row.due_at,
        due_words=words_of_due,
        due_state=due_state,
        promise_words=_promise_words(act, row),
        reported_words=card.reported_words,
        reply=row.reply if row.status in FINISHED or row.status is Status.HANDLED else "",
        outcome_label=OUTCOME[row.outcome] if row.outcome else "",
        steps=steps,
        photos=_all_photos(steps),
        may_rate=Deed.RATE in deeds,
        may_reopen=Deed.REOPEN in deeds,
        may_add_words=Deed.ADD_WORDS in deeds,
        rating_words=_rating_words(row),
        satisfaction=row.satisfaction.value if row.satisfaction else "",
        me_too_count=row.me_too_count,
        may_thank=Deed.THANK in deeds,
        may_leave_phone=Deed.LEAVE_PHONE in deeds,
        phone_masked=mask_phone(row.reporter_phone),
        wants_sms=not row.is_quiet,
        is_aside=_is_aside_by_flood(row),
    )


def _is_aside_by_flood(row: Case) -> bool:
    """Tell whether a reporter reads why it waits: to be told of a block teaches to evade it."""
    is_waiting = row.aside_for is not None and row.status is Status.REPORTED
    return is_waiting and row.aside_for is not AsideReason.BLOCKED


def buttons_for(act: Act, opened: OpenedCase) -> tuple[ButtonView, ...]:
    """List the buttons the reader may press: by status, by reach, and by what is asked for."""
    deeds = set(deeds_open_to(act.actor, opened))
    if not may_reopen(opened.row, act):
        deeds.discard(Deed.REOPEN)
    if not may_thank(opened.row):
        deeds.discard(Deed.THANK)
    deeds.discard(Deed.UNDO_SORT)  # of many at once, on the page where they were sorted
    if opened.row.aside_for is None:
        deeds.discard(Deed.LET_IN)
    if Deed.PUBLISH in deeds and not may_publish(act, opened.row):
        deeds.discard(Deed.PUBLISH)
    if not opened.row.public_text:
        deeds.discard(Deed.UNPUBLISH)
    if opened.row.source is Source.QR and may(act.actor, Deed.BLOCK, opened):
        deeds.add(Deed.BLOCK)
    return tuple(ButtonView(d.value, DEED[d]) for d in sorted(deeds, key=_BUTTON_ORDER.index))


def five_steps(status: Status) -> tuple[FiveStepView, ...]:
    """Compute the five steps as done, now or ahead."""
    order, now = list(FiveStep), step_of(status)
    here = order.index(now)
    return tuple(
        FiveStepView(FIVE_STEP[step], "done" if i < here else "now" if i == here else "ahead")
        for i, step in enumerate(order)
    )


def _named(act: Act, opened: OpenedCase) -> Named:
    found = act.session.execute(named_cases().where(col(Case.id) == opened.row.id)).one()
    return as_named(found)


def _reporter(act: Act, row: Case) -> str:
    if row.reporter_id is not None:
        person = act.session.get(Person, row.reporter_id)
        return person.name if person else ""
    return mask_name(row.reporter_name) if row.reporter_name else "居民"


def _promise_words(act: Act, row: Case) -> str:
    words = due_words(act.now, row.due_at)
    # What was promised first in this life: a reopening promises anew.
    first_due_at = row.reopened_due_at or row.first_due_at
    if first_due_at != row.due_at:
        words += f"（原定 {due_words(act.now, first_due_at)}）"
    return words


def _provisional_words(row: Case) -> str:
    """Tell staff that a promise may still change, once the year's holidays are published."""
    running = row.due_provisional and row.status not in FINISHED
    return "（放假安排未公布，暂定）" if running else ""


def _rating_words(row: Case) -> str:
    return SATISFACTION[row.satisfaction] if row.satisfaction else ""


def _merged_into(act: Act, row: Case) -> str:
    other = act.session.get(Case, row.merged_into_id) if row.merged_into_id else None
    return case_no_of(other) if other else ""


def _pause_words(act: Act, row: Case) -> str:
    if row.status is not Status.PAUSED or row.resume_at is None:
        return ""
    return f"预计 {moment_words(act.now, row.resume_at)} 恢复办理"


def _extension_words(act: Act, row: Case) -> str:
    if row.extension_asked_to is None or row.status in FINISHED:
        return ""
    return f"申请延到 {due_words(act.now, row.extension_asked_to)}"


def _all_photos(steps: tuple[StepView, ...]) -> tuple[PhotoView, ...]:
    return tuple(photo for step in steps for photo in step.photos)
