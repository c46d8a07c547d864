"""``python -m gridapp.frontend.compile``: one whole build, in a process of its own.

Reflex reads its switches while it is imported, so whoever wants a build starts this module
with :func:`gridapp.frontend.layout.reflex_environment` set (``build.ensure_built`` does).
"""

from reflex import constants
from reflex.environment import environment
from reflex.utils import build, frontend_skeleton, prerequisites


def compile_frontend() -> None:
    """Write ``.web`` from the pages and bundle it into ``.web/build/client``."""
    environment.REFLEX_COMPILE_CONTEXT.set(constants.CompileContext.EXPORT)
    # Making .web anew throws its node_modules away, so only when it is missing or too old.
    if prerequisites.needs_reinit():
        prerequisites.initialize_reflex_user_directory()
        frontend_skeleton.initialize_web_directory()
    prerequisites.get_compiled_app(prerender_routes=True, use_rich=False)
    build.set_env_json()
    build.build()


if __name__ == "__main__":
    compile_frontend()
