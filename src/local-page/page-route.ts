/** The views of the page, as the URL's hash names them. */
export type View = 'events' | 'session' | 'requests' | 'faults' | 'schema' | 'connect';

const VIEWS: View[] = ['events', 'session', 'requests', 'faults', 'schema', 'connect'];

/** Filters of the events; `request` also filters the requests. */
export type FilterName =
  | 'status'
  | 'type'
  | 'item'
  | 'session'
  | 'user'
  | 'warnings'
  | 'warning'
  | 'request'
  | 'text';

export const FILTER_NAMES: FilterName[] = [
  'status',
  'type',
  'item',
  'session',
  'user',
  'warnings',
  'warning',
  'request',
  'text',
];

/** `event`: number of the opened event; `tracker` and `id`: the session that is shown; `preflights`: `hidden`. */
type ParameterName = FilterName | 'event' | 'tracker' | 'id' | 'preflights';

const NAMES: ParameterName[] = [...FILTER_NAMES, 'event', 'tracker', 'id', 'preflights'];

export type RouteParameters = Partial<Record<ParameterName, string>>;

/** The state of the page that its URL holds, so that a link shows the same. */
export interface Route {
  view: View;
  parameters: RouteParameters;
}

/** Reads the URL's hash, such as `#/events?status=rejected`. Unknown views and parameters are ignored. */
export const parseHash = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const search = new URLSearchParams(query);
  const parameters: RouteParameters = {};
  for (const name of NAMES) {
    const value = search.get(name);
    if (value) parameters[name] = value;
  }
  return { view: VIEWS.find((view) => view === path) ?? 'events', parameters };
};

/** Returns the hash of a route. RouteParameters that are empty or undefined are left out. */
export const toHash = (view: View, parameters: { [Name in ParameterName]?: string | undefined } = {}) => {
  const search = new URLSearchParams();
  for (const name of NAMES) {
    const value = parameters[name];
    if (value) search.set(name, value);
  }
  return search.size ? `#/${view}?${search}` : `#/${view}`;
};

/** Returns the parameters that stay when the view changes. */
export const lastingParameters = ({ event, tracker, id, ...lasting }: RouteParameters): RouteParameters =>
  lasting;

/** Returns the number of the opened event. */
export const openedNumber = ({ parameters: { event } }: Route): number | undefined =>
  event !== undefined && /^\d+$/.test(event) ? Number(event) : undefined;
