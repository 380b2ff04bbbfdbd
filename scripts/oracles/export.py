#!/usr/bin/python3
"""Compares exported cells with PyTorch's: scripts/oracles/export.py FILE...

Needs PyTorch (Debian: python3-torch) and files of `eddy export --check N`. Loads the weights of
every elman, gru or lstm, of one layer or more, into torch.nn.RNN, GRU or LSTM by load_state_dict,
lets it read check.inputs, and compares what it shows with check.outputs. Exit 1 where the relative
error exceeds 1e-5.
"""
import json
import struct
import sys

import torch

BOUND = 1e-5
KINDS = {1: torch.nn.RNN, 3: torch.nn.GRU, 4: torch.nn.LSTM}


def read(path):
    """The F32 tensors of a safetensors file by name."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    tensors = {}
    for name, about in header.items():
        if about.get("dtype") == "F32":
            start, end = about["data_offsets"]
            values = torch.frombuffer(
                bytearray(data[8 + length + start:8 + length + end]), dtype=torch.float32)
            tensors[name] = values.reshape(about["shape"])
    return tensors


def compare(prefix, tensors):
    own = {name[len(prefix):]: value for name, value in tensors.items() if name.startswith(prefix)}
    inputs, expected = own["check.inputs"], own["check.outputs"]
    weights = {name: value for name, value in own.items() if name.split("_")[0] in ("weight", "bias")}
    units = weights["weight_hh_l0"].shape[1]
    read_by_cells = weights["weight_ih_l0"].shape[1]
    kind = KINDS[weights["weight_hh_l0"].shape[0] // units]
    layers = sum(name.startswith("weight_hh") for name in weights)
    network = kind(read_by_cells, units, num_layers=layers)
    network.load_state_dict(weights)
    with torch.no_grad():
        shown, _ = network(inputs[:, :read_by_cells].unsqueeze(1))
    error = (torch.norm(shown.squeeze(1) - expected) / torch.norm(expected)).item()
    print(f"{prefix or 'cells'}: torch.nn.{kind.__name__}, {layers} layers of {units} units over"
          f" {read_by_cells} inputs, {len(inputs)} steps: relative error {error:.1e}")
    return error <= BOUND


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    equal, found = True, 0
    for path in sys.argv[1:]:
        tensors = read(path)
        for name in tensors:
            if name.endswith("weight_ih_l0"):
                found += 1
                equal &= compare(name[:-len("weight_ih_l0")], tensors)
    if not found:
        sys.exit("no cells that PyTorch has; export with --check from an elman, gru or lstm")
    sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main()
