"""What exchange/ says to people."""

from gridmap.base.messages import Text, Wording, sentence

# --- the file itself ---------------------------------------------------------------------------


@sentence(zh="找不到文件 {file}。请检查路径。", en="There is no file {file}. Check the path.")
def file_not_there(file: str) -> None: ...


@sentence(
    zh="{file} 是文件夹。请选择其中的文件。", en="{file} is a folder. Choose a file inside it."
)
def is_folder(file: str) -> None: ...


@sentence(
    zh="读取时文件 {file} 不见了（网络盘断开或移动盘拔出？）。没有导入任何内容，请重新连接后再试。",
    en="The file {file} vanished while it was read (a share or a stick that went away?). Nothing "
    "was imported; connect it again and repeat.",
)
def file_vanished(file: str) -> None: ...


@sentence(
    zh="没有权限读取 {file}。请复制到自己的文件夹后再试。",
    en="{file} may not be read. Copy it into a folder of your own and try again.",
)
def reading_denied(file: str) -> None: ...


@sentence(
    zh="无法读取 {file}：{reason}。请把文件复制到本机后再试。",
    en="{file} cannot be read: {reason}. Copy it to this computer and try again.",
)
def reading_failed(file: str, reason: str) -> None: ...


@sentence(
    zh="{file} 是空文件。请向提供者重新索取。",
    en="{file} is empty. Ask for it again from whoever sent it.",
)
def file_empty(file: str) -> None: ...


@sentence(
    zh="{file} 已损坏或不完整，没有导入任何内容。请重新复制或重新导出。",
    en="{file} is damaged or not whole; nothing was imported. Copy or export it again.",
)
def file_damaged(file: str) -> None: ...


@sentence(
    zh="{file} 不完整：应有 {declared} 字节，实有 {size} 字节。没有导入任何内容，请重新复制。",
    en="{file} is truncated: {size} of {declared} bytes are there. Nothing was imported; copy it "
    "again.",
)
def file_truncated(file: str, size: int, declared: int) -> None: ...


@sentence(
    zh="{file} 太大，内存装不下。请分成几份再导入。",
    en="{file} is too large for this computer's memory. Split it and import the parts.",
)
def too_large(file: str) -> None: ...


@sentence(
    zh="不认识 {file} 的格式。可以导入 shapefile、GeoPackage、GeoJSON、CSV、XLSX 和它们的 zip。",
    en="The format of {file} is not known here. Shapefile, GeoPackage, GeoJSON, CSV, XLSX and "
    "zips of them can be imported.",
)
def unknown_format(file: str) -> None: ...


@sentence(
    zh="{file} 是旧版 Office 文件。请用 Excel 或 WPS 另存为 .xlsx 后再导入。",
    en="{file} is a file of old Office. Save it as .xlsx in Excel or WPS and import that.",
)
def old_excel(file: str) -> None: ...


@sentence(
    zh="{file} 是数据库，但不是 GeoPackage。工作库请用“打开”，其他数据请先导出为 GeoPackage。",
    en="{file} is a database but no GeoPackage. Open a workspace with “open”; export anything "
    "else to a GeoPackage first.",
)
def other_database(file: str) -> None: ...


@sentence(
    zh="{file} 不是 GeoJSON。请检查文件内容。", en="{file} is no GeoJSON. Check what it holds."
)
def not_geojson(file: str) -> None: ...


@sentence(
    zh="压缩包 {file} 已损坏或不完整。请重新复制或重新下载。",
    en="The zip {file} is damaged or not whole. Copy or download it again.",
)
def zip_damaged(file: str) -> None: ...


@sentence(
    zh="{file} 有密码。请先解压，再导入里面的文件。",
    en="{file} is locked with a password. Unpack it and import the files inside.",
)
def zip_locked(file: str) -> None: ...


@sentence(
    zh="压缩包 {file} 里没有可以导入的文件。",
    en="The zip {file} holds no file that can be imported.",
)
def zip_without_layers(file: str) -> None: ...


@sentence(
    zh="{file} 解压后有 {size_mb} MB，大得不正常，已拒绝。确实需要时，请先解压或另存为 CSV。",
    en="{file} would unpack to {size_mb} MB, which is absurd, so it is refused. If it is really "
    "meant, unpack it or save it as CSV first.",
)
def zip_bomb(file: str, size_mb: int) -> None: ...


# --- layers and rows ---------------------------------------------------------------------------


@sentence(
    zh="{file} 里没有任何记录。请检查是否导出了正确的图层或工作表。",
    en="{file} holds no rows. Check that the right layer or sheet was exported.",
)
def layer_empty(file: str) -> None: ...


