// How a form of a deed of its own is kept and sent: its address, its facts, its draft.

/** Give what was said: what is empty is not said. */
export function said(told, photos) {
  const facts = Object.fromEntries(Object.entries(told).filter(([, value]) => value.trim()));
  for (const [name, hashes] of Object.entries(photos)) if (hashes.length) facts[name] = hashes;
  return facts;
}

/**
 * Give the plan of a form whose `data-deed` is done.
 *
 * @param form The form.
 * @param about `subject` of the deed, the `topic` of its draft, the `query` that leads back to the
 *   form, and `facts` made of what was told; each may be left out.
 */
export function deedPlan(form, { subject = "", topic = subject, query = "", facts = said } = {}) {
  const { deed, person } = form.dataset;
  const edit = new URLSearchParams(location.search).get("edit") ?? "";
  return {
    edit,
    query,
    key: edit ? `edit:${edit}` : `${deed}:${topic}:${person}`,
    url: (uid) => `/api/v1/deeds/${uid}`,
    photoUrl: (sha) => `/api/v1/photos/${sha}`,
    body: (told, photos) => ({ deed, subject, facts: facts(told, photos), done_at: new Date().toISOString() }),
    done: ({ no }) => `/field/done?deed=${deed}&no=${no ?? ""}`,
  };
}
