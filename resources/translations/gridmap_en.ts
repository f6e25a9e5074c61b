<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>BusyBox</name>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停止当前任务（Ctrl+.）</source>
        <translation>Stop the current work (Ctrl+.)</translation>
    </message>
    <message>
        <source>正在停止…</source>
        <translation>stopping…</translation>
    </message>
</context>
<context>
    <name>CareHandlers</name>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>已备份：{path}</source>
        <translation>Backed up: {path}</translation>
    </message>
    <message>
        <source>恢复备份</source>
        <translation>Restore a backup</translation>
    </message>
    <message>
        <source>已恢复。恢复前的样子也存成了备份。</source>
        <translation>Restored. What was there before was kept as a backup.</translation>
    </message>
    <message>
        <source>检查工作库</source>
        <translation>Check the workspace</translation>
    </message>
    <message>
        <source>修复工作库？</source>
        <translation>Mend the workspace?</translation>
    </message>
    <message>
        <source>修复(&amp;X)</source>
        <translation>Mend (&amp;X)</translation>
    </message>
    <message>
        <source>先自动备份，再重建索引和日志触发器。您的数据不会改变。</source>
        <translation>It is backed up first; then indexes and the triggers of the journal are made anew. Your data do not change.</translation>
    </message>
    <message>
        <source>修复工作库</source>
        <translation>Mend the workspace</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Subdistrict</translation>
    </message>
    <message>
        <source>坐标系</source>
        <translation>Coordinate system</translation>
    </message>
    <message>
        <source>只读</source>
        <translation>Read only</translation>
    </message>
    <message>
        <source>工作库信息</source>
        <translation>About the workspace</translation>
    </message>
    <message>
        <source>有些组件有问题，请按下面的说明处理：</source>
        <translation>Something is wrong; here is what to do:</translation>
    </message>
    <message>
        <source>这台电脑具备所需的全部组件。</source>
        <translation>This computer has all that is needed.</translation>
    </message>
    <message>
        <source>体检</source>
        <translation>Check-up</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>文件(&amp;F)</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>编辑(&amp;E)</source>
        <translation>&amp;Edit</translation>
    </message>
    <message>
        <source>视图(&amp;V)</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <source>地图(&amp;M)</source>
        <translation>&amp;Map</translation>
    </message>
    <message>
        <source>数据(&amp;D)</source>
        <translation>&amp;Data</translation>
    </message>
    <message>
        <source>帮助(&amp;H)</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <source>打开…(&amp;O)</source>
        <translation>&amp;Open…</translation>
    </message>
    <message>
        <source>打开一个工作库</source>
        <translation>Open a workspace</translation>
    </message>
    <message>
        <source>新建…(&amp;N)</source>
        <translation>&amp;New…</translation>
    </message>
    <message>
        <source>为一个街道新建工作库</source>
        <translation>Make a workspace for a subdistrict</translation>
    </message>
    <message>
        <source>打开示例…(&amp;S)</source>
        <translation>Open a &amp;sample…</translation>
    </message>
    <message>
        <source>用虚构的街道试用各项功能</source>
        <translation>Try everything with an imaginary subdistrict</translation>
    </message>
    <message>
        <source>导入…(&amp;I)</source>
        <translation>&amp;Import…</translation>
    </message>
    <message>
        <source>把文件里的数据导入一个图层</source>
        <translation>Bring the rows of a file into a layer</translation>
    </message>
    <message>
        <source>导出图层…(&amp;E)</source>
        <translation>&amp;Export a layer…</translation>
    </message>
    <message>
        <source>把一个图层写成 GeoPackage 或 GeoJSON 文件</source>
        <translation>Write a layer to a GeoPackage or GeoJSON file</translation>
    </message>
    <message>
        <source>输出地图…(&amp;P)</source>
        <translation>Write the &amp;map…</translation>
    </message>
    <message>
        <source>把地图画成 PNG 图片或 PDF</source>
        <translation>Draw the map as a PNG picture or a PDF</translation>
    </message>
    <message>
        <source>关闭工作库(&amp;C)</source>
        <translation>&amp;Close the workspace</translation>
    </message>
    <message>
        <source>退出(&amp;Q)</source>
        <translation>&amp;Quit</translation>
    </message>
    <message>
        <source>撤销(&amp;U)</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>重做(&amp;R)</source>
        <translation>&amp;Redo</translation>
    </message>
    <message>
        <source>复制所选行(&amp;C)</source>
        <translation>&amp;Copy the selected rows</translation>
    </message>
    <message>
        <source>把表格里选中的行复制到剪贴板</source>
        <translation>Copy the rows that are selected in the table</translation>
    </message>
    <message>
        <source>框选(&amp;B)</source>
        <translation>Select by &amp;box</translation>
    </message>
    <message>
        <source>在地图上拖出一个框，选中框内的要素</source>
        <translation>Drag a box on the map to select what lies in it</translation>
    </message>
    <message>
        <source>取消选择(&amp;D)</source>
        <translation>&amp;Deselect</translation>
    </message>
    <message>
        <source>搜索(&amp;F)</source>
        <translation>&amp;Find</translation>
    </message>
    <message>
        <source>按中文、拼音、首字母或编码搜索</source>
        <translation>Search by Chinese, pinyin, initials or code</translation>
    </message>
    <message>
        <source>设置…(&amp;S)</source>
        <translation>&amp;Settings…</translation>
    </message>
    <message>
        <source>全图(&amp;W)</source>
        <translation>&amp;Whole map</translation>
    </message>
    <message>
        <source>显示全部范围</source>
        <translation>Show everything</translation>
    </message>
    <message>
        <source>放大(&amp;I)</source>
        <translation>Zoom &amp;in</translation>
    </message>
    <message>
        <source>缩小(&amp;O)</source>
        <translation>Zoom &amp;out</translation>
    </message>
    <message>
        <source>缩放到所选(&amp;S)</source>
        <translation>Zoom to the &amp;selection</translation>
    </message>
    <message>
        <source>底图…(&amp;B)</source>
        <translation>&amp;Base map…</translation>
    </message>
    <message>
        <source>用 MBTiles 文件作底图</source>
        <translation>Use an MBTiles file as base map</translation>
    </message>
    <message>
        <source>去掉底图(&amp;N)</source>
        <translation>&amp;No base map</translation>
    </message>
    <message>
        <source>图层(&amp;L)</source>
        <translation>&amp;Layers</translation>
    </message>
    <message>
        <source>详情(&amp;D)</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>属性表(&amp;T)</source>
        <translation>&amp;Table</translation>
    </message>
    <message>
        <source>操作记录(&amp;H)</source>
        <translation>&amp;History</translation>
    </message>
    <message>
        <source>检查结果(&amp;P)</source>
        <translation>&amp;Problems</translation>
    </message>
    <message>
        <source>下一个窗格(&amp;F)</source>
        <translation>Ne&amp;xt pane</translation>
    </message>
    <message>
        <source>上一个窗格(&amp;E)</source>
        <translation>Pr&amp;evious pane</translation>
    </message>
    <message>
        <source>全屏(&amp;U)</source>
        <translation>F&amp;ull screen</translation>
    </message>
    <message>
        <source>立即备份(&amp;B)</source>
        <translation>&amp;Back up now</translation>
    </message>
    <message>
        <source>恢复备份…(&amp;R)</source>
        <translation>&amp;Restore a backup…</translation>
    </message>
    <message>
        <source>检查工作库(&amp;C)</source>
        <translation>&amp;Check the workspace</translation>
    </message>
    <message>
        <source>检查文件、关联和网格是否完好</source>
        <translation>Check that the file, its references and its cells are sound</translation>
    </message>
    <message>
        <source>修复工作库…(&amp;X)</source>
        <translation>Mend the workspace… (&amp;X)</translation>
    </message>
    <message>
        <source>重建索引和日志触发器</source>
        <translation>Make indexes and the triggers of the journal anew</translation>
    </message>
    <message>
        <source>工作库信息…(&amp;I)</source>
        <translation>&amp;About the workspace…</translation>
    </message>
    <message>
        <source>停止当前任务(&amp;S)</source>
        <translation>&amp;Stop the current work</translation>
    </message>
    <message>
        <source>键盘操作…(&amp;K)</source>
        <translation>&amp;Keys…</translation>
    </message>
    <message>
        <source>体检…(&amp;D)</source>
        <translation>Check-up of this &amp;computer…</translation>
    </message>
    <message>
        <source>检查这台电脑是否具备所需的组件</source>
        <translation>Check that this computer has all that is needed</translation>
    </message>
    <message>
        <source>打开日志(&amp;L)</source>
        <translation>Open the &amp;log</translation>
    </message>
    <message>
        <source>English(&amp;G)</source>
        <translation>中文 (&amp;G)</translation>
    </message>
    <message>
        <source>把界面换成英文</source>
        <translation>Show the windows in Chinese</translation>
    </message>
    <message>
        <source>关于(&amp;A)</source>
        <translation>&amp;About</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>打开工作库</source>
        <translation>Open a workspace</translation>
    </message>
    <message>
        <source>还有任务没有完成。要停止它并继续吗？</source>
        <translation>Something is still going on. Stop it and go on?</translation>
    </message>
    <message>
        <source>停止并继续(&amp;S)</source>
        <translation>&amp;Stop and go on</translation>
    </message>
    <message>
        <source>停止后，工作库保持任务开始前的样子。</source>
        <translation>The workspace then stays as it was before.</translation>
    </message>
    <message>
        <source>自动备份</source>
        <translation>Automatic backup</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>面积</source>
        <translation>Area</translation>
    </message>
    <message>
        <source>长度</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>公顷</source>
        <translation>ha</translation>
    </message>
    <message>
        <source>位置和形状</source>
        <translation>Place and shape</translation>
    </message>
    <message>
        <source>（图形）</source>
        <translation>(shape)</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>此处的其他要素</source>
        <translation>What else is here</translation>
    </message>
    <message>
        <source>在地图上点一个要素，
