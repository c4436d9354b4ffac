"""Runs a command in a pseudo-terminal: `run-in-pty.py COLUMNS ROWS COMMAND...`.

Standard input has a line of JSON for each thing to do: {"write": "text"}, {"resize": [columns, rows]},
{"signal": number}. Standard output has {"data": base64} for what the command writes, and at last
{"exit": code}, or {"exit": -number} when a signal ended it.
"""

import base64
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def tell(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def obey(line, terminal, child):
    order = json.loads(line)
    if "write" in order:
        os.write(terminal, order["write"].encode())
    elif "resize" in order:
        resize(terminal, *order["resize"])
    elif "signal" in order:
        os.kill(child, order["signal"])


def main():
    columns, rows, *command = sys.argv[1:]
    # The command must find the terminal's size as it starts, so it waits until the size is set.
    ready, go = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        os.close(go)
        os.read(ready, 1)
        os.execvp(command[0], command)
    resize(terminal, int(columns), int(rows))
    os.close(ready)
    os.write(go, b".")
    pending = b""
    sources = [terminal, 0]
    while terminal in sources:
        for source in select.select(sources, [], [])[0]:
            try:
                data = os.read(source, 65536)
            except OSError:
                data = b""
            if source == terminal:
                if data:
                    tell({"data": base64.b64encode(data).decode()})
            elif data:
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    obey(line, terminal, child)
            if not data:
                # Without anybody to give orders, nobody needs the terminal either.
                sources = [each for each in sources if each == terminal != source]
                if source == 0:
                    os.kill(child, signal.SIGHUP)
    status = os.waitpid(child, 0)[1]
    tell({"exit": os.waitstatus_to_exitcode(status)})


main()
