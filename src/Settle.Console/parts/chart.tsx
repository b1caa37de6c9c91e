import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "preact/hooks";
import { language } from "../texts/texts";

export interface Series {
  label: string;
  values: (number | null)[];
  isBar?: boolean;
  colour: "accent" | "warm";
}

interface Props {
  label: string;
  /** Seconds since 1970, or places from 0 with `names`. */
  at: number[];
  names?: string[];
  series: Series[];
  format: (value: number) => string;
}

/** A colour of the style sheet, as it is in the light or the dark. */
function colourOf(name: string): string {
  const probe = document.createElement("i");
  probe.className = `ink-${name}`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** A chart; who cannot see it has the table beside it. */
export function Chart({ label, at, names, series, format }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    let plot: uPlot | null = null;
    const draw = () => {
      plot?.destroy();
      const axis = {
        stroke: colourOf("soft"),
        grid: { stroke: colourOf("line"), width: 1 },
        ticks: { show: false },
        font: "12px system-ui, sans-serif",
      };
      const bars = uPlot.paths.bars;
      plot = new uPlot(
        {
          width: box.clientWidth,
          height: 200,
          legend: { show: false },
          padding: [10, 12, 0, 0],
          cursor: { drag: { x: false, y: false } },
          scales: {
            x: {
              time: !names,
              ...(names ? { range: [-0.6, at.length - 0.4] as [number, number] } : {}),
            },
          },
          axes: [
            {
              ...axis,
              grid: { show: false },
              ...(names
                ? {
                    splits: () => at,
                    values: (_: uPlot, splits: number[]) => splits.map((i) => names[i] ?? ""),
                  }
                : {
                    values: (_: uPlot, splits: number[]) =>
                      splits.map((s) =>
                        new Intl.DateTimeFormat(language.value, {
                          dateStyle: "short",
                          timeZone: "UTC",
                        }).format(s * 1000),
                      ),
                  }),
              space: 70,
              size: 34,
            },
            { ...axis, size: 80, values: (_, splits) => splits.map(format) },
          ],
          series: [
            {},
            ...series.map((each, i) => ({
              label: each.label,
              stroke: colourOf(each.colour),
              width: 2,
              points: { show: false },
              ...(each.isBar && bars
                ? {
                    fill: colourOf(each.colour),
                    paths: bars({ size: [0.35, 28], align: i % 2 ? 1 : -1 }),
                  }
                : { paths: uPlot.paths.stepped?.({ align: 1 }) }),
            })),
          ],
        } as uPlot.Options,
        [at, ...series.map((each) => each.values)] as uPlot.AlignedData,
        box,
      );
    };
    draw();
    const watch = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height: 200 }));
    watch.observe(box);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", draw);
    return () => {
      watch.disconnect();
      dark.removeEventListener("change", draw);
      plot?.destroy();
    };
  }, [JSON.stringify([at, names, series.map((each) => each.values)]), language.value]);
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}
