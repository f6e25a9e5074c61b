<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>ApproveDialog</name>
    <message>
        <source>批准方案“{name}”</source>
        <translation>Approve the plan “{name}”</translation>
    </message>
    <message>
        <source>选择已登记的批文，或填写新的文号</source>
        <translation>Choose a document, or type a new number</translation>
    </message>
    <message>
        <source>批准人(&amp;B)：</source>
        <translation>Approved &amp;by:</translation>
    </message>
    <message>
        <source>批文文号(&amp;D)：</source>
        <translation>&amp;Document:</translation>
    </message>
    <message>
        <source>签发人(&amp;S)：</source>
        <translation>&amp;Signed by:</translation>
    </message>
    <message>
        <source>签发日期：</source>
        <translation>Issued on:</translation>
    </message>
    <message>
        <source>批准日期(&amp;O)：</source>
        <translation>Approved &amp;on:</translation>
    </message>
    <message>
        <source>实施日期(&amp;F)：</source>
        <translation>In &amp;force from:</translation>
    </message>
    <message>
        <source>批准(&amp;A)</source>
        <translation>&amp;Approve</translation>
    </message>
    <message>
        <source>请填写批准人的姓名。</source>
        <translation>Give the name of who approves.</translation>
    </message>
    <message>
        <source>请选择批文，或填写文号。</source>
        <translation>Choose a document, or type its number.</translation>
    </message>
    <message>
        <source>实施日期不能早于批准日期。</source>
        <translation>It cannot be in force before it is approved.</translation>
    </message>
</context>
<context>
    <name>BalanceBars</name>
    <message>
        <source>{area:,.0f} 平方米</source>
        <translation>{area:,.0f} m²</translation>
    </message>
    <message>
        <source>户数不明</source>
        <translation>households unknown</translation>
    </message>
    <message>
        <source>{count:,} 户</source>
        <translation>{count:,} households</translation>
    </message>
</context>
<context>
    <name>BaseMapBar</name>
    <message>
        <source>底图设置</source>
        <translation>Base map settings</translation>
    </message>
    <message>
        <source>底图的不透明度</source>
        <translation>Opacity of the base map</translation>
    </message>
    <message>
        <source>去掉底图</source>
        <translation>Remove the base map</translation>
    </message>
    <message>
        <source>底图：{name}</source>
        <translation>Base map: {name}</translation>
    </message>
</context>
<context>
    <name>BaseMapDialog</name>
    <message>
        <source>底图设置</source>
        <translation>Base map settings</translation>
    </message>
    <message>
        <source>图片瓦片</source>
        <translation>tiles of pictures</translation>
    </message>
    <message>
        <source>矢量瓦片</source>
        <translation>vector tiles</translation>
    </message>
    <message>
        <source>影像</source>
        <translation>raster picture</translation>
    </message>
    <message>
        <source>确定(&amp;O)</source>
        <translation>&amp;OK</translation>
    </message>
    <message>
        <source>WGS 84、CGCS2000（不偏移）</source>
        <translation>WGS 84, CGCS2000 (not shifted)</translation>
    </message>
    <message>
        <source>GCJ-02（高德、腾讯）</source>
        <translation>GCJ-02 (Amap, Tencent)</translation>
    </message>
    <message>
        <source>BD-09（百度）</source>
        <translation>BD-09 (Baidu)</translation>
    </message>
    <message>
        <source>按文件所写</source>
        <translation>as the file says</translation>
    </message>
    <message>
        <source>不透明度(&amp;A)</source>
        <translation>Op&amp;acity</translation>
    </message>
    <message>
        <source>底图的坐标(&amp;D)</source>
        <translation>Its coor&amp;dinates</translation>
    </message>
    <message>
        <source>缩放到底图(&amp;Z)</source>
        <translation>&amp;Zoom to the base map</translation>
    </message>
    <message>
        <source>坐标系 EPSG(&amp;E)</source>
        <translation>CRS, &amp;EPSG code</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>建立概视图，让缩小时显示得快(&amp;B)</source>
        <translation>&amp;Build overviews, to show it quickly from afar</translation>
    </message>
    <message>
        <source>坐标系请写 EPSG 代码，例如 4548；留空则按文件所写。</source>
        <translation>Give the CRS as an EPSG code, e.g. 4548; leave it empty to take what the file says.</translation>
    </message>
</context>
<context>
    <name>BaseMapHandlers</name>
    <message>
        <source>概视图已建好，底图现在显示得快了。</source>
        <translation>The overviews are built; the base map is quick to show now.</translation>
    </message>
    <message>
        <source>建立概视图</source>
        <translation>Build overviews</translation>
    </message>
    <message>
        <source>还没有用过底图</source>
        <translation>No base map was used yet</translation>
    </message>
</context>
<context>
    <name>BookmarkHandlers</name>
    <message>
        <source>书签</source>
        <translation>Bookmark</translation>
    </message>
    <message>
        <source>要删除书签“{name}”吗？</source>
        <translation>Delete the bookmark “{name}”?</translation>
    </message>
    <message>
        <source>删除(&amp;D)</source>
        <translation>&amp;Delete</translation>
    </message>
    <message>
        <source>保存书签</source>
        <translation>Keep bookmarks</translation>
    </message>
</context>
<context>
    <name>BookmarkList</name>
    <message>
        <source>书签</source>
        <translation>Bookmarks</translation>
    </message>
</context>
<context>
    <name>BookmarksPanel</name>
    <message>
        <source>还没有书签。
把地图移到要记住的地方，按 Ctrl+Shift+K 或点“＋”。</source>
        <translation>No bookmarks yet.
Move the map to a place to remember, and press Ctrl+Shift+K or “＋”.</translation>
    </message>
    <message>
        <source>把现在的画面加为书签（Ctrl+Shift+K）</source>
        <translation>Bookmark what the map shows (Ctrl+Shift+K)</translation>
    </message>
    <message>
        <source>转到（回车）</source>
        <translation>Go there (Enter)</translation>
    </message>
    <message>
        <source>改名（F2）</source>
        <translation>Rename (F2)</translation>
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
        <source>删除（Delete）</source>
        <translation>Delete (Delete)</translation>
    </message>
    <message>
        <source>双击转到“{name}”</source>
        <translation>Double-click to go to “{name}”</translation>
    </message>
</context>
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
    <name>CellRecordHandlers</name>
    <message>
        <source>请先选中一个单元网格。</source>
        <translation>Select one cell first.</translation>
    </message>
    <message>
        <source>新旧编码对照表.xlsx</source>
        <translation>old-and-new-codes.xlsx</translation>
    </message>
    <message>
        <source>表格 (*.xlsx *.csv)</source>
        <translation>Tables (*.xlsx *.csv)</translation>
    </message>
    <message>
        <source>写到</source>
        <translation>Write to</translation>
    </message>
    <message>
        <source>对照表已写到 {path}，共 {rows:,} 行。</source>
        <translation>Wrote the table to {path}, {rows:,} rows.</translation>
    </message>
    <message>
        <source>新旧编码对照表</source>
        <translation>Old and new codes</translation>
    </message>
    <message>
        <source>请先选中一个社区，或社区里的一个单元网格。</source>
        <translation>Select a community first, or a cell of it.</translation>
    </message>
    <message>
        <source>已给 {count:,} 个单元网格编码。</source>
        <translation>Gave codes to {count:,} cells.</translation>
    </message>
    <message>
        <source>编码</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>请先选中要编在一起的单元网格。</source>
        <translation>Select the cells that belong together first.</translation>
    </message>
    <message>
        <source>{count} 个单元网格已编为一个责任网格。</source>
        <translation>{count} cells are one responsibility grid now.</translation>
    </message>
    <message>
        <source>编组责任网格</source>
        <translation>Responsibility grid</translation>
    </message>
    <message>
        <source>批文…(&amp;D)</source>
        <translation>&amp;Documents…</translation>
    </message>
    <message>
        <source>批文（凭 {number} 编辑）…(&amp;D)</source>
        <translation>&amp;Documents (editing by {number})…</translation>
    </message>
    <message>
        <source>扫描件 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;所有文件 (*)</source>
        <translation>Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;All files (*)</translation>
    </message>
    <message>
        <source>扫描件</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>登记批文</source>
        <translation>Enter document</translation>
    </message>
    <message>
        <source>加扫描件</source>
        <translation>Add scan</translation>
    </message>
    <message>
        <source>街道设置</source>
        <translation>Office settings</translation>
    </message>
    <message>
        <source>街道设置已保存。</source>
        <translation>Kept the office settings.</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <source>上移（Ctrl+↑）</source>
        <translation>Move up (Ctrl+↑)</translation>
    </message>
    <message>
        <source>下移（Ctrl+↓）</source>
        <translation>Move down (Ctrl+↓)</translation>
    </message>
    <message>
        <source>移除这一类（Delete）</source>
        <translation>Remove this class (Delete)</translation>
    </message>
    <message>
        <source>改符号(&amp;Y)</source>
        <translation>Edit s&amp;ymbol</translation>
    </message>
    <message>
        <source>修改所选一类的颜色和符号（双击或回车）</source>
        <translation>Change colour and symbol of the chosen class (double click or Enter)</translation>
    </message>
    <message>
        <source>{number} 类</source>
        <translation>Classes: {number}</translation>
    </message>
</context>
<context>
    <name>ClassTree</name>
    <message>
        <source>类别</source>
        <translation>Classes</translation>
    </message>
</context>
<context>
    <name>ClassesPart</name>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>加上图案，黑白复印也分得清(&amp;H)</source>
        <translation>Add &amp;hatches, clear on a black-and-white copier too</translation>
    </message>
    <message>
        <source>重新分类(&amp;R)</source>
        <translation>&amp;Reclassify</translation>
    </message>
    <message>
        <source>按字段现有的值重新分类，并重新配色</source>
        <translation>Make the classes anew from the field&apos;s values, in new colours</translation>
    </message>
    <message>
        <source>配色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>正在读取“{field}”的值……</source>
        <translation>Reading the values of “{field}” …</translation>
    </message>
    <message>
        <source>值太多：最常见的 {most} 个各成一类，其余归入“其他”。</source>
        <translation>Too many values: the {most} most frequent ones are a class each, the rest is in “Others”.</translation>
    </message>
    <message>
        <source>这个字段还没有填写任何值，请换一个字段。</source>
        <translation>Nobody has filled in this field yet. Choose another one.</translation>
    </message>
</context>
<context>
    <name>ColourButton</name>
    <message>
        <source>无颜色</source>
        <translation>No colour</translation>
    </message>
</context>
<context>
    <name>ColourGrid</name>
    <message>
        <source>颜色</source>
        <translation>Colours</translation>
    </message>
