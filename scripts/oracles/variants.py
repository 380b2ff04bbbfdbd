#!/usr/bin/env python3
"""Reference values for variants of recurrent networks, by PyTorch's autograd in float64.

Cells, hard gates, irregular gaps, stacks and mean outputs, each written down here from its equation. For
each case: inputs x, gaps dt, the weights, what the readout sees after every step, and the gradient of
v . output by all weights through all steps with fixed weights.

Weights and gradients are flat, in the order that the doc comments of the Java recurrences give: own weights,
input [I][gates U], recurrent [U][gates U], biases; layers from the lowest, parts of a layer side by side one
after another.

Needs python3-torch. Usage: variants.py > model/src/test/resources/eddy/oracles/variants.json
"""
import json
import math
import torch

torch.set_default_dtype(torch.float64)


def single(tensor):
    """Values that float32 holds exactly, so that both sides start from the same numbers."""
    return tensor.float().double()


def smooth():
    return torch.sigmoid, torch.tanh


def hard():
    return (lambda a: torch.clamp(a / 6 + 0.5, 0, 1)), (lambda a: torch.clamp(a, -1, 1))


class Cell:
    """Shapes of the weights in their order, numbers of state, and step(w, s, x, dt) -> s'.

    The first `gentle` weights are drawn small: unit traces bound a unit that amplifies itself.
    """

    def __init__(self, shapes, states, step, show=lambda s: s, gentle=0):
        self.shapes, self.states, self.step, self.show, self.gentle = shapes, states, step, show, gentle

    def size(self):
        return sum(math.prod(shape) for shape in self.shapes)

    def parts(self, flat):
        out, at = [], 0
        for shape in self.shapes:
            out.append(flat[at:at + math.prod(shape)].reshape(shape))
            at += math.prod(shape)
        return out


def jordan(i, u, functions):
    def step(w, y, x, dt):
        into, feedback, b, v, c = w
        return c + torch.tanh(b + x @ into + y @ feedback) @ v
    return Cell([(i, u), (u, u), (u,), (u, u), (u,)], u, step)


def elman(i, u, functions):
    def step(w, h, x, dt):
        return torch.tanh(x @ w[0] + h @ w[1] + w[2])
    return Cell([(i, u), (u, u), (u,)], u, step)


def indrnn(i, u, functions):
    def step(w, h, x, dt):
        own, into, b = w
        # the bound holds back the weight, not its gradient
        bounded = own + (torch.clamp(own, -1, 1) - own).detach()
        return torch.relu(x @ into + bounded * h + b)
    return Cell([(u,), (i, u), (u,)], u, step)


def lstm(i, u, functions):
    sigmoid, tanh = functions

    def step(w, s, x, dt):
        h, c = s[:u], s[u:]
        a = x @ w[0] + h @ w[1] + w[2]
        c = sigmoid(a[u:2 * u]) * c + sigmoid(a[:u]) * tanh(a[2 * u:3 * u])
        return torch.cat([sigmoid(a[3 * u:]) * tanh(c), c])
    return Cell([(i, 4 * u), (u, 4 * u), (4 * u,)], 2 * u, step, lambda s: s[:u])


def lstm_peephole(i, u, functions):
    sigmoid, tanh = functions

    def step(w, s, x, dt):
        p, h, c = w[0], s[:u], s[u:]
        a = x @ w[1] + h @ w[2] + w[3]
        write, keep = sigmoid(a[:u] + p[0] * c), sigmoid(a[u:2 * u] + p[1] * c)
        c = keep * c + write * tanh(a[2 * u:3 * u])
        return torch.cat([sigmoid(a[3 * u:] + p[2] * c) * tanh(c), c])
    return Cell([(3, u), (i, 4 * u), (u, 4 * u), (4 * u,)], 2 * u, step, lambda s: s[:u])


def gru(i, u, functions):  # gates n_x, r, z, n_h
    sigmoid, tanh = functions

    def step(w, h, x, dt):
        into, recurrent, b = x @ w[0], h @ w[1], w[2]
        r = sigmoid(into[u:2 * u] + recurrent[:u] + b[u:2 * u])
        z = sigmoid(into[2 * u:] + recurrent[u:2 * u] + b[2 * u:3 * u])
        n = tanh(into[:u] + b[:u] + r * (recurrent[2 * u:] + b[3 * u:]))
        return (1 - z) * n + z * h
    return Cell([(i, 3 * u), (u, 3 * u), (4 * u,)], u, step)


def gru_reset_before(i, u, functions):  # gates r, z, n
    sigmoid, tanh = functions

    def step(w, h, x, dt):
        a = x @ w[0] + w[3]
        opened = sigmoid(a[:2 * u] + h @ w[1])
        r, z = opened[:u], opened[u:]
        return (1 - z) * h + z * tanh(a[2 * u:] + (r * h) @ w[2])
    return Cell([(i, 3 * u), (u, 2 * u), (u, u), (3 * u,)], u, step)


def elstm(i, u, functions):
    sigmoid, tanh = functions

    def step(w, c, x, dt):
        a = x @ w[1] + w[2]
        z, f = tanh(a[:u] + w[0][0] * c), sigmoid(a[u:] + w[0][1] * c)
        return f * c + (1 - f) * z
    return Cell([(2, u), (i, 2 * u), (2 * u,)], u, step, gentle=2 * u)


