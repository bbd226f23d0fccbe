"""What the published image processors compute, step by step with numpy and Pillow, for pairs of options and image."""
import json
import math
import struct
import sys

import numpy
from PIL import Image

import pillow


def resized_size(width, height, options):
    size = options["size"]
    if "height" in size:
        return size["width"], size["height"]
    edge = size["shortest_edge"]
    short, long = min(width, height), max(width, height)
    if options.get("crop_pct") is not None:
        if edge >= 384 and not options.get("do_center_crop"):
            return edge, edge
        edge = int(edge / options["crop_pct"])
    new_short, new_long = edge, int(edge * long / short)
    if "longest_edge" in size and long / short * edge > size["longest_edge"]:
        exact = size["longest_edge"] * float(short) / float(long)
        new_short, new_long = int(round(exact)), int(exact * long / short)
    return (new_short, new_long) if width <= height else (new_long, new_short)


def center(values, height, width):
    """Pads with zeros where the image is too small, then cuts the middle out."""
    old_height, old_width = values.shape[:2]
    top, left = (old_height - height) // 2, (old_width - width) // 2
    whole = numpy.zeros((max(height, old_height), max(width, old_width)) + values.shape[2:], values.dtype)
    above, before = math.ceil((whole.shape[0] - old_height) / 2), math.ceil((whole.shape[1] - old_width) / 2)
    whole[above:above + old_height, before:before + old_width] = values
    top, left = top + above, left + before
    return whole[top:top + height, left:left + width]


def process(options, image):
    image = image.convert("RGB" if len(options["image_mean"]) == 3 else "L")
    if options.get("do_resize", True):
        image = image.resize(resized_size(image.width, image.height, options), options["resample"])
    values = numpy.array(image)
    values = values[:, :, None] if values.ndim == 2 else values
    if options.get("do_center_crop"):
        values = center(values, options["crop_size"]["height"], options["crop_size"]["width"])
    elif options.get("crop_pct") is not None:
        values = center(values, options["size"]["shortest_edge"], options["size"]["shortest_edge"])
    if options.get("do_rescale", True):
        values = (values.astype(numpy.float64) * options["rescale_factor"]).astype(numpy.float32)
    values = values.astype(numpy.float32)
    if options.get("do_normalize", True):
        values = (values - numpy.array(options["image_mean"], numpy.float32)) / numpy.array(options["image_std"], numpy.float32)
    return values.transpose(2, 0, 1)


with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    (cases,) = struct.unpack("<i", source.read(4))
    for _ in range(cases):
        (length,) = struct.unpack("<i", source.read(4))
        values = process(json.loads(source.read(length)), pillow.read(source))
        target.write(struct.pack("<3i", *values.shape) + numpy.ascontiguousarray(values).tobytes())
