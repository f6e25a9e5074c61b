"""What the settings of an office say to people."""

from gridmap.base.messages import Text, sentence

YES = frozenset({"yes", "true", "1", "on", "是"})
NO = frozenset({"no", "false", "0", "off", "否"})


@sentence(zh="街道设置：{key} = {value}", en="Office setting: {key} = {value}")
def saved(key: str, value: str) -> None: ...


@sentence(
    zh="没有街道设置 {key}。可用的有：{known}。",
    en="There is no office setting {key}. Known: {known}.",
)
def no_such_setting(key: str, known: str) -> None: ...


@sentence(
    zh="街道设置 {key} 不能是 {value}：要{wanted}。",
    en="Office setting {key} cannot be {value}: give {wanted}.",
)
def wrong_value(key: str, value: str, wanted: Text) -> None: ...


@sentence(zh="一个正数", en="a positive number")
def a_number() -> None: ...


@sentence(zh="一个正整数", en="a positive whole number")
def a_count() -> None: ...


@sentence(zh="是或否（yes/no）", en="yes or no")
def yes_or_no() -> None: ...


@sentence(zh="其中之一：{known}", en="one of {known}")
def one_of(known: str) -> None: ...


@sentence(zh="一个不大于面积上限的数", en="a number not above the upper bound of the area")
def below_upper() -> None: ...


@sentence(zh="一个不小于面积下限的数", en="a number not below the lower bound of the area")
def above_lower() -> None: ...


@sentence(zh="六位数字", en="six digits")
def six_digits() -> None: ...
