"""A matter for one who said "me too": how it stands, without another's words."""

from starlette.requests import Request
from starlette.responses import Response

from gridapp.contact.pages import page
from gridapp.contact.steps import is_promised, step_nodes
from gridapp.contact.words import follow as words
from gridapp.contact.words import track as track_words
from gridapp.domain.vocabulary import Status
from gridapp.services.cases.follow import follow_case
from gridapp.services.desk import Actor, looking


def follow_page(request: Request, track: str) -> Response:
    """Show the matter that a token follows.

    Raises:
        NotThereError: It follows none.
    """
    with looking(Actor(track=track)) as act:
        case = follow_case(act)
    is_first = request.query_params.get("done") == "me_too"
    return page(
        "follow",
        words,
        track_words=track_words,
        case=case,
        told=words.counted(case.me_too_count) if is_first else "",
        nodes=step_nodes(Status(case.status)),
        next_words=words.NEXT[Status(case.status)],
        is_promised=is_promised(case.due_state),
    )
