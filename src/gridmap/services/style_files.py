"""Styles to and from files: our own TOML, and SLD and QML as far as they can say the same."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gridmap.base import files
from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text
from gridmap.exchange import style_texts
from gridmap.exchange import texts as exchange_texts
from gridmap.exchange.faults import cannot_write
from gridmap.exchange.qml_read import read_qml
from gridmap.exchange.qml_write import write_qml
from gridmap.exchange.sld_read import read_sld
from gridmap.exchange.sld_write import write_sld
from gridmap.exchange.style_terms import Losses, Terms
from gridmap.model.changes import Outcome
from gridmap.model.schema import Table
from gridmap.model.style import Style
from gridmap.report.markers import marker_runs
from gridmap.report.palettes import palettes
from gridmap.report.style_writer import write_style
from gridmap.report.styles import load_style, shipped_style
from gridmap.services import styles, texts
from gridmap.store import rows


@dataclass(frozen=True)
class StyleRead:
    """A style as a file gave it; ``lost`` says in sentences what it could not bring along."""

    style: Style
    lost: tuple[Text, ...] = ()


_Writer = Callable[[Style, Path, Terms], tuple[Text, ...]]
_Reader = Callable[[Path, Terms, Losses], Style]

_FOREIGN: dict[str, tuple[_Writer, _Reader]] = {
    ".qml": (write_qml, read_qml),
    ".sld": (write_sld, read_sld),
}
_OWN = ".toml"
SUFFIXES = (_OWN, *_FOREIGN)


def write_style_file(style: Style, path: Path) -> Outcome[tuple[Text, ...]]:
    """Write a style as its file's ending says; return what that format cannot say.

    Raises:
        RequestError: the ending is not .toml, .sld or .qml, or the table has no place on a map.
        EnvironmentProblem: the file cannot be written.
    """
    table = _ensure_drawn(style.table)
    kind = _ensure_kind(path)
    if kind != _OWN:
        return Outcome(_FOREIGN[kind][0](style, path, _terms(table)))
    try:
        files.write_text(path, write_style(style))
    except OSError as error:
        raise cannot_write(path, error) from error
    return Outcome(())


def read_style_file(path: Path, table: str) -> Outcome[StyleRead]:
    """Return the style that a file gives a table, and what of the file has no like here.

    Raises:
        RequestError: the ending is not .toml, .sld or .qml, or there is no such table on a map.
        InputError: the file cannot be read, or makes classes by a field that the table has not.
    """
    described = _ensure_drawn(table)
    kind = _ensure_kind(path)
    if not path.is_file():
        raise InputError(exchange_texts.file_not_there(file=str(path)), place=Place(file=path))
    if kind == _OWN:
        return Outcome(StyleRead(load_style(path, described)))
    losses = Losses(path)
    style = _FOREIGN[kind][1](path, _terms(described), losses)
    return Outcome(StyleRead(style, losses.sentences))


def current_style(table: str) -> Style:
    """Return the style that a table has now.

    Raises:
        RequestError: there is no such table, or it has no place on a map.
    """
    _ensure_drawn(table)
    return styles.load()[table]


def style_text(style: Style) -> str:
    """Return a style as its own kind of file has it."""
    return write_style(style)


def _terms(table: Table) -> Terms:
    colours = {name: palette.colours for name, palette in palettes().items()}
    usual = shipped_style(table.name)
    return Terms(table, marker_runs, colours, usual)


def _ensure_drawn(name: str) -> Table:
    table = rows.get_table(name)
    if table.geometry is None:
        raise RequestError(texts.layer_without_geometry(table=name))
    return table


def _ensure_kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise RequestError(style_texts.unknown_kind(path.name), place=Place(file=path))
    return kind
