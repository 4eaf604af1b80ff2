import { TrackedEvent, TrackedAction } from './index.js';

/** Values that an element may leave out: it is rendered without the attribute, which may then be inherited. */
type Absent = null | undefined;
/** An ID as a template has it. */
type Id = string | number;
/** A number, or its text. */
type NumberText = number | `${number}`;
type EventType = TrackedEvent['eventType'];
/** The value of an attribute that is written without one: `true` in JSX, empty text in a template. */
type Blank = true | '';
/** {@link Blank}, if the dataset takes one of the event types that stand for it. */
type BlankIf<Default extends string> = string extends EventType ? Blank : Extract<EventType, Default> extends never ? never : Blank;
type Columns = NonNullable<TrackedEvent['properties']>;
/** `NumberOfRatings` becomes `-number-of-ratings`: the name of an attribute has no capital letters. */
type Kebab<Name extends string, Done extends string = ''> = Name extends `${infer First}${infer Rest}` ? Kebab<Rest, `${Done}${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}`> : Done;
/** The values of an attribute that fills a column: markup is text, which the service converts. */
type ColumnValue<Value> = Value extends string ? Id : Value extends boolean ? boolean | 'true' | 'false' : Value extends number ? NumberText : never;
/** One attribute for each column of the site's DatasetFields; without that declaration none, and none is checked. */
type PropertyAttributes = string extends keyof Columns ? {} : {
    [Name in keyof Columns as `data-personalize-property-${Kebab<Name & string>}`]?: ColumnValue<NonNullable<Columns[Name]>> | Absent;
};
/**
 * The attributes of the markup, for any element of HTML and SVG. Missing ones are inherited from the nearest ancestor.
 * The site's DatasetFields, as `npx personalize-beacon types` prints it, narrows event types and properties.
 */
interface PersonalizeAttributes extends PropertyAttributes {
    /** The item's ID: 1–256 characters. A click anywhere inside is recorded, by pointer, keyboard or middle button. */
    'data-personalize-item'?: Id | Absent;
    /**
     * The ID of an action (next-best-action recipe) in place of an item's: 1–256 characters. A click inside is `Taken`, an
     * impression or load is `Viewed`. Requires the option `actionTrackingId`.
     */
    'data-personalize-action'?: Id | Absent;
    /**
     * The event type, 1–256 characters, or that of an action. Default for a click: the option `clickEvent`, or `click`.
     * Inherited only from elements with the same trigger.
     */
    'data-personalize-event'?: EventType | TrackedAction['eventType'] | Absent;
    /**
     * The trigger in place of a click: `load` when the element is shown (default event type `view`), `submit` of a form
     * (`purchase`), `change` of a control (`rate`), `none` for no event here and inside, or the name of an event that the
     * page or a component dispatches, such as `sl-change` (`rate`).
     */
    'data-personalize-on'?: 'click' | 'load' | 'submit' | 'change' | 'none' | (string & {}) | Absent;
    /**
     * The items inside are shown together: an event of one carries them as `impression`, at most 25. A value names the
     * list, which then stays the same when the page renders it again.
     */
    'data-personalize-list'?: Id | Blank | Absent;
    /**
     * On an item, or on a list for all of its items: makes an event when half of the item has been in view for a second.
     * Once per page view. The value is the event type; default `impression`.
     */
    'data-personalize-impression'?: EventType | Extract<TrackedAction['eventType'], 'Viewed'> | BlankIf<'impression' | 'Impression'> | Absent;
    /**
     * On `<video>`, `<audio>` or a frame of YouTube or Vimeo, or around one: records the share that is played, 0–1. The
     * value is the event type; default `watch`.
     */
    'data-personalize-media'?: EventType | BlankIf<'watch' | 'Watch'> | Absent;
    /** The `eventValue`: a finite 32-bit number, such as a price. Inherited only from elements with the same trigger. */
    'data-personalize-value'?: ([NonNullable<TrackedEvent['eventValue']>] extends [never] ? never : NumberText) | Absent;
    /** The `recommendationId`, as GetRecommendations returned it: 1–40 characters. */
    'data-personalize-recommendation-id'?: string | Absent;
    /** The source of a metric attribution report: 1–1,024 printable ASCII characters, not blank. */
    'data-personalize-source'?: string | Absent;
}

export type { PersonalizeAttributes };
