"""Demo photos: the same from the same seed, small enough, and nobody takes them for real."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from gridapp.demo.drawings.portraits import PORTRAIT_SIDE_PX, portrait
from gridapp.demo.drawings.scenes import SCENE_OF, Scene, draw_photo
from gridapp.domain.categories import EXAMPLE_CATEGORIES
from gridapp.services.photos.clean import clean_photo

# Where 示意图 stands in the corner.
WHOLE, UPPER_LEFT = (0, 0, 1200, 900), (0, 0, 300, 200)
MARK = (1074, 842, 1176, 880)


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def difference(one: bytes, other: bytes, part: tuple[int, int, int, int] = WHOLE) -> int:
    """Tell how much two pictures differ in a part, 0 to 255."""
    pair = [opened(jpeg).crop(part) for jpeg in (one, other)]
    changed = ImageChops.difference(*pair).convert("L").resize((1, 1), Image.Resampling.BOX)
    level = changed.getpixel((0, 0))
    assert isinstance(level, int)
    return level


@pytest.mark.parametrize("mended", [False, True])
@pytest.mark.parametrize("scene", Scene)
def test_a_scene_is_a_photo_of_the_promised_size_with_its_mark(
    scene: Scene, *, mended: bool
) -> None:
    jpeg = draw_photo(scene, 7, mended=mended)
    image = opened(jpeg)
    assert (image.format, image.size) == ("JPEG", (1200, 900))
    assert len(jpeg) <= 120_000
    shades = image.crop(MARK).convert("L").histogram()
    assert sum(shades[:130]) > 500  # the dim plate
    assert sum(shades[235:]) > 300  # the white words


@pytest.mark.parametrize("scene", Scene)
def test_the_same_seed_draws_the_same_and_another_seed_another(scene: Scene) -> None:
    assert draw_photo(scene, 3) == draw_photo(scene, 3)
    assert difference(draw_photo(scene, 3), draw_photo(scene, 4)) > 0


@pytest.mark.parametrize("scene", Scene)
def test_found_and_mended_are_the_same_place_in_another_state(scene: Scene) -> None:
    found, mended = draw_photo(scene, 5), draw_photo(scene, 5, mended=True)
    assert difference(found, mended) > 0
    assert difference(found, mended, UPPER_LEFT) <= 1  # nothing happens up there


def test_every_scene_suits_a_category_that_there_is() -> None:
    assert set(SCENE_OF) <= {category.code for category in EXAMPLE_CATEGORIES}
    assert set(SCENE_OF.values()) == set(Scene)


def test_a_drawn_photo_is_taken_in_like_any_other() -> None:
    photo = clean_photo(draw_photo(Scene.POTHOLE, 1))
    assert (photo.width, photo.height) == (1200, 900)


def test_a_portrait_is_square_small_and_always_the_same_person() -> None:
    faces = [portrait(seed) for seed in range(8)]
    assert {opened(face).size for face in faces} == {(PORTRAIT_SIDE_PX, PORTRAIT_SIDE_PX)}
    assert max(len(face) for face in faces) <= 30_000
    assert portrait(3) == faces[3]
    assert len(set(faces)) == 8
