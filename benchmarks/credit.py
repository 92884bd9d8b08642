"""How long a credit line takes, beside a plain regex split of the same lines: a ratio, so that machines compare.

    python benchmarks/credit.py [FILE]     FILE has one line each; else the cases of tests/cases/credit-lines.toml

Each line is read once to warm the tables and the memory of spellings, and what was read of whole lines is forgotten
before each round; lines with new names carry such as were never seen before. The last lines say what a register of
10,000 names costs.
"""

from __future__ import annotations

import re
import sys
import time
import tomllib
from pathlib import Path

from attrib.read.credit import parse_credit, split_caption
from attrib.read.credit.look import look
from attrib.register import parse_register

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "credit-lines.toml"
SEPARATOR = re.compile(r"\s*(?:/|\||;|,|\bvia\b|\bfor\b|\s-\s|\(|\)|:)\s*")
PREFIX = re.compile(r"^(?:foto|photo|photos|bild|image|picture|credit|©)(?:\s+by)?\s*:?\s*", re.I)


def plain_split(line: str) -> list[str]:
    return [part for part in SEPARATOR.split(PREFIX.sub("", line)) if part]


def best(work, lines: list[str], rounds: int = 5) -> float:
    """CPU seconds a line, the best of some rounds."""
    found = []
    for _ in range(rounds):
        parse_credit.cache_clear()
        look.cache_clear()
        begun = time.process_time()
        for line in lines:
            work(line)
        found.append((time.process_time() - begun) / len(lines))
    return min(found)


def renamed(lines: list[str], tag: int) -> list[str]:
    """The same lines with other names: what the memory of spellings cannot help with."""
    turn = str.maketrans("aeiou", "eioua" if tag % 2 else "iouae")
    return [re.sub(r"\b[A-Z][a-zé]{4,}\b", lambda m: m.group().translate(turn) + "x" * (tag % 3), x) for x in lines]


def people(count: int) -> str:
    """A register of so many people, a hundred first names among them."""
    turn = str.maketrans("0123456789", "aeioubdkmn")
    rows = (f"{f'First{n % 100}'.translate(turn)} {f'{n}Lund'.translate(turn)}" for n in range(count))
    return "\n".join(("name", *rows))


def main() -> None:
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    else:
        lines = [case["line"] for case in tomllib.loads(CASES.read_text("utf-8"))["case"]]
    for line in lines:
        parse_credit(line)
    base = best(plain_split, lines)
    warm = best(parse_credit, lines)
    cold = min(best(parse_credit, renamed(lines, tag), rounds=1) for tag in range(1, 4))
    cut = best(split_caption, [f"The quay at dawn, seen from the hill. {line}" for line in lines], rounds=3)
    print(f"{len(lines)} lines; CPU a line: plain split {1e6 * base:.0f} µs")
    for name, took in (("parse_credit", warm), ("parse_credit, new names", cold), ("split_caption", cut)):
        print(f"  {name:26} {1e6 * took:6.0f} µs   {took / base:5.1f} x the plain split")
    text = people(10_000)
    begun = time.process_time()
    register = parse_register(text, "people.csv")
    print(f"  reading a register of 10,000 names, once a run: {1e3 * (time.process_time() - begun):.0f} ms")
    read = [parse_credit(line) for line in lines]
    for count, asked in ((10, parse_register(people(10), "people.csv")), (10_000, register)):
        took = best(lambda credit, r=asked: [r.for_party(party) for party in credit.parties], read)
        print(f"  {f'asking one of {count:,}':26} {1e6 * took:6.0f} µs   {took / base:5.1f} x the plain split")
    begun = time.process_time()
    register.near("Some Body")
    print(f"  the first unknown name, once a run: {1e3 * (time.process_time() - begun):.0f} ms")
    near = best(register.near, [f"{entry.name}s" for entry in register.entries[:200]], rounds=3)
    print(f"  {'whom a name is meant for':26} {1e6 * near:6.0f} µs   {near / base:5.1f} x the plain split")


if __name__ == "__main__":
    main()
