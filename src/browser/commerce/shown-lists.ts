/** A list as an event names it. */
export interface ListName {
  id: string | undefined;
  name: string | undefined;
}

/** The list and recommendation that an item was shown in. */
export interface ListSource {
  /** The items of the list, in order. */
  impression: string[];
  recommendationId: string | undefined;
}

/** An item that a list shows. */
export interface ShownItem {
  itemId: string;
  list: ListName;
  recommendationId: string | undefined;
}

/** Lists that are remembered: a page with an endless list names it part by part. */
const MAX_LISTS = 50;

interface ShownList {
  list: ListName;
  /** The recommendation of each item, in the order of the list. */
  items: Map<string, string | undefined>;
}

const keyOf = ({ id, name }: ListName) => JSON.stringify([id, name]);

/** Returns whether two names are of one list. @param isGuessed the answer if that cannot be told */
const isSame = (one: ListName, other: ListName, isGuessed: boolean) => {
  if (one.id && other.id) return one.id === other.id;
  if (one.name && other.name) return one.name === other.name;
  return isGuessed;
};

/** Remembers the lists that a page has shown, the latest first. */
export const createShownLists = () => {
  let shown: ShownList[] = [];
  return {
    /** Remembers the items of one event: one list, or several that the items name. */
    add(items: ShownItem[]): void {
      const byKey = new Map<string, ShownList>();
      for (const { itemId, list, recommendationId } of items) {
        const key = keyOf(list);
        const entry = byKey.get(key) ?? { list, items: new Map() };
        byKey.set(key, entry);
        if (!entry.items.has(itemId)) entry.items.set(itemId, recommendationId);
      }
      shown = [...byKey.values(), ...shown].slice(0, MAX_LISTS);
    },
    /**
     * Returns where an item was shown: the last list of that name that has it.
     * @param isSelection the item was selected in a list: without a name, in the last one that has it
     */
    find(itemId: string, list: ListName, isSelection: boolean): ListSource | undefined {
      const found = shown.find((each) => each.items.has(itemId) && isSame(each.list, list, isSelection));
      return found && { impression: [...found.items.keys()], recommendationId: found.items.get(itemId) };
    },
  };
};
