"""Renditions of one picture have one key, and different pictures have not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrib.read.asset import asset_key
from attrib.read.vacant import holds_place

SAME = [
    ("https://a.example/harbour-wall_1_1.jpg", "https://a.example/harbour-wall_16_9.jpg"),
    ("https://a.example/4940001_16_9.jpg", "https://a.example/4940001_4_3.jpg"),
    ("https://a.example/img/harbour-wall.jpg", "https://a.example/img/harbour-wall.jpg?w=640&q=80"),
    ("https://a.example/img/harbour-wall.jpg", "https://a.example/img/harbour-wall-1024x768.jpg"),
    ("https://a.example/img/harbour-wall-scaled.jpg", "https://a.example/img/harbour-wall.webp"),
    (
        "https://a.example/harbour_0123456789abcdef0123-s1100-c50.jpg",
        "https://a.example/harbour_0123456789abcdef0123-s1200.jpg",
    ),
    (
        "https://a.example/rs:fill:640:0/plain/harbour-wall.jpg",
        "https://a.example/rs:fill:1280:0/plain/harbour-wall.jpg",
    ),
    (
        "https://cdn.example/resize?url=https%3A%2F%2Fa.example%2Fharbour-wall.jpg&w=100",
        "https://a.example/harbour-wall.jpg",
    ),
    ("//a.example/styles/large/public/harbour-wall.jpg", "https://a.example/styles/small/public/harbour-wall.jpg"),
    (
        "https://a.example/harbour-wall-group/wide__1000x562__desktop",
        "https://a.example/harbour-wall-group/square__400x400",
    ),
    (
        "https://a.example/_processed_/b/8/csm_harbour-wall_0123456789.jpg",
        "https://a.example/_processed_/b/8/csm_harbour-wall_abcdef0123.jpg",
    ),
    (
        "https://a.example/media/0123456789abcdef01234567/0_0_4800_3200/master/4800.jpg",
        "https://a.example/media/0123456789abcdef01234567/12_40_4800_2880/master/4800.jpg?width=300",
    ),
    ("https://a.example/harbour142_v-contentgross.jpg", "https://a.example/harbour142_v-fullhd.jpg"),
    (
        "https://a.example/msid-118112255,width-1070,height-580,resizemode-75/photo.jpg",
        "https://a.example/imgsize-34534,msid-118112255,width-400,resizemode-4/118112255.jpg",
    ),
    (
        "https://a.example/0a/1998877001_0:160:3072:1888_600x0_80_0_0.jpg",
        "https://a.example/0a/1998877001_0:0:3072:2048_1440x900_80_0_1.jpg",
    ),
]
OTHER = [
    ("https://a.example/2025/4940001_1_1.jpg", "https://a.example/2025/4940001_2_1.jpg"),
    ("https://a.example/harbour-wall-1.jpg", "https://a.example/harbour-wall-2.jpg"),
    ("https://a.example/image.php?id=31", "https://a.example/image.php?id=32"),
    ("https://a.example/2024/a.jpg", "https://a.example/2024/b.jpg"),
    (
        "https://a.example/media/0123456789abcdef01234567/0_0_4800_3200/master/4800.jpg",
        "https://a.example/media/fedcba9876543210fedcba98/0_0_4800_3200/master/4800.jpg",
    ),
    (
        "https://a.example/_processed_/b/8/csm_harbour-wall-1_0123456789.jpg",
        "https://a.example/_processed_/b/8/csm_harbour-wall-2_0123456789.jpg",
    ),
    (
        "https://a.example/0a/1998877001_0:160:3072:1888_600x0_80_0_0.jpg",
        "https://a.example/0a/1998877100_0:160:3072:1888_600x0_80_0_0.jpg",
    ),
    ("https://a.example/0123456789abcdef0123_1.jpg", "https://a.example/0123456789abcdef0123_2.jpg"),
    ("https://a.example/2025/02/11/1190001/768x432a.jpg", "https://a.example/2025/02/11/1190044/768x432a.jpg"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_renditions_of_one_picture_have_one_key(a: str, b: str) -> None:
    assert asset_key(a) == asset_key(b) != ""


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_other_pictures_have_other_keys(a: str, b: str) -> None:
    assert asset_key(a) != asset_key(b)


@pytest.mark.parametrize("address", ["", "data:image/gif;base64,R0lG", "blob:https://a.example/1", "about:blank"])
def test_an_address_that_shows_no_picture_has_no_key(address: str) -> None:
    assert asset_key(address) == ""


@given(st.text())
def test_any_address_has_a_key(url: str) -> None:
    assert isinstance(asset_key(url, "https://a.example/"), str)


@pytest.mark.parametrize(
    ("name", "vacant"),
    [
        ("blank.gif", True),
        ("grey-placeholder.png", True),
        ("loading-dark.svg", True),
        ("empty_large.jpg", True),
        ("grey-seals-return.jpg", False),
        ("img_0328-gray-tenbrook-1024x768.jpg", False),
        ("PRESSPICT000410000001_17392800000_trans_NvBQ.jpeg", False),
    ],
)
def test_what_is_shown_before_a_picture_is_told_by_its_name(name: str, vacant: bool) -> None:
    assert holds_place(f"https://a.example/img/{name}?w=640") is vacant