或从搜索、属性表中选一行。</source>
        <translation>Click something on the map,
or choose a row by search or in the table.</translation>
    </message>
    <message>
        <source>属性</source>
        <translation>Values</translation>
    </message>
    <message>
        <source>历史</source>
        <translation>History</translation>
    </message>
    <message>
        <source>{title}：{before} → {after}</source>
        <translation>{title}: {before} → {after}</translation>
    </message>
    <message>
        <source>点击查看：{name}</source>
        <translation>Click to see {name}</translation>
    </message>
</context>
<context>
    <name>EditHandlers</name>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>已撤销：{what}</source>
        <translation>Undone: {what}</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>已重做：{what}</source>
        <translation>Redone: {what}</translation>
    </message>
    <message>
        <source>撤销(&amp;U)</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>撤销“{what}”(&amp;U)</source>
        <translation>&amp;Undo “{what}”</translation>
    </message>
    <message>
        <source>重做(&amp;R)</source>
        <translation>&amp;Redo</translation>
    </message>
    <message>
        <source>重做“{what}”(&amp;R)</source>
        <translation>&amp;Redo “{what}”</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>导出图层</source>
        <translation>Export a layer</translation>
    </message>
    <message>
        <source>GeoPackage 适合交给其他地图软件，GeoJSON 适合网页。</source>
        <translation>GeoPackage suits other map programs, GeoJSON suits web pages.</translation>
    </message>
    <message>
        <source>导出(&amp;E)</source>
        <translation>&amp;Export</translation>
    </message>
    <message>
        <source>默认：GeoPackage 用工作库的坐标系 {own}</source>
        <translation>Usual: GeoPackage in the workspace’s own {own}</translation>
    </message>
    <message>
        <source>CGCS2000 经纬度（EPSG:4490）</source>
        <translation>CGCS2000 degrees (EPSG:4490)</translation>
    </message>
    <message>
        <source>WGS 84 经纬度（EPSG:4326）</source>
        <translation>WGS 84 degrees (EPSG:4326)</translation>
    </message>
    <message>
        <source>图层(&amp;L)</source>
        <translation>&amp;Layers</translation>
    </message>
    <message>
        <source>格式(&amp;T)</source>
        <translation>Forma&amp;t</translation>
    </message>
    <message>
        <source>坐标系(&amp;Z)</source>
        <translation>Coordinate s&amp;ystem</translation>
    </message>
    <message>
        <source>保存为(&amp;F)</source>
        <translation>Save &amp;as</translation>
    </message>
    <message>
        <source>请选择一个存在的文件夹来保存文件。</source>
        <translation>Choose a folder that exists for the file.</translation>
    </message>
