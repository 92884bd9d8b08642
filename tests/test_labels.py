"""Words of an interface are told from words of a caption."""

import pytest

from attrib import labels
from attrib.lexicon import table
from attrib.model import Confidence


@pytest.mark.parametrize("text", ["hide caption", "HIDE CAPTION", " Toggle caption ", "Bild vergrößern", "사진 확대"])
def test_an_exact_form_is_sure(text):
    hit = labels.whole(text)
    assert hit is not None
    assert hit.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("text", "language"),
    [("hide title", "en"), ("masquer le titre", "fr"), ("ocultar subtítulo", "es"), ("Titel ausblenden", "de"),
     ("Ukryj tytuł", "pl"), ("Скрыть заголовок", "ru"), ("タイトルを隠す", "ja"), ("başlığı gizle", "tr")],
)  # fmt: skip
def test_what_translation_makes_of_a_label_is_only_likely(text, language):
    hit = labels.whole(text)
    assert hit is not None
    assert (hit.label.language, hit.confidence) == (language, Confidence.MEDIUM)


@pytest.mark.parametrize(
    "text",
    ["The mayor opens the photo show", "Title", "A view of the harbour", "Photo: Jane Doe", "Bild Foto", "Getty Images",
     "The caption hides more than it shows", "Werbung für Brot wird teurer", "An advertisement for soap, 1911", "",
     "View of the gallery", "The open gallery", "Photo display", "Press photo", "Title fight", "Bild zeigt"],
)  # fmt: skip
def test_prose_is_no_label(text):
    assert labels.whole(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("The ferry at the quay. hide caption", ["hide caption"]),
     ("The ferry. hide title", ["hide title"]),
     ("The ferry left. Zoom image The quay is empty now.", ["Zoom image"]),
     ("Afficher le sous-titre Le port de Brest, lundi.", ["Afficher le sous-titre"]),
     ("The ferry left. Open Picture House, its cinema, stayed.", []),
     ("Fans change title of the club's song in Leeds", []),
     ("The ferry. hide caption toggle caption", ["hide caption", "toggle caption"]),
     ("Ann Lee/ReutersView image in fullscreen", ["View image in fullscreen"]),
     ("Open this photo in gallery: The boat", ["Open this photo in gallery"]),
     ("Enlarge this image toggle caption Ann Lee/AP", ["Enlarge this image", "toggle caption"]),
     ("Cows. Advertisement. Scroll to continue reading. Ann Lee/AP", ["Advertisement. Scroll to continue reading"]),
     ("He asked them to enlarge the image of the saint.", []),
     ("Nobody told her to open the gallery door", []),
     ("Visitors view photo gallery walls in Ghent on Monday", [])],
)  # fmt: skip
def test_labels_stuck_to_a_text(text, words):
    assert [text[hit.start : hit.end] for hit in labels.inside(text)] == words


def test_every_entry_has_a_source_and_stands_once_in_its_language():
    seen = set()
    for entry in table("labels")["label"]:
        assert entry["source"]
        assert entry["forms"]
        for form in entry["forms"]:
            key = (entry["language"], labels.normal(form), form.endswith((",", "，", "،", ":", ".")))
            assert key not in seen, form
            seen.add(key)


def test_every_phrase_entry_is_written_as_it_is_compared():
    kinds = [(entry["kind"], entry["language"]) for entry in table("phrases")["phrase"]]
    assert len(set(kinds)) == len(kinds)
    for entry in table("phrases")["phrase"]:
        assert entry["source"]
        assert not set(entry["verbs"]) & set(entry["nouns"])
        for words in ("verbs", "nouns", "fillers", "leads", "prose"):
            forms = entry.get(words, [])
            assert len(set(forms)) == len(forms)
            assert [labels.normal(form) for form in forms] == [
                form.strip("-") if form.endswith("-") else form for form in forms
            ]


@pytest.mark.parametrize(
    ("text", "found"),
    [("hide caption " * 9000, 9000), ("a" * 100_000, 0), (". " * 50_000, 0), ("\u3000" * 100_000, 0)],
)
def test_in_long_hostile_texts_labels_are_found_as_in_short_ones(text, found):
    assert len(list(labels.inside(text))) == found
    assert labels.whole(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Announcement. Scroll down to continue to read.",
        "Continue reading after the ad",
        "Anuncio. Desplácese hacia abajo para continuar leyendo.",
        "Werbung. Scrollen Sie, um weiterzulesen.",
        "Reklama. Przewiń, aby kontynuować czytanie.",
        "Reklam. Okumaya devam etmek için kaydırın.",
        "広告。スクロールして続きを読む",
        "广告。向下滚动以继续阅读。",
    ],
)
def test_what_an_advertising_slot_says_is_told_in_any_translation(text):
    hit = labels.whole(text)
    assert hit is not None and hit.label.kind == "advertisement" and not hit.label.loose


@pytest.mark.parametrize(
    "text",
    [
        "Continue reading",
        "Continue the story",
        "The advertisement is on page two",
        "Reading continues after school",
        "La publicidad del periódico",
        "Un anuncio para leer",
        "Scroll of the law",
        "Die Anzeige der Nachbarn",
    ],
)
def test_other_lines_with_such_words_are_no_slot(text):
    hit = labels.whole(text)
    assert hit is None or hit.label.kind != "advertisement"
