"""Reading what analysts write: TOML heads and files into checked objects, and errors that name the way out."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from data.errors import UserError, did_you_mean

ROOT = Path(__file__).parent.parent
Model = TypeVar("Model", bound=BaseModel)


class CatalogError(UserError):
    """A measure or scorecard file that can't be used: names the file, the trouble and the way out."""

    def __init__(self, path: Path, trouble: str) -> None:
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        super().__init__(f"{shown}: {trouble}")


def toml_of(text: str, path: Path) -> dict[str, Any]:
    """The values of a TOML text; `path` is only named in the error."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise CatalogError(path, f"this is not TOML: {trouble}. Texts need quotes, lists square brackets.") from None


def text_of(path: Path) -> str:
    """The text of a file, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogError(path, "this is not UTF-8 text. Save it as UTF-8.") from None


def measure_text(path: Path) -> tuple[dict[str, Any], str, str]:
    """Head, words and SQL of a measure file.

    The head is TOML in the first comment lines, the words are the comment after it up to the line that begins with
    "grain", and the SQL is the rest, its parts described in front.
    """
    lines = text_of(path).splitlines()
    comment = [line[2:].strip() for line in _leading_comment(lines)]
    if "" not in comment:
        raise CatalogError(path, "no line `--` ends the head. The head is TOML behind `-- `, one key a line.")
    head, said = comment[: comment.index("")], comment[comment.index("") :]
    words = next((nth for nth, line in enumerate(said) if line.startswith("grain ")), len(said))
    sql = "\n".join(lines[len(head) + words :]).strip()
    return toml_of("\n".join(head), path), "\n".join(said[:words]).strip(), sql


def _leading_comment(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("--"):
            return
        yield line


def checked(model: type[Model], values: Mapping[str, Any], path: Path) -> Model:
    """The values as `model`; the first one that does not fit is the error."""
    try:
        return model.model_validate(values)
    except ValidationError as trouble:
        raise CatalogError(path, _first(trouble.errors(), model, values)) from None


def _first(errors: list[ErrorDetails], model: type[BaseModel], values: Mapping[str, Any]) -> str:
    """One sentence or two about a wrong value. A key of no meaning comes first: its twin is often a missing one."""
    error = min(errors, key=lambda e: e["type"] != "extra_forbidden")
    *place, key = error["loc"]
    at = _place(place, values)
    if error["type"] == "extra_forbidden":
        keys = _keys(model, place)
        return f"{at}there is no key '{key}'.{did_you_mean(str(key), keys)} Keys are {', '.join(keys)}."
    if error["type"] == "missing":
        return f"{at}the key '{key}' is missing."
    if error["type"] == "literal_error":
        valid = error["ctx"]["expected"]
        near = did_you_mean(str(error["input"]), [word.strip("' ") for word in valid.replace(" or ", ",").split(",")])
        return f"{at}'{key}' can't be '{error['input']}'.{near} It is one of {valid}."
    return f"{at}'{key}' can't be {error['input']!r}: {error['msg'][0].lower()}{error['msg'][1:]}."


def _place(place: list[int | str], values: Any) -> str:
    """Where in nested lists a trouble is, by the names written there: "in 'support', in 'open_cases', "."""
    names, within = [], ""
    for step in place:
        values = values[step]
        if isinstance(step, str):
            within = step.removesuffix("s")
        else:
            names.append(f"in '{values['name']}', " if "name" in values else f"in {within} {step + 1}, ")
    return "".join(names)


def _keys(model: type[BaseModel], place: list[int | str]) -> list[str]:
    """The keys a file may have at a place, in the order they are declared."""
    for step in place:
        if isinstance(step, str):
            model = _inner(model, step)
    derived = {"name", "comment", "sql", "path"} if not place else set()
    return [name for name in _written(model) if name not in derived]


def _written(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields by the key a file writes."""
    return {str(field.validation_alias or name): field for name, field in model.model_fields.items()}


def _inner(model: type[BaseModel], key: str) -> type[BaseModel]:
    """The model of the tables listed under `key`."""
    inner: type[BaseModel] = get_args(_written(model)[key].annotation)[0]
    return inner
