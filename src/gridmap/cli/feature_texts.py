"""What the verbs about single rows say."""

from gridmap.base.messages import Wording, sentence


@sentence(
    zh="--set 要写成 字段=值，例如 --set floors=6；收到的是 {given}。",
    en="--set is written field=value, for example --set floors=6; got {given}.",
)
def wrong_value(given: str) -> None: ...


@sentence(
    zh="读不懂的 WKT：{given}。例如 POINT (500000 4415000)，东坐标在前。",
    en="Not understood as WKT: {given}. For example POINT (500000 4415000), east first.",
)
def wrong_wkt(given: str) -> None: ...


@sentence(zh="新增了 {count} 个{table}：", en="Added to {table}: {count}")
def added(count: int, table: Wording) -> None: ...


@sentence(zh="修改了 {count} 个{table}：", en="Changed in {table}: {count}")
def changed(count: int, table: Wording) -> None: ...


@sentence(zh="删除了 {count} 个{table}：", en="Deleted from {table}: {count}")
def deleted(count: int, table: Wording) -> None: ...
