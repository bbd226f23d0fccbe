"""Writes a zip archive of small image files of every kind, each with the pixels that Pillow sees and how near another decoder must come.

Arguments: a file that is not used, and the archive. For each NAME there are NAME, NAME.rgb, NAME.near and NAME.size; bomb.png stands alone.
"""
import io
import struct
import sys
import zipfile
import zlib

import numpy as np
from PIL import Image, ImageOps

WIDTH, HEIGHT = 61, 45
archive = zipfile.ZipFile(sys.argv[2], "w")


def picture(channels, seed):
    """Slow waves and a little noise, as photographs have them."""
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    planes = [128 + 60 * np.sin(x / (5 + i) + seed) + 50 * np.cos(y / (4 + i)) + random.normal(0, 6, x.shape) for i in range(channels)]
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def add(name, data, pixels=None, near=0):
    """A file, what its pixels are (Pillow's where not given) and how far from them is near enough."""
    if pixels is None:
        pixels = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    archive.writestr(name, data)
    archive.writestr(name + ".rgb", pixels.astype(np.uint8).tobytes())
    archive.writestr(name + ".near", np.broadcast_to(near, pixels.shape).astype(np.uint8).tobytes())
    archive.writestr(name + ".size", f"{pixels.shape[1]} {pixels.shape[0]}")


def add_transparent(name, data):
    """ML.NET keeps colours multiplied by alpha, so that less of them is left where there is less alpha, and nothing where there is none."""
    image = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")).astype(int)
    alpha = image[..., 3:]
    near = np.where(alpha == 255, 0, np.ceil(127.5 / np.maximum(alpha, 1)) + 1)
    add(name, data, np.where(alpha == 0, 0, image[..., :3]), np.where(alpha == 0, 0, np.minimum(near, 255)))


def saved(image, form, **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, bits, kind, lines, interlaced=0, other=b""):
    """A PNG of unfiltered lines, for what Pillow does not write."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, interlaced))
    return b"\x89PNG\r\n\x1a\n" + header + other + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + line for line in lines))) + chunk(b"IEND", b"")


rgb, rgba = picture(3, 1), picture(4, 2)
rgba[:9, :, 3], rgba[9:18, :, 3] = 0, 255
colors, grey = Image.fromarray(rgb), Image.fromarray(rgb[..., 0])
palette = colors.quantize(60)

add("rgb.png", saved(colors, "PNG"))
add("grey.png", saved(grey, "PNG"))
add("bit.png", saved(grey.convert("1"), "PNG"))
add("palette.png", saved(palette, "PNG"))
add("palette-16.png", saved(colors.quantize(13), "PNG", bits=4))
add("wrong-extension.jpg", saved(colors, "PNG"))
add_transparent("alpha.png", saved(Image.fromarray(rgba), "PNG"))
add_transparent("grey-alpha.png", saved(Image.fromarray(rgba).convert("LA"), "PNG"))
add_transparent("transparent-palette.png", saved(palette, "PNG", transparency=7))
add_transparent("transparent-colour.png", saved(colors, "PNG", transparency=tuple(int(c) for c in rgb[3, 5])))

deep = rgb.astype(np.uint16) * 256 + np.random.default_rng(3).integers(0, 256, rgb.shape).astype(np.uint16)
add("rgb-16-bit.png", png(WIDTH, HEIGHT, 16, 2, [line.astype(">u2").tobytes() for line in deep]), rgb, near=1)
add("grey-16-bit.png", png(WIDTH, HEIGHT, 16, 0, [line.astype(">u2").tobytes() for line in deep[..., 0]]), np.repeat(rgb[..., :1], 3, -1), near=1)

passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
lines = [line.tobytes() for x, y, right, down in passes for line in rgb[y::down, x::right]]
add("interlaced.png", png(WIDTH, HEIGHT, 8, 2, lines, interlaced=1))
add("gamma.png", png(WIDTH, HEIGHT, 8, 2, [line.tobytes() for line in rgb], other=chunk(b"gAMA", struct.pack(">I", 100000))), rgb)

add("palette.gif", saved(palette, "GIF"))
add("grey.gif", saved(grey, "GIF"))
add("animation.gif", saved(palette, "GIF", save_all=True, append_images=[Image.fromarray(picture(3, 5)).quantize(60)] * 3))
add_transparent("transparent.gif", saved(palette, "GIF", transparency=int(np.asarray(palette)[4, 4])))
add("rgb.bmp", saved(colors, "BMP"))
add("grey.bmp", saved(grey, "BMP"))
add("bit.bmp", saved(grey.convert("1"), "BMP"))
bottom_up = saved(colors, "BMP")
rows = [bottom_up[54 + y * 184:54 + (y + 1) * 184] for y in range(HEIGHT)]
add("top-down.bmp", bottom_up[:22] + struct.pack("<i", -HEIGHT) + bottom_up[26:54] + b"".join(reversed(rows)))

add("rgb.jpg", saved(colors, "JPEG", quality=88), near=2)
add("rgb-444.jpg", saved(colors, "JPEG", quality=95, subsampling=0), near=2)
add("rgb-422.jpg", saved(colors, "JPEG", quality=80, subsampling=1), near=2)
add("progressive.jpg", saved(colors, "JPEG", progressive=True), near=2)
add("grey.jpg", saved(grey, "JPEG"), near=2)
add("wrong-extension.png", saved(colors, "JPEG"), near=2)
add("rest-behind.jpg", saved(colors, "JPEG") + b"and more", near=2)
cmyk = saved(Image.fromarray(picture(4, 4), "CMYK"), "JPEG")
add("cmyk.jpg", cmyk, near=2)
# The byte that says how the four colours are coded follows Adobe's name, a version and two flags.
transform = cmyk.index(b"Adobe") + 11
add("ycck.jpg", cmyk[:transform] + b"\2" + cmyk[transform + 1:], near=2)

for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    add(f"turned-{orientation}.jpg", saved(colors, "JPEG", exif=exif), near=2)
    add(f"turned-{orientation}.png", saved(colors, "PNG", exif=exif))

# Some kilobytes that ask for gigabytes.
archive.writestr("bomb.png", png(20000, 20000, 1, 0, [bytes(2500)] * 20000))

archive.close()
