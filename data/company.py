"""A company folder and its settings: `company.toml` as checked values."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from data.contract import SOURCES
from data.errors import UserError, did_you_mean

FILE = "company.toml"
VIEWS = (
    "vendor_outcomes", "vendor_risk", "vendor_expansion",
    "client_outcomes", "client_experience", "client_engagement", "client_maturity",
)  # fmt: skip
"""The seven views, in the order they are always shown."""
AIMS = {
    "return": ("vendor_outcomes", "track the overall return of customer success"),
    "early warning": ("vendor_risk", "early warning of client risk"),
    "sales": ("vendor_expansion", "customer success drives sales"),
    "effect": ("client_outcomes", "track our effect on the client"),
    "voice": ("client_experience", "customer success drives the voice of the customer"),
    "marketing": ("client_engagement", "customer success drives marketing"),
    "maturity": ("client_maturity", "lift clients to higher maturity"),
}
"""What customer success can be for: the view each aim starts with, and the aim in words."""


SIZES = ("below 50 people", "50 to 249 people", "250 to 999 people", "1,000 people or more")
"""Classes of accounts by `accounts.employees`, as a profile names them."""


class CompanyError(UserError):
    """A company.toml that can't be read as settings."""


def _encoding(name: str) -> str:
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        raise _wrong("is not an encoding; common ones are utf-8, utf-16, latin-1 and cp1252") from None
    return name


def _date_format(text: str) -> str:
    last = datetime(2026, 12, 31)
    try:
        read_back = datetime.strptime(last.strftime(text), text).date()
    except ValueError:
        read_back = None
    if read_back not in (last.date(), last.date().replace(day=1)):  # a month may do without a day
        raise _wrong('is not a date format; write one as "%d/%m/%Y" or "%m/%d/%Y"')
    return text


def _locale(name: str) -> str:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        raise _wrong("is not a locale; write one as en_US, de_DE or ja_JP") from None
    return name


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _wrong("is not a time zone; write one as UTC or Europe/Berlin") from None
    return name


def _view(name: str) -> str:
    if name not in VIEWS:
        raise _wrong(f"is not a view.{did_you_mean(name, VIEWS)} Views are {', '.join(VIEWS)}")
    return name


def _aim(name: str, settings: ValidationInfo) -> str:
    if name not in AIMS:
        raise _wrong(f"is not an aim.{did_you_mean(name, AIMS)} Aims are {', '.join(AIMS)}")
    view = AIMS[name][0]
    if view not in settings.data.get("views", VIEWS):
        raise _wrong(f"starts with {view}, which `views` leaves out; add it there or choose another aim")
    return name


def _size(name: str) -> str:
    if name not in SIZES:
        raise _wrong(f"is not a size.{did_you_mean(name, SIZES)} Sizes are {'; '.join(SIZES)}")
    return name


def _source(name: str) -> str:
    if name not in SOURCES:
        raise _wrong(f"is not a source.{did_you_mean(name, SOURCES)} Sources are {', '.join(SOURCES)}")
    return name


def _wrong(words: str) -> PydanticCustomError:
    return PydanticCustomError("in_words", "{words}", {"words": words})


Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SourceSettings(_Settings):
    """How the files of one source are written: the keys of `[sources.NAME]`.

    `date_format` is one of strptime; without it dates are read as 2026-12-31. `decimal` is the decimal sign; the other
    of the two, a space or ' may then stand between thousands. `delimiter` stands between fields; without it the first
    line decides. `encoding` is that of a CSV file without a byte order mark; default UTF-8. `complete_to` is the last
    day the source is complete for; default by contract rule 3.
    """

    date_format: Annotated[str, AfterValidator(_date_format)] | None = None
    decimal: Literal[".", ","] = "."
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: Annotated[str, AfterValidator(_encoding)] | None = None
    complete_to: date | None = None


class Conflict(_Settings):
    """Two groups of one account that contradict each other, under a name: one `[[conflicts]]`."""

    name: str
    green: str
    red: str


Kinds = Annotated[tuple[str, ...], Field(strict=False)]


class Profile(_Settings):
    """Whom a company wants more of: each key is a rule, met by an account of one of the kinds it names."""

    segment: Kinds = ()
    industry: Kinds = ()
    region: Kinds = ()
    channel: Kinds = ()
    size: Annotated[tuple[Annotated[str, AfterValidator(_size)], ...], Field(strict=False)] = ()


