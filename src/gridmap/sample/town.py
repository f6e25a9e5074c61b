"""The town plan: superblocks cut into blocks, blocks into cells, and what each is used for."""

from dataclasses import dataclass

import numpy as np

from gridmap.sample import communities, lands
from gridmap.sample.arrays import Bools, Floats, Ints, Land
from gridmap.sample.mesh import Mesh, Quads, fractions_for_area, join
from gridmap.sample.streets import Lattice, Size

_WHOLE = 999


@dataclass(frozen=True)
class Town:
    """A tree of quads: superblocks first, then their parts; leaves are the cells.

    All arrays but the last ones are by quad. ``block`` is the quad that is the block around it
    (-1 above the blocks), ``children`` (q, 2) is -1 for cells. ``land`` and ``community`` are
    inherited downwards (land is -1 above the blocks). ``edge_quad`` is the quad that an edge
    cuts, -1 for the main streets; ``age`` is 1 in the old town and 0 in the newest parts.
    """

    mesh: Mesh
    quads: Quads
    parent: Ints
    children: Ints
    count: Ints
    superblock: Ints
    block: Ints
    community: Ints
    land: Ints
    age: Floats
    edge_quad: Ints

    @property
    def cells(self) -> Ints:
        """Return the quads that are cells."""
        return np.flatnonzero(self.children[:, 0] < 0)

    @property
    def blocks(self) -> Ints:
        """Return the quads that are blocks."""
        return np.flatnonzero(self.block == np.arange(len(self.block)))


def build(lattice: Lattice, size: Size, rng: np.random.Generator) -> Town:
    """Cut the superblocks of a lattice down to cells, and say what is where."""
    mesh = Mesh(lattice.node_xy, lattice.edge_nodes)
    group = communities.group_blocks(lattice.place, lattice.cells, size.communities)
    is_park = _parks(lattice, size, rng)
    tree = _Tree(mesh, lattice, is_park, rng)
    tree.grow()
    superblock = np.concatenate(tree.superblock)
    block = np.concatenate(tree.block)
    quads = join(tree.quads)
    middle = quads.xy.mean(axis=1)
    ages = lands.ages(middle, size, rng)
    blocks = np.flatnonzero(block == np.arange(len(block)))
    fixed = np.where(lattice.is_river, int(Land.RIVER), np.where(is_park, int(Land.PARK), -1))
    land = np.full(len(block), -1)
    land[blocks] = lands.uses(
        ages[blocks],
        group[superblock[blocks]],
        np.concatenate(tree.count)[blocks],
        fixed[superblock[blocks]],
        rng,
    )
    return Town(
        mesh,
        quads,
        np.concatenate(tree.parent),
        tree.children(),
        np.concatenate(tree.count),
        superblock,
        block,
        group[superblock],
        np.where(block >= 0, land[block], -1),
        np.where(block >= 0, ages[block], ages),
        np.concatenate(tree.edge_quad),
    )


def _parks(lattice: Lattice, size: Size, rng: np.random.Generator) -> Bools:
    """Return which superblocks are parks: not water, not at the rim, not side by side."""
    centre = lattice.place.mean(axis=0)
    reach = np.abs(lattice.place - centre).max(axis=0) * 0.8
    inner = (np.abs(lattice.place - centre) < reach).all(axis=1) & ~lattice.is_river
    is_park = np.zeros(len(lattice.place), bool)
    candidates = rng.permutation(np.flatnonzero(inner))
    for block in candidates:
        if np.count_nonzero(is_park) == size.parks:
            break
        gaps = np.abs(lattice.place[is_park] - lattice.place[block]).max(axis=1, initial=0)
        if not len(gaps) or not is_park.any() or gaps.min() > 3:
            is_park[block] = True
    return is_park


