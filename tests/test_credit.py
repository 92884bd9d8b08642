"""Credit lines and captions: what is read, and that nothing printed can break the reader."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrib.lexicon import agencies
from attrib.model import HOUSES, Confidence, Credit, Kind, Relation
from attrib.read.credit import looks_like_credit, parse_credit, split_caption
from attrib.supplier import suppliers

from .test_hostile import calls

CASES = tomllib.loads((Path(__file__).parent / "cases" / "credit-lines.toml").read_text("utf-8"))["case"]
PEOPLE = (Kind.PERSON, Kind.PSEUDONYM, Kind.CONTRIBUTOR)


def relations(credit: Credit) -> dict[str, Relation]:
    return {p.canonical: p.relation for p in credit.parties}


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_a_credit_line_is_read(case: dict) -> None:
    credit = parse_credit(case["line"])
    others = [p.canonical for p in credit.parties if p.kind not in PEOPLE + HOUSES]
    assert sorted(p.canonical for p in credit.parties if p.kind in PEOPLE) == sorted(case.get("people", []))
    assert sorted(p.canonical for p in credit.parties if p.kind in HOUSES) == sorted(case.get("houses", []))
    assert sorted(others) == sorted(case.get("others", []))
    assert sorted(credit.roles) == sorted(case.get("roles", []))
    for key in ("year", "licence"):
        if key in case:
            assert getattr(credit, key) == case[key]


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_every_span_is_the_name_as_printed(case: dict) -> None:
    credit = parse_credit(case["line"])
    for party in credit.parties:
        assert party.span is not None
        assert credit.raw[party.span.start : party.span.end] == party.name


def test_relations_follow_the_words_of_the_line() -> None:
    found = relations(parse_credit("Lea Orban/SOPA Images via Getty Images"))
    assert found == {"Lea Orban": "creator", "SOPA Images": "source", "Getty Images": "via"}
    assert relations(parse_credit("Lea Orban/AP/dpa"))["dpa"] is Relation.SUPPLIER
    for two in (
        "Lea Orban/AP; Ida Voss/dpa",
        "Left: Lea Orban/AP; right: Ida Voss/dpa",
    ):  # pictures: none sold the other
        assert relations(parse_credit(two))["dpa"] is Relation.SOURCE
    assert relations(parse_credit("Lea Orban/AP; dpa"))["dpa"] is Relation.SUPPLIER
    assert relations(parse_credit("picture alliance/dpa | Lea Orban"))["picture alliance"] is Relation.SUPPLIER
    assert relations(parse_credit("Courtesy of the Orban Museum"))["Orban Museum"] is Relation.COURTESY


def test_an_illustrator_beside_photographers_is_a_contributor() -> None:
    credit = parse_credit("Photos by Lea Orban/AP; photo illustration by Timo Held")
    assert [p.kind for p in credit.parties] == [Kind.PERSON, Kind.AGENCY, Kind.CONTRIBUTOR]


def test_capitals_are_restored_in_the_canonical_name_alone() -> None:
    party = parse_credit("CATRIN VAN DER MEER/AFP").parties[0]
    assert (party.name, party.canonical) == ("CATRIN VAN DER MEER", "Catrin van der Meer")


def test_a_doubtful_name_keeps_its_other_reading() -> None:
    credit = parse_credit("Foto: Orban")
    assert credit.confidence is not Confidence.HIGH
    assert [p.kind for p in credit.parties] == [Kind.ORGANISATION]
    assert [p.kind for p in credit.alternative] == [Kind.PERSON]


def test_small_print_is_kept_apart() -> None:
    credit = parse_credit("Lea Orban/REUTERS NO RESALES. NO ARCHIVES.")
    assert credit.restrictions == ("NO RESALES", "NO ARCHIVES.")
    assert [p.canonical for p in credit.parties] == ["Lea Orban", "Reuters"]


def test_a_party_printed_twice_is_one() -> None:
    assert len(parse_credit("Lea Orban/dpa | LEA ORBAN").parties) == 2


@pytest.mark.parametrize(
    "line", ["", " ", "-", "©", "/ / /", "Foto:", "....", "(c)", "@", "via", "___", "\u200b", "for"]
)
def test_a_line_without_a_name_names_nobody(line: str) -> None:
    assert parse_credit(line).parties == ()


CUTS = [
    ("The quay at dawn. Photo: Lea Orban/AFP", "The quay at dawn.", "Photo: Lea Orban/AFP"),
    ("The quay at dawn.Lea Orban/AFP", "The quay at dawn.", "Lea Orban/AFP"),
    ("The quay at dawn (Lea Orban/AFP)", "The quay at dawn", "Lea Orban/AFP"),
    ("The quay at dawn. (Photo by Lea Orban/Getty Images)", "The quay at dawn.", "Photo by Lea Orban/Getty Images"),
    ("The quay at dawn | Lea Orban/AFP via Getty Images", "The quay at dawn", "Lea Orban/AFP via Getty Images"),
    ("Der Kai am Morgen © dpa | Lea Orban", "Der Kai am Morgen", "© dpa | Lea Orban"),
    ("The quay after the fire. (Orban City Fire Department)", "The quay after the fire.", "Orban City Fire Department"),
    ("The goals came from Lea Orban. (Photo: Orban United)", "The goals came from Lea Orban.", "Photo: Orban United"),
    ("The quay at dawn. ST PHOTO: LEA ORBAN", "The quay at dawn.", "ST PHOTO: LEA ORBAN"),
    ("A quay in the UK PHOTO: LEA ORBAN", "A quay in the UK", "PHOTO: LEA ORBAN"),
    ("Le quai vu du pont PHOTO LEA ORBAN, LA PRESSE", "Le quai vu du pont", "PHOTO LEA ORBAN, LA PRESSE"),
    ("The quay at dawn. orbanquay/iStock via Getty Images", "The quay at dawn.", "orbanquay/iStock via Getty Images"),
    ("The quay. Lea Orban, CC BY-SA 4.0, via Flickr", "The quay.", "Lea Orban, CC BY-SA 4.0, via Flickr"),
    ("The quay at dawn. Public domain, via Wikipedia", "The quay at dawn.", "Public domain, via Wikipedia"),
    ("The quay was shut by noon. Screenshot via YouTube", "The quay was shut by noon.", "Screenshot via YouTube"),
    ("The crater's rim. NASA/JPL-Caltech/MSSS", "The crater's rim.", "NASA/JPL-Caltech/MSSS"),
    ("새벽의 부두가 붐비고 있다. 박지훈 기자", "새벽의 부두가 붐비고 있다.", "박지훈 기자"),
    (
        "Le quai, mardi. cc Lea Orban https://photos.example/12",
        "Le quai, mardi.",
        "cc Lea Orban https://photos.example/12",
    ),
    ("Le quai (cc Lea Orban)", "Le quai", "cc Lea Orban"),
    ("Le quai - Lea Orban, CC BY 2.0", "Le quai", "Lea Orban, CC BY 2.0"),
    ("Nabrzeże w Gdyni. fot. Jan Orban", "Nabrzeże w Gdyni.", "fot. Jan Orban"),
    ("Nabrzeże w Gdyni, fot. Jan Orban", "Nabrzeże w Gdyni", "fot. Jan Orban"),
    ("Nabrzeże w Gdyni fot. PAP", "Nabrzeże w Gdyni", "fot. PAP"),
    ("这是3月3日拍摄的港口。新华社发（陆闻舟摄）", "这是3月3日拍摄的港口。", "新华社发（陆闻舟摄）"),
    ("The quay at dawn. AFP (Photo by Lea Orban)", "The quay at dawn.", "AFP (Photo by Lea Orban)"),
    ("She left AFP. Sunday (Photo by Lea Orban)", "She left AFP. Sunday", "Photo by Lea Orban"),
    ("The quay in 2022. Google Street View", "The quay in 2022.", "Google Street View"),
    ("Der Kai am Morgen. Foto © Lea Orban", "Der Kai am Morgen.", "Foto © Lea Orban"),
    ("The quay at dawn. Satellite image ©2024 Orban Museum", "The quay at dawn.", "Satellite image ©2024 Orban Museum"),
    ("Sie malte ein Bild © Lea Orban", "Sie malte ein Bild", "© Lea Orban"),
    ("夜明けの港Ⓒ時事通信", "夜明けの港", "Ⓒ時事通信"),
    ("Der Kai am MorgenBild: Lea Orban/dpa", "Der Kai am Morgen", "Bild: Lea Orban/dpa"),
    ("Der Kai am Morgen, Foto: Lea Orban", "Der Kai am Morgen", "Foto: Lea Orban"),
    ("El muelle de Riohondo EFE/ Lea Orban", "El muelle de Riohondo", "EFE/ Lea Orban"),
    ("El muelle de RiohondoBomberos Riohondo/EFE", "El muelle de Riohondo", "Bomberos Riohondo/EFE"),
    ("夜明けの港（３日）＝ＡＰ", "夜明けの港（３日）", "ＡＰ"),
    ("새벽의 부두 [사진 출처 = 연합뉴스]", "새벽의 부두", "사진 출처 = 연합뉴스"),
    ("The quay at dawn. © Lea Orban / DPA Mehr", "The quay at dawn.", "© Lea Orban / DPA"),
    ("The quay at dawn. — Picture by Lea Orban", "The quay at dawn.", "Picture by Lea Orban"),
    ("Osta rītausmā. Foto: no personīgā arhīva", "Osta rītausmā.", "Foto: no personīgā arhīva"),
    ("Nábrežie ráno. Foto: súkromný archív", "Nábrežie ráno.", "Foto: súkromný archív"),
    ("Kaien i gryningen. Foto: Privat", "Kaien i gryningen.", "Foto: Privat"),
    ("Foto: Lea Orban/dpa", "", "Foto: Lea Orban/dpa"),
    ("CC BY 4.0 Lea Orban", "", "CC BY 4.0 Lea Orban"),
    ("港口的清晨。记者 陆闻舟 摄", "港口的清晨。", "记者 陆闻舟 摄"),
    ("港口的清晨。陆闻舟摄", "港口的清晨。", "陆闻舟摄"),
    ("港口的清晨。受访者供图", "港口的清晨。", "受访者供图"),
    ("港口的清晨。远见晚报记者 陆闻舟 摄", "港口的清晨。", "远见晚报记者 陆闻舟 摄"),
    ("港口的清晨。远见网记者陆闻舟摄", "港口的清晨。", "远见网记者陆闻舟摄"),
    ("港口的清晨。本报记者 陆闻舟 摄", "港口的清晨。", "本报记者 陆闻舟 摄"),
    ("La ministra, el miércoles.Lea Orban (EFE)", "La ministra, el miércoles.", "Lea Orban (EFE)"),
    ("La ministra en el puerto. / Lea Orban (EFE)", "La ministra en el puerto.", "Lea Orban (EFE)"),
    ("The port. New cranes arrive (Reuters)", "The port. New cranes arrive", "Reuters"),
    ("At the port: Jane Roe and Lea Orban (Reuters)", "At the port: Jane Roe and Lea Orban", "Reuters"),
    ("The quay on Monday. Pool photo by Lea Orban", "The quay on Monday.", "Pool photo by Lea Orban"),
    ('A scene of "The Long Quay". Netflix', 'A scene of "The Long Quay".', "Netflix"),
    ("Der Bus steht still: der Kai am Montag. Bild: dpa", "Der Bus steht still: der Kai am Montag.", "Bild: dpa"),
    ("Sie löschten den Brand. – APA/Lea Orban", "Sie löschten den Brand.", "APA/Lea Orban"),
    ("Le quai vu par Lea Orban. / Sipa", "Le quai vu par Lea Orban.", "Sipa"),
    ("La actriz, en el muelle. CLARA ORBÁN", "La actriz, en el muelle.", "CLARA ORBÁN"),
    ("La alcaldesa visita el muelle. | CEDIDA", "La alcaldesa visita el muelle.", "CEDIDA"),
    ("Bryggjan í gær. bryggja.is/Lea Orban, dpa", "Bryggjan í gær.", "bryggja.is/Lea Orban, dpa"),
    ("The quay at night. (Riohondo County Sheriff's Office)", "The quay at night.", "Riohondo County Sheriff's Office"),
    ("El muelle vacío. (Foto: Lea Orban/@muelle.foto)", "El muelle vacío.", "Foto: Lea Orban/@muelle.foto"),
    ("새벽의 부두. 박지훈 기자 park@budu.kr", "새벽의 부두.", "박지훈 기자"),
    ("Il molo, 8 maggio. (Paola Orban per Il Faro di Riva)", "Il molo, 8 maggio.", "Paola Orban per Il Faro di Riva"),
    ("Le quai vide. — L. Orban / 7 Quais", "Le quai vide.", "L. Orban / 7 Quais"),
    (
        "The quay at dawn (left) and noon (right). \u2014LEA S. ORBAN",
        "The quay at dawn (left) and noon (right).",
        "LEA S. ORBAN",
    ),
    ("The quay at dawn. \u2014CONTRIBUTED PHOTO", "The quay at dawn.", "CONTRIBUTED PHOTO"),
    ("The quay at dawn on Feb. 3. (KQAY)", "The quay at dawn on Feb. 3.", "KQAY"),
    ("A page of the deed. Obtained by The Quay Ledger", "A page of the deed.", "Obtained by The Quay Ledger"),
    ("Permission granted by Orban Harbour & Light", "", "Permission granted by Orban Harbour & Light"),
    ("Lea Orban / BNS nuotr. / Krantinė auštant", "Krantinė auštant", "Lea Orban / BNS nuotr."),
    ("Paula Orban/Riverbend Daily Ledger", "", "Paula Orban/Riverbend Daily Ledger"),
    ("부두에서 만난 박지훈 씨. 뉴시스", "부두에서 만난 박지훈 씨.", "뉴시스"),
    ("港口的清晨。视觉中国 图", "港口的清晨。", "视觉中国 图"),
    ("Le quai vide. Photo d'archives Léa Orban", "Le quai vide.", "Photo d'archives Léa Orban"),
    ("The quay in 1931. Courtesy of the museum", "The quay in 1931.", "Courtesy of the museum"),
    ("Lea Orban on the quay (Provided)", "Lea Orban on the quay", "Provided"),
    ("O cais em chamas (Divulgação)", "O cais em chamas", "Divulgação"),
    ("घाट पर भीड़। पीटीआई", "घाट पर भीड़।", "पीटीआई"),
    ("ঘাটে ভিড়। পিটিআই", "ঘাটে ভিড়।", "পিটিআই"),
    ("Chart: Financial Times", "", "Chart: Financial Times"),
    ("The quay at dawn. Paula Orban/Riverbend Sun", "The quay at dawn.", "Paula Orban/Riverbend Sun"),
    ("The quay at dawn. Staff photo by Lea Orban", "The quay at dawn.", "Staff photo by Lea Orban"),
    ("The quay of the old town (PA)", "The quay of the old town", "PA"),
    ("夜明けの港＝10日午後、東京都港区、山田太郎撮影", "夜明けの港＝10日午後、東京都港区", "山田太郎撮影"),
    ("الميناء عند الفجر (الفرنسية)", "الميناء عند الفجر", "الفرنسية"),
    ("The old quay at dawn today - Contributed photo", "The old quay at dawn today", "Contributed photo"),
    ("Nabrzeże w Gdyni fot. materiały prasowe", "Nabrzeże w Gdyni", "fot. materiały prasowe"),
    ("The quay at dawn. Paula Orban via Wikimedia Commons", "The quay at dawn.", "Paula Orban via Wikimedia Commons"),
    ("The new quay. (PRNewsfoto/Orban Docks)", "The new quay.", "PRNewsfoto/Orban Docks"),
    ("O cais em chamas (Reprodução/Instagram)", "O cais em chamas", "Reprodução/Instagram"),
    ("夜明けの港＝東京都内で10日、山田太郎撮影", "夜明けの港＝東京都内で10日", "山田太郎撮影"),
    (
        "A ship at the Riohondo Quay | Riohondo Quay Board via AP",
        "A ship at the Riohondo Quay",
        "Riohondo Quay Board via AP",
    ),
    ("The quay on an undated photo. Handout", "The quay on an undated photo.", "Handout"),
    ("Le quai vide. Photo archives Le Progrès", "Le quai vide.", "Photo archives Le Progrès"),
    ("Patrol na nabrzeżu. / Komenda Portu", "Patrol na nabrzeżu.", "Komenda Portu"),
    ("Hochwasser in Orban / picture alliance/Held", "Hochwasser in Orban", "picture alliance/Held"),
    ("Пожар в порту. © Управление порта по области", "Пожар в порту.", "© Управление порта по области"),
    ("夜明けの港、対岸（共同）", "夜明けの港、対岸", "共同"),
    (
        "So still it was on the quays of 1950 – Midjourney („baker dog walking past many boats, 1950’s“)",
        "So still it was on the quays of 1950",
        "Midjourney („baker dog walking past many boats, 1950’s“)",
    ),
    (
        "The quay is open, but the sea in the month of storms could shape it. (AP Video by Timo Orbani)",
        "The quay is open, but the sea in the month of storms could shape it.",
        "AP Video by Timo Orbani",
    ),
    (
        "The Yomiuri ShimbunThe quay at dawn, seen from the hill",
        "The quay at dawn, seen from the hill",
        "The Yomiuri Shimbun",
    ),
]


@pytest.mark.parametrize(("text", "caption", "credit"), CUTS, ids=[cut[0] for cut in CUTS])
def test_a_credit_is_cut_off_its_caption(text: str, caption: str, credit: str) -> None:
    cut = split_caption(text)
    assert text[slice(*(cut.caption or (0, 0)))] == caption
    assert cut.credit is not None
    assert text[slice(*cut.credit)] == credit


@pytest.mark.parametrize(
    "text",
    [
        "The quay at dawn.",
        "Lea Orban (left) and Timo Held (SPD)",
        "Reuters reporters wait outside the court.",
        "The seat of dpa in Hamburg",
        "港口的清晨。游客在拍摄",
        "港口的清晨。这是资料图",
        "港口的清晨。这张照片由日报记者拍摄",
        "居民接受远见晚报记者陆闻舟采访",
        "This text is CC BY-SA 4.0",
        "Licensed under CC BY 4.0 by the Harbour Museum",
        "Murat OrbanTrainer of the visitors",
        "Il direttore dell'Ansa con il sindaco del porto.",
        "La actriz, en el muelle. GRAN ESTRENO",
        "The quay in 1931. | UNKNOWN HARBOUR",
        "Il molo deserto (Paola Orban per Il Faro)",
        "The quay is empty. (Paola Orban for a while)",
        "She left the quay. Follow Paula Orban via Instagram",
        "الميناء في العاصمة الفرنسية",
        "The harbour council of the old town - private",
        "The quay of Orban (PA)",
        "They chose a day. Sunday/Monday",
        "He said no. Paula Orban/owner of the quay",
        "Staff photo by the gate of the quay hangs low",
        "Vedoucí na radnici Zdroj: ČTK Autor: Jan Orban",
        "Chart: Growth of the quays",
        "घाट पर भीड़। पीटीआई ने बताया",
        "The quay is safe (provided)",
        "Lea Orban on the quay (Private)",
        "Le quai vide. Photo d'archives prise en 1950",
        "The quay is empty. File photo taken in 1950",
        "Der Kai im Nebel. Archivfoto aus dem Jahr 1950",
        "港口的清晨。记者看到这张视觉中国 图",
        "They met at the quay with L. Reuters",
        "Paula Orban/Timo Held",
        "Paula Orban/Riverbend",
        "Paula Orban / Riverbend Daily Ledger of the year",
        "Obtained by the police in a raid, the boats were shown on Monday.",
        "The quay seen from the studio of the station (KQAY)",
        "They voted for Lea Orban. (SPD)",
        "She left the quay at dawn. \u2014THE END",
        "\u201cWe won. All of us.\u201d \u2014LEA ORBAN",
        "She left the quay at dawn. \u2014Lea Orban",
        "Das Spiel am Kai. (L. Orban / SC Rabenau)",
        "Der Bus steht still: AP",
        "The quay is theirs. private",
        "Der Saal am Kai (Hotel Orban)",
        "港と駅、山田太郎",
        "The port © 2024 Directorate of the Port and of its many Roads",
        "A view © the author of this book about the old quay and his many friends",
        "Das entspricht einem Druck von 98 Pascal (Pa).",
        "A photo by Lea Orban hangs in the hall of the town museum.",
        "Der Kai am Morgen (Symbolbild)",
        "The quay at dawn. Wikimedia Commons hosts it",
        "They edit it together. Wiki",
        "Wystawa fot. Jana Orbana",
        "Lea Orban, Ph.D.",
        "Nabrzeże, fot. z archiwum rodziny i przyjaciół",
        "Foto no personīgā arhīva atrada uz ielas",
        "The pitcher walked to the mound. CC Orban",
        "The engine has 1600 cc Orban parts",
        "The winners met on Monday. (Lea Orban, London)",
        "The winners met on Monday. Museum Orban, London",
        "They ask where the quay ends. and/or Lea Orban",
        "They ask where the quay ends. The harbour is in the public domain",
        "The door of the shop says PHOTO BOOTH, OPEN",
        "부두에서 만난 사람은 기자다. 그는 기자",
        "The goals came from Lea Orban. (Orban United)",
        "Neu im Tor: Lea Orban. (SC Rabenau)",
        "Der Kai am Morgen (Archivfoto)",
        "She told AP the quay was closed / reopened in May",
        "",
        "   ",
    ],
)
def test_a_caption_without_a_credit_stays_whole(text: str) -> None:
    cut = split_caption(text)
    assert cut.credit is None
    assert text[slice(*(cut.caption or (0, 0)))] == text.strip()


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("Foto: Lea Orban", Confidence.HIGH),
        ("Lea Orban/AFP", Confidence.HIGH),
        ("Photo by Lea Orban", Confidence.HIGH),
        ("© Lea Orban", Confidence.HIGH),
        ("Getty Images", Confidence.MEDIUM),
        ("Lea Orban Foto: dpa", Confidence.HIGH),
        ("Mount Orban erupts. Image: USGS", None),
        ("dpa", None),
        ("Reuters", None),
        ("Quelle: AFP", None),
        ("Kilde: NTB", None),
        ("Autor: Lea Orban", None),
        ("By Lea Orban", None),
        ("© 2024 The Daily Quay. All rights reserved.", None),
        ("Lea Orban walked along the quay.", None),
        ("Lea Orban", None),
        ("", None),
    ],
)
def test_a_whole_line_is_judged(line: str, sure: Confidence | None) -> None:
    assert looks_like_credit(line) is sure


EXAMPLES = [(entry.name, example) for entry in agencies() for one in entry.ids for example in one.examples]


@pytest.mark.parametrize(("house", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_pattern_finds_its_own_examples(house: str, example: str) -> None:
    assert house in [hit.agency for hit in suppliers(example)]


@pytest.mark.parametrize(
    "name",
    [
        "AP_2018-2019.jpg",
        "ap_2.jpg",
        "AP_25667_FBD12345678.jpg",
        "000_3_image.png",
        "000_default.jpg",
        "000-Harbour.jpg",
        "imagology1234567.jpg",
        "shutterstock_editorial_use_only.jpg",
        "harbour-afp_625x300_04_April.jpg",
        "PA-7000.jpg",
        "8b79f688-3231-4500-b51d-f58a9edb7a48.jpg",
        "lemon-cake-recipe.jpg",
    ],
)
def test_other_names_are_left_alone(name: str) -> None:
    assert suppliers(name) == ()


def test_a_file_name_gives_its_date_and_its_photographer() -> None:
    assert suppliers("AP24060123456789.jpg")[0].date == "2024-02-29"
    assert suppliers("x/AP23366123456789.jpg")[0].date == ""  # 2023 had 365 days
    assert suppliers("AFP__20230311__33AB1CD__v2__HighRes__Quay.jpg")[0].date == "2023-03-11"
    assert suppliers("https://host/ida-frost-aB3dE5fG7hI-unsplash.jpg")[0].creator == "Ida Frost"


MARKS = [
    "Foto:",
    "Photo by",
    "©",
    "(c)",
    "via",
    "for",
    " ",
    "/",
    " / ",
    "|",
    "(",
    ")",
    "[",
    ";",
    ",",
    " - ",
    "=",
    "＝",
    "@",
]


@pytest.mark.parametrize("line", ["BBC", "EPA", "Privat", "Privatfoto", "Handout", "Archivio privato"])
def test_a_word_that_only_credits_are_made_of_is_one(line: str) -> None:
    assert split_caption(line)[:2] == (None, (0, len(line)))


@pytest.mark.parametrize("line", ["Time", "Symbolbild", "Screenshot", "Archiv", "Private road", "USA", "BERLIN"])
def test_other_words_alone_say_what_is_seen(line: str) -> None:
    assert split_caption(line)[:2] == ((0, len(line)), None)


NAMES = [
    "Lea Orban",
    "LEA ORBAN",
    "dpa",
    "AFP",
    "Getty Images",
    "X",
    "田中太郎撮影",
    "연합뉴스",
    "Jr.",
    "2024",
    "CC BY-SA 4.0",
]
PIECES = st.sampled_from([*MARKS, *NAMES, "\u200b", "“", "'", "_"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_no_line_breaks_the_reader(line: str) -> None:
    credit = parse_credit(line)
    assert credit.raw == line
    for party in (*credit.parties, *credit.alternative):
        assert party.span is not None
        assert line[party.span.start : party.span.end] == party.name
        assert party.name
    cut = split_caption(line)
    for part in (cut.caption, cut.credit):
        if part is not None:
            assert 0 <= part[0] < part[1] <= len(line)
    looks_like_credit(line)
    suppliers(line)


@pytest.mark.parametrize(
    "unit", ["a", "Lea Orban/", "Foto: ", "(", "a.B", "- ", "via ", "@x", "pexels-a-", "[photo]", "CC-BY-", "9", "ap_"]
)
def test_twice_a_hostile_line_is_twice_the_work(unit: str) -> None:
    def work(length: int) -> int:
        line = unit * (length // len(unit))
        return calls(lambda: (parse_credit(line), split_caption(line), looks_like_credit(line), suppliers(line)))

    work(200)
    assert work(20_000) <= 2.2 * work(10_000) + 1000
