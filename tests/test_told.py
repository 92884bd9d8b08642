"""Pictures that site generators are told of: values over several lines, and figure tags of all kinds."""

import pytest

from attrib.read.plaintext import read_text

from .helpers import findings

SAYS = "The quay at dawn, seen from the ferry."
NAME = "Ana Ruiz/AFP"
PICTURE = "![Quay](/quay.jpg)"
PROSE = "It rained all day, and nobody minded.\n"


def told(text):
    """Address, caption and credit of each figure."""
    found = read_text(text, "a.md", markdown=True).figures
    return [(f.address, str(f.caption) if f.caption else None, f.credit.raw if f.credit else None) for f in found]


@pytest.mark.parametrize(
    "value",
    [
        ">\n  The quay at dawn,\n  seen from the ferry.",
        ">-\n  The quay at dawn,\n  seen from the ferry.",
        "|2- # kept\n    The quay at dawn,\n    seen from the ferry.",
        "The quay at dawn,\n  seen from the ferry.",
        '"The quay at dawn,\n  seen from the ferry."',
        "'The quay at dawn,\n\n  seen from the ferry.' # dawn",
    ],
)
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_value_over_several_lines_is_read_whole(value, indent):
    fields = f"image: quay.jpg\ncaption: {value}\ncredit: {NAME}\n"
    head = "hero:\n" * bool(indent) + "".join(indent + line for line in fields.splitlines(keepends=True))
    text = f"---\ntitle: The quay\n{head}layout: post\n---\n\n{PROSE}"
    assert told(text) == [("quay.jpg", SAYS, NAME)]
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert " ".join(text[slice(*figure.caption.span)].split()) == SAYS


def test_values_over_several_lines_in_toml_and_in_braces():
    head = f'+++\n[cover]\nimage = "quay.jpg"\ncaption = """\nThe quay at dawn,\nseen from the ferry."""\ncredit = "{NAME}"\n+++\n'
    assert told(head + PROSE) == [("quay.jpg", SAYS, NAME)]
    head = f'---\ntitle: A\nhero: {{src: quay.jpg, caption: "{SAYS}", credit: {NAME}}}\n---\n'
    assert told(head + PROSE) == [("quay.jpg", SAYS, NAME)]


@pytest.mark.parametrize(
    "tag",
    [
        f'{{% figure caption:"{SAYS}" %}}\n{PICTURE}\n{{% endfigure %}}',
        f'{{% figure [caption:"{SAYS}"] [class:"wide"] %}}\n{PICTURE}\n{{% endfigure %}}',
        f'{{% include image.html url="/quay.jpg" description="{SAYS}" %}}',
        f'{{% include figures/figure image_path="/quay.jpg" alt="Quay" caption="{SAYS}" %}}',
        f'{{% figure "/quay.jpg", "Quay" %}}{SAYS}{{% endfigure %}}',
        f'{{% image src="/quay.jpg", alt="Quay", caption="{SAYS}" %}}',
        f'{{{{< figure src="/quay.jpg" >}}}}\n{SAYS}\n{{{{< /figure >}}}}',
        f'{{{{< imgproc "/quay.jpg" Fill "600x300" >}}}}\n{SAYS}\n{{{{< /imgproc >}}}}',
        f'{{{{% figure\n  src="/quay.jpg"\n  caption="{SAYS}"\n%}}}}',
        f'{{{{ figure(src="/quay.jpg", caption="{SAYS}") }}}}',
        f'<Figure src={{"/quay.jpg"}} caption={{"{SAYS}"}} />',
        f'<Figure src="/quay.jpg" alt="Quay">\n  {SAYS}\n</Figure>',
        f"<Figure>\n\n{PICTURE}\n\n<Caption>{SAYS}</Caption>\n</Figure>",
        f'<figure>\n<Image src="/quay.jpg" alt="Quay" />\n<figcaption>{SAYS}</figcaption>\n</figure>',
        f"<figure>\n\n{PICTURE}\n\n<figcaption>{SAYS}</figcaption>\n\n</figure>",
        f'<figure markdown="span">\n  {PICTURE}{{ width="300" }}\n  <figcaption>{SAYS}</figcaption>\n</figure>',
        f"{PICTURE}\n/// caption\n{SAYS}\n///",
        f":::{{figure}} /quay.jpg\n:alt: Quay\n\n{SAYS}\n:::",
        f"```{{figure}} /quay.jpg\n:alt: Quay\n\n{SAYS}\n```",
        f"![{SAYS}](/quay.jpg){{#fig-quay}}",
        f'[caption id="a" width="300"]{PICTURE} {SAYS}[/caption]',
    ],
)
def test_figure_tags_of_many_generators(tag):
    text = f"{PROSE}\n{tag}\n\nThe ferry left, and nobody knew why.\n"
    assert told(text) == [("/quay.jpg", SAYS, None)]
    page = read_text(text, "a.md", markdown=True)
    (figure,) = page.figures
    assert text[slice(*figure.caption.span)] == SAYS
    assert [str(p) for p in page.paragraphs] == [PROSE.strip(), "The ferry left, and nobody knew why."]


@pytest.mark.parametrize(
    "tag",
    [
        f'{{% img right /quay.jpg 300 200 "{SAYS} Photo: {NAME}" "Quay" %}}',
        f'{{% figure "/quay.jpg", "Quay", "{SAYS} Photo: {NAME}" %}}',
        f'{{% asset_img /quay.jpg "{SAYS} Photo: {NAME}" %}}',
    ],
)
def test_of_words_without_names_what_is_surely_caption_and_credit_is_both(tag):
    assert told(f"{PROSE}\n{tag}\n") == [("/quay.jpg", SAYS, f"Photo: {NAME}")]


def test_a_picture_that_a_component_imports():
    text = f'import quay from "./quay.jpg"\n\n{PROSE}\n<Image src={{quay}} alt="Quay" caption="{SAYS}" />\n'
    assert (("./quay.jpg", SAYS, None)) in told(text)


@pytest.mark.parametrize(
    "tag",
    [
        '{% image "/quay.jpg", "The quay at dawn", "(min-width: 30em) 50vw, 100vw" %}',
        f'{{% img /quay.jpg "{SAYS}" %}}',  # a title, perhaps
        f'<Card image="/quay.jpg" description="{SAYS}" />',
        f'<Figure src="/quay.jpg">\n\n{SAYS}\n',  # never closed
        f"<Figure src={{quay}}>\n{SAYS}\n</Figure>",
        f'```\n<Figure src="/quay.jpg" caption="{SAYS}" />\n```',
        f"<Gallery>\n![](/quay.jpg)\n![](/deck.jpg)\n{SAYS}\n</Gallery>",
    ],
)
def test_other_tags_tell_of_no_caption(tag):
    assert [caption for _, caption, _ in told(f"{PROSE}\n{tag}\n") if caption] == []


@pytest.mark.parametrize(
    "head",
    [
        f"image: quay.jpg\ndescription: >\n  {SAYS}\n",
        "image: quay.jpg\ncaption: |\n\nlayout: post\n",
        f"image: quay.jpg\ntags:\n  - caption\nsummary: |\n  caption: {SAYS}\n",
    ],
)
def test_other_fields_over_several_lines_tell_of_no_caption(head):
    assert told(f"---\ntitle: The quay\n{head}---\n\n{PROSE}") == []


def test_what_a_template_should_have_filled_in_is_still_found():
    text = "![Quay](quay.jpg)\n*The quay {{ caption }} at dawn.*\n"
    assert "caption-template-placeholder" in [f.rule for f in findings(text, kind="markdown")]
