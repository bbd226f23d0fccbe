"""Tensors in files, by the published rules of safetensors (https://github.com/huggingface/safetensors#format):
eight bytes with the length of a header, the header as JSON, then the tensors' bytes.
"""
import json
import struct

import torch

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
         "I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool}


def write(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        dtype = next(key for key, value in TYPES.items() if value == tensor.dtype)
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read(path):
    """Every tensor of a file; the whole of its bytes must belong to them, one after another."""
    with open(path, "rb") as file:
        content = file.read()
    length, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    data = content[8 + length:]
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(value, str) for value in metadata.values()), "metadata holds strings only"
    tensors, end = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        start, stop = entry["data_offsets"]
        dtype, shape = TYPES[entry["dtype"]], entry["shape"]
        count = 1
        for size in shape:
            count *= size
        assert start == end, f"{name} starts at {start}, not at {end}"
        assert stop - start == count * torch.empty((), dtype=dtype).element_size(), f"{name} has {stop - start} bytes"
        raw = bytearray(data[start:stop])
        tensors[name] = torch.frombuffer(raw, dtype=dtype).reshape(shape) if raw else torch.empty(shape, dtype=dtype)
        end = stop
    assert end == len(data), f"{len(data) - end} bytes belong to no tensor"
    return tensors
