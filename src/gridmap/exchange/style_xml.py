"""XML from strangers, read with limits; and XML for others, written whole."""

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # only builds and writes; reading goes through defusedxml

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as safe

from gridmap.base import files
from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Text
from gridmap.exchange import style_texts as texts
from gridmap.exchange.faults import cannot_read, cannot_write

Element = ElementTree.Element

_MOST_BYTES = 24 << 20
_DEEPEST = 100
_MOST_ELEMENTS = 400_000
_CHINESE = ("gbk", "gb2312", "gb18030", "cp936")
_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_xml(path: Path) -> Element:
    """Return the root of an XML file; names are without their namespaces.

    Raises:
        InputError: the file cannot be read, is too large or too deep, defines entities, or is no
            whole XML.
    """
    content = _content(path)
    place = Place(file=path)
    try:
        return _parsed(content, path)
    except DefusedXmlException as error:
        raise InputError(texts.has_entities(path.name), place=place) from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(texts.not_xml(path.name, str(error)), place=place) from error


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            limit = _MOST_BYTES >> 20
            text = texts.too_large(path.name, megabytes=size >> 20, limit=limit)
            raise InputError(text, place=Place(file=path))
        content = path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error
    declared = _DECLARATION.match(content)
    if declared and declared[1].decode("ascii").lower() in _CHINESE:
        # expat knows no encoding of several bytes but UTF-8 and UTF-16
        return content[declared.end() :].decode("gb18030", errors="replace").encode()
    return content


def _parsed(content: bytes, path: Path) -> Element:
    root: Element | None = None
    depth = count = 0
    # QGIS names a document type, so that alone is no offence; entities are
    events: Any = safe.iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=False)
    for event, element in events:
        if event == "end":
            depth -= 1
            continue
        root = element if root is None else root
        element.tag = element.tag.rpartition("}")[2]
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise InputError(texts.too_deep(path.name), place=Place(file=path))
    if root is None:
        raise ValueError("no root element")
    return root


def write_xml(path: Path, root: Element, *, document_type: str = "") -> None:
    """Write a tree to a file, whole or not at all.

    Raises:
        GridmapError: the file cannot be written.
    """
    for element in root.iter():
        element.attrib.update({key: clean(value) for key, value in element.attrib.items()})
        element.text = clean(element.text) if element.text else element.text
    ElementTree.indent(root)
    head = document_type or '<?xml version="1.0" encoding="UTF-8"?>'
    text = f"{head}\n{ElementTree.tostring(root, encoding='unicode')}\n"
    try:
        files.write_text(path, text)
    except OSError as error:
        raise cannot_write(path, error) from error


def clean(text: str) -> str:
    """Return the text without what XML has no way to write."""
    return _FORBIDDEN.sub("", text)


def child(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Append an element and return it."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = text
    return element


def no_style(path: Path) -> InputError:
    """Return the error for a file that holds no style."""
    return InputError(texts.no_style(path.name), place=Place(file=path))


def refusal(path: Path, text: Text) -> InputError:
    """Return the error that ``text`` says of the file."""
    return InputError(text, place=Place(file=path))
