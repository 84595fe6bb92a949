/**
 * The full report's style. Colours are those of the page's shell; contrast is at least 4.5 : 1 in both themes (WCAG
 * 2.2, 1.4.3).
 */
export const reportStyle = `
:root{--bad:#b42318;--good:#1a7f37;--warn:#8a5a00;--bar:#2f68b4;--rest:#dcdcde}
@media (prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#6fdd8b;--warn:#f0c674;--bar:#7fb6ed;--rest:#434248}}
body{max-width:72rem}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--back);padding:.5rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:0 0 1.5rem}
h1{font-size:1.5rem;margin:0 0 1rem}h2{border-top:1px solid var(--line);padding-top:1.2rem}
.dim{color:var(--dim)}p.dim{margin:.4rem 0}
tr.worse td:last-child,.uncovered,.severity.critical,.severity.high{color:var(--bad);font-weight:600}
.severity.medium{color:var(--warn)}tr.better td:last-child{color:var(--good)}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0 0 1rem}.facts div{display:flex;gap:.4rem}.facts dt{color:var(--dim)}.facts dd{margin:0;overflow-wrap:anywhere}
.title{margin:.8rem 0 .2rem;font-weight:600}.title.failed{color:var(--bad)}.title.flaky{color:var(--warn)}.title.skipped,.title.passed{color:var(--dim)}
.title.failed::before{content:"✕ ";content:"✕ "/""}.title.flaky::before{content:"↻ ";content:"↻ "/""}.title.skipped::before{content:"– ";content:"– "/""}.title.passed::before{content:"✓ ";content:"✓ "/""}
.groups ul{list-style:none;margin:.2rem 0 .8rem;padding:0}.groups li,.lines{overflow-wrap:anywhere;white-space:pre-line;unicode-bidi:plaintext}.groups li{padding:.35rem 0}.groups li+li{border-top:1px solid var(--line)}.lines{margin:.4rem 0 .8rem}
.has-failed>summary{font-weight:600}.has-failed>summary .dim{font-weight:400}
.others>.group{margin:.8rem 0}
.far,.many,.others>.group{content-visibility:auto;contain-intrinsic-size:auto 10rem}.far,.many{contain-intrinsic-height:auto 64rem;margin:0 -.3rem;padding:0 .3rem}.many>details:first-child{margin-top:0}.items{contain-intrinsic-height:auto 32rem;margin-top:-1em}.items>ul{margin-top:0}
input.filter{position:absolute;opacity:0}
label.filter{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:.15rem .8rem;margin:0 .4rem .6rem 0;cursor:pointer}
input.filter:checked+label{background:var(--link);color:var(--back);border-color:var(--link)}
input.filter:focus-visible+label{outline:2px solid var(--link);outline-offset:2px}
#show-failed:checked~.groups :is(.group,.others):not(.has-failed),#show-failed:checked~.groups .group>:is(p,ul):not(.failed),#show-flaky:checked~.groups :is(.group,.others):not(.has-flaky),#show-flaky:checked~.groups .group>:is(p,ul):not(.flaky),#show-skipped:checked~.groups :is(.group,.others):not(.has-skipped),#show-skipped:checked~.groups .group>:is(p,ul):not(.skipped){display:none}
.search input{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.25rem .5rem}
.tree{list-style:none;padding-left:1.1rem;margin:.3rem 0}.tree .tree{margin-left:0}.tree details{border:0;padding:0;margin:0}
.tree summary{margin:0;padding:.15rem 0}.tree li{padding:.15rem 0}.tree details[open]>summary{border:0}li.changed>a>code,li.changed>code{font-weight:700}
.row{display:grid;grid-template-columns:1rem minmax(0,1fr) 6rem 4.5rem 13rem 5rem;column-gap:.6rem;align-items:baseline}.row>*{min-width:0}
.row::before{content:"";grid-column:1}summary.row{list-style:none}summary.row::-webkit-details-marker{display:none}summary.row::before{content:"▸";font-size:.8em}details[open]>summary.row::before{content:"▾"}
.percent,.change{text-align:right;font-variant-numeric:tabular-nums}.tree .uncovered,.tree li>.dim{padding-left:1.6rem}
.bar{width:100%;height:.5rem;align-self:center}.bar .rest{fill:var(--rest)}.bar .done{fill:var(--bar)}
.picture{overflow-x:auto}.timeline{min-width:44rem;width:100%;font:12px system-ui,sans-serif}.timeline text{fill:var(--text)}
.timeline .axis line{stroke:var(--line)}.timeline .axis text{fill:var(--dim)}
.timeline .run{fill:var(--bar)}.timeline .queue{fill:var(--rest)}.timeline .failed .run{fill:var(--bad)}.timeline .warned .run{fill:var(--warn)}
.timeline .critical .name{font-weight:700}.timeline .critical .run{stroke:var(--text);stroke-width:1.5}
.trends{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1rem}
.trend{margin:0;border:1px solid var(--line);border-radius:.4rem;padding:.75rem 1rem;min-width:0}.trend svg{display:block;width:100%;max-width:30rem;height:auto;font:12px system-ui,sans-serif}
.trend text{fill:var(--dim)}.trend .axis line{stroke:var(--line)}.trend polyline{fill:none;stroke:var(--bar);stroke-width:2}
.trend .to-own{stroke:var(--bar);stroke-width:1.5;stroke-dasharray:3 3}.trend .own{fill:var(--back);stroke:var(--text);stroke-width:2.5}
@media (max-width:40rem){th,td{padding-right:.5rem}.row{grid-template-columns:1rem minmax(0,1fr) 3rem 4rem 4.2rem;gap:.1rem .4rem}.row .name{grid-column:2/-1}.row>:not(.name){grid-row:2}.row .counts{grid-column:2;font-size:.85em}.row .bar{grid-column:3}.row .percent{grid-column:4}.row .change{grid-column:5}}
@media print{.far,.many,.others>.group{content-visibility:visible}nav,.search,label.filter{display:none}details:not([open])>*{display:revert}details::details-content{content-visibility:visible;height:auto}}
`.trim();

