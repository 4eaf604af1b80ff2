/** Markup around a carousel's slides, and around one slide, as in each library's documentation. */
const FRAMES: Record<string, [carousel: [string, string], slide: [string, string]]> = {
  swiper: [
    ['<div class="swiper"><div class="swiper-wrapper">', '</div></div>'],
    ['<div class="swiper-slide">', '</div>'],
  ],
  splide: [
    ['<div class="splide"><div class="splide__track"><ul class="splide__list">', '</ul></div></div>'],
    ['<li class="splide__slide">', '</li>'],
  ],
  slick: [
    ['<div class="carousel">', '</div>'],
    ['<div>', '</div>'],
  ],
  flickity: [
    ['<div class="carousel">', '</div>'],
    ['<div>', '</div>'],
  ],
  embla: [
    ['<div class="embla"><div class="embla__container">', '</div></div>'],
    ['<div class="embla__slide">', '</div>'],
  ],
  bootstrap: [
    ['<div class="carousel"><div class="carousel-inner">', '</div></div>'],
    ['<div class="carousel-item">', '</div>'],
  ],
  shoelace: [
    ['<sl-carousel>', '</sl-carousel>'],
    ['<sl-carousel-item>', '</sl-carousel-item>'],
  ],
};

export type CarouselLibrary = keyof typeof FRAMES;

/** Returns a list of tiles in a library's carousel, with links that the page handles itself, as a router does. */
export const carousel = (library: CarouselLibrary, items: string[], marks = '') => {
  const [[before, after], [open, close]] = FRAMES[library] as (typeof FRAMES)[string];
  const slides = items.map(
    (item) =>
      `${open}<article data-personalize-item="${item}" style="height: 60px; background: #eee"><a href="#${item}" onclick="return false">${item}</a></article>${close}`,
  );
  return `<section data-personalize-list ${marks}>${before}${slides.join('')}${after}</section>`;
};
