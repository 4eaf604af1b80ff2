import * as bootstrap from 'bootstrap';
import 'bootstrap/dist/css/bootstrap.css';

window.bootstrap = bootstrap;

window.start = ({ fade, loop = false, first = 0 }) => {
  const root = document.querySelector('.carousel');
  root.classList.toggle('carousel-fade', Boolean(fade));
  root.querySelectorAll('.carousel-item')[first].classList.add('active');
  const carousel = new bootstrap.Carousel(root, { wrap: loop });
  window.next = () => carousel.next();
  window.previous = () => carousel.prev();
};
