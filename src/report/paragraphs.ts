/**
 * The paragraphs of a told text, to be set to any width: lines that its author broke are joined, as Markdown
 * does. Items of a list begin a line of their own, and what is indented is left as it is.
 */
export function paragraphsOf(text: string): readonly string[] {
  const paragraphs: string[] = [];
  let isOpen = false;
  for (const line of text.trimEnd().split('\n')) {
    const isBlank = line.trim() === '';
    const isApart = /^(?:\s{2,}|\t|[-*] |\d+\. )/.test(line);
    if (isOpen && !isBlank && !isApart) paragraphs.push(`${paragraphs.pop()} ${line.trim()}`);
    else paragraphs.push(isBlank ? '' : line.trimEnd());
    isOpen = !isBlank && !/^(?:\s{2,}|\t)/.test(line);
  }
  return paragraphs;
}
