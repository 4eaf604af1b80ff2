// @ts-check
// What the shop recommends to do, beside films to see: in Personalize, an action.

/** The one action there is. */
export const filmClub = { id: 'join-film-club', title: 'Join the film club' };
