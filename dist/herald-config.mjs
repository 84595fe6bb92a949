import{array as w,record as M,strictObject as $,string as y,toJSONSchema as v,unknown as T,commonOptions as _,optionRows as u,requestOptions as Y,givenInFile as Q,loadOptions as L,botOptions as X,originText as go,jsonLine as z,describeIssue as Eo,readConfigurationFile as Po,readYaml as jo}from"./herald-options.mjs";import{UsageError as d,exitCodes as h,isGitLabJob as yo}from"./herald-core.mjs";import{nearest as g,counted as bo,maskedValue as Co,once as So,quarantinePath as Lo}from"./herald-host.mjs";import{ownFlags as H,summaries as P}from"./herald-help.mjs";import{demoOptions as oo,digestOptions as eo,doctorOptions as ro,convertOptions as to,inspectOptions as no,releaseNotesOptions as ao,searchOptions as po,serveOptions as mo,setupOptions as lo,trackReleaseOptions as fo,commentCommandOptions as co,labelOptions as uo,statusOptions as xo}from"./herald-command-options.mjs";import{explainOptions as so,reportOptions as io,parseCondition as F}from"./herald-report.mjs";import{terminalTable as Oo,visibleLine as I}from"./herald-comment.mjs";import{parseSettings as Ro,botSchema as zo}from"./herald-rules.mjs";import{parseQuarantine as Io,quarantineSchema as Uo}from"./herald-publish.mjs";import{formatsWith as Fo}from"./herald-formats.mjs";var Wo=Object.defineProperty;var C=(o,e)=>{for(var r in e)Wo(o,r,{get:e[r],enumerable:!0})};var K={};C(K,{completionCommand:()=>ae});var R=["bash","zsh","fish"],W=$({..._.shape,shell:w(y()).default([]).meta({description:"The shell to print a script for: `bash`, `zsh` or `fish`.",positional:!0})});function S(o){return`'${o.replaceAll("'","'\\''")}'`}function Jo({flags:o}){return o.flatMap(({name:e,short:r})=>[...r===null?[]:[`-${r}`],`--${e}`]).join(" ")}function Vo(o){return o.flags.filter(({takesValue:e})=>e).map(({name:e,choices:r,isList:t})=>{let n=r===null?"files=1":`values=${S(r.join(" "))}${t?" list=1":""}`;return`      ${o.name}:--${e}) ${n} ;;`})}function Ho(o){let e=o.words===null?"files=1":`values=${S(o.words.join(" "))}`;return`      ${o.name}) flags=${S(Jo(o))}; ${e} ;;`}function J(o){let e=o.map(({name:r})=>r).join(" ");return`# Completion of herald for bash: source <(herald completion bash)
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
${o.flatMap(Vo).join(`
`)}
    esac
  fi
  if [[ -z $values$files ]]; then
    case "$command" in
${o.map(Ho).join(`
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
`}function E(o){return`'${o.replace(/[\\']/g,"\\$&")}'`}function Bo(o,e){let{name:r,short:t,description:n,takesValue:a,choices:p,isList:s}=e,i=a?p===null?" -r -F":` -x -a ${E(qo(p,s))}`:"",m=t===null?"":` -s ${t}`;return`complete -c herald -n '__herald_in ${o}' -l ${r}${m} -d ${E(n)}${i}`}function qo(o,e){return e?`(__fish_append , ${o.join(" ")})`:o.join(" ")}function Go({name:o,description:e,flags:r,words:t}){let n=t===null?[`complete -c herald -n '__herald_in ${o}' -F`]:t.length===0?[]:[`complete -c herald -n '__herald_in ${o}' -a ${E(t.join(" "))}`];return[`complete -c herald -n __herald_no_command -a ${o} -d ${E(e)}`,...n,...r.map(a=>Bo(o,a))]}function V(o){return`# Completion of herald for fish: herald completion fish | source
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
${o.flatMap(Go).join(`
`)}
`}var Ko={"What to read":["reports","files","text","words","tag","after","release","action","shell","payload","payloads","digest","to","reportsFrom","patterns","reruns","baseline","baselineJob"],"What fails":["failOn","warnOn","strict","allowLabels"],"What to try":["preview","dryRun","plan","backtest"],"The comment":["key","section","title","detail","language","comment","order","hide","sections","headline","footer","append","touchedFiles","trail","about","maxCharacters","blame","thread","commitComment"],"Comments on lines":["inline","inlineSeverity","inlineReview","maxInline","gateThread"],"Statuses and labels":["status","name","state","description","targetUrl","labels","labelRules","add","remove"],"What the digest covers":["period","since","until","timeZone","deployments","environments","incidentLabels","hotfixLabels","staleDays","people","reportJob","maxRequests"],"What is shipped":["create","markShipped","shippedLabels","shippedMilestone"],"Where the digest goes":["into","keepEach"],"What the error tracker gets":["from","commits","authorEmails","repository","environment","deployName","deployUrl","deployStarted","deployFinished"],"Which error tracker":["sentryServer","sentryOrg","sentryProjects","sentryTokenVariable"],"What the bot does":["sweep","rotateBefore","projects","deny"],"What comes in":["listen","allowFrom","trustedProxy","metricsFrom"],"What is kept and done":["spool","deliver","queues","sweepEvery","concurrency","maxRequestsPerMinute","maxInFlight","maxEvents","replay"],"What to set up":["install","installName","catalog","bot","parts","rotate","resend","rotateToken","test","instructions","alerts","botProject","receiver","watch","group","subgroups","events","branches","ref","sweepCron","resourceGroup","template","protectToken","sslVerification","allowInsecure"],"Which GitLab, and what of it":["server","project","mergeRequest","pipeline","sha","limit","maxWait","notify","spool"],Output:["output","out","json","audit"],"Configuration and log":["config","logLevel","logFormat","color"]},Yo="Other options";function k(o){let e=new Map(o.map(a=>[a.key,a])),r=Object.entries(Ko).map(([a,p])=>({title:a,rows:p.flatMap(s=>e.get(s)??[])})),t=new Set(r.flatMap(a=>a.rows)),n={title:Yo,rows:o.filter(a=>!t.has(a))};return[...r,n].filter(a=>a.rows.length>0)}var B=76;function A(o){let[e=""]=o.split(/[.:;] /),r=e.replace(/[`*]/g,"").replace(/\.$/,"");return r.length<=B?r:`${r.slice(0,r.lastIndexOf(" ",B))} \u2026`}function Qo(o){return{name:o.name,short:null,description:A(o.description),takesValue:o.type!=="boolean",isList:o.type==="array",choices:o.choices??o.itemChoices}}var Xo=H.map(({name:o,short:e,description:r})=>({name:o,short:e,description:A(r),takesValue:!1,isList:!1,choices:null}));function oe({usage:o,positional:e}){if(e===null)return[];let r=/^<([a-z]+(?:\|[a-z]+)+)>/.exec(o)?.[1];return r===void 0?null:r.split("|")}function q(o){let e=o.map(t=>{let n=u(t.options).filter(({positional:i,type:m})=>!i&&m!=="table"),a=k(n).flatMap(i=>i.rows.map(Qo)),{name:p,description:s}=t;return{name:p,description:A(s),flags:[...a,...Xo],words:oe(t)}}),r=e.map(({name:t})=>t);return[...e,{name:"help",description:"Explain a command and its options",flags:[],words:r},{name:"version",description:"Show the version",flags:[],words:[]}]}function b(o){return o.replace(/[\\:[\]]/g,"\\$&").replaceAll("'","'\\''")}function ee({name:o,takesValue:e,choices:r,isList:t}){if(!e)return"";if(r===null)return`:${b(o)}:_files`;let n=r.join(" ");return t?`:${b(o)}:_values -s , ${b(o)} ${n}`:`:${b(o)}:(${n})`}function re(o){let{name:e,short:r,description:t,isList:n,takesValue:a}=o,p=`[${b(t)}]${ee(o)}`,s=`${n?"*":""}--${e}${a?"=":""}${p}`;return r===null?[`'${s}'`]:[`'${s}'`,`'-${r}${p}'`]}function te({words:o}){return o===null?"'*:file:_files'":o.length===0?"":`'1:word:(${o.join(" ")})' '*::: :_files'`}function ne(o){let e=[...o.flags.flatMap(re),te(o)].filter(r=>r!=="");return`    ${o.name})
      _arguments -s ${e.join(` \\
        `)}
      ;;`}function G(o){return`#compdef herald
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
${o.map(ne).join(`
`)}
  esac
}
if [ "$funcstack[1]" = "_herald" ]; then
  _herald "$@"
else
  compdef _herald herald
fi
`}var ae={name:"completion",description:P.completion,usage:"<bash|zsh|fish>",options:W,positional:"shell",examples:[["source <(herald completion bash)","in ~/.bashrc"],["source <(herald completion zsh)","in ~/.zshrc, behind compinit"],["herald completion fish | source","in ~/.config/fish/config.fish"]],run:pe},se={bash:J,zsh:G,fish:V};function ie(o){let[e="",r]=o;if(r!==void 0)throw new d(`unexpected argument ${JSON.stringify(r.slice(0,80))}`,{hint:"herald completion takes one shell"});let t=R.find(a=>a===e);if(t!==void 0)return t;let n=g(e,R);throw new d(e===""?"herald completion needs the name of a shell":`no completion for ${JSON.stringify(e.slice(0,80))}`,{hint:n===null?`one of ${R.join(", ")}`:`did you mean "${n}"?`})}async function pe(o,e,r){let t=Array.isArray(o.shell)?o.shell.map(String):[],n=ie(t);return e.output.write(se[n](q(await r()))),h.done}var _o={};C(_o,{commandsWithFile:()=>$o,configCommand:()=>me});var j=["check","print","schema"],Z=$({..._.shape,action:w(y()).default([]).meta({description:"`check` looks for everything that is wrong in `.herald.yml` and in the variables; `print` shows the effective options of a command, `report` unless another one is named, and where each came from; `schema` prints the JSON Schema of the file.",positional:!0}),json:Y.json});var ho={};C(ho,{optionsByCommand:()=>f});var f={report:io,explain:so,inspect:no,convert:to,setup:lo,comment:co,status:xo,label:uo,"track-release":fo,bot:X,"release-notes":ao,digest:eo,serve:mo,search:po,doctor:ro,demo:oo};var me={name:"config",description:P.config,usage:"<check|print|schema> [command]",options:Z,optionsFor:o=>Promise.resolve(fe(o)),positional:"action",examples:[["herald config check","everything that is wrong in .herald.yml, with its line; exit code 3 if there is something"],["herald config print","the effective options of herald report, and where each came from"],["herald config print report --fail-on failures","the same with a flag"],["herald config schema > herald.schema.json","for editors"]],run:ce};function Zo(o){return Object.hasOwn(f,o)}function le(o){let e=o[0]??"report";if(Zo(e))return e;let r=Object.keys(f),t=g(e,r);throw new d(`unknown command ${JSON.stringify(e.slice(0,80))}`,{hint:t===null?`one of ${r.join(", ")}`:`did you mean "${t}"?`})}function fe(o){let e=o.indexOf("print"),r=o[e+1]??"";if(e===-1)return Z;let{shape:t}=f[Zo(r)?r:"report"];return Z.extend(Object.fromEntries(Object.entries(t).filter(([n])=>!(n in Z.shape))))}async function ce(o,e){let r=Array.isArray(o.action)?o.action.map(String):[],[t="",...n]=r,a=j.find(i=>i===t);if(a===void 0){let i=g(t,j);throw new d(t===""?"herald config needs to know what to do":`unknown action ${JSON.stringify(t.slice(0,80))}`,{hint:i===null?`one of ${j.join(", ")}`:`did you mean "herald config ${i}"?`})}let[p]=n;if(p!==void 0&&(a!=="print"||n.length>1))throw new d(`unexpected argument ${JSON.stringify((n[1]??p).slice(0,80))}`);if(a==="check")return de(o,e);if(a==="print")return xe(le(n),o,e);let{configurationSchema:s}=await import("./herald-config.mjs").then(e=>e.all_of_configuration_schema);return e.output.write(`${JSON.stringify(s(),null,2)}
`),h.done}function wo({variables:o,workingDirectory:e}){let r=o.CI_PROJECT_DIR??"";return r===""?e:r}async function de(o,e){let{checkConfiguration:r}=await import("./herald-config.mjs").then(e=>e.all_of_check_configuration),t=o.config??e.variables.HERALD_CONFIG??"",n=typeof t=="string"&&t!=="",a=e.filesUnder(wo(e)),{variables:p}=e,s=await r({path:n?t:".herald.yml",named:n},{files:a,variables:p}),{path:i,exists:m,problems:l}=s;for(let{place:c,message:O}of l){let D=`${c===null?"":`${c.path}:${c.line}:${c.column}: `}${O}`;e.output.write(o.json===!0?z({...c,message:O},e):`${I(e.hideSecrets(D))}
`)}return l.length>0?(e.errorOutput.write(`herald: ${bo(l.length,{one:"problem",other:"problems"})}
`),h.unreadableInput):(o.json!==!0&&e.output.write(`${I(i)} ${m?"is fine":"does not exist: every option has its default"}
`),h.done)}var $o=new Set(["explain","report","convert","comment","status","label","track-release","setup"]);function ue(o,{variables:e}){return o==="demo"?{}:o==="bot"&&yo(e)?{}:e}async function xe(o,e,r){let t=f[o],n=$o.has(o)?r.filesUnder(wo(r)):null,{action:a,...p}=e,s={flags:p,variables:ue(o,r),files:n},{options:i,provenance:m}=await L(t,s),l=new Map(Object.entries(i)),O=k(u(t)).flatMap(x=>x.rows).map(({key:x,name:D})=>({name:D,value:Co(l.get(x),r.maskText),origin:m[x]??{kind:"default"}}));if(e.json===!0)r.output.write(z({version:1,command:o,options:O},r));else for(let x of he(O,r))r.output.write(`${x}
`);return h.done}function vo(o){return o==null?"":Array.isArray(o)?o.map(vo).join(", "):typeof o=="string"?o:JSON.stringify(o)}function he(o,{output:e,hideSecrets:r}){let t=o.map(({name:n,value:a,origin:p})=>[n,vo(a),go(p)].map(s=>I(r(s)).replaceAll("\u2502","|")));return Oo({titles:["Option","Value","From"],aligns:["left","left","left"],rows:t},e.columns)}var Ao={};C(Ao,{checkConfiguration:()=>_e});function ge(o,e){let r=u(o),{values:t,provenance:n}=Q(r,e),a=r.flatMap(({name:i,typed:m})=>{if(!m||!Object.hasOwn(e.values,i))return[];let{line:l,column:c}=e.placeOf([i],"key");return[`${e.path}:${l}:${c}: ${i}: decides where the token goes, so a file cannot set it`]}),{error:p}=o.safeParse(t,{reportInput:!0,...So}),s=p?.issues??[];return[...a,...s.map(i=>Eo(i,{schema:o,rows:r,provenance:n,file:e}))]}function ko(o){return[...new Set([...o.problems,...Object.values(f).flatMap(e=>ge(e,o))])]}function U(o){try{return o(),null}catch(e){if(!(e instanceof d))throw e;return e.hint===null?e.message:`${e.message}; ${e.hint}`}}function ye(o){return Array.isArray(o)?o.filter(e=>typeof e=="string"):typeof o=="string"?o.split(/[,\n]/).map(e=>e.trim()).filter(e=>e!==""):[]}function be({values:o},e){let t=Object.entries({"fail-on":s=>F(s,"fail"),"warn-on":s=>F(s,"warn"),patterns:s=>Fo([s])}).flatMap(([s,i])=>(s==="patterns"&&typeof o[s]=="string"?o[s].split(`
`).filter(m=>m.trim()!==""):ye(o[s])).flatMap((m,l)=>{let c=U(()=>i(m));return c===null?[]:[e([s,l],c)]})),n=o["label-rules"],p=(typeof n=="object"&&n!==null?Object.keys(n):[]).flatMap(s=>{let i=U(()=>F(s,"fail","label-rules"));return i===null?[]:[e(["label-rules",s],i,"key")]});return[...t,...p]}function No(o){return o.split(/[.[\]]+/).filter(e=>e!=="")}function Oe({values:o,problems:e},r){if(e.length>0&&Object.keys(o).length===0)return[];let t=U(()=>Ro(o,null));return t===null?[]:t.split(`
`).map(n=>{let a=n.replace(/^\.herald\.yml: /,""),p=No(/^(bot[^:\s]*):/.exec(a)?.[1]??"bot"),s=/unknown key "([^"]+)"/.exec(a)?.[1];return s===void 0?r(p,a):r([...p,s],a,"key")})}async function Ce(o){let e=Lo,r=await o.readText(e);if(r===null)return[];let{value:t,problems:n,placeOf:a}=await jo(r);if(n.length>0)return n.map(({message:s,line:i,column:m})=>({place:{path:e,line:i,column:m},message:`not valid YAML: ${s}`}));let p=Io(t);return p.kind==="entries"?[]:p.problems.map(s=>{let i=No(/^(\[[^:\s]*):/.exec(s)?.[1]??""),m=/unknown key "([^"]+)"/.exec(s)?.[1],l=m===void 0?a(i):a([...i,m],"key");return{place:{path:e,...l},message:s}})}function Ze(o,e){let[,r,t,n]=o.startsWith(`${e}:`)?/^:(\d+):(\d+): (.*)$/s.exec(o.slice(e.length))??[]:[];return n===void 0?{place:null,message:o}:{place:{path:e,line:Number(r),column:Number(t)},message:n}}var we=["HERALD_TOKEN","HERALD_BOT_TOKEN","HERALD_COMPONENT","HERALD_LOCK"];function $e(o){let e=Object.values(f).flatMap(n=>u(n).map(({variable:a})=>a.slice(7))),r=new Set([...e.map(n=>`HERALD_${n}`),...we]);return Object.keys(o).filter(n=>n.startsWith("HERALD_")&&!r.has(n)).sort().flatMap(n=>{let a=g(n.slice(7),e);return a===null?[]:[{place:null,message:`${n}: no option has this variable; did you mean HERALD_${a}?`}]})}async function ve(o){let e=new Set;for(let r of Object.values(f))try{await L(r,{flags:{},variables:o,files:null})}catch(t){if(!(t instanceof d))throw t;for(let n of t.message.split(`
`))e.add(n)}return[...[...e].map(r=>({place:null,message:r})),...$e(o)]}function Do(o,e){return o.place===null||e.place===null?+(o.place===null)-+(e.place===null):o.place.line-e.place.line||o.place.column-e.place.column}async function _e({path:o,named:e},{files:r,variables:t}){let n=await Po(o,{named:e,known:[]},r),a=(i,m,l)=>({place:{path:o,...n.placeOf(i,l)},message:m}),p=[...ko(n).map(i=>Ze(i,o)),...be(n,a),...Oe(n,a)],s=[...await Ce(r),...await ve(t)];return{path:o,exists:n.exists,problems:[...p.sort(Do),...s.sort(Do)]}}var To={};C(To,{configurationSchema:()=>Ee,quarantineFileSchema:()=>ke});var Mo=M(y(),T());function Re(o,e){let{input:r,positional:t,example:n,...a}=o,p=n===void 0?{}:{examples:[n]};if(!e)return{...a,...p};let{type:s,items:i,...m}=a;return{...m,anyOf:[{type:"array",items:i},{type:"string"}],...p}}function Se(){let o={};for(let e of Object.values(f)){let r=v(e,{io:"input"});for(let t of u(e)){if(t.typed)continue;let n=Mo.parse(r.properties?.[t.key]);Object.hasOwn(o,t.name)&&n.default===null||(o[t.name]=Re(n,t.type==="array"))}}return o}function Ee(){let{$defs:o,$schema:e,...r}=v(zo,{io:"input",reused:"ref",unrepresentable:"any"});return{$schema:"https://json-schema.org/draft/2020-12/schema",title:"Herald configuration (.herald.yml)",type:"object",additionalProperties:!1,properties:{...Se(),bot:{...r,description:"What the bot does in this project: docs/guides/rules.md."}},$defs:o}}function ke(){let{$schema:o,...e}=v(Uo,{io:"input"}),r=[{required:["test"]},{required:["glob"]}],t={...Mo.parse(e.items),oneOf:r};return{$schema:o,title:"Quarantine of tests (.herald/quarantine.yml)",...e,items:t}}export{Ao as all_of_check_configuration,K as all_of_completion,_o as all_of_config,To as all_of_configuration_schema,ho as all_of_options};
