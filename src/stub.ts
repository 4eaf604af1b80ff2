// The loader stub, written into a page ahead of an `async` tag: it keeps calls and clicks with their times until the script
// takes them.
// (Markup can name an element `personalize`; that is no property of the window's own.)
if (!Object.keys(window).includes('personalize')) {
  // biome-ignore lint/suspicious/noExplicitAny: names of methods, filled in below
  const stub: any = { q: [] };
  stub.ready = new Promise((resolve) => {
    stub.r = resolve;
  });
  for (const name of ['track', 'trackAction', 'identify', 'reset', 'consent', 'optOut', 'on', 'init']) {
    stub[name] = (...args: unknown[]) => {
      stub.q.push([name, args, Date.now()]);
    };
  }
  // The path is empty once the event is over. Bounded, since the script may never load.
  stub.l = (event: Event) => stub.q[99] || stub.q.push(['click', [event, event.composedPath()], Date.now()]);
  for (const type of ['click', 'auxclick']) addEventListener(type, stub.l, true);
  window.personalize = stub;
}
