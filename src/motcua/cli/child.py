"""A program that another one of ours has started: it ends when its parent does, however that ended."""

import ctypes
import os
import signal
import sys

PARENT_VARIABLE = "MOTCUA_PARENT"
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def follow_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, if this process was started by the supervisor."""
    parent = os.environ.pop(PARENT_VARIABLE, None)
    if parent is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit("the program that started this one has ended")
