import * as Dialog from '@radix-ui/react-dialog';
import * as Menu from '@radix-ui/react-dropdown-menu';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCombobox } from 'downshift';
import { Activity, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';

const Film = ({ id }) => (
  <main data-personalize-item={id} data-personalize-on="load">
    <h1>{id}</h1>
  </main>
);

const Tile = ({ id }) => (
  <article data-personalize-item={id} style={{ height: 60 }}>
    {id}
  </article>
);

const Feed = ({ items }) => (
  <section data-personalize-list="feed" data-personalize-impression="">
    {items.map((id) => (
      <Tile key={id} id={id} />
    ))}
  </section>
);

/** Keeps all pages in the document, those not shown hidden, as Next.js does. */
const Pages = () => {
  const [shown, setShown] = useState('a');
  window.show = (id, path) => {
    history.pushState(null, '', path);
    setShown(id);
  };
  return ['a', 'b'].map((id) => (
    <Activity key={id} mode={id === shown ? 'visible' : 'hidden'}>
      <Film id={id} />
    </Activity>
  ));
};

/** Renders films in an order that `sort()` changes. */
const Sorted = () => {
  const [films, setFilms] = useState(['a', 'b', 'c']);
  window.sort = setFilms;
  return films.map((id) => <Film key={id} id={id} />);
};

/** `go()` changes the address, `show()` the content: a feed, items beside it, and a modal route over both. */
const Routes = () => {
  const [{ items, aside, modal, version }, setState] = useState({ items: ['a', 'b'], aside: [] });
  window.go = (path) => history.pushState(null, '', path);
  window.show = (change) => setState((state) => ({ ...state, ...change }));
  return (
    <>
      <Feed key={version} items={items} />
      <aside data-personalize-list="aside" data-personalize-impression="">
        {aside.map((id) => (
          <Tile key={id} id={id} />
        ))}
      </aside>
      {modal &&
        createPortal(
          <div style={{ position: 'fixed', inset: 0, background: 'white' }}>
            <article data-personalize-item={modal} data-personalize-impression="">
              {modal}
            </article>
          </div>,
          document.body,
        )}
    </>
  );
};

/** Renders a thousand rows, of which only those in view or nearby are in the document. */
const Rows = () => {
  const parent = useRef(null);
  const rows = useVirtualizer({
    count: 1000,
    getScrollElement: () => parent.current,
    estimateSize: () => 100,
    overscan: 5,
  });
  window.scrollRows = (top) => parent.current.scrollTo(0, top);
  return (
    <div ref={parent} style={{ height: 300, overflow: 'auto' }}>
      <section
        data-personalize-list=""
        data-personalize-impression=""
        style={{ height: rows.getTotalSize(), position: 'relative' }}
      >
        {rows.getVirtualItems().map(({ key, index, start }) => (
          <article
            key={key}
            data-personalize-item={`row-${index}`}
            style={{ position: 'absolute', width: '100%', height: 100, transform: `translateY(${start}px)` }}
          >
            row-{index}
          </article>
        ))}
      </section>
    </div>
  );
};

const Modal = () => {
  const [isOpen, setOpen] = useState(true);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay style={{ position: 'fixed', inset: 0, background: '#0008' }} />
        <Dialog.Content
          aria-describedby={undefined}
          style={{ position: 'fixed', top: 300, left: 100, background: 'white' }}
        >
          <Dialog.Title>Quick view</Dialog.Title>
          <article data-personalize-item="inside" data-personalize-impression="">
            inside
          </article>
          <Dialog.Close>Close</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

/** Renders a tile whose menu is in a portal, outside of it. */
const TileMenu = () => (
  <article data-personalize-item="a">
    <h3>tile</h3>
    <div data-personalize-on="none">
      <Menu.Root>
        <Menu.Trigger>More</Menu.Trigger>
        <Menu.Portal>
          <Menu.Content style={{ background: 'white' }}>
            <Menu.Item data-personalize-event="add-to-cart">Add to cart</Menu.Item>
            <Menu.Item data-personalize-item="a" data-personalize-event="favourite">
              Favourite
            </Menu.Item>
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </div>
  </article>
);

/** Renders a combobox that records a choice itself. */
const Search = () => {
  const items = ['alien', 'aliens'];
  const { isOpen, getInputProps, getItemProps, getMenuProps } = useCombobox({
    items,
    onSelectedItemChange: ({ selectedItem }) => window.personalize.track('choose', selectedItem),
  });
  return (
    <>
      <input aria-label="Film" {...getInputProps()} />
      <ul {...getMenuProps()}>
        {isOpen &&
          items.map((item, index) => (
            <li key={item} data-personalize-item={item} {...getItemProps({ item, index })}>
              {item}
            </li>
          ))}
      </ul>
    </>
  );
};

const apps = { Pages, Sorted, Routes, Rows, Modal, TileMenu, Search };

window.start = (name) => {
  const App = apps[name];
  createRoot(document.querySelector('#app')).render(<App />);
};
