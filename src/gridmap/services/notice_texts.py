"""What the service of change notices says to people."""

from gridmap.base.messages import Wording, sentence


@sentence(zh="方案：{name}（{state}）", en="Plan: {name} ({state})")
def of_plan(name: str, state: Wording) -> None: ...


@sentence(zh="批文：{number}", en="Document: {number}")
def of_document(number: str) -> None: ...


@sentence(zh="按方案“{name}”调整", en="By the plan “{name}”")
def by_plan(name: str) -> None: ...


@sentence(zh="收集变更", en="Collecting the changes")
def collecting() -> None: ...


@sentence(
    zh="“{what}”没有改动单元网格，没有可以通知的。",
    en="“{what}” changed no cell; there is nothing to tell.",
)
def nothing_changed(what: str) -> None: ...


@sentence(
    zh="没有编号为 {id} 的操作。请用“操作记录”或 history 查到它的编号。",
    en="There is no transaction {id}. The history tells the ids.",
)
def no_such_transaction(id: str) -> None: ...


@sentence(
    zh="没有文号为“{number}”的批文。请检查文号。",
    en="There is no document numbered “{number}”. Check the number.",
)
def no_such_document(number: str) -> None: ...


@sentence(
    zh="这些操作改的是几个不同方案里的网格，不能写成一份通知。请按方案分别输出。",
    en="These changes are of several plans and make no single notice. Write one for each plan.",
)
def several_divisions() -> None: ...


@sentence(
    zh="请用 --plan、--document 或 --transaction 说明通知哪一次变更，只能给一个。",
    en="Say of what the notice shall tell by one of --plan, --document and --transaction.",
)
def one_subject() -> None: ...
