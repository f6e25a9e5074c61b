"""What the verbs of the history say."""

from gridmap.base.messages import Text, Wording, sentence


@sentence(zh="会撤销：{intention}", en="Would undo: {intention}")
def would_undo(intention: Wording) -> None: ...


@sentence(zh="会重做：{intention}", en="Would redo: {intention}")
def would_redo(intention: Wording) -> None: ...


@sentence(zh="已经在这一条，没有改动。", en="That is how it is; nothing was changed.")
def is_there_already() -> None: ...


@sentence(
    zh="走了 {steps} 步后停下：{why}",
    en="Stopped after {steps} {steps:plural step|steps}: {why}",
)
def stopped_at(steps: int, why: Text) -> None: ...