</context>
<context>
    <name>FileHandlers</name>
    <message>
        <source>工作库 (*.gridmap);;所有文件 (*)</source>
        <translation>Workspaces (*.gridmap);;All files (*)</translation>
    </message>
    <message>
        <source>打开工作库</source>
        <translation>Open a workspace</translation>
    </message>
    <message>
        <source>关闭工作库</source>
        <translation>Closing the workspace</translation>
    </message>
    <message>
        <source>制作示例</source>
        <translation>Making the sample</translation>
    </message>
    <message>
        <source>新建工作库</source>
        <translation>New workspace</translation>
    </message>
    <message>
        <source>恢复备份</source>
        <translation>Restore a backup</translation>
    </message>
    <message>
        <source>选择备份(&amp;B)…</source>
        <translation>Choose a &amp;backup…</translation>
    </message>
    <message>
        <source>旁边有 {count} 个备份，可以从中恢复。</source>
        <translation>Backups beside it, from which it can be restored: {count}.</translation>
    </message>
    <message>
        <source>可导入的文件 (*.shp *.gpkg *.geojson *.json *.csv *.xlsx *.zip);;所有文件 (*)</source>
        <translation>Files that can be imported (*.shp *.gpkg *.geojson *.json *.csv *.xlsx *.zip);;All files (*)</translation>
    </message>
    <message>
        <source>选择要导入的文件</source>
        <translation>Choose a file to import</translation>
    </message>
    <message>
        <source>读取文件</source>
        <translation>Reading the file</translation>
    </message>
    <message>
        <source>导入完成：{rows:,} 行。</source>
        <translation>Imported rows: {rows:,}.</translation>
    </message>
    <message>
        <source>有 {count:,} 行没有导入。</source>
        <translation> Rows left out: {count:,}.</translation>
    </message>
    <message>
        <source>如果不对，可以按 Ctrl+Z 撤销。</source>
        <translation> If that is wrong, undo it by Ctrl+Z.</translation>
    </message>
    <message>
        <source>导入 {name}</source>
        <translation>Import {name}</translation>
    </message>
    <message>
        <source>第 {row} 行</source>
        <translation>Row {row}</translation>
    </message>
    <message>
        <source>…还有 {count:,} 行</source>
        <translation>… more rows: {count:,}</translation>
    </message>
    <message>
        <source>没有导入的行</source>
        <translation>Rows that did not come in</translation>
    </message>
    <message>
        <source>已导出：{path}</source>
        <translation>Exported: {path}</translation>
    </message>
    <message>
        <source>导出图层</source>
        <translation>Export a layer</translation>
    </message>
    <message>
        <source>地图已输出：{path}</source>
        <translation>The map was written: {path}</translation>
    </message>
    <message>
        <source>输出地图</source>
        <translation>Write the map</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>操作记录</source>
        <translation>History</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>操作</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>操作人</source>
        <translation>By</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>外部程序</source>
        <translation>Other program</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>导入 {name}</source>
        <translation>Import {name}</translation>
    </message>
    <message>
        <source>正在读取文件…</source>
        <translation>Reading the file…</translation>
    </message>
    <message>
        <source>{name}（{rows:,} 行）</source>
        <translation>{name} ({rows:,} rows)</translation>
    </message>
    <message>
        <source>导入 {rows:,} 行(&amp;I)</source>
        <translation>&amp;Import {rows:,} rows</translation>
    </message>
    <message>
        <source>自动识别</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>导入到(&amp;T)</source>
        <translation>&amp;To</translation>
    </message>
    <message>
        <source>文件中的图层(&amp;L)</source>
        <translation>&amp;Layer of the file</translation>
    </message>
    <message>
        <source>文字编码(&amp;E)</source>
        <translation>&amp;Encoding</translation>
    </message>
    <message>
        <source>坐标系(&amp;Z)</source>
        <translation>Coordinate s&amp;ystem</translation>
    </message>
    <message>
        <source>前 5 行</source>
        <translation>First 5 rows</translation>
    </message>
    <message>
        <source>字段对应</source>
        <translation>Fields</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>前 5 行(&amp;1)</source>
        <translation>First 5 rows (&amp;1)</translation>
    </message>
    <message>
        <source>字段对应(&amp;2)</source>
        <translation>Fields (&amp;2)</translation>
    </message>
    <message>
        <source>说明(&amp;3)</source>
        <translation>Notes (&amp;3)</translation>
    </message>
    <message>
        <source>导入(&amp;I)</source>
        <translation>&amp;Import</translation>
    </message>
    <message>
        <source>可以导入 {rows:,} 行。</source>
        <translation>Rows that can be imported: {rows:,}.</translation>
    </message>
    <message>
        <source>有 {count:,} 行不能导入，原因见“说明”。</source>
        <translation>Rows that cannot be imported: {count:,}; see “Notes” for the reasons.</translation>
    </message>
    <message>
        <source>修复了 {count:,} 个图形。</source>
        <translation>Shapes mended: {count:,}.</translation>
    </message>
    <message>
        <source>现在还没有写入任何数据。</source>
        <translation>Nothing has been written yet.</translation>
    </message>
    <message>
        <source>自动识别：{what}</source>
        <translation>Automatic: {what}</translation>
    </message>
    <message>
        <source>文件自带</source>
        <translation>from the file</translation>
    </message>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>文件中的列</source>
        <translation>Column of the file</translation>
    </message>
    <message>
        <source>（不导入）</source>
        <translation>(left out)</translation>
    </message>
    <message>
        <source>第 {row} 行：{reason}</source>
        <translation>Row {row}: {reason}</translation>
    </message>
    <message>
        <source>…还有 {count:,} 行</source>
        <translation>… more rows: {count:,}</translation>
    </message>
    <message>
        <source>说明 {n}(&amp;3)</source>
        <translation>Notes {n} (&amp;3)</translation>
    </message>
    <message>
        <source>“{text}”不是坐标系。请填写 EPSG 编号，例如 EPSG:4490。</source>
        <translation>“{text}” is no CRS. Type an EPSG code, e.g. EPSG:4490.</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>这个图层要放大后才显示</source>
        <translation>This layer is shown when you zoom in</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>不透明度</source>
        <translation>Opacity</translation>
    </message>
    <message>
        <source>上移（Ctrl+↑）</source>
        <translation>Move up (Ctrl+↑)</translation>
    </message>
    <message>
        <source>下移（Ctrl+↓）</source>
        <translation>Move down (Ctrl+↓)</translation>
    </message>
    <message>
        <source>不透明度(&amp;A)</source>
        <translation>Op&amp;acity</translation>
    </message>
