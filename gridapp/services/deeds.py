"""The one door for every deed: the client's id makes it happen once, the registry says which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col

from gridapp.domain.auditing import AUDITED
from gridapp.domain.errors import FactsError, OtherContentError
from gridapp.domain.timebounds import clock_moment
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas import change as areas
from gridapp.services.areas import focus, lines, pairs
from gridapp.services.areas import rules as area_rules
from gridapp.services.audit import count_written, write_deed
from gridapp.services.blocks import put
from gridapp.services.boundaries import draw, load
from gridapp.services.boundaries import sketch as boundary_sketch
from gridapp.services.calendar import change_day, change_week
from gridapp.services.cases import (
    aside,
    centre,
    handle,
    hold,
    me_too,
    merge,
    publish,
    reporter,
    settle,
    thank,
    verify,
    watch,
)
from gridapp.services.desk import Act
from gridapp.services.exports import order as export_order
from gridapp.services.fieldwords import field_words
from gridapp.services.imports import order as import_order
from gridapp.services.imports import planning
from gridapp.services.messages import texts
from gridapp.services.notes import promote, write
from gridapp.services.notices import post as notice
from gridapp.services.orders import Facts, Order
from gridapp.services.patrols import check_in, cover, find, points, rosters, said
from gridapp.services.people import (
    accounts,
    faces,
    hand_over,
    leaves,
    place,
    register,
    requests,
    resets,
    titles,
)
from gridapp.services.prints import hang, wording
from gridapp.services.prints import record as print_record
from gridapp.services.register import buildings, checks, codes, households, issuing, premises
from gridapp.services.rulebook import categories, colours, load_year, urgencies, visit_kinds
from gridapp.services.rules import cancel, table_deeds
from gridapp.services.units import put as unit_put
from gridapp.services.units import retire as unit_retire
from gridapp.services.verification import decide, plan
from gridapp.services.verification import verify as verify_records
from gridapp.services.visits import add, change, correct, record
from gridapp.services.works import order_print, steer
from gridapp.tables import DeedDone

# A building's version is a checksum of what stands there.
VERSION_MAX: Final = 2**32 - 1


@dataclass(frozen=True)
class Verb:
    """A deed's facts and the function that does it."""

    facts: type[Facts]
    do: Callable[[Act, Order, Any], dict[str, Any]]


