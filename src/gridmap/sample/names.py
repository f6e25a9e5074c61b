"""Invented names: streets, lanes, compounds, communities, people."""

import numpy as np

from gridmap.sample.arrays import Land, Texts, pick, texts

SUBDISTRICT_NAME = "示例街道（虚构）"
SUBDISTRICT_CODE = "119999001"
"""No county has the code 119999."""

_TREES = tuple("槐柳杏桃梅松柏榆枣桂竹兰荷菊枫桐椿梨棠杨樱莲蕙芷桑枳榕栗槿葵")
_AFTER_TREE = tuple("荫园苑庭香林溪岸堂坞里影风雨晴谷堤洲桥坡涧湾亭轩台畔")
_AUSPICIOUS = """
永安 和顺 康泰 福宁 安澜 祥和 同德 崇文 兴华 明德 广益 裕丰 长宁 清和 新月 朝霞 晨光 向阳
春晓 秋实 乐居 怡景 碧水 青云 瑞景 雅居 锦绣 金穗 宏远 建设 团结 友谊 光明 先锋 红星
东升 西苑 南湖 北辰 望山 听泉 观澜 揽翠 积善 仁和 知春 惠民 学府 书香 景明 翠微 芳草 云锦
"""
_TRADES = """
豆腐 井儿 铁匠 油坊 草帽 灯笼 罗圈 茶叶 棉花 针线 剪子 钟鼓 磨盘 酱坊 糖坊 布市 炭厂 花枝
石榴 葫芦 鸽子 燕子 喜鹊 石桥 板桥 水车 辘轳 柴火 笤帚 瓦盆 纸坊 染坊 胭脂 绒线 铜钟 小井
甜水 扁担 月牙 斗笠 琉璃 牌楼 影壁 枣林 芦席 香炉 宝瓶 算盘 砚台 毛笔 墨盒 竹竿 麻线 驴市
"""
_TURNS = ("", "东", "西", "南", "北", "前", "后", "大", "小", "上", "下")
_DIGITS = ["", *"一二三四五六七八九"]

SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")

_ESTATE_ENDS = {
    Land.OLD_QUARTER: ("片区", "平房区"),
    Land.OLD_ESTATE: ("小区", "新村", "里", "宿舍"),
    Land.MID_ESTATE: ("花园", "苑", "公寓"),
    Land.NEW_ESTATE: ("家园", "名苑", "华庭", "雅园", "府"),
}


def streets(count: int, rng: np.random.Generator) -> Texts:
    """Return distinct names of main streets, without their ending (路, 大街)."""
    return _distinct(_stems(), ("",), count, rng, infix="{stem}{n}")


def side_streets(count: int, rng: np.random.Generator) -> Texts:
    """Return distinct names of side streets, 「柳荫街」."""
    ends = ("街", "路", "东街", "西街", "南路", "北路")
    return _distinct(_stems(), ends, count, rng, infix="{stem}{n}{end}")


def lanes(count: int, rng: np.random.Generator) -> Texts:
    """Return names of lanes, 「豆腐巷」, distinct as far as they go."""
    return _distinct(_lane_stems(), ("巷", "胡同"), count, rng, infix="{stem}{n}{end}")


def communities(count: int, rng: np.random.Generator) -> Texts:
    """Return distinct names of communities, 「槐荫里社区」."""
    return _distinct(_stems(), ("里社区", "社区"), count, rng, infix="{stem}{n}{end}")


def compounds(lands: list[int], rng: np.random.Generator) -> Texts:
    """Return distinct names of compounds, fit for their lands."""
    names = np.empty(len(lands), object)
    kinds = np.array(lands)
    for land, ends in _ESTATE_ENDS.items():
        rows = np.flatnonzero(kinds == land)
        stems = _stems()
        if land is Land.OLD_QUARTER:
            stems = [stem + "胡同" for stem in _lane_stems()]
        names[rows] = _distinct(stems, ends, len(rows), rng, infix="{stem}{end}{n}区")
    return names


def people(count: int, rng: np.random.Generator) -> Texts:
    """Return surnames only: nobody real can be meant."""
    return pick(rng, SURNAMES, count)


def _stems() -> list[str]:
    return [tree + after for tree in _TREES for after in _AFTER_TREE] + _AUSPICIOUS.split()


def _lane_stems() -> list[str]:
    return [turn + trade for turn in _TURNS for trade in _TRADES.split()]


def _distinct(
    stems: list[str], ends: tuple[str, ...], count: int, rng: np.random.Generator, *, infix: str
) -> Texts:
    """Return ``count`` names of a stem and an end.

    Once all are taken, a number comes in: ``infix`` says how, with ``{stem}``, ``{n}``,
    ``{end}``.
    """
    names: list[str] = []
    number = 0
    while len(names) < count:
        order = rng.permutation(len(stems) * len(ends))
        for choice in order[: count - len(names)].tolist():
            stem, end = stems[choice % len(stems)], ends[choice // len(stems)]
            form = infix if number else "{stem}{end}"
            names.append(form.format(stem=stem, end=end, n=_numeral(number)))
        number += 1
    return texts(names)


def _numeral(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return f"{head}{_DIGITS[ones]}"
