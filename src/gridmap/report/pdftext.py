"""Makes the text of a PDF be what was written, for who copies or searches it."""

import re
import unicodedata
from pathlib import Path

_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_UNIT = re.compile(rb"<([0-9A-F]{4})>")
_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBLE = range(0xF900, 0xFB00)
_TAB = 0x09
_RANGES = re.compile(rb"\[[^\]]*\]")


def mend_text(file: Path) -> None:
    """Put ordinary characters for radicals into the PDF's tables of glyphs to text.

    WORKAROUND(Qt 6.11): Chinese typefaces draw 网 and the radical ⽹ with one glyph, and Qt notes
    the first of the two code points that it finds, so that a search for 网格 finds nothing; a
    space becomes a tab. The tables are not compressed, and each entry has four digits, so they
    can be mended where they stand.
    """
    content = file.read_bytes()
    mended = _MAP.sub(lambda table: _mend_table(table.group()), content)
    if mended != content:
        file.write_bytes(mended)


def _mend_table(table: bytes) -> bytes:
    return _RANGES.sub(lambda units: _UNIT.sub(_mend_unit, units.group()), table)


def _mend_unit(unit: re.Match[bytes]) -> bytes:
    code = int(unit.group(1), 16)
    if code == _TAB:
        return b"<0020>"
    if code not in _RADICALS and code not in _COMPATIBLE:
        return unit.group()
    plain = unicodedata.normalize("NFKC", chr(code))
    is_one_unit = len(plain) == 1 and ord(plain) < 0x10000
    return b"<%04X>" % ord(plain) if is_one_unit else unit.group()
