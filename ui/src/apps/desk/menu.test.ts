import { describe, expect, it } from 'vitest';
import { barEnd, menuOf } from './menu';
import { routeOf, routesFor } from './routes';

const titles = (rights: string[], address = '/counter') =>
  menuOf(
    routesFor((right) => rights.includes(right)),
    routeOf(address)?.route ?? null,
  );

describe('the menu', () => {
  it('shows what somebody may open, the settings as one entry', () => {
    const admin = titles(['call-queue', 'manage-site', 'manage-staff'], '/settings/staff');
    expect(admin.map((entry) => entry.title)).toEqual(['desk.counter', 'desk.settings']);
    expect(admin[1]?.here).toBe(true);
    expect(admin[1]?.below.map((route) => route.title)).toContain('desk.staff');
  });

  it('shows five on a phone, or four and the rest behind one', () => {
    const five = titles(['view-dashboard', 'view-patients', 'view-reports', 'announce']);
    expect(five).toHaveLength(5);
    expect(barEnd(five)).toBe(5);
    const six = titles(['call-queue', 'view-dashboard', 'view-patients', 'view-reports', 'announce']);
    expect(six).toHaveLength(6);
    expect(barEnd(six)).toBe(4);
  });
});
