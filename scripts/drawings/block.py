#!/usr/bin/env python3
"""Draws how block RTRL gets an exact gradient at every event: docs/images/block.svg, on stdout.

Colours are classes, so that the picture is light or dark as its reader is; it has a ground of its own.
"""

WIDTH, HEIGHT = 960, 584
Y = 212          # of the states
X0, STEP = 282, 140   # of the state at the block's start, and from one to the next
R = 25

STYLE = """
  .ground{fill:#ffffff;stroke:#d0d7de}
  .rule{stroke:#d0d7de}
  .text{fill:#1f2328} .quiet{fill:#59636e} .line{stroke:#59636e}
  .state{fill:#eef2f6;stroke:#59636e} .now{fill:#ddf4ff;stroke:#0969da}
  .band{fill:#f6f8fa;stroke:#d0d7de}
  .one{fill:#0969da} .one-line{stroke:#0969da}
  .two{fill:#8250df} .two-line{stroke:#8250df} .carry{fill:#fbefff;stroke:#8250df}
  .three{fill:#1a7f37} .three-line{stroke:#1a7f37}
  .badge{fill:#ffffff}
  @media (prefers-color-scheme: dark){
    .ground{fill:#0d1117;stroke:#3d444d}
    .rule{stroke:#3d444d}
    .text{fill:#f0f6fc} .quiet{fill:#9198a1} .line{stroke:#9198a1}
    .state{fill:#212830;stroke:#9198a1} .now{fill:#121d2f;stroke:#4493f8}
    .band{fill:#151b23;stroke:#3d444d}
    .one{fill:#4493f8} .one-line{stroke:#4493f8}
    .two{fill:#ab7df8} .two-line{stroke:#ab7df8} .carry{fill:#231c35;stroke:#ab7df8}
    .three{fill:#3fb950} .three-line{stroke:#3fb950}
    .badge{fill:#0d1117}
  }
  text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;font-size:15px}
  .math{font-family:Georgia,"Times New Roman",serif;font-style:italic;font-size:18px}
  .small{font-size:13px} .bold{font-weight:600}
  .one-line,.two-line,.three-line,.line{fill:none;stroke-width:2}
  .thick{stroke-width:3}
"""


def sub(letter, index):
    return f'{letter}<tspan dy="5" font-size="12">{index}</tspan><tspan dy="-5">&#8203;</tspan>'


def text(x, y, content, classes="text", anchor="start"):
    return f'<text x="{x}" y="{y}" class="{classes}" text-anchor="{anchor}">{content}</text>'


def path(data, classes, marker=None):
    end = f' marker-end="url(#{marker})"' if marker else ""
    return f'<path d="{data}" class="{classes}"{end}/>'


