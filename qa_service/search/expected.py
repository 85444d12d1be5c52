"""The kind of answer a question expects."""

import re
from enum import StrEnum

from qa_service.text.normal import normalise


class Expected(StrEnum):
    """The kind of answer a question expects."""

    AMOUNT = "amount"
    NUMBER = "number"
    SHARE = "share"
    FIGURE = "figure"
    """A figure of whatever unit: 多少 alone tells none."""
    CODE = "code"
    """The number or mark a document or a thing is known by: 文号, 标准号."""
    HOURS = "hours"
    DEADLINE = "deadline"
    CONTACT = "contact"
    NAMES = "names"
    DEFINITION = "definition"
    WHERE = "where"
    WHO = "who"
    LIST = "list"
    HOW = "how"
    YES_NO = "yes_no"
    OPEN = "open"

    @property
    def is_figure(self) -> bool:
        """Whether a figure is asked for, which must be the figure of what is asked about."""
        return self in {Expected.AMOUNT, Expected.NUMBER, Expected.SHARE, Expected.FIGURE}

    @property
    def is_open(self) -> bool:
        """Whether any text on the matter may answer: no figure, time, contact or name tells that it does not."""
        return self in _OPEN

    @property
    def label(self) -> str:
        """What is asked for, in Chinese, as in 文件没有写明具体金额."""
        return _LABELS.get(self, "所问的内容")


_OPEN = frozenset(
    {
        Expected.DEFINITION,
        Expected.WHERE,
        Expected.WHO,
        Expected.LIST,
        Expected.HOW,
        Expected.YES_NO,
        Expected.OPEN,
    }
)
_LABELS = {
    Expected.AMOUNT: "具体金额",
    Expected.NUMBER: "具体数量",
    Expected.SHARE: "具体比例",
    Expected.FIGURE: "具体数字",
    Expected.CODE: "文号、编号",
    Expected.HOURS: "办公时间",
    Expected.DEADLINE: "具体时间",
    Expected.CONTACT: "电话、地址等联系方式",
    Expected.NAMES: "名单",
}

