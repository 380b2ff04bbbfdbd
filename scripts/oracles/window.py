#!/usr/bin/python3
"""Reference values of the networks over a window, by PyTorch's autograd in float64.

scripts/oracles/window.py > model/src/test/resources/eddy/oracles/window.json

Needs PyTorch (Debian: python3-torch). Each case has the inputs of a whole sequence, longer than
the window, the weights by PyTorch's names, and for every lane the network's output after the last
input, the adjoint, and the gradient of adjoint * output by all weights.
"""
import json

import torch

torch.set_default_dtype(torch.float64)
INPUTS, UNITS, STEPS = 3, 5, 9


def plain(tensor):
    return [float(f"{v:.12g}") for v in tensor.detach().reshape(-1).tolist()]


def single(tensor):
    """Values that float32 holds exactly, so that both sides start from the same numbers."""
    return tensor.float().double()


def parameters(modules):
    for prefix, module in modules.items():
        for name, value in module.named_parameters():
            with torch.no_grad():
                value.copy_(single(torch.randn_like(value) * 0.4))
                # Eddy's cells have one bias: of the state's, only that of a GRU's candidate
                if "bias_hh" in name:
                    value[: 2 * UNITS if value.numel() == 3 * UNITS else None] = 0
            yield prefix + name, value


def case(modules, output, lanes):
    """One case; output(inputs, lane) gives what a lane shows."""
    named = dict(parameters(modules))
    inputs = single(torch.randn(STEPS, INPUTS))
    result = {
        "inputs": [plain(row) for row in inputs],
        "weights": {name: plain(value) for name, value in named.items()},
        "lanes": [],
    }
    for lane in range(lanes):
        shown = output(inputs, lane)
        adjoint = single(torch.randn_like(shown))
        gradients = torch.autograd.grad(
            (adjoint * shown).sum(), list(named.values()), allow_unused=True)
        result["lanes"].append({
            "output": plain(shown),
            "adjoint": plain(adjoint),
            "gradient": {
                name: plain(torch.zeros_like(value) if gradient is None else gradient)
                for (name, value), gradient in zip(named.items(), gradients)},
        })
    return result


def bidirectional(kind, layers, window, lookahead, mean=False):
    network = getattr(torch.nn, kind)(INPUTS, UNITS, num_layers=layers, bidirectional=True)

    def output(inputs, lane):
        shown, _ = network(inputs[-(window + lookahead):].unsqueeze(1))
        shown = shown.squeeze(1)
        return shown.mean(0) if mean else shown[-1 - lookahead]

    result = case({"": network}, output, 1)
    return dict(result, layers=layers, window=window, lookahead=lookahead, mean=mean)


class Decoder(torch.nn.Module):
    """One step for each horizon, from tanh(V c + b), each reading c or what attention gives."""

    def __init__(self, kind, attention):
        super().__init__()
        planes = 2 if kind == "LSTM" else 1
        self.start = torch.nn.Linear(UNITS, planes * UNITS)
        self.cell = getattr(torch.nn, kind + "Cell")(UNITS, UNITS)
        if attention:
            self.query = torch.nn.Linear(UNITS, UNITS, bias=False)
            self.key = torch.nn.Linear(UNITS, UNITS)
            self.score = torch.nn.Linear(UNITS, 1, bias=False)
        self.attention = attention

    def forward(self, encoded, steps):
        start = torch.tanh(self.start(encoded[-1]))
        planes = list(start.split(UNITS))
        shown = []
        for _ in range(steps):
            context = encoded[-1]
            if self.attention:
                compared = torch.tanh(self.query(planes[0]) + self.key(encoded))
                context = torch.softmax(self.score(compared).squeeze(1), 0) @ encoded
            state = tuple(p.unsqueeze(0) for p in planes)
            following = self.cell(context.unsqueeze(0), state if len(state) > 1 else state[0])
            planes = [p.squeeze(0) for p in (following if len(state) > 1 else (following,))]
            shown.append(planes[0])
        return shown


def encoder_decoder(kind, attention, layers, window, lanes):
    encoder = getattr(torch.nn, kind)(INPUTS, UNITS, num_layers=layers)
    decoder = Decoder(kind, attention)

    def output(inputs, lane):
        encoded, _ = encoder(inputs[-window:].unsqueeze(1))
        # lanes are counted from the farthest horizon
        return decoder(encoded.squeeze(1), lanes - lane)[-1]

    result = case({"encoder.": encoder, "decoder.": decoder}, output, lanes)
    return dict(result, attention=attention, layers=layers, window=window)


def main():
    torch.manual_seed(7)
    cases = {"units": UNITS, "inputs": INPUTS}
    for kind in ("LSTM", "GRU"):
        name = kind.lower()
        cases["bidirectional " + name] = bidirectional(kind, 1, 5, 2)
        cases["bidirectional whole " + name] = bidirectional(kind, 1, 20, 3)
        cases["bidirectional deep " + name] = bidirectional(kind, 3, 4, 2)
        cases["bidirectional mean " + name] = bidirectional(kind, 2, 6, 0, mean=True)
        cases["encoder-decoder " + name] = encoder_decoder(kind, False, 1, 6, 3)
        cases["encoder-decoder deep " + name] = encoder_decoder(kind, False, 2, 6, 2)
        cases["attention " + name] = encoder_decoder(kind, True, 1, 6, 3)
    print(json.dumps(cases))


main()
