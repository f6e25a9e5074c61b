"""What mending torn borders says while it goes on."""

from gridmap.base.messages import sentence


@sentence(zh="正在修补边界", en="Mending borders")
def mending_borders() -> None: ...