VERBS: Final[Mapping[Deed, Verb]] = {
    Deed.SETTLE: Verb(settle.SettleFacts, settle.settle_case),
    Deed.ACCEPT: Verb(centre.AcceptFacts, centre.accept_case),
    Deed.DECLINE: Verb(centre.ReasonFacts, centre.decline_case),
    Deed.DISPATCH: Verb(centre.DispatchFacts, centre.dispatch_case),
    Deed.TAKE: Verb(centre.WordsFacts, handle.take_case),
    Deed.RETURN: Verb(handle.ReturnFacts, handle.return_case),
    Deed.HANDLE: Verb(handle.HandleFacts, handle.handle_case),
    Deed.VERIFY: Verb(centre.WordsFacts, verify.verify_case),
    Deed.REDO: Verb(centre.ReasonFacts, verify.redo_case),
    Deed.CLOSE: Verb(centre.WordsFacts, centre.close_case),
    Deed.REOPEN: Verb(reporter.ReopenFacts, reporter.reopen_case),
    Deed.PAUSE: Verb(hold.PauseFacts, hold.pause_case),
    Deed.RESUME: Verb(centre.WordsFacts, hold.resume_case),
    Deed.ASK_EXTENSION: Verb(handle.AskExtensionFacts, handle.ask_extension),
    Deed.EXTEND: Verb(hold.ExtendFacts, hold.extend_case),
    Deed.LET_IN: Verb(aside.LetInFacts, aside.let_in_case),
    Deed.SORT_ASIDE: Verb(aside.SortFacts, aside.sort_aside),
    Deed.UNDO_SORT: Verb(aside.UndoFacts, aside.undo_sort),
    Deed.URGE: Verb(centre.WordsFacts, watch.urge_case),
    Deed.SUPERVISE: Verb(watch.SuperviseFacts, watch.supervise_case),
    Deed.MERGE: Verb(merge.MergeFacts, merge.merge_case),
    Deed.RATE: Verb(reporter.RateFacts, reporter.rate_case),
    Deed.ADD_WORDS: Verb(reporter.AddWordsFacts, reporter.add_words),
    Deed.THANK: Verb(thank.ThankFacts, thank.thank),
    Deed.LEAVE_PHONE: Verb(thank.LeavePhoneFacts, thank.leave_phone),
    Deed.ME_TOO: Verb(me_too.MeTooFacts, me_too.say_me_too),
    Deed.PUBLISH: Verb(publish.PublishFacts, publish.publish_case),
    Deed.UNPUBLISH: Verb(centre.ReasonFacts, publish.unpublish_case),
    Deed.BLOCK: Verb(put.BlockFacts, put.put_block),
    Deed.UNBLOCK: Verb(put.UnblockFacts, put.lift_block),
    Deed.POST_NOTICE: Verb(notice.PostNoticeFacts, notice.post_notice),
    Deed.TAKE_DOWN_NOTICE: Verb(notice.TakeDownFacts, notice.take_down_notice),
    Deed.WRITE_NOTE: Verb(write.NoteFacts, write.write_note),
    Deed.PROMOTE_NOTE: Verb(promote.PromoteFacts, promote.promote_note),
    Deed.CHECK_IN: Verb(check_in.CheckInFacts, check_in.check_in),
    Deed.FIND: Verb(find.FindFacts, find.find_at_point),
    Deed.PROMOTE_CHECK_IN: Verb(said.PromoteCheckInFacts, said.promote_check_in),
    Deed.ADD_POINT: Verb(points.AddPointFacts, points.add_point),
    Deed.CHANGE_POINT: Verb(points.ChangePointFacts, points.change_point),
    Deed.RETIRE_POINT: Verb(points.RetirePointFacts, points.retire_point),
    Deed.RESTORE_POINT: Verb(points.RestorePointFacts, points.restore_point),
    Deed.MAKE_ROSTER: Verb(rosters.MakeRosterFacts, rosters.make_roster),
    Deed.STAFF_ROSTER: Verb(rosters.CrewFacts, rosters.staff_night),
    Deed.CANCEL_ROSTER: Verb(rosters.CancelRosterFacts, rosters.cancel_night),
    Deed.ASK_COVER: Verb(cover.CoverFacts, cover.ask_cover),
    Deed.COVER: Verb(cover.CoverFacts, cover.cover),
    Deed.ADD_HOUSEHOLD: Verb(add.AddHouseholdFacts, add.add_household),
    Deed.CHANGE_HOUSEHOLD: Verb(change.ChangeHouseholdFacts, change.change_household),
    Deed.END_HOUSEHOLD: Verb(change.EndHouseholdFacts, change.end_household),
    Deed.RECORD_VISIT: Verb(record.VisitFacts, record.record_visit),
    Deed.CORRECT_VISIT: Verb(correct.CorrectFacts, correct.correct_visit),
    Deed.PROMOTE_VISIT: Verb(correct.PromoteVisitFacts, correct.promote_visit),
    Deed.DRAW_BOUNDARY: Verb(draw.DrawFacts, draw.draw_boundary),
    Deed.REMOVE_BOUNDARY: Verb(draw.RemoveFacts, draw.remove_boundary),
    Deed.SPLIT_BOUNDARY: Verb(draw.SplitFacts, draw.split_boundary),
    Deed.IMPORT_BOUNDARIES: Verb(load.ImportFacts, load.import_boundaries),
    Deed.UNDO_BOUNDARIES: Verb(load.UndoFacts, load.undo_boundaries),
    Deed.SKETCH_BOUNDARIES: Verb(boundary_sketch.SketchFacts, boundary_sketch.sketch_boundaries),
    **{deed: Verb(one.facts, areas.change_tree) for deed, one in areas.PLANNERS.items()},
    Deed.PAIR_AREAS: Verb(pairs.PairFacts, pairs.pair_areas),
    Deed.PART_AREAS: Verb(pairs.PartFacts, pairs.part_areas),
    Deed.SET_FOCUS: Verb(focus.FocusFacts, focus.set_focus),
    Deed.SET_AREA_RULES: Verb(area_rules.AreaRulesFacts, area_rules.set_area_rules),
    Deed.CHANGE_LINE: Verb(lines.LineFacts, lines.change_line),
    Deed.SET_LINE_CONTACT: Verb(lines.LineContactFacts, lines.set_line_contact),
    Deed.ADD_PERSON: Verb(register.AddPersonFacts, register.add),
    Deed.CHANGE_PERSON: Verb(register.ChangePersonFacts, register.change),
    Deed.DISABLE_PERSON: Verb(register.DisableFacts, register.disable),
    Deed.ENABLE_PERSON: Verb(register.EnableFacts, register.enable),
    Deed.SHOW_FACE: Verb(faces.ShowFaceFacts, faces.show),
    Deed.HIDE_FACE: Verb(faces.HideFaceFacts, faces.hide),
    Deed.GIVE_POST: Verb(place.GivePostFacts, place.give),
    Deed.END_POST: Verb(place.EndPostFacts, place.end),
    Deed.HAND_OVER: Verb(hand_over.HandOverFacts, hand_over.hand_over),
    Deed.CONFIRM_POST: Verb(requests.ConfirmFacts, requests.confirm_post),
    Deed.REFUSE_POST: Verb(requests.RefuseFacts, requests.refuse_post),
    Deed.REFUSE_RESET: Verb(resets.RefuseResetFacts, resets.refuse_reset),
    Deed.CHANGE_TITLES: Verb(titles.ChangeTitlesFacts, titles.change_titles),
    Deed.GIVE_LEAVE: Verb(leaves.GiveLeaveFacts, leaves.give_leave),
    Deed.END_LEAVE: Verb(leaves.EndLeaveFacts, leaves.end_leave),
    Deed.ADD_UNIT: Verb(unit_put.AddUnitFacts, unit_put.add_unit),
    Deed.CHANGE_UNIT: Verb(unit_put.ChangeUnitFacts, unit_put.change_unit),
    Deed.ASSIGN_UNIT: Verb(unit_put.AssignUnitFacts, unit_put.assign_unit),
    Deed.RETIRE_UNIT: Verb(unit_retire.RetireUnitFacts, unit_retire.retire_unit),
    Deed.UNLOCK: Verb(accounts.AccountFacts, accounts.unlock),
    Deed.END_SESSIONS: Verb(accounts.AccountFacts, accounts.end_sessions),
    Deed.ADD_CATEGORY: Verb(categories.AddCategoryFacts, categories.add_category),
    Deed.CHANGE_CATEGORY: Verb(categories.CategoryFacts, categories.change_category),
    Deed.RETIRE_CATEGORY: Verb(table_deeds.RetireFacts, categories.change_category),
    Deed.ORDER_CATEGORY: Verb(table_deeds.PlaceFacts, categories.order_category),
    Deed.CHANGE_URGENCY: Verb(urgencies.UrgencyFacts, urgencies.change_urgency),
    Deed.CHANGE_WEEK: Verb(change_week.WeekFacts, change_week.change_week),
    Deed.CHANGE_DAY: Verb(change_day.DayFacts, change_day.change_day),
    Deed.LOAD_YEAR: Verb(load_year.YearFacts, load_year.load_year),
    Deed.CHANGE_TEXT: Verb(texts.TextFacts, texts.change_text),
    Deed.CHANGE_WORDING: Verb(wording.WordingFacts, wording.change_wording),
    Deed.CHANGE_COLOUR: Verb(colours.ColourFacts, colours.change_colour),
    Deed.ADD_VISIT_KIND: Verb(visit_kinds.AddVisitKindFacts, visit_kinds.add_visit_kind),
    Deed.CHANGE_VISIT_KIND: Verb(visit_kinds.VisitKindFacts, visit_kinds.change_visit_kind),
    Deed.RETIRE_VISIT_KIND: Verb(table_deeds.RetireFacts, visit_kinds.change_visit_kind),
    Deed.CANCEL_CHANGE: Verb(cancel.CancelFacts, cancel.cancel_change),
    Deed.ENTER_HOUSEHOLD: Verb(households.EnterHouseholdFacts, households.enter_household),
    Deed.AMEND_HOUSEHOLD: Verb(households.AmendHouseholdFacts, households.amend_household),
    Deed.STRIKE_HOUSEHOLD: Verb(households.StrikeFacts, households.strike_household),
    Deed.ENTER_PREMISES: Verb(premises.EnterPremisesFacts, premises.enter_premises),
    Deed.AMEND_PREMISES: Verb(premises.AmendPremisesFacts, premises.amend_premises),
    Deed.STRIKE_PREMISES: Verb(households.StrikeFacts, premises.strike_premises),
    Deed.CHECK_PREMISES: Verb(checks.CheckFacts, checks.check_premises),
    Deed.ADD_BUILDING: Verb(buildings.AddBuildingFacts, buildings.add_building),
    Deed.CHANGE_BUILDING: Verb(buildings.ChangeBuildingFacts, buildings.change_building),
    Deed.RETIRE_BUILDING: Verb(households.StrikeFacts, buildings.retire_building),
    Deed.ISSUE_CODE: Verb(issuing.IssueCodesFacts, issuing.issue_codes),
    Deed.REPLACE_CODE: Verb(households.StrikeFacts, codes.replace_code),
    Deed.RETIRE_CODE: Verb(households.StrikeFacts, codes.retire_code),
    Deed.START_VERIFICATION: Verb(plan.StartFacts, plan.start_verification),
    Deed.END_VERIFICATION: Verb(plan.EndFacts, plan.end_verification),
    Deed.VERIFY_RECORD: Verb(verify_records.VerifyFacts, verify_records.verify_record),
    Deed.DECIDE_RECORD: Verb(decide.DecideFacts, decide.decide_record),
    Deed.PRINT: Verb(print_record.PrintFacts, print_record.record_print),
    Deed.HANG: Verb(hang.HangFacts, hang.hang_print),
    Deed.ORDER_PRINT: Verb(order_print.PrintOrderFacts, order_print.order_print),
    Deed.CHECK_IMPORT: Verb(planning.PlanFacts, import_order.check_import),
    Deed.IMPORT: Verb(import_order.NoFacts, import_order.order_import),
    Deed.UNDO_IMPORT: Verb(import_order.NoFacts, import_order.order_undo),
    Deed.DROP_IMPORT: Verb(import_order.NoFacts, import_order.drop_import),
    Deed.EXPORT: Verb(export_order.ExportFacts, export_order.order_export),
    Deed.CANCEL_WORK: Verb(steer.SteerFacts, steer.cancel_work),
    Deed.RESUME_WORK: Verb(steer.SteerFacts, steer.resume_work),
}


