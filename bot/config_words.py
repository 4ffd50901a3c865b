"""What is wrong with the settings, in words: where, what, and the remedy."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "file_missing": "找不到配置文件 {where}。请检查路径，或先复制 config.example.toml。",
    "not_toml": "配置文件 {where} 不是有效的 TOML：{detail}。请改正后再试。",
    "unknown_key": "{where}：没有这个配置项。{close}",
    "unknown_environment": "环境变量 {where}：没有这个配置项。{close}",
    "bad_list": "环境变量 {where}：应写成编号列表，例如 [123456789, 987654321]。",
    "webhook_incomplete": "{where}：webhook 方式需要同时填写 webhook_url 和 webhook_secret。",
    "literal_error": "{where}：只能填 {expected}。",
    "string_pattern_mismatch": "{where}：应填完整网址，例如 https://api.telegram.org。",
    "int_parsing": "{where}：应填整数。",
    "int_type": "{where}：应填整数。",
    "float_parsing": "{where}：应填数字。",
    "float_type": "{where}：应填数字。",
    "greater_than_equal": "{where}：不能小于 {ge}。",
    "less_than_equal": "{where}：不能大于 {le}。",
    "string_type": "{where}：应填文字，请加上引号。",
    "model_type": "{where}：这里应是一个小节，请写成 [小节] 再另起一行写配置项。",
}
OTHERWISE = "{where}：这个值不能用。请对照 config.example.toml 改正。"


def sentence(
    code: str, where: str, *, close: str = "", detail: str | Mapping[str, object] = ""
) -> str:
    """The sentence for a mistake; ``close`` is a known name much like the unknown one."""
    facts = dict(detail) if isinstance(detail, Mapping) else {"detail": detail}
    meant = f"是不是想写 {close}？" if close else "全部配置项见 config.example.toml。"
    return SENTENCES.get(code, OTHERWISE).format(where=where, close=meant, **facts)
