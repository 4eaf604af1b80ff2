/** Screen readers would read every event of a burst. */
const INTERVAL_MS = 3000;

/** Creates a function that writes a text into a live region, the newest one after each interval. */
export const createAnnouncer = (region: HTMLElement): ((text: string) => void) => {
  let waiting = '';
  let isWaiting = false;
  const announce = () => {
    isWaiting = false;
    region.textContent = waiting;
  };
  return (text) => {
    waiting = text;
    if (isWaiting || text === region.textContent) return;
    isWaiting = true;
    setTimeout(announce, INTERVAL_MS);
  };
};
