"""Saves tensors of every element type and layout with torch.save, and describes them: name, element type, shape and values.

    python3 write_torch.py FOLDER

FOLDER gets zip.bin, legacy.bin (as PyTorch before 1.6), protocol4.bin, a model.bin, all of them dictionaries of tensors, and
expected.json with what the first three hold. The goldens in Goldens/torch-saved were made so.
"""
import json
import os
import sys
from collections import OrderedDict

import torch

torch.manual_seed(7)
whole = torch.randn(4, 6)
tensors = OrderedDict(
    {str(dtype): (torch.randn(3, 5) * 50).abs().to(dtype)
     for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)})
tensors.update({
    "torch.bool": torch.rand(3, 5) > 0.5,
    "whole": whole, "shared": whole, "row": whole[2], "column": whole[:, 3], "turned": whole.t(), "block": whole[1:3, 2:5],
    "strided": torch.arange(24, dtype=torch.int16).reshape(4, 6)[::2, 1::3], "expanded": torch.tensor([1.5, 2.5]).expand(3, 2),
    "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 4), "parameter": torch.nn.Parameter(torch.randn(2, 2)),
    "single": torch.randn(7).to(torch.bfloat16)[3], "narrow": torch.randn(2, 9).half()[:, 4:6]})

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
torch.save(tensors, os.path.join(folder, "zip.bin"))
torch.save(tensors, os.path.join(folder, "legacy.bin"), _use_new_zipfile_serialization=False)
torch.save(dict(tensors), os.path.join(folder, "protocol4.bin"), pickle_protocol=4)
# A module's own dictionary carries version numbers as attributes.
torch.save(torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2)).state_dict(), os.path.join(folder, "model.bin"))
with open(os.path.join(folder, "expected.json"), "w") as file:
    json.dump({name: {"type": str(tensor.dtype), "shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}
               for name, tensor in tensors.items()}, file)
