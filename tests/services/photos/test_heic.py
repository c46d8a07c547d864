"""HEIC is read by a library that is known to be mended, or not at all."""

import pytest

from gridapp.domain.errors import HeicRefusedError
from gridapp.services.photos import state
from gridapp.services.photos.clean import clean_photo
from gridapp.services.photos.state import look_at_decoders, takes_heic
from tests.services.photos.drawn_photos import HEIC

OLDER, NEWER = (1, 23), (99, 0)


def test_a_heic_is_taken_by_a_mended_library() -> None:
    assert clean_photo(HEIC.read_bytes(), OLDER).width == 320


def test_a_heic_is_refused_kindly_while_the_library_is_not_known_to_be_mended() -> None:
    with pytest.raises(HeicRefusedError) as refusal:
        clean_photo(HEIC.read_bytes(), NEWER)
    assert refusal.value.status == 415
    assert "截屏" in refusal.value.sentence


@pytest.mark.parametrize(("least", "taken"), [(OLDER, True), (NEWER, False)])
def test_what_the_library_is_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, least: tuple[int, ...], *, taken: bool
) -> None:
    monkeypatch.setattr(state, "MENDED_LIBHEIF", least)
    monkeypatch.setattr(state, "_seen", [])
    assert not takes_heic()
    seen = look_at_decoders()
    assert seen is not None
    assert seen.libheif.startswith("1.")
    assert takes_heic() is seen.takes_heic is taken
