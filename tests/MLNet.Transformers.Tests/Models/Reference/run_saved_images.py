"""Opens models of images that were saved by the library under test and computes what they give.

    python3 run_saved_images.py FOLDER

FOLDER has a folder MODEL/HEAD for each, the latter named for its head, with config.json, model.safetensors and batch.safetensors ("pixels"), and gets
outputs.safetensors with "hidden" and "output" in it. The weights must have the published names and shapes, no more and no fewer.
"""
import importlib
import json
import os
import sys

import torch

import tensor_files


def run(folder, name):
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    family = importlib.import_module(config["model_type"].replace("-", "_"))
    head = family.heads(config)[name]
    weights = tensor_files.read(os.path.join(folder, "model.safetensors"))
    expected = {**family.shapes(config), **head.shapes}
    found = {key: tuple(tensor.shape) for key, tensor in weights.items()}
    assert found == expected, f"saved only: {set(found.items()) - set(expected.items())}, published only: {set(expected.items()) - set(found.items())}"
    exact = {key: tensor.double() for key, tensor in weights.items()}
    pixels = tensor_files.read(os.path.join(folder, "batch.safetensors"))["pixels"].double()
    hidden, _ = family.encode(config, exact, pixels)
    tensor_files.write(os.path.join(folder, "outputs.safetensors"), {"hidden": hidden, "output": head.output(exact, hidden)})


if __name__ == "__main__":
    torch.set_num_threads(1)
    for model in os.scandir(sys.argv[1]):
        for head in os.scandir(model.path):
            run(head.path, head.name)
