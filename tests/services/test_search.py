"""Search by Chinese, pinyin, initials and code."""

import threading
import time
from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from gridmap.base import clock
from gridmap.geo.features import Features, as_objects
from gridmap.model.changes import Touched
from gridmap.model.schema import Table
from gridmap.services import texts
from gridmap.services.search import SearchIndex
from gridmap.store import rows
from gridmap.store.workspace import Workspace


def add(opened: Workspace, table: str, **columns: Sequence[object]) -> list[str]:
    """Insert rows of a table; return their ids."""
    held = {name: as_objects(list(values)) for name, values in columns.items()}
    count = len(next(iter(held.values())))
    ids = clock.new_ids(count)
    held["id"] = as_objects(ids)
    box = shapely.multipolygons([shapely.box(500_000, 4_400_000, 500_010, 4_400_010)])
    geometry = as_objects([box] * count) if table in ("compound", "building") else None
    with opened.transaction(texts.repaired()) as tx:
        rows.insert(tx, table, Features(held, geometry))
    return ids


@pytest.fixture
def index(workspace: Workspace) -> SearchIndex:
    add(
        workspace,
        "compound",
        name=["阳光花园", "重庆里", "绿岛小区", "银行宿舍", None],
        address=["槐岸路1号", "槐岸路2号", "长安街3号", "西单", "无名巷7号"],
    )
    add(workspace, "officer", name=["沈安澜", "吕梁"])
    add(
        workspace,
        "document",
        number=["京政发〔2026〕1号", "BJ-2026-007"],
        title=["关于网格划分的批复", "第二份"],
    )
    made = SearchIndex(workspace)
    made.build()
    return made


def labels(index: SearchIndex, query: str) -> list[str]:
    return [found.label for found in index.find(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("阳光", "阳光花园"),
        ("光花", "阳光花园"),
        ("yangguang", "阳光花园"),
        ("yang guang", "阳光花园"),
        ("YangGuang", "阳光花园"),
        ("guanghua", "阳光花园"),
        ("yghy", "阳光花园"),
        ("chongqing", "重庆里"),
        ("cql", "重庆里"),
        ("lvdao", "绿岛小区"),
        ("lüdao", "绿岛小区"),
        ("yinhang", "银行宿舍"),
        ("槐岸路2", "重庆里"),
        ("huaianlu2", "重庆里"),
        ("shenanlan", "沈安澜"),
        ("shen'an", "沈安澜"),
        ("bj-2026", "BJ-2026-007"),
        ("网格划分", "京政发〔2026〕1号"),
    ],
)
def test_a_row_is_found(index: SearchIndex, query: str, expected: str) -> None:
    assert expected in labels(index, query)


@pytest.mark.parametrize("query", ["", "   ", "不存在的名字", "xyzzy", "\n", "anggu", "%", "'"])
def test_nothing_is_found(index: SearchIndex, query: str) -> None:
    assert labels(index, query) == []


def test_a_row_without_a_name_is_called_by_what_was_found(index: SearchIndex) -> None:
    assert labels(index, "无名巷") == ["无名巷7号"]


def test_codes_are_found_by_their_beginning_only(workspace: Workspace) -> None:
    add(workspace, "grid", code=["110101001001", "110101001002"], name=["甲格", "乙格"])
    index = SearchIndex(workspace)
    index.build()
    assert labels(index, "110101001002") == ["乙格"]
    assert set(labels(index, "110101")) >= {"甲格", "乙格"}
    assert labels(index, "001002") == []


def test_the_better_match_comes_first(workspace: Workspace) -> None:
    add(workspace, "compound", name=["新阳光里", "阳光", "阳光花园西区", "阳光里"])
    index = SearchIndex(workspace)
    index.build()
    assert labels(index, "阳光") == ["阳光", "阳光里", "阳光花园西区", "新阳光里"]


def test_rows_of_one_name_are_all_found_and_told_apart(workspace: Workspace) -> None:
    add(workspace, "compound", name=["幸福里"] * 3, address=["东街", "西街", "南街"])
    index = SearchIndex(workspace)
    index.build()
    found = index.find("xfl")
    assert {each.sublabel for each in found} == {"东街", "西街", "南街"}
    assert len({each.id for each in found}) == 3


def test_the_index_follows_changes(workspace: Workspace) -> None:
    first, second = add(workspace, "compound", name=["旧名字", "另一个"])
    index = SearchIndex(workspace)
    index.build()
    with workspace.transaction(texts.repaired()) as tx:
        tx.connection.execute("UPDATE compound SET name = '新名字' WHERE id = ?", (first,))
        tx.connection.execute("DELETE FROM compound WHERE id = ?", (second,))
    index.update(Touched({"compound": frozenset({first, second})}))
    assert labels(index, "旧名字") == []
    assert labels(index, "另一个") == []
    assert labels(index, "xinmingzi") == ["新名字"]
    (third,) = add(workspace, "compound", name=["第三个"])
    index.update(Touched.whole("compound"))
    assert [found.id for found in index.find("第三")] == [third]


@pytest.mark.parametrize("is_built", [False, True])
def test_no_change_is_lost_while_an_older_reading_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, is_built: bool
) -> None:
    first, second = add(workspace, "compound", name=["旧名字", "另一个"])
    index = SearchIndex(workspace)
    if is_built:
        index.build()
    has_read, may_go_on = threading.Event(), threading.Event()
    read = index._read

    def slow(table: Table, ids: Sequence[str] | None) -> object:
        part = read(table, ids)
        if table.name == "compound" and not has_read.is_set():
            has_read.set()
            assert may_go_on.wait(10)
        return part

    monkeypatch.setattr(index, "_read", slow)

    def rename(row_id: str, name: str) -> Touched:
        with workspace.transaction(texts.repaired()) as tx:
            tx.connection.execute("UPDATE compound SET name = ? WHERE id = ?", (name, row_id))
        return Touched({"compound": frozenset({row_id})})

    begun = rename(first, "甲名字") if is_built else None
    older = threading.Thread(target=lambda: index.update(begun) if begun else index.build())
    older.start()
    assert has_read.wait(10)
    touched = rename(second, "乙名字")
    newer = threading.Thread(target=index.update, args=(touched,))
    newer.start()
    newer.join(0.2)  # it waits for the older one, or has lost to it
    may_go_on.set()
    older.join(10)
    newer.join(10)
    assert labels(index, "yimingzi") == ["乙名字"]
    assert labels(index, "另一个") == []


def test_what_is_built_already_can_be_searched(workspace: Workspace) -> None:
    add(workspace, "compound", name=["早"])
    index = SearchIndex(workspace)
    assert not index.is_complete
    assert index.find("早") == []
    index.build()
    assert index.is_complete
    assert labels(index, "早") == ["早"]


def test_four_thousand_rows_answer_at_once(workspace: Workspace) -> None:
    numbers = np.random.default_rng(1).permutation(4_000)
    stems = ("阳光", "幸福", "槐岸", "芷亭")
    names = [f"{stems[n % 4]}小区{n}号楼" for n in numbers]
    add(workspace, "building", name=names, address=[f"槐岸路{n}号" for n in numbers])
    index = SearchIndex(workspace)
    index.build()
    index.find("warm")
    for query in ("阳光小区1", "yangguang", "ygxq12", "hal", "1", "不存在"):
        spent = []
        for _ in range(5):
            begin = time.perf_counter()
            index.find(query)
            spent.append(time.perf_counter() - begin)
        assert min(spent) < 0.02, query
