"""PyTorch at the work of scripts/bench: an LSTM that learns from every event.

One event, one thread, 16 inputs: forward over the window of the last 32 inputs from a stored state, squared
error of a linear readout of the last output, backward, Adam over all weights. The stored state is the
start's in every event; keeping the true one would cost a step more. Prints JSON with microseconds per event
that the thread ran, so that other work on the machine does not count: the least median of several batches.

"flat" is the fastest way found that leaves derivatives to autograd (eager PyTorch 1.13, Debian). The
LSTM is called as a function over views of one flat vector of weights, gradients gather in views of a second
one, so Adam is seven in-place operations rather than a loop over six tensors. Slower, and not shown:
torch.autograd.grad and a concatenation (4 %), cells written by hand over autograd with the input's product
hoisted (10 to 20 %), torch.optim.Adam(foreach=True).

"module" is what one would write first: torch.nn.LSTM, torch.nn.Linear, torch.optim.Adam.

"manual" leaves autograd out: derivatives by hand, every operation into memory that stands ready. It is
PyTorch as a library of products, a quarter of the time of "flat", and no bar is measured against it; --check
compares its gradient with autograd's.
"""

import argparse
import json
import time

import torch

INPUTS = 16
WINDOW = 32
SAMPLES = 4096


def samples():
    random = torch.Generator().manual_seed(1)
    x = torch.randn(SAMPLES + WINDOW, INPUTS, generator=random)
    y = torch.roll(x[:, 0], 3) + 0.5 * torch.roll(x[:, 1], 6)
    return x.unsqueeze(1), y


def adam(weights, gradient, mean, square, root, updates):
    """One step; root is scratch."""
    mean.lerp_(gradient, 0.1)
    square.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
    torch.sqrt(square, out=root)
    root.mul_((1 - 0.999**updates) ** -0.5).add_(1e-8)
    weights.addcdiv_(mean, root, value=-1e-3 / (1 - 0.9**updates))


def flat(units):
    """Everything in one vector of weights; returns the function of one event."""
    torch.manual_seed(1)
    initial = [p.detach() for p in torch.nn.LSTM(INPUTS, units).parameters()]
    initial += [torch.zeros(units), torch.zeros(1)]
    weights = torch.cat([p.reshape(-1) for p in initial])
    gradient, mean, square, root = (torch.zeros_like(weights) for _ in range(4))
    views, at = [], 0
    for p in initial:
        view = weights[at : at + p.numel()].view(p.shape).requires_grad_()
        view.grad = gradient[at : at + p.numel()].view(p.shape)
        views.append(view)
        at += p.numel()
    lstm, readout, bias = views[:4], views[4], views[5]
    x, y = samples()
    start = (torch.zeros(1, 1, units), torch.zeros(1, 1, units))
    updates = 0

    def event(i):
        nonlocal updates
        at = i % SAMPLES
        output, _, _ = torch._VF.lstm(
            x[at : at + WINDOW], start, lstm, True, 1, 0.0, True, False, False
        )
        error = output[-1, 0] @ readout + bias - y[at + WINDOW - 1]
        gradient.zero_()
        (0.5 * error * error).sum().backward()
        updates += 1
        with torch.no_grad():
            adam(weights, gradient, mean, square, root, updates)

    return event


def module(units):
    """As one would write it first; returns the function of one event."""
    torch.manual_seed(1)
    lstm = torch.nn.LSTM(INPUTS, units)
    readout = torch.nn.Linear(units, 1)
    optimizer = torch.optim.Adam([*lstm.parameters(), *readout.parameters()], 1e-3)
    x, y = samples()
    start = (torch.zeros(1, 1, units), torch.zeros(1, 1, units))

    def event(i):
        at = i % SAMPLES
        output, _ = lstm(x[at : at + WINDOW], start)
        error = readout(output[-1, 0]) - y[at + WINDOW - 1]
        optimizer.zero_grad(set_to_none=True)
        (0.5 * error * error).sum().backward()
        optimizer.step()

    return event


def manual(units):
    """Derivatives by hand; returns the function of one event."""
    return Manual(units).event