</context>
<context>
    <name>LookHandlers</name>
    <message>
        <source>MBTiles 底图 (*.mbtiles);;所有文件 (*)</source>
        <translation>MBTiles base maps (*.mbtiles);;All files (*)</translation>
    </message>
    <message>
        <source>选择底图</source>
        <translation>Choose a base map</translation>
    </message>
    <message>
        <source>方向键、+、-、Home</source>
        <translation>Arrows, +, -, Home</translation>
    </message>
    <message>
        <source>在地图上：移动、缩放、全图</source>
        <translation>On the map: move, zoom, whole map</translation>
    </message>
    <message>
        <source>空格、Ctrl+↑、Ctrl+↓、回车</source>
        <translation>Space, Ctrl+↑, Ctrl+↓, Enter</translation>
    </message>
    <message>
        <source>在图层中：显隐、排序、打开属性表</source>
        <translation>In the layers: show or hide, move, open the table</translation>
    </message>
    <message>
        <source>打开菜单</source>
        <translation>Open the menus</translation>
    </message>
    <message>
        <source>键盘操作</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>街道办事处的离线网格地图</source>
        <translation>The offline grid map of a street office</translation>
    </message>
    <message>
        <source>设置和日志</source>
        <translation>Settings and log</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>任务完成后，下次启动时换语言。</source>
        <translation>Work is going on: the language changes at the next start.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>工具栏</source>
        <translation>Tool bar</translation>
    </message>
    <message>
        <source>最近打开(&amp;R)</source>
        <translation>&amp;Recent workspaces</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>详情</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>属性表</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>操作记录</source>
        <translation>History</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Problems</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>方向键移动，加减号缩放，Home 键显示全图。按住 Shift 拖动可放大到所选范围。</source>
        <translation>Arrows move, plus and minus zoom, Home shows the whole map. Drag with Shift to zoom to a box.</translation>
    </message>
