"""Makes the text of a PDF be what was written, for who copies or searches it."""

import re
import unicodedata
from pathlib import Path

_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_UNIT = re.compile(rb"<([0-9A-F]{4})>")
_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBLE = range(0xF900, 0xFB00)
_TAB = 0x09
# Radicals that Unicode's normal forms leave as they are or make traditional: those of GB 2312's
# characters that are wrong in a page of all of them, written in Noto Sans CJK SC.
_SUPPLEMENT = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾㬵"
        "⺒⺉⺅⻈⻖⺾⺐⺘⺨⻠⺖⺦⺡⻌⺕⺰⺓⺙⺣⺭⺺⻐⻂",
        "民西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟户胶"
        "巳刂亻讠阝艹尢扌犭饣忄丬氵辶彐纟幺攵灬礻肀钅衤",
        strict=True,
    )
)
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
    plain = _SUPPLEMENT.get(chr(code))
    if plain is None and (code in _RADICALS or code in _COMPATIBLE):
        plain = unicodedata.normalize("NFKC", chr(code))
    if plain is None:
        return unit.group()
    is_one_unit = len(plain) == 1 and ord(plain) < 0x10000
    return b"<%04X>" % ord(plain) if is_one_unit else unit.group()
