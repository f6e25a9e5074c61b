"""What services/history says to people."""

from gridmap.base.messages import Wording, sentence


@sentence(
    zh="操作记录里没有第 {seq} 条。用 gridmap history 文件 可以看到各条的序号。",
    en="There is no entry {seq} in the history; gridmap history FILE lists them by number.",
)
def no_such_entry(seq: int) -> None: ...


@sentence(
    zh="回不到“{intention}”：它被撤销之后又做了别的修改。要找回其中的内容，"
    "请在时间轴上转到那一天，再“恢复成这时的样子”。",
    en="“{intention}” cannot be reached: it was undone, and something else was done since. To get "
    "rows back, go to that day on the time bar and bring them back as they were.",
)
def lost_entry(intention: Wording) -> None: ...


@sentence(zh="撤销：{intention}", en="Undoing: {intention}")
def undoing(intention: Wording) -> None: ...


@sentence(zh="重做：{intention}", en="Redoing: {intention}")
def redoing(intention: Wording) -> None: ...
