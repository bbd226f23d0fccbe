"""Runs an operation of Pillow, by name and numbers, on each image of a file."""
import json
import struct
import sys

import numpy
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

import pillow


def transform(image, values, resample, fill):
    fill = int(fill) if len(image.getbands()) == 1 else (int(fill),) * 3
    return image.transform(image.size, Image.Transform.AFFINE, tuple(values), int(resample), fillcolor=fill)


def rotate(image, numbers):
    degrees, resample, fill = numbers
    fill = int(fill) if len(image.getbands()) == 1 else (int(fill),) * 3
    return image.rotate(degrees, int(resample), fillcolor=fill)


def hue(image, numbers):
    if image.mode == "L":
        return image
    values = numpy.array(image.convert("HSV"))
    values[..., 0] += numpy.array(int(numbers[0] * 255)).astype(numpy.uint8)
    return Image.fromarray(values, "HSV").convert("RGB")


def moved(image, x, y):
    return transform(image, (1, 0, -x, 0, 1, -y), 0, 0)


def augmented(image, name, index, bins, sign):
    """The operation of RandAugment with one of so many magnitudes."""
    def upto(most):
        return sign * float(numpy.linspace(0, most, bins)[index])

    return {
        "Identity": lambda: image,
        "ShearX": lambda: transform(image, (1, upto(0.3), 0, 0, 1, 0), 0, 0),
        "ShearY": lambda: transform(image, (1, 0, 0, upto(0.3), 1, 0), 0, 0),
        "TranslateX": lambda: moved(image, int(upto(150 / 331 * image.width)), 0),
        "TranslateY": lambda: moved(image, 0, int(upto(150 / 331 * image.height))),
        "Rotate": lambda: image.rotate(upto(30)),
        "Brightness": lambda: ImageEnhance.Brightness(image).enhance(1 + upto(0.9)),
        "Color": lambda: ImageEnhance.Color(image).enhance(1 + upto(0.9)),
        "Contrast": lambda: ImageEnhance.Contrast(image).enhance(1 + upto(0.9)),
        "Sharpness": lambda: ImageEnhance.Sharpness(image).enhance(1 + upto(0.9)),
        "Posterize": lambda: ImageOps.posterize(image, 8 - round(index / ((bins - 1) / 4))),
        "Solarize": lambda: ImageOps.solarize(image, float(numpy.linspace(255, 0, bins)[index])),
        "AutoContrast": lambda: ImageOps.autocontrast(image),
        "Equalize": lambda: ImageOps.equalize(image),
    }[name]()


OPERATIONS = {
    "invert": lambda image, numbers: ImageOps.invert(image),
    "solarize": lambda image, numbers: ImageOps.solarize(image, numbers[0]),
    "posterize": lambda image, numbers: ImageOps.posterize(image, int(numbers[0])),
    "autocontrast": lambda image, numbers: ImageOps.autocontrast(image),
    "equalize": lambda image, numbers: ImageOps.equalize(image),
    "brightness": lambda image, numbers: ImageEnhance.Brightness(image).enhance(numbers[0]),
    "contrast": lambda image, numbers: ImageEnhance.Contrast(image).enhance(numbers[0]),
    "color": lambda image, numbers: ImageEnhance.Color(image).enhance(numbers[0]),
    "sharpness": lambda image, numbers: ImageEnhance.Sharpness(image).enhance(numbers[0]),
    "blur": lambda image, numbers: image.filter(ImageFilter.GaussianBlur(numbers[0])),
    "gray": lambda image, numbers: image.convert("L").convert(image.mode),
    "flip": lambda image, numbers: ImageOps.flip(image),
    "mirror": lambda image, numbers: ImageOps.mirror(image),
    "hue": hue,
    "rotate": rotate,
    "transform": lambda image, numbers: transform(image, numbers[:6], *numbers[6:]),
}

with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    (cases,) = struct.unpack("<i", source.read(4))
    for _ in range(cases):
        (length,) = struct.unpack("<i", source.read(4))
        case = json.loads(source.read(length))
        image = pillow.read(source)
        if case["operation"] in OPERATIONS:
            result = OPERATIONS[case["operation"]](image, case["numbers"])
        else:
            result = augmented(image, case["operation"], *[int(number) for number in case["numbers"]])
        pillow.write(target, result)
