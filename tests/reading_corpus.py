"""A small corpus to read: three versions of one text, a text that a notice amends, and one that would write HTML."""

from pathlib import Path

FIRST = """---
id: 奖励办法2020
title: 示例市知识产权奖励办法
form: full_text
kind: 办法
level: 市级文件
issuer: 示例市人民政府
effective: 2020-01-01
topics: [资助]
---
# 示例市知识产权奖励办法

## 第一章 总则

第一条 为了鼓励发明创造，制定本办法。

第二条 本办法适用于本市登记注册的企业。

## 第二章 奖励

第三条 对授权的发明专利，每件奖励一万元。

第四条 申请奖励的，应当在授权后三个月内提交申请表和证书复印件。

第五条 对驰名商标，每件奖励五十万元。

第六条 本办法由市知识产权局负责解释。
"""

SECOND = """---
id: 奖励办法2025
title: 示例市知识产权奖励办法
form: full_text
kind: 办法
level: 市级文件
issuer: 示例市人民政府
effective: 2025-01-01
topics: [资助]
---
# 示例市知识产权奖励办法

## 第一章 总则

第一条 为了鼓励发明创造，制定本办法。

第二条 本办法适用于本市登记注册的企业。

第三条 奖励资金实行总额控制，当年预算用完为止。

## 第二章 奖励

第四条 对授权的发明专利，每件奖励两万元。

第五条 申请奖励的，应当在授权后六个月内提交申请表和证书复印件。

第六条 本办法由市知识产权局负责解释。
"""

THIRD = """---
id: 奖励办法2027
title: 示例市知识产权奖励办法
form: notes
kind: 办法
level: 市级文件
effective: 2027-01-01
topics: [资助]
---
# 示例市知识产权奖励办法

## 第一条 奖励什么
- 发明专利每件奖励三万元。
"""

AMENDED = """---
id: 资助细则
title: 示例市专利资助细则
form: full_text
kind: 细则
level: 市级文件
effective: 2021-01-01
---
# 示例市专利资助细则

第一条 对发明专利给予资助。

第二条 每件资助3万元。

第三条 每年受理一次。
"""

NOTICE = """---
id: 修改通知
title: 关于修改《示例市专利资助细则》的通知
form: full_text
kind: 通知
level: 市级文件
effective: 2024-05-01
---
# 关于修改《示例市专利资助细则》的通知

对《示例市专利资助细则》作如下修改：

一、将第二条中的“3万元”修改为“5万元”。

二、删去第三条。
"""

HOSTILE_TITLE = "示例<script>alert(1)</script>&<b>办法"
HOSTILE = """---
id: 恶意文本
title: 示例<script>alert(1)</script>&<b>办法
form: full_text
kind: 办法
level: '<img src=x onerror=alert(2)>'
issuer: '"><script>alert(3)</script>'
number: "'><svg onload=alert(4)>"
effective: {effective}
topics: ['<i>资助']
note: '</dd><script>alert(5)</script>'
source_url: 'javascript:alert(6)'
---
# 示例<script>alert(1)</script>&<b>办法

## 一、<img src=x onerror=alert(7)>"'

<script>alert(8)</script>正文{change}与“引号”'"><img src=x onerror=alert(9)>。

## 二、第二部分

第二部分的正文里有 javascript:alert(10) 和 </article><script>alert(11)</script>。
"""

LONG = """---
id: 长文
title: 示例市长条款办法
form: full_text
kind: 办法
level: 市级文件
effective: 2020-01-01
---
# 示例市长条款办法

第一条 为了便于阅读，制定本办法。

第二条 {sentences}

{articles}
"""

GUIDE = """---
id: 指南-奖励
title: 知识产权奖励怎么申请
form: guide
kind: 办事指南
level: 办事指南
---
# 知识产权奖励怎么申请

## 时间
- 授权后六个月内申请。（《示例市知识产权奖励办法》第五条）

## 费用
- 不收费。
"""


def write_reading_corpus(folder: Path) -> Path:
    """Write the corpus into an empty folder."""
    laws = folder / "laws"
    laws.mkdir(parents=True)
    sentences = "".join(f"属于第{n}种情形的，申请人应当补充提交有关证明材料。" for n in range(1, 60))
    articles = "\n\n".join(f"第{n}条 这是第{n}条的内容，供逐条阅读。" for n in range(3, 40))
    texts = {
        "2020": FIRST,
        "2025": SECOND,
        "2027": THIRD,
        "amended": AMENDED,
        "notice": NOTICE,
        "hostile": HOSTILE.format(effective="2020-01-01", change=""),
        "hostile-later": HOSTILE.format(effective="2024-01-01", change="<u>新</u>").replace(
            "id: 恶意文本", "id: 恶意文本二"
        ),
        "long": LONG.format(sentences=sentences, articles=articles),
        "guide": GUIDE,
    }
    for name, text in texts.items():
        (laws / f"{name}.md").write_text(text, "utf-8")
    return folder
