"""What the services about plans and change notices say to people."""

from gridmap.base.messages import Text, Wording, sentence

# --- intentions, as the history tells them ----------------------------------------------------


@sentence(zh="新建方案“{name}”", en="New plan “{name}”")
def made_plan(name: str) -> None: ...


@sentence(zh="开始演练“{name}”", en="Begin the rehearsal “{name}”")
def made_rehearsal(name: str) -> None: ...


@sentence(zh="批准方案“{name}”（{document}，{by}）", en="Approve “{name}” ({document}, {by})")
def approved_plan(name: str, document: str, by: str) -> None: ...


@sentence(zh="方案“{name}”自 {day} 起实施", en="Put the plan “{name}” in force from {day}")
def put_plan_in_force(name: str, day: str) -> None: ...


@sentence(zh="废弃方案“{name}”", en="Discard the plan “{name}”")
def discarded_plan(name: str) -> None: ...


@sentence(zh="丢弃演练“{name}”", en="Discard the rehearsal “{name}”")
def discarded_rehearsal(name: str) -> None: ...


@sentence(zh="演练“{name}”转为方案“{new}”", en="Keep the rehearsal “{name}” as the plan “{new}”")
def kept_rehearsal(name: str, new: str) -> None: ...


@sentence(zh="演练 {moment}", en="Rehearsal {moment}")
def rehearsal_name(moment: str) -> None: ...


@sentence(
    zh="把现行划分的改动并入方案“{name}”",
    en="Bring the changes of the official division into “{name}”",
)
def updated_plan(name: str) -> None: ...


# --- what cannot be ---------------------------------------------------------------------------


@sentence(
    zh="没有叫“{name}”的方案。现有的方案：{known}。",
    en="There is no plan “{name}”. Those there are: {known}.",
)
def no_such_plan(name: str, known: str) -> None: ...


@sentence(zh="（还没有方案）", en="(there is none yet)")
def no_plan_yet() -> None: ...


@sentence(
    zh="有 {count} 个方案都叫“{name}”。请改用方案的编号（plan list 会列出）。",
    en="{count} plans are called “{name}”. Name it by its id, which plan list tells.",
)
def name_is_shared(name: str, count: int) -> None: ...


@sentence(zh="请给方案一个名称。", en="Give the plan a name.")
def name_missing() -> None: ...


@sentence(
    zh="已经有一个方案叫“{name}”。请换一个名称。",
    en="There is already a plan “{name}”. Choose another name.",
)
def name_taken(name: str) -> None: ...


@sentence(
    zh="没有社区“{name}”。请用社区的名称或编码。",
    en="There is no community “{name}”. Give the name or the code of one.",
)
def no_such_community(name: str) -> None: ...


@sentence(
    zh="现行的单元网格里没有可以复制到方案的。请先划分或导入单元网格。",
    en="There is no official cell to begin the plan with. Draw or import cells first.",
)
def nothing_to_copy() -> None: ...


@sentence(
    zh="方案“{name}”现在是“{state}”，不能{deed}。",
    en="The plan “{name}” is {state} and cannot be {deed}.",
)
def wrong_state(name: str, state: Wording, deed: Text) -> None: ...


@sentence(zh="批准", en="approved")
def deed_approve() -> None: ...


@sentence(zh="实施", en="put in force")
def deed_in_force() -> None: ...


@sentence(zh="废弃", en="discarded")
def deed_discard() -> None: ...


@sentence(zh="更新", en="updated")
def deed_update() -> None: ...


@sentence(
    zh="方案“{name}”编制之后，现行划分没有改动，不用更新。",
    en="The official division has not changed since the plan “{name}” was made; there is nothing "
    "to bring in.",
)
def nothing_to_update(name: str) -> None: ...


@sentence(
    zh="方案“{name}”和现行划分改了同样的边界，有 {count} 处要由人决定，"
    "第一处在 ({x:.0f}, {y:.0f})。没有改动任何数据。请先让方案在那里和现行划分一致，再更新。",
    en="The plan “{name}” and the official division changed the same borders: {count} "
    "{count:plural place needs|places need} a person, the first near ({x:.0f}, {y:.0f}). Nothing "
    "was changed. Make the plan like the official division there, then update again.",
)
def needs_a_person(name: str, count: int, x: float, y: float) -> None: ...


