"""Why codes of a whole area are not issued."""

from gridapp.domain.errors import ConflictError


class BareChangedError(ConflictError):
    """The buildings without a code are no longer those confirmed; ``current`` tells them."""

    code = "code.bare_changed"

    def __init__(self, count: int, mark: str) -> None:
        sentence = f"没有楼栋码的楼刚刚有变化，现在是{count}栋。请看清数目，再确认一次。"
        super().__init__(sentence, current={"count": count, "mark": mark})


class BeingIssuedError(ConflictError):
    """Long work that is not done yet gives some of these buildings codes."""

    code = "code.being_issued"
    sentence = "这个范围正在发楼栋码，请等发完再看。"
