"""MATRIX drawn a second time, by hand: what is drawn is allowed, every other cell is refused.

``o`` own, ``g`` own grids, ``c`` own community, ``s`` own street, ``A`` all, ``.`` not at all.
"""

from itertools import product

import pytest

from gridapp.domain.permissions import MATRIX, is_wider, may_at_all, reach_of
from gridapp.domain.vocabulary import Deed, Reach, Role

# The administrator, the security administrator and the auditor are the last three columns.
DRAWING = """
                       resident volunteer worker head unit dispatcher verifier leader admin security auditor
case.report                   A         A      g    g    .          s        .      .     .        .       .
case.settle                   .         .      g    g    .          .        .      .     .        .       .
case.accept                   .         .      .    .    .          s        .      .     .        .       .
case.decline                  .         .      .    .    .          s        .      .     .        .       .
case.dispatch                 .         .      .    .    .          s        .      .     .        .       .
case.take                     .         .      o    o    o          .        .      .     .        .       .
case.return                   .         .      o    o    o          .        .      .     .        .       .
case.handle                   .         .      o    o    o          .        .      .     .        .       .
case.verify                   .         .      .    .    .          .        s      .     .        .       .
case.redo                     .         .      .    .    .          .        s      .     .        .       .
case.close                    .         .      .    .    .          s        .      .     .        .       .
case.reopen                   o         .      .    .    .          s        .      .     .        .       .
case.pause                    .         .      .    .    .          s        .      .     .        .       .
case.resume                   .         .      .    .    .          s        .      .     .        .       .
case.ask_extension            .         .      o    o    o          .        .      .     .        .       .
case.extend                   .         .      .    .    .          s        .      .     .        .       .
case.let_in                   .         .      .    .    .          s        .      .     .        .       .
case.sort_aside               .         .      .    .    .          s        .      .     .        .       .
case.undo_sort                .         .      .    .    .          s        .      .     .        .       .
case.urge                     .         .      .    .    .          s        .      s     .        .       .
case.supervise                .         .      .    .    .          s        .      s     .        .       .
case.merge                    .         .      .    .    .          s        .      .     .        .       .
case.rate                     o         .      .    .    .          .        .      .     .        .       .
case.publish                  .         .      .    .    .          s        .      .     .        .       .
case.unpublish                .         .      .    .    .          s        .      .     .        .       .
case.choose_messages          o         .      .    .    .          .        .      .     .        .       .
case.add_words                o         .      o    o    o          s        .      .     .        .       .
case.thank                    o         .      .    .    .          .        .      .     .        .       .
case.leave_phone              o         .      .    .    .          .        .      .     .        .       .
case.me_too                   A         .      .    .    .          .        .      .     .        .       .
case.see                      o         .      g    g    o          s        s      s     .        .       .
case.reveal                   .         .      o    o    o          s        s      .     .        .       .
reporter.block                .         .      .    .    .          s        .      .     .        .       .
reporter.unblock              .         .      .    .    .          s        .      .     .        .       .
notice.post                   .         .      g    g    .          s        .      .     .        .       .
notice.take_down              .         .      g    g    .          s        .      .     .        .       .
note.write                    .         .      g    g    .          .        .      .     .        .       .
note.promote                  .         .      o    g    .          .        .      .     .        .       .
note.see                      .         .      g    g    .          s        .      .     .        .       .
patrol.check_in               .         .      g    g    .          .        .      .     .        .       .
patrol.see                    .         .      g    g    .          s        .      .     .        .       .
patrol.find                   .         .      g    g    .          .        .      .     .        .       .
patrol.check_in_promote       .         .      o    g    .          .        .      .     .        .       .
patrol.point_add              .         .      .    g    .          s        .      .     .        .       .
patrol.point_change           .         .      .    g    .          s        .      .     .        .       .
patrol.point_retire           .         .      .    g    .          s        .      .     .        .       .
patrol.point_restore          .         .      .    g    .          s        .      .     .        .       .
patrol.roster_make            .         .      .    g    .          s        .      .     .        .       .
patrol.roster_staff           .         .      .    g    .          s        .      .     .        .       .
patrol.roster_cancel          .         .      .    g    .          s        .      .     .        .       .
patrol.roster_ask_cover       .         o      o    o    .          .        .      .     .        .       .
patrol.roster_cover           .         g      g    g    .          .        .      .     .        .       .
patrol.see_roster             .         g      g    g    .          s        .      s     .        .       .
patrol.see_coverage           .         .      .    g    .          s        .      s     .        .       .
household.add                 .         .      g    g    .          .        .      .     .        .       .
household.change              .         .      g    g    .          .        .      .     .        .       .
household.end                 .         .      g    g    .          .        .      .     .        .       .
household.reveal              .         .      g    g    .          .        .      .     .        .       .
visit.record                  .         .      g    g    .          .        .      .     .        .       .
visit.correct                 .         .      o    o    .          .        .      .     .        .       .
visit.promote                 .         .      o    g    .          .        .      .     .        .       .
visit.see                     .         .      g    g    .          .        .      .     .        .       .
register.see                  .         .      g    g    .        .        .      .     A        .       .
register.reveal               .         .      g    g    .        .        .      .     .        .       .
register.household_enter      .         .      g    g    .        .        .      .     A        .       .
register.household_amend      .         .      g    g    .        .        .      .     .        .       .
register.household_strike     .         .      g    g    .        .        .      .     .        .       .
register.premises_enter       .         .      g    g    .        .        .      .     A        .       .
register.premises_amend       .         .      g    g    .        .        .      .     A        .       .
register.premises_strike      .         .      g    g    .        .        .      .     A        .       .
register.premises_check       .         .      g    g    .        .        .      .     .        .       .
building.add                  .         .      .    g    .        .        .      .     A        .       .
building.change               .         .      .    g    .        .        .      .     A        .       .
building.retire               .         .      .    g    .        .        .      .     A        .       .
code.issue                    .         .      .    g    .        .        .      .     A        .       .
code.replace                  .         .      .    g    .        .        .      .     A        .       .
code.retire                   .         .      .    g    .        .        .      .     A        .       .
verification.start            .         .      .    g    .        .        .      .     A        .       .
verification.end              .         .      .    g    .        .        .      .     A        .       .
verification.record           .         .      g    g    .        .        .      .     .        .       .
verification.decide           .         .      .    g    .        .        .      .     .        .       .
area.see                      .         g      g    g    s          s        s      s     A        .       .
area.change                   .         .      .    .    .          .        .      .     A        .       .
boundary.draw                 .         .      .    .    .          .        .      .     A        .       .
boundary.remove               .         .      .    .    .          .        .      .     A        .       .
boundary.split                .         .      .    .    .          .        .      .     A        .       .
boundary.import               .         .      .    .    .          .        .      .     A        .       .
boundary.undo                 .         .      .    .    .          .        .      .     A        .       .
boundary.sketch               .         .      .    .    .          .        .      .     A        .       .
area.add                      .         .      .    .    .          .        .      .     A        .       .
area.rename                   .         .      .    .    .          .        .      .     A        .       .
area.move                     .         .      .    .    .          .        .      .     A        .       .
area.retire                   .         .      .    .    .          .        .      .     A        .       .
area.split                    .         .      .    .    .          .        .      .     A        .       .
area.merge                    .         .      .    .    .          .        .      .     A        .       .
area.reassign                 .         .      .    .    .          .        .      .     A        .       .
area.pair                     .         .      .    .    .          .        .      .     A        .       .
area.part                     .         .      .    .    .          .        .      .     A        .       .
area.focus                    .         .      .    .    .          .        .      .     A        .       .
area.rules                    .         .      .    .    .          .        .      .     A        .       .
line.change                   .         .      .    .    .          .        .      .     A        .       .
line.contact                  .         .      .    .    .          .        .      .     A        .       .
person.see                    .         .      .    .    .          .        .      .     A        .       .
person.add                    .         .      .    .    .          .        .      .     A        .       .
person.change                 .         .      .    .    .          .        .      .     A        .       .
person.disable                .         .      .    .    .          .        .      .     A        .       .
person.enable                 .         .      .    .    .          .        .      .     A        .       .
person.show_face              .         .      .    .    .          .        .      .     A        .       .
person.hide_face              .         .      .    .    .          .        .      .     A        .       .
post.give                     .         .      .    .    .          .        .      .     A        .       .
post.end                      .         .      .    .    .          .        .      .     A        .       .
post.hand_over                .         .      .    .    .          .        .      .     A        .       .
post.confirm                  .         .      .    .    .          .        .      .     .        A       .
post.refuse                   .         .      .    .    .          .        .      .     .        A       .
post.change_titles            .         .      .    .    .          .        .      .     A        .       .
leave.give                    .         .      .    .    .          .        .      .     A        .       .
leave.end                     .         .      .    .    .          .        .      .     A        .       .
unit.add                      .         .      .    .    .          .        .      .     A        .       .
unit.change                   .         .      .    .    .          .        .      .     A        .       .
unit.assign                   .         .      .    .    .          .        .      .     A        .       .
unit.retire                   .         .      .    .    .          .        .      .     A        .       .
account.see                   .         .      .    .    .          .        .      .     .        A       .
account.unlock                .         .      .    .    .          .        .      .     .        A       .
account.end_sessions          .         .      .    .    .          .        .      .     .        A       .
person.reset_password         .         .      .    .    .          .        .      .     .        A       .
person.confirm_reset          .         .      .    .    .          .        .      .     A        .       .
person.refuse_reset           .         .      .    .    .          .        .      .     A        .       .
category.add                  .         .      .    .    .          .        .      .     A        .       .
category.change               .         .      .    .    .          .        .      .     A        .       .
category.retire               .         .      .    .    .          .        .      .     A        .       .
category.order                .         .      .    .    .          .        .      .     A        .       .
urgency.change                .         .      .    .    .          .        .      .     A        .       .
calendar.change_week          .         .      .    .    .          .        .      .     A        .       .
calendar.change_day           .         .      .    .    .          .        .      .     A        .       .
calendar.load_year            .         .      .    .    .          .        .      .     A        .       .
text.change                   .         .      .    .    .          .        .      .     A        .       .
wording.change                .         .      .    .    .          .        .      .     A        .       .
colour.change                 .         .      .    .    .          .        .      .     A        .       .
visit_kind.add                .         .      .    .    .          .        .      .     A        .       .
visit_kind.change             .         .      .    .    .          .        .      .     A        .       .
visit_kind.retire             .         .      .    .    .          .        .      .     A        .       .
rule.cancel_change            .         .      .    .    .          .        .      .     A        .       .
stats.see                     .         .      .    g    .          s        s      s     .        .       .
print.make                    .         .      .    g    .          s        .      .     A        .       .
print.order                   .         .      .    g    .          s        .      .     A        .       .
print.hang                    .         .      .    g    .          s        .      .     A        .       .
work.cancel                   .         .      .    o    .          o        .      .     o        .       .
work.resume                   .         .      .    o    .          o        .      .     o        .       .
data.import                   .         .      .    .    .          .        .      .     A        .       .
data.import_check             .         .      .    .    .          .        .      .     A        .       .
data.import_undo              .         .      .    .    .          .        .      .     A        .       .
data.import_drop              .         .      .    .    .          .        .      .     A        .       .
data.export                   .         .      .    .    .          s        .      .     A        .       .
audit.see                     .         .      .    .    .          .        .      .     .        .       A
"""  # noqa: E501 - a drawing is read in one piece

