#!/usr/bin/env python3
"""Runs a language server and records every message: record.py LOG -- SERVER ARGUMENTS…

The log has one JSON object a line: {"dir": "c2s" | "s2c", "msg": {…}}, in the order in which messages passed. Bytes are handed on as they are,
and the exit code is the server's.
"""

import json
import os
import subprocess
import sys
import threading


def message(stream):
    """The bytes of the next message, and its body; nothing at the end."""
    head, length = b"", 0
    for line in iter(stream.readline, b""):
        head += line
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        elif not line.strip():
            body = stream.read(length)
            return head + body, body
    return None


def main():
    log_path, command = sys.argv[1], sys.argv[3:]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    log, turn = open(log_path, "a", encoding="utf-8"), threading.Lock()

    def pass_on(source, sink, direction):
        try:
            while found := message(source):
                with turn:
                    # Recorded first: an answer must not come before its question.
                    log.write(json.dumps({"dir": direction, "msg": json.loads(found[1])}, ensure_ascii=False) + "\n")
                    log.flush()
                sink.write(found[0])
                sink.flush()
            sink.close()
        except (BrokenPipeError, ValueError):
            # The other side has gone; that is how sessions end.
            pass

    threading.Thread(target=pass_on, args=(sys.stdin.buffer, server.stdin, "c2s"), daemon=True).start()
    answers = threading.Thread(target=pass_on, args=(server.stdout, sys.stdout.buffer, "s2c"), daemon=True)
    answers.start()
    code = server.wait()
    answers.join(5)
    # The thread that reads the editor may wait for ever.
    os._exit(code if code >= 0 else 1)


main()