</context>
<context>
    <name>NewWorkspaceDialog</name>
    <message>
        <source>新建工作库</source>
        <translation>New workspace</translation>
    </message>
    <message>
        <source>一个工作库是一个文件，保存一个街道的全部数据。以后可以随时改名。</source>
        <translation>A workspace is one file that holds all the data of one subdistrict. You can rename it at any time.</translation>
    </message>
    <message>
        <source>新建(&amp;N)</source>
        <translation>&amp;Make</translation>
    </message>
    <message>
        <source>例如：三里屯街道</source>
        <translation>For example: 三里屯街道</translation>
    </message>
    <message>
        <source>9 位或 12 位数字，例如 110105013</source>
        <translation>9 or 12 digits, such as 110105013</translation>
    </message>
    <message>
        <source>中央经线 {meridian}°E（EPSG:{epsg}）</source>
        <translation>Central meridian {meridian}°E (EPSG:{epsg})</translation>
    </message>
    <message>
        <source>街道名称(&amp;M)</source>
        <translation>Na&amp;me of the subdistrict</translation>
    </message>
    <message>
        <source>区划代码(&amp;D)</source>
        <translation>&amp;Division code</translation>
    </message>
    <message>
        <source>坐标带(&amp;Z)</source>
        <translation>&amp;Zone</translation>
    </message>
    <message>
        <source>保存为(&amp;F)</source>
        <translation>Save &amp;as</translation>
    </message>
    <message>
        <source>请填写街道名称。</source>
        <translation>Give the name of the subdistrict.</translation>
    </message>
    <message>
        <source>区划代码要 9 位或 12 位数字，例如 110105013。</source>
        <translation>A division code has 9 or 12 digits, such as 110105013.</translation>
    </message>
    <message>
        <source>请选择一个存在的文件夹来保存工作库。</source>
        <translation>Choose a folder that exists for the workspace.</translation>
    </message>
    <message>
        <source>已经有一个同名文件，请换一个文件名。</source>
        <translation>There is a file of this name already. Choose another name.</translation>
    </message>
    <message>
        <source>新工作库</source>
        <translation>New workspace</translation>
    </message>
    <message>
        <source>工作库 (*.gridmap)</source>
        <translation>Workspaces (*.gridmap)</translation>
    </message>
    <message>
        <source>保存工作库</source>
        <translation>Save the workspace</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>操作已完成，但结果没能显示。</source>
        <translation>It is done, but the result could not be shown.</translation>
    </message>
    <message>
        <source>错误：{name}。请关闭工作库再打开；如果再次出现，请把日志发给技术人员。</source>
        <translation>Error: {name}. Close the workspace and open it again; if it comes back, send the log to someone technical.</translation>
    </message>
    <message>
        <source>程序出了问题，这一步没有完成。工作库没有受影响。</source>
        <translation>The program failed and this step was not done. The workspace is whole.</translation>
    </message>
    <message>
        <source>错误：{name}。请重试；如果再次出现，请把日志发给技术人员。</source>
        <translation>Error: {name}. Try again; if it comes back, send the log to someone technical.</translation>
    </message>
    <message>
        <source>查看日志(&amp;L)</source>
        <translation>Show the &amp;log</translation>
    </message>
    <message>
        <source>文件：{path}</source>
        <translation>File: {path}</translation>
    </message>
    <message>
        <source>第 {row} 行</source>
        <translation>Row {row}</translation>
    </message>
