"""What the services of base maps say to people."""

from gridmap.base.messages import sentence


@sentence(zh="正在打开底图 {file}", en="opening the base map {file}")
def opening(file: str) -> None: ...


@sentence(
    zh="不认识的坐标类型：{datum}。可以是 {known}。",
    en="Unknown kind of coordinates: {datum}. It can be {known}.",
)
def unknown_datum(datum: str, known: str) -> None: ...


@sentence(
    zh="已建立概视图 {path}",
    en="built the overviews {path}",
)
def overviews_built(path: str) -> None: ...