class Company(_Settings):
    """A company folder with its settings; every key but `name` has a default."""

    name: Annotated[str, Field(min_length=1)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    locale: Annotated[str, AfterValidator(_locale)] = "en_US"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    fiscal_year_starts: Annotated[int, Field(ge=1, le=12)] = 1
    week_ends: Weekday = "sunday"
    history_weeks: Annotated[int, Field(ge=1, le=1040)] = 104
    window_lead_weeks: Annotated[int, Field(ge=0, le=520)] = 52
    as_of: date | None = None
    profit_window_weeks: Annotated[int, Field(ge=0)] = 52
    profit_band: Share = 0.02
    max_refused: Share = 0.05
    max_unmatched: Share = 0.5
    inactive_after_weeks: Count = 52
    journal_url: str | None = None
    keep_generations: Count = 3
    late_after_weeks: Count = 4
    issue_cap: Count = 3
    views: Annotated[tuple[Annotated[str, AfterValidator(_view)], ...], Field(strict=False)] = VIEWS
    aim: Annotated[str, AfterValidator(_aim)] | None = None
    benchmarks: Mapping[str, str] = {}
    owners: Mapping[str, str] = {}
    conflicts: Annotated[tuple[Conflict, ...], Field(strict=False)] = ()
    profile: Profile = Profile()
    written: Annotated[
        Mapping[Annotated[str, AfterValidator(_source)], SourceSettings], Field(validation_alias="sources")
    ] = {}

    _folder: Path = PrivateAttr(default=Path())

    @classmethod
    def in_folder(cls, folder: Path, settings: Mapping[str, Any]) -> "Company":
        """The company of a folder. Raises `CompanyError`, which names every key and value that is wrong."""
        try:
            company = cls.model_validate(settings)
        except ValidationError as trouble:
            raise CompanyError("\n".join(_sentence(folder / FILE, each) for each in trouble.errors())) from None
        company._folder = folder
        return company

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def warehouse(self) -> Path:
        """The folder of its generations."""
        return self._folder / "warehouse"

    @property
    def sources(self) -> Path:
        """The folder of its source files; `written` says how they are written."""
        return self._folder / "sources"

    def settings_of(self, source: str) -> SourceSettings:
        """How the files of a source are written, defaults where nothing is said."""
        return self.written.get(source, SourceSettings())


def read_company(folder: Path) -> Company:
    """The company of a folder, as its company.toml declares it. Raises `CompanyError`."""
    file = folder / FILE
    try:
        text = file.read_bytes().decode("utf-8-sig")
        settings = tomllib.loads(text)
    except FileNotFoundError:
        raise CompanyError(f"{file}: there is no such file. `sevenviews init {folder}` writes one.") from None
    except OSError as trouble:
        raise CompanyError(f"{file}: can't be read ({trouble.strerror}).") from None
    except UnicodeDecodeError:
        raise CompanyError(f"{file}: is not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as trouble:
        raise CompanyError(f'{file}: is not TOML: {trouble}. Text needs quotes, as in name = "Acme".') from None
    return Company.in_folder(folder, settings)


def _sentence(file: Path, error: ErrorDetails) -> str:
    """One trouble of a company.toml, with the way out."""
    *path, key = [str(part) for part in error["loc"] if part != "[key]"]
    where = ".".join([*path, key])
    if error["type"] == "extra_forbidden":
        known = _known_keys(path)
        return f"{file}: there is no key '{where}'.{did_you_mean(key, known)} Keys are {', '.join(known)}."
    if error["type"] == "missing":
        return f"{file}: the key '{where}' is missing. Write it as {key} = \"…\"."
    sentence = f"{file}: {where} = {_toml(error['input'])} {_trouble(error)}"
    return sentence if sentence.endswith("?") else f"{sentence}."


def _known_keys(path: list[str]) -> list[str]:
    if not path:
        return ["sources" if name == "written" else name for name in Company.model_fields]
    tables: dict[str, type[_Settings]] = {"sources": SourceSettings, "profile": Profile}
    return list(tables.get(path[0], Conflict).model_fields)


def _trouble(error: ErrorDetails) -> str:
    """What is wrong with a value, as the end of a sentence."""
    if error["type"] == "in_words":
        return error["msg"]
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"])
        choices = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
        return f"is not one of {expected}.{did_you_mean(str(error['input']), choices)}".rstrip(".")
    if error["type"] == "string_pattern_mismatch":
        return "is not an ISO code; write one as EUR, three capital letters"
    return error["msg"].replace("Input should", "should")


def _toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
