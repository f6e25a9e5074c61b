"""What the edits of a coverage say where they refuse."""

from gridmap.base.messages import sentence


@sentence(
    zh="这里没有单元网格 {key}：可能刚被别的修改拆分、合并或删除。请刷新后再试。",
    en="There is no cell {key} here: another edit may just have split, merged or deleted it. "
    "Reload and try again.",
)
def no_such_cell(key: str) -> None: ...


@sentence(
    zh="点 {east:.3f}，{north:.3f} 离网格有 {distance_km:.0f} 公里，像是别的投影带的坐标。"
    "请检查坐标系。",
    en="The point {east:.3f}, {north:.3f} lies {distance_km:.0f} km from the cells, like "
    "coordinates of another zone. Check the coordinate system.",
)
def far_away(east: float, north: float, distance_km: float) -> None: ...


@sentence(
    zh="坐标不是数字。请重新画线或输入坐标。",
    en="A coordinate is not a number. Draw or type it again.",
)
def not_finite() -> None: ...


@sentence(
    zh="线太短：至少要两个不同的点。请接着画。",
    en="The line is too short: it needs two different points. Go on drawing.",
)
def line_too_short() -> None: ...


@sentence(
    zh="画的线在这里与自己相交。请退回一步，绕开再画。",
    en="The line crosses itself here. Go a step back and draw around it.",
)
def line_crosses_itself() -> None: ...


@sentence(
    zh="画的圈没有面积。请至少画三个不在一条线上的点。",
    en="The ring has no area. Draw three points at least that are not on one line.",
)
def ring_without_area() -> None: ...


@sentence(
    zh="线没有穿过这个单元网格。请从它的一侧画到另一侧。",
    en="The line does not cross this cell. Draw it from one side to the other.",
)
def line_does_not_cross() -> None: ...


@sentence(
    zh="线在网格里面这里断了。请把它画到边界上或边界外。",
    en="The line ends here, inside a cell. Draw it up to the border or beyond.",
)
def line_ends_inside() -> None: ...


@sentence(
    zh="线只沿着已有的边界走，什么也没有切开。请画一条穿过网格的线。",
    en="The line only runs along a border and cuts nothing. Draw a line that goes through.",
)
def line_runs_along() -> None: ...


@sentence(
    zh="线没有在这条边界上起止。请从边界上的一点画到同一条边界的另一点。",
    en="The line does not begin and end on this border. Draw it from one point of the border to "
    "another point of it.",
)
def line_not_on_border() -> None: ...


@sentence(
    zh="线在这里碰到了边界以外的第三个单元网格。请在两个网格之内画，或不指定邻格。",
    en="Here the line meets a third cell. Stay within the two cells, or name no neighbour.",
)
def line_meets_third() -> None: ...


@sentence(
    zh="这里会留下一条窄缝（{area_m2:.2f} 平方米）。请沿原边界捕捉，或离它远一些。",
    en="A sliver of {area_m2:.2f} m² would be left here. Snap to the border, or keep away from it.",
)
def sliver(area_m2: float) -> None: ...


@sentence(
    zh="边界会在这里折叠或与自己相交。请换一个位置。",
    en="The border would fold over or cross itself here. Choose another place.",
)
def folds() -> None: ...


@sentence(
    zh="边界会在这里越过邻格，造成重叠或空隙。请移得近一些，或先改邻格。",
    en="The border would pass a neighbour here and leave an overlap or a gap. Move it less far, or "
    "change the neighbour first.",
)
def passes_neighbour() -> None: ...


@sentence(
    zh="一个单元网格会断成几块，断开的一块在这里。请换一条线，或先拆分它。",
    en="A cell would fall into parts; one of them is here. Draw another line, or split it first.",
)
def falls_apart() -> None: ...


@sentence(
    zh="这里的单元网格会什么也不剩。要取消它，请与邻格合并。",
    en="Nothing would be left of the cell here. To end it, merge it with a neighbour.",
)
def nothing_left() -> None: ...


@sentence(
    zh="这里 {reach_m:.1f} 米之内没有界址点。请放大后点在点上。",
    en="There is no vertex within {reach_m:.1f} m. Zoom in and click on one.",
)
def no_vertex_here(reach_m: float) -> None: ...


