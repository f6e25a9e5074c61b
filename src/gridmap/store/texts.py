"""What store/ says to people."""

from gridmap.base.messages import Wording, sentence

# --- this machine


@sentence(
    zh="这个 Python 不能加载 SQLite 扩展，工作库打不开。请运行 ./run --setup，"
    "或在虚拟环境中安装 pysqlite3。",
    en="This Python cannot load SQLite extensions, so no workspace can be opened. "
    "Run ./run --setup, or install pysqlite3 into the virtual environment.",
)
def no_loadable_extensions() -> None: ...


@sentence(
    zh="找不到 SpatiaLite（mod_spatialite）。请运行 ./run --setup；"
    "Debian 和 Ubuntu 上也可安装 libsqlite3-mod-spatialite。试过：{reasons}",
    en="SpatiaLite (mod_spatialite) was not found. Run ./run --setup, or install "
    "libsqlite3-mod-spatialite on Debian and Ubuntu. Tried: {reasons}",
)
def no_spatialite(reasons: str) -> None: ...


# --- opening


@sentence(
    zh="没有工作库文件 {path}。请检查路径，或用“新建”建一个。",
    en="There is no workspace {path}. Check the path, or make a new one.",
)
def no_such_workspace(path: str) -> None: ...


@sentence(
    zh="{path} 已经存在，没有动它。请换一个文件名。",
    en="{path} exists already and was not touched. Choose another name.",
)
def already_exists(path: str) -> None: ...


@sentence(
    zh="没有文件夹 {path}。请先建立它，或换一个位置。",
    en="There is no folder {path}. Make it first, or choose another place.",
)
def no_such_folder(path: str) -> None: ...


@sentence(
    zh="{path} 不是 gridmap 工作库（不是 SQLite 数据库，或文件不完整）。"
    "请选择另一个文件；如果它以前能正常打开，请从备份恢复。",
    en="{path} is not a gridmap workspace (no SQLite database, or not whole). Choose another "
    "file; if it used to be sound, restore a backup.",
)
def not_a_database(path: str) -> None: ...


@sentence(
    zh="{path} 是数据库，但不是 gridmap 工作库。要用其中的数据，请新建工作库再导入。",
    en="{path} is a database but no gridmap workspace. To use its data, make a new workspace "
    "and import it.",
)
def not_a_workspace(path: str) -> None: ...


@sentence(
    zh="{path} 由更新的 gridmap 写成（版本 {found}，本程序最高支持版本 {known}），没有动它。"
    "请更新程序后再打开。",
    en="{path} was written by a newer gridmap (version {found}; this program knows up to "
    "{known}) and was not touched. Update the program, then open it.",
)
def newer_file(path: str, found: int, known: int) -> None: ...


@sentence(
    zh="{path} 由旧版程序写成（版本 {found}），要先升级；但现在只能只读打开。"
    "请在可写的位置打开它。",
    en="{path} was written by an older program (version {found}) and must be upgraded first, "
    "but it can only be read here. Open it where it can be written.",
)
def older_file_read_only(path: str, found: int) -> None: ...


@sentence(
    zh="{path} 在网络共享（{system}）上，数据库在那里会损坏。请把文件复制到本机磁盘再打开。",
    en="{path} lies on a network share ({system}), where a database would be damaged. "
    "Copy the file to a local disk and open it there.",
)
def on_network_share(path: str, system: str) -> None: ...


@sentence(
    zh="{path} 正由{holder}使用，本次只读打开。要修改，请先关闭那边的程序。",
    en="{path} is held by {holder} and was opened read-only. To change it, close that program.",
)
def held_by(path: str, holder: str) -> None: ...


@sentence(
    zh="{path} 正由{holder}使用，没有写入。请先关闭那边的程序，再试一次。",
    en="{path} is held by {holder}; nothing was written. Close that program and try again.",
)
def busy(path: str, holder: str) -> None: ...


@sentence(
    zh="{user} 在 {host} 上的{program}（进程 {pid}，自 {since}）",
    en="{program} of {user} on {host} (process {pid}, since {since})",
)
def holder(user: str, host: str, program: str, pid: int, since: str) -> None: ...


@sentence(zh="另一个程序", en="another program")
def unknown_holder() -> None: ...


@sentence(
    zh="{path} 是只读的（文件或所在文件夹不可写）。请换到可写的位置，或更改权限。",
    en="{path} is read-only (the file or its folder cannot be written). "
    "Move it to where you may write, or change the permissions.",
)
def read_only(path: str) -> None: ...


@sentence(
    zh="不能读取 {path}：没有权限。请更改权限，或换一个用户。",
    en="{path} cannot be read: permission denied. Change the permissions, or the user.",
)
def not_permitted(path: str) -> None: ...


# --- while working


