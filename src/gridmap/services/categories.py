"""The class tables of the national standards."""

import csv
import uuid
from functools import lru_cache
from typing import Any

from gridmap.base import paths
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features, as_objects
from gridmap.store import rows
from gridmap.store.journal import Transaction

_KINDS = {"部件": "component"}  # what is no component is an event: 事件, in 2026 事项


def load_national(tx: Transaction, progress: Progress = quiet) -> None:
    """Write the classes of all three national standards into a new workspace."""
    rows.insert(tx, "category", national_classes(), progress)


@lru_cache(maxsize=1)
def national_classes() -> Features:
    """Return the shipped class tables; a class has the same id in every office."""
    with (paths.resource_dir() / "tables" / "classes.csv").open(encoding="utf-8-sig") as stream:
        records = list(csv.DictReader(stream))
    kinds = [_KINDS.get(record["kind"], "event") for record in records]
    ids = [
        category_id(record["standard"], kind, record["code"])
        for record, kind in zip(records, kinds, strict=True)
    ]
    columns: dict[str, list[Any]] = {
        "standard": [record["standard"] for record in records],
        "parent_code": [record["parent"] or None for record in records],
        "name": [record["name_zh"] for record in records],
        "name_en": [record["name_en"] or None for record in records],
        **{key: [record[key] for record in records] for key in ("code", "source", "confidence")},
        "is_extension": [0] * len(records),
        "kind": kinds,
        "id": ids,
    }
    return Features({name: as_objects(values) for name, values in columns.items()})


def category_id(standard: str, kind: str, code: str) -> str:
    """Return the id of a class, the same wherever it is made: offices merge their tables."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"gridmap/category/{standard}/{kind}/{code}"))
