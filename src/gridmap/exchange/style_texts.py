"""What the exchange of styles says to people: what is wrong, and what could not be said."""

from gridmap.base.messages import Text, sentence

# --- the file -----------------------------------------------------------------------------------


@sentence(
    zh="样式文件 {file} 不是完整的 XML（{reason}）。请从 QGIS 重新导出。",
    en="The style file {file} is no whole XML ({reason}). Export it from QGIS again.",
)
def not_xml(file: str, reason: str) -> None: ...


@sentence(
    zh="样式文件 {file} 有 {megabytes} MB，最多读 {limit} MB。请在 QGIS 里简化样式后重新导出。",
    en="The style file {file} has {megabytes} MB, {limit} MB are read at most. Make the style "
    "simpler in QGIS and export it again.",
)
def too_large(file: str, megabytes: int, limit: int) -> None: ...


@sentence(
    zh="样式文件 {file} 的层次太深或元素太多，不像是 QGIS 写的，没有读取。",
    en="The style file {file} is nested too deeply or has too many elements; QGIS writes none "
    "such, so it was not read.",
)
def too_deep(file: str) -> None: ...


@sentence(
    zh="样式文件 {file} 里有实体定义，可能是恶意文件，没有读取。请从 QGIS 重新导出。",
    en="The style file {file} defines entities and may be hostile; it was not read. Export it from "
    "QGIS again.",
)
def has_entities(file: str) -> None: ...


@sentence(
    zh="{file} 里没有矢量图层的样式。请在 QGIS 里选中矢量图层，另存样式为 QML 或 SLD。",
    en="{file} holds no style of a vector layer. In QGIS choose a vector layer and save its style "
    "as QML or SLD.",
)
def no_style(file: str) -> None: ...


@sentence(
    zh="{file} 的画法“{kind}”这里没有对应的。请在 QGIS 里改成单一、分类、分级或规则符号后再导出。",
    en="Nothing here is like the renderer {kind} of {file}. Change it in QGIS to single, "
    "categorized, graduated or rule-based symbols and export again.",
)
def unknown_renderer(file: str, kind: str) -> None: ...


@sentence(
    zh="{file} 按字段“{field}”分类，图层 {table} 没有这个字段。可用的字段：{known}。",
    en="{file} makes classes by the field {field}, which the layer {table} has not. Its fields: "
    "{known}.",
)
def unknown_class_field(file: str, field: str, table: str, known: str) -> None: ...


@sentence(
    zh="不认识样式文件 {file} 的类型。请用 .toml、.sld 或 .qml。",
    en="The kind of the style file {file} is not known. Use .toml, .sld or .qml.",
)
def unknown_kind(file: str) -> None: ...


# --- lost: both ways ----------------------------------------------------------------------------


@sentence(
    zh="{what}在这里无法表达，已略去。",
    en="{what} cannot be said here and was left out.",
)
def left_out(what: Text | str) -> None: ...


@sentence(zh="规则“{rule}”", en="The rule “{rule}”")
def rule(rule: str) -> None: ...


@sentence(
    zh="{count} 个类中超出 {limit} 个的部分", en="What exceeds {limit} of the {count} classes"
)
def surplus_classes(count: int, limit: int) -> None: ...


# --- lost: going out ----------------------------------------------------------------------------


@sentence(
    zh="相邻面的公共边界在别的软件里每个面各画一遍，不再只画一次。",
    en="Borders of neighbours are drawn once for each area elsewhere, no longer once in all.",
)
def border_twice() -> None: ...


@sentence(
    zh="比 1:{scale:.0f} 更远时，这里的点变成色点；别的软件里仍是完整的图标。",
    en="Farther out than 1:{scale:.0f} points are dots here; elsewhere they stay whole markers.",
)
def dots_far_out(scale: float) -> None: ...


@sentence(
    zh="这个图层的点、线、面可以混在一起，这种文件只管一种：写入的是面的样式（点画在面的中心）。",
    en="This layer may hold points, lines and areas; such a file is for one kind. Written is the "
    "style of areas, with markers in their centres.",
)
def areas_only() -> None: ...


@sentence(
    zh="按地面宽度画线（至少 {metres:g} 米）在 SLD 里无法表达，线宽固定为 {width:g} 像素。",
    en="Lines as wide as on the ground (at least {metres:g} m) cannot be said in SLD; they are "
    "{width:g} pixels wide.",
)
def ground_width(metres: float, width: float) -> None: ...


@sentence(
    zh="图标“{marker}”在 SLD 里没有，改用“{other}”。",
    en="SLD has no marker {marker}; {other} stands in for it.",
)
def other_marker(marker: str, other: str) -> None: ...


@sentence(
    zh="点状花纹在 SLD 里没有各家都认的写法，没有写。",
    en="SLD has no way to say a dotted hatch that all programs know; it is not written.",
)
def dots_in_sld() -> None: ...


