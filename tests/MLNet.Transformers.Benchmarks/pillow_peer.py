"""The peer: images decoded and prepared with Pillow and numpy on one thread, timed on request.

Reads one request a line and answers with one line of JSON. {"make": FOLDER} writes pictures that look like photographs to
their decoders: noise whose power falls with the frequency as that of photographs does. {"files": [...], "work": ...,
"seconds": ...} times "decode" (to RGB), "shortest" (and resize to 256 along the shorter side, bicubic, crop 224, normalise)
or "exact" (and resize to 224 x 224, bilinear, normalise); {"file": ..., "work": ..., "output": ...} writes the values of one.
"""
import json
import os
import sys
import time

import numpy as np
import PIL
from PIL import Image

SIDE, SHORTEST = 224, 256
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
# One multiplication and one addition, the fastest that numpy does.
SCALE = (1 / 255 / DEVIATION).astype(np.float32)[:, None, None]
OFFSET = (-MEAN / DEVIATION).astype(np.float32)[:, None, None]
clock = time.process_time if sys.argv[1] == "cpu" else time.perf_counter


def make(folder, count=8, width=640, height=480):
    random = np.random.default_rng(1)
    power = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None] ** 2
    power[0, 0] = 1
    for i in range(count):
        planes = []
        for _ in range(3):
            plane = np.fft.irfft2(np.fft.rfft2(random.normal(size=(height, width))) / power ** 0.6, s=(height, width))
            planes.append((plane - plane.mean()) / plane.std())
        mixed = np.stack(planes, -1) @ np.array([[0.6, 0.2, 0.2], [0.2, 0.6, 0.2], [0.2, 0.2, 0.6]])
        image = Image.fromarray(np.clip(mixed * 70 + 128, 0, 255).astype(np.uint8))
        image.save(os.path.join(folder, f"{i}.jpg"), quality=90)
        image.save(os.path.join(folder, f"{i}.png"))


def decode(file):
    return Image.open(file).convert("RGB")


def normalized(image):
    values = np.asarray(image).transpose(2, 0, 1) * SCALE
    values += OFFSET
    return values


def shortest(file):
    image = decode(file)
    width, height = image.size
    short, long = min(width, height), max(width, height)
    longest = int(SHORTEST * long / short)
    width, height = (SHORTEST, longest) if width <= height else (longest, SHORTEST)
    left, top = (width - SIDE) // 2, (height - SIDE) // 2
    return normalized(image.resize((width, height), Image.BICUBIC).crop((left, top, left + SIDE, top + SIDE)))


def exact(file):
    return normalized(decode(file).resize((SIDE, SIDE), Image.BILINEAR))


WORK = {"decode": decode, "shortest": shortest, "exact": exact}


def timed(work, files, seconds):
    times = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = clock()
        for file in files:
            work(file)
        times.append(clock() - start)
    return times


def answer(request):
    if "make" in request:
        make(request["make"])
        return {}
    work = WORK[request["work"]]
    if "output" in request:
        np.ascontiguousarray(work(request["file"]), dtype=np.float32).tofile(request["output"])
        return {}
    return {"times": timed(work, request["files"], request["seconds"])}


print(json.dumps({"version": PIL.__version__}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
