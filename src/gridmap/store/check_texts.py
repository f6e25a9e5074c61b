"""What the check of a workspace says to people."""

from gridmap.base.messages import sentence


@sentence(zh="检查数据库页", en="Checking the database's pages")
def part_sqlite() -> None: ...


@sentence(zh="检查表结构", en="Checking the tables")
def part_schema() -> None: ...


@sentence(zh="检查空间元数据", en="Checking the spatial metadata")
def part_metadata() -> None: ...


@sentence(zh="检查空间索引", en="Checking the spatial indexes")
def part_indexes() -> None: ...


@sentence(zh="检查引用", en="Checking references")
def part_references() -> None: ...


@sentence(zh="检查日志", en="Checking the journal")
def part_journal() -> None: ...


@sentence(zh="检查几何", en="Checking geometries")
def part_geometry() -> None: ...


@sentence(zh="检查网格的无缝拼接", en="Checking that the cells tile")
def part_coverage() -> None: ...


@sentence(
    zh="数据库页损坏：{detail}。请从备份恢复。",
    en="A database page is damaged: {detail}. Restore a backup.",
)
def page_damaged(detail: str) -> None: ...


@sentence(
    zh="表 {table} 缺失，或缺少列：{detail}。请从备份恢复。",
    en="Table {table} is missing, or lacks columns: {detail}. Restore a backup.",
)
def schema_torn(table: str, detail: str) -> None: ...


@sentence(
    zh="表 {table} 的空间元数据不对。请从备份恢复。",
    en="The spatial metadata of table {table} is wrong. Restore a backup.",
)
def metadata_wrong(table: str) -> None: ...


@sentence(
    zh="空间参考表里没有 EPSG:{epsg}。请从备份恢复。",
    en="EPSG:{epsg} is missing from the table of spatial references. Restore a backup.",
)
def crs_unknown(epsg: int) -> None: ...


@sentence(
    zh="表 {table} 的空间索引与数据不符（{detail}）。请运行 gridmap check --repair 重建。",
    en="The spatial index of table {table} does not match its rows ({detail}). "
    "Rebuild it with gridmap check --repair.",
)
def index_damaged(table: str, detail: str) -> None: ...


@sentence(
    zh="表 {table} 的记录 {id} 引用了 {parent} 中不存在的记录。请补上那条记录，或清空该引用。",
    en="Row {id} of table {table} refers to a row of {parent} that does not exist. "
    "Add that row, or clear the reference.",
)
def reference_broken(table: str, id: str, parent: str) -> None: ...


@sentence(
    zh="日志停在一个没有结束的操作上。请从备份恢复。",
    en="The journal stands in an unfinished transaction. Restore a backup.",
)
def journal_open() -> None: ...


@sentence(
    zh="日志有 {count} 条记录不属于任何操作。请从备份恢复。",
    en="{count} {count:plural entry|entries} of the journal {count:plural belongs|belong} to no "
    "transaction. Restore a backup.",
)
def journal_orphans(count: int) -> None: ...


@sentence(
    zh="表 {table} 的日志触发器缺失或被改过，之后的修改不会被记录。请运行 gridmap check --repair。",
    en="The journal's triggers of table {table} are missing or altered; later edits would not be "
    "recorded. Run gridmap check --repair.",
)
def triggers_missing(table: str) -> None: ...


@sentence(
    zh="表 {table} 的记录 {id} 没有记入日志，不能撤销。请运行 gridmap check --repair 补记。",
    en="Row {id} of table {table} is not in the journal and cannot be undone. "
    "Run gridmap check --repair to enter it.",
)
def row_not_journaled(table: str, id: str) -> None: ...


@sentence(
    zh="表 {table} 的记录 {id} 与日志不符：日志说它已删除而它还在，或日志说它还在而它不见了。"
    "请从备份恢复。",
    en="Row {id} of table {table} contradicts the journal, whose last entry says the opposite. "
    "Restore a backup.",
)
def row_lost(table: str, id: str) -> None: ...


@sentence(
    zh="表 {table} 的记录 {id} 的几何无效：{reason}。请重画，或导出、修复后再导入。",
    en="The geometry of row {id} in table {table} is invalid: {reason}. "
    "Draw it again, or export, mend and import it.",
)
def geometry_invalid(table: str, id: str, reason: str) -> None: ...


@sentence(
    zh="单元网格 {cell} 与邻格之间有缝隙或重叠。请修正这条边界后重新导入。",
    en="Cell {cell} and a neighbour leave a gap or overlap. Mend that border and import it again.",
)
def coverage_torn(cell: str) -> None: ...


@sentence(
    zh="社区 {community} 与相邻社区之间有缝隙或重叠。请修正这条边界后重新导入。",
    en="Community {community} and a neighbour leave a gap or overlap. "
    "Mend that border and import it again.",
)
def communities_torn(community: str) -> None: ...


@sentence(
    zh="{community}的单元网格没有铺满社区，或越出了边界，相差 {difference_m2:.1f} 平方米。"
    "请检查网格是否缺漏或越界。",
    en="The cells of {community} do not fill it, or cross its border: {difference_m2:.1f} m² "
    "differ. Look for cells that are missing or stick out.",
)
def community_not_tiled(community: str, difference_m2: float) -> None: ...


@sentence(
    zh="各社区没有铺满街道，或越出了街道边界，相差 {difference_m2:.1f} 平方米。"
    "请检查社区是否缺漏或越界。",
    en="The communities do not fill the subdistrict, or cross its border: {difference_m2:.1f} m² "
    "differ. Look for communities that are missing or stick out.",
)
def subdistrict_not_tiled(difference_m2: float) -> None: ...