@sentence(
    zh="这里 {reach_m:.1f} 米之内没有边界。请放大后点在边界上。",
    en="There is no border within {reach_m:.1f} m. Zoom in and click on one.",
)
def no_border_here(reach_m: float) -> None: ...


@sentence(
    zh="这里已经有一个界址点，可以直接移动它。",
    en="There is a vertex here already: you can move it.",
)
def vertex_exists() -> None: ...


@sentence(
    zh="这里是几条边界的交点，不能删除。可以移动它，或合并网格。",
    en="Several borders meet here, so the vertex cannot be deleted. Move it, or merge cells.",
)
def is_junction() -> None: ...


@sentence(
    zh="合并至少要两个不同的单元网格。",
    en="Merging needs two different cells at least.",
)
def merge_needs_two() -> None: ...


@sentence(
    zh="要合并的单元网格没有连成一片，分开的一块在这里。请选有公共边界的网格。",
    en="The cells to merge do not hang together; one part is here. Choose cells that share "
    "borders.",
)
def not_adjacent() -> None: ...


@sentence(
    zh="这两个单元网格没有公共边界。请选相邻的两个。",
    en="These two cells share no border. Choose two that are next to each other.",
)
def no_shared_border() -> None: ...


@sentence(
    zh="这个单元网格没有外边界。请选要移动的邻格。",
    en="This cell has no outer border. Name the neighbour whose border is to move.",
)
def no_outer_border() -> None: ...


@sentence(
    zh="画的范围里没有这个单元网格的地。请圈住要交出的部分。",
    en="No ground of this cell lies in what was drawn. Draw around the part to give away.",
)
def nothing_to_give() -> None: ...


@sentence(
    zh="这一块与接收的单元网格不相邻。请选相邻的网格。",
    en="This part does not touch the cell that is to get it. Choose an adjacent one.",
)
def part_not_adjacent() -> None: ...


@sentence(
    zh="画的范围里没有单元网格。要在外面加地，请用“扩展”。",
    en="No cell lies in what was drawn. To add ground outside, extend.",
)
def no_cell_within() -> None: ...


@sentence(
    zh="画的范围已全部属于单元网格，没有可加的空地。请画到外边界以外。",
    en="All ground in what was drawn belongs to cells already. Draw beyond the outer border.",
)
def no_free_ground() -> None: ...


@sentence(
    zh="要加的空地不连成一片，或不挨着这个单元网格。请分几次加。",
    en="The ground to add does not hang together with the cell. Add it part by part.",
)
def ground_not_adjacent() -> None: ...


@sentence(
    zh="什么也没有改变：新的边界与原来的一样。",
    en="Nothing has changed: the border is as it was.",
)
def nothing_changes() -> None: ...


@sentence(
    zh="社区（街道）会失去这里的全部土地。请先把它与相邻的合并。",
    en="The community (or subdistrict) here would lose all its ground. Merge it first.",
)
def parent_empty() -> None: ...


@sentence(
    zh="社区（街道）会断成几块，断开的一块在这里。请换一条边界。",
    en="The community (or subdistrict) would fall into parts; one is here. Choose another border.",
)
def parent_falls_apart() -> None: ...


@sentence(
    zh="社区（街道）的边界在这里与单元网格的边界不一致。请先修复边界，再修改网格。",
    en="The border of the community (or subdistrict) does not match its cells here. Mend the "
    "borders first, then edit the cells.",
)
def parent_differs() -> None: ...


@sentence(
    zh="邻格之间的边界在这里接不到画的线上。请分段画，或指定是哪个邻格。",
    en="A border between neighbours cannot reach the line from here. Draw it part by part, or name "
    "the neighbour.",
)
def border_cannot_follow() -> None: ...


@sentence(
    zh="边界会在这里切开一栋建筑。请沿墙画，或绕开它。",
    en="The border would cut a building here. Follow its wall, or go around it.",
)
def cuts_building() -> None: ...


@sentence(
    zh="这两组单元网格（两个社区）没有公共边界。请选相邻的两个。",
    en="These two groups of cells (communities) share no border. Choose two next to each other.",
)
def no_common_border() -> None: ...
