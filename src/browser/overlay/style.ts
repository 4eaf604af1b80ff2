/** Styles of the overlay's shadow root. White on each of these colours has a contrast of at least 5 to 1. */
export const STYLE = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
}
* { box-sizing: border-box; margin: 0; font: 12px/1.4 ui-monospace, Menlo, Consolas, monospace; }
[hidden] { display: none !important; }
b, summary, h1 { font-weight: 700; }

.mark {
  --colour: #1d4ed8;
  position: fixed; left: 0; top: 0; width: var(--w); height: var(--h);
  transform: translate(var(--x), var(--y));
  outline: 2px solid var(--colour); outline-offset: -2px;
}
.action { --colour: #7e22ce; }
.list { --colour: #0f766e; outline-style: dashed; outline-offset: 0; }
.part { --colour: #475569; }
.wrong { --colour: #b91c1c; }
.label {
  position: absolute; left: max(0px, -1 * var(--x)); top: max(0px, -1 * var(--y));
  max-width: max(100%, 9ch); overflow: hidden;
  padding: 2px 6px; background: var(--colour); color: #fff;
  white-space: nowrap;
}
.label > * { display: none; overflow: hidden; text-overflow: ellipsis; }
.label > b, .label > i { display: block; }
.list > .label > i { display: inline; }
[data-low] > .label { transform: translateY(-100%); }
.list > .label { left: auto; right: 0; }
.wrong > .label > b::before { content: '! '; }
.pointed { outline-width: 4px; outline-offset: -4px; z-index: 1; }
.pointed > .label {
  left: max(-1 * var(--x), min(0px, 100vw - var(--x) - 22rem)); right: auto;
  top: max(-1 * var(--y), min(0px, 100vh - var(--y) - 16rem));
  width: max-content; max-width: min(22rem, 100vw); max-height: 50vh; transform: none;
  white-space: pre-wrap; overflow-wrap: anywhere; box-shadow: 0 2px 12px #0008;
}
.pointed > .label > * { display: block; }
.pointed > .label > i { display: none; }
.mistake::before { content: '! '; font-weight: 700; }

.panel {
  position: fixed; right: 12px; bottom: 12px; z-index: 2;
  display: flex; flex-direction: column;
  width: min(24rem, calc(100vw - 24px)); max-height: min(60vh, 36rem);
  background: #0f172a; color: #f1f5f9; border-radius: 6px; box-shadow: 0 4px 24px #000a;
  pointer-events: auto; overflow-wrap: anywhere;
}
header { display: flex; align-items: center; gap: 8px; padding: 4px 4px 4px 12px; }
h1 { flex: 1; }
button {
  min-width: 44px; min-height: 44px; border: 0; border-radius: 4px;
  background: none; color: inherit; text-align: inherit; cursor: pointer;
}
header button { text-align: center; }
button:hover { background: #334155; }
:focus-visible { outline: 2px solid #fde047; outline-offset: -2px; }
.body { overflow: auto; padding: 0 12px 12px; }
summary { min-height: 32px; padding: 6px 0; cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; }
dt { color: #cbd5e1; }
dd { white-space: pre-line; }
ol { padding: 0; list-style: none; }
li { padding: 2px 0; }
li button { width: 100%; min-height: 32px; padding: 2px 6px; }
.rejected, .error, li .mistake { color: #fca5a5; }
.delivered { color: #86efac; }
.queued { color: #fde68a; }

@media (max-width: 600px) {
  .panel { right: 0; bottom: 0; width: 100vw; max-height: 40vh; border-radius: 6px 6px 0 0; }
  .pointed > .label { top: max(-1 * var(--y), min(0px, 60vh - var(--y) - 12rem)); }
}
`;
