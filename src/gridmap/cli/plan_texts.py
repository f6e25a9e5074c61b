"""What the verbs about plans and change notices say to people."""

from gridmap.base.messages import Text, Wording, sentence


@sentence(zh="已新建“{name}”（{id}）。", en="Made “{name}” ({id}).")
def made_plan(name: str, id: str) -> None: ...


@sentence(
    zh="{name}  {kind}  {state}  编制 {made_on}  {id}",
    en="{name}  {kind}  {state}  made {made_on}  {id}",
)
def plan_line(name: str, kind: Wording, state: Wording, made_on: str, id: str) -> None: ...


@sentence(
    zh="    {by} 于 {on} 批准，批文 {document}，实施日期 {day}",
    en="    approved by {by} on {on}, document {document}, in force from {day}",
)
def plan_approval(by: str, document: str, on: str, day: str) -> None: ...


@sentence(
    zh="方案“{name}”：{changed} 个网格调整，{ended} 个终止，{new} 个新设，{unchanged} 个不变。",
    en="Plan “{name}”: {changed} {changed:plural cell|cells} changed, {ended} ended, {new} new, "
    "{unchanged} as they are.",
)
def diff_head(name: str, changed: int, ended: int, new: int, unchanged: int) -> None: ...


@sentence(
    zh="  {deed}  {code}  面积 {before} → {after} 平方米  户数 {homes_before} → {homes_after}",
    en="  {deed}  {code}  area {before} → {after} m²  households {homes_before} → {homes_after}",
)
def diff_line(
    deed: Text, code: str, before: str, after: str, homes_before: str, homes_after: str
) -> None: ...


@sentence(zh="  ……还有 {more} 个；用 --json 可以看到全部。", en="  … and {more} more; see --json.")
def more_changes(more: int) -> None: ...


@sentence(
    zh="换网格的地面 {area:,.0f} 平方米，换网格的住户 {households} 户。",
    en="{area:,.0f} m² of ground and {households} {households:plural household|households} get "
    "another cell.",
)
def diff_moved(area: float, households: int) -> None: ...


@sentence(
    zh="注意：方案编制之后，现行划分的这些网格又有改动：{codes}。用 plan update 并入方案。",
    en="Mind: the official division has changed in these cells since the plan was made: {codes}. "
    "Bring that into the plan with plan update.",
)
def diff_stale(codes: str) -> None: ...


@sentence(
    zh="指纹 {fingerprint}（批准时用 --seen 给出）",
    en="Fingerprint {fingerprint} (give it with --seen to approve)",
)
def diff_fingerprint(fingerprint: str) -> None: ...


@sentence(zh="调整", en="reshaped ")
def deed_reshaped() -> None: ...


@sentence(zh="改名", en="described")
def deed_described() -> None: ...


@sentence(zh="终止", en="ended    ")
def deed_ended() -> None: ...


@sentence(zh="新设", en="new      ")
def deed_new() -> None: ...


@sentence(
    zh="已批准“{name}”，实施日期 {day}。到日子用 plan in-force 实施。",
    en="Approved “{name}”, in force from {day}. Put it in force then with plan in-force.",
)
def approved(name: str, day: str) -> None: ...


@sentence(
    zh="“{name}”自 {day} 起实施：{reshaped} 个网格调整，{ended} 个终止，{new} 个新设。新的编码：",
    en="“{name}” is in force from {day}: {reshaped} {reshaped:plural cell|cells} reshaped, "
    "{ended} ended, {new} new. The new codes:",
)
def in_force(name: str, day: str, reshaped: int, ended: int, new: int) -> None: ...


@sentence(
    zh="已把现行划分的改动并入“{name}”，改动 {changed} 个网格。",
    en="Brought the official changes into “{name}”; {changed} {changed:plural cell|cells} changed.",
)
def updated(name: str, changed: int) -> None: ...


@sentence(zh="已废弃“{name}”。", en="Discarded “{name}”.")
def discarded(name: str) -> None: ...


@sentence(zh="已转为方案“{name}”。", en="Kept as the plan “{name}”.")
def kept(name: str) -> None: ...


@sentence(
    zh="变更通知已写到 {path}：{pages} 页。",
    en="The change notice is in {path}: {pages} {pages:plural page|pages}.",
)
def notice_written(path: str, pages: int) -> None: ...
