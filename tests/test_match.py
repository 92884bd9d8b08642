"""Do two credits name the same party? Each answer with how it was reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrib.match import Answer, distance, match_agencies, match_creators, match_credits, match_people
from attrib.read.credit import parse_credit

AGREES, DISAGREES, UNSURE = Answer.AGREES, Answer.DISAGREES, Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("a", "b", "answer", "how"),
    [
        ("Ines Novák", "Ines Novák", AGREES, "same"),
        ("Inés Núñez", "INES NUNEZ", AGREES, "folded"),
        ("Jean-Luc Amar", "Jean Luc Amar", AGREES, "folded"),
        ("Paweł Żur", "Pawel Zur", AGREES, "folded"),
        ("Jörg Müßig", "Joerg Muessig", AGREES, "transliterated"),
        ("Đorđe Lukić", "Djordje Lukic", AGREES, "transliterated"),
        ("Сергей Вяткин", "Sergey Vyatkin", AGREES, "transliterated"),
        ("Νίκος Παππάς", "Nikos Pappas", AGREES, "transliterated"),
        ("Novák Ines", "Ines Novák", AGREES, "order"),
        ("R. F. Calder", "Robert Calder", AGREES, "initials"),
        ("Robert F. Calder", "Robert Calder", AGREES, "initials"),
        ("JR Calder", "J. R. Calder", AGREES, "folded"),
        ("Ana Ruiz", "Ana Ruiz Solana", AGREES, "shortened"),
        ("Christopher Montgomery-Fairweat", "Christopher Montgomery-Fairweather", AGREES, "cut"),
        ("Zoë Müller", "Zo‘ MŸller", AGREES, "misread"),  # Mac Roman, read as Windows-1252
        ("Иван Петров", "Èâàí Ïåòðîâ", AGREES, "misread"),
        ("Иван Петров", "Èâàí Ïåòðîáà", DISAGREES, "other"),
        ("Anna Schmidt", "Anna Schmitd", AGREES, "typo"),
        ("Anna Schmidt", "Anna Schmit", AGREES, "typo"),
        ("Jan Hansen", "Jon Hansen", UNSURE, "near"),
        ("Ella", "Ella Ling", UNSURE, "partial"),
        ("Maria Berg", "Anna Maria Berg", UNSURE, "partial"),
        ("", "Ella Ling", UNSURE, "unnamed"),
        ("Diego Velázquez", "Diego Vázquez", DISAGREES, "other"),
        ("Peter Calder", "Paul Calder", DISAGREES, "other"),
        ("Ana Ruiz", "Ana Solana", DISAGREES, "other"),
        ("Martina Keller", "Martin Kessler", DISAGREES, "other"),
    ],
)
def test_two_names_are_one_persons_or_not_and_why(a: str, b: str, answer: Answer, how: str) -> None:
    for verdict in (match_people(a, b), match_people(b, a)):
        assert (verdict.answer, verdict.how) == (answer, how)
        assert verdict.reason


@pytest.mark.parametrize(
    ("a", "b", "answer", "how"),
    [
        ("Ana Ruiz/AFP", "AFP/Getty Images", AGREES, "same"),
        ("PA Wire", "Press Association", AGREES, "same"),
        ("REX/Shutterstock", "Rex Features", AGREES, "same"),
        ("Rex Features", "Shutterstock", AGREES, "brand"),
        ("Invision", "AP", AGREES, "brand"),
        ("Getty Images/iStockphoto", "iStock", AGREES, "same"),
        ("Photo: iStock", "Getty Images", AGREES, "brand"),
        ("Pexels", "Pixabay", DISAGREES, "other"),
        ("Photo: AP", "Photo: Reuters", DISAGREES, "other"),
        ("Getty Images", "AFP", UNSURE, "distributor"),
        ("IMAGO", "ZUMA Press", UNSURE, "distributor"),
        ("Foto: Ana Ruiz", "AFP", UNSURE, "unnamed"),
        ("BBC/PA", "PA", AGREES, "same"),
    ],
)
def test_brands_agree_with_their_owner_and_dealers_prove_nothing(a: str, b: str, answer: Answer, how: str) -> None:
    verdict = match_agencies(parse_credit(a), parse_credit(b))
    assert (verdict.answer, verdict.how) == (answer, how)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (
            "Ana Ruiz/Reuters",
            "Getty Images",
            "Getty Images also sells pictures of other houses: Reuters may have made it",
        ),
        ("Latinstock", "Reuters", "Latinstock also sells pictures of other houses: Reuters may have made it"),
        (
            "Alamy",
            "Shutterstock",
            "Alamy and Shutterstock both sell pictures of other houses: a third may have made it",
        ),
        ("dpa", "AP", "dpa passes on pictures of AP"),
    ],
)
def test_where_one_house_sells_for_others_the_reason_says_who_may_have_made_it(a: str, b: str, reason: str) -> None:
    verdict = match_agencies(parse_credit(a), parse_credit(b))
    assert (verdict.answer, verdict.reason) == (UNSURE, reason)


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("Ana Ruiz/AP", "ANA RUIZ/Associated Press", AGREES),
        ("Ana Ruiz", "Ana Ruiz/AP", AGREES),
        ("STR/AFP", "AFP", AGREES),
        ("Ana Ruiz/AP", "Ben Cho/AP", DISAGREES),
        ("Ana Ruiz/AP", "Ana Ruiz/Reuters", DISAGREES),
        ("Ana Ruiz", "AP", UNSURE),
        ("Foto: privat", "AP", UNSURE),
    ],
)
def test_credits_disagree_when_people_or_houses_do(a: str, b: str, answer: Answer) -> None:
    assert match_credits(parse_credit(a), parse_credit(b)).answer is answer


def test_a_by_line_that_names_nobody_contradicts_nobody() -> None:
    assert match_creators(parse_credit("STRINGER"), parse_credit("Ana Ruiz")).answer is UNSURE


@pytest.mark.parametrize(
    ("a", "b", "far"), [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "", 3), ("ca", "abc", 3)]
)
def test_the_distance_counts_swapped_letters_once_and_ends_at_its_limit(a: str, b: str, far: int) -> None:
    assert distance(a, b) == far


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_verdict_is_the_same_from_both_sides(a: str, b: str) -> None:
    assert match_people(a, b).answer is match_people(b, a).answer


@given(st.text(min_size=1, max_size=40).filter(lambda s: any(c.isalnum() for c in s)))
def test_everybody_is_himself(name: str) -> None:
    assert match_people(name, name).answer is AGREES
