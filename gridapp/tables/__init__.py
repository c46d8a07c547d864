"""The ledger: what is remembered. Importing this package knows every table."""

from gridapp.tables.areas import Building, BuildingCode, Grid, GridChange
from gridapp.tables.audit import AuditRow
from gridapp.tables.blocks import Block
from gridapp.tables.calendar import CalendarDay, CalendarYear
from gridapp.tables.cases import Case, CasePhoto, CaseStep, MeToo
from gridapp.tables.categories import Category, TownFact
from gridapp.tables.deeds import DeedDone
from gridapp.tables.notes import Note, NotePhoto
from gridapp.tables.outbox import OutboxMessage, PushSubscription
from gridapp.tables.patrols import (
    CheckIn,
    PatrolDuty,
    PatrolFinding,
    PatrolNight,
    PatrolPoint,
    PatrolRoster,
)
from gridapp.tables.people import LoginSession, Person, Portrait, Post, Unit
from gridapp.tables.photos import Photo
from gridapp.tables.prints import PrintRecord
from gridapp.tables.rules import CareColour, Rule, RuleChange
from gridapp.tables.visits import (
    ContactHousehold,
    Visit,
    VisitCorrection,
    VisitKind,
    VisitPhoto,
)

__all__ = [
    "AuditRow",
    "Block",
    "Building",
    "BuildingCode",
    "CalendarDay",
    "CalendarYear",
    "CareColour",
    "Case",
    "CasePhoto",
    "CaseStep",
    "Category",
    "CheckIn",
    "ContactHousehold",
    "DeedDone",
    "Grid",
    "GridChange",
    "LoginSession",
    "MeToo",
    "Note",
    "NotePhoto",
    "OutboxMessage",
    "PatrolDuty",
    "PatrolFinding",
    "PatrolNight",
    "PatrolPoint",
    "PatrolRoster",
    "Person",
    "Photo",
    "Portrait",
    "Post",
    "PrintRecord",
    "PushSubscription",
    "Rule",
    "RuleChange",
    "TownFact",
    "Unit",
    "Visit",
    "VisitCorrection",
    "VisitKind",
    "VisitPhoto",
]
