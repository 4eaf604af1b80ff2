// @ts-check
/** What a page runs ahead of all else that is driven from here, whichever tracker it has. */
export const DRIVEN = `
  {
    // The visitor comes back later than the clock says: what a dead page had is taken over after a minute only.
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
