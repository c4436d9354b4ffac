import type { Themed } from './theme.ts';

/**
 * How pictures of a run over time look. States differ in their brightness too: a print without colour, or a
 * reader who does not see it, tells them apart.
 */
export const PICTURE_STYLE: Themed = {
  both: `svg { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.title { font-size: 14px; font-weight: 600; } .name { font-weight: 600; }
.pending { fill: #d4c26a; } .running { fill: #8fb8de; } .ending { fill: #818b98; } .done { fill: #54aeff; }
.count, .wanted, .limit { fill: none; stroke-width: 1.5; } .wanted { stroke-dasharray: 5 4; }
.limit { stroke-dasharray: 1 4; stroke-linecap: round; }`,
  light: `svg { background: #fff; } text { fill: #1f2328; } .faint { fill: #59636e; }
.line { stroke: #d1d9e0; } .ready, .answered { fill: #1a7f37; } .failing, .lost { fill: #cf222e; }
.count { stroke: #1a7f37; } .wanted { stroke: #57606a; } .limit { stroke: #8250df; }`,
  dark: `svg { background: #0d1117; } text { fill: #e6edf3; } .faint { fill: #9198a1; }
.line { stroke: #3d444d; } .ready, .answered { fill: #3fb950; } .failing, .lost { fill: #f85149; }
.count { stroke: #3fb950; } .wanted { stroke: #b1bac4; } .limit { stroke: #d2a8ff; }`,
};
