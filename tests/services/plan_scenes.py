"""Plans of the sample, edited as a planner does: a border moved, a cell split, two merged."""

import numpy as np
import shapely

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.model import cell_edits
from gridmap.services import plan_diff, plans
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.office_texts import saved
from gridmap.store import edit

DOCUMENT = "左家街〔2026〕12号"
STEP = saved(key="-", value="-")  # an intention that says nothing


class Scene:
    """Edits of one division of a workspace: of a plan, or (None) of the official one."""

    def __init__(self, workspace, division=None):
        self.workspace = workspace
        self.division = division

    def cells(self):
        """Return the cells in force: id, code, base, community, households, shape."""
        with self.workspace.reading() as reader:
            return edit.read_where(
                reader,
                "cell",
                ("code", "base_cell_id", "community_id", "households"),
                edit.DIVISION,
                (self.division,),
            )

    def id_of(self, code):
        """Return the id of the cell with a code."""
        found = self.cells().columns
        return dict(zip(found["code"], found["id"], strict=True))[code]

    def shape(self, code):
        """Return the shape of the cell with a code."""
        found = self.cells()
        return found.geometry[found.columns["code"].tolist().index(code)]

    def pairs(self):
        """Return (code, code) of neighbours of one community, no cell twice, by their order."""
        found = self.cells()
        shapes, of, codes = found.geometry, found.columns["community_id"], found.columns["code"]
        taken, pairs = set(), []
        for a, b in shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist():
            is_fit = a < b and of[a] == of[b] and not {a, b} & taken
            if is_fit and shapely.length(shapely.intersection(shapes[a], shapes[b])) > 30:
                taken |= {a, b}
                pairs.append((codes[a], codes[b]))
        return sorted(pairs)

    def do(self, request):
        """Do one edit."""
        return edit_cells(self.workspace, EditCells(request, self.division)).value

    def split(self, code):
        """Cut a cell into a west and an east part, where that cuts no building."""
        west, low, east, high = self.shape(code).bounds
        for share in (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7):
            x = round(west + share * (east - west), 3)
            line = ((x, low - 5), (x, high + 5))
            try:
                return self.do(cell_edits.Split((self.id_of(code),), line))
            except RequestError:
                continue
        raise AssertionError(f"{code} is full of buildings")

    def try_each(self, deed, choices):
        """Do something with the first choice for which it can be done; return that choice."""
        for choice in choices:
            try:
                deed(*choice)
            except (RequestError, AssertionError):
                continue
            return choice
        raise AssertionError("nothing of all that can be done")

    def merge(self, *codes):
        """Make one cell of several."""
        return self.do(cell_edits.Merge(tuple(map(self.id_of, codes))))

    def move(self, one, other, way=6.0):
        """Bend the border between two cells to the side of the second."""
        border = shapely.line_merge(shapely.intersection(self.shape(one), self.shape(other)))
        border = max(shapely.get_parts(border), key=shapely.length)
        middle = shapely.line_interpolate_point(border, 0.5, normalized=True)
        towards = np.array(self.shape(other).centroid.coords[0]) - (middle.x, middle.y)
        to = (middle.x, middle.y) + way * towards / np.hypot(*towards)
        at = (round(middle.x, 3), round(middle.y, 3))
        return self.do(cell_edits.AddVertex(at, (round(float(to[0]), 3), round(float(to[1]), 3))))

    def rename(self, code, name=None):
        """Give a cell another name."""
        with self.workspace.transaction(STEP) as tx:
            edit.update_row(tx, "cell", self.id_of(code), {"name": name or clock.new_id()})


def new_plan(workspace, name="旧城调整", **more):
    """Make a plan; return it and its scene."""
    plan = plans.new_plan(workspace, plans.NewPlan(name, **more)).value
    return plan, Scene(workspace, plan.id)


def changed_plan(workspace, name="旧城调整"):
    """Return a plan in which a border moved, a cell was split and two were merged; its scene."""
    plan, scene = new_plan(workspace, name)
    change(scene)
    return plan, scene


def change(scene):
    """Move a border, split a cell, merge two; return the codes: (moved, other), split, merged."""
    pairs = scene.pairs()
    moved = scene.try_each(scene.move, pairs)
    rest = [pair for pair in pairs if not set(pair) & set(moved)]
    (split,) = scene.try_each(scene.split, [(code,) for pair in rest for code in pair])
    merged = next(pair for pair in rest if split not in pair)
    scene.merge(*merged)
    return moved, split, merged


def seen(workspace, plan):
    """Return the fingerprint of the comparison as it is now."""
    return plan_diff.diff(workspace, plan_diff.DiffPlan(plan.id)).value.fingerprint


def add_document(workspace, number=DOCUMENT):
    """Enter a document; return its id."""
    values = {
        "number": number,
        "title": "关于调整单元网格的批复",
        "signatory": "李明",
        "issued_on": "2026-11-20",
        "issuer": "测试街道办事处",
    }
    with workspace.transaction(STEP) as tx:
        return edit.insert_row(tx, "document", values)


def approve(workspace, plan, **more):
    """Approve a plan as it is now."""
    fingerprint = more.pop("fingerprint", None) or seen(workspace, plan)
    held = {"by": "王主任", "document": DOCUMENT, "fingerprint": fingerprint} | more
    return plans.approve(workspace, plans.ApprovePlan(plan.id, **held)).value


def cell_rows(workspace, where="1"):
    """Return cells as they are stored, by id."""
    with workspace.reading() as reader:
        names = [row[1] for row in reader.execute("PRAGMA table_info(cell)")]
        return {
            row[0]: dict(zip(names, row, strict=True))
            for row in reader.execute(f"SELECT {', '.join(names)} FROM cell WHERE {where}")
        }