@sentence(
    zh="磁盘已满，{path} 没有写入，一切保持原样。请腾出空间再试。",
    en="The disk is full; {path} was not written, and everything is as it was. "
    "Free some space and try again.",
)
def disk_full(path: str) -> None: ...


@sentence(
    zh="{path} 被另一个程序（例如 QGIS）锁住了，没有写入。请在那边保存并结束编辑，再试一次。",
    en="{path} is locked by another program (QGIS, for example); nothing was written. "
    "Finish editing there and try again.",
)
def locked(path: str) -> None: ...


@sentence(
    zh="读写 {path} 时出错（{reason}）：磁盘或共享可能断开了。没有写入。请检查磁盘后重新打开。",
    en="Reading or writing {path} failed ({reason}): the disk or share may be gone. Nothing was "
    "written. Check the disk, then open the file again.",
)
def io_failed(path: str, reason: str) -> None: ...


@sentence(
    zh="{path} 已被移走、删除或替换，也可能是所在的磁盘断开了。没有写入。请检查后重新打开。",
    en="{path} was moved, deleted or replaced, or its disk is gone. Nothing was written. "
    "Look for it, then open it again.",
)
def moved_away(path: str) -> None: ...


@sentence(
    zh="{path} 已损坏（{reason}）。请从最近的备份恢复：gridmap restore。",
    en="{path} is damaged ({reason}). Restore the latest backup: gridmap restore.",
)
def damaged(path: str, reason: str) -> None: ...


@sentence(
    zh="数据不合规则，没有写入：{reason}。",
    en="The data breaks a rule of the workspace and was not written: {reason}.",
)
def rule_broken(reason: str) -> None: ...


# --- history


@sentence(zh="没有可以撤销的操作。", en="There is nothing to undo.")
def nothing_to_undo() -> None: ...


@sentence(zh="没有可以重做的操作。", en="There is nothing to redo.")
def nothing_to_redo() -> None: ...


@sentence(
    zh="不能撤销或重做“{intention}”：表 {table} 的记录 {id} 后来又改过。请先撤销后来的修改。",
    en="“{intention}” cannot be undone or redone: row {id} of table {table} has changed since. "
    "Undo the later change first.",
)
def changed_since(intention: Wording, table: str, id: str) -> None: ...


@sentence(zh="撤销：{intention}", en="Undo: {intention}")
def undone(intention: Wording) -> None: ...


@sentence(zh="重做：{intention}", en="Redo: {intention}")
def redone(intention: Wording) -> None: ...


@sentence(zh="新建工作库 {name}", en="Make workspace {name}")
def made(name: str) -> None: ...


@sentence(
    zh="表 {table} 中没有、也从未有过记录 {id}。请检查编号；表名可用 gridmap info 查看。",
    en="Table {table} has no row {id} and never had. Check the id; gridmap info lists the tables.",
)
def no_such_row(table: str, id: str) -> None: ...


@sentence(
    zh="没有名为 {table} 的表。可用的表：{known}。",
    en="There is no table {table}. Tables: {known}.",
)
def no_such_table(table: str, known: str) -> None: ...


@sentence(
    zh="工作库在 {beginning} 建立，{moment} 时还什么都没有。请选择更晚的日期。",
    en="The workspace was made at {beginning}; at {moment} there was nothing yet. "
    "Choose a later day.",
)
def before_beginning(moment: str, beginning: str) -> None: ...


# --- progress


@sentence(zh="写入 {table}", en="Writing {table}")
def writing(table: str) -> None: ...


@sentence(zh="建立空间索引", en="Building the spatial index")
def indexing() -> None: ...


@sentence(zh="记入日志", en="Writing the journal")
def journaling() -> None: ...


@sentence(zh="备份", en="Backing up")
def backing_up() -> None: ...


@sentence(zh="核对备份", en="Comparing the backup")
def comparing_backup() -> None: ...


# --- backup


@sentence(
    zh="备份 {path} 与工作库不一致（{reason}），已丢弃。请检查磁盘后再备份。",
    en="The backup {path} differs from the workspace ({reason}) and was thrown away. "
    "Check the disk, then back up again.",
)
def backup_differs(path: str, reason: str) -> None: ...


@sentence(
    zh="没有备份 {path}。现有的备份：{known}。",
    en="There is no backup {path}. Backups at hand: {known}.",
)
def no_such_backup(path: str, known: str) -> None: ...


@sentence(zh="（无）", en="(none)")
def none_at_hand() -> None: ...


@sentence(
    zh="备份 {path} 已损坏，没有恢复它。请选择另一个备份。",
    en="The backup {path} is damaged and was not restored. Choose another one.",
)
def backup_damaged(path: str) -> None: ...


@sentence(
    zh="文件 {path} 读不了。请检查它是否还在、是否被其他程序占用。",
    en="The file {path} cannot be read. Check that it is there and not held by another program.",
)
def file_unreadable(path: str) -> None: ...
