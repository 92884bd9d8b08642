"""File names are told from words."""

import pytest

from attrib.filename import file_name
from attrib.model import Confidence


@pytest.mark.parametrize(
    "text",
    ["IMG_20240311_0042.jpg", "IMG_4711", "DSC01234", "my holiday photo.jpeg", "gettyimages-1000200030-scaled.jpg",
     "gettyimages 1000200030 6b1f0c9d2e7a4f5583aa91c07de2b6f4415d0a3e s1100 c50", "AP23116736125538",
     "WhatsApp Image 2023-05-05 at 10.11.12", "screenshot 2024-01-02 at 12.22.01", "image001",
     "5c9a3b52-1c7e-4b1e-9a35-0a1b2c3d4e5f", "quay at dawn a51bc7720d s1100 c50"],
)  # fmt: skip
def test_what_cameras_agencies_and_programs_call_files_is_told(text):
    name = file_name(text)
    assert name is not None
    assert name.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    "text",
    ["Lemon-cake-recipe", "A380 in flight", "covid-19", "B-52", "MH370", "Photo 2024", "AP 2020", "photo", "Image 1",
     "stock.adobe.com", "The file report.jpg was sent. Nobody read it.jpg", "iPhone 15", "Formula 1", "", "G20",
     "acrylic on canvas 150x200", "commit a51bc7720d of May", "Hall A51bc7720 at 800x600",
     "https://example.org/a.jpg", "picture-alliance", "A man holds a sign reading 404"],
)  # fmt: skip
def test_words_numbers_and_titles_are_no_file_names(text):
    assert file_name(text) is None


def test_a_name_joined_by_underscores_is_only_likely():
    name = file_name("2024-05-01_Kim_Lee_0023")
    assert name is not None
    assert name.confidence is Confidence.MEDIUM


def test_renditions_share_a_stem():
    one = file_name("gettyimages 1000200030 6b1f0c9d2e7a4f5583aa91c07de2b6f4415d0a3e s1100 c50")
    two = file_name("gettyimages 1000200030 6b1f0c9d2e7a4f5583aa91c07de2b6f4415d0a3e s1200")
    assert one is not None
    assert two is not None
    assert one.stem == two.stem