@sentence(zh="合并边界", en="Merging borders")
def merging() -> None: ...


@sentence(zh="转为方案", en="kept as a plan")
def deed_keep() -> None: ...


@sentence(
    zh="“{name}”是演练，不能批准或实施。请先把它转为方案。",
    en="“{name}” is a rehearsal; it cannot be approved or put in force. Keep it as a plan first.",
)
def is_a_rehearsal(name: str) -> None: ...


@sentence(
    zh="“{name}”是方案，不是演练，不用再转。",
    en="“{name}” is a plan already, not a rehearsal.",
)
def is_no_rehearsal(name: str) -> None: ...


@sentence(
    zh="方案“{name}”和现行划分完全一样，没有什么要批准的。请先修改方案。",
    en="The plan “{name}” is just like the official division; there is nothing to approve. "
    "Change it first.",
)
def nothing_changes(name: str) -> None: ...


@sentence(
    zh="请写明由谁批准：要一个人的姓名。",
    en="Say who approves: a person's name is needed.",
)
def approver_missing() -> None: ...


@sentence(
    zh="请写明批文的文号。",
    en="Give the number of the document that approves the plan.",
)
def document_missing() -> None: ...


@sentence(
    zh="没有文号为“{number}”的批文。请先登记批文，或检查文号。",
    en="There is no document numbered “{number}”. Enter it first, or check the number.",
)
def no_such_document(number: str) -> None: ...


@sentence(
    zh="您看过之后，方案“{name}”或现行划分又有了改动，没有批准。请重新查看比较结果，再批准。",
    en="The plan “{name}” or the official division has changed since you looked at it, so it was "
    "not approved. Look at the comparison again, then approve.",
)
def changed_since_seen(name: str) -> None: ...


@sentence(
    zh="方案“{name}”批准之后，方案或现行划分又有了改动，没有实施。请重新比较并批准。",
    en="The plan “{name}” or the official division has changed since the approval, so nothing was "
    "put in force. Compare and approve it again.",
)
def changed_since_approved(name: str) -> None: ...


@sentence(
    zh="方案“{name}”编制之后，现行划分在这些网格又有改动：{codes}。照方案实施会把这些改动抹掉，"
    "所以没有批准。请先更新方案（plan update），或按现行划分另做方案。",
    en="The official division has changed in these cells since the plan “{name}” was made: "
    "{codes}. The plan would undo that, so it was not approved. Update the plan first "
    "(plan update), or make a new one.",
)
def official_changed(name: str, codes: str) -> None: ...


@sentence(
    zh="方案“{name}”在 ({x:.0f}, {y:.0f}) 附近有空隙或重叠，不能{deed}。请先修正那里的边界。",
    en="Near ({x:.0f}, {y:.0f}) the plan “{name}” has a gap or an overlap and cannot be {deed}. "
    "Mend the borders there first.",
)
def plan_does_not_tile(name: str, x: float, y: float, deed: Text) -> None: ...


@sentence(
    zh="{day} 还没有到，方案“{name}”不能现在实施。到那天或以后再实施；打开窗口时会提醒。",
    en="{day} has not come, so the plan “{name}” cannot be put in force now. Do it on that day "
    "or later; the window reminds you.",
)
def not_due(name: str, day: str) -> None: ...


@sentence(
    zh="实施日期 {day} 早于批准日期 {approved}。请改为批准当天或以后的日期。",
    en="{day} is before the approval on {approved}. Choose that day or a later one.",
)
def before_approval(day: str, approved: str) -> None: ...


@sentence(
    zh="要批准方案“{name}”，请先看过上面的比较结果，再加上 --seen {fingerprint} 重新执行。",
    en="To approve the plan “{name}”, look at the comparison above, then give the command again "
    "with --seen {fingerprint}.",
)
def look_first(name: str, fingerprint: str) -> None: ...


@sentence(
    zh="日期 {given} 不对：请写成 2026-11-24。",
    en="Date {given} is wrong: write 2026-11-24.",
)
def wrong_day(given: str) -> None: ...


@sentence(zh="比较方案和现行划分", en="Comparing the plan with the official division")
def comparing() -> None: ...


@sentence(zh="实施方案", en="Putting the plan in force")
def putting_in_force() -> None: ...


@sentence(zh="读取单元网格", en="Reading the cells")
def reading_cells() -> None: ...
