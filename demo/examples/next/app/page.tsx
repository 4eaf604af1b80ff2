import { connection } from 'next/server';
import { Rent } from './tracking';

/** Stands for GetRecommendations, which a server asks with the AWS SDK. */
const recommend = async () => ({
  recommendationId: 'RID-tonight',
  films: [
    { id: 'casablanca', title: 'Casablanca' },
    { id: 'rear-window', title: 'Rear Window' },
    { id: 'the-sting', title: 'The Sting' },
  ],
});

export default async function Page() {
  // Rendered for each visitor, not once at build time.
  await connection();
  const { recommendationId, films } = await recommend();
  return (
    <main>
      <h1>Films tonight</h1>
      <ul data-personalize-list="tonight" data-personalize-recommendation-id={recommendationId}>
        {films.map(({ id, title }) => (
          <li key={id}>
            <a data-personalize-item={id} href={`#${id}`}>
              {title}
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
