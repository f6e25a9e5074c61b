"""What a CRS is called on paper."""

from gridmap.base.messages import Language

_FIRST_ZONE, _LAST_ZONE = 4534, 4554  # CGCS2000, 3 degrees wide, by meridian
_FIRST_MERIDIAN = 75


def crs_name(epsg: int, language: Language) -> str:
    """Return the name of a CRS, those of workspaces in the page's own language."""
    if _FIRST_ZONE <= epsg <= _LAST_ZONE:
        meridian = _FIRST_MERIDIAN + 3 * (epsg - _FIRST_ZONE)
        if language == "en":
            return f"CGCS2000 3-degree Gauss-Krüger, {meridian}°E"
        return f"CGCS2000 高斯-克吕格 3 度带，中央经线 {meridian}°E"
    from gridmap.geo.crs import get_crs  # late: pyproj takes a tenth of a second to import

    return str(get_crs(epsg).name)
