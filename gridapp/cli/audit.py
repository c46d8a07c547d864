"""``gridapp audit-deps``: are holes known in the packages that this copy runs on?

pip-audit asks the package index for advisories. Where none answers (an intranet, a mirror without
that part) nothing was checked, and that is said in one line; it is no failure, and no all-clear.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

import typer
from rich.console import Console

_TIMEOUT_S: Final = 120
_COMMAND: Final = ("pip_audit", "--format", "json", "--progress-spinner", "off", "--skip-editable")
_AWAY: Final = "依赖漏洞没有检查：取不到漏洞数据（{why}）。"


@dataclass(frozen=True)
class Audit:
    """What an audit came to.

    Args:
        holes: A line for each hole: package, version, its name, and the versions that mend it.
        checked_count: So many packages were looked up.
        skipped_count: So many could not be.
    """

    holes: tuple[str, ...]
    checked_count: int
    skipped_count: int


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("audit-deps", help="查依赖包的已知漏洞；取不到漏洞数据时只说明，不算失败。")(audit)


def audit() -> None:
    """Ask for the advisories of every package installed; code 1 when a hole is known."""
    say = Console().print
    if find_spec("pip_audit") is None:
        say("没有安装 pip-audit，请用开发环境运行（make deps）。")
        raise typer.Exit(2)
    try:
        told = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", *_COMMAND],
            capture_output=True, text=True, check=False, timeout=_TIMEOUT_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        say(_AWAY.format(why="等待超时"))
        return
    found = read_audit(told.stdout)
    for line in sentences(found):
        say(line, highlight=False, markup=False, soft_wrap=True)
    if found is not None and found.holes:
        raise typer.Exit(1)


def read_audit(told: str) -> Audit | None:
    """Read what pip-audit says; None when it came to nothing, as without a network."""
    try:
        packages: list[dict[str, Any]] = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    checked = [one for one in packages if "skip_reason" not in one]
    holes = [
        f"{one['name']} {one['version']}：{hole['id']}，"
        f"修复版本 {'、'.join(hole['fix_versions']) or '还没有'}"
        for one in checked
        for hole in one["vulns"]
    ]
    return Audit(tuple(holes), len(checked), len(packages) - len(checked))


def sentences(found: Audit | None) -> list[str]:
    """Say what an audit came to; what was not looked up is never called sound."""
    if found is None:
        return [_AWAY.format(why="没有应答")]
    if not found.checked_count:
        return [_AWAY.format(why=f"{found.skipped_count} 个包都查不到")]
    count = f"{found.checked_count} 个依赖包里有 {len(found.holes)} 个已知漏洞"
    left = f"，另有 {found.skipped_count} 个查不到" if found.skipped_count else ""
    return [*found.holes, f"{count}{left}。"]
