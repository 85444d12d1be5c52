import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service import shipped
from qa_service.text.personal import Kind, masked, masked_like, personal_data, without_personal
from qa_service.text.personal.check_digits import credit_check, id_check

CHINESE = st.text("专利申请要多少钱想问一下我们公司的商标能不能办理，。？", max_size=12)
DIGITS = "0123456789"


def luhn_digit(digits: str) -> str:
    total = sum(sum(map(int, str(int(d) * (2 - n % 2)))) for n, d in enumerate(reversed(digits)))
    return str(-total % 10)


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@st.composite
def id_cards(draw: st.DrawFn) -> str:
    day = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2015, 1, 1)))
    region = draw(st.sampled_from(["320684", "110101", "440305", "650102"]))
    body = f"{region}{day:%Y%m%d}{draw(st.from_regex('[0-9]{3}', fullmatch=True))}"
    return body + id_check(body)


@st.composite
def bank_cards(draw: st.DrawFn) -> str:
    prefix, size = draw(
        st.sampled_from([("622202", 19), ("621700", 19), ("4", 16), ("53", 16), ("955880", 19), ("37", 15)])
    )
    rest = size - len(prefix) - 1
    body = prefix + draw(st.text(DIGITS, min_size=rest, max_size=rest))
    return body + luhn_digit(body)


@given(
    CHINESE,
    mobiles,
    CHINESE,
    st.sampled_from(["", "+86", "+86 ", "0086", "86", "86-", "(+86)"]),
    st.sampled_from(["", " ", "-", ".", "·", "\u3000"]),
)
def test_a_mobile_is_masked_however_it_is_set(before: str, number: str, after: str, prefix: str, gap: str) -> None:
    typed = prefix + gap.join((number[:3], number[3:7], number[7:]))
    assert masked(f"{before}，{typed}{after}") == f"{before}，〔手机号〕{after}"


@given(CHINESE, mobiles, CHINESE)
def test_a_mobile_in_full_width_in_words_and_with_hidden_marks_is_masked(before: str, number: str, after: str) -> None:
    wide = number.translate(str.maketrans(DIGITS, "０１２３４５６７８９"))
    spoken = number.translate(str.maketrans(DIGITS, "零幺二三四五六七八九"))
    hidden = "\u200b".join(number)
    for typed in (wide, spoken, hidden, " ".join(number)):
        assert masked(f"{before}。{typed}，{after}") == f"{before}。〔手机号〕，{after}"


@given(CHINESE, id_cards(), CHINESE, st.booleans())
def test_an_identity_card_is_masked(before: str, number: str, after: str, apart: bool) -> None:
    typed = f"{number[:6]} {number[6:14]} {number[14:]}" if apart and number[-1] != "X" else number
    assert masked(f"{before}{typed}{after}") == f"{before}〔身份证号〕{after}"


@given(CHINESE, bank_cards(), CHINESE, st.booleans())
def test_a_bank_card_is_masked(before: str, number: str, after: str, apart: bool) -> None:
    groups = [number[at : at + 4] for at in range(0, len(number), 4)]
    typed = " ".join(groups) if apart and len(number) != 15 else number
    assert masked(f"{before}{typed}{after}") == f"{before}〔银行卡号〕{after}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("座机0513-82123456", "座机〔电话号码〕"),
        ("(0513)82123456找谁", "〔电话号码〕找谁"),
        ("010-62083114", "〔电话号码〕"),
        ("+86 513 82123456", "〔电话号码〕"),
        ("051382123456", "〔电话号码〕"),
        ("电话82123456", "电话〔电话号码〕"),
        ("320684900101123是老身份证", "〔身份证号〕是老身份证"),
        ("身份证号320684199001011234", "身份证号〔身份证号〕"),
        ("我的银行卡号 6222021234567890123", "我的银行卡号 〔银行卡号〕"),
        ("发到zhang.san@qq.com吧", "发到〔邮箱〕吧"),
        ("发到zhangsan＠qq.com吧", "发到〔邮箱〕吧"),
        ("车牌苏F12345", "车牌〔车牌号〕"),
        ("苏F·D12345是我的车", "〔车牌号〕是我的车"),
        ("微信号 abc123", "微信号 〔微信号〕"),
        ("加我vx：zhang_san88", "加我vx：〔微信号〕"),
        ("微信号是haimenren", "微信号是〔微信号〕"),
        ("我的QQ是12345678", "我的QQ是〔QQ号〕"),
        ("护照号E12345678", "护照号〔证件号〕"),
        ("港澳通行证C12345678", "港澳通行证〔证件号〕"),
        ("我叫张三，想申请专利", "我叫〔姓名〕，想申请专利"),
        ("本人李四，是个体户", "本人〔姓名〕，是个体户"),
        ("联系人：王五", "联系人：〔姓名〕"),
        ("姓名：欧阳小明，电话13812345678", "姓名：〔姓名〕，电话〔手机号〕"),
        ("我住在江苏省南通市海门区解放路12号3栋502室，怎么申请", "我住在〔住址〕，怎么申请"),
        ("寄到海门区三厂街道厂洪路88号", "寄到〔住址〕"),
        ("请问江苏省南通市海门区翡翠花园3栋2单元502室能注册公司吗", "请问〔住址〕能注册公司吗"),
        ("张庄村5组12号", "〔住址〕"),
        ("13812345678、13987654321", "〔手机号〕、〔手机号〕"),
        ("13812345678 13987654321", "〔手机号〕 〔手机号〕"),
    ],
)
def test_what_people_type_of_themselves_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "海政办发〔2021〕1号",
        "海门区、南通市和国家知识产权局",
        "拨打12345、12330、12315或者12366",
        "0513-12345",
        "统一社会信用代码91320684MA1X2Y3Z4T",
        "专利号ZL 2021 1 0123456.7",
        "CN202110123456.7和CN113812345A",
        "申请号2021101234567",
        "PCT/CN2021/123456",
        "ZL98123456.7",
        "商标注册号12345678",
        "第12345678号商标",
        "软著登记号2021SR1381234",
        "15亿元，1,381,234,567元，13812345.67元",
        "2021年1月1日至2025年12月31日，2021-01-01 2025-12-31",
        "20210112134500",
        "第六十五条、第65条、三（二）2",
        "人民路上的服务站几点开门",
        "南京市龙蟠路在哪",
        "我是程序员，本人温州人，本人于去年申请了专利",
        "本人想问，我是高企，我叫不到代理",
        "联系人：企业法定代表人",
        "姓名：填写申请人姓名",
        "微信公众号 haimenzscq",
        "微信小程序能办吗，QQ商标侵权",
        "@所有人 专利@商标",
        "皖A和苏F的企业，新PATENT",
        "5G、3D打印、A4纸、ISO9001",
        "138****5678",
        "2号楼的中心几楼办",
        "",
    ],
)
def test_official_numbers_and_names_stay(text: str) -> None:
    assert masked(text) == text


