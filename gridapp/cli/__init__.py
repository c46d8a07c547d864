"""The command ``gridapp``: one module for each group of commands, registered here."""

import sys
from importlib import import_module
from typing import Final

import typer
from rich.console import Console

from gridapp.cli.listening import StartRefusedError
from gridapp.domain.errors import GridappError
from gridapp.frontend.errors import BuildError
from gridapp.settings import SettingsError

# Which module has a command; commands of other features join this list. Only the module that is
# asked for is imported: what the others stand on would stay in the memory of a server.
COMMANDS: Final = {
    "serve": "serve",
    "build": "build",
    "check": "check",
    "audit-deps": "audit",
    "person": "person",
    "demo": "demo",
    "import": "exchange",
    "export": "exchange",
    "backup": "store",
    "restore": "store",
    "posters": "prints",
    "cards": "prints",
    "boards": "prints",
    "badges": "prints",
}


def command_line(words: list[str]) -> typer.Typer:
    """Make the command line for these words: one command's, or all when none is named."""
    app = typer.Typer(
        name="gridapp",
        help="社区网格治理平台。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    # With one command alone Typer would not ask for its name.
    app.callback()(lambda: None)
    asked = COMMANDS.get(words[0]) if words else None
    for module in (asked,) if asked else dict.fromkeys(COMMANDS.values()):
        import_module(f"gridapp.cli.{module}").register(app)
    return app


def main() -> None:
    """Run the command line; a wrong setting or a refused start is one sentence and code 2."""
    try:
        command_line(sys.argv[1:])()
    except (SettingsError, StartRefusedError, BuildError) as refusal:
        Console(stderr=True).print(
            str(refusal), style="red", highlight=False, markup=False, soft_wrap=True
        )
        sys.exit(2)
    except GridappError as refusal:
        fields = refusal.facts.get("fields", {})
        lines = [refusal.sentence, *(f"{field}：{why}" for field, why in fields.items())]
        Console(stderr=True).print(
            "\n".join(lines), style="red", highlight=False, markup=False, soft_wrap=True
        )
        sys.exit(2)
