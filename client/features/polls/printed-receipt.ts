import styles from './printed-receipt.module.css';

/**
 * Prints the receipt alone, the tracker in large letters. It stands beside the page and not in it: paper is narrow, so that
 * a page lays itself out anew as it prints, and what it had open may be gone.
 */
export function printReceipt({ tracker, text }: { readonly tracker: string; readonly text: string }): void {
  const page = document.documentElement;
  const paper = document.createElement('div');
  paper.dataset['printed'] = '';
  paper.className = styles['paper'] ?? '';
  paper.append(part('p', 'tracker', tracker), part('pre', 'text', text));
  document.body.append(paper);
  page.dataset['prints'] = '';
  const clear = () => {
    paper.remove();
    delete page.dataset['prints'];
  };
  window.addEventListener('afterprint', clear, { once: true });
  window.print();
}

function part(tag: 'p' | 'pre', name: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = styles[name] ?? '';
  element.textContent = text;
  return element;
}
