"""What tiles.py says to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="{file} 不是能读的 MBTiles 底图。请选择扩展名为 .mbtiles 的栅格底图文件。",
    en="{file} is no MBTiles base map that can be read. Choose a raster file ending in .mbtiles.",
)
def unreadable(file: str) -> None: ...


@sentence(
    zh="{file} 里是矢量瓦片，这里只能显示图片瓦片（PNG、JPEG）。请换一个栅格底图。",
    en="{file} holds vector tiles; only images (PNG, JPEG) can be shown. Choose a raster base map.",
)
def vectors(file: str) -> None: ...


@sentence(
    zh="底图 {file} 里没有任何瓦片。请重新下载或换一个文件。",
    en="The base map {file} holds no tiles. Get it again, or choose another file.",
)
def empty(file: str) -> None: ...
