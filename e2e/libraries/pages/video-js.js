import videojs from 'video.js';
import 'video.js/dist/video-js.css';

window.start = (options) => {
  window.player = videojs(document.querySelector('video'), options);
};