</context>
<context>
    <name>ColourPopup</name>
    <message>
        <source>颜色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>无颜色(&amp;N)</source>
        <translation>&amp;No colour</translation>
    </message>
    <message>
        <source>更多颜色…(&amp;M)</source>
        <translation>&amp;More colours…</translation>
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
        <source>方案(&amp;P)</source>
        <translation>&amp;Plan</translation>
    </message>
    <message>
        <source>绘制(&amp;W)</source>
        <translation>Dra&amp;w</translation>
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
        <source>粘贴到列(&amp;V)</source>
        <translation>Paste into Column (&amp;V)</translation>
    </message>
    <message>
        <source>把剪贴板里的一列粘贴到属性表的当前列</source>
        <translation>Paste a column of the clipboard into the table&apos;s current column</translation>
    </message>
    <message>
        <source>向下复制(&amp;W)</source>
        <translation>Copy Do&amp;wn</translation>
    </message>
    <message>
        <source>把第一行的值复制到选中各行的当前列</source>
        <translation>Copy the first row&apos;s value into the current column of all selected rows</translation>
    </message>
    <message>
        <source>编辑所选…(&amp;E)</source>
        <translation>&amp;Edit Selected…</translation>
    </message>
    <message>
        <source>填写所选各行的内容</source>
        <translation>Fill in the selected rows</translation>
    </message>
    <message>
        <source>删除所选(&amp;L)</source>
        <translation>De&amp;lete Selected</translation>
    </message>
    <message>
        <source>删除所选的行</source>
        <translation>Delete the selected rows</translation>
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
        <source>命令面板(&amp;P)</source>
        <translation>Command &amp;palette</translation>
    </message>
    <message>
        <source>输入几个字就能找到任何命令、图层、书签和地点</source>
        <translation>Type a few letters to find any command, layer, bookmark or place</translation>
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
        <source>书签(&amp;B)</source>
        <translation>&amp;Bookmarks</translation>
    </message>
    <message>
        <source>样式…(&amp;Y)</source>
        <translation>St&amp;yle…</translation>
    </message>
    <message>
        <source>设置当前图层的颜色、分类、标注和比例尺</source>
        <translation>Colours, classes, labels and scales of the current layer</translation>
    </message>
    <message>
        <source>底图…(&amp;B)</source>
        <translation>&amp;Base map…</translation>
    </message>
    <message>
        <source>去掉底图(&amp;N)</source>
        <translation>&amp;No base map</translation>
    </message>
    <message>
        <source>测量：点出一条线，量椭球面上的实地长度和方位角</source>
        <translation>Measure: click a line; its true length on the ellipsoid, and bearings</translation>
    </message>
    <message>
        <source>测量：点出一块地，量椭球面上的实地面积和周长</source>
        <translation>Measure: click an area; its true area on the ellipsoid, and perimeter</translation>
    </message>
    <message>
        <source>图层(&amp;L)</source>
        <translation>&amp;Layers</translation>
    </message>
    <message>
        <source>网格(&amp;G)</source>
        <translation>&amp;Cells</translation>
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
        <source>划分规则(&amp;R)</source>
        <translation>&amp;Rules</translation>
    </message>
    <message>
        <source>检查网格划分是否符合规则，修补或认可例外</source>
        <translation>Check the division against the rules; mend, or accept exceptions</translation>
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
        <source>用影像（GeoTIFF）或瓦片（MBTiles、PMTiles）作底图</source>
        <translation>Use a picture (GeoTIFF) or tiles (MBTiles, PMTiles) as base map</translation>
    </message>
    <message>
        <source>底图设置…(&amp;S)</source>
        <translation>Base Map &amp;Settings…</translation>
    </message>
    <message>
        <source>底图的不透明度、坐标和概视图</source>
        <translation>Opacity, coordinates and overviews of the base map</translation>
    </message>
    <message>
        <source>两图对照(&amp;L)</source>
        <translation>&amp;Linked Maps</translation>
    </message>
    <message>
        <source>并排看两幅地图，一起移动和缩放</source>
        <translation>Show two maps side by side that move and zoom together</translation>
    </message>
    <message>
        <source>卷帘(&amp;W)</source>
        <translation>S&amp;wipe</translation>
    </message>
    <message>
        <source>两幅地图叠在一起，拖动分界来比较</source>
        <translation>Lay two maps over one another and drag the divider to compare</translation>
    </message>
    <message>
        <source>时间轴(&amp;T)</source>
        <translation>&amp;Time bar</translation>
    </message>
    <message>
        <source>看地图在过去某一天的样子</source>
        <translation>See the map as it was on a past day</translation>
    </message>
    <message>
        <source>恢复成这时的样子…(&amp;R)</source>
        <translation>B&amp;ring back as it was then…</translation>
    </message>
    <message>
        <source>把所选的行恢复成时间轴上那一天的样子</source>
        <translation>Make the selected rows what they were on the day of the time bar</translation>
    </message>
    <message>
        <source>复制为图片(&amp;C)</source>
        <translation>&amp;Copy as Picture</translation>
    </message>
    <message>
        <source>把地图上看到的复制到剪贴板</source>
        <translation>Copy what the map shows to the clipboard</translation>
    </message>
    <message>
        <source>量距(&amp;M)</source>
        <translation>&amp;Measure distance</translation>
    </message>
    <message>
        <source>量面积(&amp;A)</source>
        <translation>Measure &amp;area</translation>
    </message>
    <message>
        <source>转到坐标…(&amp;G)</source>
        <translation>&amp;Go to coordinates…</translation>
    </message>
    <message>
        <source>粘贴经纬度、平面坐标或手机地图的链接</source>
        <translation>Paste degrees, metres, or a link that a phone&apos;s map shared</translation>
    </message>
    <message>
        <source>复制坐标(&amp;P)</source>
        <translation>Copy coordinates of &amp;pointer</translation>
    </message>
    <message>
        <source>复制鼠标所在位置的坐标</source>
        <translation>Copy the coordinates of the place under the pointer</translation>
    </message>
    <message>
        <source>加书签…(&amp;K)</source>
        <translation>Boo&amp;kmark…</translation>
    </message>
    <message>
        <source>把现在的画面加为书签</source>
        <translation>Bookmark what the map shows</translation>
    </message>
    <message>
        <source>调整边界(&amp;V)</source>
        <translation>Adjust borders (&amp;V)</translation>
    </message>
    <message>
        <source>拖动网格的顶点、交点或整条边界，邻格跟着变</source>
        <translation>Drag vertices, junctions or whole borders of cells; the neighbours follow</translation>
    </message>
    <message>
        <source>边界沿线(&amp;R)</source>
        <translation>Bo&amp;rder along line</translation>
    </message>
    <message>
        <source>让边界沿画的线，或沿点选的路、墙、建筑的边</source>
        <translation>Let a border follow a drawn line, or a lane, wall or building that is clicked</translation>
    </message>
    <message>
        <source>划线拆分(&amp;S)</source>
        <translation>&amp;Split by line</translation>
    </message>
    <message>
        <source>用画的线，或点选的路、墙，把网格拆开</source>
        <translation>Split cells by a drawn line, or by a lane or wall that is clicked</translation>
    </message>
    <message>
        <source>等分(&amp;N)</source>
        <translation>Equal parts (&amp;N)</translation>
    </message>
    <message>
        <source>把一个网格分成面积或户数相等的几份</source>
        <translation>Split a cell into parts of equal area or households</translation>
    </message>
    <message>
        <source>合并(&amp;M)</source>
        <translation>&amp;Merge</translation>
    </message>
    <message>
        <source>把相邻的网格并成一个</source>
        <translation>Make one cell of adjacent ones</translation>
    </message>
    <message>
        <source>划给邻格(&amp;H)</source>
        <translation>&amp;Hand over</translation>
    </message>
    <message>
        <source>把网格的一部分划给相邻的网格</source>
        <translation>Give a part of a cell to its neighbour</translation>
    </message>
    <message>
        <source>挖出新格(&amp;C)</source>
        <translation>&amp;Carve out</translation>
    </message>
    <message>
        <source>把圈出的范围从现有网格里划出来，成为新网格</source>
        <translation>Make a new cell of a ring, taken from those that are there</translation>
    </message>
    <message>
        <source>向外扩展(&amp;X)</source>
        <translation>E&amp;xtend</translation>
    </message>
    <message>
        <source>在外边界以外增加网格，或扩大已有的网格</source>
        <translation>Add ground beyond the outer edge, as a new cell or to one that is there</translation>
    </message>
    <message>
        <source>刷网格(&amp;B)</source>
        <translation>Paint with a &amp;brush</translation>
    </message>
    <message>
        <source>用笔刷把建筑、地块或单元网格划入另一个网格</source>
        <translation>Give buildings, blocks or cells to another cell or grid with a brush</translation>
    </message>
    <message>
        <source>编辑工具栏(&amp;T)</source>
        <translation>Editing &amp;tools</translation>
    </message>
    <message>
        <source>显示或隐藏网格编辑工具栏</source>
        <translation>Show or hide the bar of tools that edit cells</translation>
    </message>
    <message>
        <source>新画社区…(&amp;Q)</source>
        <translation>Draw a communit&amp;y…</translation>
    </message>
    <message>
        <source>在没有归属的地上画出一个社区的边界</source>
        <translation>Draw the border of a community on ground that none has</translation>
    </message>
    <message>
        <source>划分社区…(&amp;Y)</source>
        <translation>&amp;Lay out a community…</translation>
    </message>
    <message>
        <source>沿道路把一个社区一次划成单元网格</source>
        <translation>Cut a whole community into cells along its lanes</translation>
    </message>
    <message>
        <source>现行划分(&amp;O)</source>
        <translation>&amp;Official division</translation>
    </message>
    <message>
        <source>回到现行划分：看和改的都是正式的网格</source>
        <translation>Back to the official cells: they are shown and edited</translation>
    </message>
    <message>
        <source>新建方案…(&amp;N)</source>
        <translation>&amp;New plan…</translation>
    </message>
    <message>
        <source>复制现行的单元网格，另做一个可以随意修改的方案</source>
        <translation>Copy the official cells into a plan that is edited freely</translation>
    </message>
    <message>
        <source>开始演练(&amp;R)</source>
        <translation>Begin a &amp;rehearsal</translation>
    </message>
    <message>
        <source>在一份副本上演示和试改，结束时丢弃或保留为方案</source>
        <translation>Try things out on a copy, to be discarded or kept as a plan</translation>
    </message>
    <message>
        <source>和现行比较(&amp;C)</source>
        <translation>&amp;Compare with official</translation>
    </message>
    <message>
        <source>哪些网格变了，多少户换了网格</source>
        <translation>Which cells change, how many households get another one</translation>
    </message>
    <message>
        <source>并入现行的改动(&amp;U)</source>
        <translation>Bring official changes in (&amp;U)</translation>
    </message>
    <message>
        <source>把方案编制之后现行划分的改动并入方案</source>
        <translation>Merge what changed officially since the plan was made</translation>
    </message>
    <message>
        <source>批准…(&amp;A)</source>
        <translation>&amp;Approve…</translation>
    </message>
    <message>
        <source>由指定的人凭批文批准这个方案</source>
        <translation>A named person approves this plan by a document</translation>
    </message>
    <message>
        <source>实施…(&amp;F)</source>
        <translation>Put in &amp;force…</translation>
    </message>
    <message>
        <source>让批准的方案成为现行划分</source>
        <translation>Make the approved plan the official division</translation>
    </message>
    <message>
        <source>废弃或结束…(&amp;E)</source>
        <translation>Discard or &amp;end…</translation>
    </message>
    <message>
        <source>废弃这个方案，或结束演练</source>
        <translation>Give this plan up, or end the rehearsal</translation>
    </message>
    <message>
        <source>变更通知…(&amp;T)</source>
        <translation>Change no&amp;tice…</translation>
    </message>
    <message>
        <source>把网格变更写成 PDF：前后地图、新旧对照表和批文</source>
        <translation>Changes as PDF: maps before and after, old and new cells, the document</translation>
    </message>
    <message>
        <source>画要素(&amp;D)</source>
        <translation>&amp;Draw</translation>
    </message>
    <message>
        <source>在当前图层里画：点、线或面，由图层决定</source>
        <translation>Draw into the current layer: points, lines or areas, as the layer has them</translation>
    </message>
    <message>
        <source>矩形(&amp;R)</source>
        <translation>&amp;Rectangle</translation>
    </message>
    <message>
        <source>点三下画一个矩形：一条边，再点深度</source>
        <translation>A rectangle by three clicks: one side, then the depth</translation>
    </message>
    <message>
        <source>圆弧(&amp;A)</source>
        <translation>&amp;Arc</translation>
    </message>
    <message>
        <source>接着画一段圆弧：弧上一点，再点终点</source>
        <translation>Go on with an arc: a point on it, then its end</translation>
    </message>
    <message>
        <source>沿边描画(&amp;T)</source>
        <translation>&amp;Trace</translation>
    </message>
    <message>
        <source>沿已有的边描画：点边上两处，顶点自动带上</source>
        <translation>Trace existing edges: click two places on them, the vertices between come along</translation>
    </message>
    <message>
        <source>改顶点(&amp;V)</source>
        <translation>Edit &amp;Vertices</translation>
    </message>
    <message>
        <source>拖动、添加、删除所选要素的顶点</source>
        <translation>Drag, add and delete vertices of the selected feature</translation>
    </message>
    <message>
        <source>移动要素(&amp;M)</source>
        <translation>&amp;Move</translation>
    </message>
    <message>
        <source>把所选要素移到另一处</source>
        <translation>Move the selected feature to another place</translation>
    </message>
    <message>
        <source>旋转要素(&amp;O)</source>
        <translation>R&amp;otate</translation>
    </message>
    <message>
        <source>把所选要素绕中心转一个角度</source>
        <translation>Turn the selected feature about its middle</translation>
    </message>
    <message>
        <source>平行偏移(&amp;P)</source>
        <translation>Offset (&amp;P)</translation>
    </message>
    <message>
        <source>把面放大或缩小、把线平移一段距离</source>
        <translation>Grow or shrink an area, set a line off by a distance</translation>
    </message>
    <message>
        <source>复制到当前图层(&amp;C)</source>
        <translation>&amp;Copy to Current Layer</translation>
    </message>
    <message>
        <source>把所选要素复制到图层面板里的当前图层</source>
        <translation>Copy the selected features to the current layer of the layers panel</translation>
    </message>
    <message>
        <source>网格沿革…(&amp;L)</source>
        <translation>Cell &amp;lineage…</translation>
    </message>
    <message>
        <source>所选单元网格从哪些网格来，变成了哪些，凭哪份批文</source>
        <translation>From which cells the selected one came, what became of it, and by which document</translation>
    </message>
    <message>
        <source>新旧编码对照表…(&amp;O)</source>
        <translation>&amp;Old and new codes…</translation>
    </message>
    <message>
        <source>把网格变更前后的编码写成表格</source>
        <translation>Write the codes before and after changes as a table</translation>
    </message>
    <message>
        <source>给社区编码(&amp;N)</source>
        <translation>&amp;Number the community</translation>
    </message>
    <message>
        <source>给所选社区没有编码的单元网格编码，自西向东、自北向南</source>
        <translation>Give codes to cells of the selected community that have none, west to east, north to south</translation>
    </message>
    <message>
        <source>编为责任网格(&amp;G)</source>
        <translation>Make a responsibility &amp;grid</translation>
    </message>
    <message>
        <source>把所选的一到五个相邻单元网格编成一个责任网格</source>
        <translation>Make one responsibility grid of the one to five adjacent cells that are selected</translation>
    </message>
    <message>
        <source>批文…(&amp;D)</source>
        <translation>&amp;Documents…</translation>
    </message>
    <message>
        <source>登记批文和扫描件，选定凭哪份批文编辑</source>
        <translation>Enter documents and scans, choose by which one to edit</translation>
    </message>
    <message>
        <source>街道设置…(&amp;F)</source>
        <translation>O&amp;ffice settings…</translation>
    </message>
    <message>
        <source>面积上下限、编码规则、网格员户数、要不要批文</source>
        <translation>Bounds of area, code scheme, households of an officer, whether documents are needed</translation>
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
    <name>CommunityHandlers</name>
    <message>
        <source>已建立社区“{name}”。</source>
        <translation>Community {name} is there.</translation>
    </message>
    <message>
        <source>新画社区</source>
        <translation>Draw a community</translation>
    </message>
    <message>
        <source>没有可以划分的社区：社区要有边界，且还没有划分。请先画出或导入社区边界。</source>
        <translation>There is no community to lay out: it needs a border, and must not be divided yet. Draw or import one first.</translation>
    </message>
    <message>
        <source>社区“{name}”划分为 {count} 个单元网格。</source>
        <translation>Community {name} is laid out in {count} cells.</translation>
    </message>
    <message>
        <source>划分社区</source>
        <translation>Lay out a community</translation>
    </message>
