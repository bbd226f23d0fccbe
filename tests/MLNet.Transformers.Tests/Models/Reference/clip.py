"""Makes a tiny CLIP with random weights in a folder as it is published, and computes what it gives; or opens one that the library
under test has saved.

    python3 clip.py FOLDER make
    python3 clip.py FOLDER run

FOLDER gets (make), or has (run), config.json, model.safetensors and batch.safetensors ("pixels", "ids", "mask"), and gets
outputs.safetensors with "image_features", "text_features" (both of length 1), "scores" (a row an image), "loss" and, of the loss,
"gradient.NAME" of each weight. All is computed in double precision.
"""
import json
import math
import os
import sys

import torch

import clip_text_model
import clip_vision_model
import tensor_files
from layers import linear, linear_shapes
from reference import Batch

EOS = 30
CONFIG = {"model_type": "clip", "architectures": ["CLIPModel"], "projection_dim": 10, "logit_scale_init_value": 2.6592,
          "text_config": {**clip_text_model.TINY, "model_type": "clip_text_model", "eos_token_id": EOS, "projection_dim": 9},
          "vision_config": {**clip_vision_model.TINY, "model_type": "clip_vision_model", "projection_dim": 9}}


def shapes(c):
    text, vision, width = c["text_config"], c["vision_config"], c["projection_dim"]
    return {"logit_scale": (), **linear_shapes("visual_projection", width, vision["hidden_size"], False),
            **linear_shapes("text_projection", width, text["hidden_size"], False),
            **clip_text_model.shapes(text), **clip_vision_model.shapes(vision)}


def unit(x):
    return x / x.pow(2).sum(-1, keepdim=True).sqrt()


def compute(c, w, pixels, batch):
    text, vision = c["text_config"], c["vision_config"]
    images = unit(linear(w, "visual_projection", clip_vision_model.encode(vision, w, pixels)[0][:, 0]))
    texts = unit(clip_text_model.project(text, w, clip_text_model.encode(text, w, batch), batch))
    scores = w["logit_scale"].exp() * images @ texts.T
    count = len(scores)
    right = sum(scores[i, i] for i in range(count))
    loss = (scores.exp().sum(1).log().sum() - right + scores.exp().sum(0).log().sum() - right) / (2 * count)
    return {"image_features": images, "text_features": texts, "scores": scores, "loss": loss}


def random_batch(c):
    """Texts of unlike lengths, each with the token that ends it, and after that in one case something else."""
    ids = torch.tensor([[0, 5, 9, 12, EOS, 1, 1], [0, EOS, 1, 1, 1, 1, 1], [0, 7, 3, EOS, 6, EOS, 1], [0, 11, 4, 4, 21, 20, EOS]])
    mask = torch.tensor([[length > place for place in range(7)] for length in (5, 2, 6, 7)])
    return torch.randn(4, 3, 12, 12), Batch(ids, torch.zeros_like(ids), mask)


def write_outputs(folder, c, weights, pixels, batch):
    exact = {name: tensor.double().requires_grad_() for name, tensor in weights.items()}
    outputs = compute(c, exact, pixels.double(), batch)
    outputs["loss"].backward()
    outputs.update({"gradient." + name: tensor.grad for name, tensor in exact.items()})
    tensor_files.write(os.path.join(folder, "outputs.safetensors"), outputs)


def make(folder):
    torch.manual_seed(11)
    weights = {name: torch.randn(shape, dtype=torch.float32) * 0.4 for name, shape in shapes(CONFIG).items()}
    weights["logit_scale"] = torch.tensor(1 + math.log(1 / 0.07))
    pixels, batch = random_batch(CONFIG)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(CONFIG, file, indent=2)
    ignored = {f"{tower}.embeddings.position_ids": torch.arange(10)[None] for tower in ("text_model", "vision_model")}
    tensor_files.write(os.path.join(folder, "model.safetensors"), {**weights, **ignored})
    tensor_files.write(os.path.join(folder, "batch.safetensors"), {"pixels": pixels, "ids": batch.ids, "mask": batch.mask})
    write_outputs(folder, CONFIG, weights, pixels, batch)


def run(folder):
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    weights = tensor_files.read(os.path.join(folder, "model.safetensors"))
    found, expected = {key: tuple(tensor.shape) for key, tensor in weights.items()}, shapes(config)
    assert found == expected, f"saved only: {set(found.items()) - set(expected.items())}, published only: {set(expected.items()) - set(found.items())}"
    read = tensor_files.read(os.path.join(folder, "batch.safetensors"))
    write_outputs(folder, config, weights, read["pixels"], Batch(read["ids"], torch.zeros_like(read["ids"]), read["mask"]))


if __name__ == "__main__":
    torch.set_num_threads(1)
    {"make": make, "run": run}[sys.argv[2]](sys.argv[1])