/**
 * Filters the tests as somebody types. The page is whole without it: the box is hidden until the script has run. It
 * reads and hides rows, and makes no markup.
 */
export const searchScript = `
(()=>{const box=document.getElementById('test-search');if(!box)return;box.closest('label').hidden=false;
let groups,folds,timer;const low=t=>t.toLowerCase();
const blocksOf=g=>{const blocks=[{rows:[]}];for(const c of g.children){if(c.matches('.title'))blocks.push({title:c,rows:[]});
const b=blocks.at(-1);if(c.matches('ul'))b.rows=[...c.children].map(r=>({r,t:low(r.textContent)}));if(c.matches('.lines')){b.p=c;b.lines=c.textContent.split('\\n')}}return blocks};
const read=()=>{folds=[...document.querySelectorAll('.groups>.others')].map(f=>({f,open:f.open}));
groups=[...document.querySelectorAll('.group')].map(g=>({g,blocks:blocksOf(g),t:low(g.querySelector('code').textContent),open:g.open}))};
const filter=()=>{if(!groups)read();const q=low(box.value.trim());for(const{f,open}of folds)f.open=q!==''||open;
for(const{g,blocks,t,open}of groups){let any=false;const all=q===''||t.includes(q);
for(const{title,rows,p,lines}of blocks){let some=false;for(const{r,t:text}of rows){const hit=all||text.includes(q);r.hidden=!hit;some=some||hit}
if(p){const hits=all?lines:lines.filter(l=>low(l).includes(q));p.textContent=hits.join('\\n');some=some||hits.length>0}
if(title)title.hidden=!some;any=any||some}
g.hidden=!any;g.open=q===''?open:any}};
box.addEventListener('input',()=>{clearTimeout(timer);timer=setTimeout(filter,120)})})();
`.trim();
