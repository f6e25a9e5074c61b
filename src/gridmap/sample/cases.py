"""Rows of cases: a share of the defects on their way from report to closing."""

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.geo.shapes import ranges
from gridmap.sample.arrays import Ints, Texts, pick, texts
from gridmap.sample.registry import Registry, moments, nullable

_SHARE = 0.05
_STAGES = ("reported", "filed", "dispatched", "handling", "feedback", "checking", "closed")
_CLOSED = len(_STAGES) - 1
_CHANCES = (0.05, 0.07, 0.08, 0.14, 0.06, 0.05, 0.55)
_SOURCES = ("网格员上报", "网格员上报", "公众举报", "12345 热线", "视频监控")
_DEPARTMENTS = ("街道城管办", "街道平安办", "街道市民诉求处置中心", "社区居委会", "物业单位")
_NOTES = (
    "受理上报",
    "符合立案条件",
    "派遣至责任部门",
    "现场处置",
    "处置完成，反馈结果",
    "核查通过",
    "结案归档",
)


def case_rows(
    registry: Registry, defect: Features, rng: np.random.Generator
) -> tuple[Features, Features]:
    """Return cases of some defects, and the steps that each has gone."""
    assert defect.geometry is not None  # noqa: S101 - for the type checker
    count = max(8, round(len(defect) * _SHARE))
    rows = np.sort(rng.choice(len(defect), min(count, len(defect)), replace=False))
    stage = rng.choice(len(_STAGES), len(rows), p=_CHANCES)
    day = -rng.integers(1, 300, len(rows))
    recent = stage < _CLOSED
    day[recent] = -rng.integers(1, 25, np.count_nonzero(recent))
    minute = rng.integers(7 * 60, 20 * 60, len(rows))
    case_id = registry.ids.take(len(rows))
    step = _step_rows(registry, case_id, stage, day, minute, rng)
    order = np.argsort(np.argsort(day * 1440 + minute, kind="stable"), kind="stable")
    ends = step.columns["taken_at"][np.cumsum(stage + 1) - 1]
    chosen = defect.take(rows)
    cases = Features(
        {
            "id": case_id,
            "number": texts([f"2026{n + 1:07d}" for n in order.tolist()]),
            "title": chosen.columns["title"],
            "defect_id": chosen.columns["id"],
            "cell_id": chosen.columns["cell_id"],
            "stage": texts(list(_STAGES))[stage],
            "reported_at": moments(day, minute),
            "due_at": moments(day + rng.integers(3, 15, len(rows)), minute),
            "closed_at": nullable(ends, recent),
            "source": pick(rng, _SOURCES, len(rows)),
            "handled_by": pick(rng, _DEPARTMENTS, len(rows)),
            "description": chosen.columns["description"],
        },
        _as_points(defect.geometry[rows]),
    )
    return cases, step


def _step_rows(
    registry: Registry, case_id: Texts, stage: Ints, day: Ints, minute: Ints,
    rng: np.random.Generator,
) -> Features:  # fmt: skip
    case = np.repeat(np.arange(len(case_id)), stage + 1)
    nth = ranges(np.zeros(len(case_id), np.int64), stage + 1)
    wait = np.where(nth == 0, 0, rng.integers(20, 600, len(case)))
    total = np.cumsum(wait)
    first = np.cumsum(stage + 1) - (stage + 1)
    late = total - total[first][case]
    return Features(
        {
            "id": registry.ids.take(len(case)),
            "case_id": case_id[case],
            "stage": texts(list(_STAGES))[nth],
            "taken_at": moments(day[case], minute[case] + late),
            "taken_by": pick(rng, ("监督员", "值班长", "派遣员", "处置员", "核查员"), len(case)),
            "note": texts(list(_NOTES))[nth],
        }
    )


def _as_points(geometry: Geometries) -> Geometries:
    """Return a point for each geometry: of lines their middle, of areas a point inside."""
    result = shapely.point_on_surface(geometry)
    is_line = shapely.get_type_id(geometry) == shapely.GeometryType.LINESTRING
    result[is_line] = shapely.line_interpolate_point(geometry[is_line], 0.5, normalized=True)
    made: Geometries = shapely.transform(result, lambda xy: np.round(xy, 3))
    return made