</context>
<context>
    <name>CompareHandlers</name>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>左右或上下</source>
        <translation>Side by side or stacked</translation>
    </message>
    <message>
        <source>改为上下两图，或左右两图</source>
        <translation>Lay the maps side by side, or one above the other</translation>
    </message>
    <message>
        <source>回到一幅图</source>
        <translation>Back to one map</translation>
    </message>
    <message>
        <source>回到一幅图（Esc）</source>
        <translation>Back to one map (Esc)</translation>
    </message>
    <message>
        <source>上图</source>
        <translation>Upper</translation>
    </message>
    <message>
        <source>下图</source>
        <translation>Lower</translation>
    </message>
    <message>
        <source>左图</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>右图</source>
        <translation>Right</translation>
    </message>
    <message>
        <source>现行划分</source>
        <translation>Official</translation>
    </message>
    <message>
        <source>{day} 结束时</source>
        <translation>End of {day}</translation>
    </message>
    <message>
        <source>{day} 建库时</source>
        <translation>Made on {day}</translation>
    </message>
    <message>
        <source>地图还没有画完，画完就复制。</source>
        <translation>The map is still being drawn; it is copied as soon as it is ready.</translation>
    </message>
    <message>
        <source>已把地图复制为图片：{width:,} × {height:,} 像素。可以粘贴到文档里。</source>
        <translation>The map was copied as a picture of {width:,} × {height:,} pixels. Paste it into a document.</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>比较</source>
        <translation>Comparison</translation>
    </message>
    <message>
        <source>值</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>去掉这个条件</source>
        <translation>Remove this condition</translation>
    </message>
    <message>
        <source>请填写</source>
        <translation>Fill in</translation>
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
        <source>恢复成这时的样子…</source>
        <translation>Bring back as it was then…</translation>
    </message>
    <message>
        <source>编辑…</source>
        <translation>Edit…</translation>
    </message>
    <message>
        <source>修改所选各行的内容（F3）</source>
        <translation>Fill in the selected rows (F3)</translation>
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
    <name>Divider</name>
    <message>
        <source>两图的分界</source>
        <translation>Divider between the maps</translation>
    </message>
    <message>
        <source>方向键移动分界，回车或双击回到正中。</source>
        <translation>Arrow keys move the divider; Enter or a double click centres it.</translation>
    </message>
    <message>
        <source>拖动分界，双击回到正中</source>
        <translation>Drag the divider; a double click centres it</translation>
    </message>
</context>
<context>
    <name>DivisionButton</name>
    <message>
        <source>选择地图显示和编辑哪一个划分</source>
        <translation>Choose which division the map shows and edits</translation>
    </message>
</context>
<context>
    <name>DocumentsDialog</name>
    <message>
        <source>批文</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>文号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>签发日期</source>
        <translation>Issued on</translation>
    </message>
    <message>
        <source>网格数</source>
        <translation>Cells</translation>
    </message>
    <message>
        <source>凭此批文编辑(&amp;U)</source>
        <translation>&amp;Use for editing</translation>
    </message>
    <message>
        <source>登记…(&amp;N)</source>
        <translation>E&amp;nter…</translation>
    </message>
    <message>
        <source>加扫描件…(&amp;A)</source>
        <translation>&amp;Add scan…</translation>
    </message>
    <message>
        <source>双击扫描件可以打开。改动现行划分时，可以写明凭哪份批文。</source>
        <translation>Double-click a scan to open it. Changes of the official division can name their document.</translation>
    </message>
    <message>
        <source>还没有批文。改动现行划分时，可以写明凭哪份批文：先登记一份。</source>
        <translation>There are no documents yet. Changes of the official division can name theirs: enter one first.</translation>
    </message>
    <message>
        <source>（文件丢失或损坏）</source>
        <translation> (file lost or damaged)</translation>
    </message>
    <message>
        <source>不再凭此批文(&amp;U)</source>
        <translation>No longer &amp;use</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>画：{table}</source>
        <translation>Draw: {table}</translation>
    </message>
    <message>
        <source>在右侧填写内容，回车保存，Esc 回去接着画</source>
        <translation>Fill in on the right; Enter saves, Esc goes on drawing</translation>
    </message>
    <message>
        <source>捕捉到{what}</source>
        <translation>at {what}</translation>
    </message>
    <message>
        <source>点一下放下；Esc 退出</source>
        <translation>Click to place; Esc leaves</translation>
    </message>
    <message>
        <source>矩形：点一个角</source>
        <translation>Rectangle: click a corner</translation>
    </message>
    <message>
        <source>矩形：点同一条边的另一端</source>
        <translation>Rectangle: click the other end of that side</translation>
    </message>
    <message>
        <source>矩形：点对边，定深度</source>
        <translation>Rectangle: click the opposite side for the depth</translation>
    </message>
    <message>
        <source>圆弧：点弧的终点</source>
        <translation>Arc: click its end</translation>
    </message>
    <message>
        <source>圆弧：先点弧上的一点，再点终点；F9 改回直线</source>
        <translation>Arc: click a point on it, then its end; F9 goes back to straight legs</translation>
    </message>
    <message>
        <source>这两处之间没有相连的边：换一处点，或按 F9 改画直线</source>
        <translation>No edges lead from one to the other: click elsewhere, or draw straight legs (F9)</translation>
    </message>
    <message>
        <source>描边：点边上的另一处，中间的顶点自动带上；按 X 走另一边</source>
        <translation>Trace: click another place on the edges, vertices between come along; X goes the other way</translation>
    </message>
    <message>
        <source>点击加点，右键或 Esc 退一步；Shift 走直角，Ctrl 不捕捉，直接键入长度</source>
        <translation>Click adds a point, right click or Esc steps back; Shift keeps right angles, Ctrl does not snap, or type a length</translation>
    </message>
    <message>
        <source>双击或回车结束，右键或 Esc 退一步；直接键入长度、方位角或坐标</source>
        <translation>Double click or Enter ends, right click or Esc steps back; or type length, bearing or coordinates</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>拖动顶点；在边上按住拖出新顶点；双击或 Delete 删除顶点；Esc 结束</source>
        <translation>Drag a vertex; drag an edge for a new one; double click or Delete removes one; Esc ends</translation>
    </message>
    <message>
        <source>点起点再点终点，或键入 @东,北；Esc 退一步</source>
        <translation>Click from where and to where, or type @east,north; Esc steps back</translation>
    </message>
    <message>
        <source>点终点，或键入距离、距离&lt;方位角、@东,北；Esc 退一步</source>
        <translation>Click to where, or type distance, distance&lt;bearing or @east,north; Esc steps back</translation>
    </message>
    <message>
        <source>移动鼠标看角度，点一下确定，或键入顺时针的度数；Esc 结束</source>
        <translation>Move to see the angle and click, or type degrees clockwise; Esc ends</translation>
    </message>
    <message>
        <source>移动鼠标看距离，点一下确定，或键入米数（面：正数向外；线：正数向左）；Esc 结束</source>
        <translation>Move to see the distance and click, or type metres (areas: above zero outwards; lines: to the left); Esc ends</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>网格编辑工具栏</source>
        <translation>Tools that edit cells</translation>
    </message>
    <message>
        <source>关闭网格编辑工具栏</source>
        <translation>Close the bar of editing tools</translation>
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
        <source>回到操作记录中的一条</source>
        <translation>Go to an entry of the history</translation>
    </message>
    <message>
        <source>已撤销 {count} 步。</source>
        <translation>Steps undone: {count}.</translation>
    </message>
    <message>
        <source>已重做 {count} 步。</source>
        <translation>Steps done again: {count}.</translation>
    </message>
    <message>
        <source>走了 {count} 步后停下，停在完整的一步上。</source>
        <translation>Stopped after {count} whole steps.</translation>
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
    <name>EditTools</name>
    <message>
        <source>调整边界</source>
        <translation>Adjust borders</translation>
    </message>
    <message>
        <source>边界沿线</source>
        <translation>Border along line</translation>
    </message>
    <message>
        <source>划线拆分</source>
        <translation>Split by line</translation>
    </message>
    <message>
        <source>等分</source>
        <translation>Equal parts</translation>
    </message>
    <message>
        <source>合并</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>划给邻格</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>挖出新格</source>
        <translation>Carve out</translation>
    </message>
    <message>
        <source>向外扩展</source>
        <translation>Extend</translation>
    </message>
    <message>
        <source>按户数</source>
        <translation>by households</translation>
    </message>
    <message>
        <source>按面积</source>
        <translation>by area</translation>
    </message>
    <message>
        <source>{title} · {by}分成 {count} 份</source>
        <translation>{title} · {count} parts {by}</translation>
    </message>
    <message>
        <source>{title} · 已选 {count} 个网格</source>
        <translation>{title} · {count} cells picked</translation>
    </message>
    <message>
        <source>{title} · 划入 {code}</source>
        <translation>{title} · to {code}</translation>
    </message>
    <message>
        <source>{title} · 新网格</source>
        <translation>{title} · new cell</translation>
    </message>
    <message>
        <source>{title} · 并入 {code}</source>
        <translation>{title} · to {code}</translation>
    </message>
    <message>
        <source>请放大地图，直到看得清网格的边界。</source>
        <translation>Zoom in until the borders of the cells can be seen.</translation>
    </message>
    <message>
        <source>点击要合并的相邻网格，至少两个；再点一次取消。</source>
        <translation>Click adjacent cells to merge, at least two; another click lets one go.</translation>
    </message>
    <message>
        <source>按回车合并；右键或 Esc 退一步。</source>
        <translation>Enter merges; right click or Esc is one step back.</translation>
    </message>
    <message>
        <source>点击要等分的网格；输入数字是份数，H 按户数，A 按面积。</source>
        <translation>Click the cell to split; a number is the count of parts, H: by households, A: by area.</translation>
    </message>
    <message>
        <source>按回车拆分；输入数字是份数，H 按户数，A 按面积。</source>
        <translation>Enter splits; a number is the count of parts, H: by households, A: by area.</translation>
    </message>
    <message>
        <source>放到新的位置；可输入长度、方位角或坐标，Esc 放弃。</source>
        <translation>Put it in its new place; type a length, bearing or coordinates; Esc gives up.</translation>
    </message>
    <message>
        <source>把鼠标移到网格边界上；拖动顶点或边界，邻格跟着变。</source>
        <translation>Point at a border; drag a vertex or the border, and the neighbours follow.</translation>
    </message>
    <message>
        <source>拖动或点击这个顶点，Delete 键删除它。</source>
        <translation>Drag or click this vertex; Delete takes it out.</translation>
    </message>
    <message>
        <source>拖动菱形，整条边界一起移动。</source>
        <translation>Drag the diamond to move the whole border.</translation>
    </message>
    <message>
        <source>拖动边界会加一个顶点；双击原地加顶点；拖动菱形移动整条边界。</source>
        <translation>Drag the border to add a vertex, double-click to add one in place, drag the diamond to move it all.</translation>
    </message>
    <message>
        <source>先点击要接收的网格。</source>
        <translation>First click the cell that gets the part.</translation>
    </message>
    <message>
        <source>点击一条路、围墙或建筑的边，就沿它划；T 键改回画线。</source>
        <translation>Click a lane, a wall or the edge of a building to follow it; T goes back to drawing.</translation>
    </message>
    <message>
        <source>点出范围，双击或回车完成；N 键换成并入相邻的网格。</source>
        <translation>Click the corners, double-click or Enter to finish; N: add it to an adjacent cell instead.</translation>
    </message>
    <message>
        <source>点出范围，点第一个点、双击或回车完成；右键退一步。</source>
        <translation>Click the corners; finish on the first one, by double click or Enter; right click is one step back.</translation>
    </message>
    <message>
        <source>继续点，双击或回车完成；可输入长度、方位角或坐标，右键退一步。</source>
        <translation>Go on clicking, double-click or Enter to finish; type a length, bearing or coordinates; right click is one step back.</translation>
    </message>
    <message>
        <source>画一条从边界开始、到边界结束的线；T 键改为点选路、墙或建筑的边。</source>
        <translation>Draw a line that begins and ends on the border; T: click a lane, wall or building instead.</translation>
    </message>
    <message>
        <source>画一条穿过网格的线；T 键改为点选路、墙或建筑的边。按住 Ctrl 不捕捉。</source>
        <translation>Draw a line through the cells; T: click a lane, wall or building instead. Ctrl does not snap.</translation>
    </message>
    <message>
        <source>画线切下或圈出要划走的部分；T 键改为点选路、墙或建筑的边。</source>
        <translation>Draw a line that cuts the part off, or a ring around it; T: click a lane, wall or building instead.</translation>
    </message>
    <message>
        <source>点出新网格的范围。</source>
        <translation>Click the corners of the new cell.</translation>
    </message>
    <message>
        <source>从外边界开始，点出要增加的范围。</source>
        <translation>Begin at the outer edge, and click the corners of the ground to add.</translation>
    </message>
    <message>
        <source>{area} 平方米</source>
        <translation>{area} m²</translation>
    </message>
    <message>
        <source>{text}，超过 {limit:,.0f}</source>
        <translation>{text}, over {limit:,.0f}</translation>
    </message>
    <message>
        <source>{text}，不足 {limit:,.0f}</source>
        <translation>{text}, under {limit:,.0f}</translation>
    </message>
    <message>
        <source>{count} 户</source>
        <translation>{count} households</translation>
    </message>
    <message>
        <source>新网格</source>
        <translation>New cell</translation>
    </message>
    <message>
        <source>{code} 终止</source>
        <translation>{code} ends</translation>
    </message>
