"""A first text's file read into a page's body.

The files are Markdown with a few lines of facts on top. Blocks: `## heading`, text, `> quote` (its last line may be
`> -- who`), `::: callout Title` or `::: steps` up to `:::` (a step begins with `### `), and tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

_SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_MARKS = re.compile(r"[*_`\[]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})

Block = tuple[str, Any]


@dataclass(frozen=True)
class FirstText:
    """A page to be laid: its place among the others, its facts and its body's blocks."""

    folder: str
    slug: str
    facts: dict[str, str]
    body: list[Block]

    @property
    def key(self) -> str:
        return f"{self.folder}/{self.slug}"


def first_texts(folder: str) -> list[FirstText]:
    """A folder's texts, in the order of their file names ("01-what-to-register.md")."""
    return [_read(path, folder) for path in sorted((_SEEDS / folder).glob("*.md"))]


def _read(path: Path, folder: str) -> FirstText:
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return FirstText(folder, path.stem.split("-", 1)[1], facts, list(_blocks(rest.strip())))


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    plain: list[str] = []

    def close_plain() -> None:
        if plain:
            blocks.append(("text", _html("\n\n".join(plain))))
            plain.clear()

    parts = iter(re.split(r"\n{2,}", text))
    for part in parts:
        if part.startswith("::: "):
            inside = [part]
            while not inside[-1].endswith("\n:::") and inside[-1] != ":::":
                inside.append(next(parts))
            close_plain()
            blocks.append(_fenced("\n\n".join(inside)))
        elif part.startswith("## "):
            close_plain()
            blocks.append(("heading", part[3:].strip()))
        elif part.startswith("> "):
            close_plain()
            blocks.append(_quote(part))
        elif part.startswith("|"):
            close_plain()
            blocks.append(_table(part))
        else:
            plain.append(part)
    close_plain()
    return blocks


def _fenced(text: str) -> Block:
    first, _, rest = text.partition("\n")
    rest = rest.rstrip().removesuffix(":::").strip()
    kind, _, title = first.removeprefix("::: ").partition(" ")
    if kind == "callout":
        return "callout", {"title": title, "text": _html(rest)}
    steps = [step.partition("\n") for step in re.split(r"^### ", rest, flags=re.MULTILINE) if step.strip()]
    return "steps", [{"title": step.strip(), "text": _html(words.strip())} for step, _, words in steps]


def _quote(text: str) -> Block:
    lines = [line.removeprefix(">").strip() for line in text.splitlines()]
    who = lines.pop().removeprefix("-- ") if lines[-1].startswith("-- ") else ""
    return "quote", {"text": " ".join(lines), "who": who}


def _table(text: str) -> Block:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines()]
    caption, headings, *body = (rows[0][0], rows[1], *rows[3:]) if len(rows[0]) == 1 else ("", rows[0], *rows[2:])
    kinds = ["rich" if any(_MARKS.search(row[n]) for row in body) else "text" for n in range(len(headings))]
    return "table", {
        "columns": [{"type": kind, "heading": heading} for kind, heading in zip(kinds, headings, strict=True)],
        "rows": [
            {"values": [_html(cell) if kind == "rich" else cell for kind, cell in zip(kinds, row, strict=True)]}
            for row in body
        ],
        "caption": caption,
    }


def _html(text: str) -> str:
    return str(_MARKDOWN.render(text)).strip()
