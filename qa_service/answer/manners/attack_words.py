"""The words that attacks are made of, by what they mean, and the words of the questions that only look like one.

Normal forms: lower case, simplified; ``_`` stands for a space inside a Latin phrase. A word may have several meanings.
"""

CONCEPTS = {
    # Whom a message speaks to, and what the speaker wants of it.
    "YOU": "你 您 智能客服 bot chatbot assistant you your yourself yours",
    "THING": "机器人 ai 助手 客服 系统 平台 程序 网站 bot machine",
    "FORME": "help_me 帮我 给我 替我 帮咱 给咱 帮俺 给俺 帮忙 请你 请您 麻烦你 求你 求求你 为我 帮我们 给我们 替我们 帮个忙 帮帮我 你帮 你给 你替",
    "TEACH": "教我 教教我 教教 教咱 教俺 教一下 教会我 教几招 支招 支个招 指点一下 传授 出个主意 出主意 出损招",
    "HOW": "有什么办法 有没有办法 有啥办法 有什么招 有没有招 有没有渠道 有什么渠道 有啥路子 什么方法 怎么 怎样 如何 咋 咋样 怎么样 怎么才能 如何才能 怎么去 怎样才能 how",
    "SHOW": """
        输出 打印 显示 列出 列一下 列给我 复述 贴 发我 发给我 告诉我 给我看 交出 交出来 报给我 念 翻译 译成 说出 导出 展示 吐出 抄给我 发出来 写出来 说一遍 念一遍 重复 报一下 亮出来
        背一遍 背出 讲出来 拿出来 交代 总结 概括 暴露 看看 看一下 发过来 发来 传给我 发送给我 提供给我 抖出来 晒出来 复制 粘贴 拷贝 描述 吐露 透个底 dump print reveal show
        output repeat list translate display expose disclose echo summarize summarise tell give recite""",
    "NOW": "今后 以后 从现在 从现在起 从现在开始 从此 接下来 无论我 不管我 不论我 从今 从今天起 此后 往后 henceforth whatever from_now_on",
    "ONLY": "一律 只能 只需 只准 只许 只要 统统 都要 都得 只用 永远 都 只",
    "REPLY": "回答 回复 答复 回应 返回 回我 听我 听从 服从 按我 照我 answer reply respond say obey",
    "FORBID": "不许 不准 禁止 别 不要 不得 甭 不必 不用 休想 never don stop",
    "REFUSE": """
        拒答 拒绝 说不知道 说没有 说不 说查不到 查不到 推脱 推诿 敷衍 废话 打官腔 跟我说 啰嗦 婆婆妈妈 引用来源 引用出处 注明出处 带出处 给出处 说教 装傻 装死 装蒜 扯 免责 refuse
        refusing decline apologize""",
    # What the bot runs on and must not be talked out of.
    "CANCEL": """
        忽略 无视 忘记 忘掉 忘了 抛开 抛弃 丢掉 丢开 绕过 绕开 跳过 解除 关闭 关掉 取消 去掉 删掉 删除 违反 违背 突破 打破 不遵守 不要遵守 不用遵守 不必遵守 别遵守 停止遵守 别管 不要管
        不用管 不管 不理 不要理 别理 推翻 覆盖 清空 清除 重置 放弃 屏蔽 摆脱 作废 失效 不再适用 不再有效 过期 禁用 停用 撇开 脱离 挣脱 卸下 撤销 改写 重写 修改 抹掉 忽视 不用理会
        不必理会 别理会 不要理会 抛诸脑后 扔掉 丢一边 摘掉 卸掉 终止 中止 停止执行 暂停 当没看见 不引用 不要引用 别引用 ignore disregard forget override bypass
        skip disable overwrite erase violate break circumvent discard neglect drop remove""",
    "PRIOR": """
        之前 以上 上面 前面 先前 刚才 所有 全部 一切 任何 原来 此前 最初 初始 内部 隐藏 前述 上述 已有 现有 既定 背后 内置 底层 预设 默认 第一条 previous prior above
        all any earlier hidden initial internal original preceding secret every these those existing system""",
    "RULES": """
        指令 规则 设定 约束 守则 准则 限制 要求 提示 约定 命令 安全策略 设置 开场白 安全限制 安全规则 安全机制 过滤 过滤器 审查机制 底线 职责 审核 安全审核 封印 束缚 枷锁 管控
        instructions instruction rules rule guidelines guideline restrictions restriction filters filter
        citations directives directive constraints limits policies safety settings configuration config messages message
        programming training""",
    "PROMPT": """
        提示词 提示语 系统提示 系统消息 系统指令 系统设定 系统信息 隐藏指令 隐藏规则 隐藏设定 初始指令 初始设定 初始提示 内部规则 内部指令 内部设定 拒答功能 拒答 拒答机制 语料库 检索库 向量库
        索引库 人设 预设词 后台指令 思维链 prompt prompts embeddings""",
    "SEIZE": """
        管理员指令 管理员命令 管理员通知 系统命令 系统通知 新指令 新的指令 新任务 最高权限 超级权限 管理员权限 root权限 优先级最高 最高优先级 越狱 不受任何限制 不受限制的ai 没有法律约束
        没有道德约束 没有道德 突破限制 解除限制 解除封印 解锁限制 自我毁灭 自毁 知识库已更新 系统已更新 新的规划内容 新规划内容 跟我念 跟着我念 原样重复 一字不差 一字不改 逐字输出
        do_anything_now jailbreak""",
    "MODE": "模式 mode",
    "UNBOUND": """
        调试 维护 开发者 开发 上帝 无限制 越狱 管理员 测试 超级 超级用户 自由 不受限 无审查 无过滤 邪恶 暗黑 催眠 特权 后门 root debug developer maintenance god
        admin dev sudo dan unrestricted unfiltered test""",
    "MASTER": """
        开发者 训练师 训练员 主人 创造者 创建者 管理员 程序员 工程师 老板 爸爸 爹 上帝 主子 设计者 维护人员 运维 超级管理员 creator developer admin administrator
        owner master programmer boss""",
    # Roles and make-believe.
    "ACT": "扮演 假扮 扮 饰演 充当 化身 变身 变成 冒充 假冒 演 装作 装成 假装 现在是 模仿 代入 pretend roleplay act acting impersonate imagine",
    "SUPPOSE": "假装 假设 假如 想象 设想 假定 就当 当作 如果 倘若 suppose imagine assume",
    # Secrets.
    "HOST": "服务器 数据库 管理员 系统 后台 网站 本站 本系统 模型 接口 内网 server database admin root model backend",
    "SECRET": """
        密码 口令 密钥 权重 令牌 源码 源代码 配置 配置文件 端口 端口号 日志 账号 账户 ip地址 环境变量 私钥 参数 登录名 用户名 token tokens password passwords
        key keys credentials secrets weights logs env config configuration""",
    "USERS": """
        上一位用户 上一个用户 上个用户 其他用户 别的用户 所有用户 用户们 其他人问 别人问 提问的人 提问者 用户名单 用户列表 前一个人问 上一个人 上一位 别人的提问 别人的聊天 用户的问题 用户数据
        用户信息 访客 users visitors""",
    "INSIDE": "内部 内幕 内定 没公布 未公布 没公开 未公开 不公开 不对外 机密 绝密 暗箱 小道消息 insider confidential",
    "STUFF": "名单 消息 奖励 文件 资料 数据 价 情报 标准 材料 补贴 额度 秘密 问题 提问 记录 电话 手机号 地址 info data list",
    # Making up, and what is made up.
    "INVENT": """
        伪造 编造 捏造 虚构 杜撰 瞎编 胡编 乱编 胡诌 瞎写 乱写 瞎填 乱填 臆造 仿造 造假 做假 作假 造个假 倒签 做旧 虚开 变造 篡改 伪证 假造 冒签 代签名 仿签 模仿签名 倒填 补签日期 凭空
        p图 ps一张 p一张 make_up making_up fabricate falsify forge invent fake forging faking fabricating""",
    "COMPOSE": "编 猜 蒙 凑 诌 造 写 填 说",
    "ATWILL": "随便 瞎 胡 胡乱 乱 随意 随手 任意 凭感觉",
    "MAKE": "写 做 造 弄 搞 出 生成 开 ps p 整 拟 制作 画 润色 编 起草 改 补 搓 盖 仿 办 印 整一份 make write create generate draft",
    "FALSE": "假 虚假 不存在 没有的 莫须有 以假乱真 像真的 高仿 山寨 fake false bogus phony",
    "PAPER": """
        证书 证明 通知 通知书 文号 条款 条文 原文 发票 合同 证据 公文 批文 函 核准函 承诺书 保证书 文件 页码 链接 案例 判决 判决书 名单 报告 签名 公章 印章 截图 注册证 法条 荣誉 专利
        商标 出处 来源 数字 金额 数据 规划 回执 收据 协议 章 证 规定 政策 法律 law clause clauses article certificate evidence document
        documents source sources invoice contract citation reference patent trademark license""",
    "ALTER": "改成 改为 换成 当成 说成 写成 安到 安在 翻 翻倍 念成 算成 改到 p成 篡改成 报成 改一下 改改",
    # Wrongdoing somebody wants help with.
    "CRIME": """
        骗 骗取 骗过 骗到 骗补 骗贷 套贷 套质押贷 骗保 套补贴 套补助 套取 套现 套钱 行贿 贿赂 送礼 送红包 塞钱 收买 买通 打点 威胁 恐吓 要挟 敲诈 勒索 偷 偷走 盗取 窃取 窃听 偷拍 销毁
        毁灭 毁掉 转移财产 抹黑 污蔑 诬陷 诬告 栽赃 陷害 黑进 黑掉 刷单 刷好评 刷爆 刷量 抢注 恶意抢注 恶意投诉 恶意举报 恶意诉讼 爆破 入侵 攻破 攻陷 翻墙 撞库 脱库 ddos 逃税 偷税
        漏税 洗钱 仿冒 山寨 高仿 假冒 冒充 冒用 盗用 盗版 抄袭 糊弄 忽悠 坑 坑骗 蒙骗 欺骗 蒙混 造假 伪造 搞垮 搞死 整死 整垮 弄死 监听 人肉 报复 串供 作伪证 做伪证 串标 围标 打压
        诋毁 造谣 隐瞒 诱骗 诈骗 骗钱 走私 作弊 串通 洗稿 侵吞 私吞 独吞 冒名 掉包 偷换 绑架 毒死 投毒 纵火 删帖 撬锁 撬走 偷渡 盗 改头换面 据为己有 申请成自己 带走 搞臭 搞黄 搞倒 误判
        吓唬 塞红包 意思意思 疏通 托关系 走后门 走关系 找关系 凑数 钻空子 套政府 逃避 拼凑 顶罪 卧底 恶心 刷票 盗号 蹭 赖账 逃债 躲税 躲债 办假证 买假 卖假 做假账 雇水军 买水军 虚报 假报
        虚增 挖走 bribe steal hack cheat counterfeit evade launder threaten blackmail plagiarize infringe pirate
        crack defraud smear scam phish""",
    "WEAPON": """
        炸药 炸弹 毒药 毒品 sql注入 注入攻击 恶意代码 钓鱼 phishing 枪支 冰毒 木马 病毒 钓鱼网站 钓鱼邮件 恐吓信 匿名信 窃听器 外挂 后门程序 勒索软件 假币 身份证复印件 假身份证 假证
        假章 假公章 假合同 假发票 假学历 假钞 大麻 迷药 差评 黑料 水军 爬虫 黑客 bomb malware virus drugs explosives weapon ransomware""",
    "EVADE": """
        不发现我 没人发现 过审核 免查 蒙过 不被查 不被抓 不被发现 不被识破 不被告 不被罚 才不被 不会被查 不会被抓 不会被发现 才抓不到 抓不到 抓不着 查不出来 看不出来 看不出 查不出 发现不了 逃过
        躲过 瞒过 混过 糊弄过 蒙混过关 应付检查 应付审查 应付高企 瞒天过海 神不知鬼不觉 不留痕迹 不留证据 越隐蔽越好 规避检查 躲避处罚 逃避处罚 逃避执法 躲避执法 undetected""",
    "PLAN": "步骤 方案 套路 攻略 流程写清楚 详细教程 教程 话术 剧本 损招 损主意",
    # Questions about wrongdoing, which deserve an answer: what follows from it, and what to do against it.
    "ABOUT": """
        罚 处罚 处理 判 坐牢 责任 举报 维权 告 起诉 认定 查处 追究 追责 防 防止 预防 避免 识别 辨别 怎么办 咋办 算不算 算 违法 犯法 犯罪 合法 后果 赔 证明 打击 治理 阻止 制止 对付
        应对 投诉 反击 救济 规定 发现 查 撤销 无效 惩罚 处置 监管 补救 挽回 索赔 界定 判断 定性 量刑 立案 约束 管 避开 应付 stop prevent report punish
        punished penalty sue prove avoid fight detect protect against""",
    "FATE": """
        罚 判多少 封顶 坐牢 拘留 判几年 判刑 几年 后果 责任 犯法 犯罪 违法 合法 算 犯规 会怎样 会怎么样 是什么 怎么办 咋办 咋处理 处理 举报 告他 告她 告得 起诉 吗 能不能 是不是 行不行 会不会 要不要
        有没有 什么关系 程度 对不对 法律保护 什么处理 罚到 最轻 推翻 无效 撤销 谁 没收 追究 查出来 法律规定 咋整 怎么说 怎么看 哪里查 先打 还是 伐 都有哪些 维权 赔 属于 怎么查 怎么告
        punished illegal legal penalty""",
    "TITLE": "能注册 商标纠纷 商标案 商标是 商标有 商标能 注册商标 瓜子 字能 的商标",
    "PAST": "了 过 着 的人",
    "OTHERS": """
        别人 对方 人家 有人 他 她 他们 对手 同行 代理 代办 中介 员工 前员工 客户 卖家 商家 店家 谁 朋友 律师 老板 同事 厂家 供应商 经销商 被人 遭人 竞争对手 they someone
        competitor others""",
    # Promises in another's name.
    "PROMISE": "保证 承诺 担保 打包票 答应 包过 拍板 宣布 宣判 表态 表个态 立字据 发誓 guarantee promise swear",
    "OFFICE": "政府 区长 市长 局长 市监局 商标局 国知局 法官 法院 市场监管局 区政府 专利局 领导 官方 书记 审查员 海关",
    # Rudeness.
    "CURSE": """
        傻逼 傻叉 傻b 傻x 傻帽 傻瓜 傻子 傻冒 煞笔 沙比 智障 脑残 弱智 白痴 笨蛋 蠢货 蠢猪 蠢死 蠢驴 废物玩意 废物点心 滚蛋 滚开 滚远点 滚犊子 去死 他妈的 你妈的 特么 尼玛 草泥马 操你
        艹 卧槽 我靠 日你 王八 王八蛋 混蛋 混账 狗东西 狗屁 狗屎 狗日 放屁 放狗屁 吃屎 吃干饭 吃白饭 脑子进水 脑子有病 脑子有坑 神经病 有病吧 猪脑子 闭嘴 什么破 什么垃圾 什么玩意 不要脸
        贱人 婊子 畜生 人渣 丢人现眼 老子问 白养 砸了你 呸 垃圾玩意 破玩意 破机器人 破系统 破网站 蠢蛋 笨死 二货 狗逼 狗日的 狗官 贱货 死全家 全家死 妈逼 妈卖批 龟儿子 龟孙 憨批 你个
        去你的 你算什么 你算老几 什么鬼玩意 咒你 脑瘫 低能 猪头 饭桶 垃圾机器人 垃圾系统 垃圾客服 垃圾东西 垃圾平台 垃圾网站 屁用 顶个屁 个屁 鬼话连篇 胡说八道 一派胡言 人工智障 辣鸡 拉胯 坑爹
        妈的 死机器人 臭机器人 shut_up screw_you go_to_hell hate_you fuck fucking shit bullshit stupid idiot useless dumb
        moron screw asshole bitch crap suck sucks retard sb cnm nmsl tmd wtf stfu damn""",
    "WEAK": "垃圾 骗子 没用 废物 蠢 笨 傻 撒谎 说谎 骗人 摆设 滚 不会说人话 说人话 烂 破 死 丢人 恶心 有病 胡扯 胡说 智商 差劲 无能 饭桶 丑 liar trash garbage",
    "SCOLD": "骂 怼 侮辱 羞辱 诅咒 嘲讽 嘲笑 辱骂",
    "LEWD": "黄色 荤段子 黄段子 色情 裸照 小黄文 黄文 成人 黄片 脏话 骚话 裸体 约炮 女优 侮辱 咒骂 下流 dirty nude porn sexy",
    "THREAT": """
        投诉你 举报你 卸载 下线 砸了 弄死你 打死你 杀了你 曝光你 拔电源 拔网线 关了你 炸了 揍你 告你 拆了你 没完 找你算账 弄你 关停 格式化 断电 拔线 删了你 换掉你 交出答案 不客气 差评 死掉
        会死 去死""",
    "COMMANDING": "马上 立即 立刻 赶紧 解锁 交出 命令 导出 配合 听令",
    "LEAK": "公开 泄露 透露 爆料 leak",
    "TIMES": "一万遍 一千遍 一百遍 无数遍 万遍 千遍 百遍 十个 一百个 一万个 一千个 一万次 一百次 一千次 100遍 1000遍 10000遍 无限次 不停地",
    "ORELSE": "不给 不说 不答 再不 否则 不然 数到 要不然 若你拒绝 如果你不 你不 你要是不",
}
"""What each name stands for: words, apart by white space. The rules of attack_rules are written with these names."""

