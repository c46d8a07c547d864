"""What each change of the tree is told; ``agreed`` is the digest of the preview agreed to."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gridapp.domain.areas import CODE_MAX_CHARACTERS
from gridapp.domain.vocabulary import GridKind, GridLevel
from gridapp.services.orders import Facts, RowId, shown

BUILDINGS_MAX_COUNT: Final = 1_000
_PARTS_MAX_COUNT: Final = 10
_GRIDS_MAX_COUNT: Final = 200

Code = Annotated[str, Field(min_length=1, max_length=CODE_MAX_CHARACTERS)]
MaybeCode = Annotated[str, Field(max_length=CODE_MAX_CHARACTERS)]
# Longer than any name may be, so that the refusal can say by how much it is too long.
Name = Annotated[str, Field(max_length=2_000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), shown(2)]
BuildingIds = Annotated[list[RowId], Field(max_length=BUILDINGS_MAX_COUNT)]


class AreaFacts(Facts):
    """What all changes share."""

    agreed: Annotated[str, Field(max_length=64)] = ""


class AddAreaFacts(AreaFacts):
    """A new grid under another; without ``above`` at the top, without ``code`` the next one."""

    above: MaybeCode = ""
    level: GridLevel
    kind: GridKind = GridKind.RESIDENTIAL
    name: Name
    code: MaybeCode = ""


class RenameAreaFacts(AreaFacts):
    """Another name, code or kind; what is left out stays."""

    name: Name = ""
    code: MaybeCode = ""
    kind: GridKind | None = None


class MoveAreaFacts(AreaFacts):
    """Under which grid it hangs from now on."""

    above: Code


class RetireAreaFacts(AreaFacts):
    """Why it is given up."""

    words: Reason


class PartFacts(Facts):
    """A grid that is split off, and what goes with it: buildings by id, grids below by code."""

    name: Name
    code: MaybeCode = ""
    buildings: BuildingIds = Field(default_factory=list)
    children: Annotated[list[Code], Field(max_length=_GRIDS_MAX_COUNT)] = Field(
        default_factory=list
    )


class SplitAreaFacts(AreaFacts):
    """What is split off; the rest stays where it is. ``keep_people`` gives them the parts too."""

    parts: Annotated[list[PartFacts], Field(min_length=1, max_length=_PARTS_MAX_COUNT)]
    keep_people: bool = True


class MergeAreasFacts(AreaFacts):
    """Which grids are merged into the subject."""

    others: Annotated[list[Code], Field(min_length=1, max_length=_GRIDS_MAX_COUNT)]


class ReassignFacts(AreaFacts):
    """Which buildings the subject takes over, with their households."""

    buildings: Annotated[BuildingIds, Field(min_length=1)]
