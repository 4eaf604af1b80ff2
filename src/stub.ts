// The loader stub, written into a page before an `async` tag: it keeps calls and clicks, with their times, until the script
// replays them.
// (Markup can name an element `personalize`: the window has no property of its own for that.)
if (!Object.keys(window).includes('personalize')) {
  // biome-ignore lint/suspicious/noExplicitAny: methods are added by name below
  const stub: any = { q: [] };
  stub.ready = new Promise((resolve) => {
    stub.r = resolve;
  });
  // At most 1,000 entries, as many as the tracker keeps: the script may never load.
  for (const name of [
    'track',
    'trackAction',
    'identify',
    'reset',
    'setSession',
    'consent',
    'optOut',
    'on',
    'init',
  ]) {
    stub[name] = (...args: unknown[]) => {
      stub.q[999] || stub.q.push([name, args, Date.now()]);
    };
  }
  // The path is kept because it is empty once the event is over. A click keeps its elements, too: at most 100 entries.
  stub.l = (event: Event) => stub.q[99] || stub.q.push(['click', [event, event.composedPath()], Date.now()]);
  for (const type of ['click', 'auxclick']) addEventListener(type, stub.l, true);
  window.personalize = stub;
}