</context>
<context>
    <name>EndRehearsalDialog</name>
    <message>
        <source>结束演练</source>
        <translation>End the rehearsal</translation>
    </message>
    <message>
        <source>“{name}”里的修改没有动过现行划分。</source>
        <translation>Nothing in “{name}” has touched the official division.</translation>
    </message>
    <message>
        <source>丢弃(&amp;D)，回到现行划分</source>
        <translation>&amp;Discard it, back to the official division</translation>
    </message>
    <message>
        <source>保留为方案(&amp;K)，以后再批准：</source>
        <translation>&amp;Keep it as a plan, to be approved later:</translation>
    </message>
    <message>
        <source>方案名称(&amp;N)：</source>
        <translation>&amp;Name of the plan:</translation>
    </message>
    <message>
        <source>结束演练(&amp;E)</source>
        <translation>&amp;End the rehearsal</translation>
    </message>
    <message>
        <source>请给方案一个名称。</source>
        <translation>Give the plan a name.</translation>
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
    <name>FeatureHandlers</name>
    <message>
        <source>{table}要无缝相接，不能逐个画：请用“网格”菜单，或在图层面板里换一个图层。</source>
        <translation>{table}: these must tile and are not drawn one by one. Use the menu Cells, or choose another layer in the layers panel.</translation>
    </message>
    <message>
        <source>请先选中一个要素（小区、建筑、路网、部件等），再改它的形状。</source>
        <translation>Select one feature first (compound, building, walkway, component …), then change its shape.</translation>
    </message>
    <message>
        <source>这一行还没有位置，请在图上画出来。</source>
        <translation>This row has no place yet: draw it on the map.</translation>
    </message>
    <message>
        <source>修改形状</source>
        <translation>Change a shape</translation>
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
    <name>FormHandlers</name>
    <message>
        <source>新增：{table}</source>
        <translation>New: {table}</translation>
    </message>
    <message>
        <source>修改 {count:,} 个：{table}</source>
        <translation>Change {count:,} of: {table}</translation>
    </message>
    <message>
        <source>新增</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>仍然这样画(&amp;A)</source>
        <translation>Draw It &amp;Anyway</translation>
    </message>
    <message>
        <source>刚才的修改还没有保存。要保存吗？</source>
        <translation>What you changed is not saved yet. Save it?</translation>
    </message>
    <message>
        <source>保存(&amp;S)</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>已修改 {count:,} 行。</source>
        <translation>Rows changed: {count:,}.</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>已复制 {count:,} 个到：{table}</source>
        <translation>Copied to {table}: {count:,}</translation>
    </message>
    <message>
        <source>复制到图层</source>
        <translation>Copy to a layer</translation>
    </message>
    <message>
        <source>已删除 {count:,} 行。</source>
        <translation>Rows deleted: {count:,}.</translation>
    </message>
    <message>
        <source>清除关联并删除(&amp;D)</source>
        <translation>Clear References and &amp;Delete</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>保存(&amp;V)</source>
        <translation>Sa&amp;ve</translation>
    </message>
    <message>
        <source>保存（回车）</source>
        <translation>Save (Enter)</translation>
    </message>
    <message>
        <source>放弃(&amp;Q)</source>
        <translation>Discard (&amp;Q)</translation>
    </message>
    <message>
        <source>放弃修改（Esc）</source>
        <translation>Discard the changes (Esc)</translation>
    </message>
    <message>
        <source>{title}（必填）</source>
        <translation>{title} (required)</translation>
    </message>
    <message>
        <source>敏感</source>
        <translation>sensitive</translation>
    </message>
    <message>
        <source>敏感内容：不会出现在给居民的地图和导出里</source>
        <translation>Sensitive: never on maps and exports for residents</translation>
    </message>
    <message>
        <source>（多个值）</source>
        <translation>(several values)</translation>
    </message>
    <message>
        <source>由程序维护，不能直接改</source>
        <translation>Kept by the program, not changed by hand</translation>
    </message>
    <message>
        <source>（不填时按位置自动填）</source>
        <translation>(from the place, where nothing is given)</translation>
    </message>
    <message>
        <source>从日历中选</source>
        <translation>Choose from a calendar</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>按 Esc 或 F11 退出全屏</source>
        <translation>Press Esc or F11 to leave full screen</translation>
    </message>
</context>
<context>
    <name>GoToPanel</name>
    <message>
        <source>粘贴坐标或手机地图的链接，例如 116.397,39.908</source>
        <translation>Paste coordinates or a map&apos;s link, e.g. 116.397,39.908</translation>
    </message>
    <message>
        <source>坐标</source>
        <translation>Coordinates</translation>
    </message>
    <message>
        <source>坐标可能的位置</source>
        <translation>Where the coordinates may lie</translation>
    </message>
    <message>
        <source>转到(&amp;G)</source>
        <translation>&amp;Go</translation>
    </message>
    <message>
        <source>转到坐标</source>
        <translation>Go to coordinates</translation>
    </message>
    <message>
        <source>关闭（Esc）</source>
        <translation>Close (Esc)</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>认识度、度分秒、以米为单位的平面坐标，以及高德、腾讯、百度地图的链接。</source>
        <translation>Degrees in any spelling, metres, and links of the Amap, Tencent and Baidu maps are understood.</translation>
    </message>
    <message>
        <source>相距 {metres:,.0f} 米</source>
        <translation>{metres:,.0f} m apart</translation>
    </message>
    <message>
        <source>在本街道内</source>
        <translation>in the subdistrict</translation>
    </message>
    <message>
        <source>在本街道外 {metres:,.0f} 米</source>
        <translation>{metres:,.0f} m outside the subdistrict</translation>
    </message>
    <message>
        <source>在本街道外 {kilometres:,.0f} 公里</source>
        <translation>{kilometres:,.0f} km outside the subdistrict</translation>
    </message>
    <message>
        <source>按回车转到那里。</source>
        <translation>Press Enter to go there.</translation>
    </message>
    <message>
        <source>可能是 {number}：{because}。按 1、2、3 选择，或用方向键和回车。</source>
        <translation>Likely {number}: {because}. Choose by 1, 2, 3, or by arrows and Enter.</translation>
    </message>
</context>
<context>
    <name>GraduatedPart</name>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>分级方法</source>
        <translation>Method of grading</translation>
    </message>
    <message>
        <source>自然断点</source>
        <translation>Natural breaks</translation>
    </message>
    <message>
        <source>等量</source>
        <translation>Equal counts</translation>
    </message>
    <message>
        <source>等距</source>
        <translation>Equal steps</translation>
    </message>
    <message>
        <source>自然断点：在数值的空档处分开</source>
        <translation>Natural breaks: cut where numbers leave gaps</translation>
    </message>
    <message>
        <source>等量：每一级的个数差不多</source>
        <translation>Equal counts: about as many in each class</translation>
    </message>
    <message>
        <source>等距：每一级的宽度一样</source>
        <translation>Equal steps: each class as wide as the others</translation>
    </message>
    <message>
        <source>级数</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>颜色反过来(&amp;V)</source>
        <translation>Re&amp;verse the colours</translation>
    </message>
    <message>
        <source>方法</source>
        <translation>Method</translation>
    </message>
    <message>
        <source>配色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>正在计算分级……</source>
        <translation>Finding the classes …</translation>
    </message>
    <message>
        <source>这个字段还没有填写任何数字，请换一个字段。</source>
        <translation>This field holds no numbers yet. Choose another one.</translation>
    </message>
    <message>
        <source>不同的数字不够多，只分得出 {number} 级。</source>
        <translation>There are too few different numbers: only {number} classes.</translation>
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
        <source>回到这里(&amp;G)</source>
        <translation>&amp;Go to This</translation>
    </message>
    <message>
        <source>更早的(&amp;O)</source>
        <translation>&amp;Older</translation>
    </message>
    <message>
        <source>现在的状态</source>
        <translation>How it is now</translation>
    </message>
    <message>
        <source>已撤销，不能重做</source>
        <translation>undone for good</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>undone</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>made</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>选中一条，可以回到它刚做完时的状态。</source>
        <translation>Choose an entry to go to how things were right after it.</translation>
    </message>
    <message>
        <source>现在就在这里。</source>
        <translation>This is how it is now.</translation>
    </message>
    <message>
        <source>它撤销之后又做了别的修改，回不去了。</source>
        <translation>It was undone and something else was done since: nobody gets there again.</translation>
    </message>
    <message>
        <source>会重做 {count} 步，到这一条为止。</source>
        <translation>Steps to be done again, up to this one: {count}.</translation>
    </message>
    <message>
        <source>会撤销它之后的 {count} 步；之后还可以再回来。</source>
        <translation>Steps after it to be undone: {count}; the way back stays open.</translation>
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
    <name>InForceDialog</name>
    <message>
        <source>实施方案“{name}”</source>
        <translation>Put the plan “{name}” in force</translation>
    </message>
    <message>
        <source>实施日期(&amp;F)：</source>
        <translation>In &amp;force from:</translation>
    </message>
    <message>
        <source>终止的网格保留编码和边界，记下终止日期；新设的网格编新的编码；社区、责任网格和部件随之更新。这是一步，可以撤销。</source>
        <translation>Cells that end keep code and border and get an end date; new ones get new codes; communities, responsibility grids and components follow. This is one step and can be undone.</translation>
    </message>
    <message>
        <source>实施(&amp;F)</source>
        <translation>Put in &amp;force</translation>
    </message>
</context>
<context>
    <name>KeptBaseMaps</name>
    <message>
        <source>上次的底图没有打开。{why}</source>
        <translation>The last base map was not opened. {why}</translation>
    </message>
</context>
<context>
    <name>KindsPage</name>
    <message>
        <source>统一</source>
        <translation>All alike</translation>
    </message>
    <message>
        <source>分类</source>
        <translation>By class</translation>
    </message>
    <message>
        <source>分级</source>
        <translation>Graduated</translation>
    </message>
    <message>
        <source>按规则</source>
        <translation>By rule</translation>
    </message>
    <message>
        <source>显示方式</source>
        <translation>How rows are told apart</translation>
    </message>
    <message>
        <source>所有要素看起来都一样。</source>
        <translation>All features look alike.</translation>
    </message>
    <message>
        <source>按一个字段的值分类，每类一种颜色。</source>
        <translation>By the values of a field, each in a colour of its own.</translation>
    </message>
    <message>
        <source>按一个数字从少到多分级，颜色由浅到深。</source>
        <translation>By a number, from little to much, from pale to dark.</translation>
    </message>
    <message>
        <source>只突出符合条件的要素，也可以随比例尺变化。</source>
        <translation>Only what meets conditions stands out; scales may matter too.</translation>
    </message>
</context>
<context>
    <name>LabelPage</name>
    <message>
        <source>在地图上写出文字(&amp;L)</source>
        <translation>Write &amp;labels on the map</translation>
    </message>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>加粗(&amp;B)</source>
        <translation>&amp;Bold</translation>
    </message>
    <message>
        <source>文字颜色</source>
        <translation>Colour of the text</translation>
    </message>
    <message>
        <source>描边颜色</source>
        <translation>Colour of the halo</translation>
    </message>
    <message>
        <source>优先程度</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>文字挤在一起时，优先的先写，其余的不写</source>
        <translation>Where labels fight for room, the higher one is written</translation>
    </message>
    <message>
        <source>描边</source>
        <translation>Halo</translation>
    </message>
    <message>
        <source>低</source>
        <translation>low</translation>
    </message>
    <message>
        <source>高</source>
        <translation>high</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>优先</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>在哪些比例尺下写出来</source>
        <translation>At which scales labels are written</translation>
    </message>