@sentence(
    zh="标注优先级在 QGIS 里只有 0 到 10，{priority} 写成 {written}。",
    en="QGIS knows priorities of labels from 0 to 10; {priority} is written as {written}.",
)
def coarse_priority(priority: int, written: int) -> None: ...


@sentence(
    zh="标注只写字段的一部分（末几位，或某些字之后），在 SLD 里写成整个字段。",
    en="The label writes only a part of its field (its last characters, or what follows some); in "
    "SLD it is the whole field.",
)
def whole_label() -> None: ...


@sentence(
    zh="标注的字间距在 SLD 里无法表达。",
    en="The room between a label's characters cannot be said in SLD.",
)
def label_spacing() -> None: ...


@sentence(
    zh="标注的字号在 SLD 里取整：{size:g} 写成 {written}。",
    en="The size of labels is a whole number in SLD: {size:g} is written as {written}.",
)
def whole_size(size: float, written: int) -> None: ...


@sentence(
    zh="标注的优先级在 SLD 里无法表达。",
    en="The priority of labels cannot be said in SLD.",
)
def label_priority() -> None: ...


@sentence(
    zh="分级的方法和配色的名称在 SLD 里无法表达；各级本身不受影响。",
    en="How the classes were made and the palette's name cannot be said in SLD; the classes can.",
)
def graduation_in_sld() -> None: ...


@sentence(
    zh="大小随字段“{field}”变化的图标在 SLD 里无法表达，写成固定大小。",
    en="Markers whose size follows the field {field} cannot be said in SLD; theirs is fixed.",
)
def fixed_size(field: str) -> None: ...


@sentence(
    zh="聚合显示（聚合点、热力图、六边形）在 SLD 里无法表达，写成单个的符号。",
    en="Rows shown together (clusters, heat map, hexagons) cannot be said in SLD; each has its "
    "own symbol there.",
)
def gather_in_sld() -> None: ...


@sentence(
    zh="六边形统计在 QGIS 的样式里没有，写成单个的符号。",
    en="QGIS has no style that counts in hexagons; each row has its own symbol there.",
)
def hexagons() -> None: ...


@sentence(
    zh="聚合点和热力图在 QGIS 里只用于点图层，这里写成单个的符号。",
    en="In QGIS clusters and heat maps are for layers of points; here each row has its own symbol.",
)
def gather_of_points_only() -> None: ...


@sentence(
    zh="聚合点在 QGIS 里不分比例尺；这里比 1:{scale:.0f} 更近时分开显示。",
    en="Clusters in QGIS know no scale; here rows stand apart nearer than 1:{scale:.0f}.",
)
def clusters_at_all_scales(scale: float) -> None: ...


@sentence(
    zh="聚合点在 QGIS 里写的是个数，不是字段“{field}”的合计。",
    en="Clusters in QGIS show how many there are, not the sum of the field {field}.",
)
def clusters_count(field: str) -> None: ...


@sentence(
    zh="QGIS 的一个图层只有一种画法：写入的是近处的单个符号，"
    "远处（1:{scale:.0f} 以外）的热力图没有写。",
    en="A layer of QGIS is drawn in one way: written are the single symbols of nearby; the heat "
    "map farther out than 1:{scale:.0f} is not.",
)
def heat_left_out(scale: float) -> None: ...


@sentence(
    zh="热力图总是显示，单个的符号没有写。",
    en="The heat map is always shown; the single symbols are not written.",
)
def symbols_under_heat() -> None: ...


@sentence(
    zh="字段“{field}”没有值的行在 QGIS 的分级符号里不显示。",
    en="Rows without a value of {field} are not shown by QGIS's graduated symbols.",
)
def missing_not_shown(field: str) -> None: ...


@sentence(
    zh="按值分类和按数值范围分类混在一起，写成了规则。",
    en="Classes of values and of ranges stand side by side; they are written as rules.",
)
def written_as_rules() -> None: ...


# --- lost: coming in ----------------------------------------------------------------------------


@sentence(
    zh="字段“{field}”不在图层 {table} 里，用到它的{what}已略去。",
    en="The layer {table} has no field {field}; {what} was left out.",
)
def unknown_field(field: str, table: str, what: Text) -> None: ...


@sentence(zh="标注", en="the label")
def the_label() -> None: ...


@sentence(zh="图标大小", en="the size of markers")
def the_size() -> None: ...


@sentence(zh="规则", en="the rule")
def the_rule() -> None: ...


@sentence(zh="权重", en="the weight")
def the_weight() -> None: ...


@sentence(
    zh="字段“{field}”没有“{value}”这个选项，这一类已略去。",
    en="The field {field} has no choice {value}; the class was left out.",
)
def unknown_choice(field: str, value: str) -> None: ...


