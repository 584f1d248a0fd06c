"""A CSV file as plain text: UTF-8, lines that end in a newline, nothing unprintable.

A file that is plain already is read where it lies. Any other is copied: decoded, its line ends made one, its blank
lines marked, so that every physical line is a record or part of one and a record's line can be told afterwards.
"""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 22
BLANK = "\x01"
"""Stands on a blank line of a copy; where a file has it itself it is left out, as NUL is."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Snapshot:
    """How large a file was and when it was last written."""

    size: int
    written: int

    @classmethod
    def of(cls, path: Path) -> "Snapshot":
        state = path.stat()
        return cls(state.st_size, state.st_mtime_ns)


@dataclass
class PlainText:
    """Text that is ready to be parsed: where it lies, and what was met on the way through it."""

    path: Path
    line_ends: int = 0
    last: str = "\n"
    quotes: int = 0
    has_blank_marks: bool = False
    undecodable: int = 0
    unprintable: int = 0

    @property
    def lines(self) -> int:
        """Physical lines; the last may lack its line end."""
        return self.line_ends + (self.last != "\n")

    @property
    def has_quotes(self) -> bool:
        return self.quotes > 0


def plain_text(path: Path, size: int, encoding: str | None, copy_to: Path, whole_lines: bool = False) -> PlainText:
    """The first `size` bytes of a file as plain text; `copy_to` is written only when the file is not plain itself.

    A byte order mark tells the encoding, else `encoding`, else it is UTF-8. With `whole_lines` what follows the last
    line end is left out: a line somebody is still writing.
    """
    with path.open("rb") as file:
        marked = _marked_encoding(file.read(4))
    name = marked or encoding or "utf-8"
    if not marked and not whole_lines and codecs.lookup(name).name in ("utf-8", "ascii"):
        plain = _as_it_lies(path, size)
        if plain is not None:
            return plain
    return _copied(path, size, name, copy_to, whole_lines)


def _marked_encoding(head: bytes) -> str | None:
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def _as_it_lies(path: Path, size: int) -> PlainText | None:
    """The file itself, when it is plain; None when it needs a copy."""
    text, decoder = PlainText(path), codecs.getincrementaldecoder("utf-8")()
    for chunk in _chunks(path, size):
        if any(mark in chunk for mark in (b"\0", b"\r", b"\x01", b"\n\n")):
            return None
        if text.last == "\n" and chunk.startswith(b"\n"):
            return None
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return None
        text.line_ends += chunk.count(b"\n")
        text.quotes += chunk.count(b'"')
        text.last = "\n" if chunk.endswith(b"\n") else "."
    ends_within_a_character = bool(decoder.getstate()[0])
    return None if ends_within_a_character else text


def _copied(path: Path, size: int, encoding: str, target: Path, whole_lines: bool) -> PlainText:
    """A plain copy of the file at `target`."""
    text = PlainText(target)
    chunks = _printable(_decoded(path, size, encoding), text)
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        for chunk in _blank_lines_marked(_whole_lines(chunks) if whole_lines else chunks):
            file.write(chunk)
            text.line_ends += chunk.count("\n")
            text.quotes += chunk.count('"')
            text.has_blank_marks = text.has_blank_marks or BLANK in chunk
            text.undecodable += chunk.count("\ufffd")
            text.last = chunk[-1:] or text.last
    return text


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    """The first `size` bytes of a file, whatever is written behind them meanwhile."""
    with path.open("rb") as file:
        while size > 0 and (chunk := file.read(min(CHUNK, size))):
            size -= len(chunk)
            yield chunk


def _decoded(path: Path, size: int, encoding: str) -> Iterator[str]:
    """The text of a file, every line end a newline."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=True)
    for chunk in _chunks(path, size):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _printable(chunks: Iterable[str], text: PlainText) -> Iterator[str]:
    """The chunks without NUL, byte order marks and blank marks, which are counted."""
    for chunk in chunks:
        clean = chunk.replace("\0", "").replace(BLANK, "")
        text.unprintable += len(chunk) - len(clean)
        yield clean.replace("\ufeff", "")


def _whole_lines(chunks: Iterable[str]) -> Iterator[str]:
    """The chunks up to the last line end."""
    held = ""
    for chunk in chunks:
        whole, end, rest = (held + chunk).rpartition("\n")
        yield whole + end
        held = rest


def _blank_lines_marked(chunks: Iterable[str]) -> Iterator[str]:
    """The chunks with a mark on every line that has nothing on it."""
    before = "\n"
    for chunk in chunks:
        marked = re.sub(r"(?<=\n)\n", BLANK + "\n", before + chunk)[1:]
        before = chunk[-1:] or before
        yield marked