</context>
<context>
    <name>LayOutDialog</name>
    <message>
        <source>划分社区</source>
        <translation>Lay out a community</translation>
    </message>
    <message>
        <source>把一个还没有划分的社区一次划成单元网格，之后再逐格调整。可以撤销。</source>
        <translation>Cuts a community that is not divided yet into cells at once; each can be changed afterwards. It can be undone.</translation>
    </message>
    <message>
        <source>划分(&amp;L)</source>
        <translation>&amp;Lay out</translation>
    </message>
    <message>
        <source>沿道路划成街坊(&amp;R)</source>
        <translation>Along the lanes, in blocks (&amp;R)</translation>
    </message>
    <message>
        <source>整个社区作为一格(&amp;W)</source>
        <translation>The whole as one cell (&amp;W)</translation>
    </message>
    <message>
        <source> 平方米</source>
        <translation> m²</translation>
    </message>
    <message>
        <source>社区(&amp;C)</source>
        <translation>&amp;Community</translation>
    </message>
    <message>
        <source>划法</source>
        <translation>How</translation>
    </message>
    <message>
        <source>更小的街坊并入邻格(&amp;S)</source>
        <translation>&amp;Smaller blocks join a neighbour</translation>
    </message>
    <message>
        <source>没有可以划分的社区。</source>
        <translation>There is no community to lay out.</translation>
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
    <message>
        <source>这个图层要缩小后才显示</source>
        <translation>This layer is shown when you zoom out</translation>
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
        <source>样式：颜色、分类、标注（F4）</source>
        <translation>Style: colours, classes, labels (F4)</translation>
    </message>
    <message>
        <source>不透明度(&amp;A)</source>
        <translation>Op&amp;acity</translation>
    </message>
    <message>
        <source>样式…(&amp;S)</source>
        <translation>&amp;Style…</translation>
    </message>
    <message>
        <source>属性表(&amp;T)</source>
        <translation>&amp;Table</translation>
    </message>
    <message>
        <source>缩放到图层(&amp;Z)</source>
        <translation>&amp;Zoom to layer</translation>
    </message>
    <message>
        <source>恢复默认样式(&amp;R)</source>
        <translation>&amp;Restore default style</translation>
    </message>
</context>
<context>
    <name>LineageDialog</name>
    <message>
        <source>网格沿革</source>
        <translation>Cell lineage</translation>
    </message>
    <message>
        <source>单元网格 {code}，{area:,.0f} 平方米，{since} 至 {until}。批文：{paper}</source>
        <translation>Cell {code}, {area:,.0f} m², {since} until {until}. Document: {paper}</translation>
    </message>
    <message>
        <source>今</source>
        <translation>now</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>变更</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>原编码</source>
        <translation>Old code</translation>
    </message>
    <message>
        <source>新编码</source>
        <translation>New code</translation>
    </message>
    <message>
        <source>共有面积（平方米）</source>
        <translation>Shared area (m²)</translation>
    </message>
    <message>
        <source>批文</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>由此而来</source>
        <translation>Came from</translation>
    </message>
    <message>
        <source>变成了</source>
        <translation>Became</translation>
    </message>
    <message>
        <source>从未变更过。</source>
        <translation>It never changed.</translation>
    </message>
    <message>
        <source>编码不变的改动</source>
        <translation>Changes that kept the code</translation>
    </message>
</context>
<context>
    <name>LookHandlers</name>
    <message>
        <source>底图 (*.mbtiles *.pmtiles *.tif *.tiff *.jp2 *.img *.jpg *.jpeg *.png);;所有文件 (*)</source>
        <translation>Base maps (*.mbtiles *.pmtiles *.tif *.tiff *.jp2 *.img *.jpg *.jpeg *.png);;All files (*)</translation>
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
        <source>用过的底图(&amp;U)</source>
        <translation>&amp;Recent Base Mapsamp;Used Base Maps</translation>
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
    <message>
        <source>书签</source>
        <translation>Bookmarks</translation>
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
    <name>Measure</name>
    <message>
        <source>总长 {length}</source>
        <translation>Total {length}</translation>
    </message>
</context>
<context>
    <name>MeasureBar</name>
    <message>
        <source>大数是椭球面上的实地尺寸；平面尺寸按地图投影计算，离中央经线越远差得越多。</source>
        <translation>The large figure is on the ground, on the ellipsoid. The plane one is the map projection&apos;s: the farther from the central meridian, the more it differs.</translation>
    </message>
    <message>
        <source>复制结果（Ctrl+C）</source>
        <translation>Copy the result (Ctrl+C)</translation>
    </message>
    <message>
        <source>结束量测（Esc）</source>
        <translation>End measuring (Esc)</translation>
    </message>
    <message>
        <source>点击地图开始量面积</source>
        <translation>Click the map to measure an area</translation>
    </message>
    <message>
        <source>点击地图开始量距</source>
        <translation>Click the map to measure a distance</translation>
    </message>
    <message>
        <source>双击或回车结束，右键或退格键退一步，Esc 退出；按住 Ctrl 不捕捉顶点</source>
        <translation>Double-click or Enter ends, right-click or Backspace steps back, Esc leaves; hold Ctrl not to snap</translation>
    </message>
    <message>
        <source>总长 {length}</source>
        <translation>Total {length}</translation>
    </message>
    <message>
        <source>边线相交，算不出面积</source>
        <translation>The border crosses itself: no area</translation>
    </message>
    <message>
        <source>再点一个角就有面积</source>
        <translation>One more corner makes an area</translation>
    </message>
    <message>
        <source>平面 {length}（差 {difference:+.2f} 米）</source>
        <translation>Plane {length} ({difference:+.2f} m)</translation>
    </message>
    <message>
        <source>末段 {length}，方位角 {bearing}</source>
        <translation>Last leg {length}, bearing {bearing}</translation>
    </message>
    <message>
        <source>周长 {length}</source>
        <translation>Perimeter {length}</translation>
    </message>
    <message>
        <source>平面面积 {area:,.1f} 平方米（差 {difference:+.1f}）</source>
        <translation>Plane area {area:,.1f} m² ({difference:+.1f})</translation>
    </message>
</context>
<context>
    <name>MeasureHandlers</name>
    <message>
        <source>已复制量测结果。</source>
        <translation>Copied what was measured.</translation>
    </message>
</context>
<context>
    <name>NewCommunityDialog</name>
    <message>
        <source>新画社区</source>
        <translation>Draw a community</translation>
    </message>
    <message>
        <source>画出的地块约 {area}。已属于其他社区的部分不会算进来。</source>
        <translation>The ground drawn is about {area}. What belongs to other communities stays theirs.</translation>
    </message>
    <message>
        <source>建立社区(&amp;N)</source>
        <translation>&amp;Make it</translation>
    </message>
    <message>
        <source>例如：光熙门南里社区</source>
        <translation>For example: Guangximen Nanli</translation>
    </message>
    <message>
        <source>12 位数字</source>
        <translation>12 digits</translation>
    </message>
    <message>
        <source>社区名称(&amp;M)</source>
        <translation>Na&amp;me</translation>
    </message>
    <message>
        <source>社区编码(&amp;D)</source>
        <translation>Co&amp;de</translation>
    </message>
    <message>
        <source>请填写社区名称。</source>
        <translation>Give the community a name.</translation>
    </message>
    <message>
        <source>社区编码要 12 位数字。</source>
        <translation>The code has 12 digits.</translation>
    </message>
</context>
<context>
    <name>NewDocumentDialog</name>
    <message>
        <source>登记批文</source>
        <translation>Enter document</translation>
    </message>
    <message>
        <source>扫描件会复制到工作库旁边，按内容保存，不会重复。</source>
        <translation>Scans are copied beside the workspace and kept by their content, each once.</translation>
    </message>
    <message>
        <source>文号(&amp;N)：</source>
        <translation>&amp;Number:</translation>
    </message>
    <message>
        <source>标题(&amp;T)：</source>
        <translation>&amp;Title:</translation>
    </message>
    <message>
        <source>签发日期(&amp;D)：</source>
        <translation>Issued &amp;on:</translation>
    </message>
    <message>
        <source>发文机关(&amp;I)：</source>
        <translation>&amp;Issued by:</translation>
    </message>
    <message>
        <source>签发人(&amp;S)：</source>
        <translation>&amp;Signatory:</translation>
    </message>
    <message>
        <source>扫描件(&amp;F)：</source>
        <translation>Scan &amp;file:</translation>
    </message>
    <message>
        <source>登记(&amp;E)</source>
        <translation>&amp;Enter</translation>
    </message>
    <message>
        <source>请填写文号。</source>
        <translation>Give the number.</translation>
    </message>
    <message>
        <source>这个文号已经登记过了。</source>
        <translation>This number has been entered already.</translation>
    </message>
    <message>
        <source>找不到扫描件。请重新选一个文件。</source>
        <translation>The scan is not there. Choose a file again.</translation>
    </message>
</context>
<context>
    <name>NewPlanDialog</name>
    <message>
        <source>新建方案</source>
        <translation>New plan</translation>
    </message>
    <message>
        <source>把现行的单元网格复制一份，在方案里随意修改；批准并实施之前，现行划分不变。</source>
        <translation>The official cells are copied and edited freely in the plan; the official division stays as it is until the plan is approved and put in force.</translation>
    </message>
    <message>
        <source>全部社区</source>
        <translation>All communities</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Communities</translation>
    </message>
    <message>
        <source>名称(&amp;N)：</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>范围：</source>
        <translation>Extent:</translation>
    </message>
    <message>
        <source>新建(&amp;N)</source>
        <translation>Make &amp;new plan</translation>
    </message>
    <message>
        <source>请给方案一个名称。</source>
        <translation>Give the plan a name.</translation>
    </message>
    <message>
        <source>请选择至少一个社区，或选“全部社区”。</source>
        <translation>Choose one community at least, or “All communities”.</translation>
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
    <name>NoticeDialog</name>
    <message>
        <source>变更通知</source>
        <translation>Change notice</translation>
    </message>
    <message>
        <source>写成 A4 的 PDF：批文、变更前后的地图、新旧网格对照表。一页写不下时续页。</source>
        <translation>Written as a PDF in A4: the document, maps before and after, old and new cells; on several pages where one is not enough.</translation>
    </message>
    <message>
        <source>变更(&amp;C)：</source>
        <translation>&amp;Change:</translation>
    </message>
    <message>
        <source>文件(&amp;F)：</source>
        <translation>&amp;File:</translation>
    </message>
    <message>
        <source>输出(&amp;P)</source>
        <translation>Write &amp;PDF</translation>
    </message>
    <message>
        <source>请选择要写的文件。</source>
        <translation>Choose the file to write.</translation>
    </message>
</context>
<context>
    <name>NoticeHandlers</name>
    <message>
        <source>还没有可以通知的变更：先修改单元网格，或者做一个方案。</source>
        <translation>There is no change to tell of yet: edit cells, or make a plan.</translation>
    </message>
    <message>
        <source>网格变更通知.pdf</source>
        <translation>Change notice.pdf</translation>
    </message>
    <message>
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>写到</source>
        <translation>Write to</translation>
    </message>
    <message>
        <source>变更通知</source>
        <translation>Change notice</translation>
    </message>
    <message>
        <source>变更通知已写到 {path}，共 {pages} 页。现在打开吗？</source>
        <translation>The notice is in {path} (pages: {pages}). Open it now?</translation>
    </message>
    <message>
        <source>打开(&amp;O)</source>
        <translation>&amp;Open</translation>
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
    <name>NumberBar</name>
    <message>
        <source>12.5  或  12.5&lt;90  或  东,北</source>
        <translation>12.5  or  12.5&lt;90  or  east,north</translation>
    </message>
    <message>
        <source>长度（米）；长度&lt;方位角；@东,北 是相对上一点；东,北 是坐标。回车确定。</source>
        <translation>Length (m); length&lt;bearing; @east,north from the last point; east,north are coordinates. Enter confirms.</translation>
    </message>
    <message>
        <source>长度、方位角或坐标</source>
        <translation>Length, bearing or coordinates</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Parts</translation>
    </message>
    <message>
        <source>分成几份；回车拆分。</source>
        <translation>Into how many parts; Enter splits.</translation>
    </message>