@given(st.integers(1985, 2029), st.sampled_from("12389"), st.integers(0, 9_999_999))
def test_a_patent_number_stays_in_every_way_of_writing(year: int, kind: str, serial: int) -> None:
    body = f"{year}{kind}{serial:07}"
    remainder = sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    check = "X" if remainder == 10 else str(remainder)
    for typed in (
        f"{body}{check}",
        f"{body}.{check}",
        f"ZL{body}.{check}",
        f"CN {body}.{check}",
        f"ZL {year} {kind} {serial:07}.{check}",
        f"专利号：{body}{check}",
        f"CN1{body[4:12]}A",
    ):
        text = f"我的{typed}交年费了吗"
        assert masked(text) == text


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.sampled_from(["91", "92", "12", "51"]))
def test_a_unified_social_credit_code_stays(organisation: str, kind: str) -> None:
    code = f"{kind}320684{organisation}"
    text = f"我们公司{code}{credit_check(code)}可以申报吗"
    assert masked(text) == text


ALPHABET = "138620513-+() .@市区路号栋室我叫张本人，微信QQ号电话身份证苏F1Xab〔〕\u200b０１一三"


@given(st.text(ALPHABET, max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(st.text(max_size=60))
def test_what_is_not_personal_stays_character_by_character(text: str) -> None:
    spans = personal_data(text)
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    kept = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    masks = [span.kind.mask for span in spans] + [""]
    assert masked(text) == "".join(piece + mask for piece, mask in zip(kept, masks, strict=True))


@given(st.text("专利申请资助奖励政策文件ABCdef，。？！（）《》\n\t ", max_size=80))
def test_a_text_without_figures_signs_and_words_of_a_person_stays(text: str) -> None:
    assert masked(text) == text


def test_no_everyday_question_holds_personal_data() -> None:
    files = sorted((shipped.corpus_folder() / "questions").glob("*.jsonl"))
    lines = [json.loads(line) for path in files for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
    asked = [q if isinstance(q, str) else q["ask"] for line in lines for q in line["questions"]]
    assert len(asked) > 10_000
    assert [text for text in asked if personal_data(text)] == []


FLOODS = [
    "1", "13", "138 ", "1 ", "0513-", "(0513)", "12345678901", "@", "a@", "a@b.", "a.b@c.d ", "苏F", "苏F1", "我叫", "我叫张", "本人李", "姓名：",
    "微信", "微信号a", "省市区", "江苏省南通市", "路1号", "1号", "一号楼", "住在", "栋1", "CN2021", "ZL 2021 1 ", "申请号1", "\u200b1", "零", "幺三", "+86", "-", " ", "A1", "1A", "６",
]  # fmt: skip


@pytest.mark.parametrize("piece", FLOODS)
def test_floods_take_time_in_proportion_to_their_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.perf_counter()
        masked(text)
        return time.perf_counter() - began

    seconds(1000)
    assert min(seconds(20_000) for _ in range(2)) < max(1.0, 30 * seconds(2_000))


def test_of_an_answer_only_what_its_question_held_is_masked() -> None:
    answer = "您的电话138 1234 5678已记下。咨询0513-82212345。"
    assert masked_like(answer, "我的手机13812345678，找谁") == "您的电话〔手机号〕已记下。咨询0513-82212345。"
    assert masked_like(answer, "找谁咨询") == answer


def test_a_span_says_what_it_is_and_where() -> None:
    text = "联系我13812345678"
    (span,) = personal_data(text)
    assert (span.kind, text[span.start : span.end]) == (Kind.MOBILE, "13812345678")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("打我手机13912345678，专利能贷款吗", "打我手机，专利能贷款吗"),
        ("专利能贷款吗", "专利能贷款吗"),
        ("13912345678", ""),
    ],
)
def test_what_is_asked_stands_without_who_asks(text: str, left: str) -> None:
    assert without_personal(text) == left
