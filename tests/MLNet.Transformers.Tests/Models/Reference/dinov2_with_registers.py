"""DINOv2 with registers (Darcet et al., 2024): tokens without positions beside the class token, which no answer reads. Positions
for other sizes are resampled with antialiasing."""
import dinov2

TINY = {**{key: value for key, value in dinov2.TINY.items() if key != "use_mask_token"}, "num_register_tokens": 3}
CASES = {"published": (TINY, (12, 12)), "smaller": ({**TINY, "image_size": 20}, (8, 12)), "larger": ({**TINY, "num_register_tokens": 1}, (20, 16))}
PREFIX = "dinov2_with_registers"


def shapes(c):
    return {**dinov2.shapes(c, PREFIX), f"{PREFIX}.embeddings.register_tokens": (1, c["num_register_tokens"], c["hidden_size"])}


def encode(c, w, pixels, masked=None):
    return dinov2.encode(c, w, pixels, masked, PREFIX, antialias=True)


def heads(c):
    return dinov2.heads(c, c["num_register_tokens"])