</context>
<context>
    <name>OfficeDialog</name>
    <message>
        <source>街道设置</source>
        <translation>Office settings</translation>
    </message>
    <message>
        <source>本街道自己定的规则；和数据一起存在工作库里，可以撤销。</source>
        <translation>What the office decides for itself; kept in the workspace with its data, and can be undone.</translation>
    </message>
    <message>
        <source>统计用区划代码</source>
        <translation>Statistical code</translation>
    </message>
    <message>
        <source>民政代码</source>
        <translation>Civil affairs code</translation>
    </message>
    <message>
        <source>改动现行划分要写明批文(&amp;P)</source>
        <translation>Official changes need a &amp;paper</translation>
    </message>
    <message>
        <source>编码规则(&amp;C)</source>
        <translation>&amp;Code scheme</translation>
    </message>
    <message>
        <source>社区部分用(&amp;B)</source>
        <translation>Codes &amp;begin with the community&apos;s</translation>
    </message>
    <message>
        <source>一名网格员的户数(&amp;U)</source>
        <translation>Ho&amp;useholds of an officer</translation>
    </message>
    <message>
        <source>责任网格最多几格(&amp;G)</source>
        <translation>Most cells of a responsibility &amp;grid</translation>
    </message>
    <message>
        <source>部件数可以偏离(&amp;D)</source>
        <translation>Tolerated &amp;difference of object counts</translation>
    </message>
    <message>
        <source>边界沿地物不少于(&amp;E)</source>
        <translation>Share of bord&amp;ers along features, at least</translation>
    </message>
    <message>
        <source>单元网格面积(&amp;L)</source>
        <translation>Area of a ce&amp;ll, from and to</translation>
    </message>
    <message>
        <source>面积上限</source>
        <translation>Higher bound of area</translation>
    </message>
    <message>
        <source>20 位编码的前 6 位</source>
        <translation>First six of 20 digits</translation>
    </message>
    <message>
        <source>可以多出的比例</source>
        <translation>Tolerated surplus</translation>
    </message>
    <message>
        <source>离地物多远还算沿着</source>
        <translation>How far beside a feature still counts</translation>
    </message>
    <message>
        <source>离路网多远还算通得到(&amp;W)</source>
        <translation>Reached by &amp;walkways not farther than</translation>
    </message>
    <message>
        <source>保存(&amp;S)</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source> 平方米</source>
        <translation> m²</translation>
    </message>
    <message>
        <source> 米</source>
        <translation> m</translation>
    </message>
    <message>
        <source>面积下限不能大于上限。</source>
        <translation>The lower bound of area cannot be above the higher one.</translation>
    </message>
    <message>
        <source>20 位编码的前 6 位要是六位数字。</source>
        <translation>The first six of 20 digits must be six digits.</translation>
    </message>
</context>
<context>
    <name>Opacity</name>
    <message>
        <source>不透明度</source>
        <translation>Opacity</translation>
    </message>
    <message>
        <source>不透明度：越小，下面的图层越清楚</source>
        <translation>Opacity: the lower, the clearer are the layers below</translation>
    </message>
</context>
<context>
    <name>Paint</name>
    <message>
        <source>已锁定</source>
        <translation>locked</translation>
    </message>
</context>
<context>
    <name>PaintBar</name>
    <message>
        <source> 米</source>
        <translation> m</translation>
    </message>
    <message>
        <source>笔刷半径</source>
        <translation>Radius of the brush</translation>
    </message>
    <message>
        <source>笔刷半径：[ 和 ] 键，或按住 Ctrl 转动滚轮</source>
        <translation>Radius of the brush: the keys [ and ], or the wheel with Ctrl</translation>
    </message>
    <message>
        <source>均衡情况</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>未划入的对象</source>
        <translation>What nobody has</translation>
    </message>
    <message>
        <source>建筑</source>
        <translation>Buildings</translation>
    </message>
    <message>
        <source>刷建筑：院落随建筑走</source>
        <translation>Paint buildings: their yards go with them</translation>
    </message>
    <message>
        <source>地块</source>
        <translation>Blocks</translation>
    </message>
    <message>
        <source>刷地块：道路和边界围成的整块</source>
        <translation>Paint blocks: what lanes and borders enclose</translation>
    </message>
    <message>
        <source>责任网格</source>
        <translation>Grids</translation>
    </message>
    <message>
        <source>把整个单元网格划入责任网格</source>
        <translation>Give whole cells to a responsibility grid</translation>
    </message>
    <message>
        <source>锁定或解锁鼠标所在的单元网格（L）</source>
        <translation>Lock or unlock the cell under the pointer (L)</translation>
    </message>
    <message>
        <source>查找未划入的对象</source>
        <translation>Find what nobody has</translation>
    </message>
    <message>
        <source>结束（Esc）</source>
        <translation>End (Esc)</translation>
    </message>
    <message>
        <source>（无名）</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>{count} 户</source>
        <translation>{count} households</translation>
    </message>
</context>
<context>
    <name>PaintHandlers</name>
    <message>
        <source>划入</source>
        <translation>Paint</translation>
    </message>
    <message>
        <source>已划入 {name}。Ctrl+Z 撤销。</source>
        <translation>Given to {name}. Ctrl+Z undoes it.</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>查找未划入的对象</source>
        <translation>Finding what nobody has</translation>
    </message>
    <message>
        <source>{count:,} 个对象未划入。点一个去看。</source>
        <translation>{count:,} belong to nobody. Click one to see it.</translation>
    </message>
    <message>
        <source>没有未划入的对象。</source>
        <translation>Everything belongs to somebody.</translation>
    </message>
    <message>
        <source>划入责任网格</source>
        <translation>Paint into a grid</translation>
    </message>
    <message>
        <source>划入单元网格</source>
        <translation>Paint into a cell</translation>
    </message>
    <message>
        <source>划入责任网格 {name}</source>
        <translation>Paint into {name}</translation>
    </message>
    <message>
        <source>划入单元网格 {name}</source>
        <translation>Paint into cell {name}</translation>
    </message>
    <message>
        <source>请放大地图，直到看得清建筑。</source>
        <translation>Zoom in until buildings can be seen.</translation>
    </message>
    <message>
        <source>方案里没有责任网格。请回到现行划分再划责任网格。</source>
        <translation>A plan has no responsibility grids. Go back to the official division for that.</translation>
    </message>
    <message>
        <source>先点一下要接收的责任网格。</source>
        <translation>First click the responsibility grid that is to get something.</translation>
    </message>
    <message>
        <source>先点一下要接收的单元网格。L 键锁定或解锁鼠标所在的网格。</source>
        <translation>First click the cell that is to get something. L locks or unlocks the cell under the pointer.</translation>
    </message>
    <message>
        <source>按住左键刷过要划入的对象。按住 Alt 点别的网格换接收者；右键或 Esc 退一步。</source>
        <translation>Brush over what it is to get with the left button held. Alt and a click choose another one; right click or Esc goes a step back.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>命令面板</source>
        <translation>Command palette</translation>
    </message>
    <message>
        <source>输入命令、地名、图层或坐标（汉字、拼音、首字母均可）</source>
        <translation>Type a command, place, layer or coordinates (also in pinyin or initials)</translation>
    </message>
    <message>
        <source>命令和地点</source>
        <translation>Commands and places</translation>
    </message>
</context>
<context>
    <name>PaletteBox</name>
    <message>
        <source>配色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>自己选的颜色</source>
        <translation>Colours of your own</translation>
    </message>
</context>
<context>
    <name>PaletteHandlers</name>
    <message>
        <source>先打开工作库</source>
        <translation>open a workspace first</translation>
    </message>
    <message>
        <source>工作库是只读的</source>
        <translation>the workspace is read-only</translation>
    </message>
    <message>
        <source>先选中要素</source>
        <translation>select something first</translation>
    </message>
    <message>
        <source>现在没有可做的</source>
        <translation>nothing to be done now</translation>
    </message>
    <message>
        <source>隐藏图层：{title}</source>
        <translation>Hide layer: {title}</translation>
    </message>
    <message>
        <source>显示图层：{title}</source>
        <translation>Show layer: {title}</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>layer</translation>
    </message>
    <message>
        <source>书签</source>
        <translation>bookmark</translation>
    </message>
    <message>
        <source>转到坐标 {shown}</source>
        <translation>Go to coordinates {shown}</translation>
    </message>
    <message>
        <source>坐标</source>
        <translation>coordinates</translation>
    </message>
    <message>
        <source>没有找到“{text}”</source>
        <translation>Nothing found for “{text}”</translation>
    </message>
    <message>
        <source>换个说法，或少输入几个字</source>
        <translation>Try other words, or fewer characters</translation>
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
        <source>连同底图(&amp;B)</source>
        <translation>With the &amp;base map</translation>
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
    <name>PlaceHandlers</name>
    <message>
        <source>已转到 {name}</source>
        <translation>Went to {name}</translation>
    </message>
    <message>
        <source>请先把鼠标移到地图上。</source>
        <translation>Move the pointer onto the map first.</translation>
    </message>
    <message>
        <source>平面坐标</source>
        <translation>Metres on the map</translation>
    </message>
    <message>
        <source>已复制：{told}  {name}</source>
        <translation>Copied: {told}  {name}</translation>
    </message>
    <message>
        <source>复制坐标(&amp;C)</source>
        <translation>&amp;Copy coordinates</translation>
    </message>
    <message>
        <source>在此量距(&amp;M)</source>
        <translation>&amp;Measure distance from here</translation>
    </message>
    <message>
        <source>在此量面积(&amp;A)</source>
        <translation>Measure &amp;area from here</translation>
    </message>
    <message>
        <source>加书签(&amp;K)</source>
        <translation>Boo&amp;kmark</translation>
    </message>
    <message>
        <source>转到坐标…(&amp;G)</source>
        <translation>&amp;Go to coordinates…</translation>
    </message>
    <message>
        <source>去掉标记(&amp;X)</source>
        <translation>Remove pin (&amp;X)</translation>
    </message>
</context>
<context>
    <name>PlanComparison</name>
    <message>
        <source>方案比较</source>
        <translation>Plan compared</translation>
    </message>
    <message>
        <source>两图对照</source>
        <translation>Linked maps</translation>
    </message>
    <message>
        <source>并排看方案和现行划分</source>
        <translation>The plan and the official division side by side</translation>
    </message>
    <message>
        <source>比较方案和现行划分</source>
        <translation>Comparing the plan with the official division</translation>
    </message>
</context>
<context>
    <name>PlanDecisions</name>
    <message>
        <source>已批准“{name}”。到实施日期就可以实施。</source>
        <translation>“{name}” is approved. It can be put in force on its day.</translation>
    </message>
    <message>
        <source>批准方案</source>
        <translation>Approve the plan</translation>
    </message>
    <message>
        <source>方案“{name}”批准自 {day} 起实施。现在看看并实施吗？</source>
        <translation>The plan “{name}” was approved to be in force from {day}. Look at it now and put it in force?</translation>
    </message>
    <message>
        <source>查看方案(&amp;S)</source>
        <translation>&amp;Show the plan</translation>
    </message>
    <message>
        <source>实施方案</source>
        <translation>Put the plan in force</translation>
    </message>
    <message>
        <source>“{name}”自 {day} 起实施：调整 {reshaped} 个网格，终止 {ended} 个，新设 {new} 个。用“变更通知”可以输出对照表。</source>
        <translation>“{name}” is in force from {day}: {reshaped} cells changed, {ended} ended, {new} new. “Change notice” prints them.</translation>
    </message>
    <message>
        <source>已把现行划分的改动并入“{name}”，改动 {count} 个网格。</source>
        <translation>The official changes are in “{name}”; cells changed: {count}.</translation>
    </message>
    <message>
        <source>并入现行的改动</source>
        <translation>Bring official changes in</translation>
    </message>
    <message>
        <source>废弃方案“{name}”吗？</source>
        <translation>Discard the plan “{name}”?</translation>
    </message>
    <message>
        <source>现行划分不受影响。废弃可以撤销。</source>
        <translation>The official division stays as it is. This can be undone.</translation>
    </message>
    <message>
        <source>废弃(&amp;D)</source>
        <translation>&amp;Discard</translation>
    </message>
    <message>
        <source>方案 {day}</source>
        <translation>Plan {day}</translation>
    </message>
    <message>
        <source>回到现行划分，“{name}”不再出现。可以撤销。</source>
        <translation>Back to the official division; “{name}” is gone. This can be undone.</translation>
    </message>
    <message>
        <source>废弃方案</source>
        <translation>Discard the plan</translation>
    </message>
    <message>
        <source>保留为方案</source>
        <translation>Keep as a plan</translation>
    </message>
    <message>
        <source>已保留为方案“{name}”。</source>
        <translation>Kept as the plan “{name}”.</translation>
    </message>
</context>
<context>
    <name>PlanDiffPanel</name>
    <message>
        <source>方案和现行划分的差别</source>
        <translation>What the plan changes</translation>
    </message>
    <message>
        <source>变化</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>编码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>原面积（平方米）</source>
        <translation>Area before (m²)</translation>
    </message>
    <message>
        <source>新面积（平方米）</source>
        <translation>Area after (m²)</translation>
    </message>
    <message>
        <source>原户数</source>
        <translation>Households before</translation>
    </message>
    <message>
        <source>新户数</source>
        <translation>Households after</translation>
    </message>
    <message>
        <source>来自</source>
        <translation>From</translation>
    </message>
    <message>
        <source>{code}（{area:,.0f} 平方米，{households} 户）</source>
        <translation>{code} ({area:,.0f} m², {households} households)</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>新设</source>
        <translation>new</translation>
    </message>
    <message>
        <source>终止</source>
        <translation>ended</translation>
    </message>
    <message>
        <source>边界调整</source>
        <translation>reshaped</translation>
    </message>
    <message>
        <source>属性调整</source>
        <translation>described</translation>
    </message>
    <message>
        <source>方案“{name}”和现行划分完全一样。</source>
        <translation>The plan “{name}” is just like the official division.</translation>
    </message>
    <message>
        <source>方案“{name}”：调整 {changed:,} 个网格，终止 {ended:,} 个，新设 {new:,} 个；{area:,.0f} 平方米、{households:,} 户换了网格。</source>
        <translation>Plan “{name}”: cells changed {changed:,}, ended {ended:,}, new {new:,}; {area:,.0f} m² and {households:,} households get another cell.</translation>
    </message>
    <message>
        <source>注意：方案编制之后，现行划分又改了 {codes}。请先“并入现行的改动”，再批准。</source>
        <translation>Mind: the official division has changed since in {codes}. “Bring official changes in” first, then approve.</translation>
    </message>
