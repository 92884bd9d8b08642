"""Bytes become text without loss, whatever they say of themselves; and a guess is called one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrib.read.encoding import decode

GERMAN = "Die Brücke über den Fluß wurde am Mittwoch für den Verkehr geöffnet, sagte Jörg Müller. " * 8
RUSSIAN = "Мост через реку открыли в среду для движения, сообщил представитель города. " * 8
JAPANESE = "水曜日に川にかかる橋が開通したと市の担当者が述べた。写真は開通式の様子。" * 8
KOREAN = "수요일에 강을 가로지르는 다리가 개통되었다고 시 관계자가 말했다. " * 8
POLISH = (
    "Most nad rzeką został w środę otwarty dla ruchu, powiedział rzecznik miasta Łódź. Żółta wstęga, źródło, ćma. " * 8
)
TURKISH = "Irmağın üzerindeki köprü çarşamba günü trafiğe açıldı, dedi şehrin sözcüsü Işıl Öztürk. " * 8
CHINESE = "市政府发言人表示，横跨河流的大桥已于星期三通车。图为通车仪式现场。" * 8


def page(text: str, charset: str = "") -> str:
    return (f'<meta charset="{charset}">' if charset else "<title>x</title>") + f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "codec"),
    [(GERMAN, "cp1252"), (GERMAN, "iso8859-1"), (RUSSIAN, "cp1251"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
     (KOREAN, "euc_kr"), (CHINESE, "gb18030"), (GERMAN, "utf-8"), (POLISH, "iso8859-2"), (POLISH, "cp1250"),
     (TURKISH, "iso8859-9"), (TURKISH, "cp1254"), (GERMAN, "iso8859-15")],
)  # fmt: skip
def test_a_declared_encoding_is_read_and_no_guess(text: str, codec: str) -> None:
    source = page(text, codec.replace("cp", "windows-").replace("iso8859", "iso-8859"))
    found = decode(source.encode(codec))
    assert (found.text, found.guessed) == (source, False)
    assert decode(page(text).encode(codec), f"text/html; charset={codec}").text == page(text)


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "cp1251"), (JAPANESE, "shift_jis"), (KOREAN, "euc_kr"), (CHINESE, "gb18030"), (GERMAN, "cp1252"),
     (POLISH, "cp1250"), (POLISH, "iso8859-2"), (TURKISH, "cp1254"), (TURKISH, "iso8859-9"), (RUSSIAN, "koi8-r"),
     (RUSSIAN, "iso8859-5"), (JAPANESE, "euc_jp")],
)  # fmt: skip
def test_undeclared_is_guessed(text: str, codec: str) -> None:
    found = decode(page(text).encode(codec))
    assert found.text == page(text)
    assert found.guessed


def test_undeclared_utf8_is_no_guess() -> None:
    assert decode(page(GERMAN).encode()) == (page(GERMAN), "utf-8", False)


def test_a_declaration_that_lies_is_not_believed() -> None:
    assert decode(page(GERMAN, "iso-8859-1").encode()).text == page(GERMAN, "iso-8859-1")
    found = decode(page(GERMAN, "utf-8").encode("cp1252"))
    assert found.text == page(GERMAN, "utf-8") and found.guessed


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_mark_is_no_part_of_the_text(codec: str) -> None:
    assert decode(page(GERMAN).encode(codec)).text == page(GERMAN)


def test_line_ends_stay() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


@given(st.binary(max_size=400), st.none() | st.text(max_size=20))
def test_any_bytes_become_text(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared).text, str)
