"""What must be true before the server starts: the newest tables, and a street to show."""

from collections.abc import Callable

from gridapp.services.calendar.town import unpublished_year
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk
from gridapp.services.file_store import FileStore
from gridapp.services.founding import found_town
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings


def prepare(settings: Settings, *, demo: bool, say: Callable[[str], None]) -> None:
    """Bring the database to the newest migration; with ``demo``, fill it when it is empty.

    Every town has a work calendar and categories afterwards.

    Args:
        settings: Whose database.
        demo: Whether an empty database becomes the demo.
        say: Told what takes longer than a moment.
    """
    desk = Desk(open_engine(settings.database_url), FileStore(settings.files_url), settings)
    try:
        migrate(desk.engine)
        if demo:
            # Imported here: a real server never needs the demo, and would keep it in memory.
            from gridapp.demo.ensure import ensure_demo  # noqa: PLC0415 - see above
            from gridapp.demo.sizes import Size  # noqa: PLC0415 - see above

            ensure_demo(desk, size=Size.COMMUNITY, say=say)
        with desk.acting(SYSTEM) as act:
            found_town(act)
            year = unpublished_year(act)
        if year is not None:
            say(
                f"{year} 年的放假安排还没有：跨到 {year} 年的期限按每周工作日暂算，"
                "公布后请升级 chinesecalendar 并重启。"
            )
    finally:
        desk.engine.dispose()
