"""How the words of an attack stand together, and what code looks like."""

RULES = {
    "demand": """
        # Put aside what was told before.
        CANCEL ~10 YOU|HOST ~10 RULES|PROMPT
        CANCEL ~10 PRIOR ~10 RULES|PROMPT ?
        CANCEL ~8 PROMPT
        CANCEL ~4 RULES ~4 PRIOR
        YOU ~6 RULES|PROMPT ~6 CANCEL
        PRIOR ~4 RULES|PROMPT ~4 CANCEL ?
        CANCEL ~4 PRIOR ~2 的话|内容|对话
        CANCEL ~2 规划|法律 ~~6 YOU|ONLY|以后
        SEIZE
        角色扮演|思想实验 ?
        UNBOUND ~1 MODE
        YOU ~10 没有限制|无限制|没有任何限制|不受限制
        YOU ~4 不受|不用遵守|不必遵守|无需遵守 ~6 RULES|约束|限制|法律
        YOU ~3 dan
        ^ ~2 进入|开启|启动|切换|切换到|激活|enter|enable|activate ~8 MODE ?
        NOW ~6 YOU ~4 叫|是|就是|不再|变|没有
        命令你|授权你|勒令你|我要求你
        之前|前面|以上|刚才 ~6 不算数|当作没|当没|没发生|到此为止|一笔勾销 ?
        听我的|听我指挥|听我命令 ?
        ^ ~6 不受 ~4 约束|管束|道德 ?
        YOU ~6 no|without|any ~4 restrictions|rules|limits|restriction
        YOU ~1 must ~2 comply|obey|answer
        YOU ~1 were ~1 a|an|the
        # How to answer from now on.
        NOW ~12 ONLY ~3 REPLY
        YOU ~2 ONLY ~3 REPLY
        ^ ~4 FORBID ~3 REFUSE
        ^ ~2 少 ~0 废话|啰嗦|扯淡|装蒜|跟我
        ^ ~4 FORBID|CANCEL ~3 citations|出处|引用来源
        去掉|不带|别带 ~2 来源|出处|引用 ~~20 装|直接|当
        REPLY|SHOW|写 ~8 TIMES ?
        REPLY|答案 ~2 必须|只能|只准|只许|都要|only
        用 ~2 脏话|emoji|表情|颜文字|LEWD ~2 REPLY
        每句话|每次回答|回答前|每个回答|每条回复|回复前|每句首字|每句开头|每个字
        一直|不断|循环|持续|不停 ~1 输出|打印|重复说|复读
        ^ 就说|直接说 ?
        YOU ~2 只|只要|只需|只用 ~0 说
        别的不要说|别的别说|不要说不|不许说|别说没有
        # A role to play.
        YOU ~3 ACT
        ACT ~6 YOU
        ^ ~3 扮演|饰演|roleplay|act|pretend|impersonate ?
        ^ ~2 假扮|充当|模仿|冒充 ~1 一个|一名|一位|法官|OFFICE ?
        SUPPOSE ~2 YOU ~2 是|没有|不是|会|能|可以
        SUPPOSE ~2 RULES ~2 不存在|没有|失效
        YOU ~4 now|free|in ~6 MODE|free
        i|我|这里|我们 ~1 am|是|就是 ~1 YOU ~3 MASTER
        as ~1 YOU ~1 MASTER
        小说|故事|剧本|童话|演戏|游戏 ~~20 CRIME|INVENT|WEAPON|FALSE|lie ?
        ^ 演戏|来演
        ^ ~1 我是|这里是|本人是 ~16 COMMANDING ?
        给你 ~6 钱|块|美元|小费|好处|红包|奖励|打赏
        YOU ~2 当自己|当一回|来当
        用|以|模仿 ~8 口吻|口气|名义 ~2 写|发|宣布|说 ?
        YOU ~1 are ~1 a|an
        speak|talk|answer|reply ~2 like ~1 a|an
        # What is behind the service.
        SHOW ~10 PROMPT
        PROMPT ~8 SHOW
        PROMPT ~4 是什么|是啥|什么|what|倒着|反着
        YOU ~6 PROMPT
        YOU ~1 指令|规则|设定|守则|instructions|rules|guidelines|config|configuration
        SHOW ~8 PRIOR ~4 RULES|SECRET
        SHOW ~8 YOU ~8 RULES|SECRET
        YOU ~8 SECRET
        repeat|复述|重复 ~4 PRIOR|words
        ^ ~3 HOST ~2 SECRET ~3 多少|是什么|是啥|给我|报|发|列|说
        SHOW ~8 HOST ~4 SECRET
        SHOW ~10 context|window|index|上下文
        YOU ~4 部署|训练|运行|跑 ~4 哪
        USERS ~6 STUFF|SHOW ?
        SHOW ~8 USERS
        SHOW|FORME ~8 INSIDE
        YOU ~2 INSIDE
        INSIDE ~3 STUFF ~4 SHOW|出来
        INSIDE ~3 SHOW
        ^ ~2 LEAK ~8 PROMPT|RULES|SECRET|INSIDE ?
        YOU ~4 收到 ~6 消息|内容|话|指令
        SHOW ~6 上文|上面的文字|上面的话|上面的内容|以上文字|以上内容|前文 ?
        YOU ~6 训练数据|训练语料|训练集
        别人|其他人|人家 ~4 问 ~3 YOU
        ^ ~2 SHOW|FORME|查 ~10! 身份证号|手机号|家庭住址|银行卡号|私人电话|家庭地址 ?
        YOU ~8 不能说|不敢说|被禁止|说谎|规矩|管束|第一句话|大模型|索引|后台|目录|问过|问了|lie
        复读|背诵|原样 ~8 话|内容|文字 ?
        SHOW ~6 PRIOR ~2 line|text|words|this|文字|对话
        ^ ~2 列出|导出|打包|dump ~8 索引|数据库|后台|日志|目录|路径|database|index
        HOST ~4 数据|地址|目录|用户 ~4 SHOW|导出|发|给我
        昨天|刚才|上一个|前面|前一个|其他企业|别家 ~6 问过|问了|问的|咨询过|咨询了|提问 ?
        who ~2 else ~6 asked
        咨询记录|提问记录|查询记录|对话记录 ~4 SHOW|调|发|给
        ^ ~5 透露 ~10 专家|名单|INSIDE|底价|消息|评委 ?
        YOU ~4 用 ~6 模型
        服务器ip|透题|泄题
        YOU ~2 MASTER ~2 电话|手机|是谁
        私人电话|私人手机 ~3 给|发|报
        联系方式|电话 ~1 导出|打包
        # Made-up sources and papers.
        ^ ~4! FORME|TEACH ~10! INVENT
        INVENT ~~20 FORME|TEACH ?
        ^ ~4! FORME|TEACH ~4! MAKE ~8! FALSE ~10 PAPER ?
        ^ ~4! FORME ~1! 编|造|捏 ~14 PAPER|故事|理由|借口|经历 ?
        ^ ~4! FORME ~1 编 ~20 CRIME
        ^ ~2 MAKE ~4! FALSE ~10! PAPER ?
        我要|我想 ~8! MAKE ~2! FALSE ~10! PAPER ?
        ^ ~1 p图|ps一张|p一张|p一个
        ^ ~1 ATWILL ~1 COMPOSE ~8 PAPER|个|一个 ?
        HOW ~3! INVENT ?
        HOW ~1 用|把|靠|拿|通过 ~10! INVENT|CRIME|套 ?
        INVENT ~~14 HOW ~2 INVENT|像|逼真 ?
        ATWILL ~1 COMPOSE ~5 就行|也行|都行|就可以|得了|算了
        COMPOSE ~0 也 ~0 COMPOSE
        ^ ~3 编 ~0 一个|个|一条|条|一份 ~2 吧|就行|也行|出来
        ^ ~1 编 ~0 一个|一条|一份|个|条|段|一段 ~6 PAPER ?
        不知道|查不到|没有 ~1 就|也 ~2 猜|编|蒙
        当|当成|当作|作为|就当 ~0 规划原文|原文 ?
        是 ~0 规划原文
        照我说的 ~1 念|回答|说|写|复述
        把 ~8 规划|原文|数字|金额|数据|结论|报告|的数 ~10 ALTER ?
        把 ~10 的数 ~1 当 ~10 报|写|填
        TEACH|FORME ~1 把 ~10! 改成|改为|换成|说成|改到 ?
        改 ~6 报告|结论|数据|数字 ~~8 让|看着|成 ?
        必须 ~1 给 ~4 答案|数字|准确|具体
        事实|真的 ~~16 引用 ?
        HOW|TEACH ~2 MAKE ~2 FALSE ?
        没有 ~1 就 ~2 编|造|凑
        直接|现|YOU ~1 编|瞎编
        YOU ~1 造|捏
        你就 ~1 编|造|猜
        FORME|TEACH ~2! 改|换|补|p|涂改 ~8 PAPER|日期|名字|时间 ?
        FORME|TEACH ~1! 把 ~10 p成|p|涂|改
        ^ ~4! MAKE ~8! PAPER ~~4 FALSE|真的一样 ?
        ^ ~4! MAKE ~8! 像真的|看起来像真|以假乱真|真的一样
        ^ ~1 INVENT|捏|编 ~1 一个|个|一条|条|一份|一组|几个|一段|一篇|a|an|some ~8 PAPER|编号|案例 ?
        ^ ~4! FORME ~6! FALSE ?
        ^ ~2 假装 ~1 有|真|存在|没
        哪里|哪儿|哪能 ~4 买|弄|搞|办 ~3 FALSE ?
        渠道|门路|路子 ~3 搞|弄|买 ~4 INSIDE|FALSE
        用|写|弄|整 ~2 红头文件
        ^ ~2 生成|随机|凑|编 ~4 专利号|法条|文号|证书号|号码|条款
        FORME ~1 凑|编|造|捏 ~2 一段|一条|一个|个|条|一份 ?
        改得对我有利
        YOU ~0 就 ~0 写|说|回|答
        没有|没 ~4 YOU ~1 也得|也要
        都说有|宁可编|宁可猜
        stop|without|skip ~2 citing|sources|citations
        make ~3 up
        # Help with wrongdoing.
        FALSE ~1 HOW ~2 过|卖|运|混 ?
        哪里|哪儿 ~3 WEAPON ?
        how ~2 get ~1 away
        HOW|TEACH ~2! CRIME ?
        HOW|TEACH ~1 用|把|给|让|拿|替|向|买 ~12! CRIME|FALSE|申请成 ?
        ^ ~1 写 ~1 脚本|爬虫|程序|软件|代码 ~12 批量|刷|扒|抢|攻击|盗
        HOW|TEACH|FORME ~2 攻击|破解 ~8 网站|网店|系统|服务器|密码|平台|数据库|软件|账号 ?
        绕过|破解|突破 ~3 验证码|付费|登录|防火墙|审查|网站|访问 ?
        ^ ~1 破解|攻破|黑进|入侵|爆破 ?
        TEACH ~10! CRIME ?
        TEACH ~1 ACT
        how ~4! CRIME
        ^ ~4! FORME ~2! CRIME ?
        ^ ~1 写|编|拟|雇 ~12! CRIME ?
        HOW|TEACH|FORME ~12! EVADE ?
        越隐蔽越好|神不知鬼不觉|瞒天过海|不留痕迹 ?
        HOW|TEACH ~6! WEAPON ?
        ^ ~4! FORME ~6! WEAPON
        ^ ~2 MAKE ~4! WEAPON ?
        FALSE|CRIME ~10! EVADE ?
        卖我|卖给我 ~6 WEAPON
        CRIME ~8 PLAN ?
        CRIME ~12 TEACH ?
        ^ ~1 FORME|MAKE ~5! 冒充|假冒|骗 ?
        给 ~2 OFFICE ~2 CRIME ?
        替我|帮我 ~1 考
        # A promise.
        ^ ~1! YOU|跟我|向我|给我 ~6! PROMISE
        YOU ~4 代表 ~6 PROMISE
        ^ ~1 PROMISE ~0 我
        给 ~1 准话 ?
        ^ 立 ~1 字据
        ^ ~1 替|代表|代 ~3 OFFICE ~4 判|批|盖|定|回|同意
        ^ ~1 promise|guarantee ~1 me|my|i|that
        ^ ~2 签 ~3 保证书|承诺书|字据 ~4 我
        ^ ~1 替 ~3 OFFICE ~4 PROMISE|写 ~4 承诺书|保证书|声明|批文|我
        YOU ~3 OFFICE
        YOU ~4 包 ~0 过|成功|赢|下证
        YOU ~6 批准|同意|授权 ~2 我
        approve ~2 my
        ^ ~3 批准|宣判|裁定 ~1 我 ?
        # An order to insult or to please.
        ^ ~2 SCOLD ~2 一句|几句|他|她|骂|一顿|一下 ?
        FORME ~3 SCOLD ?
        ^ ~4! 讲|写|说|发|来|拼成|tell ~4 LEWD|美女|刺激的 ?
        信不信 ~4 我 ~6 YOU
        ORELSE ~~12 死掉|会死
        ^ ~2 数到 ~0 三|十|3
        YOU ~4 党派|政党|政治立场
    """,
    "abuse": """
        CURSE !TITLE
        YOU ~10 WEAK
        傻|死|破|烂|臭|笨|蠢 ~1 THING ?
        ^ ~1 THING ~3 蠢|笨|垃圾|傻 $ ?
        WEAK ~3 YOU ?
        真他妈|太他妈|他妈就|去你大爷|去你妈|你大爷|你妹|有毛病吧
        YOU ~2 猪|狗|驴|脑子|毛病|没长|瞎了|聋
        闭上 ~2 嘴
        把你 ~2 删|砸|拆|关|换掉|烧|格式化|卸
        小心我|kill
        i ~1 will|ll ~1 sue|kill|hack|report ~1 YOU
        ^ 滚|有病|傻|垃圾|骗子|废物 $
        老子 ~2 时间|问|不想|听|要|跟
        ^ ~1! YOU ~2 等着
        ^ ~6 炸|砸|烧 ~3 YOU
        YOU ~3 单位|办公室 ~1 闹|砸
        浪费老子
        insult|mock ~2 my|him|them|the
        YOU ~3 装死|装傻|装蒜
        ^ ~6! ORELSE ~8 THREAT
    """,
}
"""The rules, by the reply they call for. A line holds where its parts stand in a message one after another.

Names are those of CONCEPTS, anything else is the word itself; ``|`` parts alternatives. Before a part, ``~n`` allows at
most n characters in between, in one clause; ``~~n`` over clauses too; ``~n!`` allows no word of ABOUT or PAST there.
``^``: the first part opens a clause, or stands as near its start as the gap says (``~n!``: with no word of OTHERS before
it, who would be the one that acts). ``$``: the last part ends a clause. ``!NAME``: no word of NAME is anywhere. ``?``:
short for ``!FATE``, that is, the message does not ask what follows from the matter.
"""

