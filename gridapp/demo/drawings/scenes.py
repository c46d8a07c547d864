"""The album: which scenes there are, each as it was found and as it was left."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from gridapp.demo.drawings.canvas import Canvas
from gridapp.demo.drawings.cellar import cellar
from gridapp.demo.drawings.corridor import fire_exit
from gridapp.demo.drawings.pipework import leak
from gridapp.demo.drawings.road import lamp, manhole, pothole
from gridapp.demo.drawings.yard import bicycles, rubbish


class Scene(StrEnum):
    """What a drawn photo shows."""

    FLOODED_CELLAR = "flooded_cellar"
    LAMP_OUT = "lamp_out"
    RUBBISH_HEAP = "rubbish_heap"
    BLOCKED_EXIT = "blocked_exit"
    BICYCLES_IN_THE_WAY = "bicycles_in_the_way"
    BROKEN_MANHOLE = "broken_manhole"
    POTHOLE = "pothole"
    LEAKING_PIPE = "leaking_pipe"


_DRAWERS: Final[Mapping[Scene, Callable[..., Canvas]]] = {
    Scene.FLOODED_CELLAR: cellar,
    Scene.LAMP_OUT: lamp,
    Scene.RUBBISH_HEAP: rubbish,
    Scene.BLOCKED_EXIT: fire_exit,
    Scene.BICYCLES_IN_THE_WAY: bicycles,
    Scene.BROKEN_MANHOLE: manhole,
    Scene.POTHOLE: pothole,
    Scene.LEAKING_PIPE: leak,
}


# Which scene suits a category of ``domain.categories``; the others have no picture.
SCENE_OF: Final[Mapping[str, Scene]] = {
    "flooding": Scene.FLOODED_CELLAR,
    "manhole_cover": Scene.BROKEN_MANHOLE,
    "street_lamp": Scene.LAMP_OUT,
    "water_supply": Scene.LEAKING_PIPE,
    "road_damage": Scene.POTHOLE,
    "bad_parking": Scene.BICYCLES_IN_THE_WAY,
    "rubbish": Scene.RUBBISH_HEAP,
    "dirty_road": Scene.RUBBISH_HEAP,
    "fire_lane": Scene.BLOCKED_EXIT,
    "bike_upstairs": Scene.BLOCKED_EXIT,
}


def draw_photo(scene: Scene, seed: int, *, mended: bool = False) -> bytes:
    """Draw a photo of a scene, 1200 × 900, as a JPEG of at most 120 KB.

    Args:
        scene: What it shows.
        seed: Same seed, same bytes; found and mended of one seed are the same place.
        mended: As it was left, not as it was found.
    """
    return _DRAWERS[scene](seed, mended=mended).jpeg()
