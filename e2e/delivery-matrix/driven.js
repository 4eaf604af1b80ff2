// @ts-check
/** The script that each driven page runs first, whichever tracker it has. */
export const DRIVEN = `
  {
        // Sets the clock ahead: a dead page's events are adopted only after a minute.
    const later = Number(new URLSearchParams(location.search).get('later'));
    if (later) {
      window.Date = class extends Date {
        constructor(...of) {
          super(...(of.length ? of : [Date.now()]));
        }
        static now() {
          return super.now() + later;
        }
      };
    }
    const [, steering] = location.hash.split('#steer=');
    if (steering) document.head.append(Object.assign(document.createElement('script'), { src: steering }));
  }`;
