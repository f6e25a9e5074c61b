"""What sample/ says to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="随机种子是 {seed}，应为零或正整数。请换一个。",
    en="The seed is {seed}, but must be zero or more. Give another one.",
)
def negative_seed(seed: int) -> None: ...


@sentence(zh="正在布置街道…", en="Laying out streets…")
def laying_out_streets() -> None: ...


@sentence(zh="正在划分单元网格…", en="Dividing into unit grid cells…")
def cutting_cells() -> None: ...


@sentence(zh="正在摆放建筑…", en="Placing buildings…")
def raising_buildings() -> None: ...


@sentence(zh="正在登记小区和网格…", en="Registering compounds and grids…")
def registering_places() -> None: ...


@sentence(zh="正在布设路网和部件…", en="Placing walkways and components…")
def placing_components() -> None: ...


@sentence(zh="正在编写问题和案卷…", en="Writing defects and cases…")
def writing_defects() -> None: ...


@sentence(zh="正在安排巡查和议事…", en="Arranging patrols and meetings…")
def arranging_patrols() -> None: ...


@sentence(zh="虚构街道已生成。", en="The imaginary subdistrict is made.")
def sample_made() -> None: ...