_CONTACT = "(电话|号码|联系方式|微信号|邮箱|网址|网站|(?<!恢复)(?<!删除)(?<!断开)(?<!屏蔽)(?<!侵权)(?<!删)链接|地址)"
_OF_A_MATTER = "(?:条件|材料|流程|后果|区别|标准|内容|原因|依据|要求|程序|手续|措施|方式|责任|义务|目的|原则|目标|任务|结果|范围|关系|办法|对象|政策|好处|步骤|名称|情形)"
"""What a thing has, not what it is: 申请条件是什么 asks for no definition."""
_COUNTER = "(?:家|件|个|人|项|条|种|类|次|名|张|批|所|倍|款|位|套|成|场|期|门|户|份|处|座|本|支|册|例|起)"
_SOME = (
    r"(?<![哪好这那带买拿寄送卖做开没十百])(?<!我们)(?<!咱们)(?<!你们)(?<!他们)(?<!我这)(?<!俺们)(?<![多少][\u4e00-\u9fff])"
    r"(?!^几[家个人位名].*(?:什么|啥|怎|如何|吗|谁|哪|[能会要可][不没]|[想要合打凑]|一起|一块|联合))"
)
"""Before 几家: some of them, whose number nobody asks for, as in 我们几家 and 几家厂想…."""
_NOR_ASKED = "(?![^,。;?!]*(?:吗|嘛))"
"""After 几家: 放过几本算存放吗 asks yes or no."""
_ASKED_BEFORE = "多久|几|怎|如何|咋|吗|谁|什么|啥|能不能|是否|要不要|会不会|可以"
_ASKS = (
    (
        Expected.HOURS,
        r"(办公|上班|营业|工作|值班|开放|接待|受理|开门)时间(?!内)|几点(上|下|开|关|办|能|可|到)|(周[末六日]|星期[六日天]|双休日?|节假日|中午|晚上|午休|礼拜[六日天])[^,。]{0,8}(值班|上班|开门|有人|办公|营业|开放|休息|能办|可以办|办理)"
        r"|(值班|上班|开门|办公|营业)(吗|么|没|不)|24小时|opening hours|(are|is) .{0,20}\bopen on\b|office hours",
    ),
    (
        Expected.CONTACT,
        rf"{_CONTACT}(号码|地址|号)?(是|为)?(多少|什么|啥|几号|在哪|有吗|有没有|呢|吗|发我)|^(?:(?!{_ASKED_BEFORE}).)*{_CONTACT}(号码|地址|号)?\W*$|(有没有|有无|求|要|给|发|留|查)(个|一下|我)?.{{0,4}}{_CONTACT}\W*$"
        r"|在(哪|什么)(条)?(路|街|地方|位置|楼)|门牌|几楼|几号窗口|怎么联系|phone|address|website",
    ),
    (
        Expected.CODE,
        r"(文号|发文字号|编号|标准号|案号|令号|登记号|备案号|批文号|证书号|条号)(分别|都|各)?(是|为|叫)?(多少|几|什么|啥|哪个|呢|\W*$)|(多少|第几|几|哪个)号(文件?|令|标准|公告|通知)|(有没有|有无)(文号|编号)|哪个(国家)?标准号",
    ),
    (
        Expected.NAMES,
        r"(?<![客黑])(?<!客户)名单(是|有|在|都|呢|吗|发|给|\W*$)|(给|列|求|看|查|公布)(个|出|一下)?.{0,6}(?<!客户)名单|名称.{0,4}(列|是|有)|逐一列|都叫(什么|啥)|哪[0-9]+|[0-9]+(家|条|个|项|件|所).{0,8}(分别|是哪|都有哪|是谁|叫什么)|(是|都是)哪(几)?(家|所)",
    ),
    (
        Expected.SHARE,
        r"百分之(几|多少)|[几多]少?个(百分)?点|比例(是|为|有)?多少|比例\W*$|多少比例|利率|贴息率|费率|几成|几折|增长率|增幅|同比|占比|倍数|几倍|多少倍|涨了?(多少|几)|percent",
    ),
    (
        Expected.AMOUNT,
        r"[^免减]费(用|率)?(要|是|得|收|交)?(多少|几)|多少(钱|元|万|个?亿|资金|金额|额度)|(几|多少)(千|百|万|个亿|亿)(?!件|家|人|个|项|条|次|名|册)|几块钱|(奖|补|贴|罚|赔|贷|收|给|拨|花|交|掏|付|缴)(励|助|偿|款|费|息)?(了|到|出)?多少"
        r"|(金额|数额|额度|总额|销售额|收入|营收|经费|预算|费用|价格)(目标)?(是|为|有|要|达|到|能)?(到)?(多少|几)|收费(吗|么|不|标准|多少|呢|情况|高|贵|\W*$)|(要|会|怎么|如何|咋|有没有|是否|不)收费|多大规模|how much",
    ),
    (
        Expected.DEADLINE,
        r"(刑期|年限|时间|时长|天数|年头).{0,4}多少|多少时间|什么时候|啥时候|何时|几时|哪(一)?年|哪(一)?天|哪(几)?个?(日子|月)|几月|几号|多久|多长时间|多长|期限|截止|几年|几个月|几(个工作)?日|几(个)?(工作日|天|周|小时)|多少个?(工作日|日|天|年|月|周|小时)"
        r"|到什么时候|when\b|how (long|many (days|months|years))|deadline",
    ),
    (
        Expected.NUMBER,
        rf"多少[千万]?{_COUNTER}|{_SOME}几{_COUNTER}{_NOR_ASKED}|{_SOME}几[百千万]{_COUNTER}(?!.*吗)|(数量|人数|目标值|指标|拥有量|登记量|指标数|家数|件数)(是|为|有)(?!哪|什么|啥)|(指标数|家数)\W*$|how many",
    ),
    (Expected.FIGURE, r"多少"),
    (
        Expected.DEFINITION,
        rf"(^|[,。;；?？：:\s]|请问|到底|究竟|想问(下|一下)?)(什么|啥)(是|叫做?|才(叫|算)|算(是)?)|(?<!{_OF_A_MATTER})(的)?(是|指)(的是)?(个)?(什么|啥)(意思|东西|概念)?\W*$"
        r"|(什么|啥)(意思|概念)\W*$|的(定义|含义|概念|意思)|(什么|啥)(是|叫)\w{1,12}\W*$|(何为|何谓|怎么(理解|定义)|如何(理解|定义|界定))"
        r"|^what('s| is| are) (an? |the )?(?!(cost|fee|price|deadline|penalt|time|term|require|procedure|process|maximum|minimum|difference|step))|what does .+ mean|meaning of|definition of|^define\b",
    ),
    (
        Expected.WHERE,
        r"((?<!现)在|去|到|上|往|向|从)(哪(?!年|天|月|些|一|种|几)|(什么|啥)(地方|网站|平台))|哪里|哪儿|何处|(什么|啥)地方|哪个(窗口|网站|平台|地方|系统)|地点|\bwhere\b|which (court|website|platform|window)",
    ),
    (
        Expected.WHO,
        r"谁|哪(个|些|一个|家|级)?(部门|单位|机关|机构|法院|局|主体|企业|公司|人|方(?![面式法向案]))|(什么|啥)(人|部门|单位|机构|机关|企业)|何人|\bwho(m|se)?\b|which (authority|department|office|agency|body|party|firm|compan)",
    ),
    (
        Expected.LIST,
        r"哪些|哪几|(有|包括|包含|含|分|要|交|需要|准备|提交|满足|符合|具备)(些|了)?(什么|啥)(?!用|关系|意义|意思|区别|时候|事\b)|(什么|啥)(材料|条件|资料|情形|情况|证件|文件|手续|要求|类型|种类|方式|措施|待遇|好处|权利|义务)"
        r"|(条件|材料|要求|情形|内容|措施|方式|任务|类型|种类|清单|原则)(是|为|有)?(什么|啥)|列(举|出|一下)|分别是什么|几(种|类|项|样)(情形|情况|方式|材料|条件)|清单"
        r"|what (are|kinds?|types?|documents?|materials?|papers?|conditions?|evidence|requirements?|items?|measures?|acts?|remedies)|which (documents?|materials?|goods|acts?|kinds?|types?|works?|signs?)|\blist\b",
    ),
    (
        Expected.HOW,
        r"(怎么|咋|如何|怎样)(才能|去|样)?(办|申请|弄|搞|做|交|报|登记|注册|走|转|续|备案|提|投诉|举报|起诉|维权|写|准备|查|处理|应对|证明|取证|保护|操作|缴|减|改)"
        r"|流程|步骤|手续|程序|要(什么|啥|哪些)(材料|资料|东西|文件|证件)|(材料|资料).{0,4}(什么|啥|哪些|清单)|怎么办|咋办|how (to|do|can)"
        r"|(什么|啥)(流程|步骤|程序|途径|渠道)|(怎么|咋|如何|怎样)(才能|去)?(领|拿到|退|撤|填|启动|要回|追回|签|选|收集|写明|设立|参加|加入|开具)|by what (means|procedure)|what (steps|procedure|process|should i do)",
    ),
    (
        Expected.YES_NO,
        r"吗|(?<![什怎多那这])么\W*$|嘛\W*$|是否|能否|可否|应否|([能会是要有可该行算对需用好愿让给含包管罚赔收交受归])(不|没)(\1|可以|需要|应该)|可不可以|(需|应)不(需要|应该)|有没有|有无|[对行是]吧|(?<![多要么])[不没伐]\W*$|没有\W*$"
        r"|^(can|could|may|must|should|do|does|did|is|are|was|were|will|would|has|have|am)\b|, (can|may|must|should|do|does|is|are|will) ",
    ),
)
_COUNTED = re.compile(rf"(?:多少|{_SOME}几)[百千万]?个?(?P<counter>{_COUNTER})")
_PERIOD = re.compile(
    r"多久|多长|(?<![哪好那这几早月过])(几|多少)(个?(工作日|天|日(?!期)|周|小时|年(?!份))|个月)|how (long|many (days|months|years))"
)
_CLAUSE_END = re.compile(r"[,。;?!]")
_RECKONED = re.compile(r"(?:怎么|如何|怎样|咋|按什么|按啥)(?:来|个|去)?(?:计算|算|确定|认定|核定|估算|定)")
_ASKS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)
_ASKS_CLOSED = tuple((kind, pattern) for kind, pattern in _ASKS_COMPILED if not kind.is_open)
_ASKS_OPEN = tuple((kind, pattern) for kind, pattern in _ASKS_COMPILED if kind.is_open)


def kinds_asked(question: str) -> tuple[Expected, ...]:
    """Return the kinds of answer that ``question`` expects, the most telling first; none where it is open.

    Of figures, times, contacts, names and the like it is the first that fits: 多少 is any figure, and in 多少钱 an
    amount. It goes before the open kinds: who asks how much and how, is not answered without the amount.
    """
    normal = normalise(question)
    # 怎么算赔多少 asks by what rule, not for a figure.
    plain = ",".join(clause for clause in _CLAUSE_END.split(normal) if not _RECKONED.search(clause))
    closed = next((kind for kind, pattern in _ASKS_CLOSED if pattern.search(plain)), None)
    opened = tuple(kind for kind, pattern in _ASKS_OPEN if pattern.search(normal))
    return opened if closed is None else (closed, *opened)


def counter_asked(question: str) -> str | None:
    """Return what is to be counted where a question says it: 家 in 有多少家, None where it does not."""
    found = _COUNTED.search(normalise(question))
    return found["counter"] if found else None


def asks_for_a_period(question: str) -> bool:
    """Whether a stretch of time is asked for, and not a day or a year: 多久, 几天."""
    return bool(_PERIOD.search(normalise(question)))
