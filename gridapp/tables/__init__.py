"""The ledger: what is remembered. Importing this package knows every table."""

from gridapp.tables.areas import Building, BuildingCode, Grid, GridChange
from gridapp.tables.audit import AuditRow
from gridapp.tables.blocks import Block
from gridapp.tables.boundaries import Boundary, BoundaryBatch, BoundaryEdition
from gridapp.tables.calendar import CalendarDay, CalendarYear
from gridapp.tables.cases import Case, CaseLife, CasePhoto, CaseStep, MeToo
from gridapp.tables.categories import Category, TownFact
from gridapp.tables.deeds import DeedDone
from gridapp.tables.imports import ImportChange, ImportFile, ImportMapping
from gridapp.tables.lines import BusinessLine, GridFocus, GridPair, LineContact
from gridapp.tables.notes import Note, NotePhoto
from gridapp.tables.notices import Notice
from gridapp.tables.outbox import OutboxMessage, PushSubscription
from gridapp.tables.patrols import (
    CheckIn,
    PatrolDuty,
    PatrolFinding,
    PatrolNight,
    PatrolPoint,
    PatrolRetirement,
    PatrolRoster,
)
from gridapp.tables.people import (
    Handover,
    LoginSession,
    PasswordReset,
    Person,
    Portrait,
    PortraitConsent,
    Post,
    PostRequest,
    SignInLock,
    Unit,
    UnitGrid,
)
from gridapp.tables.photos import Photo, PhotoSender
from gridapp.tables.prints import HangRecord, PrintRecord
from gridapp.tables.register import (
    CodeChange,
    Household,
    Premises,
    PremisesCheck,
    RiskClass,
)
from gridapp.tables.rules import CareColour, Rule, RuleChange
from gridapp.tables.verification import (
    Verification,
    VerificationFinding,
    VerificationGrid,
    VerificationItem,
)
from gridapp.tables.visits import (
    ContactHousehold,
    Visit,
    VisitCorrection,
    VisitKind,
    VisitPhoto,
)
from gridapp.tables.works import Work

__all__ = [
    "AuditRow",
    "Block",
    "Boundary",
    "BoundaryBatch",
    "BoundaryEdition",
    "Building",
    "BuildingCode",
    "BusinessLine",
    "CalendarDay",
    "CalendarYear",
    "CareColour",
    "Case",
    "CaseLife",
    "CasePhoto",
    "CaseStep",
    "Category",
    "CheckIn",
    "CodeChange",
    "ContactHousehold",
    "DeedDone",
    "Grid",
    "GridChange",
    "GridFocus",
    "GridPair",
    "Handover",
    "HangRecord",
    "Household",
    "ImportChange",
    "ImportFile",
    "ImportMapping",
    "LineContact",
    "LoginSession",
    "MeToo",
    "Note",
    "NotePhoto",
    "Notice",
    "OutboxMessage",
    "PasswordReset",
    "PatrolDuty",
    "PatrolFinding",
    "PatrolNight",
    "PatrolPoint",
    "PatrolRetirement",
    "PatrolRoster",
    "Person",
    "Photo",
    "PhotoSender",
    "Portrait",
    "PortraitConsent",
    "Post",
    "PostRequest",
    "Premises",
    "PremisesCheck",
    "PrintRecord",
    "PushSubscription",
    "RiskClass",
    "Rule",
    "RuleChange",
    "SignInLock",
    "TownFact",
    "Unit",
    "UnitGrid",
    "Verification",
    "VerificationFinding",
    "VerificationGrid",
    "VerificationItem",
    "Visit",
    "VisitCorrection",
    "VisitKind",
    "VisitPhoto",
    "Work",
]
