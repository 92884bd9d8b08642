"""The installed command, run as a person or a script runs it: exit codes, streams, formats."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from .pictures import encoded, scene

ATTRIB = Path(sys.executable).parent / ("attrib.exe" if os.name == "nt" else "attrib")
FORMATS = ["terminal", "json", "jsonl"]
SCHEMA = json.loads(files("attrib").joinpath("data", "report.schema.json").read_text("utf-8"))

CLEAN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A quiet day</title>
<article><h1>A quiet day on the quay</h1>
<p>Nothing happened on the quay on Monday, and everybody who was there agreed that it was a fine day for it.</p>
<figure><img src="https://example.org/i/quay.jpg" alt="Two men sit on a quay and look at the water" width="900">
<figcaption>Two men look at the water on the quay of Vell.
<span class="credit">Photo: Ann Lee/Reuters</span></figcaption>
</figure>
<p>They stayed until the evening, when the last ferry had gone and the lamps along the water were lit.</p>
</article></html>
"""
FAULTY = CLEAN.replace(' alt="Two men sit on a quay and look at the water"', "")


def run(*arguments: str | Path, cwd: Path | None = None, stdin: str | bytes = b"", env: dict[str, str] | None = None):
    """Run the command; exit code, standard output, standard error."""
    done = subprocess.run(
        [ATTRIB, *map(str, arguments)],
        cwd=cwd,
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=60,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "clean.html").write_text(CLEAN, "utf-8")
    (tmp_path / "faulty.html").write_text(FAULTY, "utf-8")
    return tmp_path


def read(form: str, out: str) -> list[dict[str, object]]:
    """The findings of an output, which must be well formed."""
    if form == "terminal":
        return [{"rule": line.split()[2]} for line in out.splitlines() if line.startswith("  ") and line[2].isdigit()]
    if form == "json":
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(out))
        return json.loads(out)["findings"]
    lines = [json.loads(line) for line in out.splitlines()]
    part = {"$ref": "#/$defs/line", "$defs": SCHEMA["$defs"]}
    for line in lines:
        jsonschema.Draft202012Validator(part).validate(line)
    return [line for line in lines if "rule" in line]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_fix_is_0(here: Path, form: str) -> None:
    code, out, err = run("check", "clean.html", "--format", form, cwd=here)
    assert (code, err) == (0, "")
    assert read(form, out) == []


@pytest.mark.parametrize("form", FORMATS)
def test_something_to_fix_is_1(here: Path, form: str) -> None:
    code, out, err = run("check", ".", "--format", form, cwd=here)
    assert (code, err) == (1, "")
    assert [finding["rule"] for finding in read(form, out)] == ["alt-missing"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_missing_path_is_2_and_the_rest_is_still_checked(here: Path, form: str) -> None:
    code, out, err = run("check", "faulty.html", "nowhere.html", "--format", form, cwd=here)
    assert code == 2
    assert [finding["rule"] for finding in read(form, out)] == ["alt-missing"]
    said = out if form == "terminal" else err
    assert [line for line in said.splitlines() if "nowhere.html: is not there. Check the path." in line]
    if form == "json":
        value = json.loads(out)
        assert value["complete"] is False and value["failures"][0]["source"] == "nowhere.html"


@pytest.mark.parametrize("form", FORMATS)
def test_no_input_is_2(here: Path, form: str) -> None:
    code, out, err = run("check", "--format", form, cwd=here)
    assert (code, out) == (2, "")
    assert "Nothing to read" in err


UNREADABLE = {
    "empty.html": (b"", "is empty"),
    "blank.html": (b" \n\t\r\n", "is empty"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(100), "is a PNG picture"),
    "binary.html": (bytes(range(256)) * 8, "is binary"),
    "wide.html": (CLEAN.encode("utf-16-le"), "UTF-16"),
    "large.html": (b"<p>" + b"word " * 10_500_000, "larger than 32 MB"),
}


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_read_is_one_line_each_and_2(here: Path, form: str) -> None:
    for name, (data, _) in UNREADABLE.items():
        (here / name).write_bytes(data)
    code, out, err = run("check", ".", "--format", form, cwd=here)
    assert code == 2
    assert [finding["rule"] for finding in read(form, out)] == ["alt-missing"]
    assert "Traceback" not in err
    for name, (_, says) in UNREADABLE.items():
        said = [line for line in (out if form == "terminal" else err).splitlines() if name in line]
        assert len(said) == 1 and says in said[0] and said[0].endswith(".")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (FAULTY.replace("Vell", "Vell\0"), "holds 1 NUL characters, the first on line 5"),
        (FAULTY.replace("Vell", "V\xe9ll").encode("latin-1"), "encoding"),
        (FAULTY.replace("Vell", "V\xe9ll").replace('<meta charset="utf-8">', "").encode("latin-1"), "encoding"),
    ],
)
def test_doubtful_text_is_checked_and_named(here: Path, data: str | bytes, says: str) -> None:
    (here / "odd.html").write_bytes(data if isinstance(data, bytes) else data.encode())
    code, out, err = run("check", "odd.html", "--format", "jsonl", cwd=here)
    assert code == 2
    assert [finding["rule"] for finding in read("jsonl", out)] == ["alt-missing"]
    assert len(err.splitlines()) == 1 and "odd.html" in err and says in err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("form", FORMATS)
