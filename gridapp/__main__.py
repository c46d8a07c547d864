"""``python -m gridapp`` is the command ``gridapp``."""

from gridapp.cli import main

main()
