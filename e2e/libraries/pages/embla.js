import EmblaCarousel from 'embla-carousel';
import Fade from 'embla-carousel-fade';
import './embla.css';

window.start = ({ fade, loop = false, shown = 1, first = 0 }) => {
  const root = document.querySelector('.embla');
  root.style.setProperty('--shown', shown);
  const embla = EmblaCarousel(root, { loop, startIndex: first, align: 'start' }, fade ? [Fade()] : []);
  window.next = () => embla.scrollNext();
  window.previous = () => embla.scrollPrev();
};