def test_an_unreadable_file_is_2(here: Path, form: str) -> None:
    (here / "loop.html").symlink_to("loop.html")
    code, out, err = run("check", ".", "--format", form, cwd=here)
    assert code == 2
    assert "loop.html: cannot be read" in (out if form == "terminal" else err)


def test_a_folder_without_pages_is_2(here: Path) -> None:
    (here / "none").mkdir()
    code, out, _ = run("check", "none", cwd=here)
    assert code == 2
    assert out.startswith("Nothing was checked.") and "none: holds no page" in out


def test_a_picture_outside_the_root_is_2(here: Path) -> None:
    inside = here / "site"
    inside.mkdir()
    (inside / "page.html").write_text(CLEAN.replace("https://example.org/i/", "../../"), "utf-8")
    code, out, _ = run("check", "site", "--root", "site", cwd=here)
    assert code == 2
    assert "site/page.html: the picture ../../quay.jpg is outside the root site" in out


@pytest.mark.parametrize("name", ["cut.jpg", "lie.jpg"])
def test_a_truncated_or_lying_picture_is_named(here: Path, name: str) -> None:
    from PIL import Image

    Image.effect_noise((64, 64), 50).save(here / "whole.png")
    data = (here / "whole.png").read_bytes()
    (here / name).write_bytes(data[: len(data) // 3] if name == "cut.jpg" else b"<!doctype html><p>404 not found</p>")
    (here / "page.html").write_text(CLEAN.replace("https://example.org/i/quay.jpg", name), "utf-8")
    code, out, _ = run("check", ".", cwd=here)
    assert code == 2
    assert [line for line in out.splitlines() if name in line and line.startswith("  ")]
    assert "alt-missing" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--frmat", "json", "."],
        ["check", "--format", "yaml", "."],
        ["check", "--jobs", "many", "."],
        ["check", "--select", "alt-mising", "."],
        ["check", "--ignore", "nonsense", "."],
        ["check", "--root", "nowhere", "."],
        ["check", "--output", "nowhere/report.json", "."],
        ["check", "--output", ".", "."],
        ["check", "--config", "nowhere.toml", "."],
        ["chek", "."],
        ["explain", "alt-mising"],
        ["explain"],
        ["extract"],
        ["credit"],
        ["similar"],
        ["inspect"],
        [],
    ],
)
def test_a_wrong_command_line_is_2_and_prints_nothing(here: Path, arguments: list[str]) -> None:
    code, out, err = run(*arguments, cwd=here)
    assert (code, out) == (2, "")
    assert err and "Traceback" not in err


@pytest.mark.parametrize(
    ("flag", "name", "says"),
    [
        ("--config", "nowhere.toml", "nowhere.toml: is not there. Check the path."),
        ("--register", "nobody.csv", "the register nobody.csv: is not there. Check the path."),
    ],
)
def test_a_file_of_settings_that_is_not_there_is_said(here: Path, flag: str, name: str, says: str) -> None:
    assert run("check", flag, name, ".", cwd=here) == (2, "", f"Error: {says}\n")


def test_a_root_of_the_settings_that_is_not_there_is_said_to_be_theirs(here: Path) -> None:
    (here / "attrib.toml").write_text('root = "nowhere"\n', "utf-8")
    assert "the root nowhere, which the settings name: there is no such folder." in run("check", ".", cwd=here)[2]
    assert "settings" not in run("check", "--root", "elsewhere", ".", cwd=here)[2]


