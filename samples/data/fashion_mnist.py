"""Writes the first images of each class of Fashion-MNIST as a folder of PNG files a class.

usage: fashion_mnist.py FOLDER [IMAGES_A_CLASS [train|t10k]]

The images are those of Debian's package dataset-fashion-mnist, or of the folder that FASHION_MNIST names.
"""
import gzip
import os
import struct
import sys
import zlib

CLASSES = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
SIDE = 28


def values(part, kind, header):
    folder = os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist")
    with gzip.open(os.path.join(folder, f"{part}-{kind}-ubyte.gz")) as file:
        return file.read()[header:]


def png(pixels):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + pixels[start:start + SIDE] for start in range(0, len(pixels), SIDE))
    grey = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", grey) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main(folder, most=6000, part="train"):
    images, labels = values(part, "images-idx3", 16), values(part, "labels-idx1", 8)
    written = [0] * len(CLASSES)
    for name in CLASSES:
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for index, label in enumerate(labels):
        if written[label] < int(most):
            written[label] += 1
            with open(os.path.join(folder, CLASSES[label], f"{written[label]:04}.png"), "wb") as file:
                file.write(png(images[index * SIDE * SIDE:(index + 1) * SIDE * SIDE]))
    print(f"{folder}: {sum(written)} images of {len(CLASSES)} classes")


if __name__ == "__main__":
    main(*sys.argv[1:])
