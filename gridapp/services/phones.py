"""Reads a phone number that somebody typed: one reading for every form, deed and table."""

from gridapp.domain.errors import FactsError
from gridapp.domain.privacy import normalise_phone


def read_phone(
    typed: str | None, *, field: str = "phone", label: str = "电话", needed: bool = False
) -> str:
    """Give a number as digits; none told is none kept, unless it is needed.

    Args:
        typed: As it was typed; ``021-5273 0001`` and full-width digits are read.
        field: The fact that it stands in, for a refusal.
        label: What the person reads over the field.
        needed: Whether it may not be left out.

    Raises:
        FactsError: It is no number; the sentence names the field and what was typed.
    """
    told = (typed or "").strip()
    if not told and not needed:
        return ""
    number = normalise_phone(told)
    if number is None:
        raise FactsError(wrong := wrong_phone(told, label, needed=needed), fields={field: wrong})
    return number


def wrong_phone(typed: str, label: str = "电话", *, needed: bool = False) -> str:
    """Say which number is none, and how one is written."""
    end = "" if needed else "，或者留空"
    return f"{label}「{typed}」好像不对，请填手机号或带区号的座机{end}。"
