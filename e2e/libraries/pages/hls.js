import Hls from 'hls.js';

window.Hls = Hls;
/** Plays another stream in the same element, with a new instance if `isNew`. */
window.start = ({ src, isNew = true }) => {
  const video = document.querySelector('video');
  if (isNew) {
    window.hls?.destroy();
    window.hls = new Hls();
    window.hls.attachMedia(video);
  }
  window.hls.loadSource(src);
};
