import { createApp, h, KeepAlive, ref, Suspense, Teleport } from 'vue';

const Film = {
  props: ['id'],
  setup: (props) => () =>
    h('main', { 'data-personalize-item': props.id, 'data-personalize-on': 'load' }, props.id),
};

/** Resolves when the test says so, as data would. */
const LateFilm = {
  props: ['id'],
  async setup(props) {
    await new Promise((resolve) => {
      window.arrive = resolve;
    });
    return () => h(Film, { id: props.id });
  },
};

const shown = ref('a');
const target = ref('#one');

const apps = {
  /** Pages that are removed from the document, kept, and put back. */
  KeepAlive: () => h(KeepAlive, () => h(Film, { key: shown.value, id: shown.value })),
  Suspense: () =>
    h(Suspense, null, {
      default: () => h(LateFilm, { key: shown.value, id: shown.value }),
      fallback: () => h('p', 'Loading'),
    }),
  Teleport: () => h(Teleport, { to: target.value }, [h(Film, { id: 'a' })]),
  /** A tile whose button is rendered elsewhere, without an item around it. */
  Portal: () =>
    h('article', { 'data-personalize-item': 'a' }, [
      h('h3', 'tile'),
      h(Teleport, { to: '#one' }, [h('button', { 'data-personalize-event': 'add-to-cart' }, 'Add to cart')]),
    ]),
};

window.start = (name) => {
  createApp(apps[name]).mount('#app');
  window.show = (id, path) => {
    if (path) history.pushState(null, '', path);
    shown.value = id;
  };
  window.teleport = (to) => {
    target.value = to;
  };
};