@dataclass(frozen=True)
class Done:
    """A deed's receipt; ``is_new`` is False when the same deed came again."""

    reply: dict[str, Any]
    is_new: bool


def facts_of(model: type[Facts], given: dict[str, Any]) -> Facts:
    """Read the facts of a deed.

    Raises:
        FactsError: A field is missing, unknown or wrong; ``fields`` names each.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise FactsError(fields=field_words(error.errors(include_url=False))) from error


def do_deed(act: Act, order: Order) -> Done:
    """Do one deed once: the same id with the same content gets the same receipt again.

    Raises:
        OtherContentError: The id was used for something else, or by somebody else.
        FactsError: The deed is unknown or its facts are wrong.
        GridappError: Whatever the deed itself refuses.
    """
    verb = VERBS.get(Deed(order.deed)) if order.deed in set(Deed) else None
    if verb is None:
        raise FactsError("没有这种操作。", fields={"deed": "没有这种操作"})
    _demand_version_number(order)
    told, order = order.done_at, replace(order, done_at=clock_moment(order.done_at))
    clock_wrong = told is not None and order.done_at is None
    if not _claim(act, order, clock_wrong=clock_wrong):
        return _done_before(act, order)
    written = count_written(act)
    reply = verb.do(act, order, facts_of(verb.facts, order.facts))
    if order.deed in AUDITED and count_written(act) == written:
        write_deed(act, order, reply)
    act.session.flush()
    act.session.execute(update(DeedDone).where(col(DeedDone.uid) == order.uid).values(reply=reply))
    return Done(reply, is_new=True)


def _demand_version_number(order: Order) -> None:
    """Refuse a version that no column keeps; machines are refused it earlier, forms are not."""
    if order.version is not None and not 0 <= order.version <= VERSION_MAX:
        raise FactsError(fields={"version": f"应为 0 到 {VERSION_MAX} 的整数"})


def _claim(act: Act, order: Order, *, clock_wrong: bool) -> bool:
    """Take the id for this order; of two at once, the unique key lets one through.

    A clock that says what cannot be is left out and flagged: no deed is refused or lost for it.
    The claim is part of the deed's transaction: a refused deed leaves its id free.
    """
    sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(DeedDone) if sqlite else postgres_insert(DeedDone)
    claimed = act.session.execute(
        insert.values(
            uid=order.uid,
            deed=order.deed,
            subject=order.subject[:64],
            digest=order.digest(),
            person_id=act.actor.person_id,
            reply={},
            done_at=order.done_at,
            clock_wrong=clock_wrong,
            received_at=act.now,
        )
        .on_conflict_do_nothing(index_elements=["uid"])
        .returning(col(DeedDone.uid))
    ).scalar_one_or_none()
    return claimed is not None


def _done_before(act: Act, order: Order) -> Done:
    row = act.session.execute(select(DeedDone).where(col(DeedDone.uid) == order.uid)).scalar_one()
    same = row.digest == order.digest() and row.person_id == act.actor.person_id
    if not same:
        raise OtherContentError
    return Done(row.reply, is_new=False)
