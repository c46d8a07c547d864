"""The numbers that everybody should know, in one order and by one name on screens and in print."""

from typing import Final

# Number -> what it is for, in the order of a poster.
EMERGENCY_LINES: Final = {"119": "火警", "110": "报警", "120": "急救"}
CITIZENS_LINE: Final = "12345"
CITIZENS_LINE_NAME: Final = "市民热线"
