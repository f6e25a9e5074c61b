"""What is said about values that cannot be taken."""

from gridmap.base.messages import Wording, sentence


@sentence(zh="“{field}”必须填写。", en="“{field}” must be given.")
def is_required(field: Wording) -> None: ...


@sentence(zh="“{field}”只能是：{known}。", en="“{field}” is one of: {known}.")
def no_choice(field: Wording, known: str) -> None: ...


@sentence(zh="“{field}”要填整数，例如 6。", en="“{field}” is a whole number, e.g. 6.")
def no_whole_number(field: Wording) -> None: ...


@sentence(zh="“{field}”要填数字，例如 3.5。", en="“{field}” is a number, e.g. 3.5.")
def no_number(field: Wording) -> None: ...


@sentence(zh="“{field}”不能小于零。", en="“{field}” cannot be below zero.")
def below_zero(field: Wording) -> None: ...


@sentence(
    zh="“{field}”应在 {least} 到 {most} 之间。", en="“{field}” lies between {least} and {most}."
)
def out_of_range(field: Wording, least: int, most: int) -> None: ...


@sentence(zh="“{field}”要填“是”或“否”。", en="“{field}” is yes or no.")
def no_yes_no(field: Wording) -> None: ...


@sentence(
    zh="“{field}”要填完整的日期，例如 {example}。",
    en="“{field}” is a whole date, e.g. {example}.",
)
def no_date(field: Wording, example: str) -> None: ...


@sentence(
    zh="“{field}”要填日期和时间，例如 2026-11-24 08:30。",
    en="“{field}” is a date and time, e.g. 2026-11-24 08:30.",
)
def no_moment(field: Wording) -> None: ...


@sentence(zh="“{field}”要填几点几分，例如 08:30。", en="“{field}” is a time of day, e.g. 08:30.")
def no_clock(field: Wording) -> None: ...


@sentence(
    zh="“{field}”太长，最多 {most} 个字。", en="“{field}” is too long; at most {most} characters."
)
def too_long(field: Wording, most: int) -> None: ...


@sentence(
    zh="“{field}”是编码，不能有空格，最多 64 个字符。",
    en="“{field}” is a code: no spaces, at most 64 characters.",
)
def no_code(field: Wording) -> None: ...


@sentence(
    zh="“{field}”：没有叫“{name}”的记录。请从列表中选，或填它的名称、编码。",
    en="“{field}”: nothing is called “{name}”. Choose from the list, or give its name or code.",
)
def no_such_reference(field: Wording, name: str) -> None: ...


@sentence(
    zh="“{field}”：叫“{name}”的不止一个。请从列表中选，或填它的编码。",
    en="“{field}”: more than one is called “{name}”. Choose from the list, or give its code.",
)
def ambiguous_reference(field: Wording, name: str) -> None: ...


@sentence(
    zh="“{field}”由程序维护，不能直接改；请用“网格”或“方案”菜单里的相应功能。",
    en="“{field}” is kept by the program; use the commands of the menus Cells or Plan instead.",
)
def is_kept(field: Wording) -> None: ...


@sentence(
    zh="{table}没有字段“{field}”。可用的字段：{known}。",
    en="{table} has no field “{field}”. Fields: {known}.",
)
def no_such_field(table: Wording, field: str, known: str) -> None: ...
