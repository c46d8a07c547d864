"""All categories' phrases together, under the categories' codes."""

from typing import Final

from gridapp.services.demo.phrases.form import Phrases
from gridapp.services.demo.phrases.management import MANAGEMENT
from gridapp.services.demo.phrases.running import RUNNING
from gridapp.services.demo.phrases.safety import SAFETY
from gridapp.services.demo.phrases.serving import SERVING

PHRASES: Final[dict[str, Phrases]] = {**RUNNING, **MANAGEMENT, **SERVING, **SAFETY}
