// @ts-check
// The shop's recommendations of something to do, beside films to watch: actions in Personalize.

/** The only action. */
export const filmClub = { id: 'join-film-club', title: 'Join the film club' };
