"""northbib for tests that run it again and again: in a process of its own, that need not start.

Most of what a short command takes is Python that starts and imports. `path()` gives a program
that stands for the installed one: it has a process that has imported all of northbib already fork,
and the fork takes over its arguments, folder, environment and streams. What starting is about (the
modules that a command imports, signals, limits, terminals) is tested with the installed program.
"""

from __future__ import annotations

import atexit
import fcntl
import functools
import gc
import importlib
import marshal
import os
import pkgutil
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

__all__ = ["path"]

_LAUNCHER = """\
#!{python} -ISB
import marshal, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    call = marshal.dumps((sys.argv, os.getcwd(), dict(os.environ)))
    socket.send_fds(server, [len(call).to_bytes(8, "big")], [0, 1, 2])
    server.sendall(call)
    for stream in (0, 1, 2):
        os.close(stream)
    status = server.recv(1)
os._exit(status[0] if status else 70)
"""


@functools.cache
def path() -> str:
    """Give the path of the program, in a folder where nothing else is.

    The process behind it ends when this one does.
    """
    folder = tempfile.mkdtemp(prefix="northbib-")
    address = str(Path(folder, "address"))
    server = subprocess.Popen(
        [sys.executable, __file__, address], stdin=subprocess.PIPE, env=_plain()
    )
    atexit.register(server.communicate)
    while not Path(address).exists():
        assert server.poll() is None
        time.sleep(0.01)
    launcher = Path(folder, "northbib")
    launcher.write_text(_LAUNCHER.format(python=sys.executable, address=address), encoding="utf-8")
    launcher.chmod(0o755)
    return str(launcher)


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("NORTHBIB")}


def _serve(address: str) -> None:
    """Fork for each call, until standard input ends."""
    os.setsid()
    _import_all()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{address}.new")
        server.listen(64)
        Path(f"{address}.new").rename(address)
        while server.fileno() in select.select([server.fileno(), 0], [], [])[0]:
            call, _ = server.accept()
            if os.fork() == 0:
                server.close()
                _answer(call)
            call.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG) != (0, 0):
                    pass


def _import_all() -> None:
    import northbib as package

    for module in pkgutil.walk_packages(package.__path__, "northbib."):
        if not module.name.startswith("northbib.hosts") and not module.name.endswith("__main__"):
            # A command that needs it says what is wrong.
            with suppress(ImportError):
                importlib.import_module(module.name)


def _answer(call: socket.socket) -> NoReturn:
    """Be the program that was called, and tell how it ended."""
    size, streams, _, _ = socket.recv_fds(call, 8, 3)
    with call.makefile("rb") as sent:
        arguments, folder, environment = marshal.loads(sent.read(int.from_bytes(size, "big")))  # noqa: S302
    _die_with(call)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = arguments
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    call.send(bytes([_status()]))
    os._exit(0)


def _die_with(caller: socket.socket) -> None:
    """End where the caller has been killed, as a program would that it had not forked."""
    fcntl.fcntl(caller, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(caller, fcntl.F_SETFL, fcntl.fcntl(caller, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([caller], [], [], 0)[0]:
        os._exit(0)


def _status() -> int:
    from northbib.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    else:
        status = 0
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    return status & 255


if __name__ == "__main__":
    _serve(sys.argv[1])
    shutil.rmtree(Path(sys.argv[1]).parent)
    # What still runs is of this group, and this process is the last that knows of it.
    os.killpg(0, signal.SIGKILL)
