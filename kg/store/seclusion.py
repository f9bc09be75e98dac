"""Keeping a process from the network, for good: the kernel then refuses it sockets, whatever code runs in it.

That holds on Linux, for x86-64 and 64-bit ARM, without any privilege (seccomp filters, `man 2 seccomp`). Elsewhere what a
query may call is decided by its text alone.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from typing import Final

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_UNIX: Final = 1  # the family of sockets that stay on this machine
_IO_URING: Final = 425  # could make sockets on its own
_FOREIGN: Final = 0x40000000  # from here on, calls of another convention than this process's
#: For each machine, how the kernel calls it, and the number of `socket`.
_MACHINES: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def seclude() -> bool:
    """Take this process, and all that it starts from now on, off the network; false where the system cannot do that."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    filters = _filters(*_MACHINES[platform.machine()])
    program = _Program(len(filters) // 8, filters)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
    if prctl(_NO_NEW_PRIVILEGES, one, none, none, none):
        return False
    return not prctl(_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), none, none)


def _filters(machine: int, socket: int) -> bytes:
    """The filter: each step is a code, how many steps to go on if it holds and if not, and a value."""
    steps = (
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, 7, machine),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 5, 0, _FOREIGN),
        (_EQUAL, 4, 0, _IO_URING),
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 0, 1, _UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
