"""``gridapp check``: the house rules that a machine can judge, all of them, in one go."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import typer
from rich.console import Console

_SCRIPTS = Path(sysconfig.get_path("scripts"))
_CHECKS = {
    "ruff": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "import-linter": ("lint-imports", "--no-cache"),
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("check", help="检查代码规范：ruff、mypy、导入方向。")(check)


def check() -> None:
    """Run every check, show what failed, and end with code 1 when one did."""
    console = Console()
    failed = [name for name, command in _CHECKS.items() if not _passes(console, name, command)]
    if failed:
        console.print(f"未通过：{'、'.join(failed)}", style="bold red", highlight=False)
        sys.exit(1)
    console.print("全部通过。", style="bold green")


def _passes(console: Console, name: str, command: tuple[str, ...]) -> bool:
    done = subprocess.run(  # noqa: S603 - one of the four commands above
        [_SCRIPTS / command[0], *command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        console.print(f"✓ {name}", style="green", highlight=False)
        return True
    console.print(f"✗ {name}", style="red", highlight=False)
    console.print(done.stdout, markup=False, highlight=False)
    return False
