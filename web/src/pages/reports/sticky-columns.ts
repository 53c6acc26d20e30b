import { type RefObject, useEffect, useState } from 'react';

/** Cloudscape lets no column stay that would leave less than 148 pixels and the table's padding to the others. */
const roomForOthers = 170;

/** How many of a table's first columns can stay when it is scrolled sideways: as many of those that name a row as there is room for. */
export function useStickyColumns(place: RefObject<HTMLElement | null>, naming: number): number {
  const [first, setFirst] = useState(naming);
  useEffect(() => {
    const table = place.current?.querySelector('tbody')?.closest('table');
    if (!table?.tHead || !table.parentElement) return;
    const cells = [...table.tHead.querySelectorAll('th')].slice(0, naming);
    const measure = () => {
      let room = (table.parentElement?.clientWidth ?? 0) - roomForOthers;
      let count = 0;
      for (const cell of cells) {
        room -= cell.getBoundingClientRect().width;
        if (room < 0) break;
        count += 1;
      }
      setFirst(count);
    };
    const observer = new ResizeObserver(measure);
    for (const each of [table.parentElement, ...cells]) observer.observe(each);
    return () => observer.disconnect();
  });
  return first;
}
