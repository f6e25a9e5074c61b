"""Why the sides of a merge of borders need a person, and what is wrong with a version."""

from gridmap.base.messages import Text, sentence


@sentence(zh="起点", en="the base")
def base() -> None: ...


@sentence(zh="本方", en="mine")
def mine() -> None: ...


@sentence(zh="对方", en="theirs")
def theirs() -> None: ...


@sentence(
    zh="{side}中，{keys} 的边界与相邻的不吻合或相互重叠，无法合并。请先修补边界，再合并。",
    en="In {side}, the borders of {keys} do not match their neighbours' or overlap, so nothing can "
    "be merged. Mend them first, then merge again.",
)
def version_torn(side: Text, keys: str) -> None: ...


@sentence(
    zh="{side}中有两行的编号都是 {key}。每个编号只能有一行。",
    en="In {side}, two rows have the key {key}. Each key may have one row only.",
)
def key_twice(side: Text, key: str) -> None: ...


@sentence(
    zh="双方都改了这条边界，改得不一样。",
    en="Both sides changed this border, each in its own way.",
)
def both_changed() -> None: ...


@sentence(
    zh="一方取消了这条边界，另一方改了它。",
    en="One side took this border away, the other one changed it.",
)
def taken_away() -> None: ...


@sentence(
    zh="一方的线接在这条边界上，另一方移动或取消了它。",
    en="One side's line ends on this border, which the other side moved or took away.",
)
def ends_on_moved() -> None: ...


@sentence(
    zh="双方画的线相互交叉或重叠。",
    en="The lines that the two sides drew cross or touch each other.",
)
def lines_cross() -> None: ...


@sentence(
    zh="一方改了这条边界，另一方把它旁边的地划给了别的格。",
    en="One side changed this border, the other gave the ground beside it to another cell.",
)
def ground_passed_on() -> None: ...


@sentence(
    zh="双方把同一块地划给了不同的格。",
    en="The two sides gave the same ground to different cells.",
)
def ground_to_two() -> None: ...


@sentence(
    zh="两边的改动合在一起，{key} 会分成不相连的几块。",
    en="Both changes together would leave {key} in several parts.",
)
def in_parts(key: str) -> None: ...


@sentence(
    zh="两边的改动合在一起，{key} 就没有地了。",
    en="Both changes together would leave nothing of {key}.",
)
def nothing_left(key: str) -> None: ...


@sentence(
    zh="一方撤销了 {key}，另一方改了它。",
    en="One side ended {key}, the other side changed it.",
)
def ended_and_changed(key: str) -> None: ...


@sentence(
    zh="两边的改动合在一起，{key} 的边界会不吻合。",
    en="Both changes together would tear the borders of {key}.",
)
def torn_together(key: str) -> None: ...
