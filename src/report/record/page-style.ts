/** How a page of a run looks: light and dark, on a narrow screen, and on paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --faint: #59636e; --paper: #fff; --panel: #f6f8fa; --edge: #d1d9e0;
  --accent: #0969da; --good: #1a7f37; --bad: #cf222e; --warn: #8a5a00; --mark: #ddf4ff;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --faint: #9198a1; --paper: #0d1117; --panel: #151b23; --edge: #3d444d;
    --accent: #4493f8; --good: #3fb950; --bad: #f85149; --warn: #e3b341; --mark: #12233a; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, sans-serif;
  height: 100vh; height: 100dvh; display: flex; flex-direction: column; }
header { display: flex; gap: .2rem 1rem; align-items: baseline; flex-wrap: wrap; padding: .7rem 1.5rem;
  border-bottom: 1px solid var(--edge); }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0; }
header p { margin: 0; color: var(--faint); font-size: .85rem; flex: 1; white-space: nowrap; }
h2 { font: 600 13px var(--mono); margin: 0 0 .4rem; }
pre, code, kbd, time, output, .entries { font: 13px/1.5 var(--mono); }
pre { margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--accent); }
button { font: 14px/1.4 system-ui, sans-serif; color: inherit; background: var(--paper); border: 1px solid var(--edge);
  border-radius: 6px; padding: .25rem .7rem; cursor: pointer; min-height: 2rem; }
button:hover { border-color: var(--accent); }
button[aria-pressed=true] { border-color: var(--accent); color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
button:focus-visible, a:focus-visible, summary:focus-visible { outline-offset: 1px; }
main { flex: 1; min-height: 0; display: grid; grid-template: minmax(0, 1fr) auto / minmax(0, 5fr) minmax(0, 7fr); }
main > p { padding: 1rem 1.5rem; }
.views { display: none; } .branches { display: flex; gap: .3rem; flex-wrap: wrap; }
.story { overflow: auto; padding: .5rem 1.5rem 40vh 1.2rem; border-right: 1px solid var(--edge); }
.story > * { border-left: 3px solid transparent; padding-left: .8rem; max-width: 46rem; }
.story [aria-current] { border-left-color: var(--accent); }
.story p { margin: .35rem 0; }
.step { cursor: pointer; position: relative; padding-right: 2.6rem; }
.told { margin-top: 1.6rem; font-size: 1.06rem; } .told p { margin-top: 0; } .told p + p { margin-top: .8rem; }
.told:first-child { margin-top: .6rem; }
.told code { background: var(--panel); border-radius: 4px; padding: .1em .3em; font-size: .86em; }
.number { position: absolute; right: 0; top: 0; color: var(--faint); font: 12px/1.9 var(--mono); text-decoration: none;
  padding: 0 .4rem; min-width: 2rem; text-align: right; }
.number:hover { color: var(--accent); text-decoration: underline; }
.does { min-height: 1.4rem; margin-top: .3rem; color: var(--faint); font-size: .88rem; }
.does.bare { margin: 0 0 -1.4rem; }
.does time { font-size: 12px; } .fault { color: var(--warn); font-weight: 600; }
.command code { display: inline-block; background: var(--panel); border: 1px solid var(--edge); border-radius: 6px;
  padding: .2rem .6rem; overflow-wrap: anywhere; white-space: pre-wrap; max-width: calc(100% - 3rem); }
.event, .notice { color: var(--faint); font-size: .88rem; } .notice { color: var(--warn); }
.met, .missed, details { font-size: .88rem; } .met { color: var(--good); } .missed, .bad { color: var(--bad); }
p.met { overflow-wrap: anywhere; padding-right: 3rem; }
.end { margin-top: 1.6rem; font-size: 1.06rem; font-weight: 600; }
summary { cursor: pointer; width: fit-content; } .lost summary { color: var(--bad); }
details ul { margin: .2rem 0 .4rem; padding-left: 1.2rem; font: 13px/1.5 var(--mono); color: var(--ink);
  overflow-wrap: anywhere; white-space: pre-wrap; }
.aside { border: 1px dashed var(--edge); border-left-width: 3px; border-radius: 6px; padding: .5rem .8rem; }
.story .aside { font-size: 12px; max-height: 22rem; overflow: auto; margin-right: 2.6rem; }
:lang(ko) { word-break: keep-all; }
.question { background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; margin: .8rem 0; }
.story .question { padding: .5rem 1rem; margin-right: 2.6rem; } .question ol { margin: .3rem 0; padding-left: 1.4rem; }
.story .ahead, .story .ahead :is(code, summary) { color: var(--faint); }
.world { display: flex; flex-direction: column; min-height: 0; min-width: 0; }
.terminal { flex: 0 0 42%; margin: 0; padding: .8rem 1rem; overflow: auto; background: #0d1117; color: #d5dbe2;
  font-size: 12px; }
.terminal b { color: #3fb950; } .terminal kbd { color: #f0f6fc; font-weight: 700; } .terminal .bad { color: #ff7b72; }
.terminal .cursor { color: #3fb950; font-weight: 700; }
.terminal .cursor::after { content: ''; display: inline-block; width: .6em; height: 1.1em; background: #d5dbe2;
  vertical-align: text-bottom; }
.tabs { flex: 1; min-height: 0; display: flex; flex-direction: column; }
[role=tablist] { display: flex; gap: .3rem; padding: 0 1rem; border-bottom: 1px solid var(--edge); background: var(--panel); }
[role=tab] { border: 0; border-bottom: 2px solid transparent; border-radius: 0; background: none; min-height: 2.4rem;
  color: var(--faint); }
[role=tab][aria-selected=true] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
[role=tabpanel] { flex: 1; min-height: 0; overflow: auto; margin: 0; padding: .7rem 1rem; }
.lanes svg { width: 100%; min-width: 560px; height: auto; display: block; cursor: crosshair; background: none; }
.lanes .here { stroke: var(--accent); stroke-width: 1.5; }
.entries { list-style: none; margin: 0; padding: 0; }
.entries li { display: grid; grid-template-columns: 3.2rem 5.6rem minmax(5rem, 9rem) 1fr auto; gap: 0 .6rem;
  padding: 0 .3rem; border-left: 3px solid transparent; }
.entries li a { text-align: right; } .entries b { font-weight: 600; overflow: hidden; text-overflow: ellipsis; }
.entries span { overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4;
  overflow: hidden; }
.entries [aria-current] { border-left-color: var(--accent); background: var(--mark); }
.entries time, .entries .cause { color: var(--faint); } .entries .ahead { color: var(--faint); }
.objects { display: grid; grid-template-columns: minmax(11rem, 2fr) 5fr; gap: .8rem; overflow: hidden; }
.keys { list-style: none; margin: 0; padding: 2px; overflow: auto; max-height: 100%; }
.keys button { display: block; width: 100%; text-align: left; margin-bottom: 2px; overflow-wrap: anywhere; font-size: 13px; }
.object { overflow: auto; min-height: 0; padding: 2px; } .object p { margin: .4rem 0; color: var(--faint); }
.diff { background: var(--panel); padding: .5rem .7rem; border-radius: 6px; }
.diff .went { color: var(--bad); } .diff .came { color: var(--good); } .diff .place { color: var(--faint); }
footer { grid-column: 1 / -1; display: flex; gap: .4rem 1rem; align-items: center; padding: .5rem 1.5rem;
  border-top: 1px solid var(--edge); background: var(--panel); }
.buttons { display: flex; gap: .3rem; } .buttons button { min-width: 2.5rem; font-variant-numeric: tabular-nums; }
.scrubber { flex: 1; min-width: 8rem; position: relative; padding-top: .5rem; }
.scrubber input { width: 100%; margin: 0; display: block; accent-color: var(--accent); height: 1.4rem; }
.ticks { position: absolute; inset: 0 8px auto; height: .6rem; }
.ticks i { position: absolute; bottom: 0; width: 1px; height: .4rem; background: var(--faint); }
.ticks .at-warning { width: 2px; height: .6rem; background: var(--warn); }
footer output { white-space: nowrap; } footer small { color: var(--faint); }
.whole { display: none; }
@media (max-width: 1100px) { footer small { display: none; } }
@media (max-width: 800px) {
  header { padding: .6rem 1rem; } h1 { font-size: 1.05rem; } header > button { margin-left: auto; }
  main { grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); }
  .views { display: flex; gap: .3rem; padding: .4rem 1rem; border-bottom: 1px solid var(--edge); background: var(--panel); }
  .views button { flex: 1; }
  .story { border-right: 0; padding: .3rem 1rem 30vh .4rem; }
  .story, .world { grid-area: 2 / 1; }
  [data-view=story] .world, [data-view=terminal] :is(.story, .tabs), [data-view=cluster] :is(.story, .terminal)
    { display: none; }
  .terminal { flex: 1; padding: .6rem 1rem; } pre, .entries, details ul { font-size: 12px; }
  .objects { grid-template: minmax(0, 2fr) minmax(0, 3fr) / 1fr; }
  .entries li { grid-template-columns: 3rem 5.4rem 1fr; } .entries span { grid-column: 1 / -1; }
  .entries .cause { grid-area: 1 / 3; justify-self: end; } .entries b { margin-right: 4rem; }
  footer { flex-wrap: wrap; padding: .4rem 1rem .6rem; }
  .buttons { flex: 1 0 100%; order: 2; } .buttons button { flex: 1; } .scrubber { flex-basis: 100%; }
  footer output { order: 1; flex: 1 0 100%; text-align: center; font-size: 12px; }
}
@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto !important; transition: none !important; } }
@media print {
  body { height: auto; display: block; font-size: 11pt; } main, noscript, header :is(button, nav) { display: none; }
  .whole { display: block; padding: 0 1.5rem; } .whole svg { width: 100%; height: auto; }
  .whole pre { font-size: 9pt; }
}
`;