@sentence(
    zh="{file} 有多个图层：{known}。请用 --source-layer 选择一个。",
    en="{file} holds several layers: {known}. Choose one with --source-layer.",
)
def layer_needed(file: str, known: str) -> None: ...


@sentence(
    zh="{file} 里没有图层“{layer}”。现有：{known}。",
    en="{file} has no layer “{layer}”. There are: {known}.",
)
def no_such_layer(file: str, layer: str, known: str) -> None: ...


@sentence(
    zh="{file} 只读出 {read} 行，应有 {expected} 行：文件已损坏。没有导入任何内容，请重新导出。",
    en="Only {read} of {expected} rows of {file} could be read: it is damaged. Nothing was "
    "imported; export it again.",
)
def rows_lost(file: str, read: int, expected: int) -> None: ...


@sentence(
    zh="{file} 里找不到表头。第一行请写列名。",
    en="{file} has no row of headings. Write the names of the columns into the first row.",
)
def no_header(file: str) -> None: ...


@sentence(
    zh="表头在第 {row} 行，之前的行未读。",
    en="The headings stand in row {row}; the rows before it were not read.",
)
def header_found(row: int) -> None: ...


@sentence(
    zh="{file} 第 {row} 行附近不是有效的 CSV（可能有未闭合的引号）。请检查该行。",
    en="{file} is no valid CSV near row {row} (a quote that is not closed?). Check that row.",
)
def csv_damaged(file: str, row: int) -> None: ...


@sentence(
    zh="最后一行（第 {row} 行）列数不够，文件可能不完整。请核对。",
    en="The last row ({row}) is short of columns; the file may be truncated. Check it.",
)
def last_row_short(row: int) -> None: ...


@sentence(
    zh="{file} 在一个汉字中间断了：文件不完整。请重新复制。",
    en="{file} ends in the middle of a character: it is truncated. Copy it again.",
)
def text_truncated(file: str) -> None: ...


@sentence(
    zh="“{column}”列是二进制内容，未读。",
    en="Column “{column}” holds binary values and was not read.",
)
def column_dropped(column: str) -> None: ...


# --- shapefiles --------------------------------------------------------------------------------


@sentence(
    zh="{file} 不是有效的 shapefile。请重新导出。",
    en="{file} is no valid shapefile. Export it again.",
)
def shp_damaged(file: str) -> None: ...


@sentence(
    zh="{file} 不完整。请重新复制，或删除它：没有 .shx 也能导入。",
    en="{file} is not whole. Copy it again, or remove it: without a .shx the import works too.",
)
def shx_truncated(file: str) -> None: ...


@sentence(
    zh="{file} 缺少 .shx，已在内存中重建索引，原文件未改动。",
    en="{file} has no .shx; its index was rebuilt for reading, nothing beside it was changed.",
)
def shx_missing(file: str) -> None: ...


@sentence(
    zh="{file} 缺少 .dbf：只有图形，没有属性。有属性的话，请连同 .dbf 一起复制后重新导入。",
    en="{file} has no .dbf: shapes come in without attributes. If there are any, copy the .dbf "
    "too and import again.",
)
def dbf_missing(file: str) -> None: ...


@sentence(
    zh="{file} 已损坏，读不出属性。请重新复制，或移走它只导入图形。",
    en="{file} is damaged; no attributes can be read. Copy it again, or move it away to import "
    "the shapes alone.",
)
def dbf_damaged(file: str) -> None: ...


@sentence(
    zh="{file} 不完整：应有 {rows} 行，实有 {whole} 行。没有导入任何内容，请重新复制。",
    en="{file} is truncated: {whole} of {rows} rows are there. Nothing was imported; copy it "
    "again.",
)
def dbf_truncated(file: str, rows: int, whole: int) -> None: ...


@sentence(
    zh="{file} 有 {shapes} 个图形，.dbf 却有 {rows} 行：属性会对错图形。请重新导出。",
    en="{file} has {shapes} shapes but its .dbf {rows} rows: attributes would go to wrong shapes. "
    "Export it again.",
)
def dbf_does_not_fit(file: str, shapes: int, rows: int) -> None: ...


@sentence(
    zh="{file} 是三维面片（MultiPatch），不能导入。请导出为普通的面图层。",
    en="{file} holds three-dimensional patches, which cannot be imported. Export plain polygons.",
)
def multipatch(file: str) -> None: ...


# --- encoding ----------------------------------------------------------------------------------


