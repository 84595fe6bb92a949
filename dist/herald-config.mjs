import{completionOptions as F,shells as O,groupedRows as _,optionRows as u,configActions as E,configOptions as C,givenInFile as V,loadOptions as R,optionsByCommand as l,originText as J,jsonLine as D,describeIssue as ro,readConfigurationFile as no,record as io,string as mo,toJSONSchema as k,unknown as po}from"./herald-options.mjs";import{UsageError as c,exitCodes as g,nearest as h,isGitLabJob as H,counted as B,maskedValue as K}from"./herald-host.mjs";import{ownFlags as U,summaries as v}from"./herald-help.mjs";import{terminalTable as G,visibleLine as S}from"./herald-comment.mjs";import{parseSettings as eo,botSchema as lo}from"./herald-rules.mjs";import{parseCondition as P}from"./herald-report.mjs";import{formatsWith as ao}from"./herald-formats.mjs";var co=Object.defineProperty;var Z=(o,e)=>{for(var r in e)co(o,r,{get:e[r],enumerable:!0})};var W={};Z(W,{completionCommand:()=>Eo});function $(o){return`'${o.replaceAll("'","'\\''")}'`}function uo({flags:o}){return o.flatMap(({name:e,short:r})=>[...r===null?[]:[`-${r}`],`--${e}`]).join(" ")}function xo(o){return o.flags.filter(({takesValue:e})=>e).map(({name:e,choices:r,isList:n})=>{let t=r===null?"files=1":`values=${$(r.join(" "))}${n?" list=1":""}`;return`      ${o.name}:--${e}) ${t} ;;`})}function go(o){let e=o.words===null?"files=1":`values=${$(o.words.join(" "))}`;return`      ${o.name}) flags=${$(uo(o))}; ${e} ;;`}function A(o){let e=o.map(({name:r})=>r).join(" ");return`# Completion of herald for bash: source <(herald completion bash)
_herald() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" command="" flags="" values="" files="" list="" word="" i
  local names=${$(e)}
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
${o.flatMap(xo).join(`
`)}
    esac
  fi
  if [[ -z $values$files ]]; then
    case "$command" in
${o.map(go).join(`
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
`}function w(o){return`'${o.replace(/[\\']/g,"\\$&")}'`}function ho(o,e){let{name:r,short:n,description:t,takesValue:a,choices:m,isList:s}=e,i=a?m===null?" -r -F":` -x -a ${w(yo(m,s))}`:"",p=n===null?"":` -s ${n}`;return`complete -c herald -n '__herald_in ${o}' -l ${r}${p} -d ${w(t)}${i}`}function yo(o,e){return e?`(__fish_append , ${o.join(" ")})`:o.join(" ")}function bo({name:o,description:e,flags:r,words:n}){let t=n===null?[`complete -c herald -n '__herald_in ${o}' -F`]:n.length===0?[]:[`complete -c herald -n '__herald_in ${o}' -a ${w(n.join(" "))}`];return[`complete -c herald -n __herald_no_command -a ${o} -d ${w(e)}`,...t,...r.map(a=>ho(o,a))]}function N(o){return`# Completion of herald for fish: herald completion fish | source
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
${o.flatMap(bo).join(`
`)}
`}var M=76;function j(o){let[e=""]=o.split(/[.:;] /),r=e.replace(/[`*]/g,"").replace(/\.$/,"");return r.length<=M?r:`${r.slice(0,r.lastIndexOf(" ",M))} \u2026`}function Co(o){return{name:o.name,short:null,description:j(o.description),takesValue:o.type!=="boolean",isList:o.type==="array",choices:o.choices??o.itemChoices}}var Zo=U.map(({name:o,short:e,description:r})=>({name:o,short:e,description:j(r),takesValue:!1,isList:!1,choices:null}));function Oo({usage:o,positional:e}){if(e===null)return[];let r=/^<([a-z]+(?:\|[a-z]+)+)>/.exec(o)?.[1];return r===void 0?null:r.split("|")}function z(o){let e=o.map(n=>{let t=u(n.options).filter(({positional:i,type:p})=>!i&&p!=="table"),a=_(t).flatMap(i=>i.rows.map(Co)),{name:m,description:s}=n;return{name:m,description:j(s),flags:[...a,...Zo],words:Oo(n)}}),r=e.map(({name:n})=>n);return[...e,{name:"help",description:"Explain a command and its options",flags:[],words:r},{name:"version",description:"Show the version",flags:[],words:[]}]}function y(o){return o.replace(/[\\:[\]]/g,"\\$&").replaceAll("'","'\\''")}function $o({name:o,takesValue:e,choices:r,isList:n}){if(!e)return"";if(r===null)return`:${y(o)}:_files`;let t=r.join(" ");return n?`:${y(o)}:_values -s , ${y(o)} ${t}`:`:${y(o)}:(${t})`}function wo(o){let{name:e,short:r,description:n,isList:t,takesValue:a}=o,m=`[${y(n)}]${$o(o)}`,s=`${t?"*":""}--${e}${a?"=":""}${m}`;return r===null?[`'${s}'`]:[`'${s}'`,`'-${r}${m}'`]}function _o({words:o}){return o===null?"'*:file:_files'":o.length===0?"":`'1:word:(${o.join(" ")})' '*::: :_files'`}function vo(o){let e=[...o.flags.flatMap(wo),_o(o)].filter(r=>r!=="");return`    ${o.name})
      _arguments -s ${e.join(` \\
        `)}
      ;;`}function T(o){return`#compdef herald
# Completion of herald for zsh: source <(herald completion zsh)
_herald() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${o.map(({name:e,description:r})=>`    '${e}:${y(r)}'`).join(`
`)}
  )
  _arguments -C '(-h --help)'{-h,--help}'[Show the help]' '(-V --version)'{-V,--version}'[Show the version]' \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands 'herald command' commands; return ;;
  esac
  case $line[1] in
${o.map(vo).join(`
`)}
  esac
}
if [ "$funcstack[1]" = "_herald" ]; then
  _herald "$@"
else
  compdef _herald herald
fi
`}var Eo={name:"completion",description:v.completion,usage:"<bash|zsh|fish>",options:F,positional:"shell",examples:[["source <(herald completion bash)","in ~/.bashrc"],["source <(herald completion zsh)","in ~/.zshrc, behind compinit"],["herald completion fish | source","in ~/.config/fish/config.fish"]],run:Po},Ro={bash:A,zsh:T,fish:N};function So(o){let[e="",r]=o;if(r!==void 0)throw new c(`unexpected argument ${JSON.stringify(r.slice(0,80))}`,{hint:"herald completion takes one shell"});let n=O.find(a=>a===e);if(n!==void 0)return n;let t=h(e,O);throw new c(e===""?"herald completion needs the name of a shell":`no completion for ${JSON.stringify(e.slice(0,80))}`,{hint:t===null?`one of ${O.join(", ")}`:`did you mean "${t}"?`})}async function Po(o,e,r){let n=Array.isArray(o.shell)?o.shell.map(String):[],t=So(n);return e.output.write(Ro[t](z(await r()))),g.done}var oo={};Z(oo,{commandsWithFile:()=>q,configCommand:()=>Lo});var Lo={name:"config",description:v.config,usage:"<check|print|schema> [command]",options:C,optionsFor:o=>Promise.resolve(Do(o)),positional:"action",examples:[["herald config check","everything that is wrong in .herald.yml, with its line; exit code 3 if there is something"],["herald config print","the effective options of herald report, and where each came from"],["herald config print report --fail-on failures","the same with a flag"],["herald config schema > herald.schema.json","for editors"]],run:Io};function Y(o){return Object.hasOwn(l,o)}function jo(o){let e=o[0]??"report";if(Y(e))return e;let r=Object.keys(l),n=h(e,r);throw new c(`unknown command ${JSON.stringify(e.slice(0,80))}`,{hint:n===null?`one of ${r.join(", ")}`:`did you mean "${n}"?`})}function Do(o){let e=o.indexOf("print"),r=o[e+1]??"";if(e===-1)return C;let{shape:n}=l[Y(r)?r:"report"];return C.extend(Object.fromEntries(Object.entries(n).filter(([t])=>!(t in C.shape))))}async function Io(o,e){let r=Array.isArray(o.action)?o.action.map(String):[],[n="",...t]=r,a=E.find(i=>i===n);if(a===void 0){let i=h(n,E);throw new c(n===""?"herald config needs to know what to do":`unknown action ${JSON.stringify(n.slice(0,80))}`,{hint:i===null?`one of ${E.join(", ")}`:`did you mean "herald config ${i}"?`})}let[m]=t;if(m!==void 0&&(a!=="print"||t.length>1))throw new c(`unexpected argument ${JSON.stringify((t[1]??m).slice(0,80))}`);if(a==="check")return ko(o,e);if(a==="print")return Ao(jo(t),o,e);let{configurationSchema:s}=await import("./herald-config.mjs").then(e=>e.all_of_configuration_schema);return e.output.write(`${JSON.stringify(s(),null,2)}
`),g.done}function X({variables:o,workingDirectory:e}){let r=o.CI_PROJECT_DIR??"";return r===""?e:r}async function ko(o,e){let{checkConfiguration:r}=await import("./herald-config.mjs").then(e=>e.all_of_check_configuration),n=o.config??e.variables.HERALD_CONFIG??"",t=typeof n=="string"&&n!=="",a=e.filesUnder(X(e)),{variables:m}=e,s=await r({path:t?n:".herald.yml",named:t},{files:a,variables:m}),{path:i,exists:p,problems:f}=s;for(let{place:d,message:b}of f){let L=`${d===null?"":`${d.path}:${d.line}:${d.column}: `}${b}`;e.output.write(o.json===!0?D({...d,message:b},e):`${S(e.hideSecrets(L))}
`)}return f.length>0?(e.errorOutput.write(`herald: ${B(f.length,{one:"problem",other:"problems"})}
`),g.unreadableInput):(o.json!==!0&&e.output.write(`${S(i)} ${p?"is fine":"does not exist: every option has its default"}
`),g.done)}var q=new Set(["explain","report","convert","comment","status","label","setup"]);function Fo(o,{variables:e}){return o==="demo"?{}:o==="bot"&&H(e)?{}:e}async function Ao(o,e,r){let n=l[o],t=q.has(o)?r.filesUnder(X(r)):null,{action:a,...m}=e,s={flags:m,variables:Fo(o,r),files:t},{options:i,provenance:p}=await R(n,s),f=new Map(Object.entries(i)),b=_(u(n)).flatMap(x=>x.rows).map(({key:x,name:L})=>({name:L,value:K(f.get(x),r.maskText),origin:p[x]??{kind:"default"}}));if(e.json===!0)r.output.write(D({version:1,command:o,options:b},r));else for(let x of No(b,r))r.output.write(`${x}
`);return g.done}function Q(o){return o==null?"":Array.isArray(o)?o.map(Q).join(", "):typeof o=="string"?o:JSON.stringify(o)}function No(o,{output:e,hideSecrets:r}){let n=o.map(({name:t,value:a,origin:m})=>[t,Q(a),J(m)].map(s=>S(r(s)).replaceAll("\u2502","|")));return G({titles:["Option","Value","From"],aligns:["left","left","left"],rows:n},e.columns)}var so={};Z(so,{checkConfiguration:()=>Ko});function Uo(o,e){let r=u(o),{values:n,provenance:t}=V(r,e),a=r.flatMap(({name:i,typed:p})=>{if(!p||!Object.hasOwn(e.values,i))return[];let{line:f,column:d}=e.placeOf([i],"key");return[`${e.path}:${f}:${d}: ${i}: decides where the token goes, so a file cannot set it`]}),{error:m}=o.safeParse(n,{reportInput:!0}),s=m?.issues??[];return[...a,...s.map(i=>ro(i,{schema:o,rows:r,provenance:t,file:e}))]}function to(o){return[...new Set([...o.problems,...Object.values(l).flatMap(e=>Uo(e,o))])]}function I(o){try{return o(),null}catch(e){if(!(e instanceof c))throw e;return e.hint===null?e.message:`${e.message}; ${e.hint}`}}function Mo(o){return Array.isArray(o)?o.filter(e=>typeof e=="string"):typeof o=="string"?o.split(/[,\n]/).map(e=>e.trim()).filter(e=>e!==""):[]}function zo({values:o},e){let n=Object.entries({"fail-on":s=>P(s,"fail"),"warn-on":s=>P(s,"warn"),patterns:s=>ao([s])}).flatMap(([s,i])=>(s==="patterns"&&typeof o[s]=="string"?o[s].split(`
`).filter(p=>p.trim()!==""):Mo(o[s])).flatMap((p,f)=>{let d=I(()=>i(p));return d===null?[]:[e([s,f],d)]})),t=o["label-rules"],m=(typeof t=="object"&&t!==null?Object.keys(t):[]).flatMap(s=>{let i=I(()=>P(s,"fail","label-rules"));return i===null?[]:[e(["label-rules",s],i,"key")]});return[...n,...m]}function To(o){return o.split(/[.[\]]+/).filter(e=>e!=="")}function Wo({values:o,problems:e},r){if(e.length>0&&Object.keys(o).length===0)return[];let n=I(()=>eo(o,null));return n===null?[]:n.split(`
`).map(t=>{let a=t.replace(/^\.herald\.yml: /,""),m=To(/^(bot[^:\s]*):/.exec(a)?.[1]??"bot"),s=/unknown key "([^"]+)"/.exec(a)?.[1];return s===void 0?r(m,a):r([...m,s],a,"key")})}function Vo(o,e){let[,r,n,t]=o.startsWith(`${e}:`)?/^:(\d+):(\d+): (.*)$/s.exec(o.slice(e.length))??[]:[];return t===void 0?{place:null,message:o}:{place:{path:e,line:Number(r),column:Number(n)},message:t}}var Jo=["HERALD_TOKEN","HERALD_BOT_TOKEN","HERALD_COMPONENT","HERALD_LOCK"];function Ho(o){let e=Object.values(l).flatMap(t=>u(t).map(({variable:a})=>a.slice(7))),r=new Set([...e.map(t=>`HERALD_${t}`),...Jo]);return Object.keys(o).filter(t=>t.startsWith("HERALD_")&&!r.has(t)).sort().flatMap(t=>{let a=h(t.slice(7),e);return a===null?[]:[{place:null,message:`${t}: no option has this variable; did you mean HERALD_${a}?`}]})}async function Bo(o){let e=new Set;for(let r of Object.values(l))try{await R(r,{flags:{},variables:o,files:null})}catch(n){if(!(n instanceof c))throw n;for(let t of n.message.split(`
`))e.add(t)}return[...[...e].map(r=>({place:null,message:r})),...Ho(o)]}function Go(o,e){return o.place===null||e.place===null?+(o.place===null)-+(e.place===null):o.place.line-e.place.line||o.place.column-e.place.column}async function Ko({path:o,named:e},{files:r,variables:n}){let t=await no(o,e,r),a=(i,p,f)=>({place:{path:o,...t.placeOf(i,f)},message:p}),s=[...[...to(t).map(i=>Vo(i,o)),...zo(t,a),...Wo(t,a)],...await Bo(n)];return{path:o,exists:t.exists,problems:s.sort(Go)}}var fo={};Z(fo,{configurationSchema:()=>oe});var Xo=io(mo(),po());function qo(o,e){let{input:r,positional:n,example:t,...a}=o,m=t===void 0?{}:{examples:[t]};if(!e)return{...a,...m};let{type:s,items:i,...p}=a;return{...p,anyOf:[{type:"array",items:i},{type:"string"}],...m}}function Qo(){let o={};for(let e of Object.values(l)){let r=k(e,{io:"input"});for(let n of u(e)){if(n.typed)continue;let t=Xo.parse(r.properties?.[n.key]);Object.hasOwn(o,n.name)&&t.default===null||(o[n.name]=qo(t,n.type==="array"))}}return o}function oe(){let{$defs:o,$schema:e,...r}=k(lo,{io:"input",reused:"ref",unrepresentable:"any"});return{$schema:"https://json-schema.org/draft/2020-12/schema",title:"Herald configuration (.herald.yml)",type:"object",additionalProperties:!1,properties:{...Qo(),bot:{...r,description:"What the bot does in this project: docs/guides/rules.md."}},$defs:o}}export{so as all_of_check_configuration,W as all_of_completion,oo as all_of_config,fo as all_of_configuration_schema};
