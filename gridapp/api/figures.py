"""Counts of this process's requests, written as Prometheus reads them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Final

# Upper bounds in seconds; the last one has no bound.
_BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_REFUSED_FROM: Final = 400


class Figures:
    """Requests by route and status, how long they took, and how many were refused."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = defaultdict(float)

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            self._requests[route, status] += 1
            self._seconds[route] += seconds
            for bound in _BOUNDS_S:
                if seconds <= bound:
                    self._within[route, bound] += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        """Write everything, with gauges that the caller has just read."""
        with self._lock:
            lines = [*self._request_lines(), *self._duration_lines()]
        for name, value in gauges.items():
            lines += [f"# TYPE gridapp_{name} gauge", f"gridapp_{name} {value:g}"]
        return "\n".join(lines) + "\n"

    def _request_lines(self) -> Iterable[str]:
        yield "# TYPE gridapp_requests_total counter"
        for (route, status), count in sorted(self._requests.items()):
            yield f'gridapp_requests_total{{route="{route}",status="{status}"}} {count}'
        yield "# TYPE gridapp_refusals_total counter"
        refused = sum(n for (_, status), n in self._requests.items() if status >= _REFUSED_FROM)
        yield f"gridapp_refusals_total {refused}"

    def _duration_lines(self) -> Iterable[str]:
        name = "gridapp_request_seconds"
        yield f"# TYPE {name} histogram"
        for route in sorted({route for route, _ in self._requests}):
            total = sum(n for (other, _), n in self._requests.items() if other == route)
            for bound in _BOUNDS_S:
                within = self._within[route, bound]
                yield f'{name}_bucket{{route="{route}",le="{bound:g}"}} {within}'
            yield f'{name}_bucket{{route="{route}",le="+Inf"}} {total}'
            yield f'{name}_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {total}'
