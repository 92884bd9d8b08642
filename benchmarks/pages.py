"""CPU time per page of reading pictures, beside parsing alone and beside other extractors, all in one run.

    python benchmarks/pages.py FOLDER... [--rounds 3]

FOLDER holds pages (*.html, *.html.gz). Tools that are not installed are named and left out: lxml, trafilatura,
newspaper4k, goose3, fundus. Fundus has a reader of its own for each publisher: pages are given to the one that a page's
name begins with ("APNews_2024.html"), and those of others are not counted. Trust the ratios, not the milliseconds, and
those to lxml only beside the interpreter that is named: one built without optimisations reads a tenth slower, while
lxml, which is C, stays as it is.
"""

import argparse
import datetime
import gzip
import importlib
import platform
import sysconfig
import time
import warnings
from collections.abc import Callable
from pathlib import Path

# Given a page and its name; `PASSED` for a page that a tool does not know how to read.
Read = Callable[[bytes, str], object]
PASSED = object()


def attrib() -> Read:
    from attrib.read.encoding import decode
    from attrib.read.page import read_html

    return lambda data, name: read_html(decode(data).text, name, figures_only=True)


def lxml() -> Read:
    parse = importlib.import_module("lxml.html").document_fromstring
    return lambda data, _: parse(data)


def soup() -> Read:
    from bs4 import BeautifulSoup

    return lambda data, _: BeautifulSoup(data, "html.parser").find_all(["img", "figure", "figcaption"])


def trafilatura() -> Read:
    extract = importlib.import_module("trafilatura").bare_extraction
    return lambda data, _: extract(data.decode("utf-8", "replace"), include_images=True)


def newspaper() -> Read:
    article = importlib.import_module("newspaper").Article

    def read(data: bytes, _: str) -> object:
        one = article("https://news.example/page")
        one.download(input_html=data.decode("utf-8", "replace"))
        one.parse()
        return one.images

    return read


def goose3() -> Read:
    goose = importlib.import_module("goose3").Goose()
    return lambda data, _: goose.extract(raw_html=data.decode("utf-8", "replace"))


def fundus() -> Read:
    publishers = {one.__name__: one for one in importlib.import_module("fundus").PublisherCollection}
    day = datetime.datetime(2026, 1, 1)

    def read(data: bytes, name: str) -> object:
        publisher = publishers.get(name.partition("_")[0])
        return publisher.parser(day).parse(data.decode("utf-8", "replace"), "suppress") if publisher else PASSED

    return read


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--rounds", type=int, default=3)
    a = ap.parse_args()
    warnings.simplefilter("ignore")
    paths = sorted(p for folder in a.folders for p in [*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    pages = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]
    best: dict[str, float] = {}
    count: dict[str, int] = {}
    for tool in (lxml, attrib, fundus, soup, trafilatura, newspaper, goose3):
        try:
            read = tool()
        except ImportError:
            print(f"{tool.__name__:12} not installed")
            continue
        read(pages[0], paths[0].name)  # what a tool loads when it is first used is not the page's
        for _ in range(a.rounds if tool is lxml else 1):  # the names met in one round would be known in the next
            before, passed = time.process_time(), 0
            for path, data in zip(paths, pages, strict=True):
                try:
                    passed += read(data, path.name) is PASSED
                except Exception as error:
                    print(f"{tool.__name__:12} raised {type(error).__name__}")
            if passed < len(pages):
                spent = (time.process_time() - before) / (len(pages) - passed)
                best[tool.__name__] = min(best.get(tool.__name__, spent), spent)
            count[tool.__name__] = len(pages) - passed
    built = sysconfig.get_config_var("CONFIG_ARGS")
    how = "" if built is None else f", built with{'' if '--enable-optimizations' in built else 'out'} optimisations"
    print(f"Python {platform.python_version()}{how}")
    for name, spent in sorted(best.items(), key=lambda item: item[1]):
        ratio = f"{spent / best['lxml']:6.2f} x lxml's parse" if "lxml" in best else ""
        print(f"{name:12} {1e3 * spent:8.2f} ms a page {ratio}  ({count[name]} pages)")


if __name__ == "__main__":
    main()
