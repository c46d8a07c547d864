"""The command ``gridapp``: one module for each group of commands, registered here."""

import sys

import typer
from rich.console import Console

from gridapp.cli import build, check, demo, exchange, person, prints, serve, store
from gridapp.domain.errors import GridappError
from gridapp.settings import SettingsError

app = typer.Typer(
    name="gridapp",
    help="社区网格治理平台。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

# A module of commands has register(app); commands of other features join this list.
for _group in (serve, build, check, person, demo, exchange, store, prints):
    _group.register(app)


def main() -> None:
    """Run the command line; a wrong setting or a refused start is one sentence and code 2."""
    try:
        app()
    except (SettingsError, serve.StartRefusedError, build.BuildError) as refusal:
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
