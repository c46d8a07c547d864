"""Where the front end is built and published, and the environment Reflex reads."""

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
WEB_DIR = PROJECT_ROOT / ".web"
COMPILED_DIR = WEB_DIR / "build" / "client"
LOCK_DIR = PROJECT_ROOT / "reflex.lock"
KEPT_DIR = PROJECT_ROOT / "build" / "frontend"
PUBLISHED_DIR = KEPT_DIR / "site"
STAMP_FILE = KEPT_DIR / "stamp.json"


def reflex_environment(redis_url: str = "", workers: int = 1) -> dict[str, str]:
    """Tell Reflex's switches: npm only, no telemetry, production, one origin.

    Args:
        redis_url: Where states are kept; empty keeps them in this process.
        workers: With more than one, Redis locks are optimistic.
    """
    switches = {
        "REFLEX_DIR": str(PROJECT_ROOT / "build" / "reflex"),
        "REFLEX_USE_NPM": "1",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_STATE_MANAGER_MODE": "redis" if redis_url else "memory",
    }
    if redis_url:
        switches["REFLEX_REDIS_URL"] = redis_url
    if workers > 1:
        switches["REFLEX_OPLOCK_ENABLED"] = "true"
    return switches
