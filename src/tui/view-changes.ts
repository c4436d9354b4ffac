import { goneInto, type Question, type View } from './view.ts';

/** What was asked, and the list of branches, go. */
export function withoutQuestion({ question: _, ...view }: View): View {
  return { ...view, recent: view.recent.filter((name) => name !== 'answer' && name !== 'branches') };
}

/** The view with a question, and the reader in its answer. */
export function asking(view: View, question: Question): View {
  return { ...goneInto({ ...view, help: false }, 'answer'), opened: true, question };
}

/** The list of branches, at the one where the reader is. */
export function listing(view: View): View {
  const { branch: _, ...rest } = withoutQuestion(view);
  return { ...goneInto({ ...rest, help: false }, 'branches'), opened: true };
}

/** What lies over the story goes: it tells what becomes of a line that changes something. */
export function overStory(view: View): View {
  const { opened: _, zoomed: __, borrowed: ___, ...rest } = withoutQuestion(view);
  return { ...rest, help: false };
}