</context>
<context>
    <name>PathLine</name>
    <message>
        <source>浏览…(&amp;B)</source>
        <translation>&amp;Browse…</translation>
    </message>
</context>
<context>
    <name>Picking</name>
    <message>
        <source>位置：</source>
        <translation>Look in:</translation>
    </message>
    <message>
        <source>文件类型：</source>
        <translation>Files of type:</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>输出地图</source>
        <translation>Write the map</translation>
    </message>
    <message>
        <source>地图带标题、图例、比例尺和指北针。PDF 适合打印。</source>
        <translation>The map has a title, a legend, a bar scale and a north arrow. PDF suits printing.</translation>
    </message>
    <message>
        <source>输出(&amp;P)</source>
        <translation>&amp;Write</translation>
    </message>
    <message>
        <source>PNG 图片</source>
        <translation>PNG picture</translation>
    </message>
    <message>
        <source>PDF（A4 横向）</source>
        <translation>PDF (A4 landscape)</translation>
    </message>
    <message>
        <source>窗口中的范围</source>
        <translation>What the window shows</translation>
    </message>
    <message>
        <source>全部范围</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>只画现在显示的图层(&amp;V)</source>
        <translation>Only the layers that are shown now (&amp;V)</translation>
    </message>
    <message>
        <source>格式(&amp;T)</source>
        <translation>Forma&amp;t</translation>
    </message>
    <message>
        <source>范围(&amp;A)</source>
        <translation>&amp;Area</translation>
    </message>
    <message>
        <source>图片大小(&amp;Z)</source>
        <translation>Si&amp;ze</translation>
    </message>
    <message>
        <source>保存为(&amp;F)</source>
        <translation>Save &amp;as</translation>
    </message>
    <message>
        <source>请选择一个存在的文件夹来保存文件。</source>
        <translation>Choose a folder that exists for the file.</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>还没有检查过。按 F7 开始检查。</source>
        <translation>Not checked yet. F7 begins a check.</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Problems</translation>
    </message>
    <message>
        <source>修复能自动修复的(&amp;X)</source>
        <translation>Mend what can be mended (&amp;X)</translation>
    </message>
    <message>
        <source>发现 {count} 个问题，点击一行可查看位置。</source>
        <translation>Problems found: {count}. Click one to see its place.</translation>
    </message>
    <message>
        <source>没有发现问题，工作库完好。</source>
        <translation>No problem found: the workspace is sound.</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>已自动备份。</source>
        <translation>An automatic backup was made.</translation>
    </message>
    <message>
        <source>自动备份没有成功，稍后会再试。{why}</source>
        <translation>The scheduled backup failed and will be tried again. {why}</translation>
    </message>
    <message>
        <source>还有任务没有完成。要停止它并退出吗？</source>
        <translation>Work is still going on. Stop it and quit?</translation>
    </message>
    <message>
        <source>停止并退出(&amp;S)</source>
        <translation>&amp;Stop and quit</translation>
    </message>
    <message>
        <source>停止后，工作库保持任务开始前的样子。</source>
        <translation>The workspace then stays as it was before.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>复制(&amp;C)</source>
        <translation>&amp;Copy</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>恢复备份</source>
        <translation>Restore a backup</translation>
    </message>
    <message>
        <source>工作库将回到所选备份的样子。现在的样子会先另存为一个备份，随时可以再换回来。</source>
        <translation>The workspace goes back to the chosen backup. What it holds now is first kept as a backup of its own, so you can always change back.</translation>
    </message>
    <message>
        <source>恢复(&amp;R)</source>
        <translation>&amp;Restore</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>还没有备份。请先在“数据”菜单里选择“立即备份”。</source>
        <translation>There is no backup yet. Choose “Back up now” in the menu “Data” first.</translation>
    </message>
