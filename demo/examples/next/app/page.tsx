import { GetRecommendationsCommand, PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import { cookies } from 'next/headers';
import { Rent } from './tracking';

const TITLES = new Map([
  ['casablanca', 'Casablanca'],
  ['rear-window', 'Rear Window'],
  ['the-sting', 'The Sting'],
]);

// Region and credentials are the server's own.
const runtime = new PersonalizeRuntimeClient({ maxAttempts: 3 });

const recommend = async (userId: string) => {
  const { recommendationId, itemList = [] } = await runtime.send(
    new GetRecommendationsCommand({
      campaignArn: 'arn:aws:personalize:us-east-1:123456789012:campaign/films',
      userId,
      numResults: 25,
    }),
  );
  return { recommendationId, films: itemList.map(({ itemId = '' }) => itemId) };
};

export default async function Page() {
  // The tracker's session, by its option `sessionCookie`. A user whom Personalize does not know gets popular items.
  const visitor = (await cookies()).get('personalize_session')?.value ?? 'new-visitor';
  const { recommendationId, films } = await recommend(visitor);
  return (
    <main>
      <h1>Films tonight</h1>
      <ul data-personalize-list="tonight" data-personalize-recommendation-id={recommendationId}>
        {films.map((id) => (
          <li key={id}>
            <a data-personalize-item={id} href={`#${id}`}>
              {TITLES.get(id)}
            </a>
            <Rent itemId={id} />
          </li>
        ))}
      </ul>
      <h2>Trailer</h2>
      <video data-personalize-media="" data-personalize-item="the-sting" src="/trailer.webm" controls muted />
    </main>
  );
}
