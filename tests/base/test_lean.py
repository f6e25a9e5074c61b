import subprocess
import sys

import pytest

from gridmap.base import lean


def test_a_module_is_loaded_without_another_that_is_there_afterwards(tmp_path, monkeypatch) -> None:
    (tmp_path / "eager.py").write_text(
        "try:\n    import heavy_friend\nexcept ImportError:\n    heavy_friend = None\n"
    )
    (tmp_path / "heavy_friend.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lean.load_without("eager", ("heavy_friend",)).heavy_friend is None
    import heavy_friend

    assert heavy_friend is not None


def test_what_hides_another_module_lets_it_be_where_loading_fails() -> None:
    with pytest.raises(ImportError):
        lean.load_without("no_such_module_at_all", ("colorsys_for_a_test",))
    assert "colorsys_for_a_test" not in sys.modules


def test_the_window_starts_without_pandas() -> None:
    code = (
        "import sys, gridmap.ui.app, gridmap.store.workspace;"
        "print([name for name in ('pandas', 'scipy', 'sklearn', 'mapclassify', 'rasterio')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
