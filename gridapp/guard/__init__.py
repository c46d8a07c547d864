"""What every event, socket and request passes before the house answers it.

Reflex lets any socket call any public method of any State. Here it is the other way round: what is
not marked with ``allow`` is refused for everybody. See ``docs/decisions/0002-one-guard.md``.
"""
