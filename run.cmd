@echo off
rem Sets up what is missing, and starts gridmap. The steps stand in setup\windows.py.
rem   run.cmd            the window, on the sample workspace (made the first time)
rem   run.cmd --setup    only sets up, into .venv\
rem   run.cmd VERB ...   any verb of gridmap
setlocal
set PYTHONUTF8=1
chcp 65001 >nul
where py >nul 2>nul
if errorlevel 1 (
    echo Python was not found. Install Python 3.11 or newer, with its launcher "py", and run this again.
    exit /b 1
)
py -3 "%~dp0setup\windows.py" %*
exit /b %errorlevel%
