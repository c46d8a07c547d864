"""Who may open which staff page: read from the matrix, so that a page never promises more."""

from typing import Final

from gridapp.domain.labels import ROLE
from gridapp.domain.permissions import MATRIX
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Actor
from gridapp.ui.frame import Tab


def _staff(deed: Deed) -> tuple[Role, ...]:
    return tuple(role for role in MATRIX[deed] if role is not Role.RESIDENT)


CASE_READERS: Final = _staff(Deed.SEE_CASE)
TASK_HOLDERS: Final = _staff(Deed.HANDLE)
FIGURE_READERS: Final = _staff(Deed.SEE_STATS)
PATROL_LEADERS: Final = _staff(Deed.SEE_COVERAGE)
SETTLERS: Final = _staff(Deed.SETTLE)
SORTERS: Final = _staff(Deed.SORT_ASIDE)
BLOCKERS: Final = _staff(Deed.BLOCK)
VISITORS: Final = _staff(Deed.SEE_VISIT)
REGISTER_READERS: Final = _staff(Deed.SEE_REGISTER)
IMPORTERS: Final = _staff(Deed.IMPORT)
EXPORTERS: Final = tuple(dict.fromkeys((*_staff(Deed.EXPORT), *_staff(Deed.SEE_STATS))))
PRINTERS: Final = _staff(Deed.ORDER_PRINT)
NOTICE_POSTERS: Final = _staff(Deed.POST_NOTICE)
RULE_KEEPERS: Final = _staff(Deed.CHANGE_CATEGORY)
NOTE_WRITERS: Final = _staff(Deed.WRITE_NOTE)
AREA_KEEPERS: Final = _staff(Deed.CHANGE_AREA)
BOUNDARY_KEEPERS: Final = _staff(Deed.IMPORT_BOUNDARIES)

ADMINISTRATORS: Final = (Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR)

# Who reads the list of people: whoever keeps it, and whoever keeps the accounts.
KEEPERS: Final = (Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
REGISTRARS: Final = _staff(Deed.SEE_PERSON)
AUDITORS: Final = _staff(Deed.SEE_AUDIT)

_PAGES: Final = (
    (TASK_HOLDERS, Tab("今日", "/worker", "today")),
    (CASE_READERS, Tab("事件", "/desk", "cases")),
    (FIGURE_READERS, Tab("看板", "/leader", "figures")),
    (ADMINISTRATORS, Tab("管理", "/admin", "manage")),
)
_ME: Final = Tab("我的", "/me", "me")


def tabs_of(actor: Actor) -> list[Tab]:
    """List the pages that somebody may open, the own page last."""
    return [tab for roles, tab in _PAGES if actor.roles & set(roles)] + [_ME]


def role_words(actor: Actor) -> str:
    """Say which posts somebody holds."""
    return "、".join(dict.fromkeys(ROLE[post.role] for post in actor.posts))
