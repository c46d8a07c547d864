"""All categories' phrases together, under the categories' codes."""

from typing import Final

from gridapp.demo.phrases.form import Phrases
from gridapp.demo.phrases.management import MANAGEMENT
from gridapp.demo.phrases.running import RUNNING
from gridapp.demo.phrases.safety import SAFETY
from gridapp.demo.phrases.serving import SERVING

PHRASES: Final[dict[str, Phrases]] = {**RUNNING, **MANAGEMENT, **SERVING, **SAFETY}
