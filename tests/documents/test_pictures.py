from io import BytesIO

from PIL import Image

from motcua.documents.pictures import smaller
from tests.documents.make_files import image_bytes, jpeg_with_place


def noise(width: int, height: int) -> bytes:
    """The heaviest picture there is."""
    return image_bytes("JPEG", Image.effect_noise((width, height), 120))


def test_a_wide_picture_is_made_narrow_and_light() -> None:
    made = smaller(noise(1600, 1200), across=480, at_most=16_000)

    assert len(made.content) <= 16_000
    assert made.width <= 480
    assert abs(made.width / made.height - 4 / 3) < 0.05
    with Image.open(BytesIO(made.content)) as image:
        assert (image.format, image.size) == ("JPEG", (made.width, made.height))


def test_a_small_picture_is_not_made_larger() -> None:
    made = smaller(image_bytes("PNG", Image.new("RGB", (90, 60), "green")), across=480, at_most=16_000)

    assert (made.width, made.height) == (90, 60)


def test_the_smallest_is_given_out_however_heavy() -> None:
    made = smaller(noise(64, 64), across=480, at_most=10)

    assert made.width == 64


def test_nothing_of_the_place_is_left() -> None:
    assert b"Exif" not in smaller(jpeg_with_place(), across=480, at_most=16_000).content
