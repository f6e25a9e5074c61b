"""What mending the borders of an imported layer says."""

from gridmap.base.messages import sentence


@sentence(
    zh="修补{table}的边界（{count} 个面）",
    en="Mend the borders of {table} ({count} {count:plural area|areas})",
)
def mended(table: str, count: int) -> None: ...


@sentence(
    zh="图层 {table} 的面不共用边界，不能修补；可以修补的是 {known}。",
    en="The areas of layer {table} share no borders; borders are mended of {known}.",
)
def no_such_layer(table: str, known: str) -> None: ...


@sentence(
    zh="缝隙宽度 {width_m:g} 米不合理，请给 0 到 {most_m:g} 米之间的数。",
    en="A gap {width_m:g} m wide makes no sense; give a number between 0 and {most_m:g} m.",
)
def wrong_width(width_m: float, most_m: float) -> None: ...


@sentence(
    zh="重叠 {area_m2:,.1f} 平方米，太宽，可能是有意画的",
    en="they overlap by {area_m2:,.1f} m², too wide to be a slip",
)
def wide_overlap(area_m2: float) -> None: ...


@sentence(zh="修补后会断开或没有面积", en="it would fall apart or vanish")
def would_break() -> None: ...


@sentence(zh="修补后边界仍对不上", en="its borders do not match afterwards either")
def still_torn() -> None: ...
