"""What the files of tiles say to people."""

from gridmap.base.messages import sentence


@sentence(
    zh="{file} 不是能读的瓦片底图（MBTiles、PMTiles），或已损坏。请换一个文件，或重新复制。",
    en="{file} is no base map of tiles that can be read (MBTiles, PMTiles), or is damaged. Choose "
    "another file, or copy it again.",
)
def unreadable(file: str) -> None: ...


@sentence(
    zh="{file} 的压缩或图片格式这里不认识（只认识 gzip；PNG、JPEG、WebP 和矢量瓦片 MVT）。"
    "请换一个文件。",
    en="{file} is packed in a way or holds tiles of a kind that is not known here (only gzip; "
    "PNG, JPEG, WebP and vector tiles, MVT). Choose another file.",
)
def unknown_packing(file: str) -> None: ...


@sentence(
    zh="底图 {file} 中有一块矢量瓦片已损坏。请重新复制或重新下载。",
    en="A vector tile of the base map {file} is damaged. Copy or download it again.",
)
def vector_damaged(file: str) -> None: ...


@sentence(
    zh="底图 {file} 里没有任何瓦片。请重新下载或换一个文件。",
    en="The base map {file} holds no tiles. Get it again, or choose another file.",
)
def empty(file: str) -> None: ...
