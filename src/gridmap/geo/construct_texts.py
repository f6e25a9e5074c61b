"""What constructions say where they cannot be made."""

from gridmap.base.messages import sentence


@sentence(
    zh="这几个点围不出面积。请换一个位置不同的点。",
    en="These points enclose no area. Choose a point elsewhere.",
)
def no_area() -> None: ...


@sentence(
    zh="圆弧需要三个不同的点。请换一个点。",
    en="An arc needs three different points. Choose another one.",
)
def same_points() -> None: ...


@sentence(
    zh="偏移 {distance_m:g} 米后什么也不剩。请减小距离。",
    en="Nothing is left at a distance of {distance_m:g} m. Make it smaller.",
)
def nothing_at_distance(distance_m: float) -> None: ...


@sentence(
    zh="偏移 {distance_m:g} 米后会断成几块。请减小距离。",
    en="At a distance of {distance_m:g} m it falls into parts. Make it smaller.",
)
def falls_into_parts(distance_m: float) -> None: ...