@sentence(
    zh="不认识的编码：{name}。常用的是 GB18030 和 UTF-8。",
    en="Unknown encoding: {name}. The usual ones are GB18030 and UTF-8.",
)
def unknown_encoding(name: str) -> None: ...


@sentence(
    zh="{file} 不能按 {given} 读取。请换一种编码，或不指定编码。",
    en="{file} cannot be read as {given}. Give another encoding, or none.",
)
def given_encoding_wrong(file: str, given: str) -> None: ...


@sentence(
    zh="{file} 不能按 {given} 读取，内容其实是 {found}。请改用 {found}，或不指定编码。",
    en="{file} cannot be read as {given}; it is really {found}. Give {found}, or none.",
)
def given_encoding_wrong_but(file: str, given: str, found: str) -> None: ...


@sentence(
    zh="看不出 {file} 的编码。请用 --encoding 指定，例如 GB18030 或 UTF-8。",
    en="The encoding of {file} cannot be told. Give it with --encoding, e.g. GB18030 or UTF-8.",
)
def no_encoding(file: str) -> None: ...


@sentence(
    zh="看不出 {file} 的编码，可能是 {guess}。请用 --encoding 指定。",
    en="The encoding of {file} cannot be told; it may be {guess}. Give it with --encoding.",
)
def no_encoding_but(file: str, guess: str) -> None: ...


@sentence(
    zh="文件没有写明编码，按内容识别为 {encoding}。",
    en="The file does not say its encoding; by its content it is {encoding}.",
)
def encoding_found(encoding: str) -> None: ...


@sentence(
    zh="文件自称编码是 {claim}，按内容识别为 {encoding}。",
    en="The file claims to be {claim}; by its content it is {encoding}.",
)
def encoding_claim_wrong(claim: str, encoding: str) -> None: ...


@sentence(zh="个别文字已损坏，显示为“�”。", en="A few texts are damaged and are shown with “�”.")
def some_text_damaged() -> None: ...


# --- places ------------------------------------------------------------------------------------


@sentence(
    zh="{file} 没有写明坐标系，坐标如 ({x:.2f}, {y:.2f})。请用 --crs 给出 EPSG 代码，例如 4548。",
    en="{file} does not say its coordinate system; coordinates are like ({x:.2f}, {y:.2f}). Give "
    "an EPSG code with --crs, e.g. 4548.",
)
def crs_missing(file: str, x: float, y: float) -> None: ...


@sentence(
    zh="{file} 没有写明坐标系，坐标如 ({x:.2f}, {y:.2f})，像是 3 度带第 {zone} 带。"
    "如果是 CGCS2000，请用 --crs {epsg}。",
    en="{file} does not say its coordinate system; coordinates like ({x:.2f}, {y:.2f}) look like "
    "3-degree zone {zone}. If they are CGCS2000, give --crs {epsg}.",
)
def crs_missing_zone(file: str, x: float, y: float, zone: int, epsg: int) -> None: ...


@sentence(
    zh="{file} 没有写明坐标系，坐标如 ({x:.2f}, {y:.2f})，像是北京地方坐标系，"
    "它没有公开的 EPSG 代码。请先转换为 CGCS2000，再用 --crs 给出代码。",
    en="{file} does not say its coordinate system; coordinates like ({x:.2f}, {y:.2f}) look like "
    "Beijing's local one, which has no EPSG code. Convert it to CGCS2000 and give that by --crs.",
)
def crs_missing_local(file: str, x: float, y: float) -> None: ...


@sentence(
    zh="{file} 的坐标如 ({x:.2f}, {y:.2f})，不可能是经纬度（{crs}）。请用 --crs 给出正确的代码。",
    en="Coordinates of {file} like ({x:.2f}, {y:.2f}) cannot be longitudes and latitudes of {crs}. "
    "Give the right code with --crs.",
)
def crs_does_not_fit(file: str, crs: str, x: float, y: float) -> None: ...


@sentence(
    zh="文件没有写明坐标系，坐标像经纬度，按 EPSG:{epsg} 读取。",
    en="The file does not say its coordinate system; coordinates look like longitudes and "
    "latitudes and are read as EPSG:{epsg}.",
)
def crs_assumed(epsg: int) -> None: ...


@sentence(
    zh="文件写的坐标系是 {found}，按您指定的 EPSG:{given} 读取。",
    en="The file says {found}; it is read as EPSG:{given}, as you said.",
)
def crs_overridden(given: int, found: str) -> None: ...