</context>
<context>
    <name>SampleDialog</name>
    <message>
        <source>打开示例</source>
        <translation>Open a sample</translation>
    </message>
    <message>
        <source>示例是一个虚构的街道，可以随意试用，不影响您的数据。请选择大小：</source>
        <translation>The sample is an imaginary subdistrict to play with; your data stay as they are. Choose its size:</translation>
    </message>
    <message>
        <source>打开(&amp;O)</source>
        <translation>&amp;Open</translation>
    </message>
    <message>
        <source>社区(&amp;C)：约 50 个网格，几秒钟</source>
        <translation>&amp;Community: about 50 cells, a few seconds</translation>
    </message>
    <message>
        <source>街道(&amp;S)：约 1,000 个网格，几秒钟</source>
        <translation>&amp;Subdistrict: about 1,000 cells, a few seconds</translation>
    </message>
    <message>
        <source>城区(&amp;D)：约 50,000 个网格、20 万栋建筑，半分钟左右</source>
        <translation>&amp;District: about 50,000 cells and 200,000 buildings, half a minute</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>搜索名称、拼音、首字母、编码（Ctrl+F）</source>
        <translation>Name, pinyin, initials or code (Ctrl+F)</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>没有找到。可以输入名称的一部分、拼音、首字母或编码开头。</source>
        <translation>Nothing found. Type part of a name, pinyin, initials, or the beginning of a code.</translation>
    </message>
    <message>
        <source>正在建立索引，请稍候…</source>
        <translation>The index is being built, one moment…</translation>
    </message>
    <message>
        <source>搜索结果</source>
        <translation>What was found</translation>
    </message>
