"""Tells in SQL what a typed word finds in the register: a place, a door, and for some a name."""

from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from gridapp.domain.privacy import COMPOUND_SURNAMES
from gridapp.domain.registering import parse_door
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import grids_within
from gridapp.tables import Building, Grid, Household, Premises

_WORDS_MAX_COUNT: Final = 5
_TYPED_MAX_CHARACTERS: Final = 60


def words_of(typed: str) -> list[str]:
    """Give the words typed, at most five."""
    return typed[:_TYPED_MAX_CHARACTERS].split()[:_WORDS_MAX_COUNT]


def place_tells(word: str) -> ColumnElement[bool]:
    """Tell whether the building or its grid says a word; two characters are enough."""
    told = col(Grid.name) + " " + col(Building.address) + " " + col(Building.name)
    return told.contains(word, autoescape=True)


def household_tells(act: Act, word: str) -> ColumnElement[bool]:
    """Tell whether a household's record says a word.

    A name is found only where the reader may reveal it: finding is knowing.
    """
    return or_(place_tells(word), _door_is(word), and_(_name_is(word), _may_know(act)))


def _door_is(word: str) -> ColumnElement[bool]:
    door = parse_door(word)
    if not any(sign.isdigit() for sign in door.room):
        return false()
    same = col(Household.door) == door.room
    return and_(same, col(Household.unit) == door.unit) if door.unit else same


def _name_is(word: str) -> ColumnElement[bool]:
    name = col(Household.name)
    if len(word) == 1 or word in COMPOUND_SURNAMES:
        return name.startswith(word, autoescape=True)
    return name == word


def _may_know(act: Act) -> ColumnElement[bool]:
    return grids_within(act.actor, Deed.REVEAL_RECORD)


def premises_tells(word: str) -> ColumnElement[bool]:
    """Tell whether a shop's record says a word: its name and trade hang over its door."""
    told = col(Premises.name) + " " + col(Premises.trade) + " " + col(Premises.spot)
    code = col(Premises.credit_code) == word.upper()
    return or_(place_tells(word), told.contains(word, autoescape=True), code)
