"""CPU time per page of reading pictures, beside parsing alone and beside other extractors, all in one run.

    python benchmarks/pages.py FOLDER... [--rounds 3]

FOLDER holds pages (*.html, *.html.gz). Tools that are not installed are named and left out: lxml, trafilatura,
newspaper4k, goose3. Trust the ratios, not the milliseconds.
"""

import argparse
import gzip
import importlib
import time
import warnings
from collections.abc import Callable
from pathlib import Path


def attrib() -> Callable[[bytes], object]:
    from attrib.read.encoding import decode
    from attrib.read.page import read_html

    return lambda data: read_html(decode(data).text, "page")


def lxml() -> Callable[[bytes], object]:
    return importlib.import_module("lxml.html").document_fromstring


def soup() -> Callable[[bytes], object]:
    from bs4 import BeautifulSoup

    return lambda data: BeautifulSoup(data, "html.parser").find_all(["img", "figure", "figcaption"])


def trafilatura() -> Callable[[bytes], object]:
    extract = importlib.import_module("trafilatura").bare_extraction
    return lambda data: extract(data.decode("utf-8", "replace"), include_images=True)


def newspaper() -> Callable[[bytes], object]:
    article = importlib.import_module("newspaper").Article

    def read(data: bytes) -> object:
        one = article("https://news.example/page")
        one.download(input_html=data.decode("utf-8", "replace"))
        one.parse()
        return one.images

    return read


def goose3() -> Callable[[bytes], object]:
    goose = importlib.import_module("goose3").Goose()
    return lambda data: goose.extract(raw_html=data.decode("utf-8", "replace"))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--rounds", type=int, default=3)
    a = ap.parse_args()
    warnings.simplefilter("ignore")
    paths = sorted(p for folder in a.folders for p in [*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    pages = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]
    best: dict[str, float] = {}
    for tool in (lxml, attrib, soup, trafilatura, newspaper, goose3):
        try:
            read = tool()
        except ImportError:
            print(f"{tool.__name__:12} not installed")
            continue
        for _ in range(a.rounds if tool in (lxml, attrib) else 1):
            before = time.process_time()
            for data in pages:
                try:
                    read(data)
                except Exception as error:
                    print(f"{tool.__name__:12} raised {type(error).__name__}")
            spent = time.process_time() - before
            best[tool.__name__] = min(best.get(tool.__name__, spent), spent)
    for name, spent in sorted(best.items(), key=lambda item: item[1]):
        ratio = f"{spent / best['lxml']:6.2f} x lxml's parse" if "lxml" in best else ""
        print(f"{name:12} {1e3 * spent / len(pages):8.2f} ms a page {ratio}")


if __name__ == "__main__":
    main()
