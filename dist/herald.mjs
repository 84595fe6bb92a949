#!/usr/bin/env node
var t="0.1.0",c=`herald/${t}`;async function n(){let o=process.argv.slice(2);if(o.length===1&&o[0]==="--version"){process.stdout.write(`${t}
`);return}let{createHost:s,reportFailure:i}=await import("./herald-host.mjs").then(e=>e.all_of_node_host),e=s(process);try{let{run:r}=await import("./herald-host.mjs").then(e=>e.all_of_run);process.exitCode=await r(o,e)}catch(r){process.exitCode=i(r,e)}}n();
