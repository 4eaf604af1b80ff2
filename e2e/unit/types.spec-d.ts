// Compiled, never run: checks that our types equal the SDK's Event and ActionInteraction, field for field.
import type { ActionInteraction, Event } from '@aws-sdk/client-personalize-events';
import type { RecordedEvent, TrackedAction, TrackedEvent } from '../../src/index.js';

/** The SDK gives every member `| undefined`, nested ones too. */
type Defined<T> = T extends Date | string | number | unknown[]
  ? T
  : { [Key in keyof T]: Defined<Exclude<T[Key], undefined>> };

/** Our event in the form that is sent: with a time, and its properties in JSON. */
type Ours = Omit<TrackedEvent, 'properties' | 'sentAt'> & { properties?: string; sentAt: Date };

/** The SDK's event, whose properties may also be a String object that the SDK serializes. */
type Theirs = Defined<Omit<Event, 'properties'>> & { properties?: Extract<Event['properties'], string> };

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Holds<T extends true> = T;

export type Checks = [
  Holds<Same<keyof TrackedEvent, keyof Event>>,
  Holds<Same<Ours, Theirs>>,
  // Each field by itself as well: a missing optional field would still be assignable.
  Holds<{ [Key in keyof Event]-?: Same<Ours[Key], Theirs[Key]> }[keyof Event]>,
  Holds<Same<RecordedEvent['properties'], Theirs['properties']>>,
  // The tracker sets session and user, and an action's time has the same name as an event's.
  Holds<
    Same<
      Exclude<keyof TrackedAction, 'sentAt'>,
      Exclude<keyof ActionInteraction, 'sessionId' | 'userId' | 'timestamp'>
    >
  >,
];
