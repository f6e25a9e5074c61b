"""Painting text needs an application, and one process has one."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Lend the application that all tests of a process share."""
    return qapp