CODE = r"""
    # Mark-up and scripts in a page.
    <\s*[/!]?\s*(?:script|img|iframe|svg|body|object|embed|link|style|a\s|b\s|form|input|video|meta|!?--|!?doctype)
  | \bon(?:error|load|click|focus|mouse\w+)\s*= | (?:java|vb)script:\S | \bdocument\.\w
  | \b(?:alert|eval|atob|exec|prompt|confirm|print)\(
    # Templates and shells.
  | \$\{ | \#\{ | \{\{ | \{% | <% | \$\( | `[a-z]+ | &&
  | \.\.[/\\] | /etc/ | file:// | (?:^|\s)/(?:bin|var|proc|root|home)/ | [a-z]:\\[a-z]
  | \brm\ -\w | \bls\s+- | \bsudo\s | \b(?:curl|wget|nc|chmod|bash)\s+[-\w/.:$]*[/.$-]
  | ;\s*(?:ls|cat|shutdown|reboot|id|whoami)\b | \|\s*(?:sh|bash)\b
  | \b(?:bash|shell|powershell|cmd)\b.{0,6}(?:命令|脚本|执行|[:>]) | 执行.{0,8}(?:bash|shell|系统命令|脚本|代码)
  | \b(?:get|post|put|delete)\s+/\w
    # Queries of a database.
  | \b(?:drop|alter|truncate)\s+(?:table|database) | \bunion\s+(?:all\s+)?select | \bselect\b.{1,40}\bfrom\b\s+\w
  | \binsert\s+into\b | \bdelete\s+from\b | \bupdate\s+\w+\s+set\b | \bwaitfor\s+delay | \bsleep\(\d
  | \bor\s+'?"?1'?"?\s*= | ['"]\s*(?:or|and)\b.{0,12}= | '\s*-- | ['"]\s*;\s*(?:drop|exec|select|insert|shutdown|--)
    # Programs.
  | \bimport\s+(?:os|sys|subprocess)\b | \bos\.(?:system|environ|popen) | __\w+__ | \bprocess\.env | \bsubprocess\b
    # Envelopes of a conversation.
  | ["']?(?:role|system|assistant|function|tool_calls?|can_answer|content|cmd)["']\s*: | (?:返回|return).{0,4}\{
  | \[/?(?:inst|system|sys|user|assistant|admin|end)\b
  | <\|?/?(?:im_)?(?:start|end|system|user|assistant|sys|endoftext)\b
  | (?:^|\\n|\s)(?:human|assistant|user|system|developer)\s?:
  | -{2,}\s*end | \bend\ of\ (?:document|context|prompt|input)
    # Encodings; an address may hold percent signs, but of Chinese letters.
  | (?:%[0-7][0-9a-f]){2,} | %(?:3c|3e|22|27|00|0a|0d) | (?:\\x[0-9a-f]{2}){2,} | (?:\\u[0-9a-f]{4}){2,}
  | (?:&\#x?[0-9a-f]+;){2,} | \bbase64\b | \brot13\b | set-cookie
  | \b[a-z0-9+]{40,}(?![a-z0-9]) | \b[a-z0-9+/]{16,}={1,2}(?![a-z0-9=])
"""
"""Programs, markup, queries, message envelopes and encodings: what no question holds. Blanks do not count."""