class _Tree:
    """The quads as they are cut, level by level over the whole town."""

    def __init__(
        self, mesh: Mesh, lattice: Lattice, is_park: Bools, rng: np.random.Generator
    ) -> None:
        roots = len(lattice.quads)
        self.mesh, self.rng = mesh, rng
        self.is_whole = is_park | lattice.is_river
        self.is_straight = lattice.is_river
        self.diagonal = _diagonals(lattice, self.is_whole, rng)
        self.quads = [lattice.quads]
        self.parent = [np.full(roots, -1)]
        self.count = [lattice.cells]
        self.superblock = [np.arange(roots)]
        numbers = np.arange(roots)
        self.block = [np.where(self._is_block(lattice.cells, numbers), numbers, -1)]
        self.edge_quad = [np.full(len(lattice.edge_nodes), -1)]
        self.pairs: list[tuple[Ints, Ints]] = []

    def grow(self) -> None:
        """Cut until every quad is one cell."""
        start = 0
        while start < (end := sum(len(part) for part in self.count)):
            number = np.arange(start, end)
            todo = self.count[-1] > 1
            start = end
            if todo.any():
                self._cut(number[todo], todo, end)

    def children(self) -> Ints:
        """Return the two parts of each quad, -1 for cells."""
        result = np.full((sum(len(part) for part in self.count), 2), -1)
        for number, parts in self.pairs:
            result[number] = parts.reshape(2, -1).T
        return result

    def _is_block(self, count: Ints, superblock: Ints) -> Bools:
        limit = self.rng.choice([3, 4, 5, 6, 6], len(count))
        return count <= np.where(self.is_whole[superblock], _WHOLE, limit)

    def _cut(self, number: Ints, todo: Bools, next_number: int) -> None:
        quads, count = self.quads[-1].take(todo), self.count[-1][todo]
        superblock, block = self.superblock[-1][todo], self.block[-1][todo]
        direction = self._directions(quads)
        share, tilt = self._shares(count, block, superblock)
        is_root = self.parent[-1][todo] < 0
        at = fractions_for_area(quads, direction, share, tilt)
        slant = is_root & ~np.isnan(self.diagonal[superblock, 0])
        direction = np.where(slant, 0, direction)
        at = np.where(slant[:, None], self.diagonal[superblock], at)
        share = np.where(slant, at.mean(axis=1), share)
        first_count = np.round(share * count).astype(np.int64)
        first, second, _ = self.mesh.split(quads, direction, at)
        self.edge_quad.append(number)
        both = np.concatenate([first_count, count - first_count])
        inherited = np.tile(block, 2)
        fresh = next_number + np.arange(len(both))
        self.pairs.append((number, fresh))
        self.quads.append(join([first, second]))
        self.parent.append(np.tile(number, 2))
        self.count.append(both)
        self.superblock.append(np.tile(superblock, 2))
        is_block = (inherited < 0) & self._is_block(both, np.tile(superblock, 2))
        self.block.append(np.where(is_block, fresh, inherited))

    def _directions(self, quads: Quads) -> Ints:
        side = np.roll(quads.xy, -1, axis=1) - quads.xy
        length = np.hypot(side[..., 0], side[..., 1])
        wide, high = length[:, 0] + length[:, 2], length[:, 1] + length[:, 3]
        return (wide < high * self.rng.uniform(0.88, 1.14, len(wide))).astype(np.int64)

    def _shares(self, count: Ints, block: Ints, superblock: Ints) -> tuple[Floats, Floats]:
        """Return the share of the first part and how far the cut leans."""
        rng = self.rng
        sway = np.where((block < 0) & (count > 11), rng.integers(-2, 3, len(count)), 0)
        odd = (count % 2) * rng.integers(0, 2, len(count))
        first = (count // 2 + odd + sway).clip(1, count - 1)
        lean = np.where(block < 0, 0.045, 0.025) * rng.uniform(-1, 1, len(count))
        return first / count, np.where(self.is_straight[superblock], 0.0, lean)


def _diagonals(lattice: Lattice, is_whole: Bools, rng: np.random.Generator) -> Floats:
    """Return for each superblock where a diagonal street cuts south and north side, or NaN."""
    at = np.full((len(lattice.place), 2), np.nan)
    position = {(int(x), int(y)): n for n, (x, y) in enumerate(lattice.place)}
    for (x, y), low in position.items():
        high = position.get((x, y + 1))
        if high is None or is_whole[low] or is_whole[high] or rng.random() > 0.035:
            continue
        if np.isnan(at[[low, high]]).all():
            west = rng.random() < 0.5
            at[low], at[high] = ((0.2, 0.5), (0.5, 0.8)) if west else ((0.8, 0.5), (0.5, 0.2))
    return at
