"""Makes tiny models of images with random weights, in folders as they are published, and computes what they give.

    python3 image_reference.py FOLDER FAMILY ...

A family is a model type, whose module here (hyphens become underscores) has
    CASES           a config.json of tiny sizes, and the height and width of images, for each case
    shapes(config)  the published names and shapes of the encoder
    encode(config, w, pixels)
                    its hidden states, and the attention weights of each layer; where there is a mask token, also which patches
                    are hidden, (batch, patches)
    heads(config)   what may stand on it, by our names: see images.py
FOLDER gets a folder FAMILY/CASE/HEAD for each: config.json and model.safetensors as published, and outputs.safetensors with "pixels",
"masked" where there is a mask token, "hidden", "attention.LAYER", the head's "output" and, of the sum of that times "direction", "gradient.NAME" of each weight that
has one. All is computed in double precision, so that what differs is the rounding of the model under test.
"""
import importlib
import json
import os
import sys

import torch

import tensor_files
from images import grid


def make(family, config, size, head, folder):
    shapes = {**family.shapes(config), **head.shapes}
    weights = {name: torch.randn(shape, dtype=torch.float32) * 0.4 for name, shape in shapes.items()}
    exact = {name: tensor.double().requires_grad_() for name, tensor in weights.items()}
    pixels = torch.randn(3, config["num_channels"], *size)
    outputs = {"pixels": pixels}
    if any(name.endswith(".mask_token") for name in shapes):
        rows, columns = grid(config, *size)
        outputs["masked"] = (torch.rand(len(pixels), rows * columns) < 0.4) & (torch.arange(len(pixels)) > 0)[:, None]
    hidden, attentions = family.encode(config, exact, pixels.double(), *list(outputs.values())[1:])
    output = head.output(exact, hidden)
    direction = torch.randn(output.shape, dtype=torch.float64) / output.numel()
    (output * direction).sum().backward()
    outputs.update({"hidden": hidden, "output": output, "direction": direction})
    outputs.update({f"attention.{layer}": weights for layer, weights in enumerate(attentions)})
    outputs.update({f"gradient.{name}": tensor.grad for name, tensor in exact.items() if tensor.grad is not None})

    os.makedirs(folder)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(config, file, indent=2)
    tensor_files.write(os.path.join(folder, "model.safetensors"), weights)
    tensor_files.write(os.path.join(folder, "outputs.safetensors"), outputs)


if __name__ == "__main__":
    torch.manual_seed(11)
    torch.set_num_threads(1)
    for family in sys.argv[2:]:
        module = importlib.import_module(family.replace("-", "_"))
        for case, (settings, size) in module.CASES.items():
            config = {"model_type": family, "id2label": {"0": "a", "1": "b", "2": "c"}, **settings}
            for name, head in module.heads(config).items():
                make(module, config, size, head, os.path.join(sys.argv[1], family, case, name))