@pytest.mark.parametrize("name", ["caption", "caption-*"])
def test_a_group_where_one_rule_is_wanted_is_said(here: Path, name: str) -> None:
    code, out, err = run("explain", name, cwd=here)
    assert (code, out) == (2, "")
    assert err.endswith(f"Error: '{name}' stands for several rules. Name one of them; `attrib rules` lists them.\n")


def test_a_misspelt_name_is_answered_with_the_nearest(here: Path) -> None:
    assert "Did you mean 'alt-missing'?" in run("check", "--select", "alt-mising", ".", cwd=here)[2]
    assert "Did you mean 'check'?" in run("chek", ".", cwd=here)[2]
    assert "--format" in run("check", "--frmat", "json", cwd=here)[2]


@pytest.mark.parametrize("group", [(), ("archive",)])
def test_a_list_of_commands_says_whole_sentences(group: tuple[str, ...]) -> None:
    _, _, commands = run(*group, "--help")[1].partition("\nCommands:\n")
    said = commands.partition("\n\n")[0].splitlines()
    assert said and all(line.endswith(".") and not line.endswith("...") for line in said)


def test_help_and_version_are_0() -> None:
    assert run("--help")[0] == run("check", "--help")[0] == run("--version")[0] == 0


def test_python_m_attrib_is_the_same(here: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "attrib", "check", "."], cwd=here, capture_output=True)
    assert (done.returncode, done.stdout.decode()) == run("check", ".", cwd=here)[:2]


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("never", 0), ("notice", 1), (None, 1)])
def test_fail_on_names_the_least_severity_that_fails(here: Path, level: str | None, code: int) -> None:
    assert run("check", ".", *(["--fail-on", level] if level else []), cwd=here)[0] == code


def test_rules_are_selected_and_ignored_by_name_group_or_pattern(here: Path) -> None:
    assert run("check", ".", "--ignore", "alt-missing", cwd=here)[0] == 0
    assert run("check", ".", "--ignore", "alt", cwd=here)[0] == 0
    assert run("check", ".", "--select", "caption,credit-*", cwd=here)[0] == 0
    assert run("check", ".", "--select", "alt-missing", cwd=here)[0] == 1


def test_standard_input_has_the_name_it_is_given(here: Path) -> None:
    code, out, _ = run("check", "-", "--stdin-filename", "news/a.html", "--format", "jsonl", stdin=FAULTY, cwd=here)
    assert code == 1
    assert read("jsonl", out)[0]["source"] == "news/a.html"


@pytest.mark.parametrize("form", FORMATS)
def test_output_goes_to_a_file_whole(here: Path, form: str) -> None:
    code, printed, _ = run("check", ".", "--format", form, cwd=here)
    code, out, _ = run("check", ".", "--format", form, "--output", "report.out", cwd=here)
    assert (code, out) == (1, "")
    assert (here / "report.out").read_text("utf-8") == printed
    assert sorted(path.name for path in here.iterdir()) == ["clean.html", "faulty.html", "report.out"]


def test_an_output_that_cannot_be_written_is_2(here: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    code, _, err = run("check", ".", "--output", "/dev/full", cwd=here)
    assert code == 2 and "cannot be written" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["check", "."], ["rules"], ["similar", "."], ["archive", "list", "seen.db"]])
