"""Resizes each image of a file to the size and with the filter that follow it."""
import struct
import sys

import pillow

with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    (cases,) = struct.unpack("<i", source.read(4))
    for _ in range(cases):
        image = pillow.read(source)
        width, height, resample = struct.unpack("<3i", source.read(12))
        pillow.write(target, image.resize((width, height), resample))
