"""What the verbs for the rules of a division print."""

from gridmap.base.messages import Text, sentence


@sentence(zh="{rule}：{count} 处", en="{rule}: {count}")
def rule_count(rule: Text, count: int) -> None: ...


@sentence(zh="错误", en="error")
def error() -> None: ...


@sentence(zh="提醒", en="warning")
def warning() -> None: ...


@sentence(zh="说明", en="info")
def info() -> None: ...


@sentence(
    zh="  [{severity}] {text} 位置 {x:.1f},{y:.1f}，指纹 {fingerprint}",
    en="  [{severity}] {text} @ {x:.1f},{y:.1f}, fingerprint {fingerprint}",
)
def finding(severity: Text, text: Text, x: float, y: float, fingerprint: str) -> None: ...


@sentence(zh="  [已认可：{reason}] {text}", en="  [accepted: {reason}] {text}")
def accepted_finding(reason: str, text: Text) -> None: ...


@sentence(zh="  …… 还有 {more} 处，用 --json 看全部", en="  … {more} more, all of them with --json")
def more_findings(more: int) -> None: ...


@sentence(
    zh="错误 {errors} 处，提醒 {warnings} 处，说明 {infos} 处，已认可 {accepted} 处。",
    en="{errors} {errors:plural error|errors}, {warnings} {warnings:plural warning|warnings},"
    " {infos} {infos:plural note|notes}, {accepted} accepted.",
)
def summed_up(errors: int, warnings: int, infos: int, accepted: int) -> None: ...


@sentence(zh="修补了 {done} 处；{left} 处没有修补。", en="{done} mended, {left} not.")
def mended(done: int, left: int) -> None: ...


@sentence(zh="  没有修补：{why}", en="  Not mended: {why}")
def not_mended(why: Text) -> None: ...


@sentence(
    zh="没有指纹为 {fingerprint} 的问题；先不带选项运行一次，抄下那一行末尾的指纹。",
    en="There is no finding with the fingerprint {fingerprint}; run the verb without options and"
    " copy the one at the end of the line.",
)
def no_such_finding(fingerprint: str) -> None: ...


@sentence(
    zh="{table}：{before} 个面的边界原来对不上，修补了 {count} 个，还有 {left} 处需要人来改。",
    en="{table}: {before} {before:plural area|areas} did not match, {count} mended, {left} for a"
    " person.",
)
def borders_mended(table: str, before: int, count: int, left: int) -> None: ...


@sentence(
    zh="  {name} 改了 {area_m2:.2f} 平方米 @ {x:.1f},{y:.1f}",
    en="  {name}: {area_m2:.2f} m² changed @ {x:.1f},{y:.1f}",
)
def border_mended(name: str, area_m2: float, x: float, y: float) -> None: ...


@sentence(
    zh="  需要人来改：{names} @ {x:.1f},{y:.1f}（{why}）",
    en="  For a person: {names} @ {x:.1f},{y:.1f} ({why})",
)
def border_left(names: str, x: float, y: float, why: Text) -> None: ...