def marker(name):
    return (f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0L10 5L0 10z" class="{name}"/></marker>')


def badge(x, y, number, colour):
    return (f'<circle cx="{x}" cy="{y}" r="12" class="{colour}"/>'
            f'<text x="{x}" y="{y + 5}" class="badge bold" text-anchor="middle">{number}</text>')


def column(i):
    return X0 + i * STEP


def states():
    """The chain of states of a block of four, with inputs below and the loss at the newest."""
    parts = []
    names = ["b", "b+1", "b+2", "t", "b+4"]
    for i, name in enumerate(names):
        x = column(i)
        future = i == 4
        kind = "now" if i == 3 else "state"
        dash = ' stroke-dasharray="4 4" opacity=".55"' if future else ""
        parts.append(f'<g{dash}><circle cx="{x}" cy="{Y}" r="{R}" class="{kind}" stroke-width="2"/></g>')
        parts.append(text(x, Y + 5, sub("s", name), "math quiet" if future else "math text", "middle"))
        if i:
            parts.append(path(f"M{column(i - 1) + R} {Y}H{x - R - 2}", "line", "quiet"))
            fade = " quiet" if future else " text"
            parts.append(text(x, Y + 82, sub("x", name), "math" + fade, "middle"))
            parts.append(path(f"M{x} {Y + 64}V{Y + R + 2}", "line", "quiet"))
    return parts


def main():
    t, b = column(3), column(0)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
           'role="img" aria-labelledby="title about">',
           '<title id="title">Block RTRL: an exact gradient at every event</title>',
           '<desc id="about">The adjoint of the newest loss is pulled back through the events of the block to the state '
           'at its start, and there multiplied with the carried sensitivity. Every K events the block is folded into '
           'the carry.</desc>',
           f"<style>{STYLE}</style>",
           "<defs>" + "".join(marker(name) for name in ("quiet", "one", "two", "three")) + "</defs>",
           f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="10" class="ground"/>']

    # the block
    out.append(f'<rect x="{b - 46}" y="56" width="{4 * STEP + 124}" height="262" rx="8" class="band"/>')
    out.append(text(b - 32, 80, "the block: up to K events, kept as they were", "quiet small"))
    out.append(text(column(4), Y - 42, "to come", "quiet small", "middle"))
    out += states()

    # 1: back through the block
    out.append(path(f"M{t} 118V{Y - R - 2}", "one-line thick", "one"))
    out.append(text(t, 108, "loss of this event", "one bold small", "middle"))
    out.append(text(t + 10, 156, "&#948;", "math one"))
    for i in (3, 2, 1):
        x, to = column(i), column(i - 1)
        out.append(path(f"M{x - 16} {Y - 22}C{x - 36} {Y - 56} {to + 36} {Y - 56} {to + 18} {Y - 23}", "one-line thick", "one"))
    out.append(text(b - 8, Y - 40, sub("&#948;", "b"), "math one", "end"))

    # 2: the carry
    out.append('<rect x="40" y="56" width="152" height="262" rx="8" class="carry" stroke-width="2"/>')
    for row in range(7):
        for col in range(4):
            out.append(f'<rect x="{74 + 21 * col}" y="{142 + 21 * row}" width="17" height="17" rx="3" class="two" '
                       f'opacity="{0.22 + 0.09 * ((3 * row + 5 * col) % 8):.2f}"/>')
    out.append(text(116, 80, "the carry", "two bold small", "middle"))
    out.append(text(116, 106, sub("P", "b") + " = " + "d" + sub("s", "b") + " / dw", "math text", "middle"))
    out.append(text(116, 127, "all events before", "quiet small", "middle"))
    out.append(path(f"M{b - 21} {Y - 16}C{b - 40} {Y - 34} 214 {Y - 32} 197 {Y - 10}", "two-line thick", "two"))

    # 3: the fold
    out.append(path(f"M{column(4)} 326V352H116V324", "three-line thick", "three"))
    out.append(text((column(4) + 116) / 2, 345, "every K events", "three bold small", "middle"))

    # what the numbers say
    for i, (colour, head, formula, remark) in enumerate([
            ("one", "Pull &#948; back through the block.", sub("g", "block") + " = &#931; " + sub("&#948;", "i") + " &#8706;" + sub("s", "i") + " / &#8706;w",
             "Alone: truncated back-propagation."),
            ("two", "Add what the carry knows.", "g = " + sub("g", "block") + " + " + sub("&#948;", "b") + sub("P", "b"),
             "Exact: of all events so far."),
            ("three", "Fold the block into the carry.", "P &#8592; " + sub("J", "K") + " &#8943; " + sub("J", "1") + " P + " + sub("P", "block"),
             "With K = 1: RTRL as first written.")]):
        y = 396 + 38 * i
        out.append(badge(58, y - 5, i + 1, colour))
        out.append(text(82, y, head, "text bold"))
        out.append(text(366, y, formula, "math text"))
        out.append(text(622, y, remark, "quiet"))
    out.append(path(f"M40 {HEIGHT - 88}H{WIDTH - 40}", "rule"))
    out.append(text(40, HEIGHT - 56, "To fall back", "text bold"))
    out.append(text(152, HEIGHT - 56, "is to drop the carry and to keep the newest K events in a ring: step 1 remains,", "text"))
    out.append(text(152, HEIGHT - 32, "truncated back-propagation. Where the next sequence starts the carry is zero, and it is exact again.", "text"))
    out.append(badge(t - 66, 132, 1, "one"))
    out.append(badge(b - 60, Y - 50, 2, "two"))
    out.append(badge(column(4) - 2, 352, 3, "three"))
    out.append(text(40, 34, "An exact gradient at every event, at the price of a product once a block", "text bold"))
    out.append("</svg>")
    print("\n".join(out))


if __name__ == "__main__":
    main()
