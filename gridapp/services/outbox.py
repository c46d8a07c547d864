"""Promises a message inside a transaction; a job delivers it later."""

from sqlalchemy import insert

from gridapp.services.desk import Act
from gridapp.tables import Case, OutboxMessage


def promise_message(act: Act, case: Case, body: str) -> None:
    """Promise the reporter a message; without a phone there is nobody to tell."""
    if not case.reporter_phone:
        return
    act.session.execute(
        insert(OutboxMessage).values(
            channel="sms",
            address=case.reporter_phone,
            body=body,
            case_id=case.id,
            due_at=act.now,
            made_at=act.now,
            status="waiting",
            attempt_count=0,
            last_error="",
        )
    )