def pairs(i, u, timed):
    """Trace units: complex numbers, decay r = exp(-exp(nu)) and rotation exp(theta) to the power dt."""
    def step(w, s, x, dt):
        power = dt if timed else 1.0
        r, phase = torch.exp(-torch.exp(w[0][0])), torch.exp(w[0][1])
        turned = r ** power * torch.exp(1j * phase * power) * torch.complex(s[:u], s[u:])
        into = x @ w[1]
        # nothing has passed at 0, and the square root has no derivative there
        gamma = torch.sqrt(1 - r ** (2 * power)) if power > 0 else torch.zeros(u)
        s = turned + gamma * torch.complex(into[:u], into[u:])
        return torch.cat([s.real, s.imag])
    return Cell([(2, u), (i, 2 * u)], 2 * u, step, torch.tanh)


def layer(cell, i, u, functions):
    if cell in ("mixed", "mixed-time"):
        return [elstm(i, u // 2, functions), pairs(i, u // 4, cell == "mixed-time")]
    if cell in ("rtu", "rtu-time"):
        return [pairs(i, u // 2, cell == "rtu-time")]
    return [{"jordan": jordan, "elman": elman, "indrnn": indrnn, "lstm": lstm, "lstm-peephole": lstm_peephole,
             "gru": gru, "gru-reset-before": gru_reset_before, "elstm": elstm}[cell](i, u, functions)]


def run(layers, flat, xs, gaps, residual, mean):
    """What the readout sees after each step."""
    states = [[torch.zeros(cell.states) for cell in parts] for parts in layers]
    total, seen = 0, []
    for t, (x, dt) in enumerate(zip(xs, gaps)):
        read, at = x, 0
        for l, parts in enumerate(layers):
            shown = []
            for p, cell in enumerate(parts):
                states[l][p] = cell.step(cell.parts(flat[at:at + cell.size()]), states[l][p], read, dt)
                at += cell.size()
                shown.append(cell.show(states[l][p]))
            above = torch.cat(shown)
            read = above + read if residual and l > 0 else above
        total = total + read
        seen.append(total / (t + 1) if mean else read)
    return seen


def case(cell, units=4, inputs=3, steps=11, gates="smooth", layers=1, residual=False, mean=False, at=None):
    torch.manual_seed(23)
    functions = hard() if gates == "hard" else smooth()
    built = [layer(cell, inputs if l == 0 else units, units, functions) for l in range(layers)]
    size = sum(part.size() for parts in built for part in parts)
    xs, v = single(torch.randn(steps, inputs)), single(torch.randn(units))
    gaps = torch.tensor([1.0, 0.0, 2.5, 0.25])[torch.arange(steps) % 4].tolist()
    flat = single((0.5 if units < 10 else 0.25) * torch.randn(size))
    start = 0
    for part in (part for parts in built for part in parts):
        flat[start:start + part.gentle] *= 0.1
        start += part.size()
    if cell == "indrnn":
        flat[0] = 1.5
    flat.requires_grad_()
    seen = run(built, flat, xs, gaps, residual, mean)
    gradients = {}
    for t in at or range(steps):
        gradients[t], = torch.autograd.grad(v @ seen[t], flat, retain_graph=True)
    return dict(cell=cell, units=units, inputs=inputs, gates=gates, layers=layers, residual=residual, mean=mean,
                x=xs.tolist(), dt=gaps, adjoint=v.tolist(), weights=flat.tolist(),
                output=[q.tolist() for q in seen], gradient={str(t): g.tolist() for t, g in gradients.items()})


def rounded(o):
    if isinstance(o, float):
        return float(f"{o:.9g}")
    if isinstance(o, dict):
        return {k: rounded(v) for k, v in o.items()}
    return [rounded(v) for v in o] if isinstance(o, list) else o


def cases():
    yield case("jordan")
    yield case("jordan", units=20, inputs=5, steps=30, at=(0, 9, 29))
    yield case("indrnn")
    for cell in ("lstm", "lstm-peephole", "gru", "gru-reset-before", "elstm"):
        yield case(cell, gates="hard", at=(0, 5, 10))
    yield case("rtu-time", units=8)
    yield case("rtu-time", units=20, inputs=5, steps=30, at=(0, 9, 29))
    yield case("mixed-time", at=(0, 5, 10))
    for residual in (False, True):
        yield case("elman", layers=3, residual=residual, at=(0, 5, 10))
        yield case("lstm", layers=2, residual=residual, at=(0, 5, 10))
        yield case("mixed", layers=2, residual=residual, at=(0, 5, 10))
    yield case("gru-reset-before", layers=2, residual=True, at=(0, 5, 10))
    for cell in ("lstm", "jordan", "elstm", "rtu", "mixed-time"):
        yield case(cell, mean=True, at=(0, 5, 10))
    yield case("mixed", layers=2, residual=True, mean=True, at=(0, 5, 10))


print("[" + ",\n".join(json.dumps(rounded(each)) for each in cases()) + "]")
