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
            mean.lerp_(gradient, 0.1)
            square.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
            torch.sqrt(square, out=root)
            root.mul_((1 - 0.999**updates) ** -0.5).add_(1e-8)
            weights.addcdiv_(mean, root, value=-1e-3 / (1 - 0.9**updates))

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
    quick = parser.parse_args().quick
    batches, events = (3, 150) if quick else (8, 300)
    torch.set_num_threads(1)
    rows = []
    for units in (16, 32, 64):
        row = {"units": units}
        for name, make in (("flat", flat), ("module", module)):
            event = make(units)
            median(event, 100)
            row[name] = min(median(event, events) for _ in range(batches))
        rows.append(row)
    print(json.dumps({"torch": torch.__version__, "rows": rows}))


if __name__ == "__main__":
    main()
