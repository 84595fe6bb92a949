import{array as w,record as T,strictObject as $,string as b,toJSONSchema as v,unknown as U,commonOptions as _,optionRows as d,requestOptions as Y,givenInFile as Q,loadOptions as j,whyNotInFile as X,botOptions as oo,originText as yo,jsonLine as z,describeIssue as ko,readConfigurationFile as Lo,readYaml as jo}from"./herald-options.mjs";import{UsageError as u,exitCodes as g,isGitLabJob as bo}from"./herald-core.mjs";import{nearest as y,counted as Oo,maskedValue as Zo,once as Eo,quarantinePath as Io}from"./herald-host.mjs";import{ownFlags as H,summaries as P}from"./herald-help.mjs";import{demoOptions as eo,digestOptions as ro,doctorOptions as to,convertOptions as no,inspectOptions as ao,releaseNotesOptions as so,searchOptions as po,serveOptions as lo,setupOptions as fo,trackReleaseOptions as co,commentCommandOptions as uo,labelOptions as xo,statusOptions as ho}from"./herald-command-options.mjs";import{explainOptions as io,reportOptions as mo,parseCondition as F}from"./herald-report.mjs";import{terminalTable as Co,visibleLine as I}from"./herald-comment.mjs";import{parseSettings as So,botSchema as Mo}from"./herald-rules.mjs";import{parseQuarantine as Fo,quarantineSchema as To}from"./herald-publish.mjs";import{formatsWith as Do}from"./herald-formats.mjs";var Jo=Object.defineProperty;var C=(o,e)=>{for(var r in e)Jo(o,r,{get:e[r],enumerable:!0})};var K={};C(K,{completionCommand:()=>se});var R=["bash","zsh","fish"],W=$({..._.shape,shell:w(b()).default([]).meta({description:"The shell to print a script for: `bash`, `zsh` or `fish`.",positional:!0})});function S(o){return`'${o.replaceAll("'","'\\''")}'`}function Vo({flags:o}){return o.flatMap(({name:e,short:r})=>[...r===null?[]:[`-${r}`],`--${e}`]).join(" ")}function Ho(o){return o.flags.filter(({takesValue:e})=>e).map(({name:e,choices:r,isList:t})=>{let n=r===null?"files=1":`values=${S(r.join(" "))}${t?" list=1":""}`;return`      ${o.name}:--${e}) ${n} ;;`})}function Bo(o){let e=o.words===null?"files=1":`values=${S(o.words.join(" "))}`;return`      ${o.name}) flags=${S(Vo(o))}; ${e} ;;`}function J(o){let e=o.map(({name:r})=>r).join(" ");return`# Completion of herald for bash: source <(herald completion bash)
_herald() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" command="" flags="" values="" files="" list="" word="" i
  local names=${S(e)}
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
${o.flatMap(Ho).join(`
`)}
    esac
  fi
  if [[ -z $values$files ]]; then
    case "$command" in
${o.map(Bo).join(`
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
`}function E(o){return`'${o.replace(/[\\']/g,"\\$&")}'`}function qo(o,e){let{name:r,short:t,description:n,takesValue:a,choices:i,isList:s}=e,m=a?i===null?" -r -F":` -x -a ${E(Go(i,s))}`:"",p=t===null?"":` -s ${t}`;return`complete -c herald -n '__herald_in ${o}' -l ${r}${p} -d ${E(n)}${m}`}function Go(o,e){return e?`(__fish_append , ${o.join(" ")})`:o.join(" ")}function Ko({name:o,description:e,flags:r,words:t}){let n=t===null?[`complete -c herald -n '__herald_in ${o}' -F`]:t.length===0?[]:[`complete -c herald -n '__herald_in ${o}' -a ${E(t.join(" "))}`];return[`complete -c herald -n __herald_no_command -a ${o} -d ${E(e)}`,...n,...r.map(a=>qo(o,a))]}function V(o){return`# Completion of herald for fish: herald completion fish | source
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
${o.flatMap(Ko).join(`
`)}
`}var Yo={"What to read":["reports","files","text","words","tag","after","release","action","shell","payload","payloads","digest","to","reportsFrom","patterns","reruns","baseline","baselineJob"],"What fails":["failOn","warnOn","strict","allowLabels"],"What to try":["preview","dryRun","plan","backtest"],"The comment":["key","section","title","detail","language","comment","order","hide","sections","headline","footer","append","touchedFiles","trail","about","maxCharacters","blame","thread","commitComment"],"Comments on lines":["inline","inlineSeverity","inlineReview","maxInline","gateThread"],"Statuses and labels":["status","name","state","description","targetUrl","labels","labelRules","add","remove"],"What the digest covers":["period","since","until","timeZone","deployments","environments","incidentLabels","hotfixLabels","staleDays","people","reportJob","maxRequests"],"What is shipped":["create","markShipped","shippedLabels","shippedMilestone"],"Where the digest goes":["into","keepEach"],"What the error tracker gets":["from","commits","authorEmails","repository","environment","deployName","deployUrl","deployStarted","deployFinished"],"Which error tracker":["sentryServer","sentryOrg","sentryProjects","sentryTokenVariable"],"What the bot does":["sweep","rotateBefore","projects","deny"],"What comes in":["listen","allowFrom","trustedProxy","metricsFrom"],"What is kept and done":["spool","deliver","queues","sweepEvery","concurrency","maxRequestsPerMinute","maxInFlight","maxEvents","replay"],"What to set up":["install","installName","catalog","bot","parts","rotate","resend","rotateToken","test","instructions","alerts","botProject","receiver","watch","group","subgroups","events","branches","ref","sweepCron","resourceGroup","template","protectToken","sslVerification","allowInsecure"],"Which GitLab, and what of it":["server","project","mergeRequest","pipeline","sha","limit","maxWait","notify","spool"],Output:["output","out","json","audit"],"Configuration and log":["config","logLevel","logFormat","color"]},Qo="Other options";function k(o){let e=new Map(o.map(a=>[a.key,a])),r=Object.entries(Yo).map(([a,i])=>({title:a,rows:i.flatMap(s=>e.get(s)??[])})),t=new Set(r.flatMap(a=>a.rows)),n={title:Qo,rows:o.filter(a=>!t.has(a))};return[...r,n].filter(a=>a.rows.length>0)}var B=76;function A(o){let[e=""]=o.split(/[.:;] /),r=e.replace(/[`*]/g,"").replace(/\.$/,"");return r.length<=B?r:`${r.slice(0,r.lastIndexOf(" ",B))} \u2026`}function Xo(o){return{name:o.name,short:null,description:A(o.description),takesValue:o.type!=="boolean",isList:o.type==="array",choices:o.choices??o.itemChoices}}var oe=H.map(({name:o,short:e,description:r})=>({name:o,short:e,description:A(r),takesValue:!1,isList:!1,choices:null}));function ee({usage:o,positional:e}){if(e===null)return[];let r=/^<([a-z]+(?:\|[a-z]+)+)>/.exec(o)?.[1];return r===void 0?null:r.split("|")}function q(o){let e=o.map(t=>{let n=d(t.options).filter(({positional:m,type:p})=>!m&&p!=="table"),a=k(n).flatMap(m=>m.rows.map(Xo)),{name:i,description:s}=t;return{name:i,description:A(s),flags:[...a,...oe],words:ee(t)}}),r=e.map(({name:t})=>t);return[...e,{name:"help",description:"Explain a command and its options",flags:[],words:r},{name:"version",description:"Show the version",flags:[],words:[]}]}function O(o){return o.replace(/[\\:[\]]/g,"\\$&").replaceAll("'","'\\''")}function re({name:o,takesValue:e,choices:r,isList:t}){if(!e)return"";if(r===null)return`:${O(o)}:_files`;let n=r.join(" ");return t?`:${O(o)}:_values -s , ${O(o)} ${n}`:`:${O(o)}:(${n})`}function te(o){let{name:e,short:r,description:t,isList:n,takesValue:a}=o,i=`[${O(t)}]${re(o)}`,s=`${n?"*":""}--${e}${a?"=":""}${i}`;return r===null?[`'${s}'`]:[`'${s}'`,`'-${r}${i}'`]}function ne({words:o}){return o===null?"'*:file:_files'":o.length===0?"":`'1:word:(${o.join(" ")})' '*::: :_files'`}function ae(o){let e=[...o.flags.flatMap(te),ne(o)].filter(r=>r!=="");return`    ${o.name})
      _arguments -s ${e.join(` \\
        `)}
      ;;`}function G(o){return`#compdef herald
# Completion of herald for zsh: source <(herald completion zsh)
_herald() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${o.map(({name:e,description:r})=>`    '${e}:${O(r)}'`).join(`
`)}
  )
  _arguments -C '(-h --help)'{-h,--help}'[Show the help]' '(-V --version)'{-V,--version}'[Show the version]' \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands 'herald command' commands; return ;;
  esac
  case $line[1] in
${o.map(ae).join(`
`)}
  esac
}
if [ "$funcstack[1]" = "_herald" ]; then
  _herald "$@"
else
  compdef _herald herald
fi
`}var se={name:"completion",description:P.completion,usage:"<bash|zsh|fish>",options:W,positional:"shell",examples:[["source <(herald completion bash)","in ~/.bashrc"],["source <(herald completion zsh)","in ~/.zshrc, behind compinit"],["herald completion fish | source","in ~/.config/fish/config.fish"]],run:pe},ie={bash:J,zsh:G,fish:V};function me(o){let[e="",r]=o;if(r!==void 0)throw new u(`unexpected argument ${JSON.stringify(r.slice(0,80))}`,{hint:"herald completion takes one shell"});let t=R.find(a=>a===e);if(t!==void 0)return t;let n=y(e,R);throw new u(e===""?"herald completion needs the name of a shell":`no completion for ${JSON.stringify(e.slice(0,80))}`,{hint:n===null?`one of ${R.join(", ")}`:`did you mean "${n}"?`})}async function pe(o,e,r){let t=Array.isArray(o.shell)?o.shell.map(String):[],n=me(t);return e.output.write(ie[n](q(await r()))),g.done}var Ro={};C(Ro,{commandsWithFile:()=>vo,configCommand:()=>le});var L=["check","print","schema"],Z=$({..._.shape,action:w(b()).default([]).meta({description:"`check` looks for everything that is wrong in `.herald.yml` and in the variables; `print` shows the effective options of a command, `report` unless another one is named, and where each came from; `schema` prints the JSON Schema of the file.",positional:!0}),json:Y.json});var go={};C(go,{optionsByCommand:()=>l});var l={report:mo,explain:io,inspect:ao,convert:no,setup:fo,comment:uo,status:ho,label:xo,"track-release":co,bot:oo,"release-notes":so,digest:ro,serve:lo,search:po,doctor:to,demo:eo};var le={name:"config",description:P.config,usage:"<check|print|schema> [command]",options:Z,optionsFor:o=>Promise.resolve(ce(o)),positional:"action",examples:[["herald config check","everything that is wrong in .herald.yml, with its line; exit code 3 if there is something"],["herald config print","the effective options of herald report, and where each came from"],["herald config print report --fail-on failures","the same with a flag"],["herald config schema > herald.schema.json","for editors"]],run:de};function wo(o){return Object.hasOwn(l,o)}function fe(o){let e=o[0]??"report";if(wo(e))return e;let r=Object.keys(l),t=y(e,r);throw new u(`unknown command ${JSON.stringify(e.slice(0,80))}`,{hint:t===null?`one of ${r.join(", ")}`:`did you mean "${t}"?`})}function ce(o){let e=o.indexOf("print"),r=o[e+1]??"";if(e===-1)return Z;let{shape:t}=l[wo(r)?r:"report"];return Z.extend(Object.fromEntries(Object.entries(t).filter(([n])=>!(n in Z.shape))))}async function de(o,e){let r=Array.isArray(o.action)?o.action.map(String):[],[t="",...n]=r,a=L.find(m=>m===t);if(a===void 0){let m=y(t,L);throw new u(t===""?"herald config needs to know what to do":`unknown action ${JSON.stringify(t.slice(0,80))}`,{hint:m===null?`one of ${L.join(", ")}`:`did you mean "herald config ${m}"?`})}let[i]=n;if(i!==void 0&&(a!=="print"||n.length>1))throw new u(`unexpected argument ${JSON.stringify((n[1]??i).slice(0,80))}`);if(a==="check")return ue(o,e);if(a==="print")return he(fe(n),o,e);let{configurationSchema:s}=await import("./herald-config.mjs").then(e=>e.all_of_configuration_schema);return e.output.write(`${JSON.stringify(s(),null,2)}
`),g.done}function $o({variables:o,workingDirectory:e}){let r=o.CI_PROJECT_DIR??"";return r===""?e:r}async function ue(o,e){let{checkConfiguration:r}=await import("./herald-config.mjs").then(e=>e.all_of_check_configuration),t=o.config??e.variables.HERALD_CONFIG??"",n=typeof t=="string"&&t!=="",a=e.filesUnder($o(e)),{variables:i}=e,s=await r({path:n?t:".herald.yml",named:n},{files:a,variables:i}),{path:m,exists:p,problems:f}=s;for(let{place:c,message:x}of f){let D=`${c===null?"":`${c.path}:${c.line}:${c.column}: `}${x}`;e.output.write(o.json===!0?z({...c,message:x},e):`${I(e.hideSecrets(D))}
`)}return f.length>0?(e.errorOutput.write(`herald: ${Oo(f.length,{one:"problem",other:"problems"})}
`),g.unreadableInput):(o.json!==!0&&e.output.write(`${I(m)} ${p?"is fine":"does not exist: every option has its default"}
`),g.done)}var vo=new Set(["explain","report","convert","comment","status","label","track-release"]);function xe(o,{variables:e}){return o==="demo"?{}:o==="bot"&&bo(e)?{}:e}async function he(o,e,r){let t=l[o],n=vo.has(o)?r.filesUnder($o(r)):null,{action:a,...i}=e,s={flags:i,variables:xe(o,r),files:n},{options:m,provenance:p}=await j(t,s),f=new Map(Object.entries(m)),x=k(d(t)).flatMap(h=>h.rows).map(({key:h,name:D})=>({name:D,value:Zo(f.get(h),r.maskText),origin:p[h]??{kind:"default"}}));if(e.json===!0)r.output.write(z({version:1,command:o,options:x},r));else for(let h of ge(x,r))r.output.write(`${h}
`);return g.done}function _o(o){return o==null?"":Array.isArray(o)?o.map(_o).join(", "):typeof o=="string"?o:JSON.stringify(o)}function ge(o,{output:e,hideSecrets:r}){let t=o.map(({name:n,value:a,origin:i})=>[n,_o(a),yo(i)].map(s=>I(r(s)).replaceAll("\u2502","|")));return Co({titles:["Option","Value","From"],aligns:["left","left","left"],rows:t},e.columns)}var zo={};C(zo,{checkConfiguration:()=>Re});function ye(o,e){let r=d(o),{values:t,provenance:n}=Q(r,e),a=r.flatMap(m=>{let{name:p,notInFile:f}=m;if(!f||!Object.hasOwn(e.values,p))return[];let{line:c,column:x}=e.placeOf([p],"key");return[`${e.path}:${c}:${x}: ${p}: ${X(m)}`]}),{error:i}=o.safeParse(t,{reportInput:!0,...Eo}),s=i?.issues??[];return[...a,...s.map(m=>ko(m,{schema:o,rows:r,provenance:n,file:e}))]}function Po(o){return[...new Set([...o.problems,...Object.values(l).flatMap(e=>ye(e,o))])]}function M(o){try{return o(),null}catch(e){if(!(e instanceof u))throw e;return e.hint===null?e.message:`${e.message}; ${e.hint}`}}function be(o){return Array.isArray(o)?o.filter(e=>typeof e=="string"):typeof o=="string"?o.split(/[,\n]/).map(e=>e.trim()).filter(e=>e!==""):[]}function Oe({values:o},e){let t=Object.entries({"fail-on":s=>F(s,"fail"),"warn-on":s=>F(s,"warn"),patterns:s=>Do([s])}).flatMap(([s,m])=>(s==="patterns"&&typeof o[s]=="string"?o[s].split(`
`).filter(p=>p.trim()!==""):be(o[s])).flatMap((p,f)=>{let c=M(()=>m(p));return c===null?[]:[e([s,f],c)]})),n=o["label-rules"],i=(typeof n=="object"&&n!==null?Object.keys(n):[]).flatMap(s=>{let m=M(()=>F(s,"fail","label-rules"));return m===null?[]:[e(["label-rules",s],m,"key")]});return[...t,...i]}function Ao(o){return o.split(/[.[\]]+/).filter(e=>e!=="")}function Ce({values:o,problems:e},r,t){if(e.length>0&&Object.keys(o).length===0)return[];let n=t.some(({message:i})=>/^trail\b/.test(i)),a=M(()=>So(n?{bot:o.bot}:o,null));return a===null?[]:a.split(`
`).map(i=>{let s=i.replace(/^\.herald\.yml: /,""),m=Ao(/^((?:bot|trail)[^:\s]*):/.exec(s)?.[1]??"bot"),p=/unknown key "([^"]+)"/.exec(s)?.[1];return p===void 0?r(m,s):r([...m,p],s,"key")})}async function Ze(o){let e=Io,r=await o.readText(e);if(r===null)return[];let{value:t,problems:n,placeOf:a}=await jo(r);if(n.length>0)return n.map(({message:s,line:m,column:p})=>({place:{path:e,line:m,column:p},message:`not valid YAML: ${s}`}));let i=Fo(t);return i.kind==="entries"?[]:i.problems.map(s=>{let m=Ao(/^(\[[^:\s]*):/.exec(s)?.[1]??""),p=/unknown key "([^"]+)"/.exec(s)?.[1],f=p===void 0?a(m):a([...m,p],"key");return{place:{path:e,...f},message:s}})}function we(o,e){let[,r,t,n]=o.startsWith(`${e}:`)?/^:(\d+):(\d+): (.*)$/s.exec(o.slice(e.length))??[]:[];return n===void 0?{place:null,message:o}:{place:{path:e,line:Number(r),column:Number(t)},message:n}}var $e=["HERALD_TOKEN","HERALD_BOT_TOKEN","HERALD_COMPONENT","HERALD_LOCK"];function ve(o){let e=Object.values(l).flatMap(n=>d(n).map(({variable:a})=>a.slice(7))),r=new Set([...e.map(n=>`HERALD_${n}`),...$e]);return Object.keys(o).filter(n=>n.startsWith("HERALD_")&&!r.has(n)).sort().flatMap(n=>{let a=y(n.slice(7),e);return a===null?[]:[{place:null,message:`${n}: no option has this variable; did you mean HERALD_${a}?`}]})}async function _e(o){let e=new Set;for(let r of Object.values(l))try{await j(r,{flags:{},variables:o,files:null})}catch(t){if(!(t instanceof u))throw t;for(let n of t.message.split(`
`))e.add(n)}return[...[...e].map(r=>({place:null,message:r})),...ve(o)]}function No(o,e){return o.place===null||e.place===null?+(o.place===null)-+(e.place===null):o.place.line-e.place.line||o.place.column-e.place.column}async function Re({path:o,named:e},{files:r,variables:t}){let n=await Lo(o,{named:e,known:[]},r),a=(p,f,c)=>({place:{path:o,...n.placeOf(p,c)},message:f}),i=Po(n).map(p=>we(p,o)),s=[...i,...Oe(n,a),...Ce(n,a,i)],m=[...await Ze(r),...await _e(t)];return{path:o,exists:n.exists,problems:[...s.sort(No),...m.sort(No)]}}var Wo={};C(Wo,{configurationSchema:()=>ke,quarantineFileSchema:()=>Pe});var Uo=T(b(),U());function Se(o,e){let{input:r,positional:t,example:n,...a}=o,i=n===void 0?{}:{examples:[n]};if(!e)return{...a,...i};let{type:s,items:m,...p}=a;return{...p,anyOf:[{type:"array",items:m},{type:"string"}],...i}}function Ee(){let o={},e=Object.values(l).flatMap(t=>d(t)),r=new Set(e.filter(t=>t.notInFile).map(({name:t})=>t));for(let t of Object.values(l)){let n=v(t,{io:"input"});for(let a of d(t)){if(r.has(a.name))continue;let i=Uo.parse(n.properties?.[a.key]);Object.hasOwn(o,a.name)&&i.default===null||(o[a.name]=Se(i,a.type==="array"))}}return o}function ke(){let{$defs:o,$schema:e,...r}=v(Mo,{io:"input",reused:"ref",unrepresentable:"any"});return{$schema:"https://json-schema.org/draft/2020-12/schema",title:"Herald configuration (.herald.yml)",type:"object",additionalProperties:!1,properties:{...Ee(),bot:{...r,description:"What the bot does in this project: docs/guides/rules.md."}},$defs:o}}function Pe(){let{$schema:o,...e}=v(To,{io:"input"}),r=[{required:["test"]},{required:["glob"]}],t={...Uo.parse(e.items),oneOf:r};return{$schema:o,title:"Quarantine of tests (.herald/quarantine.yml)",...e,items:t}}export{zo as all_of_check_configuration,K as all_of_completion,Ro as all_of_config,Wo as all_of_configuration_schema,go as all_of_options};
