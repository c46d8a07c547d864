"""Refusals that only the wire knows: what arrived is no request that we could read."""

from gridapp.domain.errors import GridappError


class UnreadableError(GridappError):
    """The body is no JSON in UTF-8, is cut off, or nested too deep."""

    code = "request.unreadable"
    sentence = "收到的内容不完整或格式不对，请重试。"
    status = 400


class LengthNeededError(GridappError):
    """There is no body, and nothing said how long it would be."""

    code = "request.length_needed"
    sentence = "没有收到内容，请重试。"
    status = 411


class BodyTooLargeError(GridappError):
    """The body is over its limit; ``limit_bytes`` tells it."""

    code = "request.too_large"
    sentence = "提交的内容太大。"
    status = 413


class WrongTypeError(GridappError):
    """The content type is not the one that this address takes; ``accepts`` lists those."""

    code = "request.wrong_type"
    sentence = "提交的类型不对。"
    status = 415


class ForeignOriginError(GridappError):
    """A signed-in person's browser was made to send this by another site."""

    code = "request.foreign_origin"
    sentence = "这个请求来自别的网站，已拒绝。"
    status = 403