@sentence(
    zh="名称里提到 {system}：如果坐标真是 {system}，位置会偏几百米。坐标没有转换。",
    en="A name mentions {system}: if the coordinates really are {system}, places will be some "
    "hundred metres off. They were not converted.",
)
def offset_suspected(system: str) -> None: ...


@sentence(zh="坐标取自“{x}”和“{y}”列。", en="Coordinates are from columns “{x}” and “{y}”.")
def coordinates_from(x: str, y: str) -> None: ...


@sentence(
    zh="“{x}”列是北坐标，“{y}”列是东坐标（测量习惯），已按此读取。",
    en="Column “{x}” is north and “{y}” is east (as surveyors write), and was read so.",
)
def north_first(x: str, y: str) -> None: ...


@sentence(zh="图形取自“{column}”列（WKT）。", en="Shapes are from column “{column}” (WKT).")
def geometry_from(column: str) -> None: ...


@sentence(
    zh="坐标“{x}”“{y}”读不出来。请改正这一行。",
    en="Coordinates “{x}”, “{y}” cannot be read. Correct this row.",
)
def coordinates_unreadable(x: str, y: str) -> None: ...


@sentence(zh="图形读不出来。请检查这一行。", en="The shape cannot be read. Check this row.")
def geometry_unreadable() -> None: ...


@sentence(zh="高程（Z）和量度（M）未导入。", en="Heights (Z) and measures (M) were left out.")
def heights_dropped() -> None: ...


# --- rows that are refused ---------------------------------------------------------------------


@sentence(
    zh="坐标里有无效数字（NaN 或无穷大）。请改正这一行。",
    en="Coordinates hold no number (NaN or infinity). Correct this row.",
)
def not_finite() -> None: ...


@sentence(zh="图形是空的。", en="The shape is empty.")
def shape_empty() -> None: ...


@sentence(
    zh="图形是{found}，而“{table}”要{wanted}。",
    en="The shape is {found}, but “{table}” takes {wanted}.",
)
def wrong_dimension(table: str, found: Text | Wording, wanted: Text | Wording) -> None: ...


@sentence(zh="点", en="points")
def points() -> None: ...


@sentence(zh="线", en="lines")
def lines() -> None: ...


@sentence(zh="面", en="areas")
def areas() -> None: ...


@sentence(zh="混合图形", en="a mixture")
def mixture() -> None: ...


@sentence(
    zh="图形小于 1 毫米，或修复后什么也不剩。",
    en="The shape is smaller than 1 mm, or nothing is left of it when mended.",
)
def shape_collapsed() -> None: ...


@sentence(
    zh="位置在工作库坐标系 EPSG:{epsg} 的范围之外。请检查坐标，或源文件的坐标系（--crs）。",
    en="It lies outside the area of the workspace's EPSG:{epsg}. Check the coordinates, or the "
    "file's coordinate system (--crs).",
)
def outside_area(epsg: int) -> None: ...


@sentence(
    zh="坐标系“{crs}”不能转换到工作库的 EPSG:{epsg}。请用 --crs 给出源文件正确的 EPSG 代码。",
    en="Coordinates of “{crs}” cannot be brought to the workspace's EPSG:{epsg}. Give the file's "
    "right EPSG code with --crs.",
)
def crs_without_way(crs: str, epsg: int) -> None: ...


@sentence(
    zh="缺少必填的“{field}”。请补上，或用 --field 指定列。",
    en="“{field}” is missing, which is required. Fill it in, or name its column with --field.",
)
def required_missing(field: Text | Wording) -> None: ...


# --- mapping -----------------------------------------------------------------------------------


@sentence(
    zh="“{table}”没有字段 {field}。现有：{known}。",
    en="“{table}” has no field {field}. There are: {known}.",
)
def no_such_field(table: str, field: str, known: str) -> None: ...


@sentence(
    zh="{file} 没有列“{column}”。现有：{known}。",
    en="{file} has no column “{column}”. There are: {known}.",
)
def no_such_column(file: str, column: str, known: str) -> None: ...


@sentence(
    zh="{file} 没有图形，也没有坐标列（如 经度/纬度、lon/lat、x/y、wkt），不能导入“{table}”。",
    en="{file} has no shapes and no columns of coordinates (such as lon/lat, x/y, wkt), which "
    "“{table}” needs.",
)
def no_geometry(file: str, table: Text | Wording) -> None: ...


@sentence(
    zh="“{table}”没有图形，文件里的图形未导入。",
    en="“{table}” has no shapes; those of the file were left out.",
)
def geometry_left_out(table: Text | Wording) -> None: ...


