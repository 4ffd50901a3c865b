"""Failures of a start that somebody can mend, in words; known by name, so nothing is imported."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "TokenRefused": "Telegram 不认这个令牌。请在 @BotFather 核对后，改正 telegram.token 再启动。",
    "Unreached": "连不上 Telegram。请检查网络和 --api-root，再试一次。",
    "TooManyWait": (
        "机器人那里已有 100 条以上的消息等着收，看不到管理员点“开始”。"
        "请写明编号：huying init --administrator 数字编号。"
    ),
    "StoreInUse": "数据库正被另一个进程使用。请先结束它，或在 storage.url 换一个数据库。",
    "StoreNotWritable": "数据库所在的磁盘写不进去：可能已满、只读，或没有权限。请处理后再启动。",
    "SandboxSilent": "沙盒没有启动起来。请先单独运行 python -m sandbox，看看它说什么。",
    "OperationalError": "连不上数据库。请检查 storage.url 的地址，以及数据库是否已启动。",
    "UnsupportedUrl": "storage.url 应写成 sqlite:///文件路径 或 postgresql://用户:密码@主机/库名。",
    "NothingThere": "数据库还没有建立。请先运行 huying db upgrade，或检查 storage.url。",
    "OtherSchema": "数据库的表结构与本程序不一致。请换同一版本，或先运行 huying db upgrade。",
    "NotABackup": "这不是 huying backup 写出的备份，或者已经损坏。直接拷贝的数据库文件不能用。",
    "TargetNotEmpty": "那里已经有数据库。加上 --replace 会把它改名保留，再恢复备份。",
    "BackupFromElsewhere": "这份备份属于另一种数据库，或出自更新版本的程序。",
    "RestoreUnfinished": "上一次恢复没有做完。请再运行一次 huying restore 备份文件 --replace。",
    "DumpFailed": "pg_dump 或 pg_restore 不在 PATH 上，或版本与服务器不符。请装同版本的。",
    "DamagedCopy": "数据库没有通过完整性检查，没有写出备份。请先查看磁盘。",
    "FileExistsError": "这个文件已经存在，不会覆盖。请换一个名字，或写一个文件夹。",
    "ModuleNotFoundError": "缺少数据库驱动。使用 PostgreSQL 请先 pip install 'huying[postgres]'。",
}


def complaint(error: BaseException) -> tuple[str, ...]:
    """The sentences about this failure, all of them; none when it is a defect of ours."""
    if isinstance(error, BaseExceptionGroup):
        return next((told for each in error.exceptions if (told := complaint(each))), ())
    if type(error).__name__ == "SheetMistakes":
        from bot.screens.mistakes import mistake_lines

        return mistake_lines(getattr(error, "mistakes", ()))
    sentence = WORDS.get(type(error).__name__)
    return (sentence,) if sentence else ()
