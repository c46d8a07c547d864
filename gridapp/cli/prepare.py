"""What must be true before the server starts: the newest tables, and a street to show."""

from collections.abc import Callable

from gridapp.services.store.engine import open_engine
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings


def prepare(settings: Settings, *, demo: bool, say: Callable[[str], None]) -> None:
    """Bring the database to the newest migration; with ``demo``, fill it when it is empty.

    Args:
        settings: Whose database.
        demo: Whether an empty database becomes the demo street.
        say: Told what takes longer than a moment.
    """
    engine = open_engine(settings.database_url)
    try:
        migrate(engine)
    finally:
        engine.dispose()
    if demo:
        say("演示模式。")