def test_a_full_disk_under_standard_output_is_2_in_one_clear_line(here: Path, arguments: list[str]) -> None:
    (here / "dot.png").write_bytes(encoded(scene(1), "PNG"))
    assert run("archive", "add", "seen.db", "dot.png", cwd=here)[0] == 0
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([ATTRIB, *arguments], cwd=here, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "attrib: the output cannot be written: no space left on device. Make room for it.\n"


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("form", FORMATS)
def test_ctrl_c_is_130_and_quiet(here: Path, form: str) -> None:
    process = subprocess.Popen(
        [ATTRIB, "check", "-", "--format", form], cwd=here,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(1)  # it waits for input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().strip() == "attrib: stopped"


@pytest.mark.skipif(os.name == "nt", reason="pipes")
@pytest.mark.parametrize("form", FORMATS)
def test_a_closed_pipe_is_silent(here: Path, form: str) -> None:
    for i in range(300):
        (here / f"{i}.html").write_text(FAULTY, "utf-8")
    process = subprocess.Popen(
        [ATTRIB, "check", ".", "--format", form, "--jobs", "1"],
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=30), err) == (1, b"")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", ["check", "extract"])
def test_any_number_of_processes_gives_the_same_bytes(here: Path, command: str, form: str) -> None:
    for i in range(30):
        (here / f"{i}.html").write_text(FAULTY.replace("Vell", f"Vell {i}"), "utf-8")
    (here / "empty.html").write_text("")
    runs = {run(command, ".", "--format", form, "--jobs", jobs, cwd=here) for jobs in ("1", "2", "3")}
    assert len(runs) == 1
    assert runs.pop()[0] == 2


def test_no_colour_where_no_one_looks(here: Path) -> None:
    assert "\x1b" not in run("check", ".", cwd=here, env={"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"})[1]


@pytest.mark.skipif(os.name == "nt", reason="terminals")
@pytest.mark.parametrize(
    ("env", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal_that_wants_it(here: Path, env: dict[str, str], coloured: bool) -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [ATTRIB, "check", "."], cwd=here, stdout=follower, stderr=follower, env={**os.environ, "TERM": "xterm", **env}
    )
    os.close(follower)
    out = b""
    try:
        while part := os.read(leader, 65536):
            out += part
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    assert process.wait(timeout=30) == 1
    assert (b"\x1b[" in out) is coloured


def test_a_terminal_that_knows_only_ascii_gets_every_finding(here: Path) -> None:
    (here / "faulty.html").write_text(FAULTY.replace("quay.jpg", "kaï.jpg"), "utf-8")
    code, out, err = run("check", ".", cwd=here, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert (code, err) == (1, "") and "alt-missing" in out


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text")
def test_a_file_name_that_is_no_text_is_reported(here: Path) -> None:
    (here / "faulty.html").rename(os.fsdecode(os.fsencode(here) + b"/f\xff.html"))
    for form in FORMATS:
        code, out, err = run("check", ".", "--format", form, cwd=here)
        assert (code, err) == (1, "")
        assert len(read(form, out)) == 1


def test_settings_are_found_upwards_and_the_command_line_wins(here: Path) -> None:
    (here / "attrib.toml").write_text('ignore = ["alt-missing"]\n')
    (here / "news").mkdir()
    (here / "news/page.html").write_text(FAULTY, "utf-8")
    assert run("check", ".", cwd=here / "news")[0] == 0
    assert run("check", ".", "--config", "none", cwd=here / "news")[0] == 1
    assert run("check", ".", "--select", "alt-missing", cwd=here / "news")[0] == 1
    (here / "attrib.toml").write_text('ignor = ["alt-missing"]\n')
    code, _, err = run("check", ".", cwd=here)
    assert code == 2 and "Did you mean 'ignore'?" in err


def test_extract_prints_a_line_a_page(here: Path) -> None:
    code, out, err = run("extract", "faulty.html", "nowhere.html", "--format", "jsonl", cwd=here)
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        jsonschema.Draft202012Validator({"$ref": "#/$defs/extract", "$defs": SCHEMA["$defs"]}).validate(line)
    assert code == 2 and "nowhere.html: is not there" in err
    assert [line["source"] for line in lines] == ["faulty.html", "nowhere.html"]
    (figure,) = lines[0]["figures"]
    assert figure["images"] == ["https://example.org/i/quay.jpg"]
    assert (figure["alt"], figure["caption"]) == (None, "Two men look at the water on the quay of Vell.")
    assert figure["credit"]["raw"] == "Photo: Ann Lee/Reuters"
    assert json.loads(run("extract", "faulty.html", "nowhere.html", "--format", "json", cwd=here)[1]) == lines


def test_credit_prints_a_line_a_text_in_order() -> None:
    code, out, _ = run("credit", "--format", "jsonl", "--", "Ann Lee/Reuters", "-", stdin="Photo: Bo Li\n\n© dpa\n")
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        jsonschema.Draft202012Validator({"$ref": "#/$defs/credit", "$defs": SCHEMA["$defs"]}).validate(line)
    assert code == 0
    assert [line["raw"] for line in lines] == ["Ann Lee/Reuters", "Photo: Bo Li", "© dpa"]
    assert [party["name"] for party in lines[0]["parties"]] == ["Ann Lee", "Reuters"]


def test_similar_prints_a_line_a_pair(here: Path) -> None:
    from PIL import Image

    base = Image.linear_gradient("L").rotate(30).resize((320, 240))
    base.paste(200, (40, 50, 150, 120))
    base.save(here / "a.png")
    base.resize((240, 180)).save(here / "b.jpg", quality=70)
    Image.effect_mandelbrot((320, 240), (-2, -1.5, 1, 1.5), 90).save(here / "c.png")
    code, out, _ = run("similar", ".", "--format", "jsonl", cwd=here)
    (pair,) = [json.loads(line) for line in out.splitlines()]
    jsonschema.Draft202012Validator({"$ref": "#/$defs/pair", "$defs": SCHEMA["$defs"]}).validate(pair)
    assert (code, Path(pair["a"]).name, Path(pair["b"]).name) == (0, "a.png", "b.jpg")
    assert run("similar", ".", cwd=here)[1].startswith("2 of 3 pictures look like another, in one group.")


def test_inspect_shows_what_a_file_says(here: Path) -> None:
    from PIL import Image

    picture = Image.new("RGB", (40, 30))
    exif = picture.getexif()
    exif[0x013B] = "Ann Lee"
    picture.save(here / "a.jpg", exif=exif)
    code, out, _ = run("inspect", "a.jpg", "--format", "jsonl", cwd=here)
    value = json.loads(out)
    jsonschema.Draft202012Validator({"$ref": "#/$defs/file", "$defs": SCHEMA["$defs"]}).validate(value)
    assert code == 0 and (value["width"], value["height"]) == (40, 30)
    assert "Ann Lee" in [item["value"] for item in value["fields"]]
    assert "Ann Lee" in run("inspect", "a.jpg", cwd=here)[1]
    assert run("inspect", "a.jpg", "b.jpg", cwd=here)[0] == 2


def test_rules_explain_and_schema() -> None:
    listed = [json.loads(line) for line in run("rules", "--format", "jsonl")[1].splitlines()]
    assert {"name", "severity", "summary", "why"} <= set(listed[0])
    assert [rule["name"] for rule in listed] == sorted(rule["name"] for rule in listed)
    assert "alt-missing" in run("rules")[1]
    assert run("explain", "alt-missing")[1].count("Bad:") == 1
    assert json.loads(run("schema")[1]) == SCHEMA


MANGLED = CLEAN.replace(
    "</figcaption>", "</figcaption>\n<p>hide caption</p>\n<p>Two men look at the water on the quay of Vell.</p>"
)


def test_fix_mends_the_file_and_nothing_else(here: Path) -> None:
    page = here / "mangled.html"
    page.write_bytes(MANGLED.replace("\n", "\r\n").encode("utf-8-sig"))
    page.chmod(0o640)
    before = page.read_bytes()
    assert run("fix", "mangled.html", "--check-only", cwd=here)[0] == 1
    code, diff, _ = run("fix", "mangled.html", "--diff", cwd=here)
    assert code == 1 and "-<p>hide caption</p>" in diff and page.read_bytes() == before
    assert run("fix", ".", cwd=here)[0] == 0
    after = page.read_bytes()
    assert b"hide caption" not in after and after.count(b"Two men look") == 1
    assert after.startswith(b"\xef\xbb\xbf<!doctype html>") and after.count(b"\n") == after.count(b"\r\n")
    assert page.stat().st_mode & 0o777 == 0o640
    assert run("fix", ".", cwd=here)[0] == run("fix", ".", "--diff", cwd=here)[0] == 0
    assert page.read_bytes() == after
    assert sorted(path.name for path in here.iterdir()) == ["clean.html", "faulty.html", "mangled.html"]


def test_fix_streams_from_input_to_output(here: Path) -> None:
    code, out, err = run("fix", "-", stdin=MANGLED, cwd=here)
    assert (code, err) == (0, "") and "hide caption" not in out and out.endswith("</html>\n")
    assert run("fix", "-", stdin=CLEAN, cwd=here)[1] == CLEAN
    assert run("fix", "-", "clean.html", stdin=CLEAN, cwd=here)[0] == 2


def test_a_picture_that_cannot_be_read_stops_no_fix(here: Path) -> None:
    (here / "mangled.html").write_text(MANGLED.replace("https://example.org/i/quay.jpg", "quay.jpg"), "utf-8")
    (here / "quay.jpg").write_bytes(b"\xff\xd8\xff")
    assert "quay.jpg" in run("check", "mangled.html", cwd=here)[1]
    code, _, err = run("fix", "mangled.html", cwd=here)
    assert (code, err) == (0, "attrib: 1 fault mended in 1 of 1 article.\n")


def test_fix_names_what_it_could_not_do(here: Path) -> None:
    (here / "odd.html").write_bytes(MANGLED.replace("Vell", "V\xe9ll").encode("latin-1"))
    code, _, err = run("fix", ".", "nowhere.html", "https://example.org/", cwd=here)
    assert code == 2
    assert all(f"{name}: " in err for name in ("odd.html", "nowhere.html", "https://example.org/"))


def only_part(folder: Path, *names: str) -> None:
    """Nothing half written is left beside these."""
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


@pytest.mark.skipif(os.name == "nt", reason="limits of files are set the Unix way")
def test_a_file_that_no_longer_fits_on_the_disk_stays_as_it_was(tmp_path: Path) -> None:
    import resource

    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then writing says what a full disk says
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    (tmp_path / "page.html").write_text(MANGLED, "utf-8")
    done = subprocess.run(
        [ATTRIB, "fix", "page.html"], cwd=tmp_path, capture_output=True, preexec_fn=small_files_only, timeout=60
    )
    assert done.returncode == 2
    assert (tmp_path / "page.html").read_text("utf-8") == MANGLED
    assert done.stderr.decode().splitlines() == [
        "attrib: page.html: cannot be written: file too large. Make room on the disk, and mend it again.",
        "attrib: 0 faults mended in 0 of 1 article.",
    ]
    only_part(tmp_path, "page.html")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_to_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    page = tmp_path / "news/page.html"
    page.parent.mkdir()
    page.write_text(MANGLED, "utf-8")
    page.parent.chmod(0o555)
    try:
        code, _, err = run("fix", "news/page.html", cwd=tmp_path)
    finally:
        page.parent.chmod(0o755)
    assert code == 2 and page.read_text("utf-8") == MANGLED
    assert (
        err.splitlines()[0] == "attrib: news/page.html: cannot be written: permission denied. Change its permissions."
    )
    only_part(page.parent, "page.html")


def test_a_file_that_another_program_changed_meanwhile_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from attrib import fix
    from attrib.cli import main

    page = tmp_path / "page.html"
    page.write_text(MANGLED, "utf-8")
    mend = fix.fix_source

    def slowly(*given: object, **more: object) -> object:
        fixed = mend(*given, **more)  # type: ignore[arg-type]
        page.write_text(CLEAN, "utf-8")
        return fixed

    monkeypatch.setattr("attrib.fix.fix_source", slowly)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["attrib", "fix", "page.html", "--config", "none"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert page.read_text("utf-8") == CLEAN
    assert capsys.readouterr().err.splitlines() == [
        "attrib: page.html: was changed by another program meanwhile. Mend it again.",
        "attrib: 0 faults mended in 0 of 1 article.",
    ]
    only_part(tmp_path, "page.html")


def test_a_name_as_long_as_names_can_be_is_no_hindrance(tmp_path: Path) -> None:
    page = tmp_path / f"{'a' * 250}.html"
    page.write_text(MANGLED, "utf-8")
    assert run("fix", page.name, cwd=tmp_path)[0] == 0
    assert "hide caption" not in page.read_text("utf-8")


def test_a_setting_that_means_nothing_is_one_line(here: Path) -> None:
    (here / "attrib.toml").write_text('ignroe = ["alt"]\n')
    for command in (("check", "clean.html"), ("fix", "clean.html"), ("config",), ("baseline", "clean.html")):
        code, out, err = run(*command, cwd=here)
        assert (code, out) == (2, "")
        assert err.endswith("attrib.toml: there is no setting 'ignroe'. Did you mean 'ignore'?\n")
        assert err.count("\n") == 1


def test_a_baseline_lets_only_new_faults_count(here: Path) -> None:
    code, out, err = run("baseline", ".", cwd=here)
    assert (code, out) == (0, "") and "1 finding is known" in err
    assert run("check", ".", "--baseline", "attrib-baseline.json", cwd=here)[0] == 0
    (here / "attrib.toml").write_text('baseline = "attrib-baseline.json"\n')
    (here / "faulty.html").write_text("\n\n" + FAULTY, "utf-8")
    code, out, _ = run("check", ".", cwd=here)
    assert code == 0 and "1 known from the baseline" in out
    (here / "news").mkdir()
    (here / "news/more.html").write_text(FAULTY, "utf-8")
    code, out, _ = run("check", "..", "--format", "json", cwd=here / "news")
    value = json.loads(out)
    assert (code, value["summary"]["known"], len(value["findings"])) == (1, 1, 1)
    (here / "faulty.html").write_text(CLEAN, "utf-8")
    code, _, err = run("check", "faulty.html", cwd=here)
    assert code == 0 and "1 known finding is gone (faulty.html" in err
    code, _, err = run("check", ".", "--baseline", "gone.json", cwd=here)
    assert (code, err) == (2, "attrib: gone.json: is not there. Write it with `attrib baseline -o gone.json`.\n")


def test_a_baseline_of_one_folder_does_not_forget_another(here: Path) -> None:
    for folder in ("sports", "culture"):
        (here / folder).mkdir()
        (here / folder / "faulty.html").write_text(FAULTY, "utf-8")
    run("baseline", "sports", "culture", cwd=here)
    before = (here / "attrib-baseline.json").read_text("utf-8")
    assert before.count("sports/faulty.html") == before.count("culture/faulty.html") == 1
    code, _, err = run("baseline", "sports", cwd=here)
    assert code == 0
    assert err == ("attrib-baseline.json: 1 finding is known from now on; what was not checked stays as it was.\n")
    run("baseline", "sports", "culture", "--select", "caption", cwd=here)
    assert (here / "attrib-baseline.json").read_text("utf-8") == before
    (here / "sports/faulty.html").write_text(CLEAN, "utf-8")
    (here / "culture/faulty.html").unlink()
    run("baseline", "sports", cwd=here)
    assert "faulty.html" not in (here / "attrib-baseline.json").read_text("utf-8")


def test_a_baseline_does_not_forget_what_could_not_be_read(here: Path) -> None:
    run("baseline", ".", cwd=here)
    before = (here / "attrib-baseline.json").read_bytes()
    code, _, err = run("baseline", "nowhere", cwd=here)
    assert (code, err.splitlines()[-1]) == (2, "attrib-baseline.json: not written, as nothing was checked.")
    assert (here / "attrib-baseline.json").read_bytes() == before
    (here / "faulty.html").write_bytes(b"")
    code, _, err = run("baseline", ".", cwd=here)
    assert code == 2 and err.endswith("; what was not checked stays as it was.\n")
    assert (here / "attrib-baseline.json").read_bytes() == before
    (here / "faulty.html").write_text(CLEAN, "utf-8")
    assert run("baseline", ".", cwd=here)[0] == 0
    assert (here / "attrib-baseline.json").read_bytes() != before


def test_a_page_allows_with_a_reason(here: Path) -> None:
    words = "<!-- attrib: allow alt-missing — the caption says it all -->"
    (here / "faulty.html").write_text(FAULTY.replace("<figure>", f"{words}<figure>"), "utf-8")
    code, out, _ = run("check", ".", cwd=here)
    assert code == 0 and "1 allowed in the pages" in out
    (here / "faulty.html").write_text(CLEAN.replace("<figure>", f"{words}<figure>"), "utf-8")
    code, out, _ = run("check", ".", "--fail-on", "warning", "--format", "jsonl", cwd=here)
    (finding,) = read("jsonl", out)
    assert (code, finding["rule"], finding["line"]) == (1, "allow-unused", 4)


def test_extract_lists_pictures_on_a_terminal(here: Path) -> None:
    code, out, err = run("extract", "faulty.html", "--format", "terminal", cwd=here)
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines() if line.strip()]
    assert "https://example.org/i/quay.jpg" in out
    assert lines[-5:] == [
        "caption Two men look at the water on the quay of Vell.",
        "credit Photo: Ann Lee/Reuters",
        "Ann Lee (person, creator)",
        "Reuters (agency, source)",
        "alt (none)",
    ]
