"""Says in SQL on which days a post is held; both days count."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col

from gridapp.tables import Post


def overlapping(from_on: date, to_on: date | None) -> ColumnElement[bool]:
    """Tell which posts are held on any of these days; without a last day, for ever."""
    ends_later = or_(col(Post.to_on).is_(None), col(Post.to_on) >= from_on)
    # A post whose last day is before its first was taken back: it is held on no day.
    is_held = or_(col(Post.to_on).is_(None), col(Post.to_on) >= col(Post.from_on))
    begins = true() if to_on is None else col(Post.from_on) <= to_on
    return and_(ends_later, begins, is_held)


def held_on(day: date) -> ColumnElement[bool]:
    """Tell which posts are held on a day."""
    return overlapping(day, day)
