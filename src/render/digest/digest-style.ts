/**
 * What the digest's page has beyond the shell. Contrast is at least 4.5 : 1 in both themes (WCAG 2.2, 1.4.3); colours
 * are never alone, as each has an arrow and a word beside it.
 */
export const digestStyle = `
:root{--bad:#b42318;--good:#1a7f37;--bar:#2f68b4;--calm:#a6dbb4;--parts-1:#1d4e89;--parts-2:#9ec3ee;--parts-3:#8a3b12;--parts-4:#f2b279;--parts-5:#3d6b35;--parts-6:#a9cf9b}
@media (prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#6fdd8b;--bar:#7fb6ed;--calm:#1f5b33;--parts-1:#8fbcf3;--parts-2:#2b5587;--parts-3:#f2a06a;--parts-4:#7d3a17;--parts-5:#9fd08e;--parts-6:#35602d}}
body{max-width:72rem}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--back);padding:.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:0 0 1.5rem}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{border-top:1px solid var(--line);padding-top:1.2rem}
.dim{color:var(--dim)}p.dim{margin:.4rem 0}.better{color:var(--good)}.worse{color:var(--bad);font-weight:600}
tbody th{color:inherit;font-weight:400}.note{display:block;color:var(--dim);font-size:.875em}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr));gap:.75rem;margin:0 0 1.5rem}
.tile{border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;min-width:0}.tile dt{color:var(--dim);font-size:.9em}.tile dd{margin:0}.tile .value{font-size:1.5rem;line-height:1.3;font-variant-numeric:tabular-nums}
.trends{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1rem;margin:1rem 0}
.trend,.worst{margin:0;border:1px solid var(--line);border-radius:.4rem;padding:.75rem 1rem;min-width:0}
.worst h3{margin:0 0 .4rem;font-size:1rem}.worst ol{margin:0;padding-left:1.4rem;overflow-wrap:anywhere}
.trend svg{display:block;width:100%;height:auto;font:12px system-ui,sans-serif}
.trend text{fill:var(--dim)}.trend .axis line{stroke:var(--line)}.trend polyline{fill:none;stroke:var(--bar);stroke-width:2}.trend .bar,.trend .point{fill:var(--bar)}
.trend rect{stroke:var(--back);stroke-width:.8}.trend .red{fill:var(--bad)}.trend .green{fill:var(--calm)}.trend .unknown{fill:var(--soft);stroke:var(--dim)}
.part-1{fill:var(--parts-1)}.part-2{fill:var(--parts-2)}.part-3{fill:var(--parts-3)}.part-4{fill:var(--parts-4)}.part-5{fill:var(--parts-5)}.part-6{fill:var(--parts-6)}
.legend{display:flex;flex-wrap:wrap;gap:.1rem .9rem;list-style:none;margin:.4rem 0;padding:0;font-size:.875em}.trend .legend svg{display:inline-block;width:.75em;height:.75em}
@media (max-width:40rem){th,td{padding-right:.5rem}}
@media print{nav{display:none}details:not([open])>*{display:revert}}
`.trim();
