#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes files with names of random bytes, which hold members with names of characters that some format or terminal takes for its own.

odd.py FOLDER [SEED]
"""
import json
import os
import random
import sys

CHARACTERS = [
    0x00, 0x01, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x23, 0x25, 0x26, 0x27, 0x2c, 0x2f, 0x3a, 0x3c, 0x3e, 0x5b, 0x5c, 0x5d, 0x61, 0x7e,
    0x7f, 0x85, 0xa0, 0xad, 0x2028, 0x202e, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x1f600, 0xe0001, 0x10ffff
]
# Not what ends a name or begins an escape: the reader of the reports undoes escapes, and would take one for the other.
BYTES = [byte for byte in range(1, 256) if byte not in b'/\\']

seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
print('seed', seed)
random.seed(seed)
for number in range(300):
    member = ''.join(chr(random.choice(CHARACTERS)) for _ in range(random.randint(1, 12)))
    body = json.dumps({'name': 'lamp', member: 1, 'box': {member: 1}}, ensure_ascii=random.random() < 0.5)
    name = bytes(random.choice(BYTES) for _ in range(random.randint(1, 6))) + b'_%d.json' % number
    with open(os.path.join(os.fsencode(sys.argv[1]), name), 'w', encoding='utf-8') as file:
        file.write(body)
