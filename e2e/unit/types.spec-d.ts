// Compiled, never run: our event is the SDK's Event, field for field, and our action its ActionInteraction.
import type { ActionInteraction, Event } from '@aws-sdk/client-personalize-events';
import type { RecordedEvent, TrackedAction, TrackedEvent } from '../../src/index.js';

/** The SDK gives every member `| undefined`, nested ones too. */
type Defined<T> = T extends Date | string | number | unknown[]
  ? T
  : { [Key in keyof T]: Defined<Exclude<T[Key], undefined>> };

/** Ours as it is on the wire: timed, and its properties in JSON. */
type Ours = Omit<TrackedEvent, 'properties' | 'sentAt'> & { properties?: string; sentAt: Date };

/** The SDK's, whose properties may also be a String object that it makes JSON of. */
type Theirs = Defined<Omit<Event, 'properties'>> & { properties?: Extract<Event['properties'], string> };

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Holds<T extends true> = T;

export type Checks = [
  Holds<Same<keyof TrackedEvent, keyof Event>>,
  Holds<Same<Ours, Theirs>>,
  // Each field on its own, too: an optional one that is missing would still be assignable.
  Holds<{ [Key in keyof Event]-?: Same<Ours[Key], Theirs[Key]> }[keyof Event]>,
  Holds<Same<RecordedEvent['properties'], Theirs['properties']>>,
  // Session and user are the tracker's to say; the time has the name it has in events.
  Holds<
    Same<
      Exclude<keyof TrackedAction, 'sentAt'>,
      Exclude<keyof ActionInteraction, 'sessionId' | 'userId' | 'timestamp'>
    >
  >,
];
