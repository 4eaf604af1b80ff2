var Fe=globalThis,Ye=e=>e,ne=Fe.trustedTypes,Xe=ne?ne.createPolicy("lit-html",{createHTML:e=>e}):void 0,Le="$lit$",_=`lit$${Math.random().toFixed(9).slice(2)}$`,Oe="?"+_,us=`<${Oe}>`,O=document,X=()=>O.createComment(""),Q=e=>e===null||typeof e!="object"&&typeof e!="function",je=Array.isArray,nt=e=>je(e)||typeof e?.[Symbol.iterator]=="function",Ie=`[ 	
\f\r]`,Y=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Qe=/-->/g,Ze=/>/g,F=RegExp(`>|${Ie}(?:([^\\s"'>=/]+)(${Ie}*=${Ie}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),et=/'/g,tt=/"/g,ot=/^(?:script|style|textarea|title)$/i,Ce=e=>(t,...s)=>({_$litType$:e,strings:t,values:s}),a=Ce(1),Dn=Ce(2),Bn=Ce(3),E=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),st=new WeakMap,L=O.createTreeWalker(O,129);function rt(e,t){if(!je(e)||!e.hasOwnProperty("raw"))throw Error("invalid template strings array");return Xe!==void 0?Xe.createHTML(t):t}var it=(e,t)=>{let s=e.length-1,n=[],o,r=t===2?"<svg>":t===3?"<math>":"",i=Y;for(let c=0;c<s;c++){let l=e[c],u,v,p=-1,h=0;for(;h<l.length&&(i.lastIndex=h,v=i.exec(l),v!==null);)h=i.lastIndex,i===Y?v[1]==="!--"?i=Qe:v[1]!==void 0?i=Ze:v[2]!==void 0?(ot.test(v[2])&&(o=RegExp("</"+v[2],"g")),i=F):v[3]!==void 0&&(i=F):i===F?v[0]===">"?(i=o??Y,p=-1):v[1]===void 0?p=-2:(p=i.lastIndex-v[2].length,u=v[1],i=v[3]===void 0?F:v[3]==='"'?tt:et):i===tt||i===et?i=F:i===Qe||i===Ze?i=Y:(i=F,o=void 0);let m=i===F&&e[c+1].startsWith("/>")?" ":"";r+=i===Y?l+us:p>=0?(n.push(u),l.slice(0,p)+Le+l.slice(p)+_+m):l+_+(p===-2?c:m)}return[rt(e,r+(e[s]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),n]},Z=class e{constructor({strings:t,_$litType$:s},n){let o;this.parts=[];let r=0,i=0,c=t.length-1,l=this.parts,[u,v]=it(t,s);if(this.el=e.createElement(u,n),L.currentNode=this.el.content,s===2||s===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(o=L.nextNode())!==null&&l.length<c;){if(o.nodeType===1){if(o.hasAttributes())for(let p of o.getAttributeNames())if(p.endsWith(Le)){let h=v[i++],m=o.getAttribute(p).split(_),$=/([.?@])?(.*)/.exec(h);l.push({type:1,index:r,name:$[2],strings:m,ctor:$[1]==="."?re:$[1]==="?"?ie:$[1]==="@"?ae:C}),o.removeAttribute(p)}else p.startsWith(_)&&(l.push({type:6,index:r}),o.removeAttribute(p));if(ot.test(o.tagName)){let p=o.textContent.split(_),h=p.length-1;if(h>0){o.textContent=ne?ne.emptyScript:"";for(let m=0;m<h;m++)o.append(p[m],X()),L.nextNode(),l.push({type:2,index:++r});o.append(p[h],X())}}}else if(o.nodeType===8)if(o.data===Oe)l.push({type:2,index:r});else{let p=-1;for(;(p=o.data.indexOf(_,p+1))!==-1;)l.push({type:7,index:r}),p+=_.length-1}r++}}static createElement(t,s){let n=O.createElement("template");return n.innerHTML=t,n}};function j(e,t,s=e,n){if(t===E)return t;let o=n!==void 0?s._$Co?.[n]:s._$Cl,r=Q(t)?void 0:t._$litDirective$;return o?.constructor!==r&&(o?._$AO?.(!1),r===void 0?o=void 0:(o=new r(e),o._$AT(e,s,n)),n!==void 0?(s._$Co??=[])[n]=o:s._$Cl=o),o!==void 0&&(t=j(e,o._$AS(e,t.values),o,n)),t}var oe=class{constructor(t,s){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=s}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:s},parts:n}=this._$AD,o=(t?.creationScope??O).importNode(s,!0);L.currentNode=o;let r=L.nextNode(),i=0,c=0,l=n[0];for(;l!==void 0;){if(i===l.index){let u;l.type===2?u=new M(r,r.nextSibling,this,t):l.type===1?u=new l.ctor(r,l.name,l.strings,this,t):l.type===6&&(u=new le(r,this,t)),this._$AV.push(u),l=n[++c]}i!==l?.index&&(r=L.nextNode(),i++)}return L.currentNode=O,o}p(t){let s=0;for(let n of this._$AV)n!==void 0&&(n.strings!==void 0?(n._$AI(t,n,s),s+=n.strings.length-2):n._$AI(t[s])),s++}},M=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,s,n,o){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=t,this._$AB=s,this._$AM=n,this.options=o,this._$Cv=o?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,s=this._$AM;return s!==void 0&&t?.nodeType===11&&(t=s.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,s=this){t=j(this,t,s),Q(t)?t===d||t==null||t===""?(this._$AH!==d&&this._$AR(),this._$AH=d):t!==this._$AH&&t!==E&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):nt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==d&&Q(this._$AH)?this._$AA.nextSibling.data=t:this.T(O.createTextNode(t)),this._$AH=t}$(t){let{values:s,_$litType$:n}=t,o=typeof n=="number"?this._$AC(t):(n.el===void 0&&(n.el=Z.createElement(rt(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===o)this._$AH.p(s);else{let r=new oe(o,this),i=r.u(this.options);r.p(s),this.T(i),this._$AH=r}}_$AC(t){let s=st.get(t.strings);return s===void 0&&st.set(t.strings,s=new Z(t)),s}k(t){je(this._$AH)||(this._$AH=[],this._$AR());let s=this._$AH,n,o=0;for(let r of t)o===s.length?s.push(n=new e(this.O(X()),this.O(X()),this,this.options)):n=s[o],n._$AI(r),o++;o<s.length&&(this._$AR(n&&n._$AB.nextSibling,o),s.length=o)}_$AR(t=this._$AA.nextSibling,s){for(this._$AP?.(!1,!0,s);t!==this._$AB;){let n=Ye(t).nextSibling;Ye(t).remove(),t=n}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},C=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,s,n,o,r){this.type=1,this._$AH=d,this._$AN=void 0,this.element=t,this.name=s,this._$AM=o,this.options=r,n.length>2||n[0]!==""||n[1]!==""?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=d}_$AI(t,s=this,n,o){let r=this.strings,i=!1;if(r===void 0)t=j(this,t,s,0),i=!Q(t)||t!==this._$AH&&t!==E,i&&(this._$AH=t);else{let c=t,l,u;for(t=r[0],l=0;l<r.length-1;l++)u=j(this,c[n+l],s,l),u===E&&(u=this._$AH[l]),i||=!Q(u)||u!==this._$AH[l],u===d?t=d:t!==d&&(t+=(u??"")+r[l+1]),this._$AH[l]=u}i&&!o&&this.j(t)}j(t){t===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},re=class extends C{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===d?void 0:t}},ie=class extends C{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==d)}},ae=class extends C{constructor(t,s,n,o,r){super(t,s,n,o,r),this.type=5}_$AI(t,s=this){if((t=j(this,t,s,0)??d)===E)return;let n=this._$AH,o=t===d&&n!==d||t.capture!==n.capture||t.once!==n.once||t.passive!==n.passive,r=t!==d&&(n===d||o);o&&this.element.removeEventListener(this.name,this,n),r&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},le=class{constructor(t,s,n){this.element=t,this.type=6,this._$AN=void 0,this._$AM=s,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(t){j(this,t)}},at={M:Le,P:_,A:Oe,C:1,L:it,R:oe,D:nt,V:j,I:M,H:C,N:ie,U:ae,B:re,F:le},ms=Fe.litHtmlPolyfillSupport;ms?.(Z,M),(Fe.litHtmlVersions??=[]).push("3.3.3");var lt=(e,t,s)=>{let n=s?.renderBefore??t,o=n._$litPart$;if(o===void 0){let r=s?.renderBefore??null;n._$litPart$=o=new M(t.insertBefore(X(),r),r,void 0,s??{})}return o._$AI(e),o};var ct=e=>{let t="",s=!1,n=()=>{s=!1,e.textContent=t};return o=>{t=o,!(s||o===e.textContent)&&(s=!0,setTimeout(n,3e3))}};var ee={accepted:{sign:"\u2713",label:"Accepted"},duplicate:{sign:"=",label:"Duplicate"},ignored:{sign:"\u2013",label:"Ignored"},rejected:{sign:"\u2715",label:"Rejected"}},dt=Object.keys(ee),hs={header:"Signed header",query:"Presigned URL (beacon)",unsigned:"Unsigned"},q=e=>e===null?"\u2013":hs[e],pt={anonymous:"Anonymous: no user has logged in during its session yet. After identify(userId) in this session, it becomes a row of that user.",withoutItem:"Without an item: Personalize trains only on events that have an itemId.",duplicate:"Duplicate: an earlier event has its eventId, or its content and time. It counts once, as the earlier one.",ignored:'Ignored: its session ID is the text "null", so the service drops it.',rejected:"Rejected: the service stores nothing of it.",action:"Interaction with an action: it belongs to the Action interactions dataset, not to Interactions."},ut={anonymous:"no row: anonymous",withoutItem:"no row: without an item",duplicate:"no row: duplicate",ignored:"no row: ignored",rejected:"no row: rejected",action:"no row: action"},w=e=>e==null?"":typeof e=="string"?e:JSON.stringify(e),H=({event:e})=>w(e.itemId??e.actionId),R=({field:e,message:t})=>e?`${e}: ${t}`:t,mt=({field:e,message:t})=>R({...e&&{field:e},message:t.replace(/^(Refused .*?: )?Value at '.*?' failed to satisfy constraint: /,"$1")}),ce=(e,t=2)=>String(e).padStart(t,"0"),V=e=>{let t=new Date(e);return`${[t.getHours(),t.getMinutes(),t.getSeconds()].map(n=>ce(n)).join(":")}.${ce(t.getMilliseconds(),3)}`},ht=e=>{let t=new Date(e);return`${t.getFullYear()}-${ce(t.getMonth()+1)}-${ce(t.getDate())} ${V(e)}`},y=e=>e.toLocaleString("en"),g=(e,t)=>`${y(e)} ${t}${e===1?"":"s"}`,te=({path:e,target:t})=>t||(e==="/"?"Cognito":e.endsWith("/events")?"PutEvents":e.endsWith("/action-interactions")?"PutActionInteractions":e),de=({method:e})=>e==="OPTIONS";var U=e=>{let{sign:t,label:s}=ee[e];return a`<span class="status is-${e}"><span aria-hidden="true">${t}</span> ${s}</span>`},pe=(e,t,s)=>a`<button type="button" class="small" @click=${()=>e.copy(t,s)}>
    Copy<span class="hidden"> ${s}</span>
  </button>`,T=(e,t,s)=>a`<div class="code-block">
    ${pe(e,t,s)}
    <pre class="code" tabindex="0" role="group" aria-label=${s}>${t}</pre>
  </div>`,D=(e,t,s)=>t>0?a`<p class="more">
        <button type="button" @click=${e.showMore}>Show ${Math.min(s,t)} more</button>
        <span class="muted">${y(t)} not shown</span>
      </p>`:d,ue=(e,t,s)=>e?a`<p class="note is-warning">
        ${y(e)} older ${t} were dropped: the newest ${y(s)} are kept.
      </p>`:d;var fs=({initOptions:e})=>["import { init } from 'personalize-beacon';","","const personalize = init({",...Object.entries(e).map(([t,s])=>`  ${t}: '${s}',`),"});"].join(`
`),gs="personalize.track('click', 'item-1');",vs=(e,t)=>a`
  <h3>With a script tag</h3>
  <p>Paste it into the pages of your site. It loads the tracker from here and sends to here.</p>
  ${T(t,e.tag,"script tag")}
  <h3>With the npm package</h3>
  <p>Pass these options to <code>init()</code>.</p>
  ${T(t,fs(e),"init options")}
`,ft=e=>a`<button type="button" @click=${e.sendTestEvent}>Send a test event</button>`,gt=({description:e},t)=>a`
  <section class="empty" aria-labelledby="empty-title">
    <h3 id="empty-title">No events yet</h3>
    <p>Paste this tag into a page of your site, open the page, and click an item. The event appears here.</p>
    ${e?T(t,e.tag,"script tag"):d}
    <p>Or record one in the page’s console:</p>
    ${T(t,gs,"call")}
    <p>${ft(t)} <span class="muted">It goes from this page, unsigned.</span></p>
  </section>
`,$s=({trackingIds:e,actionTrackingIds:t,identityPoolIds:s,region:n})=>a`
  <h3>IDs that exist here</h3>
  <dl class="facts">
    <dt>Event trackers</dt>
    <dd>${e.join(", ")}</dd>
    <dt>Event trackers for actions</dt>
    <dd>${t.join(", ")}</dd>
    <dt>Identity pools</dt>
    <dd>${s.join(", ")}</dd>
    <dt>Region</dt>
    <dd>${n}</dd>
  </dl>
`,vt=({description:e},t)=>a`
  <div class="view-head"><h2>Connect a site</h2></div>
  <div class="prose">
    ${e?a`${vs(e,t)}
            <h3>Without Cognito</h3>
            <p>As to your own endpoint: unsigned, without an identity pool.</p>
            ${T(t,`endpoint: '${e.initOptions.endpoint}/collect'`,"endpoint")}
            ${$s(e)}
            <p>${ft(t)}</p>`:a`<p class="muted">Loading…</p>`}
  </div>
`;var ys=["events","session","requests","faults","schema","connect"],se=["status","type","item","session","user","warnings","warning","request","text"],$t=[...se,"event","tracker","id","preflights"],Ve=e=>{let[t="",s=""]=e.replace(/^#\/?/,"").split(/\?(.*)/s),n=new URLSearchParams(s),o={};for(let r of $t){let i=n.get(r);i&&(o[r]=i)}return{view:ys.find(r=>r===t)??"events",parameters:o}},f=(e,t={})=>{let s=new URLSearchParams;for(let n of $t){let o=t[n];o&&s.set(n,o)}return s.size?`#/${e}?${s}`:`#/${e}`},B=({event:e,tracker:t,id:s,...n})=>n,b=({parameters:{event:e}})=>e!==void 0&&/^\d+$/.test(e)?Number(e):void 0;var yt=new WeakMap,bs=e=>{let t=yt.get(e);if(t!==void 0)return t;let{form:s,contentType:n,receivedAt:o,warnings:r,...i}=e,c=[JSON.stringify(i),...r.map(R)].join(`
`).toLowerCase();return yt.set(e,c),c},Me=(e,t)=>e.toLowerCase().includes(t.toLowerCase()),ws={status:({status:e},t)=>e===t,type:({event:e},t)=>w(e.eventType)===t,item:(e,t)=>Me(H(e),t),session:({sessionId:e},t)=>Me(e,t),user:({userId:e=""},t)=>Me(e,t),warnings:({warnings:e})=>e.length>0,warning:({warnings:e},t)=>e.some(s=>R(s)===t),request:({requestId:e},t)=>e===t,text:(e,t)=>bs(e).includes(t.toLowerCase())},W=e=>se.filter(t=>e[t]),bt=(e,t)=>{let s=W(t);return s.length?e.filter(n=>s.every(o=>ws[o](n,t[o]))):e},wt=e=>{let t={accepted:0,duplicate:0,ignored:0,rejected:0};for(let{status:s}of e)t[s]++;return t},me=(e,t,s)=>{let n=new Set;for(let o=e.length-1;o>=0&&n.size<s;o--){let r=t(e[o]);r&&n.add(r)}return[...n]};var x={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},he=e=>(...t)=>({_$litDirective$:e,values:t}),z=class{constructor(t){}get _$AU(){return this._$AM._$AU}_$AT(t,s,n){this._$Ct=t,this._$AM=s,this._$Ci=n}_$AS(t,s){return this.update(t,s)}update(t,s){return this.render(...s)}};var{I:Ss}=at,St=e=>e;var At=e=>e.strings===void 0,Et=()=>document.createComment(""),K=(e,t,s)=>{let n=e._$AA.parentNode,o=t===void 0?e._$AB:t._$AA;if(s===void 0){let r=n.insertBefore(Et(),o),i=n.insertBefore(Et(),o);s=new Ss(r,i,e,e.options)}else{let r=s._$AB.nextSibling,i=s._$AM,c=i!==e;if(c){let l;s._$AQ?.(e),s._$AM=e,s._$AP!==void 0&&(l=e._$AU)!==i._$AU&&s._$AP(l)}if(r!==o||c){let l=s._$AA;for(;l!==r;){let u=St(l).nextSibling;St(n).insertBefore(l,o),l=u}}}return s},N=(e,t,s=e)=>(e._$AI(t,s),e),Es={},fe=(e,t=Es)=>e._$AH=t,Rt=e=>e._$AH,ge=e=>{e._$AR(),e._$AA.remove()};var Pt=(e,t,s)=>{let n=new Map;for(let o=t;o<=s;o++)n.set(e[o],o);return n},G=he(class extends z{constructor(e){if(super(e),e.type!==x.CHILD)throw Error("repeat() can only be used in text expressions")}dt(e,t,s){let n;s===void 0?s=t:t!==void 0&&(n=t);let o=[],r=[],i=0;for(let c of e)o[i]=n?n(c,i):i,r[i]=s(c,i),i++;return{values:r,keys:o}}render(e,t,s){return this.dt(e,t,s).values}update(e,[t,s,n]){let o=Rt(e),{values:r,keys:i}=this.dt(t,s,n);if(!Array.isArray(o))return this.ut=i,r;let c=this.ut??=[],l=[],u,v,p=0,h=o.length-1,m=0,$=r.length-1;for(;p<=h&&m<=$;)if(o[p]===null)p++;else if(o[h]===null)h--;else if(c[p]===i[m])l[m]=N(o[p],r[m]),p++,m++;else if(c[h]===i[$])l[$]=N(o[h],r[$]),h--,$--;else if(c[p]===i[$])l[$]=N(o[p],r[$]),K(e,l[$+1],o[p]),p++,$--;else if(c[h]===i[m])l[m]=N(o[h],r[m]),K(e,o[p],o[h]),h--,m++;else if(u===void 0&&(u=Pt(i,m,$),v=Pt(c,p,h)),u.has(c[p]))if(u.has(c[h])){let P=v.get(i[m]),ke=P!==void 0?o[P]:null;if(ke===null){let Je=K(e,o[p]);N(Je,r[m]),l[m]=Je}else l[m]=N(ke,r[m]),K(e,o[p],ke),o[P]=null;m++}else ge(o[h]),h--;else ge(o[p]),p++;for(;m<=$;){let P=K(e,l[$+1]);N(P,r[m]),l[m++]=P}for(;p<=h;){let P=o[p++];P!==null&&ge(P)}return this.ut=i,fe(e,l),E}});var _t="a[data-row]";var As={ArrowDown:e=>e+1,ArrowUp:e=>e-1,PageDown:e=>e+10,PageUp:e=>e-10,Home:()=>0,End:(e,t)=>t},ve=e=>{let t=As[e.key],{target:s,currentTarget:n}=e,o=s instanceof Element&&s.closest(_t);if(!t||!o||e.ctrlKey||e.metaKey||e.altKey)return;let r=[...n.querySelectorAll(_t)],i=r.length-1,c=r[Math.min(i,Math.max(0,t(r.indexOf(o),i)))];return e.preventDefault(),c?.focus(),c&&Number(c.dataset.row)};var Rs=["Time","Status","Type","Item or action","User or session","Signature","Problems"],Ps=({rejection:e,warnings:t})=>{if(e)return a`<span class="problem is-rejected">${mt(e)}</span>`;let[s]=t;return s?a`<span class="problem is-warning">
        <b>${g(t.length,"warning")}</b> <span class="problem-text">${R(s)}</span>
      </span>`:d},_s=({userId:e,sessionId:t})=>e?a`<span class="hidden">User </span><b class="user">${e}</b>`:a`<span class="hidden">Session </span><span class="muted">${t}</span>`,Ts=({form:e})=>{let[t,s]=q(e).split(/(?= \()/);return s?a`${t}<span class="brackets">${s}</span>`:t},xs=(e,{href:t,isOpen:s,isTabStop:n})=>{let o=H(e);return a`<tr role="row" class="row is-${e.status} ${s?"is-open":""}">
    <th role="rowheader" scope="row" class="cell-time">
      <a
        href=${t}
        data-row=${e.number}
        tabindex=${n?0:-1}
        aria-current=${s?"true":d}
        ><span class="hidden">Event ${e.number}, </span>${V(e.receivedAt)}</a
      >
    </th>
    <td role="cell" class="cell-status">${U(e.status)}</td>
    <td role="cell" class="cell-type">${w(e.event.eventType)}</td>
    <td role="cell" class="cell-item" title=${o}>
      ${o||a`<span class="muted">no item</span>`}
    </td>
    <td role="cell" class="cell-visitor" title=${e.userId??e.sessionId}>${_s(e)}</td>
    <td role="cell" class="cell-signature">${Ts(e)}</td>
    <td role="cell" class="cell-problems">${Ps(e)}</td>
  </tr>`},Tt=({route:e,currentRow:t},s,n)=>{let o=b(e),r=l=>s.some(u=>u.number===l),i=[t,o].find(r)??s[0]?.number;return a`<table role="table" class="event-table" aria-label="Events, newest first" @keydown=${l=>{let u=ve(l);u!==void 0&&(n.setCurrentRow(u),o!==void 0&&n.openEvent(u))}}>
    <thead role="rowgroup">
      <tr role="row">
        ${Rs.map(l=>a`<th role="columnheader" scope="col">${l}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${G(s,({number:l})=>l,l=>xs(l,{href:f(e.view,{...e.parameters,event:String(l.number)}),isOpen:l.number===o,isTabStop:l.number===i}))}
    </tbody>
  </table>`};var k=he(class extends z{constructor(e){if(super(e),e.type!==x.PROPERTY&&e.type!==x.ATTRIBUTE&&e.type!==x.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!At(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===E||t===d)return t;let s=e.element,n=e.name;if(e.type===x.PROPERTY){if(t===s[n])return E}else if(e.type===x.BOOLEAN_ATTRIBUTE){if(!!t===s.hasAttribute(n))return E}else if(e.type===x.ATTRIBUTE&&s.getAttribute(n)===t+"")return E;return fe(e),t}});var S=e=>{let t;return(...s)=>((!t||s.some((n,o)=>n!==t?.args[o]))&&(t={args:s,result:e(...s)}),t.result)};var Ns=100,ks=S(e=>me(e,({event:t})=>w(t.eventType),Ns).sort()),Is=S(wt),Fs=({events:e,route:{parameters:t}})=>{let s=Is(e),n=(o,r,i)=>a`<li>
      <a
        class="total is-${o??"all"}"
        href=${f("events",{...B(t),status:o})}
        aria-current=${t.status===o?"true":d}
      >
        <span class="total-label">${r}</span> <span class="total-count">${y(i)}</span>
      </a>
    </li>`;return a`<ul class="totals" aria-label="Events by status">
    ${n(void 0,"All",e.length)}
    ${dt.map(o=>{let{sign:r,label:i}=ee[o];return n(o,a`<span aria-hidden="true">${r}</span> ${i}`,s[o])})}
  </ul>`},Ls=[["item","Item or action","Part of the ID"],["session","Session","Part of the ID"],["user","User","Part of the ID"]],qe=e=>e.target.value,Os=(e,t)=>a`<label class="field is-search">
  <span>Search</span>
  <input
    type="search"
    placeholder="Any text of an event"
    .value=${k(e.route.parameters.text??"")}
    @input=${s=>t.setFilter("text",qe(s))}
  />
</label>`,js=(e,t)=>{let{type:s=""}=e.route.parameters,n=ks(e.events),o=s&&!n.includes(s)?[...n,s]:n;return a`<label class="field">
    <span>Event type</span>
    <select @change=${r=>t.setFilter("type",qe(r))}>
      <option value="" .selected=${k(!s)}>All</option>
      ${o.map(r=>a`<option value=${r} .selected=${k(r===s)}>${r}</option>`)}
    </select>
  </label>`},Cs=(e,t)=>{let{warning:s,request:n}=e.route.parameters,o=(r,i)=>a`<li class="pill">
    ${i}
    <button type="button" class="small" @click=${()=>t.setFilter(r,"")}>
      Remove<span class="hidden"> the filter ${i}</span>
    </button>
  </li>`;return s||n?a`<ul class="pills" aria-label="More filters">
        ${s?o("warning",`Warning \u201C${s}\u201D`):d}
        ${n?o("request",`Request ${n}`):d}
      </ul>`:d},Vs=({route:{parameters:e}},t)=>a`<label class="check">
  <input
    type="checkbox"
    .checked=${k(!!e.warnings)}
    @change=${s=>t.setFilter("warnings",s.target.checked?"only":"")}
  />
  Only with warnings
</label>`,xt=(e,t)=>{let{parameters:s}=e.route;return a`${Fs(e)}
    <form
      class="filters"
      role="search"
      aria-label="Filter events"
      @submit=${n=>n.preventDefault()}
    >
      ${Os(e,t)}
      <details ?open=${!e.isNarrow}>
        <summary>More filters</summary>
        <div class="filter-fields">
          ${js(e,t)}
          ${Ls.map(([n,o,r])=>a`<label class="field">
              <span>${o}</span>
              <input
                placeholder=${r}
                .value=${k(s[n]??"")}
                @input=${i=>t.setFilter(n,qe(i))}
              />
            </label>`)}
          ${Vs(e,t)}
        </div>
      </details>
      ${W(s).length?a`<button type="button" @click=${t.clearFilters}>Clear filters</button>`:d}
    </form>
    ${Cs(e,t)}`};var Nt=e=>({connection:"connecting",events:[],requests:[],dropped:{events:0,requests:0},maxEvents:1e4,faults:[],clockSkewMs:0,description:null,route:e,isNarrow:!1,shownRows:200,currentRow:void 0,opened:{},session:{},isConfirmingClear:!1,notice:""}),Ms=(e,t)=>{let s=new Set(t.map(({number:n})=>n));return[...e.filter(({number:n})=>!s.has(n)),...t].sort((n,o)=>n.number-o.number)},kt=e=>({...e,connection:"live"}),It=({events:e,requests:t,maxEvents:s},n)=>({events:n.events.length?[...e,...n.events].slice(-s):e,requests:n.requests.length?Ms(t,n.requests).slice(-s):t,dropped:n.dropped});var Ft=S(bt),qs=S((e,t)=>e.slice(-t).reverse()),He=({events:e,route:{parameters:t}})=>W(t).length?`${y(Ft(e,t).length)} of ${g(e.length,"event")}`:g(e.length,"event"),Hs=({isConfirmingClear:e},t)=>e?a`<span class="confirm" role="group" aria-labelledby="clear-question">
        <span id="clear-question">Remove all events and requests?</span>
        <button type="button" class="is-danger" @click=${t.clear}>Remove</button>
        <button type="button" @click=${()=>t.confirmClear(!1)}>Cancel</button>
      </span>`:a`<button type="button" @click=${()=>t.confirmClear(!0)}>Clear</button>`,Us=(e,t)=>{let{events:s,route:n,shownRows:o}=e,r=Ft(s,n.parameters);return s.length?r.length?a`${Tt(e,qs(r,o),t)}
  ${D(t,r.length-o,200)}`:a`<p class="empty">No event passes the filters.</p>`:gt(e,t)},Lt=(e,t)=>a`
  <div class="view-head">
    <h2>Events</h2>
    <span class="summary">${He(e)}</span>
    <span class="tools">
      <a class="button" href="/api/interactions.csv" download="interactions.csv"
        >Download CSV<span class="hidden"> of the Interactions dataset</span></a
      >
      ${Hs(e,t)}
    </span>
  </div>
  ${e.events.length||W(e.route.parameters).length?xt(e,t):d}
  ${ue(e.dropped.events,"events",e.maxEvents)} ${Us(e,t)}
`;var ye=async(e,t)=>{let s=await fetch(e,t).catch(()=>{throw new Error("The local AWS does not answer. Is it running?")});if(s.ok)return s;let{message:n}=await s.json().catch(()=>({message:""}));throw new Error(n||`${e} was answered with ${s.status}`)},Ue=async e=>(await ye(e)).json(),Ot=()=>Ue("/api"),jt=e=>Ue(`/api/events/${e}`),Ct=async(e,t)=>{let{events:s}=await Ue(`/api/events?${new URLSearchParams({sessionId:t})}`);return s.filter(n=>n.trackingId===e)},Vt=async()=>{await ye("/api/events",{method:"DELETE"})},Mt=async(e,t)=>(await ye("/api/faults",{method:"PUT",body:JSON.stringify({faults:e,clockSkewMs:t})})).json(),qt=async e=>{let t={eventType:"click",itemId:"test-item",sentAt:Math.floor(Date.now()/1e3)},s={trackingId:e,sessionId:crypto.randomUUID(),eventList:[t]};await ye("/collect/events",{method:"POST",body:JSON.stringify(s)})};var be=(e,t)=>{let s,n=!1,o=async()=>{for(n=!0;s;){let{key:r}=s;s=void 0;let i=await e(r).then(c=>({value:c}),c=>({error:c.message}));t(r,i)}n=!1};return r=>{s={key:r},n||o()}};var we=({view:e,parameters:{tracker:t="",id:s=""}})=>e==="session"?f("session",{tracker:t,id:s}):void 0,Ht=e=>{let t=be(jt,(r,i)=>{b(e.state.route)===r&&e.set({opened:i})}),s=be(({parameters:{tracker:r="",id:i=""}})=>Ct(r,i),(r,i)=>{we(e.state.route)===we(r)&&e.set({session:i})}),n=be(Ot,(r,{value:i,error:c})=>{e.set(i?{description:i}:{notice:c??""})}),o=()=>{let{route:r}=e.state,i=b(r);i!==void 0&&t(i),r.view==="session"&&s(r)};return{reload(){n(void 0),o()},onRoute(r){let{route:i}=e.state;b(i)!==b(r)&&e.set({opened:{}}),we(i)!==we(r)&&e.set({session:{}}),o()},onEvents(r){let{route:i,opened:c}=e.state,l=new Set([c.value?.sessionId,i.view==="session"&&i.parameters.id]);r.some(({sessionId:u})=>l.has(u))&&o()}}};var I=e=>({on:"personalize",...e}),Se=[{label:"Service down (503)",effect:"Events and actions get 503 ServiceUnavailableException.",fault:I({name:"down",status:503,type:"ServiceUnavailableException"})},{label:"Throttled (429)",effect:"Events and actions get 429 ThrottlingException, with Retry-After: 5 seconds.",fault:I({name:"throttled",status:429,type:"ThrottlingException",retryAfter:5,exposeRetryAfter:!0})},{label:"Every third fails",effect:"A third of the batches, at random, get 500 InternalServerException.",fault:I({name:"flaky",status:500,type:"InternalServerException",share:.3333333333333333})},{label:"Connection reset",effect:"The connection is reset before the events are counted.",fault:I({name:"reset",drop:"request"})},{label:"Answer lost",effect:"The events are counted, but the answer is lost: the tracker sends them again.",fault:I({name:"lost",drop:"answer"})},{label:"Never answers",effect:"Requests wait until the fault is undone.",fault:I({name:"stall",stall:!0})},{label:"Slow (2 s)",effect:"Each answer takes two seconds.",fault:I({name:"slow",delayMs:2e3})},{label:"Access denied (403)",effect:"Events and actions get 403 AccessDeniedException, as without a policy for the guest role.",fault:I({name:"denied",status:403,type:"AccessDeniedException"})},{label:"Cognito throttled",effect:"No credentials are issued: 400 TooManyRequestsException.",fault:{on:"cognito",name:"cognito",status:400,type:"TooManyRequestsException"}}],Ee=-36e5,Ut=e=>JSON.stringify(Object.entries(e).sort()),J=({faults:e})=>e.map(({hits:t,times:s,...n})=>({...n,...typeof s=="number"&&{times:s}})),Ae=(e,t)=>Ut(e)===Ut(t),Re=(e,t)=>e.faults[J(e).findIndex(s=>Ae(s,t))]?.hits,Dt=(e,t)=>{let s=J(e),n=s.filter(o=>!Ae(o,t));return n.length<s.length?n:[...s,t]},Bt=e=>J(e).filter(t=>!Se.some(s=>Ae(s.fault,t))),Pe=({faults:e,clockSkewMs:t})=>!e.length&&!t,Ds={events:"PutEvents",actions:"PutActionInteractions",personalize:"PutEvents and PutActionInteractions",cognito:"Cognito",GetId:"GetId",GetCredentialsForIdentity:"GetCredentialsForIdentity",preflight:"Preflights"},Bs=({status:e,type:t,drop:s,stall:n,delayMs:o,refuseItem:r})=>r!==void 0?`refuses item ${r}`:n?"never answers":s?s==="answer"?"loses the answer":"resets the connection":e===void 0?`answers after ${o} ms`:[e,t].filter(Boolean).join(" "),_e=e=>{let{name:t,on:s="events",share:n,times:o,status:r,delayMs:i,retryAfter:c}=e;return[`${Ds[s]}: ${Bs(e)}`,r!==void 0&&i!==void 0&&`after ${i} ms`,c!==void 0&&`Retry-After ${c} s`,n!==void 0&&`${Math.round(n*100)} % of the requests`,o!==void 0&&`${o} times`,t!==void 0&&`named \u201C${t}\u201D`].filter(Boolean).join(", ")},Ws=e=>Se.find(t=>Ae(t.fault,e))?.label??_e(e),Te=e=>[...J(e).map(Ws),...e.clockSkewMs?[De(e.clockSkewMs)]:[]],De=e=>`Visitors\u2019 clocks ${Math.abs(e)/6e4} min ${e<0?"ahead":"behind"}`;var zs=5e3,Wt=(e,t)=>{let s=(r,i)=>{i().then(()=>{e.set({notice:r}),setTimeout(()=>e.state.notice===r&&e.set({notice:""}),zs)},c=>e.set({notice:c.message}))},n=r=>{let{view:i,parameters:c}=e.state.route;t(f(i,{...c,...r}))},o=(r,i)=>s("",async()=>e.set(await Mt(r,i)));return{setFilter:(r,i)=>n({[r]:i}),setPreflights:r=>n({preflights:r?"hidden":void 0}),clearFilters:()=>n(Object.fromEntries(se.map(r=>[r,void 0]))),showMore:()=>e.set({shownRows:e.state.shownRows+200}),setCurrentRow:r=>e.set({currentRow:r}),openEvent:r=>n({event:String(r)}),closeEvent:()=>n({event:void 0}),confirmClear:r=>e.set({isConfirmingClear:r}),clear(){let{view:r,parameters:i}=e.state.route;e.set({isConfirmingClear:!1}),t(f(r==="session"?"events":r,B(i))),s("Events and requests were removed.",Vt)},toggleFault:r=>o(Dt(e.state,r),e.state.clockSkewMs),setClockSkew:r=>o(J(e.state),r),healAll:()=>o([],0),copy:(r,i)=>s(`${i} copied.`,()=>navigator.clipboard.writeText(r)),sendTestEvent(){let[r=""]=e.state.description?.trackingIds??[];s("",()=>qt(r))}}};var zt=(e,t)=>{let s=e,n=!1,o,r=Number.NEGATIVE_INFINITY,i=()=>{n=!1,r=performance.now(),t(s)},c=()=>{clearTimeout(o),o=void 0,n||requestAnimationFrame(i),n=!0};return{get state(){return s},set(l){s={...s,...l},c()},receive(l){s={...s,...l};let u=r+200-performance.now();u<=0?c():o??=setTimeout(c,u)}}};var Ks=/("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b)/g,xe=e=>JSON.stringify(e,null,2)??"",Kt=(e,t)=>{let s=xe(e),n=[],o=0;for(let r of s.matchAll(Ks)){let[i,c,l=""]=r;n.push(s.slice(o,r.index)),c===void 0?n.push(a`<span class="json-word">${i}</span>`):n.push(a`<span class=${l?"json-key":"json-text"}>${c}</span>`,l),o=r.index+i.length}return a`<pre class="code is-json" tabindex="0" role="group" aria-label=${t}>${n}${s.slice(o)}</pre>`};var Gs=({rejection:e})=>e?a`<section class="note is-error" aria-labelledby="rejection-title">
        <h3 id="rejection-title">Rejected: ${e.type}</h3>
        <p>${R(e)}</p>
      </section>`:d,Js=({warnings:e})=>e.length?a`<section class="note is-warning" aria-labelledby="warnings-title">
        <h3 id="warnings-title">${g(e.length,"warning")} of the schema</h3>
        <ul>
          ${e.map(({field:t,message:s})=>a`<li><code>${t}</code> ${s}</li>`)}
        </ul>
      </section>`:d,Ys=e=>e===null?a`<span class="muted">empty</span>`:w(e),Xs=(e,t)=>t?"leftOut"in t?a`<p class="left-out">${pt[t.leftOut]}</p>`:a`<table class="pairs" aria-label="Row of the Interactions dataset">
      <tbody>
        ${Object.entries(t.row).map(([s,n])=>a`<tr>
            <th scope="row">${s}</th>
            <td>${Ys(n)}</td>
          </tr>`)}
      </tbody>
    </table>
    ${e.userId?d:a`<p class="joined">
            Sent anonymously; it belongs to <b>${t.row.USER_ID}</b>, who logged in during the session.
          </p>`}`:a`<p class="muted">Loading…</p>`,Qs=(e,t,s)=>a`
  <div class="side-by-side">
    <section aria-labelledby="json-title">
      <div class="section-head">
        <h3 id="json-title">As received</h3>
        ${pe(s,xe(e.event),"event as JSON")}
      </div>
      ${Kt(e.event,"JSON of the event")}
    </section>
    <section aria-labelledby="row-title">
      <div class="section-head">
        <h3 id="row-title">Interactions row</h3>
        ${t&&"row"in t?pe(s,xe(t.row),"row as JSON"):d}
      </div>
      ${Xs(e,t)}
    </section>
  </div>
`,Zs=({trackingId:e,sessionId:t,userId:s,eventId:n})=>a`
  <dt>Session</dt>
  <dd>
    ${t||a`<span class="muted">none</span>`}
    ${t?a`<a href=${f("session",{tracker:e,id:t})}>All events of this session</a>`:d}
  </dd>
  <dt>User</dt>
  <dd>${s??a`<span class="muted">anonymous</span>`}</dd>
  <dt>Event tracker</dt>
  <dd>${e}</dd>
  <dt>eventId</dt>
  <dd>${n}</dd>
`,en=e=>{let t=[e.status||"no answer",e.errorType].filter(Boolean).join(" ");return`${e.method} ${te(e)}, ${y(e.bytes)} bytes: ${t}`},tn=(e,t)=>a`
  <dt>Received</dt>
  <dd>${ht(e.receivedAt)}</dd>
  <dt>Signature</dt>
  <dd>${q(e.form)}</dd>
  <dt>Content type</dt>
  <dd>${e.contentType??a`<span class="muted">none</span>`}</dd>
  <dt>Request</dt>
  <dd>
    ${t?en(t):d}
    <a href=${f("requests",{request:e.requestId})}>Open the request</a>
  </dd>
`,sn=(e,t)=>a`
  <section aria-labelledby="visitor-title">
    <h3 id="visitor-title">Visitor</h3>
    <dl class="facts">${Zs(e)}</dl>
  </section>
  <section aria-labelledby="request-title">
    <h3 id="request-title">Request</h3>
    <dl class="facts">${tn(e,t)}</dl>
  </section>
`,nn=(e,t,s)=>{let{value:n}=t.opened,o=n?.number===e.number?n:void 0,r=t.requests.find(({requestId:i})=>i===e.requestId);return a`${Gs(e)} ${Js(e)} ${Qs(e,o,s)}
  ${sn(e,r)}`},Gt=(e,t)=>{let s=b(e.route);if(s===void 0)return d;let n=e.events.find(o=>o.number===s)??e.opened.value;return a`<aside class="detail" aria-labelledby="detail-title">
    <div class="detail-head">
      <h2 id="detail-title">
        Event ${s}${n?a` <span class="detail-type">${w(n.event.eventType)}</span>`:d}
      </h2>
      ${n?U(n.status):d}
      <button type="button" class="close" data-close @click=${t.closeEvent}>
        Close<span class="hidden"> event ${s}</span>
      </button>
    </div>
    ${n?nn(n,e,t):a`<p class="note">${e.opened.error??"Loading\u2026"}</p>`}
  </aside>`};var on=50,rn=S(e=>me(e,({event:t})=>w(t.itemId),on)),Jt=({label:e,effect:t,isOn:s,hits:n,toggle:o})=>a`<li>
  <button type="button" role="switch" class="switch" aria-checked=${s?"true":"false"} @click=${o}>
    <span class="switch-mark" aria-hidden="true"></span>
    <span class="switch-label">${e}</span>
    <span class="switch-state">
      ${s?"On":"Off"}${n===void 0?d:a`, ${g(n,"hit")}`}
    </span>
    <span class="switch-effect">${t}</span>
  </button>
</li>`,an=(e,t)=>{let s=e.clockSkewMs===Ee;return a`<ul class="switches" aria-label="Faults">
    ${Se.map(({label:n,effect:o,fault:r})=>{let i=Re(e,r);return Jt({label:n,effect:o,hits:i,isOn:i!==void 0,toggle:()=>t.toggleFault(r)})})}
    ${Jt({label:"Clock 1 hour off",effect:"To the service, the visitor\u2019s clock is an hour ahead: signatures are refused until the tracker corrects it.",hits:void 0,isOn:s,toggle:()=>t.setClockSkew(s?0:Ee)})}
  </ul>`},ln=(e,t)=>a`<form class="refuse" @submit=${n=>{n.preventDefault();let o=n.target,r=String(new FormData(o).get("item")??"").trim(),i={on:"events",name:"refuse",refuseItem:r};r&&Re(e,i)===void 0&&t.toggleFault(i),o.reset()}}>
    <label class="field">
      <span>Refuse one item: batches with an event of it get 400 InvalidInputException</span>
      <input name="item" list="items" placeholder="itemId" required autocomplete="off" />
    </label>
    <datalist id="items">${rn(e.events).map(n=>a`<option value=${n}></option>`)}</datalist>
    <button>Refuse this item</button>
  </form>`,cn=(e,t)=>{let s=Bt(e),n=e.clockSkewMs!==0&&e.clockSkewMs!==Ee;return!s.length&&!n?d:a`<h3>Other active faults</h3>
    <p class="muted">For one item, or set elsewhere: in code, in the demo shop or by the API.</p>
    <ul class="others">
      ${s.map(o=>a`<li>
          <span>${_e(o)}</span> <b>${g(Re(e,o)??0,"hit")}</b>
          <button type="button" class="small" @click=${()=>t.toggleFault(o)}>
            Undo<span class="hidden"> ${_e(o)}</span>
          </button>
        </li>`)}
      ${n?a`<li>
              <span>${De(e.clockSkewMs)}</span>
              <button type="button" class="small" @click=${()=>t.setClockSkew(0)}>
                Undo<span class="hidden"> the clock’s offset</span>
              </button>
            </li>`:d}
    </ul>`},Yt=(e,t)=>a`
  <div class="view-head">
    <h2>Faults</h2>
    <span class="summary">${Pe(e)?"All is well":g(Te(e).length,"active fault")}</span>
    <span class="tools">
      <button type="button" ?disabled=${Pe(e)} @click=${t.healAll}>Undo all</button>
    </span>
  </div>
  <p class="muted">See how your site and the tracker behave while AWS fails. A switch works at once.</p>
  ${an(e,t)} ${ln(e,t)} ${cn(e,t)}
`,Xt=(e,t)=>Pe(e)?d:a`<section class="banner is-warning" aria-label="Active faults">
        <span><b>${g(Te(e).length,"fault")} on:</b> ${Te(e).join(" \xB7 ")}</span>
        <a href=${f("faults")}>Change</a>
        <button type="button" class="small" @click=${t.healAll}>Undo all</button>
      </section>`;var dn=["Time","Request","Answer","Signature","Bytes","Events","Fault","Origin"],pn=["Bytes","Events"],un=400,mn=S((e,t)=>e.filter(s=>(!t.request||s.requestId===t.request)&&!(t.preflights==="hidden"&&de(s)))),hn=({status:e,errorType:t})=>{if(!e)return a`<span class="status is-rejected"><span aria-hidden="true">✕</span> No answer</span>`;let s=e>=un;return a`<span class="status ${s?"is-rejected":"is-accepted"}"
    ><span aria-hidden="true">${s?"\u2715":"\u2713"}</span> ${e}</span
  > ${t??""}`},fn=e=>de(e)?a`<span class="tag">Preflight</span> ${te(e)}`:a`<span class="muted">${e.method}</span> <b>${te(e)}</b>`,gn=S(e=>{let t=new Map;for(let{requestId:s}of e)t.set(s,(t.get(s)??0)+1);return t}),vn=(e,t)=>t?a`<a href=${f("events",{request:e})}
        >${y(t)}<span class="hidden"> ${t===1?"event":"events"} of this request</span></a
      >`:a`<span class="muted">0</span>`,$n=(e,t)=>a`<tr class=${de(e)?"is-preflight":""}>
  <th scope="row">${V(e.receivedAt)}</th>
  <td>${fn(e)}</td>
  <td>${hn(e)}</td>
  <td>${q(e.form)}</td>
  <td class="is-number">${y(e.bytes)}</td>
  <td class="is-number">${vn(e.requestId,t)}</td>
  <td>${e.fault?a`<span class="tag is-fault">${e.fault}</span>`:""}</td>
  <td>${e.origin??a`<span class="muted">none</span>`}</td>
</tr>`,yn=(e,t)=>a`<div
  class="scroll"
  tabindex="0"
  role="region"
  aria-label="Requests, newest first"
>
  <table class="request-table">
    <thead>
      <tr>
        ${dn.map(s=>a`<th scope="col" class=${pn.includes(s)?"is-number":""}>${s}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${G(e,({number:s})=>s,s=>$n(s,t.get(s.requestId)??s.eventCount))}
    </tbody>
  </table>
</div>`,bn=({route:{parameters:e}},t)=>a`<span class="tools">
  ${e.request?a`<button type="button" @click=${()=>t.setFilter("request","")}>Show all requests</button>`:d}
  <label class="check">
    <input
      type="checkbox"
      .checked=${k(e.preflights==="hidden")}
      @change=${s=>t.setPreflights(s.target.checked)}
    />
    Hide preflights
  </label>
</span>`,Qt=(e,t)=>{let{requests:s,route:n,shownRows:o,dropped:r,maxEvents:i}=e,c=mn(s,n.parameters),l=g(s.length,"request");return a`<div class="view-head">
      <h2>Requests</h2>
      <span class="summary"
        >${c.length===s.length?l:`${y(c.length)} of ${l}`}</span
      >
      ${bn(e,t)}
    </div>
    ${ue(r.requests,"requests",i)}
    ${c.length?yn(c.slice(-o).reverse(),gn(e.events)):a`<p class="empty">${s.length?"No request passes the filters.":"No requests yet."}</p>`}
    ${D(t,c.length-o,200)}`};var Zt=e=>{let t=new Map;for(let s of e.flatMap(({warnings:n})=>n)){let n=R(s),o=t.get(n)??{...s,filter:n,count:0};o.count++,t.set(n,o)}return[...t.values()].sort((s,n)=>n.count-s.count)};var Be=200,wn=S(Zt),Sn="npx personalize-beacon local --schema interactions.avsc",En="await startLocalAws({ schema: await readFile('interactions.avsc', 'utf8') });",An=e=>a`<div class="prose">
  <h3>No schema given</h3>
  <p>
    With the schema of your Interactions dataset, each event is checked as the dataset would take it. Personalize
    answers 200 also to what it drops later: here you see it before.
  </p>
  <p>Start with the Avro file that you gave to CreateSchema:</p>
  ${T(e,Sn,"command")}
  <p>Or in code:</p>
  ${T(e,En,"call")}
</div>`,Rn=({field:e,message:t,filter:s,count:n})=>a`<li>
  <a href=${f("events",{warning:s})}>
    <b>${y(n)}</b><span class="hidden"> events: </span> <code>${e}</code>
    <span>${t}</span>
  </a>
</li>`,Pn=e=>a`<h3>Warnings</h3>
  ${e.length?a`<p class="muted">The service answers 200 to these events, but the dataset drops a part of them.</p>
          <ul class="warning-groups">
            ${e.slice(0,Be).map(Rn)}
          </ul>
          ${e.length>Be?a`<p class="muted">${y(e.length-Be)} rarer ones are not shown.</p>`:d}`:a`<p class="empty">None: the dataset takes every accepted event whole.</p>`}`,_n=({name:e,types:t,isNullable:s,isCategorical:n})=>a`<tr>
  <th scope="row">${e}</th>
  <td>${t.join(", ")}</td>
  <td>${s?"allowed":"not allowed"}</td>
  <td>${n?"categorical":""}</td>
</tr>`,Tn=e=>a`<h3>Columns</h3>
  <table class="columns">
    <thead>
      <tr>
        <th scope="col">Column</th>
        <th scope="col">Type</th>
        <th scope="col">Null</th>
        <th scope="col">Kind</th>
      </tr>
    </thead>
    <tbody>
      ${e.map(_n)}
    </tbody>
  </table>`,es=({description:e,events:t},s)=>{if(!e)return a`<div class="view-head"><h2>Schema</h2></div>`;let{schema:n,domain:o}=e,r=wn(t);return a`<div class="view-head">
      <h2>Schema</h2>
      <span class="summary"
        >${n?`${g(n.length,"column")}, ${g(r.length,"kind")} of warnings`:""}</span
      >
    </div>
    ${o?a`<p>Domain of the dataset group: <code>${o}</code></p>`:d}
    ${n?a`<div class="schema">
      <div>${Pn(r)}</div>
      <div>${Tn(n)}</div>
    </div>`:An(s)}`};var ts=e=>"row"in e?String(e.row.USER_ID):void 0,ss=e=>{let t=n=>e.filter(o=>o.userId===void 0&&ts(o)===n).length,s;return e.map(n=>{let{userId:o}=n,r=o===void 0?ts(n):void 0,i=o!==void 0&&o!==s&&n.status==="accepted";return i&&(s=o),{event:n,...i&&{login:o,joins:t(o)},...r!==void 0&&{joined:r}}})},ns=e=>{let t=e.filter(({event:c})=>c.userId===void 0).length,s=e.filter(c=>c.joined!==void 0),n=e.flatMap(({login:c})=>c??[]),o=`${g(e.length,"event")}, ${t} of them anonymous.`;if(!n.length)return`${o} Nobody has logged in: the anonymous events are no rows yet.`;let r=s.at(-1)?.joined,i=r===void 0?"":` ${g(s.length,"anonymous event")} joined ${r}.`;return`${o} Logged in: ${[...new Set(n)].join(", ")}.${i}`};var xn=e=>"row"in e?a`row of <b>${e.row.USER_ID}</b>`:ut[e.leftOut],Nn=({login:e,joins:t})=>e===void 0?d:a`<li class="login">
        <b>${e}</b> logs in.
        ${t?`The rows of ${g(t,"anonymous event")} belong to ${e}.`:d}
      </li>`,kn=(e,{route:t})=>{let{event:s}=e,{tracker:n,id:o}=t.parameters,r=s.number===b(t);return a`${Nn(e)}
    <li class="step ${s.userId?"is-user":"is-anonymous"} ${r?"is-open":""}">
      <a
        href=${f("session",{tracker:n,id:o,event:String(s.number)})}
        data-row=${s.number}
        aria-current=${r?"true":d}
        ><span class="hidden">Event ${s.number}, </span>${V(s.receivedAt)}</a
      >
      ${U(s.status)}
      <span class="step-type">${w(s.event.eventType)}</span>
      <span class="step-item">${H(s)||a`<span class="muted">no item</span>`}</span>
      <span class="step-user">${s.userId?a`as <b>${s.userId}</b>`:"anonymous"}</span>
      <span class="step-entry">${xn(s)}</span>
    </li>`},In=(e,t,s)=>{let n=ss(e),o=n.slice(0,t.shownRows),r=i=>{let c=ve(i);c!==void 0&&b(t.route)!==void 0&&s.openEvent(c)};return a`<p class="summary-line">${ns(n)}</p>
    <ol class="steps" aria-label="Events of the session, oldest first" @keydown=${r}>
      ${G(o,({event:i})=>i.number,i=>kn(i,t))}
    </ol>
    ${D(s,n.length-o.length,n.length)}`},os=(e,t)=>{let{tracker:s="",id:n=""}=e.route.parameters,{value:o,error:r}=e.session;return a`<div class="view-head">
      <h2>Session</h2>
      <span class="summary is-id">${n}</span>
      <span class="tools">
        <a class="button" href=${f("events",{session:n})}>Filter events by this session</a>
      </span>
    </div>
    <p class="muted">Event tracker ${s}</p>
    ${o?.length?In(o,e,t):a`<p class="empty">${r??(o?"No events of this session are kept.":"Loading\u2026")}</p>`}`};var Fn={events:Lt,session:os,requests:Qt,faults:Yt,schema:es,connect:vt},Ln=["events","session"],rs=[["events","Events"],["requests","Requests"],["faults","Faults"],["schema","Schema"],["connect","Connect"]],is=e=>rs.find(([t])=>t===e)?.[1]??"Session",On={connecting:"Connecting\u2026",live:"Live",lost:"Connection lost"},jn=(e,{route:t})=>t.view===e||e==="events"&&t.view==="session",Cn=e=>a`<header class="top">
  <h1><span class="brand">personalize-beacon</span> local</h1>
  <span class="connection is-${e.connection}"
    ><span class="dot" aria-hidden="true"></span>${On[e.connection]}</span
  >
  <nav aria-label="Views">
    ${rs.map(([t,s])=>a`<a
        href=${f(t,B(e.route.parameters))}
        aria-current=${jn(t,e)?"page":d}
        >${s}</a
      >`)}
  </nav>
</header>`,Vn=({connection:e})=>e==="lost"?a`<section class="banner is-error" aria-label="Connection">
        <span><b>Connection lost.</b> The page shows what had come before, and reconnects by itself.</span>
      </section>`:d,Mn=e=>{e.preventDefault(),document.getElementById("main")?.focus()},as=(e,t)=>{let s=b(e.route)!==void 0&&Ln.includes(e.route.view),n=s&&e.isNarrow;return a`<div ?inert=${n}>
      <a class="skip" href="#main" @click=${Mn}>Skip to the content</a>
      ${Cn(e)} ${Vn(e)} ${e.route.view==="faults"?d:Xt(e,t)}
    </div>
    <div class="layout ${s?"has-detail":""}">
      <main id="main" tabindex="-1" ?inert=${n}>${Fn[e.route.view](e,t)}</main>
      ${s?Gt(e,t):d}
    </div>
    <p class="notice ${e.notice?"":"is-empty"}" role="status">${e.notice}</p>`};var We=e=>{let t=new EventSource("/api/stream"),s=(n,o)=>t.addEventListener(n,({data:r})=>o(JSON.parse(r)));s("snapshot",e.onSnapshot),s("update",e.onUpdate),s("faults",e.onFaults),t.addEventListener("error",()=>{e.onLost(),t.readyState===EventSource.CLOSED&&setTimeout(We,1e3,e)})};var ls=e=>document.getElementById(e),cs=ls("page"),qn=ct(ls("announcement")),Ge=matchMedia("(max-width: 999px)"),Ne,Hn=e=>{let t=s=>cs.querySelector(s)?.focus();e===void 0?Ne!==void 0&&document.activeElement===document.body&&t(`[data-row="${Ne}"]`):Ge.matches&&e!==Ne&&t("[data-close]"),Ne=e},Un=e=>{lt(as(e,Ke),cs),document.title=`${is(e.route.view)} \u2013 personalize-beacon local`,Hn(b(e.route)),qn(`${He(e)}. ${e.connection==="lost"?"Connection lost.":""}`)},A=zt(Nt(Ve(location.hash)),Un),ze=Ht(A),ds=e=>{let t=A.state.route,s=Ve(e),n=s.view===t.view;A.set({route:s,notice:"",...!n&&{shownRows:200,isConfirmingClear:!1}}),ze.onRoute(t)},Ke=Wt(A,e=>{try{history.replaceState(null,"",e)}catch{}ds(e)});addEventListener("hashchange",()=>ds(location.hash));var ps=()=>A.set({isNarrow:Ge.matches});Ge.addEventListener("change",ps);addEventListener("keydown",({key:e})=>{e==="Escape"&&(A.state.isConfirmingClear?Ke.confirmClear(!1):b(A.state.route)!==void 0&&Ke.closeEvent())});We({onSnapshot(e){A.receive(kt(e)),ze.reload()},onUpdate(e){A.receive(It(A.state,e)),ze.onEvents(e.events)},onFaults:A.receive,onLost:()=>A.set({connection:"lost"})});ps();
/*! Bundled license information:

lit-html/lit-html.js:
lit-html/directive.js:
lit-html/directives/repeat.js:
  (**
   * @license
   * Copyright 2017 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)

lit-html/directive-helpers.js:
lit-html/directives/live.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
