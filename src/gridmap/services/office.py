"""What an office decides for itself: bounds of area, code scheme, households for an officer."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import office_texts as texts
from gridmap.store import edit
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

_TABLE = "office_setting"


@dataclass(frozen=True)
class Office:
    """The settings of an office; the defaults are those of the field.

    Attributes:
        area_low_m2: a smaller cell gets a warning.
        area_high_m2: a larger one as well.
        code_scheme: the id of a scheme of ``model/codes.py`` by which new codes are made.
        code_basis: the field of the community that codes begin with: ``code`` (statistical) or
            ``civil_code`` (of the civil affairs, as Beijing has it).
        class_code: six digits before it, in the scheme of 20 digits.
        households_per_officer: how many one officer answers for.
        households_tolerance: the share by which a grid may have more or less.
        most_cells_per_grid: how many adjacent cells make a responsibility grid at most.
        needs_document: whether a change of the official division must name its paper.
        object_balance: the share by which a cell's count of objects may differ from the
            mean of its community.
        border_share: the share of a cell's border that should lie along features.
        border_reach_m: how far beside a feature a border may lie and still follow it.
        walkway_reach_m: how far from a walkway a cell may lie and still be walked to.
    """

    area_low_m2: float = 9_000.0
    area_high_m2: float = 11_000.0
    code_scheme: str = codes.BEIJING.id
    code_basis: str = "code"
    class_code: str = "000000"
    households_per_officer: int = 200
    households_tolerance: float = 0.3
    most_cells_per_grid: int = 5
    needs_document: bool = False
    object_balance: float = 0.5
    border_share: float = 0.5
    border_reach_m: float = 1.0
    walkway_reach_m: float = 1.0

    @property
    def scheme(self) -> codes.Scheme:
        """Return the scheme of new codes."""
        return codes.SCHEMES[self.code_scheme]

    @property
    def households_high(self) -> int:
        """Return the most households that one officer should answer for."""
        return round(self.households_per_officer * (1 + self.households_tolerance))


@dataclass(frozen=True)
class SaveOffice:
    """Which settings get which values; values are texts, as typed."""

    values: Mapping[str, str]


def load_office(reader: sqlite.Connection) -> Office:
    """Return an office's settings; what it has not set, or set wrongly elsewhere, is as usual."""
    found = edit.read_where(reader, _TABLE, ["key", "value"], "1")
    office = Office()
    for key, value in zip(found.columns["key"], found.columns["value"], strict=True):
        if key in _READERS and value is not None:
            try:
                office = _with(office, key, str(value))
            except RequestError:  # written by another program: the usual value holds
                continue
    return office


def get_office(opened: Workspace) -> Outcome[Office]:
    """Return an office's settings."""
    with opened.reading() as reader:
        return Outcome(load_office(reader))


def save_office(
    opened: Workspace, request: SaveOffice, _progress: Progress = quiet
) -> Outcome[Office]:
    """Set some of an office's settings.

    Raises:
        RequestError: there is no such setting, or a value is none for it.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        office = load_office(reader)
    for key, value in request.values.items():
        office = _with(office, key, value)
    _ensure_bounds(office, request)
    listed = list(request.values)
    said = texts.saved(
        key=", ".join(listed), value=", ".join(to_text(getattr(office, key)) for key in listed)
    )
    with opened.transaction(said) as tx:
        found = edit.read_where(tx.connection, _TABLE, ["key"], "1").columns
        known = dict(zip(found["key"], found["id"], strict=True))
        for key in listed:
            values = {"key": key, "value": to_text(getattr(office, key))}
            if key in known:
                edit.update_row(tx, _TABLE, known[key], values)
            else:
                edit.insert_row(tx, _TABLE, values)
    return Outcome(office, opened.touched_by(tx), tx.id)


def as_texts(office: Office) -> dict[str, str]:
    """Return all settings as they are typed and stored."""
    return {key: to_text(value) for key, value in asdict(office).items()}


def to_text(value: Any) -> str:
    """Return a value as it is typed and stored."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def unknown(key: str) -> Text:
    """Return the sentence that there is no such setting."""
    return texts.no_such_setting(key=key, known=", ".join(_READERS))


def _with(office: Office, key: str, value: str) -> Office:
    read = _READERS.get(key)
    if read is None:
        raise RequestError(unknown(key))
    changed: dict[str, Any] = {key: read(key, value.strip())}
    return replace(office, **changed)


def _ensure_bounds(office: Office, request: SaveOffice) -> None:
    if office.area_low_m2 <= office.area_high_m2:
        return
    key = "area_low_m2" if "area_low_m2" in request.values else "area_high_m2"
    wanted = texts.below_upper() if key == "area_low_m2" else texts.above_lower()
    raise RequestError(_refusal(key, request.values[key], wanted).text)


def _refusal(key: str, value: str, wanted: Text) -> RequestError:
    return RequestError(texts.wrong_value(key=key, value=value, wanted=wanted))


def _number(key: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise _refusal(key, value, texts.a_number()) from None
    if not 0 < number < float("inf"):
        raise _refusal(key, value, texts.a_number())
    return number


def _count(key: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal() and int(value) > 0):
        raise _refusal(key, value, texts.a_count())
    return int(value)


def _yes_no(key: str, value: str) -> bool:
    if value.lower() not in texts.YES | texts.NO:
        raise _refusal(key, value, texts.yes_or_no())
    return value.lower() in texts.YES


def _one_of(*known: str) -> Callable[[str, str], str]:
    def read(key: str, value: str) -> str:
        if value not in known:
            raise _refusal(key, value, texts.one_of(known=", ".join(known)))
        return value

    return read


def _digits(key: str, value: str) -> str:
    if not (value.isascii() and value.isdecimal() and len(value) == _CLASS_DIGITS):
        raise _refusal(key, value, texts.six_digits())
    return value


_CLASS_DIGITS = codes.PROFESSIONAL.class_digits
_READERS: dict[str, Callable[[str, str], Any]] = {
    field.name: {float: _number, int: _count, bool: _yes_no, str: _digits}[type(field.default)]
    for field in fields(Office)
} | {"code_scheme": _one_of(*codes.SCHEMES), "code_basis": _one_of("code", "civil_code")}
