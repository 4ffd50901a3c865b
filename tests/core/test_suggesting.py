"""Which items are suggested for what residents say: made-up sentences, and real letters."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from bot.simplifying import simplified
from core.catalogue import Catalogue, Item
from core.guide import Guide
from core.suggesting import Suggester
from storage.sheets import read_district
from tests.core import labelled

DISTRICT = read_district(Path(__file__).parents[2] / "examples" / "liwan")
CATALOGUE = DISTRICT.catalogue
SUGGESTER = Suggester(CATALOGUE, simplified)

SAID = {
    "1": ["我们楼下的垃圾三天没有人来运了，臭得要命", "有人半夜把装修的砖头泥沙倒在巷口"],
    "2": [
        "每天早上菜市场门口都是卖菜的摊子，小孩上学要走到马路上",
        "烧烤档摆到人行道上，走都走不过去",
    ],
    "3": ["楼梯口墙上贴满开锁通下水道的广告", "有个铺头的招牌松了，风一吹就晃"],
    "4": ["地铁口一大堆共享单车，轮椅根本过不去", "小区门口单车乱摆，堵得严严实实"],
    "5": ["对面楼顶又在搭铁棚，天天有人焊接", "隔壁一楼往外加盖了一间房"],
    "6": ["物业公司说下个月就不干了，保安也走了", "我们小区好久没有物业管了，什么都没人理"],
    "7": ["楼上业主把楼道封起来当自己的储物间", "有人装修在砸承重墙，怕整栋楼出事"],
    "8": ["电梯停了一个星期，老人家下不了楼", "我们楼的消防栓打开没有水"],
    "9": ["门口的井盖没了，用一块木板盖着", "这段路坑坑洼洼，昨天有阿姨摔了一跤"],
    "10": ["巷子里那盏路灯坏了好几天，晚上黑漆漆的", "条街啲街灯全部唔着，夜晚好惊"],
    "11": ["一下大雨我们这里就水浸，水到膝盖", "化粪池满出来了，粪水流到路上"],
    "12": ["门前那棵大榕树歪了，看着要倒", "树枝长到我家窗口了，想请人修剪一下"],
    "13": ["楼下每晚跳广场舞音响开得很大，孩子没法写作业", "隔壁酒吧唱歌唱到凌晨两点，吵得睡不着"],
    "14": ["楼下饭店的油烟全往我家窗户里飘", "烧烤店没有排烟管道，一屋子都是烟味"],
    "15": ["门口这条河涌又黑又臭", "看到有根管子往涌里排白色的水"],
    "16": ["工地的泥头车一开过就是一片灰尘", "拆房子也不洒水，家里窗台一层灰"],
    "17": ["小车长期停在消防通道上，消防车根本进不来", "楼梯间堆满纸皮杂物，逃生都跑不了"],
    "18": ["有人从六楼拉一根电线下来给电动车充电", "邻居天天把电瓶车推进电梯带回家充电"],
    "19": ["楼下小作坊里面又住人又堆布料，很危险", "一楼仓库放了好多易燃的东西"],
    "20": ["厨房闻到很浓的煤气味", "燃气灶的软管老化了，担心漏气"],
    "21": ["楼上出租屋住了十几个人，进进出出的", "房东把房子隔成好多间日租房"],
    "22": [
        "楼上卫生间漏水滴到我家天花板，跟他说了几次都不理",
        "跟隔壁邻居为了放鞋柜的事吵起来了，想请人调解",
    ],
    "23": ["棋牌室天天有人赌钱", "我怀疑楼上那伙人搞诈骗"],
    "24": ["隔壁住着一个精神病人，发病就乱砸东西", "刚从戒毒所出来，想找人帮忙"],
    "25": ["对门阿婆一个人住，敲门两天没人应", "我妈腿脚不便，想问问长者饭堂能不能送餐"],
    "26": ["家里有人得了大病，没钱治，能不能申请救助", "想问下低保怎么办"],
    "27": ["老板欠了我们三个月工资不给", "失业了，想问问有没有工作介绍"],
    "28": ["小区里老鼠到处跑", "草丛里蚊子特别多，怕得登革热"],
    "29": ["楼下的垃圾分类桶太少，投放点离得又远", "分类的垃圾收走的时候都混在一起运"],
    "30": ["有人遛狗从来不牵绳，狗屎满地都是", "小区里好几条流浪狗追着人咬"],
    "31": ["有人把被子晒在绿化带上，太不文明了", "健身器材断了一根，没人修"],
    "32": ["我们这片什么时候拆迁，补偿怎么算", "回迁房等了五年还没有消息"],
    "33": ["我们旧楼想装电梯，一楼住户不同意", "老旧小区改造做到一半就停了"],
    "34": ["工地半夜还在打桩，整栋楼都震", "修路围蔽了半年也不见人干活"],
    "35": ["涌边有人搭了一排铁皮棚", "河边的违建占了河道要拆掉"],
    "36": ["电线杆正好在我家门口，能不能迁走", "楼外面网线电话线垂得很低，会挂到人"],
    "37": ["旁边那块空地围起来好多年了，到底规划建什么", "这块闲置地能不能借来停车"],
    "38": ["台风来了，我住的铁皮屋要不要转移去安置点", "暴雨家里进水了，人被困在里面"],
    "39": ["外墙的瓷砖一块块掉下来，差点砸到人", "房子墙上裂了一条大缝，感觉要塌"],
    "40": ["整栋楼都停电了，什么时候来电", "今天早上开始冇水用"],
    "41": ["对面楼冒浓烟，好像着火了", "店里起火了快来人"],
    "42": ["在一家餐厅吃完饭，全家人都拉肚子", "超市卖过期的食品"],
}


def places(n: int) -> list[bool]:
    """For each sentence, whether the right item is among the first ``n``."""
    return [
        code in [item.code for item in SUGGESTER.best(sentence, n)]
        for code, sentences in SAID.items()
        for sentence in sentences
    ]


@pytest.mark.parametrize(("n", "floor"), [(1, 0.90), (3, 0.97)])
def test_the_right_item_is_among_the_first(n: int, floor: float):
    found = places(n)

    assert len(found) >= 60
    assert sum(found) / len(found) >= floor


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.code)
def test_its_own_name_and_aliases_find_an_item(item: Item):
    for words in (item.name, *item.aliases):
        assert item in SUGGESTER.best(words, 3), words


@pytest.mark.parametrize("words", ["", "   ", "😀😀👍🏻", "……！？", "\u200b", "&lt;>"])
def test_words_without_words_suggest_nothing(words: str):
    assert SUGGESTER.best(words) == ()


def test_a_long_story_still_finds_its_item():
    story = "您好，我想反映一个情况。" * 40 + "路灯不亮" + "，希望有关部门尽快处理，谢谢。" * 40

    assert SUGGESTER.best(story)[0].code == "10"


def test_full_width_and_capitals_make_no_difference():
    assert SUGGESTER.best("ＯＫ") == SUGGESTER.best("ok")
    assert SUGGESTER.best("ＯＫ")[0].code == "13"


def test_a_single_character_is_already_a_hint():
    assert SUGGESTER.best("狗")[0].code == "30"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("路燈壞了", "10"),
        ("升降機壞咗，老人家落唔到樓", "8"),
        ("樓下垃圾冇人執，好臭", "1"),
        ("鄰居樓上滲水", "22"),
        ("工廠廢水直接排入河涌", "15"),
    ],
)
def test_traditional_characters_find_what_simplified_ones_find(words: str, code: str):
    assert SUGGESTER.best(words)[0].code == code
    assert SUGGESTER.best(words) == SUGGESTER.best(simplified(words))


def test_a_place_is_found_in_traditional_characters_too():
    found = Guide(DISTRICT, simplified).named("龍津")

    assert found == Guide(DISTRICT, simplified).named("龙津")
    assert "龙津街道" in [agency.short_name for agency in found]


def test_half_an_emoji_is_read_as_it_is():
    assert SUGGESTER.best("路灯坏了\ud83d")[0].code == "10"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The street lights in our lane are broken", "10"),
        ("Nobody has collected the garbage for three days", "1"),
        ("The ELEVATOR is out of order again", "8"),
        ("Terrible noise from the bar every night", "13"),
        ("I can smell a gas leak in the kitchen", "20"),
        ("My boss has not paid my wages", "27"),
    ],
)
def test_english_words_find_their_item_by_its_aliases(words: str, code: str):
    assert SUGGESTER.best(words)[0].code == code


@pytest.mark.parametrize("words", ["zzz", "13800138000", "那是我的了", "ok1"])
def test_what_says_nothing_suggests_nothing(words: str):
    assert SUGGESTER.best(words) == ()


def test_what_a_letter_begins_with_counts_more_than_what_follows():
    begun = "路灯不亮。" + "一" * 40

    assert SUGGESTER.best(begun + "井盖松动")[0].code == "10"
    assert SUGGESTER.best("井盖松动。" + "一" * 40 + "路灯不亮")[0].code == "9"


@pytest.mark.skipif(not labelled.found(), reason=labelled.ABSENT)
@pytest.mark.parametrize(("n", "floor"), [(1, 0.45), (3, 0.57)])
def test_real_letters_find_items_of_their_class_as_often_as_measured(n: int, floor: float):
    halves, known = labelled.halves(), labelled.levels()

    assert labelled.share(SUGGESTER, halves.held_out, n, known) >= floor
    assert labelled.share(SUGGESTER, halves.tuning, n, known) >= floor


def test_every_item_stands_for_classes_and_each_is_named_once():
    named = labelled.mapped()

    assert set(named) == set(CATALOGUE.by_code)
    assert all(len(set(numbers)) == len(numbers) for numbers in named.values())


@pytest.mark.skipif(not labelled.found(), reason=labelled.ABSENT)
def test_every_class_that_an_item_stands_for_is_in_the_list():
    numbers = {number for of_item in labelled.mapped().values() for number in of_item}

    assert numbers <= set(range(1, len(labelled.classes()) + 1))


def test_an_empty_catalogue_suggests_nothing():
    assert Suggester(Catalogue()).best("路灯不亮") == ()


def test_a_thousand_characters_take_about_a_millisecond():
    letters = "".join(alias for item in CATALOGUE.items for alias in item.aliases)
    story = "".join(random.Random(1).choices(letters, k=1000))
    started = time.perf_counter()

    for _ in range(20):
        SUGGESTER.best(story)

    assert (time.perf_counter() - started) / 20 < 0.01  # ten times the mark: machines are noisy