ROLE_OF = {
    "worker": Role.GRID_WORKER,
    "head": Role.GRID_HEAD,
    "unit": Role.UNIT_OFFICER,
    "admin": Role.ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
}
REACH_OF = {
    ".": None, "o": Reach.OWN, "g": Reach.GRIDS, "c": Reach.COMMUNITY,
    "s": Reach.STREET, "A": Reach.ALL,
}  # fmt: skip
HEAD, *ROWS = [line.split() for line in DRAWING.strip().splitlines()]
ROLES = [ROLE_OF.get(name) or Role(name) for name in HEAD]
CELLS = {
    (Deed(row[0]), role): REACH_OF[cell]
    for row in ROWS
    for role, cell in zip(ROLES, row[1:], strict=True)
}


@pytest.mark.parametrize("deed", list(Deed))
def test_a_deed_reaches_as_far_as_drawn_and_no_further(deed: Deed) -> None:
    drawn = {role: CELLS[deed, role] for role in Role}
    assert {role: reach_of(deed, role) for role in Role} == drawn
    assert [role for role in Role if may_at_all(deed, [role])] == [r for r in Role if drawn[r]]


def test_the_drawing_has_every_deed_and_every_role() -> None:
    assert set(CELLS) == set(product(Deed, Role))
    assert set(MATRIX) == set(Deed)


