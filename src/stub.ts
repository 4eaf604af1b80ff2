// The loader stub, written into a page ahead of an `async` tag: it keeps calls with their times until the script makes them.
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
  window.personalize = stub;
}
