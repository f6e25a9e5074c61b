"""Keys that move the map and zoom it."""

from PySide6.QtCore import Qt

from gridmap.ui.canvas.camera import Camera

ZOOM_STEPS = 2
"""Steps of the ladder of scales that one notch of the wheel, or one key, goes."""
_MOVE = 0.2
"""How much of the window an arrow key moves it by."""
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOMS = {
    Qt.Key.Key_Plus: ZOOM_STEPS,
    Qt.Key.Key_Equal: ZOOM_STEPS,
    Qt.Key.Key_Minus: -ZOOM_STEPS,
    Qt.Key.Key_Underscore: -ZOOM_STEPS,
}


def camera_after(camera: Camera, key: Qt.Key) -> Camera | None:
    """Return from where the map is looked at after a key, None where the key means nothing."""
    if key in _MOVES:
        dx, dy = _MOVES[key]
        return camera.moved(dx * camera.width * _MOVE, dy * camera.height * _MOVE)
    if key in _ZOOMS:
        return camera.zoomed(_ZOOMS[key], camera.width / 2, camera.height / 2)
    return None