def test_who_has_no_role_may_do_nothing() -> None:
    assert not any(may_at_all(deed, []) for deed in Deed)


def test_several_posts_add_up() -> None:
    assert may_at_all(Deed.VERIFY, [Role.LEADER, Role.VERIFIER])
    assert not may_at_all(Deed.VERIFY, [Role.LEADER, Role.GRID_WORKER])


def test_the_auditor_changes_nothing() -> None:
    assert [deed for deed in Deed if reach_of(deed, Role.AUDITOR)] == [Deed.SEE_AUDIT]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
@pytest.mark.parametrize(
    "deed",
    [
        Deed.SEE_CASE, Deed.REVEAL, Deed.SEE_NOTE, Deed.SEE_CHECK_IN, Deed.SEE_VISIT,
        Deed.REVEAL_HOUSEHOLD, Deed.REVEAL_RECORD, Deed.AMEND_HOUSEHOLD, Deed.VERIFY_RECORD,
        Deed.CHECK_PREMISES, Deed.DECIDE_RECORD,
    ],
)  # fmt: skip
def test_no_administrator_reads_residents_data(deed: Deed, role: Role) -> None:
    assert reach_of(deed, role) is None


def test_the_three_administrators_share_no_deed() -> None:
    three = [Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR]
    shared = [deed for deed in Deed if sum(may_at_all(deed, [role]) for role in three) > 1]
    assert shared == []


def test_reaches_widen_from_own_to_all() -> None:
    widening = [Reach.OWN, Reach.GRIDS, Reach.COMMUNITY, Reach.STREET, Reach.ALL]
    pairs = list(product(range(5), repeat=2))
    assert all(is_wider(widening[a], widening[b]) == (a > b) for a, b in pairs)