</context>
<context>
    <name>Selection</name>
    <message>
        <source>选中了 {count:,} 行：{table}</source>
        <translation>Selected rows: {count:,} · {table}</translation>
    </message>
    <message>
        <source>已选 {count:,} 行</source>
        <translation>Selected: {count:,}</translation>
    </message>
    <message>
        <source>这一行已经不存在了。</source>
        <translation>This row is not there any more.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>确定(&amp;O)</source>
        <translation>&amp;OK</translation>
    </message>
    <message>
        <source> 分钟</source>
        <translation> minutes</translation>
    </message>
    <message>
        <source>不自动备份</source>
        <translation>No automatic backup</translation>
    </message>
    <message>
        <source>界面语言(&amp;L)</source>
        <translation>&amp;Language</translation>
    </message>
    <message>
        <source>有改动时每隔(&amp;B)</source>
        <translation>&amp;Back up changes every</translation>
    </message>
</context>
<context>
    <name>Shown</name>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>最近打开</source>
        <translation>Recent workspaces</translation>
    </message>
    <message>
        <source>上次修改：{when}</source>
        <translation>Last changed: {when}</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>打开已有的工作库，继续工作</source>
        <translation>Open a workspace and go on working</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
    <message>
        <source>为您的街道新建一个工作库</source>
        <translation>Make a workspace for your subdistrict</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>从 Shapefile、表格等文件开始</source>
        <translation>Begin with a shapefile, a sheet or another file</translation>
    </message>
    <message>
        <source>示例</source>
        <translation>Sample</translation>
    </message>
    <message>
        <source>用虚构的街道试一试各项功能</source>
        <translation>Try everything with an imaginary subdistrict</translation>
    </message>
    <message>
        <source>街道网格地图</source>
        <translation>The grid map of a street office</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>东 {east:,.1f}  北 {north:,.1f} 米</source>
        <translation>E {east:,.1f}  N {north:,.1f} m</translation>
    </message>
</context>
<context>
    <name>TablePanel</name>
    <message>
        <source>表</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copying</translation>
    </message>
    <message>
        <source>属性表</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>表(&amp;T)</source>
        <translation>&amp;Table</translation>
    </message>
    <message>
        <source>共 {count:,} 行</source>
        <translation>Rows: {count:,}</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>只选中了前 {count:,} 行。</source>
        <translation>Only the first {count:,} rows are selected.</translation>
    </message>
    <message>
        <source>在地图上按住左键拖出一个框，选中当前图层里框内的要素。Esc 取消。</source>
        <translation>Drag a box on the map with the left button: it selects what lies in it of the current layer. Esc gives up.</translation>
    </message>
</context>
</TS>