</context>
<context>
    <name>PlanHandlers</name>
    <message>
        <source>现行划分</source>
        <translation>Official division</translation>
    </message>
    <message>
        <source>{name}（{state}）</source>
        <translation>{name} ({state})</translation>
    </message>
    <message>
        <source>演练中：改什么都不影响现行划分，结束时丢弃，或保留为方案。</source>
        <translation>Rehearsal: nothing here touches the official division; it ends in discard, or as a plan.</translation>
    </message>
    <message>
        <source>方案：{name} · {by} 于 {on} 批准（{document}），实施日期 {day}</source>
        <translation>Plan: {name} · approved by {by} on {on} ({document}), in force from {day}</translation>
    </message>
    <message>
        <source>方案：{name} · 草案，改什么都不影响现行划分</source>
        <translation>Plan: {name} · a draft, nothing here touches the official division</translation>
    </message>
    <message>
        <source>方案 {number}</source>
        <translation>Plan {number}</translation>
    </message>
    <message>
        <source>复制单元网格</source>
        <translation>Copy the cells</translation>
    </message>
    <message>
        <source>现在显示和编辑的是“{name}”。</source>
        <translation>Now “{name}” is shown and edited.</translation>
    </message>
</context>
<context>
    <name>PresencePage</name>
    <message>
        <source>逐个</source>
        <translation>Each</translation>
    </message>
    <message>
        <source>按大小</source>
        <translation>By size</translation>
    </message>
    <message>
        <source>聚合</source>
        <translation>Clusters</translation>
    </message>
    <message>
        <source>热力</source>
        <translation>Heat map</translation>
    </message>
    <message>
        <source>六边形</source>
        <translation>Hexagons</translation>
    </message>
    <message>
        <source>密集时怎样显示</source>
        <translation>How many together are shown</translation>
    </message>
    <message>
        <source>符号的大小</source>
        <translation>Size of the symbols</translation>
    </message>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>这个数画得最大</source>
        <translation>Largest at</translation>
    </message>
    <message>
        <source>取最大值(&amp;X)</source>
        <translation>Ma&amp;ximum</translation>
    </message>
    <message>
        <source>最大的符号</source>
        <translation>Largest symbol</translation>
    </message>
    <message>
        <source>最小的符号</source>
        <translation>Smallest symbol</translation>
    </message>
    <message>
        <source>合在一起显示</source>
        <translation>Shown together</translation>
    </message>
    <message>
        <source>个数</source>
        <translation>Number of features</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>Counted</translation>
    </message>
    <message>
        <source>范围（像素）</source>
        <translation>Reach (pixels)</translation>
    </message>
    <message>
        <source>六边形宽（米）</source>
        <translation>Width of a hexagon (m)</translation>
    </message>
    <message>
        <source>从这个比例尺起</source>
        <translation>From this scale on</translation>
    </message>
    <message>
        <source>配色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>每个要素单独显示。</source>
        <translation>Each feature is shown for itself.</translation>
    </message>
    <message>
        <source>数字越大，符号越大。</source>
        <translation>The larger the number, the larger the symbol.</translation>
    </message>
    <message>
        <source>靠得近的合成一个圆，写上个数；放大后分开。</source>
        <translation>What lies near is one circle with a count; zooming in parts it.</translation>
    </message>
    <message>
        <source>越密集的地方颜色越深。</source>
        <translation>The denser, the darker.</translation>
    </message>
    <message>
        <source>按六边形的格子统计，越多颜色越深。</source>
        <translation>Counted in hexagons: the more, the darker.</translation>
    </message>
    <message>
        <source>这个字段里没有大于零的数字，请换一个字段。</source>
        <translation>This field holds no number above zero. Choose another one.</translation>
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
    <name>RuleHandlers</name>
    <message>
        <source>划分规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>正在检查划分规则……</source>
        <translation>Checking the rules of the division …</translation>
    </message>
    <message>
        <source>检查划分规则</source>
        <translation>Check the rules</translation>
    </message>
    <message>
        <source>规则提示：{text}</source>
        <translation>Rule: {text}</translation>
    </message>
    <message>
        <source>（共 {count} 处）</source>
        <translation> ({count} in all)</translation>
    </message>
    <message>
        <source>修补了 {count} 处。</source>
        <translation>{count} mended.</translation>
    </message>
    <message>
        <source>{count} 处没有修补：{why}</source>
        <translation> {count} not mended: {why}</translation>
    </message>
    <message>
        <source>修补划分问题</source>
        <translation>Mend the division</translation>
    </message>
    <message>
        <source>认可例外</source>
        <translation>Accept an exception</translation>
    </message>
    <message>
        <source>取消认可</source>
        <translation>Withdraw an exception</translation>
    </message>
    <message>
        <source>修补图层边界</source>
        <translation>Mend the borders of a layer</translation>
    </message>
    <message>
        <source>{before} 个面的边界对不上，改了 {count} 个面。</source>
        <translation>{before} areas did not match, {count} were changed.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>下面这些需要人来改：</source>
        <translation>These need a person:</translation>
    </message>
</context>
<context>
    <name>RulesPanel</name>
    <message>
        <source>修补(&amp;X)</source>
        <translation>&amp;Mend</translation>
    </message>
    <message>
        <source>用可靠的办法修补选中的这一处</source>
        <translation>Mend the chosen one by its sure way</translation>
    </message>
    <message>
        <source>全部修补(&amp;A)</source>
        <translation>Mend &amp;all</translation>
    </message>
    <message>
        <source>修补所有有可靠办法的，一步就能撤销</source>
        <translation>Mend all that have a sure way; one undo takes it back</translation>
    </message>
    <message>
        <source>认可的理由</source>
        <translation>Reason for accepting</translation>
    </message>
    <message>
        <source>划分规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>规则和问题</source>
        <translation>Rule and finding</translation>
    </message>
    <message>
        <source>修补</source>
        <translation>Mend</translation>
    </message>
    <message>
        <source>修补导入的边界</source>
        <translation>Mend imported borders</translation>
    </message>
    <message>
        <source>让导入的图层里相邻的面重新共用边界</source>
        <translation>Let neighbours of an imported layer share their borders again</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Communities</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Cells</translation>
    </message>
    <message>
        <source>小区</source>
        <translation>Compounds</translation>
    </message>
    <message>
        <source>{rule}（{count:,}）</source>
        <translation>{rule} ({count:,})</translation>
    </message>
    <message>
        <source>{rule}（{count:,}，另有 {accepted:,} 处已认可）</source>
        <translation>{rule} ({count:,}, and {accepted:,} accepted)</translation>
    </message>
    <message>
        <source>…… 还有 {count:,} 处</source>
        <translation>… {count:,} more</translation>
    </message>
    <message>
        <source>并入相邻网格</source>
        <translation>goes to a neighbour</translation>
    </message>
    <message>
        <source>归其中一格</source>
        <translation>goes to one of them</translation>
    </message>
    <message>
        <source>裁到社区边界</source>
        <translation>clipped to the community</translation>
    </message>
    <message>
        <source>补上顶点</source>
        <translation>vertices added</translation>
    </message>
    <message>
        <source>边界改沿外墙</source>
        <translation>border follows the wall</translation>
    </message>
    <message>
        <source>编下一个号</source>
        <translation>gets the next number</translation>
    </message>
    <message>
        <source>所有划分规则都符合。</source>
        <translation>All rules of the division are met.</translation>
    </message>
    <message>
        <source>错误 {error:,} 处，提醒 {warning:,} 处，说明 {info:,} 处。</source>
        <translation>{error:,} errors, {warning:,} warnings, {info:,} notes.</translation>
    </message>
    <message>
        <source>已认可 {accepted:,} 处。</source>
        <translation> {accepted:,} accepted.</translation>
    </message>
    <message>
        <source>全部修补（{count}）(&amp;A)</source>
        <translation>Mend &amp;all ({count})</translation>
    </message>
    <message>
        <source>取消认可(&amp;W)</source>
        <translation>&amp;Withdraw</translation>
    </message>
    <message>
        <source>认可(&amp;Y)</source>
        <translation>A&amp;ccept</translation>
    </message>
</context>
<context>
    <name>RulesPart</name>
    <message>
        <source>从上往下，先符合哪一条就按哪一条显示。</source>
        <translation>From the top: the first rule that fits counts.</translation>
    </message>
    <message>
        <source>添加规则(&amp;A)</source>
        <translation>&amp;Add rule</translation>
    </message>
    <message>
        <source>这条规则的条件</source>
        <translation>Conditions of this rule</translation>
    </message>
    <message>
        <source>再加一个条件(&amp;J)</source>
        <translation>&amp;Join another condition</translation>
    </message>
    <message>
        <source>只在这些比例尺下起作用</source>
        <translation>Only at these scales</translation>
    </message>
    <message>
        <source>一条规则至少要有一个条件，或者一个比例尺。</source>
        <translation>A rule needs a condition or a scale.</translation>
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
    <name>ScaleBox</name>
    <message>
        <source>不限</source>
        <translation>no limit</translation>
    </message>
    <message>
        <source>用地图现在的比例尺</source>
        <translation>Take the present scale of the map</translation>
    </message>
    <message>
        <source>{name}：用地图现在的比例尺</source>
        <translation>{name}: take the present scale of the map</translation>
    </message>
</context>
<context>
    <name>ScaleRange</name>
    <message>
        <source>放大到此为止</source>
        <translation>Zoomed in to</translation>
    </message>
    <message>
        <source>缩小到此为止</source>
        <translation>Zoomed out to</translation>
    </message>
    <message>
        <source>“放大”一端的数字要比“缩小”一端的小，例如 1:500 和 1:5,000。</source>
        <translation>The number of “zoomed in” must be smaller than that of “zoomed out”, e.g. 1:500 and 1:5,000.</translation>
    </message>
    <message>
        <source>请写成 1:5000 的样子，或选“不限”。</source>
        <translation>Write it like 1:5000, or choose “no limit”.</translation>
    </message>
</context>
<context>
    <name>ScalesPage</name>
    <message>
        <source>缩得比这更小时，只画小点</source>
        <translation>Only dots when zoomed out beyond</translation>
    </message>
    <message>
        <source>在哪些比例尺下显示这个图层</source>
        <translation>At which scales the layer is shown</translation>
    </message>
    <message>
        <source>地图现在的比例尺：{scale}</source>
        <translation>Present scale of the map: {scale}</translation>
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
        <source>搜索今天的数据（Ctrl+F）</source>
        <translation>Search today&apos;s data (Ctrl+F)</translation>
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
    <message>
        <source>那时还没有这一行。</source>
        <translation>This row was not there then.</translation>
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
        <source>跟随系统</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>大</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>特大</source>
        <translation>Very large</translation>
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
        <source>外观(&amp;T)</source>
        <translation>&amp;Theme</translation>
    </message>
    <message>
        <source>字号(&amp;F)</source>
        <translation>Type si&amp;ze</translation>
    </message>
    <message>
        <source>界面语言(&amp;L)</source>
        <translation>&amp;Language</translation>
    </message>
    <message>
        <source>自动备份间隔(&amp;B)</source>
        <translation>&amp;Back up every</translation>
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
    <name>SideBar</name>
    <message>
        <source>选择这一侧显示哪一天</source>
        <translation>Choose which day this map shows</translation>
    </message>
    <message>
        <source>选择这一侧显示哪些图层</source>
        <translation>Choose which layers this map shows</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>选择这一侧的底图</source>
        <translation>Choose the base map of this map</translation>
    </message>
    <message>
        <source>底图</source>
        <translation>Base map</translation>
    </message>
    <message>
        <source>选择底图…</source>
        <translation>Choose a base map…</translation>
    </message>
    <message>
        <source>去掉底图</source>
        <translation>Remove the base map</translation>
    </message>