@sentence(
    zh="{n} 行没有图形，只导入了属性。",
    en="{n} {n:plural row has|rows have} no shape; only attributes came in.",
)
def rows_without_geometry(n: int) -> None: ...


@sentence(
    zh="{n} 个多部分图形拆成单个，共 {parts} 行，属性各抄一份（合计户数等会重复计算）。",
    en="{n} multi-part {n:plural shape was|shapes were} cut into {parts} rows of one part each; "
    "attributes were copied, so sums count them repeatedly.",
)
def exploded(n: int, parts: int) -> None: ...


@sentence(
    zh="“{field}”有 {n} 个值不能作为{kind}（如第 {row} 行的“{example}”），留空，原值另存。",
    en="{n} {n:plural value|values} of “{field}” cannot be {kind} (row {row}: “{example}”); left "
    "empty, the original kept aside.",
)
def values_lost(field: Text | Wording, n: int, kind: Text, row: int, example: str) -> None: ...


@sentence(
    zh="“{field}”有 {n} 个编码丢失了末尾数字（如第 {row} 行的“{example}”，Excel 科学计数），留空。"
    "请在源表里把该列设为文本并重新填写。",
    en="{n} {n:plural code|codes} of “{field}” lost digits (row {row}: “{example}”, by Excel's "
    "scientific notation); left empty. Make the column text in the source and enter them again.",
)
def digits_lost(field: Text | Wording, n: int, row: int, example: str) -> None: ...


@sentence(
    zh="“{field}”有 {n} 个日期没有日或月，按 1 日（1 月）记。",
    en="{n} {n:plural date|dates} of “{field}” had no day or month; the first one was taken.",
)
def dates_completed(field: Text | Wording, n: int) -> None: ...


@sentence(zh="整数", en="a whole number")
def whole_number() -> None: ...


@sentence(zh="数字", en="a number")
def number() -> None: ...


@sentence(zh="是/否", en="yes or no")
def yes_or_no() -> None: ...


@sentence(zh="日期", en="a date")
def date() -> None: ...


@sentence(zh="时间", en="a time")
def moment() -> None: ...


@sentence(zh="可选值之一", en="one of the choices")
def choice() -> None: ...


@sentence(zh="其他表的记录", en="a row of another table")
def reference() -> None: ...


@sentence(zh="编码", en="a code")
def code() -> None: ...


# --- writing -----------------------------------------------------------------------------------


@sentence(
    zh="不能写成“{suffix}”。请用 .gpkg（GeoPackage）或 .geojson。",
    en="“{suffix}” cannot be written. Use .gpkg (GeoPackage) or .geojson.",
)
def unknown_target(suffix: str) -> None: ...


@sentence(
    zh="文件夹 {folder} 不存在，或网络盘已断开。请检查后重试。",
    en="The folder {folder} is not there, or its share went away. Check it and try again.",
)
def folder_missing(folder: str) -> None: ...


@sentence(
    zh="没有权限写入文件夹 {folder}。请换一个文件夹。",
    en="The folder {folder} may not be written to. Choose another.",
)
def writing_denied(folder: str) -> None: ...


@sentence(
    zh="文件夹 {folder} 所在的磁盘已满，没有写出文件。请腾出空间或换一个文件夹。",
    en="The disk of folder {folder} is full; no file was written. Free some space or choose "
    "another folder.",
)
def disk_full(folder: str) -> None: ...


@sentence(
    zh="无法写出 {file}：{reason}。请换一个文件夹再试。",
    en="{file} cannot be written: {reason}. Try another folder.",
)
def writing_failed(file: str, reason: str) -> None: ...


@sentence(zh="读取 {file}", en="Reading {file}")
def reading(file: str) -> None: ...


@sentence(zh="检查并修复图形", en="Checking and mending shapes")
def checking() -> None: ...


@sentence(zh="整理属性", en="Sorting attributes")
def sorting() -> None: ...


@sentence(zh="写出 {file}", en="Writing {file}")
def writing(file: str) -> None: ...


@sentence(
    zh="不能识别的表格文件 {path}：请写成 .csv 或 .xlsx。",
    en="Unknown kind of table {path}: it is written as .csv or .xlsx.",
)
def unknown_table_kind(path: str) -> None: ...


@sentence(
    zh="表格 {path} 写不了：{reason}。请检查文件夹是否可写，文件是否被其他程序打开。",
    en="The table {path} cannot be written: {reason}. Check that the folder is writable and that "
    "no other program has the file open.",
)
def table_not_written(path: str, reason: str) -> None: ...
