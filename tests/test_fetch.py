from __future__ import annotations

import gzip
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from attrib.fetch import FakeWeb, OpenWeb, Place, Source, find, load, picture, read_file, resolve, sources
from attrib.fetch.disk import PAGE_LIMIT
from attrib.model import Failure

PAGE = b"<!doctype html><p>Words.</p>"


def names(found: list[Place | Failure]) -> list[str]:
    return [place.name if isinstance(place, Place) else f"! {place.source} {place.what}" for place in found]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.html", "a.htm", "c.md", "deep/er/d.txt", "deep/e.xhtml", "deep/pic.jpg", ".git/x.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
    return tmp_path


def test_a_folder_gives_its_pages_sorted_and_nothing_else(tree: Path) -> None:
    assert names(find(["."])) == ["a.htm", "b.html", "c.md", "deep/e.xhtml", "deep/er/d.txt"]


def test_the_same_file_by_two_names_is_read_once(tree: Path) -> None:
    assert names(find(["deep", "./b.html", "b.html", "deep/e.xhtml"])) == ["./b.html", "deep/e.xhtml", "deep/er/d.txt"]


def test_git_ignored_files_are_left_out_but_a_named_one_is_read(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.md\n/deep/er/\n")
    (tree / "deep/.gitignore").write_text("*.xhtml\n")
    assert names(find(["."])) == ["a.htm", "b.html"]
    assert names(find(["c.md"])) == ["c.md"]


def test_the_inner_gitignore_decides_and_the_one_above_the_folder_counts(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.txt\n*.xhtml\n")
    (tree / "deep/.gitignore").write_text("!*.xhtml\n")
    assert names(find(["deep"])) == ["deep/e.xhtml"]


def test_ignoring_agrees_with_git(tree: Path) -> None:
    subprocess.run(["rm", "-rf", ".git"], check=True)
    subprocess.run(["git", "init", "-q"], check=True)
    (tree / ".gitignore").write_text("# comment\ndeep/**/d.txt\n!b.html\n[ab].htm\n")
    listed = subprocess.run(
        ["git", "ls-files", "-oc", "--exclude-standard"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert names(find(["."])) == sorted(name for name in listed if not name.endswith((".jpg", ".gitignore")))


def test_a_glob_the_shell_left_alone(tree: Path) -> None:
    assert names(find(["**/*.html"])) == ["b.html"]
    assert names(find(["deep/*"])) == ["deep/e.xhtml"]
    assert names(find(["nothing*.html"])) == ["! nothing*.html no page matches this pattern"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tree: Path) -> None:
    (tree / "a[1].html").write_bytes(PAGE)
    assert names(find(["a[1].html"])) == ["a[1].html"]


def test_a_folder_without_pages_says_so(tree: Path) -> None:
    (tree / "empty").mkdir()
    (failure,) = find(["empty"])
    assert isinstance(failure, Failure)
    assert failure.source == "empty" and "holds no page" in failure.what and failure.remedy


def test_a_link_to_nothing_is_named_and_a_pipe_in_a_folder_is_passed_over(tree: Path) -> None:
    (tree / "gone.html").symlink_to("nowhere.html")
    (tree / "loop.html").symlink_to("loop.html")
    os.mkfifo(tree / "pipe.html")
    found = {s.source: s for s in sources(["."]) if isinstance(s, Failure)}
    assert sorted(found) == ["gone.html", "loop.html"]


def test_linked_folders_are_not_entered(tree: Path) -> None:
    (tree / "deep/round").symlink_to(tree)
    assert len(find(["."])) == 5


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "is a JPEG picture"),
        (b"%PDF-1.7 ...", "is a PDF document"),
        (gzip.compress(PAGE), "compressed with gzip"),
        (bytes(range(256)) * 20, "is binary"),
        (PAGE.decode().encode("utf-16-le"), "UTF-16 without"),
        (b"<p>" + b"a" * PAGE_LIMIT, "larger than 32 MB"),
    ],
)
def test_what_is_no_page_is_named_with_a_remedy(tmp_path: Path, data: bytes, says: str) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(data)
    failure = load(Place("page.html", page, "html"))
    assert isinstance(failure, Failure)
    assert failure.source == "page.html" and says in failure.what and failure.remedy


@pytest.mark.parametrize(
    "data", [PAGE.decode().encode("utf-16"), b"<p>caf\xe9</p>", PAGE + b"a\0b", b"\xef\xbb\xbf<p>a"]
)
def test_what_the_reader_can_still_judge_is_let_through(tmp_path: Path, data: bytes) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(data)
    assert load(Place("page.html", page, "html")) == Source("page.html", data, page)


def test_names_that_stand_for_nothing_are_failures_with_a_remedy(tree: Path) -> None:
    found = list(sources(["nowhere.html", "bad\0name.html", "x" * 5000]))
    assert all(isinstance(one, Failure) and one.remedy for one in found) and len(found) == 3


def test_a_source_is_read_when_it_is_asked_for(tree: Path) -> None:
    stream = sources(["a.htm", "b.html"])
    next(stream)
    (tree / "b.html").unlink()
    assert isinstance(next(stream), Failure)


def test_standard_input_takes_its_kind_from_the_name_or_the_bytes() -> None:
    def kind(data: bytes, name: str | None = None) -> str:
        (source,) = sources(["-"], stdin=BytesIO(data), stdin_filename=name)
        assert isinstance(source, Source)
        return f"{source.name} {source.kind}"

    assert kind(PAGE) == "- html"
    assert kind(b"A caption\nPhoto: Jane Doe") == "- text"
    assert kind(b"# Words", "notes/x.md") == "notes/x.md markdown"


PAGES = Path("site/articles/page.html")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("a.jpg", "site/articles/a.jpg"),
        ("../img/a.jpg?width=300#x", "site/img/a.jpg"),
        ("img/a%20b.jpg", "site/articles/img/a b.jpg"),
        ("/img/a.jpg", "site/img/a.jpg"),
        ("img\\a.jpg", "site/articles/img/a.jpg"),
        ("bücher.jpg", "site/articles/bücher.jpg"),
    ],
)
def test_a_local_picture_is_found_from_its_page(tree: Path, url: str, path: str) -> None:
    assert resolve(PAGES, url, Path("site")) == Path(path)


