import{array as w,record as U,strictObject as $,string as y,toJSONSchema as A,unknown as T,commonOptions as v,optionRows as u,requestOptions as Y,givenInFile as X,loadOptions as L,botOptions as Q,originText as xo,jsonLine as z,describeIssue as Ro,readConfigurationFile as So}from"./herald-options.mjs";import{UsageError as d,exitCodes as h,isGitLabJob as ho}from"./herald-core.mjs";import{nearest as g,counted as go,maskedValue as bo,once as _o}from"./herald-host.mjs";import{ownFlags as H,summaries as P}from"./herald-help.mjs";import{demoOptions as oo,digestOptions as eo,doctorOptions as ro,convertOptions as to,inspectOptions as no,searchOptions as io,serveOptions as po,setupOptions as mo,commentCommandOptions as lo,labelOptions as fo,statusOptions as co}from"./herald-command-options.mjs";import{explainOptions as so,reportOptions as ao,parseCondition as I}from"./herald-report.mjs";import{terminalTable as yo,visibleLine as k}from"./herald-comment.mjs";import{parseSettings as vo,botSchema as Lo}from"./herald-rules.mjs";import{formatsWith as Po}from"./herald-formats.mjs";var Io=Object.defineProperty;var C=(o,e)=>{for(var r in e)Io(o,r,{get:e[r],enumerable:!0})};var q={};C(q,{completionCommand:()=>qo});var _=["bash","zsh","fish"],W=$({...v.shape,shell:w(y()).default([]).meta({description:"The shell to print a script for: `bash`, `zsh` or `fish`.",positional:!0})});function R(o){return`'${o.replaceAll("'","'\\''")}'`}function Do({flags:o}){return o.flatMap(({name:e,short:r})=>[...r===null?[]:[`-${r}`],`--${e}`]).join(" ")}function Fo(o){return o.flags.filter(({takesValue:e})=>e).map(({name:e,choices:r,isList:n})=>{let t=r===null?"files=1":`values=${R(r.join(" "))}${n?" list=1":""}`;return`      ${o.name}:--${e}) ${t} ;;`})}function Ao(o){let e=o.words===null?"files=1":`values=${R(o.words.join(" "))}`;return`      ${o.name}) flags=${R(Do(o))}; ${e} ;;`}function J(o){let e=o.map(({name:r})=>r).join(" ");return`# Completion of herald for bash: source <(herald completion bash)
_herald() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" command="" flags="" values="" files="" list="" word="" i
  local names=${R(e)}
  # A "=" is a word of its own to bash.
  [[ $cur == = ]] && cur=""
  ((COMP_CWORD > 0)) && prev="\${COMP_WORDS[COMP_CWORD-1]}"
  [[ $prev == = ]] && ((COMP_CWORD > 1)) && prev="\${COMP_WORDS[COMP_CWORD-2]}"
  [[ \${COMP_WORDS[COMP_CWORD]} == = ]] && prev="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ " $names " == *" $word "* ]]; then command="$word"; break; fi
  done
  COMPREPLY=()
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "$names -h --help -V --version" -- "$cur"))
    return
  fi
  if [[ $prev == --* ]]; then
    case "$command:$prev" in
${o.flatMap(Fo).join(`
`)}
    esac
  fi
  if [[ -z $values$files ]]; then
    case "$command" in
${o.map(Ao).join(`
`)}
    esac
    if [[ $cur == -* ]]; then
      COMPREPLY=($(compgen -W "$flags" -- "$cur"))
      return
    fi
  fi
  if [[ -n $files ]]; then
    COMPREPLY=($(compgen -f -- "$cur"))
    return
  fi
  local before=""
  # Items of a list are separated by commas: the last one is completed.
  if [[ -n $list && $cur == *,* ]]; then before="\${cur%,*},"; cur="\${cur##*,}"; fi
  COMPREPLY=($(compgen -P "$before" -W "$values" -- "$cur"))
}
complete -o filenames -o bashdefault -F _herald herald
`}function E(o){return`'${o.replace(/[\\']/g,"\\$&")}'`}function No(o,e){let{name:r,short:n,description:t,takesValue:s,choices:p,isList:a}=e,i=s?p===null?" -r -F":` -x -a ${E(zo(p,a))}`:"",m=n===null?"":` -s ${n}`;return`complete -c herald -n '__herald_in ${o}' -l ${r}${m} -d ${E(t)}${i}`}function zo(o,e){return e?`(__fish_append , ${o.join(" ")})`:o.join(" ")}function Mo({name:o,description:e,flags:r,words:n}){let t=n===null?[`complete -c herald -n '__herald_in ${o}' -F`]:n.length===0?[]:[`complete -c herald -n '__herald_in ${o}' -a ${E(n.join(" "))}`];return[`complete -c herald -n __herald_no_command -a ${o} -d ${E(e)}`,...t,...r.map(s=>No(o,s))]}function V(o){return`# Completion of herald for fish: herald completion fish | source
function __herald_command
    for word in (commandline -opc)[2..-1]
        if contains -- $word ${o.map(({name:r})=>r).join(" ")}
            echo $word
            return 0
        end
    end
    return 1
end
function __herald_no_command
    not __herald_command >/dev/null
end
function __herald_in
    test (__herald_command) = $argv[1] 2>/dev/null
end
complete -c herald -f
complete -c herald -n __herald_no_command -s h -l help -d 'Show the help'
complete -c herald -n __herald_no_command -s V -l version -d 'Show the version'
${o.flatMap(Mo).join(`
`)}
`}var Uo={"What to read":["reports","files","text","words","action","shell","payload","payloads","digest","to","reportsFrom","patterns","reruns","baseline","baselineJob"],"What fails":["failOn","warnOn","strict","allowLabels"],"What to try":["preview","dryRun","plan","backtest"],"The comment":["key","section","title","detail","language","comment","order","hide","sections","headline","footer","append","about","maxCharacters","thread","commitComment"],"Comments on lines":["inline","inlineSeverity","inlineReview","maxInline","gateThread"],"Statuses and labels":["status","name","state","description","targetUrl","labels","labelRules","add","remove"],"What the digest covers":["period","since","until","timeZone","deployments","environments","incidentLabels","hotfixLabels","staleDays","reportJob","maxRequests"],"Where the digest goes":["into","keepEach"],"What the bot does":["sweep","rotateBefore","projects","deny"],"What comes in":["listen","allowFrom","trustedProxy","metricsFrom"],"What is kept and done":["spool","deliver","queues","sweepEvery","concurrency","maxRequestsPerMinute","maxInFlight","maxEvents","replay"],"What to set up":["install","installName","catalog","bot","parts","rotate","resend","rotateToken","test","instructions","botProject","receiver","watch","group","subgroups","events","branches","ref","sweepCron","resourceGroup","template","protectToken","sslVerification","allowInsecure"],"Which GitLab, and what of it":["server","project","mergeRequest","pipeline","sha","limit","maxWait","notify","spool"],Output:["output","out","json","audit"],"Configuration and log":["config","logLevel","logFormat","color"]},To="Other options";function S(o){let e=new Map(o.map(s=>[s.key,s])),r=Object.entries(Uo).map(([s,p])=>({title:s,rows:p.flatMap(a=>e.get(a)??[])})),n=new Set(r.flatMap(s=>s.rows)),t={title:To,rows:o.filter(s=>!n.has(s))};return[...r,t].filter(s=>s.rows.length>0)}var B=76;function N(o){let[e=""]=o.split(/[.:;] /),r=e.replace(/[`*]/g,"").replace(/\.$/,"");return r.length<=B?r:`${r.slice(0,r.lastIndexOf(" ",B))} \u2026`}function Wo(o){return{name:o.name,short:null,description:N(o.description),takesValue:o.type!=="boolean",isList:o.type==="array",choices:o.choices??o.itemChoices}}var Jo=H.map(({name:o,short:e,description:r})=>({name:o,short:e,description:N(r),takesValue:!1,isList:!1,choices:null}));function Vo({usage:o,positional:e}){if(e===null)return[];let r=/^<([a-z]+(?:\|[a-z]+)+)>/.exec(o)?.[1];return r===void 0?null:r.split("|")}function G(o){let e=o.map(n=>{let t=u(n.options).filter(({positional:i,type:m})=>!i&&m!=="table"),s=S(t).flatMap(i=>i.rows.map(Wo)),{name:p,description:a}=n;return{name:p,description:N(a),flags:[...s,...Jo],words:Vo(n)}}),r=e.map(({name:n})=>n);return[...e,{name:"help",description:"Explain a command and its options",flags:[],words:r},{name:"version",description:"Show the version",flags:[],words:[]}]}function b(o){return o.replace(/[\\:[\]]/g,"\\$&").replaceAll("'","'\\''")}function Ho({name:o,takesValue:e,choices:r,isList:n}){if(!e)return"";if(r===null)return`:${b(o)}:_files`;let t=r.join(" ");return n?`:${b(o)}:_values -s , ${b(o)} ${t}`:`:${b(o)}:(${t})`}function Bo(o){let{name:e,short:r,description:n,isList:t,takesValue:s}=o,p=`[${b(n)}]${Ho(o)}`,a=`${t?"*":""}--${e}${s?"=":""}${p}`;return r===null?[`'${a}'`]:[`'${a}'`,`'-${r}${p}'`]}function Go({words:o}){return o===null?"'*:file:_files'":o.length===0?"":`'1:word:(${o.join(" ")})' '*::: :_files'`}function Ko(o){let e=[...o.flags.flatMap(Bo),Go(o)].filter(r=>r!=="");return`    ${o.name})
      _arguments -s ${e.join(` \\
        `)}
      ;;`}function K(o){return`#compdef herald
# Completion of herald for zsh: source <(herald completion zsh)
_herald() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${o.map(({name:e,description:r})=>`    '${e}:${b(r)}'`).join(`
`)}
  )
  _arguments -C '(-h --help)'{-h,--help}'[Show the help]' '(-V --version)'{-V,--version}'[Show the version]' \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands 'herald command' commands; return ;;
  esac
  case $line[1] in
${o.map(Ko).join(`
`)}
  esac
}
if [ "$funcstack[1]" = "_herald" ]; then
  _herald "$@"