@sentence(
    zh="符号层“{kind}”这里没有对应的，已略去。",
    en="Nothing here is like the symbol layer {kind}; it was left out.",
)
def unknown_layer(kind: str) -> None: ...


@sentence(
    zh="一个符号里有 {count} 层“{kind}”，只保留了最上面的。",
    en="A symbol has {count} layers of {kind}; only the uppermost was kept.",
)
def too_many_layers(count: int, kind: str) -> None: ...


@sentence(
    zh="图标形状“{name}”这里没有，改用“{other}”。",
    en="There is no marker {name} here; {other} stands in for it.",
)
def unknown_marker(name: str, other: str) -> None: ...


@sentence(
    zh="图片符号改用圆点。",
    en="A picture as symbol became a circle.",
)
def picture_marker() -> None: ...


@sentence(
    zh="面中心的图标有自己的颜色；这里它用面的颜色。",
    en="The marker in an area has colours of its own; here it takes those of the area.",
)
def marker_colour() -> None: ...


@sentence(
    zh="由表达式决定的“{name}”：{expression}",
    en="{name} by an expression: {expression}",
)
def dynamic(name: str, expression: str) -> None: ...


@sentence(
    zh="设置“{name}”（{value}）",
    en="The setting {name} ({value})",
)
def setting(name: str, value: str) -> None: ...


@sentence(
    zh="透明的图标在这里是不透明的。",
    en="See-through markers are opaque here.",
)
def opaque_markers() -> None: ...


@sentence(
    zh="同时符合几条规则的对象，QGIS 每条都画，这里只画排在最前的一条。",
    en="What meets several rules is drawn by each of them in QGIS, here only by the first.",
)
def first_rule_only() -> None: ...


@sentence(
    zh="条件“{field} 不是 {value}”在这里也包括没有值的行。",
    en="Here “{field} is not {value}” also takes rows without a value.",
)
def not_takes_missing(field: str, value: str) -> None: ...


@sentence(
    zh="不属于任何一类的行，原来不显示，这里用灰色小点表示。",
    en="Rows of no class were not shown; here they are small grey dots.",
)
def rest_is_shown() -> None: ...


@sentence(
    zh="正好等于分界值的行归到上一级；原来归到下一级。",
    en="A number that equals a bound belongs to the class above it; it belonged to the one below.",
)
def bounds_go_up() -> None: ...


@sentence(
    zh="小于 {bound:g} 的行原来不属于任何一类，这里归到第一类。",
    en="Numbers below {bound:g} belonged to no class; here they belong to the first.",
)
def first_class_is_open(bound: float) -> None: ...


@sentence(
    zh="各级之间有空档或重叠，这里按上界首尾相接。",
    en="The ranges had gaps or overlapped; here each begins where the one before it ends.",
)
def ranges_touch() -> None: ...


@sentence(
    zh="按地图单位的宽度（{metres:g}）在这里是“至少这么宽”。",
    en="A width in map units ({metres:g}) is here the least width on the ground.",
)
def map_units(metres: float) -> None: ...


@sentence(
    zh="标注的表达式“{expression}”",
    en="The label's expression “{expression}”",
)
def label_expression(expression: str) -> None: ...


@sentence(
    zh="有 {count} 种标注，只保留了第一种。",
    en="There are {count} kinds of labels; the first was kept.",
)
def labels(count: int) -> None: ...


@sentence(
    zh="标注没有光晕；这里的标注总有一圈细光晕，设成了透明。",
    en="Labels have no halo; here they always do, and it was made see-through.",
)
def no_halo() -> None: ...


@sentence(
    zh="标注光晕宽 {width:g} 像素；这里总是 {here:g} 像素。",
    en="The labels' halo is {width:g} pixels wide; here it is always {here:g}.",
)
def halo_width(width: float, here: float) -> None: ...


@sentence(
    zh="外层的画法“{kind}”没有对应的，只读了里面的符号。",
    en="Nothing here is like the renderer {kind}; the symbols inside it were read.",
)
def outer_renderer(kind: str) -> None: ...


@sentence(
    zh="热力图的颜色改用最接近的配色“{palette}”。",
    en="The heat map takes the palette that is nearest to its colours, {palette}.",
)
def nearest_palette(palette: str) -> None: ...


@sentence(
    zh="图标大小随字段变化的方式略有不同：这里面积与数值成正比。",
    en="Sizes follow the field a little differently: here the area grows with the number.",
)
def area_grows() -> None: ...


@sentence(zh="图表", en="Diagrams")
def diagrams() -> None: ...


@sentence(zh="绘制次序", en="The order of drawing")
def drawing_order() -> None: ...


@sentence(zh="图层效果", en="Effects")
def effects() -> None: ...
