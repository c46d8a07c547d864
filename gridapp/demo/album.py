"""Puts drawn photos into the demo's file store, through the same door as any other photo."""

import hashlib
from collections.abc import Callable
from typing import Final

from gridapp.demo.drawings.scenes import Scene, draw_photo
from gridapp.demo.stage import Shot
from gridapp.services.desk import Act
from gridapp.services.photos.keep import keep_photo

_SCENES: Final = list(Scene)


def fill_album(
    act: Act, count: int, seed: int, tell: Callable[[int], None]
) -> dict[Scene, list[Shot]]:
    """Draw so many places, each as it was found and as it was left."""
    album: dict[Scene, list[Shot]] = {scene: [] for scene in Scene}
    for number in range(count):
        scene = _SCENES[number % len(_SCENES)]
        look = seed * 100 + number // len(_SCENES)
        bodies = [draw_photo(scene, look, mended=mended) for mended in (False, True)]
        hashes = [hashlib.sha256(body).hexdigest() for body in bodies]
        for sha256, body in zip(hashes, bodies, strict=True):
            keep_photo(act, sha256, body)
        album[scene].append(Shot(*hashes))
        tell(number + 1)
    return album
