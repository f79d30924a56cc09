"""Runs a program on a terminal of its own: terminal.py PROMPT ANSWER PROGRAM ARGS…

Writes what the terminal shows, types ANSWER once PROMPT is seen, and ends with the program's exit code.
"""

import os
import pty
import sys
import time

prompt, answer, *program = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(program[0], program)

seen = b""
answered = False
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:  # Linux's way to say that the program has ended
        break
    if not chunk:
        break
    seen += chunk
    sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
    if not answered and prompt.encode() in seen:
        answered = True
        time.sleep(1)  # nobody answers at once, and a test may want to change something meanwhile
        os.write(terminal, answer.encode())

_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