class Manual:
    """An LSTM with a linear readout whose derivatives are written by hand. Gates in the order i f o g."""

    def __init__(self, units):
        torch.manual_seed(1)
        rows = INPUTS + units + 1
        size = 4 * units * rows
        self.weights = torch.randn(size + units + 1) * 0.2
        self.gradient = torch.zeros_like(self.weights)
        self.slots = [torch.zeros_like(self.weights) for _ in range(3)]
        self.updates = 0
        matrix, by_matrix = (v[:size].view(rows, 4 * units) for v in (self.weights, self.gradient))
        self.of_input, self.of_state = matrix[: INPUTS + 1], matrix[INPUTS + 1 :]
        self.by_input, self.by_state = by_matrix[: INPUTS + 1], by_matrix[INPUTS + 1 :]
        self.back = self.of_state.t()
        self.readout, self.bias = self.weights[size:-1], self.weights[-1:]
        self.by_readout, self.by_bias = self.gradient[size:-1], self.gradient[-1:]
        self.gates = torch.zeros(WINDOW, 4 * units)
        self.planes = self.gates.view(WINDOW, 4, units).unbind(1)
        self.cells = torch.zeros(WINDOW + 1, units)
        self.outputs = torch.zeros(WINDOW + 1, units)
        self.squashed = torch.zeros(WINDOW, units)
        self.factors = torch.zeros(WINDOW, 4, units)
        self.by_cell = torch.zeros(WINDOW, units)
        self.adjoints = torch.zeros(WINDOW, 4, units)
        self.flat_adjoints = self.adjoints.view(WINDOW, 4 * units)
        self.output_adjoint, self.cell_adjoint = torch.zeros(1, units), torch.zeros(units)
        x, self.y = samples()
        self.x = torch.cat([x[:, 0], torch.ones(len(x), 1)], 1)
        # views are made once: making one costs as much as a small product
        i, f, o, g = self.planes
        sigmoids = self.gates[:, : 3 * units]
        self.forward = [
            (self.gates[t : t + 1], self.outputs[t : t + 1], sigmoids[t], i[t], f[t], o[t], g[t])
            + (self.cells[t], self.cells[t + 1], self.squashed[t], self.outputs[t + 1])
            for t in range(WINDOW)
        ]
        self.backward = [
            (self.by_cell[t], self.factors[t], self.adjoints[t], self.factors[t, 2], self.adjoints[t, 2])
            + (self.flat_adjoints[t : t + 1], f[t])
            for t in reversed(range(WINDOW))
        ]

    def differentiate(self, at):
        x = self.x[at : at + WINDOW]
        torch.mm(x, self.of_input, out=self.gates)
        for gates, h, sigmoids, i, f, o, g, c, next_c, squashed, next_h in self.forward:
            gates.addmm_(h, self.of_state)
            sigmoids.sigmoid_()
            g.tanh_()
            torch.mul(f, c, out=next_c)
            next_c.addcmul_(i, g)
            torch.tanh(next_c, out=squashed)
            torch.mul(o, squashed, out=next_h)
        i, f, o, g = self.planes
        torch.mul(i * (1 - i), g, out=self.factors[:, 0])
        torch.mul(f * (1 - f), self.cells[:-1], out=self.factors[:, 1])
        torch.mul(o * (1 - o), self.squashed, out=self.factors[:, 2])
        torch.mul(i, 1 - g * g, out=self.factors[:, 3])
        torch.mul(o, 1 - self.squashed * self.squashed, out=self.by_cell)
        error = torch.dot(self.outputs[WINDOW], self.readout) + self.bias - self.y[at + WINDOW - 1]
        dh, dc = self.output_adjoint[0], self.cell_adjoint
        torch.mul(self.readout, error, out=dh)
        dc.zero_()
        for by_cell, factors, adjoints, factor_o, adjoint_o, row, f in self.backward:
            dc.addcmul_(dh, by_cell)
            torch.mul(factors, dc, out=adjoints)
            torch.mul(factor_o, dh, out=adjoint_o)
            torch.mm(row, self.back, out=self.output_adjoint)
            dc.mul_(f)
        torch.mm(x.t(), self.flat_adjoints, out=self.by_input)
        torch.mm(self.outputs[:-1].t(), self.flat_adjoints, out=self.by_state)
        torch.mul(self.outputs[WINDOW], error, out=self.by_readout)
        self.by_bias.copy_(error)

    def event(self, i):
        with torch.no_grad():
            self.differentiate(i % SAMPLES)
            self.updates += 1
            adam(self.weights, self.gradient, *self.slots, self.updates)

    def check(self):
        """Largest difference from autograd's gradient."""
        with torch.no_grad():
            self.differentiate(0)
        weights = self.weights.clone().requires_grad_()
        rows = INPUTS + self.cells.shape[1] + 1
        units = self.cells.shape[1]
        matrix = weights[: 4 * units * rows].view(rows, 4 * units)
        h = c = torch.zeros(units)
        for x in self.x[:WINDOW]:
            i, f, o, g = (x @ matrix[: INPUTS + 1] + h @ matrix[INPUTS + 1 :]).split(units)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        error = h @ weights[4 * units * rows : -1] + weights[-1] - self.y[WINDOW - 1]
        (0.5 * error * error).backward()
        return (weights.grad - self.gradient).abs().max().item()


def median(event, events):
    """Median of single events, in microseconds."""
    nanos = []
    for i in range(events):
        begin = time.thread_time_ns()
        event(i)
        nanos.append(time.thread_time_ns() - begin)
    return sorted(nanos)[events // 2] / 1e3


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer and shorter batches")
    parser.add_argument("--check", action="store_true", help="check the derivatives written by hand")
    options = parser.parse_args()
    if options.check:
        print("largest difference from autograd's gradient:", max(Manual(u).check() for u in (16, 32)))
        return
    quick = options.quick
    batches, events = (3, 150) if quick else (8, 300)
    torch.set_num_threads(1)
    rows = []
    for units in (16, 32, 64):
        row = {"units": units}
        for name, make in (("flat", flat), ("module", module), ("manual", manual)):
            event = make(units)
            median(event, 100)
            row[name] = min(median(event, events) for _ in range(batches))
        rows.append(row)
    print(json.dumps({"torch": torch.__version__, "rows": rows}))


if __name__ == "__main__":
    main()