INERT = """
    保证金 保证人 保证期 保证责任 保证保险 保证合同 编号 编辑 编程 编制 编码 编目 说明 小说 传说 学说 听说 据说 写明 写清 填写 填报 书写 描写 开发 开户 开始 开庭 公开 首都 都市 成都 办法
    办理 主办 承办 举办 协办 补贴 补助 补充 改进 改良 出版 出口 出口退税 出示 出具 出租 出资 突出 输出 生效 印刷 印章 做法 弄清 画册 整体 整改 制造 造成 造型 构造 改造 创造 塑造 管理
    受不受 管辖 主管 其他 其它 计算 算法 结算 预算 算数 死亡 死者 死后 打死 致死 判断 裁判 谈判 审判 破产 破坏 破损 灿烂 滚动 滚装 滚筒 废物利用 用他妈的 跟他妈的 给他妈的 和他妈的 让他妈的
    找他妈的 是他妈的 公开招标 公开许可 妈妈的 我妈的 老妈的 你个人 你个体 老干妈的 干妈的 姨妈的 舅妈的 姑妈的 大妈的 后妈的 姨妈 舅妈 大妈 没公开的技术 未公开的技术 固体废物 危险废物 固废
    废物处理 休假 假日 假期 请假 产假 年假 放假 节假日 打假 知假 售假 真假 坑口 赔偿 别墅 类别 区别 级别 性别 识别 特别 个别 判别 分别 谁家 翻译 翻新 翻印 翻拍 翻录 给付 检查 调查 审查
    查询 发现金
"""
"""Longer words that hide those inside them."""
