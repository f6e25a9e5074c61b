"""The words of a change notice on paper."""

from gridmap.base.messages import sentence


@sentence(zh="单元网格变更通知", en="Notice of changed grid cells")
def title() -> None: ...


@sentence(zh="单元网格变更通知（草案）", en="Notice of changed grid cells (draft)")
def title_of_draft() -> None: ...


@sentence(zh="批文文号", en="Document")
def number() -> None: ...


@sentence(zh="批文标题", en="Title")
def document_title() -> None: ...


@sentence(zh="签发日期", en="Issued on")
def issued_on() -> None: ...


@sentence(zh="签发人", en="Signed by")
def signatory() -> None: ...


@sentence(zh="发文机关", en="Issued by")
def issuer() -> None: ...


@sentence(zh="批准人", en="Approved by")
def approved_by() -> None: ...


@sentence(zh="变更事由", en="Change")
def intention() -> None: ...


@sentence(zh="实施日期", en="In force from")
def in_force_on() -> None: ...


@sentence(zh="（未登记）", en="(not entered)")
def not_entered() -> None: ...


@sentence(
    zh="调整网格 {changed} 个，终止 {ended} 个，新设 {new} 个；涉及地面 {area:,.0f} 平方米、"
    "住户 {households:,} 户换了网格。",
    en="{changed} {changed:plural cell|cells} changed, {ended} ended, {new} new; {area:,.0f} m² of "
    "ground and {households:,} {households:plural household|households} get another cell.",
)
def summary(changed: int, ended: int, new: int, area: float, households: int) -> None: ...


@sentence(zh="变更前", en="Before")
def before() -> None: ...


@sentence(zh="变更后", en="After")
def after() -> None: ...


@sentence(zh="新旧网格对照表", en="Old and new cells")
def table() -> None: ...


@sentence(zh="新旧网格对照表（续）", en="Old and new cells (continued)")
def table_continued() -> None: ...


@sentence(zh="原网格编码", en="Old code")
def old_code() -> None: ...


@sentence(zh="原名称", en="Old name")
def old_name() -> None: ...


@sentence(zh="面积 m²", en="Area m²")
def area() -> None: ...


@sentence(zh="户数", en="Homes")
def households() -> None: ...


@sentence(zh="变更", en="Change")
def change() -> None: ...


@sentence(zh="划转 m²", en="Moved m²")
def moved() -> None: ...


@sentence(zh="新网格编码", en="New code")
def new_code() -> None: ...


@sentence(zh="新名称", en="New name")
def new_name() -> None: ...


@sentence(zh="第 {page} 页，共 {pages} 页", en="Page {page} of {pages}")
def page_of(page: int, pages: int) -> None: ...


@sentence(zh="签发人：", en="Signed:")
def sign_here() -> None: ...


@sentence(zh="日期：", en="Date:")
def date_here() -> None: ...


@sentence(zh="（盖章）", en="(seal)")
def seal_here() -> None: ...


@sentence(zh="拆分", en="split")
def split() -> None: ...


@sentence(zh="合并", en="merged")
def merge() -> None: ...


@sentence(zh="划出", en="given")
def given() -> None: ...


@sentence(zh="重划", en="redrawn")
def redrawn() -> None: ...


@sentence(zh="边界调整", en="reshaped")
def reshaped() -> None: ...


@sentence(zh="属性调整", en="described")
def described() -> None: ...


@sentence(zh="新设", en="new")
def new() -> None: ...


@sentence(zh="终止", en="ended")
def ended() -> None: ...


@sentence(zh="新设的网格", en="New cells")
def mark_new() -> None: ...


@sentence(zh="调整的网格", en="Changed cells")
def mark_changed() -> None: ...


@sentence(zh="终止的网格", en="Ended cells")
def mark_ended() -> None: ...
