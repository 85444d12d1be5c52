"""What the fields of a document's metadata are called, in Chinese: to whoever imports, corrects or compares a text."""

from collections.abc import Mapping

FIELD_NAMES: Mapping[str, str] = {
    "title": "标题",
    "issuer": "发布机关",
    "number": "文号",
    "issued": "公布日期",
    "effective": "施行日期",
    "expires": "有效期至",
    "level": "层级",
    "kind": "文种",
    "topics": "主题",
    "short_title": "简称",
    "aliases": "别名",
    "source_url": "来源网址",
    "id": "编号",
}
