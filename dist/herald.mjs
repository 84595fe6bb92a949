#!/usr/bin/env node
var c="20.12";function p(r){let[o=0,n=0]=r.split(".").map(Number),[e=0,s=0]=c.split(".").map(Number);return o>e||o===e&&n>=s?null:`this is Node.js ${r}, but Herald needs Node.js ${c} or later`}var i="0.1.0",d=`herald/${i}`;async function a(){let r=p(process.versions.node);if(r!==null){process.stderr.write(`herald: ${r}
`),process.exitCode=2;return}let o=process.argv.slice(2);if(o.length===1&&o[0]==="--version"){process.stdout.write(`${i}
`);return}let{createHost:n,reportFailure:e}=await import("./herald-host.mjs").then(e=>e.all_of_node_host),s=n(process);try{let{run:t}=await import("./herald-host.mjs").then(e=>e.all_of_run);process.exitCode=await t(o,s)}catch(t){process.exitCode=e(t,s)}}a();
