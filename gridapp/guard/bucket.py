"""A token bucket: so many at once, so many a second after that."""

from dataclasses import dataclass, field


@dataclass
class Bucket:
    """Lets ``capacity_count`` through at once and refills with ``refill_per_s``."""

    capacity_count: float
    refill_per_s: float
    _level_count: float = field(init=False)
    _filled_at_s: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._level_count = self.capacity_count

    def take(self, now_s: float) -> bool:
        """Take one, or tell that the bucket is empty. ``now_s`` is any steady clock's seconds."""
        if self._filled_at_s is not None:
            gained = (now_s - self._filled_at_s) * self.refill_per_s
            self._level_count = min(self.capacity_count, self._level_count + gained)
        self._filled_at_s = now_s
        if self._level_count < 1:
            return False
        self._level_count -= 1
        return True
