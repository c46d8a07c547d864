"""A raw client of the event socket: what anybody on the network could write."""

import json
import uuid
from collections.abc import Callable
from typing import Any, Self

import websocket

Update = dict[str, Any]

_SESSION_STATE = "session_state"


class Wire:
    """One websocket to a served back end, as a page would open it or as a forger would."""

    def __init__(
        self,
        port: int,
        *,
        cookie: str = "",
        origin: str | None = None,
        token: str | None = None,
        boot: dict[str, Any] | None = None,
    ) -> None:
        self.token = token or str(uuid.uuid4())
        query = f"EIO=4&transport=websocket&token={self.token}"
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}/_event/?{query}",
            timeout=10,
            cookie=cookie,
            origin=f"http://127.0.0.1:{port}" if origin is None else origin,
            suppress_origin=origin == "",
        )
        self.new_token = ""
        self.socket.recv()
        self.socket.send(f"40/_event,{json.dumps(boot or {})}")
        self.until(lambda text: text.startswith("40/_event,"))

    @classmethod
    def as_role(cls, port: int, role: str, **more: Any) -> Self:
        return cls(port, cookie=f"grid_session={role}" if role else "", **more)

    def write(self, text: str) -> None:
        self.socket.send(text)

    def send(self, name: str, /, **payload: Any) -> None:
        event = {"name": name, "payload": payload, "router_data": {"pathname": "/"}}
        self.write(f"42/_event,{json.dumps(['event', event], ensure_ascii=False)}")

    def until(self, wanted: Callable[[str], bool]) -> str:
        while True:
            text = str(self.socket.recv())
            if text == "2":
                self.write("3")
            elif text.startswith('42/_event,["new_token"'):
                self.new_token = json.loads(text.partition(",")[2])[1]
            elif wanted(text):
                return text

    def update(self) -> Update:
        """Give the next update of the page's state."""
        text = self.until(lambda text: text.startswith('42/_event,["event"'))
        update: Update = json.loads(text.partition(",")[2])[1]
        return update

    def var(self, state: str, var: str) -> Any:
        """Give what the next update that holds this var says of it."""
        while True:
            for full_name, changed in self.update().get("delta", {}).items():
                if full_name.endswith(state) and f"{var}_rx_state_" in changed:
                    return changed[f"{var}_rx_state_"]

    def refusal(self) -> str:
        """Give the code of the next refusal that the page is told of."""
        return str(self.var(_SESSION_STATE, "notice_code"))

    def fate(self, name: str) -> str:
        """Tell whether this event reached its handler, or what it was refused with."""
        while True:
            update = self.update()
            for event in update.get("events", []):
                if event["name"] == "_reached" and event["payload"]["handler"] == name:
                    return "reached"
            for full_name, changed in update.get("delta", {}).items():
                if full_name.endswith(_SESSION_STATE) and changed.get("notice_code_rx_state_"):
                    return str(changed["notice_code_rx_state_"])

    def close(self) -> None:
        self.socket.close()