</context>
<context>
    <name>Snap</name>
    <message>
        <source>顶点</source>
        <translation>vertex</translation>
    </message>
    <message>
        <source>中点</source>
        <translation>middle</translation>
    </message>
    <message>
        <source>垂足</source>
        <translation>perpendicular</translation>
    </message>
    <message>
        <source>边</source>
        <translation>edge</translation>
    </message>
    <message>
        <source>延长线</source>
        <translation>extension</translation>
    </message>
    <message>
        <source>{layer}的{kind}</source>
        <translation>{layer}: {kind}</translation>
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
    <name>StyleDialog</name>
    <message>
        <source>样式：{layer}</source>
        <translation>Style: {layer}</translation>
    </message>
    <message>
        <source>撤销上一步（Ctrl+Z）</source>
        <translation>Undo the last step (Ctrl+Z)</translation>
    </message>
    <message>
        <source>重做（Ctrl+Shift+Z）</source>
        <translation>Redo (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>导入样式…</source>
        <translation>Import style…</translation>
    </message>
    <message>
        <source>导出样式…</source>
        <translation>Export style…</translation>
    </message>
    <message>
        <source>显示图层(&amp;W)</source>
        <translation>Sho&amp;w layer</translation>
    </message>
    <message>
        <source>恢复默认(&amp;D)</source>
        <translation>&amp;Default</translation>
    </message>
    <message>
        <source>样式的各个方面</source>
        <translation>Sides of the style</translation>
    </message>
    <message>
        <source>显示方式</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>符号</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>点和密度</source>
        <translation>Density</translation>
    </message>
    <message>
        <source>标注</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>比例尺</source>
        <translation>Scales</translation>
    </message>
    <message>
        <source>应用(&amp;P)</source>
        <translation>A&amp;pply</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>这个图层没有打勾，地图上看不到。</source>
        <translation>This layer is not ticked, so the map does not show it.</translation>
    </message>
    <message>
        <source>地图现在的比例尺下，这个图层不显示。</source>
        <translation>At the present scale of the map this layer is not shown.</translation>
    </message>
    <message>
        <source>这是软件自带的样式。点“确定”才会换掉您的样式。</source>
        <translation>This is the shipped style. Your own one is replaced only by OK.</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>其他（不属于以上各类）</source>
        <translation>Others (in none of these classes)</translation>
    </message>
</context>
<context>
    <name>StyleHandlers</name>
    <message>
        <source>“{layer}”用的就是默认样式。</source>
        <translation>“{layer}” is in its default style.</translation>
    </message>
    <message>
        <source>要把“{layer}”恢复成默认样式吗？</source>
        <translation>Restore the default style of “{layer}”?</translation>
    </message>
    <message>
        <source>恢复默认(&amp;D)</source>
        <translation>Restore &amp;default</translation>
    </message>
    <message>
        <source>您自己设置的颜色、分类和标注会被去掉。</source>
        <translation>Your own colours, classes and labels will be dropped.</translation>
    </message>
    <message>
        <source>“{layer}”的样式改了还没有保存。要放弃这些修改吗？</source>
        <translation>The style of “{layer}” was changed but not saved. Give the changes up?</translation>
    </message>
    <message>
        <source>放弃修改(&amp;A)</source>
        <translation>&amp;Abandon changes</translation>
    </message>
    <message>
        <source>已保存。</source>
        <translation>Saved.</translation>
    </message>
    <message>
        <source>“{layer}”已恢复默认样式。</source>
        <translation>“{layer}” is in its default style again.</translation>
    </message>
    <message>
        <source>样式文件 (*.qml *.sld *.toml);;QGIS (*.qml);;SLD (*.sld);;TOML (*.toml)</source>
        <translation>Style files (*.qml *.sld *.toml);;QGIS (*.qml);;SLD (*.sld);;TOML (*.toml)</translation>
    </message>
    <message>
        <source>导入样式</source>
        <translation>Import style</translation>
    </message>
    <message>
        <source>已导入 {file}，点“确定”保存。</source>
        <translation>Imported {file}. OK saves it.</translation>
    </message>
    <message>
        <source>有些内容没能带过来：</source>
        <translation>Some things could not be brought along:</translation>
    </message>
    <message>
        <source>QGIS 样式 (*.qml);;SLD (*.sld);;TOML (*.toml)</source>
        <translation>QGIS style (*.qml);;SLD (*.sld);;TOML (*.toml)</translation>
    </message>
    <message>
        <source>导出样式</source>
        <translation>Export style</translation>
    </message>
    <message>
        <source>已导出到 {file}。</source>
        <translation>Exported to {file}.</translation>
    </message>
    <message>
        <source>这种文件写不下的内容：</source>
        <translation>What this kind of file cannot say:</translation>
    </message>
    <message>
        <source>……另有 {count} 处。</source>
        <translation>… and {count} more.</translation>
    </message>
</context>
<context>
    <name>StyleRules</name>
    <message>
        <source>是</source>
        <translation>is</translation>
    </message>
    <message>
        <source>不是</source>
        <translation>is not</translation>
    </message>
    <message>
        <source>小于</source>
        <translation>is below</translation>
    </message>
    <message>
        <source>不小于</source>
        <translation>is at least</translation>
    </message>
    <message>
        <source>包含</source>
        <translation>contains</translation>
    </message>
    <message>
        <source>没有填写</source>
        <translation>is missing</translation>
    </message>
</context>
<context>
    <name>SymbolPage</name>
    <message>
        <source>要修改的类别</source>
        <translation>Class to change</translation>
    </message>
    <message>
        <source>填充颜色</source>
        <translation>Colour of the fill</translation>
    </message>
    <message>
        <source>图案颜色</source>
        <translation>Colour of the hatch</translation>
    </message>
    <message>
        <source>线条颜色</source>
        <translation>Colour of the line</translation>
    </message>
    <message>
        <source>线宽</source>
        <translation>Width of the line</translation>
    </message>
    <message>
        <source>镶边颜色</source>
        <translation>Colour of the casing</translation>
    </message>
    <message>
        <source>镶边每边宽度</source>
        <translation>Width of the casing on each side</translation>
    </message>
    <message>
        <source>符号大小</source>
        <translation>Size of the symbol</translation>
    </message>
    <message>
        <source>图案</source>
        <translation>Hatch</translation>
    </message>
    <message>
        <source>没有图案</source>
        <translation>No hatch</translation>
    </message>
    <message>
        <source>右斜线</source>
        <translation>Rising lines</translation>
    </message>
    <message>
        <source>左斜线</source>
        <translation>Falling lines</translation>
    </message>
    <message>
        <source>交叉斜线</source>
        <translation>Crossed lines</translation>
    </message>
    <message>
        <source>横线</source>
        <translation>Level lines</translation>
    </message>
    <message>
        <source>竖线</source>
        <translation>Upright lines</translation>
    </message>
    <message>
        <source>方格</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>圆点</source>
        <translation>Dots</translation>
    </message>
    <message>
        <source>线型</source>
        <translation>Dash</translation>
    </message>
    <message>
        <source>实线</source>
        <translation>Solid</translation>
    </message>
    <message>
        <source>虚线 {number}</source>
        <translation>Dashed {number}</translation>
    </message>
    <message>
        <source>符号形状</source>
        <translation>Shape of the symbol</translation>
    </message>
    <message>
        <source>圆</source>
        <translation>Circle</translation>
    </message>
    <message>
        <source>方块</source>
        <translation>Square</translation>
    </message>
    <message>
        <source>菱形</source>
        <translation>Diamond</translation>
    </message>
    <message>
        <source>三角</source>
        <translation>Triangle</translation>
    </message>
    <message>
        <source>房子</source>
        <translation>House</translation>
    </message>
    <message>
        <source>圆环</source>
        <translation>Ring</translation>
    </message>
    <message>
        <source>叉</source>
        <translation>Cross</translation>
    </message>
    <message>
        <source>十字</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>沙漏</source>
        <translation>Hourglass</translation>
    </message>
    <message>
        <source>盾牌</source>
        <translation>Shield</translation>
    </message>
    <message>
        <source>水滴</source>
        <translation>Drop</translation>
    </message>
    <message>
        <source>五角星</source>
        <translation>Star</translation>
    </message>
    <message>
        <source>六边形</source>
        <translation>Hexagon</translation>
    </message>
    <message>
        <source>旗子</source>
        <translation>Flag</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>填充</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>线条</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>轮廓</source>
        <translation>Outline</translation>
    </message>
    <message>
        <source>宽度</source>
        <translation>Width</translation>
    </message>
    <message>
        <source>镶边</source>
        <translation>Casing</translation>
    </message>
    <message>
        <source>点</source>
        <translation>Point</translation>
    </message>
    <message>
        <source>形状</source>
        <translation>Shape</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
</context>
<context>
    <name>TableEditing</name>
    <message>
        <source>请选中几行：第一行的值会复制到其余各行的当前列。</source>
        <translation>Select some rows: the first one&apos;s value is copied to the others, in the current column.</translation>
    </message>
    <message>
        <source>请先复制一列，再选中要粘贴的行，并点在那一列上。</source>
        <translation>Copy a column first, then select the rows to paste into, clicking in that column.</translation>
    </message>
    <message>
        <source>剪贴板里有 {lines} 行，选中了 {rows} 行，对不上，没有粘贴。</source>
        <translation>The clipboard has {lines} lines and {rows} rows are selected: nothing was pasted.</translation>
    </message>
    <message>
        <source>剪贴板里的列比右边剩下的列多，没有粘贴。</source>
        <translation>The clipboard has more columns than are left on the right: nothing was pasted.</translation>
    </message>
    <message>
        <source>请先打开属性表（Ctrl+3）。</source>
        <translation>Open the table first (Ctrl+3).</translation>
    </message>
    <message>
        <source>“{field}”不能在这里改。</source>
        <translation>“{field}” is not changed here.</translation>
    </message>
    <message>
        <source>有的行还没有读出来，请滚动到那里再试。</source>
        <translation>Some rows are not read yet: scroll there and try again.</translation>
    </message>
    <message>
        <source>第 {row} 行：{fault}</source>
        <translation>Row {row}: {fault}</translation>
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
    <name>TimeBar</name>
    <message>
        <source>上一次修改之前（Page Up）</source>
        <translation>Before the last change (Page Up)</translation>
    </message>
    <message>
        <source>从头播放</source>
        <translation>Play from the beginning</translation>
    </message>
    <message>
        <source>下一次修改（Page Down）</source>
        <translation>The next change (Page Down)</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>回到今天</source>
        <translation>Back to today</translation>
    </message>
    <message>
        <source>关闭时间轴（Esc）</source>
        <translation>Close the time bar (Esc)</translation>
    </message>
    <message>
        <source>：{count:,} 处修改</source>
        <translation>: {count:,} changes</translation>
    </message>
    <message>
        <source>……另有 {count:,} 次操作</source>
        <translation>… and {count:,} more</translation>
    </message>
    <message>
        <source>今天（{day}）</source>
        <translation>Today ({day})</translation>
    </message>
    <message>
        <source>{day} 刚建库</source>
        <translation>{day}, just made</translation>
    </message>
</context>
<context>
    <name>TimeHandlers</name>
    <message>
        <source>地图显示今天。拖动下面的时间轴，或按 Page Up，看过去某一天的样子。</source>
        <translation>The map shows today. Drag the time bar below, or press Page Up, to see a past day.</translation>
    </message>
    <message>
        <source>地图显示 {day} 的样子，只能查看。属性表和搜索显示今天的数据。</source>
        <translation>The map shows {day}, to look at only. Table and search show today&apos;s data.</translation>
    </message>
    <message>
        <source>今天的数据</source>
        <translation>Today&apos;s data</translation>
    </message>
    <message>
        <source>比较前后的边界</source>
        <translation>Comparing the borders of then and now</translation>
    </message>
    <message>
        <source>把{what}恢复成 {day} 的样子？</source>
        <translation>Bring {what} back as on {day}?</translation>
    </message>
    <message>
        <source>把所选的 {count:,} 行恢复成 {day} 的样子？</source>
        <translation>Bring the {count:,} selected rows back as on {day}?</translation>
    </message>
    <message>
        <source>恢复(&amp;R)</source>
        <translation>&amp;Bring Back</translation>
    </message>
    <message>
        <source>恢复成这时的样子</source>
        <translation>Bring back as it was then</translation>
    </message>
    <message>
        <source>这是一次新的修改，可以撤销。</source>
        <translation>This is a new change, which can be undone.</translation>
    </message>
    <message>
        <source>为了不留空隙和重叠，相关的这些也一起改：</source>
        <translation>So that no gap and no overlap is left, these change with it:</translation>
    </message>
    <message>
        <source>· ……另有 {count:,} 项</source>
        <translation>· … and {count:,} more</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>as it was</translation>
    </message>
    <message>
        <source>重新加入</source>
        <translation>there again</translation>
    </message>
    <message>
        <source>只恢复边界</source>
        <translation>only its border</translation>
    </message>
    <message>
        <source>自今天起终止，编码和沿革保留</source>
        <translation>ends today, keeps code and lineage</translation>
    </message>
    <message>
        <source>删除（后来新增的）</source>
        <translation>deleted (it was made since)</translation>
    </message>
    <message>
        <source>已恢复，共改动 {count:,} 项。可以撤销。</source>
        <translation>Brought back; {count:,} rows changed. This can be undone.</translation>
    </message>
</context>
<context>
    <name>TimeSlider</name>
    <message>
        <source>时间轴</source>
        <translation>Time bar</translation>
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
    <message>
        <source>这个图层还在读取，请稍后再选。</source>
        <translation>This layer is still being read; select again in a moment.</translation>
    </message>
</context>
</TS>
