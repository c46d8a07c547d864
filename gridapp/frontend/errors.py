"""Why a build of the front end is refused."""


class BuildError(RuntimeError):
    """The front end could not be built; the message holds the end of the log."""


class LockChangedError(BuildError):
    """The build wanted other npm packages than ``reflex.lock`` holds."""
