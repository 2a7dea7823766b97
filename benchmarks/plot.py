"""A line plot as SVG, readable in light and dark mode."""
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 24, 56
STYLE = """
    .back { fill: #ffffff } .grid { stroke: #d8dee4; stroke-width: 1 } .axis { stroke: #57606a; stroke-width: 1 }
    text { font: 13px system-ui, sans-serif; fill: #24292f }
    .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
    .c0 { stroke: #b35900 } .c1 { stroke: #0969da } .c2 { stroke: #1a7f37 }
    .d0 { fill: #b35900 } .d1 { fill: #0969da } .d2 { fill: #1a7f37 }
    @media (prefers-color-scheme: dark) {
      .back { fill: #0d1117 } .grid { stroke: #30363d } .axis { stroke: #8b949e } text { fill: #e6edf3 }
      .c0 { stroke: #f0883e } .c1 { stroke: #58a6ff } .c2 { stroke: #56d364 }
      .d0 { fill: #f0883e } .d1 { fill: #58a6ff } .d2 { fill: #56d364 }
    }"""


def step_of(highest):
    """A round distance of the marks of an axis: five to ten of them."""
    step = 1e-6
    while highest / step > 10:
        for factor in (2, 2.5, 2):
            step *= factor
            if highest / step <= 10:
                break
    return step


def lines(title, x_label, y_label, series):
    """`series`: name -> [(x, y)], at most three of them, each sorted by x, all values from 0 up."""
    x_most = max(x for points in series.values() for x, _ in points)
    y_step = step_of(max(y for points in series.values() for _, y in points))
    x_step = step_of(x_most)
    y_most = y_step * -(-max(y for points in series.values() for _, y in points) // y_step)

    def at(x, y):
        return (LEFT + x / x_most * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y / y_most * (HEIGHT - TOP - BOTTOM))

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
           f"  <title>{escape(title)}</title>", f"  <style>{STYLE}\n  </style>",
           f'  <rect class="back" width="{WIDTH}" height="{HEIGHT}"/>']
    for i in range(round(y_most / y_step) + 1):
        (x1, y), (x2, _) = at(0, i * y_step), at(x_most, i * y_step)
        out.append(f'  <line class="{"axis" if i == 0 else "grid"}" x1="{x1:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y:.1f}"/>')
        out.append(f'  <text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{i * y_step:g}</text>')
    for i in range(round(x_most / x_step) + 1):
        x, y = at(i * x_step, 0)
        out.append(f'  <text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{i * x_step:g}</text>')
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    out.append(f'  <text x="{middle:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x_label)}</text>')
    out.append(f'  <text transform="translate(18 {TOP + (HEIGHT - TOP - BOTTOM) / 2:.1f}) rotate(-90)" '
               f'text-anchor="middle">{escape(y_label)}</text>')
    for i, (name, points) in enumerate(series.items()):
        placed = [at(x, y) for x, y in points]
        out.append(f'  <polyline class="line c{i}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in placed)}"/>')
        out += [f'  <circle class="d{i}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in placed]
        x, y = placed[-1]
        out.append(f'  <text class="d{i}" x="{x + 10:.1f}" y="{y + 4:.1f}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>", ""])
