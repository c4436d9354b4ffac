/** How a page of a run looks: light and dark, on a narrow screen, and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --faint: #59636e; --paper: #fff; --panel: #f6f8fa; --edge: #d1d9e0;
  --accent: #0969da; --good: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --faint: #9198a1; --paper: #0d1117; --panel: #151b23; --edge: #3d444d;
    --accent: #4493f8; --good: #3fb950; --bad: #f85149; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
  height: 100vh; display: flex; flex-direction: column; }
h1 { font-size: 1.2rem; margin: 0; padding: .6rem 1rem; border-bottom: 1px solid var(--edge); }
pre, code, kbd, time, output, .entries { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--accent); }
main { flex: 1; min-height: 0; display: grid; grid-template: minmax(0, 1fr) auto / minmax(0, 5fr) minmax(0, 6fr); }
main > p { padding: 1rem; }
.story { overflow: auto; padding: .5rem 1rem 3rem; border-right: 1px solid var(--edge); position: relative; }
.story > * { border-left: 3px solid transparent; padding-left: .6rem; }
.story [aria-current], .entries [aria-current] { border-left: 3px solid var(--accent); background: var(--panel); }
.step { margin-top: 1rem; cursor: pointer; }
.step p { margin: .3rem 0; }
.step .number { float: right; color: var(--faint); font-size: .8rem; text-decoration: none; padding: 0 .3rem; }
.does, .wait, .notice, .traffic, .client { color: var(--faint); font-style: italic; }
.command kbd { font-weight: 700; }
.output { background: var(--panel); padding: .5rem; border-radius: 6px; max-height: 24rem; overflow: auto; }
.output + .output { margin-top: -.8rem; }
.met { color: var(--good); } .missed, .exit { color: var(--bad); }
.ahead { color: var(--faint); }
.story .ahead .output, .story .ahead { background: none; }
.world { display: flex; flex-direction: column; min-height: 0; min-width: 0; }
.lanes { max-height: 45%; overflow: auto; border-bottom: 1px solid var(--edge); flex: none; }
.lanes svg { width: 100%; height: auto; display: block; cursor: crosshair; }
.lanes .here { stroke: var(--accent); stroke-width: 1.5; }
.tabs { flex: 1; min-height: 0; display: flex; flex-direction: column; }
[role=tablist] { display: flex; gap: .2rem; padding: .3rem .6rem 0; border-bottom: 1px solid var(--edge); }
button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--edge); border-radius: 6px;
  padding: .2rem .6rem; cursor: pointer; min-height: 2rem; }
button[aria-selected=true], button[aria-pressed=true] { border-color: var(--accent); color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.tabs > :not([role=tablist]) { flex: 1; min-height: 0; overflow: auto; margin: 0; padding: .6rem 1rem; position: relative; }
[hidden] { display: none !important; }
.entries { list-style: none; }
.entries li { display: flex; gap: .6rem; padding: 0 .3rem; border-left: 3px solid transparent; align-items: baseline; }
.entries li a { min-width: 2.6rem; text-align: right; }
.entries li span { flex: 1; overflow-wrap: anywhere; } .entries li b { font-weight: 600; }
.entries time, .entries .cause { color: var(--faint); }
.objects { display: grid; grid-template-columns: minmax(10rem, 2fr) 5fr; gap: .6rem; }
.keys { list-style: none; margin: 0; padding: 0; overflow: auto; max-height: 100%; }
.keys button { display: block; width: 100%; text-align: left; margin-bottom: 2px; overflow-wrap: anywhere; font-size: 13px; }
.object { overflow: auto; min-height: 0; }
.diff { background: var(--panel); padding: .5rem; border-radius: 6px; }
.diff .went { color: var(--bad); } .diff .came { color: var(--good); } .diff .place { color: var(--faint); }
footer { grid-column: 1 / -1; display: flex; gap: .4rem; align-items: center; padding: .5rem 1rem;
  border-top: 1px solid var(--edge); background: var(--panel); flex-wrap: wrap; }
footer input { flex: 1; min-width: 8rem; accent-color: var(--accent); }
footer small { color: var(--faint); }
.whole { display: none; }
@media (max-width: 800px) {
  body { height: auto; } main { display: block; padding-bottom: 6rem; }
  .story { border-right: 0; max-height: 50vh; border-bottom: 1px solid var(--edge); }
  .lanes { max-height: 40vh; } .lanes svg { min-width: 600px; }
  .tabs > :not([role=tablist]) { max-height: 60vh; }
  .objects { grid-template-columns: 1fr; } .keys { max-height: 30vh; }
  .entries li { flex-wrap: wrap; gap: 0 .6rem; } .entries li span { flex-basis: 100%; }
  footer { position: fixed; bottom: 0; left: 0; right: 0; } footer small { display: none; }
}
@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto !important; transition: none !important; } }
@media print { body { height: auto; display: block; } main, noscript { display: none; } .whole { display: block; padding: 0 1rem; } }
`;
