"""The border of two communities on the command line."""

from itertools import combinations

from tests.services.divisions import ensure_whole
from tests.services.test_community_borders import divided, line_beside

from gridmap.geo.borders import find_arcs
from gridmap.store.workspace import open_workspace


def wkt(line):
    return "LINESTRING(" + ", ".join(f"{x:.3f} {y:.3f}" for x, y in line) + ")"


def test_communities_are_named_and_their_cells_follow(gridmap, sample_path):
    with open_workspace(sample_path, read_only=True) as opened:
        _, _, parents = divided(opened)
        one, other = line_between(parents)
        line = line_beside(parents, 3.0)
    said = gridmap("community", "reshape", sample_path, one, other, "--line", wkt(line), "--json")
    assert len(said.json["changed"]) > 2
    assert said.json["intention"].startswith("重划社区之间的边界")
    with open_workspace(sample_path, read_only=True) as opened:
        ensure_whole(opened)


def test_a_line_elsewhere_is_refused(gridmap, sample_path):
    with open_workspace(sample_path, read_only=True) as opened:
        _, _, parents = divided(opened)
        one, other = line_between(parents)
        x, y = parents.shape(one).representative_point().coords[0]
    line = wkt(((x, y), (x + 5, y)))
    said = gridmap("community", "reshape", sample_path, one, other, "--line", line)
    assert said.exit_code == 2
    assert "公共边界" in said.stderr


def line_between(parents):
    """Return the ids of the two communities that ``line_beside`` takes."""
    return max(
        combinations(parents.keys, 2),
        key=lambda pair: max((arc.length for arc in find_arcs(parents, *pair)), default=0.0),
    )
