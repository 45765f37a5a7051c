"""examples/servers/mote_server.py behind the line protocol of mote_cli.c."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "servers"))
sys.dont_write_bytecode = True
import mote_server  # noqa: E402

for line in sys.stdin:
    command, *fields = line.rstrip("\n").split(",")
    if command == "key":
        print("ok," + mote_server.device_key(*map(bytes.fromhex, fields)).hex())
    elif command == "seal":
        key, iv, aad, plaintext = map(bytes.fromhex, fields)
        print("ok," + mote_server.seal(key, plaintext, aad, iv or None))
    elif command == "open":
        try:
            print("ok," + mote_server.open_packet(bytes.fromhex(fields[0]), fields[2], bytes.fromhex(fields[1])).hex())
        except ValueError:
            print("refused")
    else:
        sys.exit("drive.py: no such request")
