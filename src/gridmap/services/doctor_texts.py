"""What the doctor says to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="需要 Python 3.11 或更新。请安装后重新运行 ./run --setup。",
    en="Python 3.11 or newer is needed. Install it, then run ./run --setup again.",
)
def newer_python() -> None: ...


@sentence(
    zh="缺少软件包：{what}。请运行 ./run --setup。",
    en="Packages are missing: {what}. Run ./run --setup.",
)
def set_up_again(what: str) -> None: ...


@sentence(
    zh="能建立并打开工作库",
    en="a workspace can be made and opened",
)
def workspace_made() -> None: ...


@sentence(
    zh="没有显示器：窗口打不开，但命令行、出图和导出都能用。",
    en="no display: the window cannot open, but the command line, maps and exports work.",
)
def no_display() -> None: ...


@sentence(
    zh="Qt 启动不了。请运行 ./run --setup 安装它要的系统库；"
    "没有显示器时请设 QT_QPA_PLATFORM=offscreen。",
    en="Qt does not start. Run ./run --setup to install the system libraries that it needs; "
    "without a display set QT_QPA_PLATFORM=offscreen.",
)
def qt_broken() -> None: ...


@sentence(
    zh="没有含扩展 A 区汉字的中文字体（例如“㵲”）。请安装 fonts-noto-cjk。",
    en="No Chinese font with Extension A (for example 㵲) was found. Install fonts-noto-cjk.",
)
def font_missing() -> None: ...


@sentence(
    zh="不能写入数据文件夹 {folder}：设置和日志保存不了。请更改权限，或设 GRIDMAP_DATA。",
    en="The data folder {folder} cannot be written, so settings and log are not kept. "
    "Change the permissions, or set GRIDMAP_DATA.",
)
def data_folder_not_writable(folder: str) -> None: ...
