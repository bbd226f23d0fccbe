"""Reads a safetensors file into PyTorch and prints what it holds: name, element type, shape and values of each tensor.

    python3 read_tensors.py FILE
"""
import json
import sys

import tensor_files

print(json.dumps({name: {"type": str(tensor.dtype), "shape": list(tensor.shape), "values": tensor.double().flatten().tolist()}
                  for name, tensor in tensor_files.read(sys.argv[1]).items()}))
