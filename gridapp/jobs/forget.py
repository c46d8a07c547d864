"""Forgets what need not be known: people after a year, builds after a month, stray photos."""

from datetime import timedelta

from gridapp.frontend.builds import builds_in
from gridapp.services.cases.forget import forget_reporters
from gridapp.services.desk import Desk
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.forget import clear_imports, forget_imports
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.locks import forget_old_failures
from gridapp.services.photos.forget import forget_files, forget_photos
from gridapp.services.visits.forget import forget_households
from gridapp.services.works.files import works_in
from gridapp.services.works.forget import clear_works, forget_work_files


def forget(desk: Desk) -> int:
    """Forget rows first and files after their commit; gives how many things went."""
    kept_for = timedelta(days=desk.settings.reporter_kept_days)
    with desk.acting(SYSTEM) as act:
        gone = forget_reporters(act, kept_for)
        gone += forget_households(act, kept_for)
        gone += forget_old_failures(act)
    with desk.acting(SYSTEM) as act:
        gone += forget_photos(act)
        gone += forget_work_files(act)
        gone += forget_imports(act)
    with desk.looking(SYSTEM) as act:
        gone += forget_files(act)
        gone += clear_works(act, works_in(desk.settings.data_dir))
        gone += clear_imports(act, imports_in(desk.settings.data_dir))
    return gone + builds_in(desk.settings.data_dir).forget(desk.clock())