else
  compdef _herald herald
fi
`}var qo={name:"completion",description:P.completion,usage:"<bash|zsh|fish>",options:W,positional:"shell",examples:[["source <(herald completion bash)","in ~/.bashrc"],["source <(herald completion zsh)","in ~/.zshrc, behind compinit"],["herald completion fish | source","in ~/.config/fish/config.fish"]],run:Qo},Yo={bash:J,zsh:K,fish:V};function Xo(o){let[e="",r]=o;if(r!==void 0)throw new d(`unexpected argument ${JSON.stringify(r.slice(0,80))}`,{hint:"herald completion takes one shell"});let n=_.find(s=>s===e);if(n!==void 0)return n;let t=g(e,_);throw new d(e===""?"herald completion needs the name of a shell":`no completion for ${JSON.stringify(e.slice(0,80))}`,{hint:t===null?`one of ${_.join(", ")}`:`did you mean "${t}"?`})}async function Qo(o,e,r){let n=Array.isArray(o.shell)?o.shell.map(String):[],t=Xo(n);return e.output.write(Yo[t](G(await r()))),h.done}var $o={};C($o,{commandsWithFile:()=>Zo,configCommand:()=>oe});var j=["check","print","schema"],Z=$({...v.shape,action:w(y()).default([]).meta({description:"`check` looks for everything that is wrong in `.herald.yml` and in the variables; `print` shows the effective options of a command, `report` unless another one is named, and where each came from; `schema` prints the JSON Schema of the file.",positional:!0}),json:Y.json});var uo={};C(uo,{optionsByCommand:()=>l});var l={report:ao,explain:so,inspect:no,convert:to,setup:mo,comment:lo,status:co,label:fo,bot:Q,digest:eo,serve:po,search:io,doctor:ro,demo:oo};var oe={name:"config",description:P.config,usage:"<check|print|schema> [command]",options:Z,optionsFor:o=>Promise.resolve(re(o)),positional:"action",examples:[["herald config check","everything that is wrong in .herald.yml, with its line; exit code 3 if there is something"],["herald config print","the effective options of herald report, and where each came from"],["herald config print report --fail-on failures","the same with a flag"],["herald config schema > herald.schema.json","for editors"]],run:te};function Oo(o){return Object.hasOwn(l,o)}function ee(o){let e=o[0]??"report";if(Oo(e))return e;let r=Object.keys(l),n=g(e,r);throw new d(`unknown command ${JSON.stringify(e.slice(0,80))}`,{hint:n===null?`one of ${r.join(", ")}`:`did you mean "${n}"?`})}function re(o){let e=o.indexOf("print"),r=o[e+1]??"";if(e===-1)return Z;let{shape:n}=l[Oo(r)?r:"report"];return Z.extend(Object.fromEntries(Object.entries(n).filter(([t])=>!(t in Z.shape))))}async function te(o,e){let r=Array.isArray(o.action)?o.action.map(String):[],[n="",...t]=r,s=j.find(i=>i===n);if(s===void 0){let i=g(n,j);throw new d(n===""?"herald config needs to know what to do":`unknown action ${JSON.stringify(n.slice(0,80))}`,{hint:i===null?`one of ${j.join(", ")}`:`did you mean "herald config ${i}"?`})}let[p]=t;if(p!==void 0&&(s!=="print"||t.length>1))throw new d(`unexpected argument ${JSON.stringify((t[1]??p).slice(0,80))}`);if(s==="check")return ne(o,e);if(s==="print")return ae(ee(t),o,e);let{configurationSchema:a}=await import("./herald-config.mjs").then(e=>e.all_of_configuration_schema);return e.output.write(`${JSON.stringify(a(),null,2)}
`),h.done}function Co({variables:o,workingDirectory:e}){let r=o.CI_PROJECT_DIR??"";return r===""?e:r}async function ne(o,e){let{checkConfiguration:r}=await import("./herald-config.mjs").then(e=>e.all_of_check_configuration),n=o.config??e.variables.HERALD_CONFIG??"",t=typeof n=="string"&&n!=="",s=e.filesUnder(Co(e)),{variables:p}=e,a=await r({path:t?n:".herald.yml",named:t},{files:s,variables:p}),{path:i,exists:m,problems:f}=a;for(let{place:c,message:O}of f){let D=`${c===null?"":`${c.path}:${c.line}:${c.column}: `}${O}`;e.output.write(o.json===!0?z({...c,message:O},e):`${k(e.hideSecrets(D))}
`)}return f.length>0?(e.errorOutput.write(`herald: ${go(f.length,{one:"problem",other:"problems"})}
`),h.unreadableInput):(o.json!==!0&&e.output.write(`${k(i)} ${m?"is fine":"does not exist: every option has its default"}
`),h.done)}var Zo=new Set(["explain","report","convert","comment","status","label","setup"]);function se(o,{variables:e}){return o==="demo"?{}:o==="bot"&&ho(e)?{}:e}async function ae(o,e,r){let n=l[o],t=Zo.has(o)?r.filesUnder(Co(r)):null,{action:s,...p}=e,a={flags:p,variables:se(o,r),files:t},{options:i,provenance:m}=await L(n,a),f=new Map(Object.entries(i)),O=S(u(n)).flatMap(x=>x.rows).map(({key:x,name:D})=>({name:D,value:bo(f.get(x),r.maskText),origin:m[x]??{kind:"default"}}));if(e.json===!0)r.output.write(z({version:1,command:o,options:O},r));else for(let x of ie(O,r))r.output.write(`${x}
`);return h.done}function wo(o){return o==null?"":Array.isArray(o)?o.map(wo).join(", "):typeof o=="string"?o:JSON.stringify(o)}function ie(o,{output:e,hideSecrets:r}){let n=o.map(({name:t,value:s,origin:p})=>[t,wo(s),xo(p)].map(a=>k(r(a)).replaceAll("\u2502","|")));return yo({titles:["Option","Value","From"],aligns:["left","left","left"],rows:n},e.columns)}var jo={};C(jo,{checkConfiguration:()=>ye});function pe(o,e){let r=u(o),{values:n,provenance:t}=X(r,e),s=r.flatMap(({name:i,typed:m})=>{if(!m||!Object.hasOwn(e.values,i))return[];let{line:f,column:c}=e.placeOf([i],"key");return[`${e.path}:${f}:${c}: ${i}: decides where the token goes, so a file cannot set it`]}),{error:p}=o.safeParse(n,{reportInput:!0,..._o}),a=p?.issues??[];return[...s,...a.map(i=>Ro(i,{schema:o,rows:r,provenance:t,file:e}))]}function Eo(o){return[...new Set([...o.problems,...Object.values(l).flatMap(e=>pe(e,o))])]}function M(o){try{return o(),null}catch(e){if(!(e instanceof d))throw e;return e.hint===null?e.message:`${e.message}; ${e.hint}`}}function me(o){return Array.isArray(o)?o.filter(e=>typeof e=="string"):typeof o=="string"?o.split(/[,\n]/).map(e=>e.trim()).filter(e=>e!==""):[]}function le({values:o},e){let n=Object.entries({"fail-on":a=>I(a,"fail"),"warn-on":a=>I(a,"warn"),patterns:a=>Po([a])}).flatMap(([a,i])=>(a==="patterns"&&typeof o[a]=="string"?o[a].split(`
`).filter(m=>m.trim()!==""):me(o[a])).flatMap((m,f)=>{let c=M(()=>i(m));return c===null?[]:[e([a,f],c)]})),t=o["label-rules"],p=(typeof t=="object"&&t!==null?Object.keys(t):[]).flatMap(a=>{let i=M(()=>I(a,"fail","label-rules"));return i===null?[]:[e(["label-rules",a],i,"key")]});return[...n,...p]}function fe(o){return o.split(/[.[\]]+/).filter(e=>e!=="")}function ce({values:o,problems:e},r){if(e.length>0&&Object.keys(o).length===0)return[];let n=M(()=>vo(o,null));return n===null?[]:n.split(`
`).map(t=>{let s=t.replace(/^\.herald\.yml: /,""),p=fe(/^(bot[^:\s]*):/.exec(s)?.[1]??"bot"),a=/unknown key "([^"]+)"/.exec(s)?.[1];return a===void 0?r(p,s):r([...p,a],s,"key")})}function de(o,e){let[,r,n,t]=o.startsWith(`${e}:`)?/^:(\d+):(\d+): (.*)$/s.exec(o.slice(e.length))??[]:[];return t===void 0?{place:null,message:o}:{place:{path:e,line:Number(r),column:Number(n)},message:t}}var ue=["HERALD_TOKEN","HERALD_BOT_TOKEN","HERALD_COMPONENT","HERALD_LOCK"];function xe(o){let e=Object.values(l).flatMap(t=>u(t).map(({variable:s})=>s.slice(7))),r=new Set([...e.map(t=>`HERALD_${t}`),...ue]);return Object.keys(o).filter(t=>t.startsWith("HERALD_")&&!r.has(t)).sort().flatMap(t=>{let s=g(t.slice(7),e);return s===null?[]:[{place:null,message:`${t}: no option has this variable; did you mean HERALD_${s}?`}]})}async function he(o){let e=new Set;for(let r of Object.values(l))try{await L(r,{flags:{},variables:o,files:null})}catch(n){if(!(n instanceof d))throw n;for(let t of n.message.split(`
`))e.add(t)}return[...[...e].map(r=>({place:null,message:r})),...xe(o)]}function ge(o,e){return o.place===null||e.place===null?+(o.place===null)-+(e.place===null):o.place.line-e.place.line||o.place.column-e.place.column}async function ye({path:o,named:e},{files:r,variables:n}){let t=await So(o,{named:e,known:[]},r),s=(i,m,f)=>({place:{path:o,...t.placeOf(i,f)},message:m}),a=[...[...Eo(t).map(i=>de(i,o)),...le(t,s),...ce(t,s)],...await he(n)];return{path:o,exists:t.exists,problems:a.sort(ge)}}var ko={};C(ko,{configurationSchema:()=>Ze});var be=U(y(),T());function Oe(o,e){let{input:r,positional:n,example:t,...s}=o,p=t===void 0?{}:{examples:[t]};if(!e)return{...s,...p};let{type:a,items:i,...m}=s;return{...m,anyOf:[{type:"array",items:i},{type:"string"}],...p}}function Ce(){let o={};for(let e of Object.values(l)){let r=A(e,{io:"input"});for(let n of u(e)){if(n.typed)continue;let t=be.parse(r.properties?.[n.key]);Object.hasOwn(o,n.name)&&t.default===null||(o[n.name]=Oe(t,n.type==="array"))}}return o}function Ze(){let{$defs:o,$schema:e,...r}=A(Lo,{io:"input",reused:"ref",unrepresentable:"any"});return{$schema:"https://json-schema.org/draft/2020-12/schema",title:"Herald configuration (.herald.yml)",type:"object",additionalProperties:!1,properties:{...Ce(),bot:{...r,description:"What the bot does in this project: docs/guides/rules.md."}},$defs:o}}export{jo as all_of_check_configuration,q as all_of_completion,$o as all_of_config,ko as all_of_configuration_schema,uo as all_of_options};