@pytest.mark.parametrize(
    "url", ["https://e.com/a.jpg", "//e.com/a.jpg", "data:image/png;base64,AA", "blob:x", "", "#top"]
)
def test_what_is_not_a_local_file_is_not_looked_at(url: str) -> None:
    assert resolve(PAGES, url, Path("site")) is None


def test_an_absolute_path_without_a_root_is_not_looked_at() -> None:
    assert resolve(PAGES, "/img/a.jpg") is None


@pytest.mark.parametrize(
    "url", ["../../a.jpg", "..%2f..%2f..%2fetc/passwd", "/../../a.jpg", "file:///etc/passwd", "..\\..\\a.jpg"]
)
def test_a_picture_outside_the_root_is_refused(tree: Path, url: str) -> None:
    failure = resolve(PAGES, url, Path("site"))
    assert isinstance(failure, Failure)
    assert failure.source == "site/articles/page.html" and "outside the root site" in failure.what
    assert "--root" in failure.remedy


def test_a_link_does_not_lead_out_of_the_root(tree: Path) -> None:
    (tree / "site/articles").mkdir(parents=True)
    (tree / "site/out").symlink_to("/etc")
    assert isinstance(resolve(PAGES, "../out/passwd", Path("site")), Failure)


def test_without_a_root_the_current_folder_is_the_fence(tree: Path) -> None:
    assert resolve(PAGES, "../../a.jpg") == Path("a.jpg")
    assert isinstance(resolve(PAGES, "../../../a.jpg"), Failure)
    elsewhere = tree.parent / "other/page.html"
    assert isinstance(resolve(elsewhere, "../a.jpg"), Failure)


@pytest.mark.parametrize("url", ["a%00.jpg", "http://[half", "a" * 9000])
def test_an_unusable_address_never_raises(tree: Path, url: str) -> None:
    found = resolve(PAGES, url, Path("site"))
    assert found is None or isinstance(found, Failure | Path)
    if isinstance(found, Path):
        assert isinstance(read_file(found), Failure)


def test_pictures_are_read_from_disk_and_from_the_web_only_when_one_is_given(tree: Path) -> None:
    web = FakeWeb({"https://e.com/n/p.jpg": b"JPEG"})
    assert picture("pic.jpg", path=Path("deep/page.html")) == ("deep/pic.jpg", PAGE)
    assert picture("https://e.com/n/p.jpg") is None
    assert picture("//e.com/n/p.jpg", web=web) == ("https://e.com/n/p.jpg", b"JPEG")
    assert picture("p.jpg", page="https://e.com/n/page.html", web=web) == ("https://e.com/n/p.jpg", b"JPEG")
    assert isinstance(picture("gone.jpg", path=Path("deep/page.html")), Failure)


def test_an_address_needs_online() -> None:
    (failure,) = sources(["https://example.com/"])
    assert isinstance(failure, Failure) and "--online" in failure.remedy


def test_the_server_names_charset_and_kind() -> None:
    web = FakeWeb(
        {"https://e.com/": (PAGE, 'text/html; charset="windows-1252"'), "https://e.com/a.md": (b"# A", "text/plain")}
    )
    one, two = sources(["https://e.com/a.md", "https://e.com/"], web=web)
    assert isinstance(one, Source) and (one.kind, one.charset) == ("html", "windows-1252")
    assert isinstance(two, Source) and two.kind == "markdown"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        body = {"/page": PAGE, "/zip": gzip.compress(PAGE), "/b%C3%BC": b"umlaut"}.get(self.path)
        self.send_response(200 if body else 404)
        if self.path == "/zip":
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", "text/html; charset=latin-1")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def fetched(url: str, limit: int = 1000) -> str:
    answer = OpenWeb(timeout=5, trusted=frozenset({"127.0.0.1"})).get(url, limit)
    return answer.what if isinstance(answer, Failure) else answer.data.decode()


def test_the_real_web_over_a_local_server(server: str) -> None:
    assert fetched(f"{server}/page") == fetched(f"{server}/zip") == fetched(f"{server}/to//page") == PAGE.decode()
    assert fetched(f"{server}/bü") == "umlaut"
    assert "404" in fetched(f"{server}/none")
    assert "larger than" in fetched(f"{server}/page", 5)
    assert "larger than" in fetched(f"{server}/zip", 5)
    assert "not allowed" in fetched(f"{server}/to/file:///etc/passwd")
    assert "cannot be fetched" in fetched("http://127.0.0.1:1/")
    assert "cannot be fetched" in fetched("http://[half")


def test_the_local_network_is_closed_to_strangers(server: str) -> None:
    answer = OpenWeb(timeout=5).get(f"{server}/page", 1000)
    assert isinstance(answer, Failure) and "local network" in answer.what
